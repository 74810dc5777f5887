//! The names that several collections share: halls, conductors, series. All of them are invented.

pub(crate) const ORCHESTRA: &str = "Demo Philharmonic";
pub(crate) const HOME: &str = "Vienna, Austria";

// The house, and its rooms as schedules write them.
pub(crate) const HOUSE: &str = "Auenhof";
pub(crate) const GREAT_HALL: &str = "Auenhof, Great Hall";
pub(crate) const CHAMBER_HALL: &str = "Auenhof, Chamber Hall";
pub(crate) const REHEARSAL_STUDIO: &str = "Auenhof, Rehearsal Studio";
pub(crate) const OPEN_AIR_STAGE: &str = "Auenhof, Garden Stage";

// Chief conductors, in the order of their tenures, and guests.
pub(crate) const BRANNWALD: &str = "Ottokar Brannwald";
pub(crate) const DELORBE: &str = "Marguerite Delorbe";
pub(crate) const TEREBESI: &str = "Ilona Terebesi";
pub(crate) const LEHTOVUO: &str = "Sakari Lehtovuo";
pub(crate) const FALCONEIRA: &str = "Beatriz Falconeira";
pub(crate) const AMANUMA: &str = "Kenji Amanuma";
pub(crate) const TREGARTHY: &str = "Rowan Tregarthy";

pub(crate) const GREAT_SERIES: &str = "Great Series";
pub(crate) const CHAMBER_SERIES: &str = "Players' Choice";
pub(crate) const YOUNG_EARS: &str = "Young Ears";

//! Calls of players to rehearsals and concerts, and the weeks that return all season.

use jiff::civil::Time;

use crate::calendar::at;
use crate::names::{GREAT_HALL, REHEARSAL_STUDIO};

/// One call, on a day counted from the first of its production.
pub(crate) struct Call {
    pub(crate) day: i32,
    pub(crate) start: Time,
    pub(crate) length: Length,
    pub(crate) kind: &'static str,
    pub(crate) title: Option<&'static str>,
    pub(crate) venue: &'static str,
    /// How long before the start players must be there.
    pub(crate) lead_minutes: Option<i32>,
    pub(crate) dress: Option<&'static str>,
    pub(crate) notes: Option<&'static str>,
}

/// How long a call lasts.
#[derive(Clone, Copy)]
pub(crate) enum Length {
    Minutes(i32),
    /// As long as the programme takes, with applause, to the next quarter of an hour.
    Programme,
}

/// The days of a week that begins on a Monday.
pub(super) const MON: i32 = 0;
pub(super) const TUE: i32 = 1;
pub(super) const WED: i32 = 2;
pub(super) const THU: i32 = 3;
pub(super) const FRI: i32 = 4;
pub(super) const SAT: i32 = 5;
pub(super) const SUN: i32 = 6;
/// What is added to a day to mean that of the week after.
pub(super) const NEXT: i32 = 7;

const EVENING_DRESS: &str = "White tie, long black";
pub(super) const MATINEE_DRESS: &str = "Dark suit, short black";
pub(super) const PLAIN_DRESS: &str = "All black, no jackets";

/// A call for two and a half hours.
pub(super) const fn rehearsal(day: i32, start: Time, venue: &'static str) -> Call {
    Call {
        day,
        start,
        length: Length::Minutes(150),
        kind: "REHEARSAL",
        title: None,
        venue,
        lead_minutes: None,
        dress: None,
        notes: None,
    }
}

pub(super) const fn dress_rehearsal(day: i32, start: Time, venue: &'static str) -> Call {
    rehearsal(day, start, venue).of("DRESS_REHEARSAL")
}

/// A concert in evening dress.
pub(super) const fn concert(day: i32, start: Time, venue: &'static str) -> Call {
    let mut call = rehearsal(day, start, venue).of("CONCERT");
    call.length = Length::Programme;
    call.lead_minutes = Some(30);
    call.dress = Some(EVENING_DRESS);
    call
}

impl Call {
    /// The same call as one of another type.
    pub(super) const fn of(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub(super) const fn titled(mut self, title: &'static str) -> Self {
        self.title = Some(title);
        self
    }

    pub(super) const fn minutes(mut self, minutes: i32) -> Self {
        self.length = Length::Minutes(minutes);
        self
    }

    pub(super) const fn dressed(mut self, dress: &'static str) -> Self {
        self.dress = Some(dress);
        self
    }

    pub(super) const fn notes(mut self, notes: &'static str) -> Self {
        self.notes = Some(notes);
        self
    }
}

/// Two days in the studio, two in the hall, two evenings and a matinee.
pub(super) const SUBSCRIPTION_WEEK: &[Call] = &[
    rehearsal(MON, at(14, 0), REHEARSAL_STUDIO)
        .of("SECTIONAL")
        .titled("Strings"),
    rehearsal(TUE, at(10, 0), REHEARSAL_STUDIO),
    rehearsal(TUE, at(14, 0), REHEARSAL_STUDIO),
    rehearsal(WED, at(10, 0), GREAT_HALL),
    dress_rehearsal(THU, at(10, 0), GREAT_HALL),
    concert(THU, at(19, 30), GREAT_HALL),
    concert(FRI, at(19, 30), GREAT_HALL),
    concert(SUN, at(11, 0), GREAT_HALL).dressed(MATINEE_DRESS),
];

/// The same, for what needs a longer time in the hall and is given twice.
pub(super) const LARGE_WEEK: &[Call] = &[
    rehearsal(MON, at(10, 0), REHEARSAL_STUDIO),
    rehearsal(TUE, at(10, 0), GREAT_HALL),
    rehearsal(TUE, at(14, 0), GREAT_HALL),
    rehearsal(WED, at(10, 0), GREAT_HALL),
    rehearsal(THU, at(10, 0), GREAT_HALL),
    dress_rehearsal(FRI, at(10, 0), GREAT_HALL),
    concert(FRI, at(19, 30), GREAT_HALL),
    concert(SAT, at(19, 30), GREAT_HALL),
];

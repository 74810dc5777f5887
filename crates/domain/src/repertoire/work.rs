//! What is known of a work.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::kind;
use org_kernel::text::Line;
use time::Date;

use crate::query::searchable;
use crate::record::{Facts, Record};

choices! {
    /// Under which rights a work is played.
    pub enum Rights {
        PublicDomain = "PUBLIC_DOMAIN",
        Original = "ORIGINAL",
        LicensedRental = "LICENSED_RENTAL",
        Perusal = "PERUSAL",
        ViewOnly = "VIEW_ONLY",
        PendingReview = "PENDING_REVIEW",
        Unknown = "UNKNOWN",
    }
}

/// One movement of a work, or one number of an opera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Its number within the work.
    pub number: i32,
    /// Its title or tempo marking.
    pub title: Line<500>,
    /// How long it takes.
    pub duration_minutes: Option<i32>,
}

impl Movement {
    fn read(fields: &mut Fields) -> Option<Self> {
        let number = fields.integer("number", 1..=100_000);
        let number = number.or_else(|| fields.reject("number", "is required"));
        let title = fields.required("title");
        let duration_minutes = fields.integer("durationMinutes", 0..=10_000);
        Some(Self {
            number: number?,
            title: title?,
            duration_minutes,
        })
    }
}

/// A work that can be put on a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its title.
    pub title: Line<500>,
    /// What people call it.
    pub nickname: Option<Line<200>>,
    /// Its composer, as the organization writes names (`Dvořák, Antonín`).
    pub composer: Line<200>,
    /// The year in which the composer was born.
    pub composer_birth_year: Option<i32>,
    /// The year in which the composer died.
    pub composer_death_year: Option<i32>,
    /// Who arranged it.
    pub arranger: Option<Line<200>>,
    /// Its number in a catalogue (`Op. 95`, `K. 449`).
    pub catalogue: Option<Line<120>>,
    /// Its key.
    pub key: Option<Line<40>>,
    /// The year in which it was finished.
    pub year_composed: Option<i32>,
    /// Its genre.
    pub genre: Option<Line<120>>,
    /// How long it takes.
    pub duration_minutes: Option<i32>,
    /// What it is scored for (`2.2.2.2 – 4.2.3.1 – timp – str`).
    pub instrumentation: Option<Line<500>>,
    /// Its movements, in order.
    pub movements: Vec<Movement>,
    /// Under which rights it is played.
    pub rights: Rights,
}

impl Work {
    /// The most movements that a work can have.
    pub const MAX_MOVEMENTS: usize = 1000;

    /// What a search in the repertoire looks at, folded.
    pub fn search_text(&self) -> String {
        searchable([
            Some(self.title.as_str()),
            self.nickname.as_ref().map(Line::as_str),
            Some(self.composer.as_str()),
            self.catalogue.as_ref().map(Line::as_str),
        ])
    }

    /// Reads the fields of a work, of unknown rights unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields) -> Option<Self> {
        let title = fields.required("title");
        let nickname = fields.optional("nickname");
        let composer = fields.required("composer");
        let composer_birth_year = fields.integer("composerBirthYear", 1..=9999);
        let composer_death_year = fields.integer("composerDeathYear", 1..=9999);
        let arranger = fields.optional("arranger");
        let catalogue = fields.optional("catalogue");
        let key = fields.optional("key");
        let year_composed = fields.integer("yearComposed", 1..=9999);
        let genre = fields.optional("genre");
        let duration_minutes = fields.integer("durationMinutes", 0..=10_000);
        let instrumentation = fields.optional("instrumentation");
        let movements = fields.objects("movements", Self::MAX_MOVEMENTS, Movement::read);
        let rights = fields.optional("rights").unwrap_or(Rights::Unknown);
        let (title, composer) = (title?, composer?);
        Some(Self {
            title,
            nickname,
            composer,
            composer_birth_year,
            composer_death_year,
            arranger,
            catalogue,
            key,
            year_composed,
            genre,
            duration_minutes,
            instrumentation,
            movements,
            rights,
        })
    }
}

impl Facts for Work {
    type Kind = kind::Work;
}

/// How often a work stands in the performance history, and when first and last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerformanceFigures {
    /// The number of performances.
    pub count: u64,
    /// The day of the first.
    pub first_on: Option<Date>,
    /// The day of the last.
    pub last_on: Option<Date>,
}

/// A work with its figures, as the repertoire lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkEntry {
    /// The work.
    pub work: Record<Work>,
    /// Its performances, counted.
    pub figures: PerformanceFigures,
}

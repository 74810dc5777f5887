//! What is known of an instrument.

use org_kernel::choices;
use org_kernel::field::Fields;
use org_kernel::id::{MemberId, kind};
use org_kernel::text::Line;

use crate::import::Links;
use crate::record::Facts;

choices! {
    /// The family of an instrument.
    pub enum InstrumentCategory {
        Strings = "STRINGS",
        Woodwind = "WOODWIND",
        Brass = "BRASS",
        Percussion = "PERCUSSION",
        Keyboard = "KEYBOARD",
        Harp = "HARP",
        Early = "EARLY",
        Electronic = "ELECTRONIC",
        Accessory = "ACCESSORY",
    }
}

choices! {
    /// How well an instrument is.
    pub enum InstrumentCondition {
        Excellent = "EXCELLENT",
        Good = "GOOD",
        Fair = "FAIR",
        Poor = "POOR",
        InRepair = "IN_REPAIR",
    }
}

choices! {
    /// Whether an instrument can be had.
    pub enum InstrumentStatus {
        Available = "AVAILABLE",
        OnLoan = "ON_LOAN",
        InRepair = "IN_REPAIR",
        InTransit = "IN_TRANSIT",
        Lost = "LOST",
        Retired = "RETIRED",
    }
}

/// An instrument, as everybody in the organization may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Its name.
    pub name: Line<200>,
    /// Its family.
    pub category: InstrumentCategory,
    /// Who made it.
    pub maker: Option<Line<200>>,
    /// Its model.
    pub model: Option<Line<200>>,
    /// The year in which it was made.
    pub year_made: Option<i32>,
    /// How well it is.
    pub condition: Option<InstrumentCondition>,
    /// Where it is kept.
    pub location: Option<Line<200>>,
    /// Whether it can be had.
    pub status: InstrumentStatus,
    /// The member who has it.
    pub on_loan_to: Option<MemberId>,
}

impl Instrument {
    fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        let name = fields.required("name");
        let category = fields.required("category");
        let maker = fields.optional("maker");
        let model = fields.optional("model");
        let year_made = fields.integer("yearMade", 1..=9999);
        let condition = fields.optional("condition");
        let location = fields.optional("location");
        let status = fields
            .optional("status")
            .unwrap_or(InstrumentStatus::Available);
        let on_loan_to = links.optional(fields, "onLoanToExternalId");
        let (name, category) = (name?, category?);
        Some(Self {
            name,
            category,
            maker,
            model,
            year_made,
            condition,
            location,
            status,
            on_loan_to,
        })
    }
}

impl Facts for Instrument {
    type Kind = kind::Instrument;
}

/// An instrument with what is kept to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentFile {
    /// What everybody may see.
    pub instrument: Instrument,
    /// The serial number; it never leaves.
    pub serial: Option<Line<120>>,
    /// What it is insured for, in hundredths of the organization's currency; it never leaves.
    pub insured_value_cents: Option<i64>,
}

impl InstrumentFile {
    /// Reads the fields of an instrument, `AVAILABLE` unless they say otherwise.
    pub(crate) fn read(fields: &mut Fields, links: &Links) -> Option<Self> {
        let instrument = Instrument::read(fields, links);
        let serial = fields.optional("serial");
        let insured_value_cents = fields.integer("insuredValueCents", 0..=i64::MAX);
        Some(Self {
            instrument: instrument?,
            serial,
            insured_value_cents,
        })
    }
}

impl Facts for InstrumentFile {
    type Kind = kind::Instrument;
}

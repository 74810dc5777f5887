//! Instruments: what the organization owns or borrows, and who has it.

mod instrument;
mod query;

pub use instrument::{
    Instrument, InstrumentCategory, InstrumentCondition, InstrumentFile, InstrumentStatus,
};
pub use query::InstrumentQuery;

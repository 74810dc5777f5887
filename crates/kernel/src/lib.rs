//! What every other crate of the workspace speaks in.
//!
//! Typed ids, instants, text and its folding, JSON and the fields of an untrusted object, pages,
//! events and the outbox, the audit trail, idempotency, the errors of a store and how an error is
//! told; and the three things that are always injected: the clock, the source of ids, and entropy.
//! There is no input or output here, and no crate of ours below it.

pub mod actor;
pub mod audit;
mod chain;
pub mod choices;
pub mod clock;
pub mod entropy;
pub mod event;
pub mod field;
pub mod hour;
pub mod id;
pub mod id_source;
pub mod idempotency;
pub mod instant;
pub mod json;
pub mod page;
pub mod store_error;
pub mod text;
mod write_error;

pub use chain::chain;
pub use store_error::StoreError;
pub use write_error::WriteError;

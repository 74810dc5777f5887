//! Webhooks: where organizations hear of events, the secrets that deliveries are signed with, and what
//! becomes of the deliveries.

mod delivery_rows;
mod endpoints;
mod endpoints_row;
mod fan_out;
mod figures;
mod log;
mod outgoing;
mod secrets;
mod waiting;

pub(crate) use self::secrets::SecretRow;
pub use self::waiting::Waiting;

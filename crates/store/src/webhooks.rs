//! Webhooks: where organizations hear of events, and the secrets that deliveries are signed with.

mod endpoints;
mod endpoints_row;
mod resealing;
mod secrets;

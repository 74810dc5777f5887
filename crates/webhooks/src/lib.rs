//! Webhook secrets and signatures, and where deliveries may go.
//!
//! Every delivery is signed twice over: in a header of this API's own, over the body alone, and by
//! the rules of Standard Webhooks (<https://www.standardwebhooks.com>), over the message's id, its
//! time and its body, so that an old message cannot be sent again as a new one. What signs is in
//! [`signing`]; what a receiver does with it is in [`verification`], which the project's own tests
//! use as any receiver would. Where a delivery may go is decided in
//! [`egress`], and when it is tried again in [`retry`]; how secrets are stored, in [`sealing`].
//!
//! Endpoints come to be, change and end through [`endpoints::Endpoints`]. [`fan_out::FanOut`] makes
//! deliveries of events, [`outgoing`] hands them to whoever sends them, and [`deliveries::Deliveries`]
//! reads their log, tests endpoints, and has deliveries sent again; [`figures`] counts them. There is no web and no database
//! here: what is stored goes through the ports [`endpoint_store::EndpointStore`],
//! [`fan_out::FanOutStore`], [`outgoing::Outgoing`] and [`delivery_log::DeliveryLog`], whose promises are
//! written down as tests that every adapter runs.

#![warn(missing_docs)]

#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod deliveries;
pub mod delivery;
pub mod delivery_log;
pub mod egress;
pub mod endpoint;
pub mod endpoint_store;
pub mod endpoints;
pub mod fan_out;
pub mod figures;
pub mod header;
#[cfg(any(test, feature = "fakes"))]
pub mod in_memory;
mod mac;
pub mod master_keys;
pub mod outgoing;
pub mod retry;
pub mod sealed_secrets;
pub mod sealing;
pub mod secret;
pub mod signing;
pub mod verification;

#[cfg(test)]
mod testing;

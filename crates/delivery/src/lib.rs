//! Webhook deliveries on their way out.
//!
//! What is sent, signed and tried again is decided in `org-webhooks`, which waits for nobody. Here is
//! what has to wait: for names to resolve ([`resolver`]), for receivers to be reached and to answer
//! ([`post`]), within limits that no receiver can move ([`limits`]); and for all of that at once, for as
//! long as a server runs ([`sender`]).
//!
//! A URL is written by a customer and its receiver is a stranger. Nothing is dialled that
//! `org_webhooks::egress` has not looked at, and nothing that comes back is believed, followed or kept
//! beyond its first few kilobytes.

#![warn(missing_docs)]

mod answer;
mod failure;
pub mod limits;
pub mod outcome;
pub mod post;
pub mod resolver;
mod retry_after;
pub mod roots;
pub mod sender;

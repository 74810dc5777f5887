//! Where deliveries may go.
//!
//! A webhook's URL is written by a customer and called by the server, which sees more of the network
//! than the customer does. So a URL is looked at when it is registered and again at each attempt; what
//! its host resolves to is looked at after the resolution, and connected to as it was looked at, so
//! that nothing changes in between. An address in the URL itself is looked at before, because no
//! resolver is asked about it. What is refused is refused with the rule and the address, in words for
//! the delivery log.

mod address;
mod embedded;
mod policy;
mod refusal;
#[cfg(test)]
mod tests;

pub use policy::{Destination, EgressPolicy};
pub use refusal::Refusal;

//! Where an organization's events are sent: its endpoints, and what is done with them.
//!
//! Whoever may look sees all but the secrets; each is shown once, on the page that answers the form which
//! made it. What cannot be taken back is asked about on a page of its own first.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod edit;
mod endpoint;
mod fields;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod replay;
pub(crate) mod rotate;
mod secret;
mod state;
pub(crate) mod switching;
pub(crate) mod test;
#[cfg(test)]
mod tests;

pub(crate) use endpoint::path;

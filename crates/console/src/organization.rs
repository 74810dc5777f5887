//! The organization's profile: everybody sees it, administrators change it.

mod choices;
mod edit;
mod profile;
#[cfg(test)]
mod tests;

pub(crate) use edit::{form, submit};
pub(crate) use profile::show;

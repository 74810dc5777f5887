//! What a new organization does first.

use super::facts::Facts;

/// The first steps, and which of them are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    /// A key was made, whatever has become of it.
    pub(super) has_key: bool,
    /// A request was made with one.
    pub(super) has_called: bool,
    /// An endpoint is there.
    pub(super) has_endpoint: bool,
}

impl Steps {
    pub(super) fn of(facts: &Facts) -> Self {
        Self {
            has_key: !facts.keys.is_empty(),
            has_called: facts.keys.iter().any(|key| key.last_used_at.is_some()),
            has_endpoint: !facts.endpoints.is_empty(),
        }
    }

    /// Until there was a first request, somebody is beginning. Not everybody needs webhooks.
    pub(super) fn are_shown(self) -> bool {
        !self.has_called
    }
}

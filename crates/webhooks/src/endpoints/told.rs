//! What the audit trail tells of an endpoint.

use serde::Serialize;

use crate::endpoint::{DisabledBecause, Endpoint};

/// An endpoint's fields; its secrets are none.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told<'a> {
    url: Option<&'a str>,
    description: Option<&'a str>,
    event_types: Option<&'a [String]>,
    enabled: Option<bool>,
    disabled_because: Option<&'static str>,
}

impl<'a> Told<'a> {
    /// What there is to tell of an endpoint that is gone.
    pub(super) const NOTHING: Self = Self {
        url: None,
        description: None,
        event_types: None,
        enabled: None,
        disabled_because: None,
    };

    pub(super) fn of(endpoint: &'a Endpoint) -> Self {
        Self {
            url: Some(endpoint.url.as_str()),
            description: endpoint.description.as_ref().map(AsRef::as_ref),
            event_types: Some(endpoint.event_types.names()),
            enabled: Some(endpoint.enabled),
            disabled_because: endpoint.disabled_because.map(DisabledBecause::as_str),
        }
    }
}

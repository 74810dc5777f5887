//! Whether an endpoint hears of events, and why not if it does not.

use org_kernel::instant::Instant;
use org_webhooks::endpoint::{DisabledBecause, Endpoint};

/// The state of an endpoint, as pages tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It hears of events.
    Enabled,
    /// It hears of events, and has answered none of them since this time.
    Failing(Instant),
    /// Somebody disabled it.
    DisabledByHand,
    /// The server disabled it by itself.
    DisabledByServer(DisabledBecause),
}

impl State {
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        match (endpoint.enabled, endpoint.disabled_because) {
            (true, _) => endpoint.failing_since.map_or(Self::Enabled, Self::Failing),
            (false, Some(because)) => Self::DisabledByServer(because),
            (false, None) => Self::DisabledByHand,
        }
    }

    /// In a word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Failing(_) => "Failing",
            Self::DisabledByHand | Self::DisabledByServer(_) => "Disabled",
        }
    }

    /// The class of its tag.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Enabled => "good",
            Self::Failing(_) => "warn",
            Self::DisabledByHand => "",
            Self::DisabledByServer(_) => "bad",
        }
    }

    /// Since when it has been failing.
    pub(super) const fn failing_since(self) -> Option<Instant> {
        match self {
            Self::Failing(since) => Some(since),
            _ => None,
        }
    }

    /// By whom it was disabled, and why.
    pub(super) const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Enabled | Self::Failing(_) => None,
            Self::DisabledByHand => Some("by hand"),
            Self::DisabledByServer(DisabledBecause::Gone) => {
                Some("by the server, because the receiver answered that it is gone (410)")
            }
            Self::DisabledByServer(DisabledBecause::Failing) => {
                Some("by the server, because nothing but failures came of it for five days")
            }
        }
    }
}

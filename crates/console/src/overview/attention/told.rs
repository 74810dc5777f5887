//! How people are told of what needs attention: what it is about, what is the matter with it, and where
//! it is put right.

use super::{Attention, Because};
use crate::local::Local;

impl Attention {
    /// What it is about; empty where it is about everything, or about the reader.
    pub(in crate::overview) fn subject(&self) -> &str {
        match self {
            Self::Disabled { url, .. }
            | Self::Failing { url, .. }
            | Self::Faltering { url, .. } => url,
            Self::Expired { name, .. }
            | Self::Expires { name, .. }
            | Self::Limited { name, .. }
            | Self::LinkEnded { name, .. }
            | Self::UnprotectedOwner { name, .. } => name,
            Self::ManyRefused { .. } | Self::Unprotected => "",
        }
    }

    /// What is the matter; after the subject it makes a sentence.
    pub(in crate::overview) fn words(&self, local: &Local) -> String {
        match self {
            Self::Disabled { because, since, .. } => {
                let since = local.moment(*since);
                let why = because.words();
                format!("{why} (last changed on {since}). Nothing is sent to it.")
            }
            Self::Failing { since, .. } => {
                let since = local.moment(*since);
                format!("has failed since {since}. Its deliveries are tried again.")
            }
            Self::Faltering { since, .. } => {
                let since = local.moment(*since);
                format!(
                    "has failed since {since}. Its deliveries are tried again, and most receivers \
                     are back within the hour."
                )
            }
            Self::Expired { at, .. } => {
                let at = local.moment(*at);
                format!("expired on {at}. Requests with this key are refused.")
            }
            Self::Expires { at, .. } => {
                let at = local.moment(*at);
                format!("expires on {at}. Rotate it before then.")
            }
            Self::Limited { .. } => {
                "met its limit of requests a minute, today or yesterday.".to_owned()
            }
            Self::ManyRefused { refused, requests } => {
                let [refused, requests] = [refused, requests].map(|count| local.number(*count));
                format!("{refused} of {requests} requests of the last 24 hours were refused.")
            }
            Self::LinkEnded { .. } => {
                "was invited, and the sign-in link has ended. Send a new one.".to_owned()
            }
            Self::Unprotected => "Your account is an owner’s, and has no second factor.".to_owned(),
            Self::UnprotectedOwner { .. } => {
                "is an owner without a second factor. Ask them to switch it on.".to_owned()
            }
        }
    }

    /// The page where it is put right.
    pub(in crate::overview) fn path(&self) -> String {
        match self {
            Self::Disabled { endpoint, .. }
            | Self::Failing { endpoint, .. }
            | Self::Faltering { endpoint, .. } => {
                format!("/settings/webhooks/{endpoint}")
            }
            Self::Expired { key, .. } | Self::Expires { key, .. } | Self::Limited { key, .. } => {
                format!("/settings/keys/{key}")
            }
            Self::ManyRefused { .. } => "/settings/keys".to_owned(),
            Self::LinkEnded { .. } | Self::UnprotectedOwner { .. } => "/settings/people".to_owned(),
            Self::Unprotected => "/settings/account/second-factor".to_owned(),
        }
    }

    /// What the link to that page says.
    pub(in crate::overview) const fn link(&self) -> &'static str {
        match self {
            Self::Disabled { .. } | Self::Failing { .. } | Self::Faltering { .. } => {
                "See the endpoint"
            }
            Self::Expired { .. } | Self::Expires { .. } | Self::Limited { .. } => "See the key",
            Self::ManyRefused { .. } => "See which keys they came from",
            Self::LinkEnded { .. } | Self::UnprotectedOwner { .. } => "See the people",
            Self::Unprotected => "Switch it on",
        }
    }

    /// True where something does not work; else it only may not work later.
    pub(in crate::overview) const fn is_bad(&self) -> bool {
        match self {
            Self::Disabled { because, .. } => !matches!(because, Because::Asked),
            Self::Failing { .. } | Self::Expired { .. } => true,
            _ => false,
        }
    }
}

impl Because {
    const fn words(self) -> &'static str {
        match self {
            Self::Failing => "was disabled because it had failed for days",
            Self::Gone => "was disabled because it answered 410, Gone",
            Self::Asked => "is disabled",
        }
    }
}

//! Why a delivery may not go somewhere.

use std::net::IpAddr;

/// What is wrong with a URL, or with what its host resolves to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not parse.
    #[error("is not a URL: {0}")]
    NotAUrl(String),
    /// It is not https, nor http where that is open.
    #[error("must begin with https:// and not with {0}:")]
    Scheme(String),
    /// It bears a user or a password.
    #[error("must bear no user and no password")]
    Credentials,
    /// It names a port that is not open.
    #[error("must use port {allowed}, not {port}")]
    Port {
        /// The port it names.
        port: u16,
        /// The ports that are open.
        allowed: String,
    },
    /// It names no host.
    #[error("must name a host")]
    NoHost,
    /// It leads, or one of the addresses of its host does, where deliveries do not go.
    #[error("leads to {address}, which is {range}")]
    Address {
        /// Where it leads.
        address: IpAddr,
        /// What that is.
        range: &'static str,
    },
    /// Its host resolves to nothing.
    #[error("names a host that resolves to no address")]
    Unresolved,
}

//! Where a write comes from.

use std::net::IpAddr;

use crate::actor::Actor;

/// Who writes, and by which request, if it was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who.
    pub actor: Actor,
    /// By which request; none for the command line, and for programs without a web.
    pub request: Option<Request>,
}

impl Origin {
    /// Whoever runs the program, by no request.
    pub const OPERATOR: Self = Self {
        actor: Actor::Operator,
        request: None,
    };

    /// The server by itself, by no request.
    pub const SERVER: Self = Self {
        actor: Actor::Server,
        request: None,
    };
}

/// A request over HTTP, as far as the trail tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The id that the client and the log know it by.
    pub id: String,
    /// The address it came from.
    pub address: IpAddr,
    /// `POST`, `PATCH`, …
    pub method: String,
    /// The endpoint, with its parameters in braces: paths hold what people wrote.
    pub route: String,
    /// The status that it is answered with, once it succeeds.
    pub status: u16,
}

//! Who counts the requests: a port, so that nothing here knows how figures are kept or read.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};

use crate::trace_context::TraceContext;

/// What a request was made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// The REST API and its documents.
    Api,
    /// The pages for people.
    Console,
}

/// A limit that refused a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// That of a key, for requests that read.
    Read,
    /// That of a key, for requests that write.
    Write,
    /// That of an address, for keys or passwords that were wrong.
    Attempts,
}

/// What is known of a request once it is answered: nothing that says who asked, or for what of theirs.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// What it was made to.
    pub surface: Surface,
    /// Its method.
    pub method: &'a Method,
    /// The pattern of its path, as the router knows it; [`NO_ROUTE`](crate::NO_ROUTE) if there is none.
    pub route: &'a str,
    /// How it was answered.
    pub status: StatusCode,
    /// The trace that it was part of.
    pub trace: &'a TraceContext,
    /// From when its head was read until its answer was there to be sent.
    pub took: Duration,
    /// The limit that refused it, if one did.
    pub limited: Option<Limit>,
    /// Whether the answer is a repetition of an earlier one, for the same idempotency key.
    pub replayed: bool,
}

/// Is told of each request. It is asked on the threads that answer, so nothing in it may wait.
pub trait Observer: Send + Sync {
    /// A request is being answered from now on.
    fn arrived(&self, surface: Surface);

    /// It is not any more, whether it was answered or its client went away.
    fn left(&self, surface: Surface);

    /// It was answered.
    fn answered(&self, seen: &Answered<'_>);

    /// It was given up unanswered: its client has gone, or broke its body off.
    fn unanswered(&self, surface: Surface);

    /// What some client sent is no request, and was refused with this status.
    fn unheard(&self, status: StatusCode);
}

/// Nobody counts.
impl Observer for () {
    fn arrived(&self, _surface: Surface) {}

    fn left(&self, _surface: Surface) {}

    fn answered(&self, _seen: &Answered<'_>) {}

    fn unanswered(&self, _surface: Surface) {}

    fn unheard(&self, _status: StatusCode) {}
}

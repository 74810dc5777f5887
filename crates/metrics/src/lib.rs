//! A server's figures, as Prometheus reads them.
//!
//! There are two sorts. What happens at every request is counted here, by [`Metrics`] as an observer, in
//! counters that were found beforehand: nothing is looked up by its labels while somebody waits for an
//! answer. What others count anyway, or what the database knows, is a [`Reading`], taken when somebody
//! asks for the figures and at no other time.
//!
//! No label tells of an organization, a key, a person or a path: how many series there are depends on the
//! program, and never on who uses it or on what they send.

mod deliveries;
mod process;
mod reading;
mod requests;
#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use org_web::{Answered, Observer, Surface};
use prometheus::{Registry, TextEncoder};

pub use deliveries::Attempt;
pub use prometheus::Error;
pub use reading::{Backlog, Cache, Pool, Reading, Replica, Sharing};

use deliveries::Deliveries;
use requests::Requests;

/// What the text is that [`Metrics::render`] makes.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The figures of one server.
pub struct Metrics {
    registry: Registry,
    requests: Requests,
    deliveries: Deliveries,
}

impl Metrics {
    /// Nothing is counted yet. `version` is the program's; `routes` are the patterns that the router
    /// knows. A request to any other is counted as one to none.
    pub fn new<'a>(
        version: &str,
        routes: impl IntoIterator<Item = (Surface, &'a str)>,
    ) -> Result<Self, Error> {
        let registry = Registry::new();
        process::register(&registry, version)?;
        Ok(Self {
            requests: Requests::new(&registry, routes)?,
            deliveries: Deliveries::new(&registry)?,
            registry,
        })
    }

    /// Counts an attempt to deliver something.
    pub fn attempted(&self, attempt: Attempt) {
        self.deliveries.count(attempt);
    }

    /// All figures, in Prometheus' text format, version 0.0.4.
    pub fn render(&self, reading: &Reading) -> Result<String, Error> {
        let read = Registry::new();
        reading::register(&read, reading)?;
        let mut text = String::new();
        let encoder = TextEncoder::new();
        encoder.encode_utf8(&self.registry.gather(), &mut text)?;
        encoder.encode_utf8(&read.gather(), &mut text)?;
        Ok(text)
    }
}

impl Observer for Metrics {
    fn arrived(&self, surface: Surface) {
        self.requests.in_flight(surface).inc();
    }

    fn left(&self, surface: Surface) {
        self.requests.in_flight(surface).dec();
    }

    fn answered(&self, seen: &Answered<'_>) {
        self.requests.count(seen);
    }

    fn unanswered(&self, surface: Surface) {
        self.requests.unanswered(surface).inc();
    }

    fn unheard(&self, status: StatusCode) {
        self.requests.unheard(status);
    }
}

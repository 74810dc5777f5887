//! A request while it is answered, told to whoever counts and, if nothing comes of it, to the log.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Instant;

use actix_web::http::Method;

use crate::arrival::Arrival;
use crate::method;
use crate::observer::{Answered, Observer, Surface};

/// A request that is being answered; it has left when this is dropped, however that comes about.
///
/// One whose answer nobody can be sent any more is given up: its client has gone, or what it sent as a
/// body in chunks is none, upon which the HTTP library ends the connection.
pub struct Presence {
    observer: Arc<dyn Observer>,
    surface: Surface,
    arrival: Arrival,
    method: &'static str,
    began: Instant,
    is_answered: Cell<bool>,
}

impl Presence {
    /// Tells the observer of a request that has arrived.
    pub fn of(
        observer: &Arc<dyn Observer>,
        surface: Surface,
        arrival: Arrival,
        asked: &Method,
    ) -> Self {
        observer.arrived(surface);
        Self {
            observer: Arc::clone(observer),
            surface,
            arrival,
            method: method::told(asked),
            began: Instant::now(),
            is_answered: Cell::new(false),
        }
    }

    /// Tells the observer how the request was answered.
    pub fn answered(&self, seen: &Answered<'_>) {
        self.is_answered.set(true);
        self.observer.answered(seen);
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if !self.is_answered.get() {
            self.observer.unanswered(self.surface);
            tracing::info!(
                request_id = self.arrival.id().as_str(),
                trace_id = %self.arrival.trace().trace(),
                method = self.method,
                route = self.arrival.route(),
                duration_ms = self.began.elapsed().as_secs_f64() * 1000.0,
                "request not answered: its client has gone, or broke its body off",
            );
        }
        self.observer.left(self.surface);
    }
}

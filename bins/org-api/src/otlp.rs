//! Traces, where a setting says that they are to be sent, and where the program can.

#[cfg(feature = "otlp")]
mod spans;

use std::sync::Arc;

use actix_web::http::StatusCode;
use org_web::{Answered, Observer, Surface};

use crate::failure::Failure;
use crate::settings::{OtlpEndpoint, Settings};

/// Begins to send a span of each request, if that is wanted.
pub(crate) fn begin(settings: &Settings) -> Result<Option<Arc<dyn Observer>>, Failure> {
    let endpoint = settings.observing.otlp_endpoint.as_ref();
    endpoint.map(spans_to).transpose()
}

#[cfg(feature = "otlp")]
fn spans_to(endpoint: &OtlpEndpoint) -> Result<Arc<dyn Observer>, Failure> {
    Ok(Arc::new(spans::Spans::to(endpoint)?))
}

#[cfg(not(feature = "otlp"))]
fn spans_to(nowhere: &OtlpEndpoint) -> Result<Arc<dyn Observer>, Failure> {
    match *nowhere {}
}

/// Two who are told of each request, one after the other.
pub(crate) struct Both(pub(crate) Arc<dyn Observer>, pub(crate) Arc<dyn Observer>);

impl Observer for Both {
    fn arrived(&self, surface: Surface) {
        self.0.arrived(surface);
        self.1.arrived(surface);
    }

    fn left(&self, surface: Surface) {
        self.0.left(surface);
        self.1.left(surface);
    }

    fn answered(&self, seen: &Answered<'_>) {
        self.0.answered(seen);
        self.1.answered(seen);
    }

    fn unanswered(&self, surface: Surface) {
        self.0.unanswered(surface);
        self.1.unanswered(surface);
    }

    fn unheard(&self, status: StatusCode) {
        self.0.unheard(status);
        self.1.unheard(status);
    }
}

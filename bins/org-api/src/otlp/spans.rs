//! One span a request, sent to a collector by OTLP over HTTP.
//!
//! The span is made when the request has been answered, of what every observer is told. It waits in a
//! bounded queue for a thread that sends many at a time; what finds the queue full is dropped, and no
//! request ever waits for a collector.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::http::StatusCode;
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchSpanProcessor, SpanData, SpanEvents, SpanLinks, SpanProcessor as _,
};
use org_delivery::roots::Roots;
use org_kernel::chain;
use org_kernel::clock::Clock;
use org_web::{Answered, NO_ROUTE, Observer, Surface};

use crate::database::clock;
use crate::failure::Failure;
use crate::settings::OtlpEndpoint;

/// How long a collector may take to take a batch in.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the program calls itself.
const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Sends a span of each request that is part of a sampled trace, or begins one.
pub(super) struct Spans {
    processor: BatchSpanProcessor,
    scope: InstrumentationScope,
    clock: Arc<dyn Clock>,
}

impl Spans {
    /// Begins to send, whether or not a collector is there.
    pub(super) fn to(endpoint: &OtlpEndpoint) -> Result<Self, Failure> {
        let client = reqwest::blocking::Client::builder()
            .tls_backend_preconfigured(Roots::system().into_tls()?)
            .timeout(PATIENCE)
            .build()?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint.for_traces())
            .with_timeout(PATIENCE)
            .build()?;
        let mut processor = BatchSpanProcessor::builder(exporter).build();
        processor.set_resource(
            &Resource::builder()
                .with_service_name(NAME)
                .with_attribute(KeyValue::new("service.version", VERSION))
                .build(),
        );
        Ok(Self {
            processor,
            scope: InstrumentationScope::builder(NAME)
                .with_version(VERSION)
                .build(),
            clock: clock(),
        })
    }

    fn span(&self, seen: &Answered<'_>) -> SpanData {
        let trace = seen.trace;
        let end = SystemTime::from(self.clock.now().to_utc());
        let parent = trace.parent().map(org_web::SpanId::number);
        SpanData {
            span_context: SpanContext::new(
                TraceId::from(trace.trace().number()),
                SpanId::from(trace.span().number()),
                TraceFlags::SAMPLED,
                false,
                TraceState::NONE,
            ),
            parent_span_id: parent.map_or(SpanId::INVALID, |id: u64| SpanId::from(id)),
            parent_span_is_remote: parent.is_some(),
            span_kind: SpanKind::Server,
            name: name(seen),
            start_time: end.checked_sub(seen.took).unwrap_or(end),
            end_time: end,
            attributes: attributes(seen),
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: status(seen),
            instrumentation_scope: self.scope.clone(),
        }
    }
}

impl Observer for Spans {
    fn arrived(&self, _surface: Surface) {}

    fn left(&self, _surface: Surface) {}

    fn answered(&self, seen: &Answered<'_>) {
        if seen.trace.parent().is_none() || seen.trace.is_sampled() {
            self.processor.on_end(self.span(seen));
        }
    }

    fn unanswered(&self, _surface: Surface) {}

    fn unheard(&self, _status: StatusCode) {}
}

/// What waits is sent, for some seconds.
impl Drop for Spans {
    fn drop(&mut self) {
        if let Err(error) = self.processor.shutdown() {
            tracing::warn!(
                error = chain(&error),
                "the last spans may not have been sent"
            );
        }
    }
}

/// As the semantic conventions name the span of a server.
fn name(seen: &Answered<'_>) -> Cow<'static, str> {
    match seen.route {
        NO_ROUTE => method(seen).to_owned().into(),
        route => format!("{} {route}", method(seen)).into(),
    }
}

fn attributes(seen: &Answered<'_>) -> Vec<KeyValue> {
    let surface = match seen.surface {
        Surface::Api => "api",
        Surface::Console => "console",
    };
    let mut attributes = vec![
        KeyValue::new("http.request.method", method(seen).to_owned()),
        KeyValue::new("http.response.status_code", i64::from(seen.status.as_u16())),
        KeyValue::new("org_api.surface", surface),
    ];
    if seen.route != NO_ROUTE {
        attributes.push(KeyValue::new("http.route", seen.route.to_owned()));
    }
    attributes
}

/// A method that anybody has made up is `_OTHER`, by the same conventions.
fn method<'a>(seen: &Answered<'a>) -> &'a str {
    match seen.method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT"
        | "TRACE") => known,
        _ => "_OTHER",
    }
}

fn status(seen: &Answered<'_>) -> Status {
    if seen.status.is_server_error() {
        Status::error("")
    } else {
        Status::Unset
    }
}

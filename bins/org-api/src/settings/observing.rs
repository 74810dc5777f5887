//! What those who run the server see of it.

use org_kernel::choices;
use org_kernel::field::FromText;
use tracing_subscriber::EnvFilter;

use super::address::{Listen, OtlpEndpoint};
use super::reading::Reading;
use super::setting::{Kind, Reach, Setting, setting};
use crate::failure::Failure;

/// The log, the metrics and the traces.
#[derive(Clone, Debug)]
pub(crate) struct Observing {
    /// What is logged; what the command usually logs when there is none.
    pub(crate) log: Option<String>,
    pub(crate) log_format: LogFormat,
    /// Where metrics are served; nowhere when there is none.
    pub(crate) metrics_listen: Option<Listen>,
    /// Where traces are sent.
    pub(crate) otlp_endpoint: Option<OtlpEndpoint>,
}

choices! {
    /// How a log line is written.
    pub(crate) enum LogFormat {
        /// For people on a terminal, as JSON otherwise.
        Auto = "auto",
        /// For people.
        Pretty = "pretty",
        /// One JSON object a line.
        Json = "json",
    }
}

pub(super) const SETTINGS: &[Setting] = &[
    setting("log", Kind::Text, "FILTER")
        .of(Reach::All)
        .usually("info where it serves, warn elsewhere")
        .does("What is logged to stderr, as a filter of `tracing`")
        .more(
            ": [its syntax](https://docs.rs/tracing-subscriber/latest/tracing_subscriber/filter/struct.EnvFilter.html)",
        ),
    setting("log_format", Kind::Text, "FORMAT")
        .of(Reach::All)
        .usual("auto")
        .does("How it is logged: `pretty` for people, `json` for programs, or `auto`, which is pretty on a terminal"),
    setting("metrics_listen", Kind::Text, "ADDR")
        .does("The address to serve metrics on"),
    setting("otlp_endpoint", Kind::Text, "URL")
        .does("Where traces are sent by OTLP over HTTP, by a program that was built with the feature `otlp`"),
];

impl Observing {
    pub(super) fn read(from: &Reading) -> Result<Self, Failure> {
        Ok(Self {
            log: from.optional("log", filter)?,
            log_format: from.required("log_format", LogFormat::from_text)?,
            metrics_listen: from.optional("metrics_listen", str::parse)?,
            otlp_endpoint: from.optional("otlp_endpoint", str::parse)?,
        })
    }
}

fn filter(text: &str) -> Result<String, tracing_subscriber::filter::ParseError> {
    EnvFilter::builder().parse(text).map(|_| text.to_owned())
}

//! What those who run the server see of it.

use org_kernel::choices;

use super::address::{Listen, OtlpEndpoint};

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

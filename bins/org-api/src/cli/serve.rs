//! What the commands that serve take.

use clap::Args;
use serde::Serialize;

use super::webhook::WebhookFlags;

/// How to serve. The names of the fields are the names of the settings.
#[derive(Debug, Args, Serialize)]
pub(crate) struct ServeFlags {
    /// The address to listen on [env: `ORG_API_LISTEN`] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    /// The server's address as clients see it, for the documents it gives out
    /// [env: `ORG_API_PUBLIC_URL`] [default: none; the documents then use paths]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// A network whose `X-Forwarded-For` is believed; give it once for each
    /// [env: `ORG_API_TRUSTED_PROXY`, with commas between them] [default: none]
    #[arg(long, value_name = "CIDR")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trusted_proxy: Vec<String>,
    /// The most connections to the database [env: `ORG_API_DATABASE_CONNECTIONS`] [default: 16]
    #[arg(long, allow_hyphen_values = true, value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_connections: Option<u32>,
    /// How long a request waits for a free connection, in milliseconds, before it is answered 503
    /// [env: `ORG_API_DATABASE_WAIT_MS`] [default: 2000]
    #[arg(long, allow_hyphen_values = true, value_name = "MS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_wait_ms: Option<u64>,
    /// For how many days deliveries are kept [env: `ORG_API_WEBHOOK_RETENTION_DAYS`] [default: 90]
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "DAYS",
        help_heading = "Webhooks"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_retention_days: Option<u32>,
    #[command(flatten)]
    #[serde(flatten)]
    webhooks: WebhookFlags,
}

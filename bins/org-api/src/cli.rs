//! The command line, as clap reads it.

mod admin;
mod master_key;
mod serve;
mod user;
mod webhook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

pub(crate) use admin::{
    AuditArgs, ImportArgs, ImportFormat, KeyCommand, NewKeyArgs, NewOrgArgs, OrgCommand,
};
pub(crate) use master_key::MasterKeyCommand;
pub(crate) use serve::ServeFlags;
pub(crate) use user::{NewUserArgs, UserCommand, UserLinkArgs};
pub(crate) use webhook::{
    DeliveriesArgs, DeliveryArg, EndpointArg, EndpointChangesArgs, NewEndpointArgs, WebhookArgs,
    WebhookCommand,
};

/// The back end of an orchestra: a REST API over its productions, people and places.
#[derive(Debug, Parser)]
#[command(name = "org-api", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: CommonFlags,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct CommonFlags {
    #[command(flatten)]
    pub(crate) database: DatabaseFlags,
    /// A TOML file with settings [env: `ORG_API_CONFIG`]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// Where the database is, and what is told. The names of the fields are the names of the settings.
#[derive(Debug, Args, Serialize)]
pub(crate) struct DatabaseFlags {
    /// The PostgreSQL to use instead of an embedded one [env: `ORG_API_DATABASE_URL`, `DATABASE_URL`]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    /// Where the embedded PostgreSQL keeps its data [env: `ORG_API_DATA_DIR`] [default: .org-api]
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data_dir: Option<PathBuf>,
    /// What is logged to stderr, as a filter of `tracing` [env: `ORG_API_LOG`]
    /// [default: info where it serves, warn elsewhere]
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,
}

impl DatabaseFlags {
    pub(crate) fn names_a_database(&self) -> bool {
        self.database_url.is_some()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve a demonstration orchestra from an embedded PostgreSQL
    Dev(ServeFlags),
    /// Serve
    Serve {
        #[command(flatten)]
        flags: ServeFlags,
        /// Do not apply pending migrations first
        #[arg(long)]
        no_migrate: bool,
    },
    /// Apply pending migrations
    Migrate,
    /// Print the OpenAPI document
    Openapi,
    /// Organizations
    #[command(subcommand)]
    Org(OrgCommand),
    /// API keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// People who use the settings console
    #[command(subcommand)]
    User(UserCommand),
    /// Webhook endpoints
    Webhook(WebhookArgs),
    /// The key under which the secrets of webhooks and of second factors are encrypted
    #[command(subcommand)]
    MasterKey(MasterKeyCommand),
    /// Import files into an organization
    Import(ImportArgs),
    /// Show what was done and what was refused, the oldest first
    Audit(AuditArgs),
}

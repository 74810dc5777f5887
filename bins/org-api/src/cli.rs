//! The command line, as clap reads it.

mod admin;
mod flags;
mod master_key;
mod user;
mod webhook;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use self::flags::{Everywhere, Flags, OnWebhooks, WhereServed};
use crate::settings::GivenFlag;

pub(crate) use admin::{
    AuditArgs, ImportArgs, ImportFormat, KeyCommand, NewKeyArgs, NewOrgArgs, OrgCommand,
};
pub(crate) use master_key::MasterKeyCommand;
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
    settings: Flags<Everywhere>,
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl CommonFlags {
    pub(crate) fn given(&self) -> &[GivenFlag] {
        self.settings.given()
    }

    pub(crate) fn names_a_database(&self) -> bool {
        let mut names = self.given().iter().map(|(setting, _)| setting.name);
        names.any(|name| name == "database_url")
    }
}

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// The file with the backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// How to serve.
pub(crate) type ServeFlags = Flags<WhereServed>;

/// Where deliveries may go and how they get there.
pub(crate) type WebhookFlags = Flags<OnWebhooks>;

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
    /// Print the tables of settings in OPERATIONS.md
    #[command(hide = true)]
    Settings,
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
    /// Write what the database holds into a file, while servers use it
    Backup(BackupArgs),
    /// Bring a backup into a database without tables
    Restore(BackupArgs),
    /// Bring the embedded database to the newest PostgreSQL that is installed
    Upgrade,
    /// Show what was done and what was refused, the oldest first
    Audit(AuditArgs),
}

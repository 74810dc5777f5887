//! What the commands that administer take.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use org_kernel::audit::Action;

#[derive(Debug, Subcommand)]
pub(crate) enum OrgCommand {
    /// Found an organization
    Create(NewOrgArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewOrgArgs {
    /// Its name in paths: lower-case letters, digits and hyphens
    #[arg(long)]
    pub(crate) slug: String,
    /// Its name
    #[arg(long)]
    pub(crate) name: String,
    /// The IANA time zone in which its days begin and end
    #[arg(long, value_name = "ZONE", default_value = "Europe/Vienna")]
    pub(crate) time_zone: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key; its secret is shown once
    Create(NewKeyArgs),
    /// List an organization's keys
    List {
        /// The organization's slug
        #[arg(long, value_name = "SLUG")]
        org: String,
    },
    /// Make a key in the place of another, which goes on working for a while; the secret is shown once
    Rotate {
        /// The old key's id, like `key_…`
        id: String,
        /// For how long the old key goes on working: now (not at all), 1h, 24h or 7d
        #[arg(long, value_name = "TIME", default_value = "24h")]
        overlap: String,
    },
    /// Revoke a key
    Revoke {
        /// The key's id, like `key_…`
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct NewKeyArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// What people call the key
    #[arg(long)]
    pub(crate) name: String,
    /// What the key may do; give it once for each scope
    #[arg(long = "scope", value_name = "SCOPE", num_args = 1..)]
    pub(crate) scopes: Vec<String>,
    /// When the key expires: an RFC 3339 instant
    #[arg(long, allow_hyphen_values = true, value_name = "INSTANT")]
    pub(crate) expires_at: Option<String>,
    /// How many reads a minute it may do, 1 to 1,000,000, instead of the usual 1,000
    #[arg(long, allow_hyphen_values = true, value_name = "N")]
    pub(crate) reads_per_minute: Option<String>,
    /// How many writes a minute it may do, 1 to 1,000,000, instead of the usual 500
    #[arg(long, allow_hyphen_values = true, value_name = "N")]
    pub(crate) writes_per_minute: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ImportFormat {
    /// One JSON object a line
    Ndjson,
    /// The New York Philharmonic's archive of its performance history
    Nyphil,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// The form of the files
    #[arg(long, value_enum, default_value_t = ImportFormat::Ndjson)]
    pub(crate) format: ImportFormat,
    /// Check and count, and keep nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The files, imported one after the other
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// The organization's slug; without it, what was refused to whom nobody knows
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: Option<String>,
    /// Only what is of this time and later: an RFC 3339 instant
    #[arg(long, allow_hyphen_values = true, value_name = "INSTANT")]
    pub(crate) since: Option<String>,
    /// Only what is from before this time: an RFC 3339 instant
    #[arg(long, allow_hyphen_values = true, value_name = "INSTANT")]
    pub(crate) until: Option<String>,
    /// Only this action, like contact.created, or all on one kind of object, like contact
    #[arg(long, value_name = "ACTION")]
    pub(crate) action: Option<Action>,
}

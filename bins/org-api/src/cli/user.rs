//! What the commands on users take.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Invite somebody; the one-time link with which they join is shown once
    Create(NewUserArgs),
    /// List an organization's users
    List {
        /// The organization's slug
        #[arg(long, value_name = "SLUG")]
        org: String,
    },
    /// Make a new one-time link for somebody who has lost theirs, or their password
    Link(UserLinkArgs),
}

#[derive(Debug, Args)]
pub(crate) struct NewUserArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// The address by which they sign in
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// What they may do: `OWNER`, `ADMIN` or `VIEWER`
    #[arg(long)]
    pub(crate) role: String,
    /// What people call them; else their address, up to the @
    #[arg(long)]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct UserLinkArgs {
    /// The organization's slug
    #[arg(long, value_name = "SLUG")]
    pub(crate) org: String,
    /// The address by which they sign in
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// Switch their second factor off too, for somebody who has lost it with its recovery codes
    #[arg(long)]
    pub(crate) reset_second_factor: bool,
}

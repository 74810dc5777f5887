//! What the commands on the master key take.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum MasterKeyCommand {
    /// Print a new key on stdout, and change nothing
    Generate,
    /// Encrypt every stored secret under another key: a new one where the key is in a file, and that of
    /// `ORG_API_NEW_MASTER_KEY` where a setting gives it
    Rotate,
}

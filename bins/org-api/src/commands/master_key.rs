//! `org-api master-key …`

use org_auth::entropy::SystemEntropy;
use org_webhooks::sealing::MasterKey;
use serde_json::json;

use crate::database::Database;
use crate::failure::Failure;
use crate::master_key::{Keyring, Rotated};
use crate::output::{self, Output};
use crate::settings::Settings;

/// Prints a key that is used nowhere yet. It is what a program would want on stdout, JSON or not.
pub(super) fn generate(output: Output) -> Result<(), Failure> {
    let key = MasterKey::generate(&SystemEntropy::new())?;
    match output {
        Output::People => output::print(&key),
        Output::Programs => output::print(&json!({ "masterKey": key.as_str() }).to_string()),
    }
}

pub(super) fn rotate(
    settings: &Settings,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    let rotated = Keyring::of(settings, database).rotate()?;
    let answer = json!({ "id": rotated.id, "secrets": rotated.secrets });
    output.show(&answer, |_| tell(&rotated))
}

fn tell(rotated: &Rotated) -> String {
    let Rotated { id, secrets, .. } = rotated;
    let then = if rotated.setting_is_old {
        "Give the servers the new key as ORG_API_MASTER_KEY, and start them again."
    } else {
        "Start the servers again: they have the old key until then."
    };
    format!("the master key is {id} now; {secrets} secrets were encrypted anew\n{then}")
}

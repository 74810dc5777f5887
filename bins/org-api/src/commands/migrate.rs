//! `org-api migrate`

use serde_json::json;

use crate::database::Database;
use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

pub(super) fn run(settings: &Settings, output: Output) -> Result<(), Failure> {
    let applied = Database::open_once(settings)?.migrate()?;
    output.show(&json!({ "applied": applied }), |_| {
        match applied.as_slice() {
            [] => "nothing to apply".to_owned(),
            names => format!("applied {}", names.join(", ")),
        }
    })
}

//! `org-api key rotate`

use org_auth::api_keys::{RotateError, RotateRequest};
use org_kernel::audit::Origin;
use serde_json::json;

use super::{api_keys, read_id, unknown};
use crate::database::Database;
use crate::failure::Failure;
use crate::output::{Output, flag};

pub(super) fn rotate(
    id: &str,
    overlap: &str,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    let request = RotateRequest {
        id: None,
        overlap: flag("overlap", overlap)?,
    };
    let old = read_id(id)?;
    let keys = api_keys(database);
    let rotated = keys.rotate(old, request, &Origin::OPERATOR);
    let new = rotated.map_err(|error| match error {
        RotateError::NoSuchKey => unknown(id),
        other => Failure::of(&other),
    })?;
    let ended = keys.find(new.key.org, old)?.ok_or_else(|| unknown(id))?;
    let (new_id, secret) = (new.key.id, new.secret.expose());
    let answer = json!({
        "id": new_id,
        "secret": secret,
        "expiresAt": new.key.expires_at,
        "replaces": { "id": ended.id, "expiresAt": ended.expires_at },
    });
    output.show(&answer, |_| {
        let end = ended
            .expires_at
            .map(|end| format!("\n{old} ends at {end}."));
        let end = end.unwrap_or_default();
        format!("{new_id}\n{secret}\nThe secret is shown this once.{end}")
    })
}

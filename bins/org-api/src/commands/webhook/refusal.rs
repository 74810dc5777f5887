//! What was wrong, in one line.

use org_kernel::WriteError;
use org_kernel::field::FieldErrors;
use org_kernel::id::EndpointId;
use org_webhooks::endpoint_store::NoSuchEndpoint;
use org_webhooks::endpoints::{ChangeError, CreateError, NoSecret, RotateError};

use crate::cli::EndpointChangesArgs;
use crate::failure::Failure;

pub(super) fn unknown(id: &str) -> Failure {
    Failure::Failed(format!("there is no webhook endpoint {id:?}"))
}

pub(super) fn read_id(id: &str) -> Result<EndpointId, Failure> {
    id.parse().map_err(|_| unknown(id))
}

pub(super) fn not_created(error: CreateError, events: &[String]) -> Failure {
    match error {
        CreateError::Invalid(errors) => invalid(&errors, events),
        CreateError::NoSecret(NoSecret::NoMasterKey) => no_master_key(),
        other => Failure::of(&other),
    }
}

pub(super) fn not_changed(error: ChangeError, arguments: &EndpointChangesArgs) -> Failure {
    match error {
        ChangeError::Invalid(errors) => {
            invalid(&errors, arguments.events.as_deref().unwrap_or_default())
        }
        ChangeError::NoSuchEndpoint => unknown(&arguments.id),
        error @ (ChangeError::Changed(_) | ChangeError::Store(_)) => Failure::of(&error),
    }
}

pub(super) fn not_rotated(error: RotateError, id: &str) -> Failure {
    match error {
        RotateError::NoSuchEndpoint => unknown(id),
        RotateError::NoSecret(NoSecret::NoMasterKey) => no_master_key(),
        other => Failure::of(&other),
    }
}

pub(super) fn not_written(error: WriteError<NoSuchEndpoint>, id: &str) -> Failure {
    match error {
        WriteError::Refused(NoSuchEndpoint) => unknown(id),
        WriteError::Store(cause) => Failure::of(&cause),
    }
}

pub(super) fn no_master_key() -> Failure {
    let line = "a webhook secret needs a master key: give one as ORG_API_MASTER_KEY, here and to the \
                servers (`org-api master-key generate` makes one)";
    Failure::Failed(line.to_owned())
}

/// Names the flags of fields. A URL is not repeated, which may bear a password.
fn invalid(errors: &FieldErrors, events: &[String]) -> Failure {
    let flags = errors.iter().map(|(field, message)| {
        let place = field.strip_prefix("eventTypes[");
        let place = place.and_then(|place| place.strip_suffix(']')?.parse::<usize>().ok());
        match (field, place.and_then(|place| events.get(place))) {
            (_, Some(event)) => format!("--event: {event:?} {message}"),
            ("eventTypes", None) => format!("--event: {message}"),
            (field, None) => format!("--{field}: {message}"),
        }
    });
    Failure::Usage(flags.collect::<Vec<_>>().join("; "))
}

//! What a failed statement means to the caller.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error};
use org_kernel::StoreError;

/// True when the connection is gone, and with it all that was not committed.
pub(crate) fn is_disconnect(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, said) => {
            GONE.iter().any(|gone| said.message().starts_with(gone))
        }
        Error::DatabaseError(kind, _) => matches!(
            kind,
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand
        ),
        Error::RollbackErrorOnCommit {
            rollback_error,
            commit_error,
        } => is_disconnect(rollback_error) || is_disconnect(commit_error),
        Error::BrokenTransactionManager => true,
        _ => false,
    }
}

/// How libpq begins to tell that the connection is gone. It does so in English, because the program
/// never chooses a language.
const GONE: [&str; 6] = [
    "server closed the connection unexpectedly",
    "could not receive data from server",
    "could not send data to server",
    "SSL connection has been closed unexpectedly",
    "no connection to the server",
    "terminating connection",
];

/// Constraints that only refuse what another transaction was faster with: run again, the work finds
/// what that one has left.
const LOST_RACES: [&str; 4] = [
    "checklist_positions_are_distinct",
    "endpoints_hear_of_an_event_once",
    "kept_answers_have_distinct_keys",
    "positions_of_events_are_distinct",
];

/// What the server says of a failure for which Diesel has no kind. It does not show the code either;
/// the server's words are what is left. A server that speaks another language is asked for English
/// when the connection is made.
fn unknown(error: &Error) -> Option<&str> {
    match error {
        Error::DatabaseError(DatabaseErrorKind::Unknown, said) => Some(said.message()),
        _ => None,
    }
}

/// The server's words for a statement that took too long, by its own or by an operator's judgement.
const TOOK_TOO_LONG: [&str; 3] = [
    "canceling statement due to lock timeout",
    "canceling statement due to statement timeout",
    "canceling statement due to user request",
];

/// True when the server gave a statement up because of others: they held what it waited for, or kept
/// the server busy.
fn took_too_long(error: &Error) -> bool {
    unknown(error).is_some_and(|said| TOOK_TOO_LONG.contains(&said))
}

/// True when the server has no room left, be it on its disk or in its memory, until somebody makes some.
fn has_no_room(error: &Error) -> bool {
    let Error::DatabaseError(DatabaseErrorKind::Unknown, said) = error else {
        return false;
    };
    // A file that could be written in part only is told of by the advice alone.
    said.hint() == Some("Check free disk space.")
        || said.message().ends_with("No space left on device")
        || said.message() == "out of memory"
}

/// True when the transaction lost to another one and has to be run again.
pub(crate) fn is_worth_another_try(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        _ if unknown(error) == Some("deadlock detected") => true,
        _ => broken_constraint(error).is_some_and(|name| LOST_RACES.contains(&name)),
    }
}

/// The port's error for a failed statement.
pub(crate) fn failure(error: Error) -> StoreError {
    if is_disconnect(&error) {
        StoreError::unreachable(error)
    } else if took_too_long(&error) || has_no_room(&error) {
        StoreError::unavailable(error)
    } else {
        StoreError::failed(error)
    }
}

/// The name of the constraint that refused a statement.
pub(crate) fn broken_constraint(error: &Error) -> Option<&str> {
    match error {
        Error::DatabaseError(_, said) => said.constraint_name(),
        _ => None,
    }
}

/// A row holds what cannot have been written by this version.
pub(crate) fn corrupt(what: impl fmt::Display) -> Error {
    Error::DeserializationError(format!("stored {what} cannot be read").into())
}

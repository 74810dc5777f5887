//! What a page says of what was just done: a code in the address, words here.
//!
//! Only these words are ever shown, so that nobody can make up an address that says something else.

const NOTICES: &[(&str, &str)] = &[
    ("name-changed", "Your name is saved."),
    ("other-sessions-ended", "All other sessions are ended."),
    (
        "password-changed",
        "Your password is changed, and your other sessions are ended.",
    ),
    ("second-factor-off", "Your second factor is off."),
    ("session-ended", "The session is ended."),
    ("signed-out", "You are signed out."),
    (
        "key-revoked",
        "The key is revoked. Programs that show it are refused.",
    ),
    (
        "left",
        "You have left the organization, and are signed out.",
    ),
    ("organization-changed", "The profile is saved."),
    (
        "ownership-transferred",
        "Ownership is transferred. You are an administrator now.",
    ),
    ("person-changed", "The name and the role are saved."),
    (
        "person-removed",
        "The person is removed, and signed out everywhere.",
    ),
    ("endpoint-changed", "The endpoint is saved."),
    ("endpoint-enabled", "The endpoint is enabled."),
    ("endpoint-disabled", "The endpoint is disabled."),
    (
        "endpoint-deleted",
        "The endpoint is deleted, with its secrets and its deliveries.",
    ),
    (
        "endpoint-replayed-before",
        "This replay was asked for before, and nothing more was done now. If it was cut short, replay from the \
         same time once more.",
    ),
    (
        "endpoint-tested",
        "A test was signed and logged. It is the newest delivery below, and is not sent.",
    ),
    (
        "endpoint-replayed",
        "The deliveries are due to be sent again.",
    ),
    ("delivery-resent", "The delivery is due to be sent again."),
];

/// The words of a code.
pub(crate) fn words(code: &str) -> Option<&'static str> {
    let found = NOTICES.iter().find(|(known, _)| *known == code);
    found.map(|(_, words)| *words)
}

//! What a page says of what was just done: a code in the address, words here.
//!
//! Only these words are ever shown, and each on the pages of its subject alone, so that an address that
//! somebody made up says nothing that surprises.

/// Where each is shown, its code, and its words.
const NOTICES: &[(&str, &str, &str)] = &[
    ("/settings/account", "name-changed", "Your name is saved."),
    (
        "/settings/account",
        "other-sessions-ended",
        "All other sessions are ended.",
    ),
    (
        "/settings/account",
        "password-changed",
        "Your password is changed, and your other sessions are ended.",
    ),
    (
        "/settings/account",
        "second-factor-off",
        "Your second factor is off.",
    ),
    (
        "/settings/account",
        "session-ended",
        "The session is ended.",
    ),
    ("/settings/sign-in", "signed-out", "You are signed out."),
    (
        "/settings/keys",
        "key-revoked",
        "The key is revoked. Programs that show it are refused.",
    ),
    (
        "/settings/sign-in",
        "left",
        "You have left the organization, and are signed out.",
    ),
    (
        "/settings/organization",
        "organization-changed",
        "The profile is saved.",
    ),
    (
        "/settings/people",
        "ownership-transferred",
        "Ownership is transferred. You are an administrator now.",
    ),
    (
        "/settings/people",
        "person-changed",
        "The name and the role are saved.",
    ),
    (
        "/settings/people",
        "person-removed",
        "The person is removed, and signed out everywhere.",
    ),
    (
        "/settings/webhooks",
        "endpoint-changed",
        "The endpoint is saved.",
    ),
    (
        "/settings/webhooks",
        "endpoint-enabled",
        "The endpoint is enabled.",
    ),
    (
        "/settings/webhooks",
        "endpoint-disabled",
        "The endpoint is disabled.",
    ),
    (
        "/settings/webhooks",
        "endpoint-deleted",
        "The endpoint is deleted, with its secrets and its deliveries.",
    ),
    (
        "/settings/webhooks",
        "endpoint-replayed-before",
        "This replay was asked for before, and nothing more was done now. If it was cut short, replay from the \
         same time once more.",
    ),
    (
        "/settings/webhooks",
        "endpoint-tested",
        "A test was signed and logged. It is the newest delivery below, and is not sent.",
    ),
    (
        "/settings/webhooks",
        "endpoint-replayed",
        "The deliveries are due to be sent again.",
    ),
    (
        "/settings/deliveries",
        "delivery-resent",
        "The delivery is due to be sent again.",
    ),
];

/// The words of a code, on the page at this path.
pub(crate) fn words(code: &str, path: &str) -> Option<&'static str> {
    let found = NOTICES
        .iter()
        .find(|(pages, known, _)| *known == code && path.starts_with(pages));
    found.map(|(_, _, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_page_says_what_is_of_its_subject_alone() {
        assert!(words("left", "/settings/sign-in").is_some());
        assert_eq!(words("left", "/settings"), None);
        assert_eq!(words("anything", "/settings/sign-in"), None);
    }
}

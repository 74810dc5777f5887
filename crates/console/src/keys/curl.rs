//! A first request with a key, to be pasted into a shell.

use org_auth::scope::{Scope, ScopeSet};

/// What is to be pasted, and what comes of it.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) command: String,
    pub(super) outcome: &'static str,
}

/// What a key with one of these scopes may read, the commonest first.
const READS: [(Scope, &str, &str); 3] = [
    (
        Scope::ReadOperations,
        "",
        "It answers with your organization’s profile.",
    ),
    (
        Scope::ReadPersonnel,
        "/members",
        "It answers with the members of your orchestra.",
    ),
    (
        Scope::ReadResources,
        "/resources",
        "It answers with your rooms and equipment.",
    ),
];

/// For keys that may only write: a first request should change nothing.
const REFUSED: &str = "This key may not read, so the answer is 403 API_SCOPE_MISSING: the key itself \
                       was recognised.";

impl Example {
    /// A request with this secret to the API at `base`, which ends without a slash.
    pub(super) fn with_secret(base: &str, scopes: ScopeSet, secret: &str) -> Self {
        let header = quoted(&format!("Authorization: Bearer {secret}"));
        Self::of(base, scopes, &header)
    }

    /// The same with the secret that the shell's variable `KEY` holds.
    pub(super) fn with_variable(base: &str, scopes: ScopeSet) -> Self {
        Self::of(base, scopes, "\"Authorization: Bearer $KEY\"")
    }

    /// With a header that is quoted already.
    fn of(base: &str, scopes: ScopeSet, header: &str) -> Self {
        let read = READS.iter().find(|(scope, ..)| scopes.contains(*scope));
        let (path, outcome) = read.map_or(("", REFUSED), |(_, path, outcome)| (*path, *outcome));
        let url = quoted(&format!("{base}{path}"));
        Self {
            command: format!("curl --header {header} \\\n  {url}"),
            outcome,
        }
    }
}

/// One word to a shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(scopes: &[Scope]) -> Example {
        let scopes = scopes.iter().copied().collect();
        Example::with_secret("https://api.example.org/api/org/v1/x", scopes, "secret")
    }

    #[test]
    fn the_request_is_one_that_the_key_may_make() {
        for (scopes, path) in [
            (Scope::ALL, "/x'"),
            (
                &[Scope::WriteBookings, Scope::ReadResources],
                "/x/resources'",
            ),
            (&[Scope::ReadPersonnel], "/x/members'"),
        ] {
            let example = example(scopes);
            assert!(example.command.ends_with(path), "{example:?}");
            assert!(example.outcome.starts_with("It answers"), "{example:?}");
        }
        let writing = example(&[Scope::WriteBookings]);
        assert!(writing.outcome.contains("API_SCOPE_MISSING"), "{writing:?}");
    }

    #[test]
    fn a_name_cannot_end_its_quotation() {
        let example = Example::with_secret("https://x'; rm -rf '", ScopeSet::NONE, "secret");
        let expected = r"'https://x'\''; rm -rf '\'''";
        assert!(example.command.ends_with(expected), "{example:?}");
    }
}

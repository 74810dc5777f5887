//! What templates do to texts, beside what askama knows.

use std::borrow::Borrow;
use std::fmt::Display;

use org_auth::user::Role;
use org_kernel::text::with_unseen_escaped;

/// A message that the use cases write without a subject (`must be …`), as a sentence of its own.
#[askama::filter_fn]
pub(crate) fn sentence(text: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    let text = text.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    Ok(format!(
        "{}{}.",
        first.unwrap_or_default(),
        letters.as_str().trim_end_matches('.')
    ))
}

/// What somebody else sent, with the characters that nobody sees written out: they could show it in another
/// order than it has.
#[askama::filter_fn]
pub(crate) fn unseen_escaped(text: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(with_unseen_escaped(&text.to_string()).into_owned())
}

/// What people call a role.
#[askama::filter_fn]
pub(crate) fn role_name(
    role: impl Borrow<Role>,
    _: &dyn askama::Values,
) -> askama::Result<&'static str> {
    Ok(match role.borrow() {
        Role::Viewer => "Viewer",
        Role::Admin => "Administrator",
        Role::Owner => "Owner",
    })
}

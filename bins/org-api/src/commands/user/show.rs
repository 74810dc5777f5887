//! Users, listed.

use org_auth::user::User;
use serde_json::{Value, json};

use super::{Desk, users};
use crate::failure::Failure;

pub(super) fn list(slug: &str, desk: Desk<'_>) -> Result<(), Failure> {
    let org = desk.database.organization(slug)?.id;
    let users = users(desk.database).list(org)?;
    let items: Vec<_> = users.iter().map(row).collect();
    desk.output.show(&json!({ "items": items }), |_| {
        let lines: Vec<_> = users.iter().map(line).collect();
        if lines.is_empty() {
            format!("{slug} has no users")
        } else {
            lines.join("\n")
        }
    })
}

fn row(user: &User) -> Value {
    json!({
        "id": user.id,
        "email": user.email.as_str(),
        "name": user.name,
        "role": user.role.as_str(),
        "hasSecondFactor": user.has_second_factor,
        "joinedAt": user.joined_at,
        "lastSignedInAt": user.last_signed_in_at,
        "createdAt": user.created_at,
    })
}

fn line(user: &User) -> String {
    let joined = match user.joined_at {
        Some(at) => format!("joined {at}"),
        None => format!("invited {}", user.created_at),
    };
    let signed_in = user
        .last_signed_in_at
        .map_or("never signed in".to_owned(), |at| format!("signed in {at}"));
    let second_factor = if user.has_second_factor {
        ", with a second factor"
    } else {
        ""
    };
    format!(
        "{}  {}  {}  {}  {joined}, {signed_in}{second_factor}",
        user.id, user.email, user.name, user.role
    )
}

//! What the audit trail tells of a user.

use serde::Serialize;

use crate::user::{NewUser, Role, User};

#[derive(Serialize)]
pub(super) struct Told<'a> {
    name: Option<&'a str>,
    email: Option<&'a str>,
    role: Option<&'static str>,
}

impl<'a> Told<'a> {
    pub(super) const NOBODY: Self = Self {
        name: None,
        email: None,
        role: None,
    };

    pub(super) fn of(user: &'a User) -> Self {
        Self::telling(user.name.as_str(), user.email.as_str(), user.role)
    }

    pub(super) fn of_new(user: &'a NewUser) -> Self {
        Self::telling(user.name.as_str(), user.email.as_str(), user.role)
    }

    fn telling(name: &'a str, email: &'a str, role: Role) -> Self {
        Self {
            name: Some(name),
            email: Some(email),
            role: Some(role.as_str()),
        }
    }
}

//! Roles as types, for the handlers of pages.

use org_auth::user::Role;

/// A role that a page needs.
pub(crate) trait RequiredRole: 'static {
    /// Which.
    const ROLE: Role;
}

/// Sees.
pub(crate) enum Viewer {}

/// Manages keys, webhooks and the profile.
pub(crate) enum Admin {}

/// Manages people.
pub(crate) enum Owner {}

impl RequiredRole for Viewer {
    const ROLE: Role = Role::Viewer;
}

impl RequiredRole for Admin {
    const ROLE: Role = Role::Admin;
}

impl RequiredRole for Owner {
    const ROLE: Role = Role::Owner;
}

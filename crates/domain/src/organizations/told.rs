//! A new organization as the audit trail tells of it.

use serde::Serialize;

use super::Organization;

/// What is said of an organization when it is founded; all else is usual then.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told<'a> {
    slug: &'a str,
    name: &'a str,
    time_zone: &'a str,
}

impl<'a> Told<'a> {
    pub(super) fn of(organization: &'a Organization) -> Self {
        Self {
            slug: organization.slug.as_str(),
            name: organization.name.as_str(),
            time_zone: organization.time_zone.name(),
        }
    }
}

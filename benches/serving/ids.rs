//! The ids of the rows, which are made of numbers, here and in `load.sql`.

use org_kernel::id::{Id, Kind, OrgId, ProductionId, ResourceId};
use uuid::Uuid;

/// How many organizations have productions; the others have performances.
pub(crate) const ORGANIZATIONS: u16 = 200;

/// How many productions each of these has.
pub(crate) const PRODUCTIONS: u32 = 500;

/// How many resources every organization has.
pub(crate) const RESOURCES: u32 = 20;

/// The organization with a million performances.
pub(crate) const LARGE: u16 = 201;

/// The one with a thousand.
pub(crate) const SMALL: u16 = 202;

pub(crate) fn slug(org: u16) -> String {
    match org {
        LARGE => "large".to_owned(),
        SMALL => "small".to_owned(),
        _ => format!("orchestra-{org}"),
    }
}

/// The organization of a slug.
pub(crate) fn by_slug(slug: &str) -> Option<u16> {
    match slug {
        "large" => Some(LARGE),
        "small" => Some(SMALL),
        _ => slug.strip_prefix("orchestra-")?.parse().ok(),
    }
}

pub(crate) fn org_id(org: u16) -> OrgId {
    id(1, org, org.into())
}

pub(crate) fn production(org: u16, number: u32) -> ProductionId {
    id(2, org, number)
}

pub(crate) fn resource(org: u16, number: u32) -> ResourceId {
    id(5, org, number)
}

fn id<K: Kind>(kind: u128, org: u16, number: u32) -> Id<K> {
    let versioned = 0x0190_0000_0000_7000_8000_0000_0000_0000;
    Id::new(Uuid::from_u128(
        versioned | kind << 96 | u128::from(org) << 80 | u128::from(number),
    ))
}

//! People: who may use the console, and as what. Everybody sees them; owners invite them, change them and
//! let them go; and everybody may leave, but the last owner.

mod confirm;
mod invite;
mod keys;
mod leave;
mod link;
mod list;
mod person;
mod remove;
#[cfg(test)]
mod tests;
mod transfer;

use org_auth::user::{Role, User, UserRef};
use org_kernel::StoreError;
use org_kernel::id::UserId;

pub(crate) use invite::{form as invitation, submit as invite};
pub(crate) use leave::{confirm as before_leaving, submit as leave};
pub(crate) use link::{confirm as before_a_link, submit as make_link};
pub(crate) use list::list;
pub(crate) use person::{show, submit as change};
pub(crate) use remove::{confirm as before_removing, submit as remove};
pub(crate) use transfer::{confirm as before_transferring, submit as transfer};

use crate::refusal::Refusal;
use crate::visit::Visit;

/// What the last owner is told, as a sentence without a subject.
const LAST_OWNER: &str = "must stay an owner: there is always one who has joined, and nobody else is. \
                          Make somebody else an owner first";

/// The roles, and what each may.
const ROLES: [(&str, &str); 3] = [
    (
        Role::Viewer.as_str(),
        "Viewer: sees all but the audit trail",
    ),
    (
        Role::Admin.as_str(),
        "Administrator: manages keys, webhooks and the profile as well",
    ),
    (Role::Owner.as_str(), "Owner: manages people as well"),
];

/// Where a person has their page.
pub(crate) fn path(id: UserId) -> String {
    format!("/settings/people/{id}")
}

/// The person whose id stands in the path.
async fn person<R>(visit: &Visit<R>) -> Result<User, Refusal> {
    let user = UserRef {
        org: visit.org(),
        id: visit.id("id")?,
    };
    let found = visit.ask::<_, StoreError, Refusal>(move |console| console.ports.users.find(user));
    found.await?.ok_or(Refusal::NotFound)
}

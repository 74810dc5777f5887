//! An organization's profile is changed by those who have a form of it open, maybe two at a time:
//! whoever saw another version is told so, and overwrites nothing.

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use time::Duration;

use super::told::Told;
use super::{Organization, Organizations, Profile};
use crate::record::Record;

/// Makes of an organization what it is to be, `None` when it stays as it is.
///
/// A store that has to begin a transaction again calls it again.
pub type Edit<'a> = dyn FnMut(&Record<Organization>) -> Result<Option<Revision>, ChangeError> + 'a;

/// An organization as it is from now on.
#[derive(Clone, Debug)]
pub struct Revision {
    /// All that is known of it. Its id and its slug are what they were.
    pub organization: Record<Organization>,
    /// What the audit trail tells.
    pub entry: Entry,
}

/// An organization was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// No organization has this id.
    #[error("there is no such organization")]
    NoSuchOrg,
    /// Somebody else changed it since it was seen.
    #[error("the organization was changed meanwhile")]
    Changed(Box<Record<Organization>>),
    /// The store did not answer.
    #[error("the organization could not be changed")]
    Store(#[from] StoreError),
}

impl Organizations {
    /// Changes what is known of an organization, all but its slug, unless somebody else did since
    /// `seen`, the time of the last change of the version that `profile` was made from.
    ///
    /// A profile that says what was known already is not stored, and nobody is told.
    pub fn change(
        &self,
        org: OrgId,
        profile: &Profile,
        seen: Instant,
        origin: &Origin,
    ) -> Result<Record<Organization>, ChangeError> {
        self.store.edit(org, &mut |before| {
            if before.updated_at != seen {
                return Err(ChangeError::Changed(Box::new(before.clone())));
            }
            let facts = profile.clone().of(before.facts.slug.clone());
            if facts == before.facts {
                return Ok(None);
            }
            // Times tell versions apart, so that no two changes may be of one.
            let next = before.updated_at.saturating_add(Duration::MILLISECOND);
            let updated_at = self.clock.now().max(next);
            let organization = Record {
                facts,
                updated_at,
                ..before.clone()
            };
            let change = Change::new(self.ids.uuid(), updated_at, "organization.changed", org);
            let (old, new) = (&before.facts, &organization.facts);
            let change = change.between(Some(&Told::whole(old)), &Told::whole(new), &[])?;
            let entry = Entry::of(change, origin);
            Ok(Some(Revision {
                organization,
                entry,
            }))
        })
    }
}

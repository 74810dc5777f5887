//! Organizations: whose facts these are.

mod changing;
mod currency;
mod locale;
mod organization;
mod profile;
mod slug;
mod told;
mod website;

use std::sync::Arc;

use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::Clock;
use org_kernel::id::OrgId;
use org_kernel::id_source::IdSource;
use org_kernel::text::Line;

pub use changing::{ChangeError, Edit, Revision};
pub use currency::Currency;
pub use locale::Locale;
pub use organization::{Month, Organization};
pub use profile::Profile;
pub use slug::Slug;
pub use website::Website;

use self::told::Told;
use crate::record::Record;
use crate::time_zone::TimeZone;

/// Where organizations are kept.
pub trait OrganizationStore: Send + Sync {
    /// Keeps a new organization, with the first entry of its audit trail; refuses a slug that another
    /// one has.
    fn insert(&self, organization: &Record<Organization>, entry: &Entry)
    -> Result<(), CreateError>;

    /// Replaces an organization by what `edit` makes of it, with an entry of its audit trail, while
    /// whoever else wants to change it waits. Answers it as it is then.
    fn edit(&self, org: OrgId, edit: &mut Edit<'_>) -> Result<Record<Organization>, ChangeError>;

    /// The organization with this id.
    fn by_id(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError>;

    /// The organization with this slug.
    fn by_slug(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError>;
}

/// An organization was not created.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The slug belongs to another organization.
    #[error("the slug is taken")]
    SlugTaken,
    /// The store did not answer.
    #[error("the organization could not be stored")]
    Store(#[from] StoreError),
}

/// What is done with organizations.
#[derive(Clone)]
pub struct Organizations {
    store: Arc<dyn OrganizationStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl Organizations {
    /// Organizations in `store`.
    pub fn new(
        store: Arc<dyn OrganizationStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self { store, clock, ids }
    }

    /// Founds an organization, with the defaults of [`Organization::new`].
    pub fn create(
        &self,
        slug: Slug,
        name: Line<200>,
        time_zone: TimeZone,
        origin: &Origin,
    ) -> Result<Record<Organization>, CreateError> {
        let now = self.clock.now();
        let facts = Organization::new(slug, name, time_zone);
        let record = Record {
            id: self.ids.next(),
            facts,
            created_at: now,
            updated_at: now,
        };
        let created = Change::new(self.ids.uuid(), now, "organization.created", record.id);
        let created = created.between(None, &Told::of(&record.facts), &[])?;
        self.store.insert(&record, &Entry::of(created, origin))?;
        Ok(record)
    }

    /// The organization with this id.
    pub fn get(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError> {
        self.store.by_id(org)
    }

    /// The organization with this slug.
    pub fn find(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError> {
        self.store.by_slug(slug)
    }
}

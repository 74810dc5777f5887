//! Organizations.

mod row;

use diesel::prelude::*;
use org_domain::organizations::{CreateError, Organization, OrganizationStore, Slug};
use org_domain::record::Record;
use org_kernel::StoreError;
use org_kernel::id::OrgId;

use self::row::{NewOrganization, OrganizationRow};
use crate::columns::Row;
use crate::error::{broken_constraint, failure};
use crate::pg::Pg;
use crate::schema::organizations::dsl;

impl OrganizationStore for Pg {
    fn insert(&self, organization: &Record<Organization>) -> Result<(), CreateError> {
        let row = NewOrganization::from(organization);
        let insert = diesel::insert_into(dsl::organizations).values(&row);
        match self.write(|conn| insert.execute(conn))? {
            Ok(_) => Ok(()),
            Err(error)
                if broken_constraint(&error) == Some("organizations_have_distinct_slugs") =>
            {
                Err(CreateError::SlugTaken)
            }
            Err(error) => Err(failure(error).into()),
        }
    }

    fn by_id(&self, org: OrgId) -> Result<Option<Record<Organization>>, StoreError> {
        self.read(|conn| {
            let found = dsl::organizations
                .find(org.uuid())
                .select(OrganizationRow::as_select())
                .first(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn by_slug(&self, slug: &Slug) -> Result<Option<Record<Organization>>, StoreError> {
        self.read(|conn| {
            let found = dsl::organizations
                .filter(dsl::slug.eq(slug.as_str()))
                .select(OrganizationRow::as_select())
                .first(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }
}

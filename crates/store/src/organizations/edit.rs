//! One organization is changed, under its row's lock.

use diesel::prelude::*;
use org_domain::organizations::{ChangeError, Edit, Organization};
use org_domain::record::Record;
use org_domain::transaction::End;
use org_kernel::StoreError;

use super::row::{NewOrganization, OrganizationRow};
use crate::audit;
use crate::columns::Row;
use crate::error::failure;
use crate::schema::organizations::dsl;
use crate::transaction::Tx;

/// Whether the transaction is kept, and what it came to.
type Outcome = (End, Result<Record<Organization>, ChangeError>);

/// Replaces the organization of the transaction by what `edit` makes of it.
pub(super) fn edit(tx: &mut Tx<'_>, edit: &mut Edit<'_>) -> Result<Outcome, StoreError> {
    let Some(before) = locked(tx).map_err(failure)? else {
        return Ok((End::RollBack, Err(ChangeError::NoSuchOrg)));
    };
    let revision = match edit(&before) {
        Ok(Some(revision)) => revision,
        Ok(None) => return Ok((End::RollBack, Ok(before))),
        Err(refusal) => return Ok((End::RollBack, Err(refusal))),
    };
    let row = NewOrganization::from(&revision.organization);
    diesel::update(dsl::organizations.find(tx.org.uuid()))
        .set(&row)
        .execute(tx.conn)
        .map_err(failure)?;
    audit::insert(tx.conn, tx.org, &revision.entry).map_err(failure)?;
    Ok((End::Commit, Ok(revision.organization)))
}

/// Rows that refer to it may be written meanwhile: its key stays what it is.
fn locked(tx: &mut Tx<'_>) -> QueryResult<Option<Record<Organization>>> {
    let found = dsl::organizations
        .find(tx.org.uuid())
        .select(OrganizationRow::as_select())
        .for_no_key_update()
        .first(tx.conn)
        .optional()?;
    found.map(Row::into_item).transpose()
}

//! Users, each write with its entry in the audit trail.
//!
//! Writes of one user, of their link, their sessions and their second factor lock the user's row first,
//! so that each decides about what the one before it has left; it is in nobody's way who only refers to
//! the user. That there is always an owner is seen to by the database: whoever stops being one waits for
//! others who do so, and is refused when nobody would be left.

mod edit;
mod insert;
mod locked;
mod password;
mod remove;
mod row;
mod transfer;

use diesel::prelude::*;
use org_auth::link::NewLink;
use org_auth::password::PasswordHash;
use org_auth::user::{Account, Email, NewUser, User, UserName, UserRef};
use org_auth::user_store::{
    Edit, NotChanged, NotInserted, NotTransferred, PasswordChange, PasswordIsAnother, Tell,
    Transfer, Transferred, UserStore,
};
use org_kernel::audit::Entry;
use org_kernel::id::{Id, OrgId, UserId};
use org_kernel::{StoreError, WriteError};
use uuid::Uuid;

use crate::columns::{Row, items};
use crate::import::any_of;
use crate::pg::Pg;
use crate::schema::organizations;
use crate::schema::users::dsl;

pub(crate) use self::password::set as set_password;
pub(crate) use self::row::{UserRow, has_second_factor, slug, user_ref};

impl UserStore for Pg {
    fn insert(
        &self,
        user: &NewUser,
        link: &NewLink,
        entry: &Entry,
    ) -> Result<User, WriteError<NotInserted>> {
        self.insert_user(user, link, entry)
    }

    fn list(&self, org: OrgId) -> Result<Vec<User>, StoreError> {
        let accounts = self.read(|conn| {
            let rows = dsl::users
                .filter(dsl::org_id.eq(org.uuid()))
                .filter(dsl::removed_at.is_null())
                .order((dsl::created_at, dsl::id))
                .select((
                    UserRow::as_select(),
                    slug().assume_not_null(),
                    has_second_factor(),
                ))
                .load::<(UserRow, String, bool)>(conn)?;
            items(rows)
        })?;
        Ok(accounts.into_iter().map(|account| account.user).collect())
    }

    fn names(&self, org: OrgId) -> Result<Vec<(UserId, UserName)>, StoreError> {
        let names: Vec<(Uuid, String)> = self.read(|conn| {
            let of_org = dsl::users.filter(dsl::org_id.eq(org.uuid()));
            of_org
                .order(dsl::id)
                .select((dsl::id, dsl::name))
                .load(conn)
        })?;
        Ok(names.into_iter().map(named).collect())
    }

    fn names_of(
        &self,
        org: OrgId,
        users: &[UserId],
    ) -> Result<Vec<(UserId, UserName)>, StoreError> {
        let ids: Vec<_> = users.iter().map(|user| user.uuid()).collect();
        let names: Vec<(Uuid, String)> = self.read(|conn| {
            let of_org = dsl::users.filter(dsl::org_id.eq(org.uuid()));
            of_org
                .filter(dsl::id.eq(any_of(ids.as_slice())))
                .select((dsl::id, dsl::name))
                .load(conn)
        })?;
        Ok(names.into_iter().map(named).collect())
    }

    fn find(&self, user: UserRef) -> Result<Option<User>, StoreError> {
        let account = self.read(|conn| row::account(conn, user))?;
        Ok(account.map(|account| account.user))
    }

    fn account(&self, org_slug: &str, email: &Email) -> Result<Option<Account>, StoreError> {
        self.read(|conn| {
            let org = organizations::table
                .filter(organizations::slug.eq(org_slug))
                .select(organizations::id)
                .single_value();
            let found = dsl::users
                .filter(dsl::org_id.nullable().eq(org))
                .filter(dsl::email_folded.eq(email.folded()))
                .filter(dsl::removed_at.is_null())
                .select((
                    UserRow::as_select(),
                    slug().assume_not_null(),
                    has_second_factor(),
                ))
                .first::<(UserRow, String, bool)>(conn)
                .optional()?;
            found.map(Row::into_item).transpose()
        })
    }

    fn edit(&self, user: UserRef, edit: &mut Edit<'_>) -> Result<User, WriteError<NotChanged>> {
        self.edit_user(user, edit)
    }

    fn remove(&self, user: UserRef, tell: &mut Tell<'_>) -> Result<User, WriteError<NotChanged>> {
        self.remove_user(user, tell)
    }

    fn transfer(
        &self,
        transfer: &Transfer,
        entry: &Entry,
    ) -> Result<Transferred, WriteError<NotTransferred>> {
        self.transfer_ownership(transfer, entry)
    }

    fn password(&self, user: UserRef) -> Result<Option<PasswordHash>, StoreError> {
        let account = self.read(|conn| row::account(conn, user))?;
        Ok(account.and_then(|account| account.password))
    }

    fn change_password(
        &self,
        user: UserRef,
        change: &PasswordChange,
        entry: &Entry,
    ) -> Result<(), WriteError<PasswordIsAnother>> {
        self.change_users_password(user, change, entry)
    }
}

fn named((id, name): (Uuid, String)) -> (UserId, UserName) {
    (Id::new(id), UserName::stored(name))
}

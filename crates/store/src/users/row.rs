//! A row of `users`.

use diesel::dsl::exists;
use diesel::prelude::*;
use org_auth::password::PasswordHash;
use org_auth::user::{Account, Email, NewUser, Role, User, UserName, UserRef};
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{Choice, Row};
use crate::schema::{organizations, second_factors, users};

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(crate) struct UserRow {
    org_id: Uuid,
    id: Uuid,
    email: String,
    name: String,
    role: Choice<Role>,
    password_hash: Option<String>,
    joined_at: Option<OffsetDateTime>,
    last_signed_in_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

/// The slug of the organization of a user.
#[diesel::dsl::auto_type]
pub(crate) fn slug() -> _ {
    organizations::table
        .filter(organizations::id.eq(users::org_id))
        .select(organizations::slug)
        .single_value()
}

/// Whether a second factor of a user is in force.
#[diesel::dsl::auto_type]
pub(crate) fn has_second_factor() -> _ {
    exists(
        second_factors::table
            .filter(second_factors::org_id.eq(users::org_id))
            .filter(second_factors::user_id.eq(users::id))
            .filter(second_factors::confirmed_at.is_not_null()),
    )
}

/// A user, the slug of their organization, and whether a second factor of theirs is in force.
impl Row for (UserRow, String, bool) {
    type Item = Account;

    fn into_item(self) -> QueryResult<Self::Item> {
        let (row, org_slug, has_second_factor) = self;
        let Choice(role) = row.role;
        let user = User {
            id: Id::new(row.id),
            org: Id::new(row.org_id),
            org_slug,
            email: Email::stored(row.email),
            name: UserName::stored(row.name),
            role,
            joined_at: row.joined_at.map(Instant::from),
            has_password: row.password_hash.is_some(),
            has_second_factor,
            last_signed_in_at: row.last_signed_in_at.map(Instant::from),
            created_at: Instant::from(row.created_at),
            updated_at: Instant::from(row.updated_at),
        };
        let password = row.password_hash.map(PasswordHash::stored);
        Ok(Account { user, password })
    }
}

/// The user whose organization and id these columns are.
pub(crate) fn user_ref((org, id): (Uuid, Uuid)) -> UserRef {
    UserRef {
        org: Id::new(org),
        id: Id::new(id),
    }
}

/// The account of a user who was not removed.
pub(super) fn account(conn: &mut PgConnection, user: UserRef) -> QueryResult<Option<Account>> {
    let found = users::table
        .find((user.org.uuid(), user.id.uuid()))
        .filter(users::removed_at.is_null())
        .select((
            UserRow::as_select(),
            slug().assume_not_null(),
            has_second_factor(),
        ))
        .first::<(UserRow, String, bool)>(conn)
        .optional()?;
    found.map(Row::into_item).transpose()
}

#[derive(Insertable)]
#[diesel(table_name = users)]
pub(super) struct NewUserRow<'a> {
    org_id: Uuid,
    id: Uuid,
    email: &'a str,
    email_folded: String,
    name: &'a str,
    role: &'static str,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> From<&'a NewUser> for NewUserRow<'a> {
    fn from(user: &'a NewUser) -> Self {
        Self {
            org_id: user.org.uuid(),
            id: user.id.uuid(),
            email: user.email.as_str(),
            email_folded: user.email.folded(),
            name: user.name.as_str(),
            role: user.role.as_str(),
            created_at: user.created_at.to_utc(),
            updated_at: user.created_at.to_utc(),
        }
    }
}

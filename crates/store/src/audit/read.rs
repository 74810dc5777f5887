//! The trail, read a page at a time.

use diesel::dsl::sql;
use diesel::pg::Pg as Postgres;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use org_auth::refusals::RefusedRequest;
use org_kernel::actor::Actor;
use org_kernel::audit::{Action, EntryQuery, Order};
use org_kernel::id::OrgId;

use super::attempt::AttemptRow;
use super::row::EntryRow;
use crate::columns::actor_columns;
use crate::schema::{audit_log, refused_attempts};

/// The columns that order a trail are the same in both tables, and Diesel's are of different types.
///
/// The time of the entry before is said twice: as a bound by itself it is where the index is entered.
macro_rules! page {
    ($rows:expr, $table:ident, $query:expr) => {{
        let mut rows = $rows;
        if let Some(since) = $query.since {
            rows = rows.filter($table::at.ge(since.to_utc()));
        }
        if let Some(until) = $query.until {
            rows = rows.filter($table::at.lt(until.to_utc()));
        }
        let after = $query.after.map(|(at, id)| (at.to_utc(), id));
        let rows = match ($query.order, after) {
            (Order::OldestFirst, None) => rows.order(($table::at, $table::id)),
            (Order::OldestFirst, Some((at, id))) => rows
                .filter($table::at.ge(at))
                .filter($table::at.gt(at).or($table::id.gt(id)))
                .order(($table::at, $table::id)),
            (Order::NewestFirst, None) => rows.order(($table::at.desc(), $table::id.desc())),
            (Order::NewestFirst, Some((at, id))) => rows
                .filter($table::at.le(at))
                .filter($table::at.lt(at).or($table::id.lt(id)))
                .order(($table::at.desc(), $table::id.desc())),
        };
        rows.limit($query.limit.into())
    }};
}

type Entries<'a> = audit_log::BoxedQuery<'a, Postgres>;

/// The entries of one organization.
pub(super) fn of(
    conn: &mut PgConnection,
    org: OrgId,
    query: &EntryQuery,
) -> QueryResult<Vec<EntryRow>> {
    found(org, query).select(EntryRow::as_select()).load(conn)
}

/// The rows that a query finds, in its order.
pub(super) fn found(org: OrgId, query: &EntryQuery) -> Entries<'_> {
    let mut rows = audit_log::table
        .filter(audit_log::org_id.eq(org.uuid()))
        .into_boxed();
    if let Some(actor) = query.actor {
        rows = by(rows, actor);
    }
    if let Some(action) = &query.action {
        rows = named(rows, action);
    }
    if let Some(subject) = &query.subject {
        rows = rows
            .filter(audit_log::subject_type.eq(&subject.kind))
            .filter(audit_log::subject_id.eq(subject.id));
    }
    page!(rows, audit_log, query)
}

fn by(rows: Entries<'_>, actor: Actor) -> Entries<'_> {
    let (kind, id) = actor_columns(actor);
    let rows = rows.filter(audit_log::actor_kind.eq(kind));
    match id {
        Some(id) => rows.filter(audit_log::actor_id.eq(id)),
        None => rows.filter(audit_log::actor_id.is_null()),
    }
}

/// Refusals have an index of their own, which a plan for any action at all could not use; kinds of objects
/// are written as their index is.
fn named<'a>(rows: Entries<'a>, action: &'a Action) -> Entries<'a> {
    match action {
        Action::One(action) if action == RefusedRequest::ACTION => {
            rows.filter(sql::<Bool>("audit_log.action = 'request.refused'"))
        }
        Action::One(action) => rows.filter(audit_log::action.eq(action)),
        Action::AnyOn(object) => {
            let is_on = sql::<Bool>("split_part(audit_log.action, '.', 1) = ");
            rows.filter(is_on.bind::<Text, _>(object))
        }
    }
}

/// The entries of no organization. Nobody known has made them, they are about nothing, and all are
/// refusals.
pub(super) fn of_nobody(
    conn: &mut PgConnection,
    query: &EntryQuery,
) -> QueryResult<Vec<AttemptRow>> {
    let action = query.action.as_ref();
    let asked_for = |refusal: &&str| action.is_none_or(|action| action.includes(refusal));
    let mut refusals = RefusedRequest::ACTIONS.to_vec();
    refusals.retain(asked_for);
    if query.actor.is_some() || query.subject.is_some() || refusals.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = refused_attempts::table.into_boxed();
    if refusals.len() < RefusedRequest::ACTIONS.len() {
        rows = rows.filter(refused_attempts::action.eq_any(refusals));
    }
    page!(rows, refused_attempts, query)
        .select(AttemptRow::as_select())
        .load(conn)
}

//! A booking with everything that belongs to it, as one statement.
//!
//! Each of its inserts has as many rows as its limit allows, which is one or none: the booking if the lock
//! on the key was taken, and the others if there is a booking.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::BigInt;
use org_domain::bookings::Booking;
use org_domain::record::Record;
use org_kernel::audit::Entry;
use org_kernel::event::Event;
use org_kernel::id::OrgId;

use crate::audit::NewEntry;
use crate::bookings::{IfFree, NewBooking};
use crate::idempotency::{LockOfKey, NewKeptAnswer};
use crate::schema::{audit_log, events, kept_answers, resource_bookings};
use crate::told;

/// What is written together, or not at all.
pub(super) struct Whole {
    pub(super) booking: Record<Booking>,
    pub(super) event: Event,
    pub(super) entry: Entry,
    /// The answer, and the lock on the key under which it is kept.
    pub(super) kept: Option<(LockOfKey, NewKeptAnswer)>,
}

impl Whole {
    /// Writes it, unless another transaction has the key, or another booking the slot; says whether it
    /// did. Fails when an answer is kept under the key, and then has written nothing.
    pub(super) fn write(self, conn: &mut PgConnection, org: OrgId) -> QueryResult<bool> {
        let (lock, answer) = self.kept.unzip();
        let booking = NewBooking::of(org, &self.booking);
        let event = told::event_row(org, &self.event);
        let entry = NewEntry::of(org, &self.entry)?;
        let into_answers = |row| diesel::insert_into(kept_answers::table).values(row);
        let answer = answer.map(into_answers);
        let inserts = Inserts {
            booking: IfFree(IfLocked {
                insert: diesel::insert_into(resource_bookings::table).values(booking),
                lock,
            }),
            event: diesel::insert_into(events::table).values(event),
            entry: diesel::insert_into(audit_log::table).values(entry),
            answer,
        };
        let booked: i64 = if inserts.answer.is_some() {
            Prepared::<_, true>(inserts).get_result(conn)?
        } else {
            Prepared::<_, false>(inserts).get_result(conn)?
        };
        Ok(booked == 1)
    }
}

/// An insert that does nothing unless it gets its lock, if it has one.
struct IfLocked<Insert> {
    insert: Insert,
    lock: Option<LockOfKey>,
}

impl<Insert: QueryFragment<Pg>> QueryFragment<Pg> for IfLocked<Insert> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.insert.walk_ast(out.reborrow())?;
        if let Some(lock) = &self.lock {
            out.push_sql(" LIMIT pg_try_advisory_xact_lock(");
            lock.walk_ast(out.reborrow())?;
            out.push_sql(")::integer");
        }
        Ok(())
    }
}

/// A statement that is the same each time, whatever is written: of all that it could depend on, only whether
/// an answer is kept makes another. So a connection that has prepared it knows it by its type, and need not
/// put its text together to look for it.
struct Prepared<Statement, const KEEPS_AN_ANSWER: bool>(Statement);

impl<Statement, const KEEPS_AN_ANSWER: bool> QueryId for Prepared<Statement, KEEPS_AN_ANSWER> {
    type QueryId = Prepared<(), KEEPS_AN_ANSWER>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Statement, const KEEPS_AN_ANSWER: bool> QueryFragment<Pg>
    for Prepared<Statement, KEEPS_AN_ANSWER>
where
    Statement: QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

impl<Statement, const KEEPS_AN_ANSWER: bool> Query for Prepared<Statement, KEEPS_AN_ANSWER> {
    type SqlType = BigInt;
}

impl<Statement, const KEEPS_AN_ANSWER: bool> RunQueryDsl<PgConnection>
    for Prepared<Statement, KEEPS_AN_ANSWER>
{
}

/// The inserts, and the answer's if one is kept.
struct Inserts<Booking, Event, Entry, Answer> {
    booking: Booking,
    event: Event,
    entry: Entry,
    answer: Option<Answer>,
}

impl<Booking, Event, Entry, Answer> QueryFragment<Pg> for Inserts<Booking, Event, Entry, Answer>
where
    Booking: QueryFragment<Pg>,
    Event: QueryFragment<Pg>,
    Entry: QueryFragment<Pg>,
    Answer: QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH booking AS (");
        self.booking.walk_ast(out.reborrow())?;
        out.push_sql(" RETURNING 1)");
        with_the_booking(&mut out, ", event AS (", &self.event)?;
        with_the_booking(&mut out, ", entry AS (", &self.entry)?;
        if let Some(answer) = &self.answer {
            with_the_booking(&mut out, ", answer AS (", answer)?;
        }
        out.push_sql(" SELECT count(*) FROM booking");
        Ok(())
    }
}

/// An insert that is made if the booking is.
fn with_the_booking<'b>(
    out: &mut AstPass<'_, 'b, Pg>,
    lead: &str,
    insert: &'b impl QueryFragment<Pg>,
) -> QueryResult<()> {
    out.push_sql(lead);
    insert.walk_ast(out.reborrow())?;
    out.push_sql(" LIMIT (SELECT count(*) FROM booking))");
    Ok(())
}

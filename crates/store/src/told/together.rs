//! An event, an entry and an answer, written with one statement.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

use super::event::NewEventRow;
use crate::audit::NewEntry;
use crate::idempotency::NewKeptAnswer;
use crate::schema::{audit_log, events, kept_answers};

/// One of each, or fewer, and at least one.
pub(super) struct Together<'a> {
    pub(super) event: Option<NewEventRow<'a>>,
    pub(super) entry: Option<NewEntry<'a>>,
    pub(super) answer: Option<NewKeptAnswer>,
}

impl Together<'_> {
    pub(super) fn insert(self, conn: &mut PgConnection) -> QueryResult<()> {
        let into_events = |row| diesel::insert_into(events::table).values(row);
        let into_the_trail = |row| diesel::insert_into(audit_log::table).values(row);
        let into_answers = |row| diesel::insert_into(kept_answers::table).values(row);
        let inserts = Inserts {
            event: self.event.map(into_events),
            entry: self.entry.map(into_the_trail),
            answer: self.answer.map(into_answers),
        };
        inserts.execute(conn).map(drop)
    }
}

/// The inserts that there are: the last is the statement, and the others stand before it.
struct Inserts<Event, Entry, Answer> {
    event: Option<Event>,
    entry: Option<Entry>,
    answer: Option<Answer>,
}

/// Which of them there are is not in the type. Such a statement is kept by its text, of which there are
/// seven.
impl<Event, Entry, Answer> QueryId for Inserts<Event, Entry, Answer> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Event, Entry, Answer> QueryFragment<Pg> for Inserts<Event, Entry, Answer>
where
    Event: QueryFragment<Pg>,
    Entry: QueryFragment<Pg>,
    Answer: QueryFragment<Pg>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let all: [Option<&dyn QueryFragment<Pg>>; 3] = [
            self.event.as_ref().map(|event| event as _),
            self.entry.as_ref().map(|entry| entry as _),
            self.answer.as_ref().map(|answer| answer as _),
        ];
        let names = ["event", "entry", "answer"];
        let mut there = names.into_iter().zip(all.into_iter().flatten()).peekable();
        let mut lead = "WITH ";
        while let Some((name, insert)) = there.next() {
            if there.peek().is_none() {
                return insert.walk_ast(out);
            }
            out.push_sql(lead);
            out.push_sql(name);
            out.push_sql(" AS (");
            insert.walk_ast(out.reborrow())?;
            out.push_sql(") ");
            lead = ", ";
        }
        Ok(())
    }
}

impl<Event, Entry, Answer> RunQueryDsl<PgConnection> for Inserts<Event, Entry, Answer> {}

//! What a transaction tells: its events, the entries of its audit trail, and the answers that are kept
//! for repeats; gathered, and written together.
//!
//! Most writes have one of each, which are one statement and so one round trip. What is more goes by
//! `COPY`, many at a time.
//!
//! Who is to hear of an event is written with it: the endpoints that are enabled and subscribed when it
//! is. What becomes of an endpoint afterwards changes nothing about that.

mod event;
mod subscriptions;
mod together;

use diesel::prelude::*;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::event::Event;
use org_kernel::id::OrgId;

pub(crate) use self::event::row as event_row;
use self::together::Together;
use crate::audit::{self, NewEntry};
use crate::idempotency::NewKeptAnswer;
use crate::schema::kept_answers;

/// How much of one kind is gathered.
const FULL: usize = 500;

/// What a transaction has told and was not written yet.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    origin: &'a Origin,
    events: Vec<Event>,
    entries: Vec<Entry>,
    answers: Vec<NewKeptAnswer>,
    of_events: bool,
}

impl<'a> Told<'a> {
    /// Nothing yet, by this author.
    pub(crate) fn by(origin: &'a Origin) -> Self {
        Self {
            origin,
            events: Vec::new(),
            entries: Vec::new(),
            answers: Vec::new(),
            of_events: false,
        }
    }

    /// Takes an event.
    pub(crate) fn append(
        &mut self,
        conn: &mut PgConnection,
        org: OrgId,
        event: Event,
    ) -> QueryResult<()> {
        self.events.push(event);
        self.write_when_full(conn, org)
    }

    /// Takes what was changed, as an entry of the trail.
    pub(crate) fn note(
        &mut self,
        conn: &mut PgConnection,
        org: OrgId,
        change: Change,
    ) -> QueryResult<()> {
        self.entries.push(Entry::of(change, self.origin));
        self.write_when_full(conn, org)
    }

    /// Takes an answer.
    pub(crate) fn keep(&mut self, answer: NewKeptAnswer) {
        self.answers.push(answer);
    }

    fn write_when_full(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        if self.events.len().max(self.entries.len()) < FULL {
            return Ok(());
        }
        self.write(conn, org)
    }

    /// Writes all.
    pub(crate) fn write(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        self.of_events |= !self.events.is_empty();
        match (&*self.events, &*self.entries, &*self.answers) {
            ([], [], []) => return Ok(()),
            ([] | [_], [] | [_], [] | [_]) => self.write_one_of_each(conn, org)?,
            (events, entries, _) => {
                audit::insert_all(conn, org, entries)?;
                event::insert_all(conn, org, events)?;
                self.write_answers(conn)?;
            }
        }
        self.clear();
        Ok(())
    }

    /// Writes no more than one of each with one statement.
    fn write_one_of_each(&mut self, conn: &mut PgConnection, org: OrgId) -> QueryResult<()> {
        let entry = self.entries.first();
        let together = Together {
            event: self.events.first().map(|event| event::row(org, event)),
            entry: entry.map(|entry| NewEntry::of(org, entry)).transpose()?,
            answer: self.answers.pop(),
        };
        together.insert(conn)
    }

    /// Writes the answers, which are one in a transaction if there is any.
    pub(crate) fn write_answers(&mut self, conn: &mut PgConnection) -> QueryResult<()> {
        for answer in self.answers.drain(..) {
            let insert = diesel::insert_into(kept_answers::table).values(answer);
            insert.execute(conn)?;
        }
        Ok(())
    }

    /// True when events were written. If they were undone since, this does not know it.
    pub(crate) const fn of_events(&self) -> bool {
        self.of_events
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.entries.clear();
        self.answers.clear();
    }
}

//! What the work of a brief attempt sees as its transaction: it reads resources, and gathers the rest.

use diesel::prelude::*;
use org_domain::bookings::{Booked, Booking, BookingTx};
use org_domain::checklist::ChecklistTx;
use org_domain::record::Record;
use org_domain::resources::Resource;
use org_domain::transaction::{Holds, Keeps, Transaction};
use org_kernel::StoreError;
use org_kernel::audit::{Change, Entry, Journal, Origin};
use org_kernel::event::{Event, Outbox};
use org_kernel::id::{BookingId, ChecklistItemId, Id, OrgId, ProductionId, ResourceId};
use org_kernel::idempotency::{Answer, Claim, Claims, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use time::Duration;

use super::statement::Whole;
use crate::bookings;
use crate::error::{failure, is_disconnect};
use crate::idempotency::{LockOfKey, NewKeptAnswer};
use crate::pg::{Patience, Pg, Pooled};
use crate::writes::{Held, Kept};

/// One of each at most. What does not fit makes the attempt fail, even where the work goes on.
pub(super) struct Gathered<'a> {
    pg: &'a Pg,
    org: OrgId,
    origin: &'a Origin,
    patience: Patience,
    conn: Option<Pooled>,
    fits: bool,
    booking: Option<Record<Booking>>,
    event: Option<Event>,
    entry: Option<Entry>,
    claimed: Option<IdempotencyKey>,
    answer: Option<NewKeptAnswer>,
}

/// The work asks for more than a brief attempt has.
#[derive(Debug, thiserror::Error)]
#[error("this takes a transaction")]
struct TakesATransaction;

impl<'a> Gathered<'a> {
    /// Nothing yet.
    pub(super) fn new(pg: &'a Pg, org: OrgId, origin: &'a Origin) -> Self {
        Self {
            pg,
            org,
            origin,
            patience: pg.patience(),
            conn: None,
            fits: true,
            booking: None,
            event: None,
            entry: None,
            claimed: None,
            answer: None,
        }
    }

    /// All of it, and the connection that the work has read from; `None` unless it is a booking, its
    /// event and its entry, and an answer exactly if a key was claimed.
    pub(super) fn whole(self) -> Result<Option<(Pooled, Whole)>, StoreError> {
        let told = self.booking.zip(self.event).zip(self.entry);
        let Some(((booking, event), entry)) = told.filter(|_| self.fits) else {
            return Ok(None);
        };
        if self.claimed.is_some() != self.answer.is_some() {
            return Ok(None);
        }
        let claimed = self.claimed.map(|key| LockOfKey::of(self.org, &key));
        let conn = match self.conn {
            Some(conn) => conn,
            None => self.pg.take_live(&self.patience)?,
        };
        let whole = Whole {
            booking,
            event,
            entry,
            kept: claimed.zip(self.answer),
        };
        Ok(Some((conn, whole)))
    }

    /// Reads by one statement. On a connection that turns out to be dead nothing has happened, and
    /// another one is taken.
    fn read<T>(
        &mut self,
        query: impl Fn(&mut PgConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.pg.take(&self.patience)?,
        };
        let mut answer = query(&mut conn);
        if answer.as_ref().is_err_and(is_disconnect) {
            drop(conn);
            conn = self.pg.take_live(&self.patience)?;
            answer = query(&mut conn);
        }
        self.conn = Some(conn);
        answer.map_err(failure)
    }

    fn takes_a_transaction<T>(&mut self) -> Result<T, StoreError> {
        self.fits = false;
        Err(StoreError::failed(TakesATransaction))
    }

    /// Puts a thing in its place, where there must be none yet.
    fn gather<T>(
        &mut self,
        place: impl FnOnce(&mut Self) -> &mut Option<T>,
        thing: T,
    ) -> Result<(), StoreError> {
        match place(self).replace(thing) {
            None => Ok(()),
            Some(_) => self.takes_a_transaction(),
        }
    }
}

impl Transaction for Gathered<'_> {}

impl Outbox for Gathered<'_> {
    fn append(&mut self, event: Event) -> Result<(), StoreError> {
        self.gather(|gathered| &mut gathered.event, event)
    }
}

impl Journal for Gathered<'_> {
    fn note(&mut self, change: Change) -> Result<(), StoreError> {
        let entry = Entry::of(change, self.origin);
        self.gather(|gathered| &mut gathered.entry, entry)
    }
}

impl Claims for Gathered<'_> {
    fn claim(
        &mut self,
        key: &IdempotencyKey,
        _request: &Fingerprint,
        _now: Instant,
    ) -> Result<Claim, StoreError> {
        self.gather(|gathered| &mut gathered.claimed, key.clone())?;
        Ok(Claim::Won)
    }

    fn keep(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        answer: &Answer,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        if self.claimed.as_ref() != Some(key) {
            return self.takes_a_transaction();
        }
        let row = NewKeptAnswer::of(self.org, key, request, (answer, expires_at));
        self.gather(|gathered| &mut gathered.answer, row)
    }
}

impl BookingTx for Gathered<'_> {
    fn resource(&mut self, id: ResourceId) -> Result<Option<Record<Resource>>, StoreError> {
        let org = self.org;
        self.read(|conn| bookings::resource(conn, org, id))
    }

    fn booking(&mut self, _id: BookingId) -> Result<Option<Record<Booking>>, StoreError> {
        self.takes_a_transaction()
    }

    fn insert_booking(&mut self, booking: &Record<Booking>) -> Result<Booked, StoreError> {
        self.gather(|gathered| &mut gathered.booking, booking.clone())?;
        Ok(Booked::Yes)
    }

    fn update_booking(&mut self, _booking: &Record<Booking>) -> Result<(), StoreError> {
        self.takes_a_transaction()
    }

    fn conflicts(
        &mut self,
        _wanted: &Booking,
        _most: u32,
    ) -> Result<Vec<Record<Booking>>, StoreError> {
        self.takes_a_transaction()
    }

    fn next_free(
        &mut self,
        _wanted: &Booking,
        _within: Duration,
    ) -> Result<Option<Instant>, StoreError> {
        self.takes_a_transaction()
    }
}

impl ChecklistTx for Gathered<'_> {
    fn next_position(&mut self, _production: ProductionId) -> Result<Option<i32>, StoreError> {
        self.takes_a_transaction()
    }

    fn has_item(
        &mut self,
        _production: ProductionId,
        _item: ChecklistItemId,
    ) -> Result<bool, StoreError> {
        self.takes_a_transaction()
    }
}

impl<F: Held> Holds<F> for Gathered<'_> {
    fn holds(&mut self, _id: Id<F::Kind>) -> Result<bool, StoreError> {
        self.takes_a_transaction()
    }
}

impl<F: Kept> Keeps<F> for Gathered<'_> {
    fn get(&mut self, _id: Id<F::Kind>) -> Result<Option<Record<F>>, StoreError> {
        self.takes_a_transaction()
    }

    fn insert(&mut self, _record: &Record<F>) -> Result<(), StoreError> {
        self.takes_a_transaction()
    }

    fn update(&mut self, _record: &Record<F>) -> Result<(), StoreError> {
        self.takes_a_transaction()
    }
}

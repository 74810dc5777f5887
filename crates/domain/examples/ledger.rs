//! A store of a team's own, which does no more than book: the one port that booking needs, and the
//! promises of that port as tests. Instead of a database it has a ledger, which one writer at a time
//! copies, writes in, and puts in its place.

#![expect(
    clippy::print_stdout,
    reason = "a program for a terminal, which shows what it was told"
)]

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use org_domain::Record;
use org_domain::bookings::{
    Booked, Booking, BookingRequest, BookingTx, Bookings, NotBooked, first_gap,
};
use org_domain::contract::BookingSubject;
use org_domain::resources::{Resource, ResourceStatus, ResourceType};
use org_domain::span::TimeSpan;
use org_domain::transaction::NoSuchObject;
use org_kernel::audit::{Change, Journal};
use org_kernel::clock::SystemClock;
use org_kernel::event::{Event, Outbox};
use org_kernel::field::FromText;
use org_kernel::id::{BookingId, Id, OrgId, ResourceId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use org_kernel::{StoreError, WriteError};
use time::Duration;

/// What one organization has in the ledger.
#[derive(Clone, Default)]
struct Page {
    resources: BTreeMap<ResourceId, Record<Resource>>,
    bookings: BTreeMap<BookingId, Record<Booking>>,
    events: Vec<Event>,
    changes: Vec<Change>,
}

/// The ledger, a page for each organization.
#[derive(Default)]
struct Ledger(Mutex<BTreeMap<OrgId, Page>>);

impl Ledger {
    /// Keeps other writers out.
    fn open(&self) -> MutexGuard<'_, BTreeMap<OrgId, Page>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One transaction: all of what `work` writes, or nothing.
    fn transact<T, R>(
        &self,
        org: OrgId,
        work: impl FnOnce(&mut Page) -> Result<T, WriteError<R>>,
    ) -> Result<T, WriteError<R>> {
        let mut pages = self.open();
        let mut page = pages.get(&org).cloned().unwrap_or_default();
        let done = work(&mut page)?;
        pages.insert(org, page);
        Ok(done)
    }
}

impl Outbox for Page {
    fn append(&mut self, event: Event) -> Result<(), StoreError> {
        self.events.push(event);
        Ok(())
    }
}

impl Journal for Page {
    fn note(&mut self, change: Change) -> Result<(), StoreError> {
        self.changes.push(change);
        Ok(())
    }
}

impl BookingTx for Page {
    fn resource(&mut self, id: ResourceId) -> Result<Option<Record<Resource>>, StoreError> {
        Ok(self.resources.get(&id).cloned())
    }

    fn booking(&mut self, id: BookingId) -> Result<Option<Record<Booking>>, StoreError> {
        Ok(self.bookings.get(&id).cloned())
    }

    fn insert_booking(&mut self, booking: &Record<Booking>) -> Result<Booked, StoreError> {
        if !self.conflicts(&booking.facts, 1)?.is_empty() {
            return Ok(Booked::SlotTaken);
        }
        self.bookings.insert(booking.id, booking.clone());
        Ok(Booked::Yes)
    }

    fn update_booking(&mut self, booking: &Record<Booking>) -> Result<(), StoreError> {
        let stored = self.bookings.get_mut(&booking.id);
        let stored = stored.ok_or_else(|| StoreError::failed("no booking has this id"))?;
        stored.facts.cancelled_at = booking.facts.cancelled_at;
        stored.updated_at = booking.updated_at;
        Ok(())
    }

    fn conflicts(
        &mut self,
        wanted: &Booking,
        most: u32,
    ) -> Result<Vec<Record<Booking>>, StoreError> {
        let in_the_way = |booking: &&Record<Booking>| booking.facts.conflicts_with(wanted);
        let mut found: Vec<_> = self.bookings.values().filter(in_the_way).cloned().collect();
        found.sort_by_key(|booking| (booking.facts.span.start(), booking.id));
        found.truncate(most as usize);
        Ok(found)
    }

    fn next_free(
        &mut self,
        wanted: &Booking,
        within: Duration,
    ) -> Result<Option<Instant>, StoreError> {
        let stand = self.bookings.values().map(|booking| &booking.facts);
        let stand = stand.filter(|booking| booking.cancelled_at.is_none());
        let held = stand.filter(|booking| booking.resource_id == wanted.resource_id);
        Ok(first_gap(
            held.map(|booking| booking.held),
            wanted.held,
            within,
        ))
    }
}

/// What the promises need to be put to the test.
impl BookingSubject for Ledger {
    fn found(&self, number: u64, resources: &[Record<Resource>]) -> OrgId {
        let org = OrgId::new(uuid::Uuid::from_u128(number.into()));
        let named = resources
            .iter()
            .map(|resource| (resource.id, resource.clone()));
        let page = Page {
            resources: named.collect(),
            ..Page::default()
        };
        self.open().insert(org, page);
        org
    }

    fn book(
        &self,
        org: OrgId,
        bookings: &Bookings,
        request: &BookingRequest,
    ) -> Result<Record<Booking>, WriteError<NotBooked>> {
        self.transact(org, |page| bookings.book(page, request))
    }

    fn cancel(
        &self,
        org: OrgId,
        bookings: &Bookings,
        id: BookingId,
    ) -> Result<Record<Booking>, WriteError<NoSuchObject>> {
        self.transact(org, |page| bookings.cancel(page, id))
    }

    fn booking(&self, org: OrgId, id: BookingId) -> Option<Record<Booking>> {
        self.open().get(&org)?.bookings.get(&id).cloned()
    }

    fn booking_events(&self, org: OrgId) -> Vec<String> {
        let pages = self.open();
        let mut events: Vec<_> = pages
            .get(&org)
            .map(|page| page.events.clone())
            .unwrap_or_default();
        events.sort_by_key(|event| event.id);
        events.into_iter().map(|event| event.payload).collect()
    }
}

#[cfg(test)]
org_domain::booking_contract!(Ledger::default);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ledger = Ledger::default();
    let studio = studio()?;
    let org = ledger.found(1, std::slice::from_ref(&studio));
    let bookings = Bookings::new(
        std::sync::Arc::new(SystemClock),
        std::sync::Arc::new(SystemIds),
    );
    let span = TimeSpan::new(
        "2026-10-05T09:00:00+02:00".parse()?,
        "2026-10-05T12:00:00+02:00".parse()?,
    );
    let span = span.ok_or("a booking ends after it starts")?;
    let request = BookingRequest::new(studio.id, Line::from_text("Recording")?, span);
    let request = request.ok_or("a booking lasts at most 366 days")?;
    ledger.book(org, &bookings, &request)?;
    for event in ledger.booking_events(org) {
        println!("{event}");
    }
    Ok(())
}

fn studio() -> Result<Record<Resource>, Box<dyn std::error::Error>> {
    let now = "2026-01-01T00:00:00Z".parse()?;
    Ok(Record {
        id: Id::new(SystemIds.uuid()),
        facts: Resource {
            name: Line::from_text("Studio")?,
            kind: ResourceType::Studio,
            venue: None,
            capacity: None,
            setup_minutes: 15,
            teardown_minutes: 15,
            status: ResourceStatus::Available,
            status_reason: None,
        },
        created_at: now,
        updated_at: now,
    })
}

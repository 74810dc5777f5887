//! A store that books.

use org_kernel::WriteError;
use org_kernel::audit::Origin;
use org_kernel::id::{BookingId, OrgId};

use super::super::Subject;
use super::super::facts::{external_id, in_a_file};
use super::super::setting::Setting;
use crate::bookings::{Booking, BookingRequest, Bookings, NotBooked};
use crate::record::Record;
use crate::resources::Resource;
use crate::transaction::NoSuchObject;

/// A store whose bookings are put to the test. It is empty when it is made, and may be gone when it
/// is dropped.
pub trait BookingSubject {
    /// Stores an organization that has these resources; `number` is no other's of this store.
    fn found(&self, number: u64, resources: &[Record<Resource>]) -> OrgId;

    /// Calls [`Bookings::book`] in one transaction, which is kept if it succeeds.
    fn book(
        &self,
        org: OrgId,
        bookings: &Bookings,
        request: &BookingRequest,
    ) -> Result<Record<Booking>, WriteError<NotBooked>>;

    /// Calls [`Bookings::cancel`] in one transaction, which is kept if it succeeds.
    fn cancel(
        &self,
        org: OrgId,
        bookings: &Bookings,
        id: BookingId,
    ) -> Result<Record<Booking>, WriteError<NoSuchObject>>;

    /// A booking as it is stored.
    fn booking(&self, org: OrgId, id: BookingId) -> Option<Record<Booking>>;

    /// The payloads of all events that are stored for an organization, by the events' ids.
    fn booking_events(&self, org: OrgId) -> Vec<String>;
}

impl<S: Subject> BookingSubject for S {
    fn found(&self, number: u64, resources: &[Record<Resource>]) -> OrgId {
        let slug = format!("rooms-{number}");
        let org = Setting::number(number).organization(self.library().as_ref(), &slug);
        let named = resources.iter().enumerate();
        let named = named.map(|(place, room)| (external_id(&place.to_string()), room.clone()));
        let rows: Vec<_> = named.collect();
        let stored = in_a_file(self.imports().as_ref(), org, |tx| tx.insert(&rows));
        stored.expect("new resources");
        org
    }

    fn book(
        &self,
        org: OrgId,
        bookings: &Bookings,
        request: &BookingRequest,
    ) -> Result<Record<Booking>, WriteError<NotBooked>> {
        let store = self.transactions();
        store.run(org, &Origin::OPERATOR, |tx| bookings.book(tx, request))
    }

    fn cancel(
        &self,
        org: OrgId,
        bookings: &Bookings,
        id: BookingId,
    ) -> Result<Record<Booking>, WriteError<NoSuchObject>> {
        let store = self.transactions();
        store.run(org, &Origin::OPERATOR, |tx| bookings.cancel(tx, id))
    }

    fn booking(&self, org: OrgId, id: BookingId) -> Option<Record<Booking>> {
        let store = self.transactions();
        let read = store.run(org, &Origin::OPERATOR, |tx| {
            tx.booking(id).map_err(WriteError::<NoSuchObject>::from)
        });
        read.expect("a store that answers")
    }

    fn booking_events(&self, org: OrgId) -> Vec<String> {
        self.payloads(org)
    }
}

/// A store whose bookings are made [briefly](crate::transaction::Transactions::transact_briefly).
#[derive(Debug)]
pub struct Briefly<S>(pub S);

impl<S: Subject> BookingSubject for Briefly<S> {
    fn found(&self, number: u64, resources: &[Record<Resource>]) -> OrgId {
        self.0.found(number, resources)
    }

    fn book(
        &self,
        org: OrgId,
        bookings: &Bookings,
        request: &BookingRequest,
    ) -> Result<Record<Booking>, WriteError<NotBooked>> {
        let store = self.0.transactions();
        store.run_briefly(org, &Origin::OPERATOR, |tx| bookings.book(tx, request))
    }

    fn cancel(
        &self,
        org: OrgId,
        bookings: &Bookings,
        id: BookingId,
    ) -> Result<Record<Booking>, WriteError<NoSuchObject>> {
        let store = self.0.transactions();
        store.run_briefly(org, &Origin::OPERATOR, |tx| bookings.cancel(tx, id))
    }

    fn booking(&self, org: OrgId, id: BookingId) -> Option<Record<Booking>> {
        self.0.booking(org, id)
    }

    fn booking_events(&self, org: OrgId) -> Vec<String> {
        self.0.booking_events(org)
    }
}

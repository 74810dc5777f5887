//! How single records are written in a transaction.

use org_kernel::StoreError;
use org_kernel::id::{BookingId, ChecklistItemId, Id, ProductionId, ResourceId};
use org_kernel::idempotency::{Answer, Claim, Claims, Fingerprint, IdempotencyKey};
use org_kernel::instant::Instant;
use time::Duration;

use super::holdings::Kept;
use super::transaction::Transaction;
use crate::bookings::{Booked, Booking, BookingTx, first_gap};
use crate::checklist::{ChecklistItem, ChecklistTx};
use crate::contacts::Contact;
use crate::engagements::Engagement;
use crate::productions::ProductionPlan;
use crate::record::{Facts, Record};
use crate::reports::Report;
use crate::requests::MemberRequest;
use crate::resources::Resource;
use crate::roster::MemberFile;
use crate::services::Service;
use crate::tours::Tour;
use crate::transaction::{self as port, Holds, Keeps};

impl port::Transaction for Transaction {}

macro_rules! holds {
    ($($facts:ty, $shelf:ident;)+) => {
        $(impl Holds<$facts> for Transaction {
            fn holds(&mut self, id: Id<<$facts as Facts>::Kind>) -> Result<bool, StoreError> {
                Ok(self.holdings.$shelf.get(id).is_some())
            }
        })+
    };
}

macro_rules! keeps {
    ($($facts:ty, $shelf:ident;)+) => {
        holds! { $($facts, $shelf;)+ }

        $(impl Keeps<$facts> for Transaction {
            fn get(
                &mut self,
                id: Id<<$facts as Facts>::Kind>,
            ) -> Result<Option<Record<$facts>>, StoreError> {
                Ok(self.holdings.$shelf.get(id).cloned())
            }

            fn insert(&mut self, record: &Record<$facts>) -> Result<(), StoreError> {
                self.check(&record.facts)?;
                self.holdings.$shelf.add(record.clone())
            }

            fn update(&mut self, record: &Record<$facts>) -> Result<(), StoreError> {
                self.check(&record.facts)?;
                self.holdings.$shelf.update(record)
            }
        })+
    };
}

holds! {
    Booking, bookings;
    MemberFile, members;
}

keeps! {
    ChecklistItem, checklist_items;
    Contact, contacts;
    Engagement, engagements;
    MemberRequest, requests;
    ProductionPlan, productions;
    Report, reports;
    Service, services;
    Tour, tours;
}

impl BookingTx for Transaction {
    fn resource(&mut self, id: ResourceId) -> Result<Option<Record<Resource>>, StoreError> {
        Ok(self.holdings.resources.get(id).cloned())
    }

    fn booking(&mut self, id: BookingId) -> Result<Option<Record<Booking>>, StoreError> {
        Ok(self.holdings.bookings.get(id).cloned())
    }

    fn insert_booking(&mut self, booking: &Record<Booking>) -> Result<Booked, StoreError> {
        self.check(&booking.facts)?;
        let bookings = &mut self.holdings.bookings;
        let taken = |other: &Record<Booking>| other.facts.conflicts_with(&booking.facts);
        if bookings.records().any(taken) {
            return Ok(Booked::SlotTaken);
        }
        bookings.add(booking.clone())?;
        Ok(Booked::Yes)
    }

    fn update_booking(&mut self, booking: &Record<Booking>) -> Result<(), StoreError> {
        self.holdings.bookings.update(booking)
    }

    fn conflicts(
        &mut self,
        wanted: &Booking,
        most: u32,
    ) -> Result<Vec<Record<Booking>>, StoreError> {
        let stored = self.holdings.bookings.records();
        let mut conflicts: Vec<_> = stored
            .filter(|stored| stored.facts.conflicts_with(wanted))
            .cloned()
            .collect();
        conflicts.sort_by_key(|booking| (booking.facts.span.start(), booking.id));
        conflicts.truncate(most as usize);
        Ok(conflicts)
    }

    fn next_free(
        &mut self,
        wanted: &Booking,
        within: Duration,
    ) -> Result<Option<Instant>, StoreError> {
        let stored = self.holdings.bookings.records();
        let held = stored
            .map(|booking| &booking.facts)
            .filter(|booking| booking.resource_id == wanted.resource_id)
            .filter(|booking| booking.cancelled_at.is_none())
            .map(|booking| booking.held);
        Ok(first_gap(held, wanted.held, within))
    }
}

impl ChecklistTx for Transaction {
    fn next_position(&mut self, production: ProductionId) -> Result<Option<i32>, StoreError> {
        if self.holdings.productions.get(production).is_none() {
            return Ok(None);
        }
        let items = self.holdings.checklist_items.records();
        let last = items
            .filter(|item| item.facts.production_id == production)
            .map(|item| item.facts.position)
            .max();
        Ok(Some(last.unwrap_or(0) + 1))
    }

    fn has_item(
        &mut self,
        production: ProductionId,
        item: ChecklistItemId,
    ) -> Result<bool, StoreError> {
        let item = self.holdings.checklist_items.get(item);
        Ok(item.is_some_and(|item| item.facts.production_id == production))
    }
}

impl Claims for Transaction {
    /// Never in use: transactions in memory wait for one another.
    fn claim(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        now: Instant,
    ) -> Result<Claim, StoreError> {
        Ok(match self.holdings.answers.get(key) {
            Some(kept) if kept.expires_at <= now => {
                self.holdings.answers.remove(key);
                Claim::Won
            }
            Some(kept) if kept.request == *request => Claim::Answered(kept.answer.clone()),
            Some(_) => Claim::Mismatch,
            None => Claim::Won,
        })
    }

    fn keep(
        &mut self,
        key: &IdempotencyKey,
        request: &Fingerprint,
        answer: &Answer,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        let kept = Kept {
            request: *request,
            answer: answer.clone(),
            expires_at,
        };
        if self.holdings.answers.insert(key.clone(), kept).is_some() {
            return Err(StoreError::failed("an answer is kept under this key"));
        }
        Ok(())
    }
}

//! Random bookings, one after the other, decided by two stores and by a third way of counting.

mod ledger;

use std::sync::Arc;

use org_kernel::id::BookingId;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use self::ledger::Ledger;
use super::super::worlds::each;
use super::BookingSubject;
use super::rooms::{Rooms, request, room, span};
use crate::bookings::{Booking, BookingConflict, NotBooked};
use crate::memory::InMemory;
use crate::record::Record;

/// Everything begins, and lasts, a number of these; so much of it touches exactly.
const GRID: i64 = 15;

/// How many minutes each room is held before and after a booking, and what is tried.
type World = (Vec<(i64, i64)>, Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    /// A room is booked. If it is taken, the slot that is told is booked instead, and given back
    /// unless it is kept.
    Book {
        room: Index,
        from: i64,
        minutes: i64,
        kept: bool,
    },
    /// One of the bookings that were made before is cancelled, perhaps for the second time.
    Cancel(Index),
}

fn world() -> BoxedStrategy<World> {
    let buffer = || (0..=180 / GRID).prop_map(|units| units * GRID);
    let book = (any::<Index>(), 0..200_i64, 1..=16_i64, any::<bool>());
    let book = book.prop_map(|(room, from, units, kept)| Step::Book {
        room,
        from: from * GRID,
        minutes: units * GRID,
        kept,
    });
    let cancel = any::<Index>().prop_map(Step::Cancel);
    let rooms = vec((buffer(), buffer()), 1..4);
    (rooms, vec(prop_oneof![5 => book, 1 => cancel], 10..40)).boxed()
}

/// Whatever is booked and cancelled, a store decides as the rule says: on whether a room is free, on
/// what is in the way, and on the next slot, which is the first that is free.
pub fn bookings_are_decided_as_the_rule_says<S: BookingSubject>(fresh: impl Fn() -> S) {
    let (subject, measure) = (fresh(), Arc::<InMemory>::default());
    each(&world(), |number, (buffers, steps)| {
        let mut office = Office::new(&subject, &measure, number, buffers);
        steps.iter().try_for_each(|step| office.take(step))?;
        office.all_is_stored_alike()
    });
}

/// The same rooms in the store under test and in memory, and a ledger of what they should hold.
struct Office<'a, S> {
    tested: Rooms<'a, S>,
    measure: Rooms<'a, Arc<InMemory>>,
    ledger: Ledger,
    made: Vec<Record<Booking>>,
}

impl<'a, S: BookingSubject> Office<'a, S> {
    fn new(
        subject: &'a S,
        measure: &'a Arc<InMemory>,
        number: u64,
        buffers: Vec<(i64, i64)>,
    ) -> Self {
        let rooms = (1..).zip(&buffers);
        let rooms: Vec<_> = rooms
            .map(|(number, (setup, teardown))| room(number, *setup, *teardown))
            .collect();
        Self {
            tested: Rooms::new(subject, number, &rooms),
            measure: Rooms::new(measure, number, &rooms),
            ledger: Ledger::new(buffers),
            made: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Cancel(_) if self.made.is_empty() => Ok(()),
            Step::Cancel(which) => {
                let id = which.get(&self.made).id;
                self.cancel(id)
            }
            Step::Book {
                room,
                from,
                minutes,
                kept,
            } => {
                let slot = (room.index(self.ledger.rooms()), *from, *minutes);
                self.book_or_wait(slot, *kept)
            }
        }
    }

    fn book_or_wait(&mut self, slot: Slot, kept: bool) -> Result<(), TestCaseError> {
        let Err(conflict) = self.book(slot)? else {
            return Ok(());
        };
        let later = self.ledger.first_free_after(slot);
        let (room, _, minutes) = slot;
        prop_assert_eq!(conflict.next_available, Some(span(later, later + minutes)));
        let booking = self.book((room, later, minutes))?;
        let Ok(booking) = booking else {
            return Err(TestCaseError::fail(format!("not free: {conflict:?}")));
        };
        if kept {
            Ok(())
        } else {
            self.cancel(booking.id)
        }
    }

    /// Books in both stores, which must agree with one another and with the ledger.
    fn book(
        &mut self,
        (room, from, minutes): Slot,
    ) -> Result<Result<Record<Booking>, BookingConflict>, TestCaseError> {
        let request = request(room as u64 + 1, span(from, from + minutes));
        let outcome = self.tested.book(&request);
        prop_assert_eq!(&outcome, &self.measure.book(&request));
        let in_the_way = self.ledger.in_the_way((room, from, minutes));
        match outcome {
            Ok(booking) => {
                prop_assert_eq!(in_the_way, []);
                self.ledger.add((room, from, minutes), booking.id);
                prop_assert!(self.ledger.is_disjoint());
                self.made.push(booking.clone());
                Ok(Ok(booking))
            }
            Err(NotBooked::Conflict(conflict)) => {
                let told = conflict.conflicts.iter().map(|booking| booking.id);
                prop_assert_eq!(told.collect::<Vec<_>>(), in_the_way);
                Ok(Err(*conflict))
            }
            Err(other) => Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    fn cancel(&mut self, id: BookingId) -> Result<(), TestCaseError> {
        let cancelled = self.tested.cancel(id);
        prop_assert_eq!(&cancelled, &self.measure.cancel(id));
        prop_assert!(cancelled.is_ok());
        self.ledger.remove(id);
        Ok(())
    }

    fn all_is_stored_alike(&self) -> Result<(), TestCaseError> {
        for booking in &self.made {
            let stored = self.tested.stored(booking.id);
            prop_assert!(stored.is_some());
            prop_assert_eq!(stored, self.measure.stored(booking.id));
        }
        prop_assert_eq!(self.tested.events(), self.measure.events());
        Ok(())
    }
}

/// A room, a minute at which it is booked, and for how many.
type Slot = (usize, i64, i64);

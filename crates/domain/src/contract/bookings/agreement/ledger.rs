//! What rooms should hold, counted in minutes and looked at by sorting, as nothing else here does.

use org_kernel::id::BookingId;

use super::Slot;
use crate::bookings::MAX_CONFLICTS;

/// The bookings that stand, and the minutes that each room is held before and after one.
pub(super) struct Ledger {
    buffers: Vec<(i64, i64)>,
    standing: Vec<(Slot, BookingId)>,
}

impl Ledger {
    pub(super) const fn new(buffers: Vec<(i64, i64)>) -> Self {
        Self {
            buffers,
            standing: Vec::new(),
        }
    }

    pub(super) const fn rooms(&self) -> usize {
        self.buffers.len()
    }

    pub(super) fn add(&mut self, slot: Slot, id: BookingId) {
        self.standing.push((slot, id));
    }

    pub(super) fn remove(&mut self, id: BookingId) {
        self.standing.retain(|(_, standing)| *standing != id);
    }

    /// True when no two bookings hold the same minute of the same room.
    pub(super) fn is_disjoint(&self) -> bool {
        (0..self.rooms()).all(|room| disjoint(self.held(room)))
    }

    /// The bookings that cannot stand beside one of this slot, as many as are told.
    pub(super) fn in_the_way(&self, slot: Slot) -> Vec<BookingId> {
        let wanted = self.hold(slot);
        let of_room = self.standing.iter().filter(|(other, _)| other.0 == slot.0);
        let mut found: Vec<_> = of_room
            .filter(|(other, _)| !disjoint(vec![wanted, self.hold(*other)]))
            .collect();
        found.sort_by_key(|((_, from, _), id)| (*from, *id));
        found.truncate(MAX_CONFLICTS as usize);
        found.into_iter().map(|(_, id)| *id).collect()
    }

    /// The first minute after that of `slot` at which as long a booking can stand: all are tried.
    pub(super) fn first_free_after(&self, (room, from, minutes): Slot) -> i64 {
        let mut later = from + 1..;
        let is_free = |from: &i64| {
            let mut held = self.held(room);
            held.push(self.hold((room, *from, minutes)));
            disjoint(held)
        };
        later.find(is_free).expect("a room is free some day")
    }

    fn held(&self, room: usize) -> Vec<(i64, i64)> {
        let of_room = self.standing.iter().filter(|(slot, _)| slot.0 == room);
        of_room.map(|(slot, _)| self.hold(*slot)).collect()
    }

    fn hold(&self, (room, from, minutes): Slot) -> (i64, i64) {
        let (setup, teardown) = self.buffers[room];
        (from - setup, from + minutes + teardown)
    }
}

/// True when, sorted, each ends before the next begins.
fn disjoint(mut held: Vec<(i64, i64)>) -> bool {
    held.sort_unstable();
    held.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

//! What is asked for: each scenario's requests, one after the other.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::dice::Dice;
use crate::ids::{self, LARGE, ORGANIZATIONS, PRODUCTIONS, RESOURCES, SMALL};
use crate::requests::{booking, get, post};
use crate::wire::Asking;
use crate::words::Frequency;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    Production,
    Productions,
    Search,
    Booking,
}

impl Scenario {
    pub(crate) const ALL: [Self; 4] = [
        Self::Production,
        Self::Productions,
        Self::Search,
        Self::Booking,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Production => "R1 production with its services",
            Self::Productions => "R2 page of 50 productions",
            Self::Search => "R3 search in performance-history",
            Self::Booking => "W1 booking",
        }
    }

    /// The table that a read is about.
    pub(crate) const fn table(self) -> Option<&'static str> {
        match self {
            Self::Production | Self::Productions => Some("productions"),
            Self::Search => Some("performances"),
            Self::Booking => None,
        }
    }

    /// How often p50 goes into p99 at the most.
    pub(crate) const fn spread(self) -> f64 {
        match self {
            Self::Production => 10.0,
            _ => 4.0,
        }
    }
}

/// Slots that nobody has booked yet, each given away once.
#[derive(Debug)]
pub(crate) struct Slots {
    first_hour: i64,
    next: AtomicU32,
}

impl Slots {
    pub(crate) fn from(first_hour: i64) -> Arc<Self> {
        let next = AtomicU32::new(0);
        Arc::new(Self { first_hour, next })
    }

    /// An organization, a resource of it, when, and the number of the slot.
    fn take(&self) -> (u16, u32, OffsetDateTime, u32) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let orgs = u32::from(ORGANIZATIONS);
        let org = u16::try_from(number % orgs).expect("a few") + 1;
        let room = number / orgs % RESOURCES + 1;
        let hour = i64::from(number / orgs / RESOURCES) + self.first_hour;
        (
            org,
            room,
            datetime!(2026-01-01 00:00 UTC) + Duration::hours(hour),
            number,
        )
    }
}

/// The requests of one scenario.
pub(crate) struct Requests {
    pub(crate) scenario: Scenario,
    pub(crate) dice: Dice,
    pub(crate) keys: Rc<BTreeMap<u16, String>>,
    pub(crate) slots: Arc<Slots>,
}

impl Asking for Requests {
    fn next(&mut self, request: &mut Vec<u8>) -> Option<&'static [u16]> {
        match self.scenario {
            Scenario::Production => {
                let (org, number) = (self.org(), 1 + self.dice.below(PRODUCTIONS));
                let path = format!("/productions/{}", ids::production(org, number));
                self.get(request, org, &path);
            }
            Scenario::Productions => {
                let org = self.org();
                self.get(request, org, "/productions");
            }
            Scenario::Search => {
                let org = [LARGE, SMALL][self.dice.below(2) as usize];
                let frequency = Frequency::ALL[self.dice.below(4) as usize];
                let word = frequency.word(self.dice.below(frequency.words()));
                self.get(request, org, &format!("/performance-history?search={word}"));
            }
            Scenario::Booking => {
                self.book(request);
                return Some(&[201]);
            }
        }
        Some(&[200])
    }
}

impl Requests {
    fn org(&mut self) -> u16 {
        1 + u16::try_from(self.dice.below(ORGANIZATIONS.into())).expect("a few")
    }

    fn get(&self, request: &mut Vec<u8>, org: u16, path: &str) {
        get(request, &ids::slug(org), path, &self.keys[&org]);
    }

    fn book(&self, request: &mut Vec<u8>) {
        let (org, room, start, number) = self.slots.take();
        let name = format!("booking-{}-{number}", self.slots.first_hour);
        let booking = booking(&ids::resource(org, room).to_string(), start);
        post(
            request,
            &ids::slug(org),
            ("/resource-bookings", &booking),
            &self.keys[&org],
            &name,
        );
    }
}

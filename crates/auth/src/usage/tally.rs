//! Requests, counted by what they were and what became of them.

use std::ops::AddAssign;

use crate::rate::Class;

/// What became of a request with a valid key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered as it was meant.
    Done,
    /// We refused it, for something that the client can mend.
    Refused,
    /// We failed.
    Failed,
    /// It was over the key's limit.
    Limited,
}

/// So many requests. Every one is a read or a write; those that were not done are counted a second
/// time, as one of the other three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// GET and HEAD.
    pub reads: u64,
    /// Every other method.
    pub writes: u64,
    /// Refused with a status from 400 to 499, but for 429.
    pub refused: u64,
    /// Failed with a status from 500 on.
    pub failed: u64,
    /// Refused with 429.
    pub limited: u64,
}

impl Tally {
    /// One request.
    pub fn of(class: Class, outcome: Outcome) -> Self {
        Self {
            reads: u64::from(class == Class::Read),
            writes: u64::from(class == Class::Write),
            refused: u64::from(outcome == Outcome::Refused),
            failed: u64::from(outcome == Outcome::Failed),
            limited: u64::from(outcome == Outcome::Limited),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.reads += other.reads;
        self.writes += other.writes;
        self.refused += other.refused;
        self.failed += other.failed;
        self.limited += other.limited;
    }
}

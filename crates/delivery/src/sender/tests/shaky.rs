//! A store that can be away.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use org_kernel::StoreError;
use org_webhooks::in_memory::InMemory;
use org_webhooks::outgoing::{Attempted, Claim, Claimed, Outgoing, Recorded};

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum State {
    Well,
    /// It cannot be reached.
    Away,
    /// It panics.
    Panicking,
    /// It never takes an attempt that was answered 418, nor what else comes with it.
    Picky,
    /// Somebody else holds the deliveries that were answered 418.
    Held,
}

use State::{Away, Held, Panicking, Picky, Well};

pub(super) struct Shaky {
    store: Arc<InMemory>,
    state: AtomicU8,
    asked: AtomicU32,
    claims: AtomicU32,
}

impl Shaky {
    pub(super) fn over(store: Arc<InMemory>) -> Self {
        Self {
            store,
            state: AtomicU8::new(Well as u8),
            asked: AtomicU32::new(0),
            claims: AtomicU32::new(0),
        }
    }

    pub(super) fn is(&self, state: State) {
        self.state.store(state as u8, Ordering::SeqCst);
    }

    /// How often it was asked for anything.
    pub(super) fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    /// How often it was asked for more.
    pub(super) fn claims(&self) -> u32 {
        self.claims.load(Ordering::SeqCst)
    }

    fn state(&self) -> Result<State, StoreError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let state = self.state.load(Ordering::SeqCst);
        match [Well, Away, Panicking, Picky, Held][usize::from(state)] {
            Away => Err(StoreError::unavailable("it is away")),
            Panicking => panic!("a panic on purpose"),
            state => Ok(state),
        }
    }
}

impl Outgoing for Shaky {
    fn claim(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        self.claims.fetch_add(1, Ordering::SeqCst);
        self.state()?;
        self.store.claim(claim)
    }

    fn record(&self, attempted: &[Attempted]) -> Result<Recorded, StoreError> {
        let state = self.state()?;
        let (odd, plain): (Vec<_>, Vec<_>) = attempted.iter().cloned().partition(is_teapot);
        match state {
            Picky if !odd.is_empty() => Err(StoreError::failed("it does not take that")),
            Held => Ok(Recorded {
                left: odd.iter().map(|attempted| attempted.id).collect(),
                ..self.store.record(&plain)?
            }),
            _ => self.store.record(attempted),
        }
    }
}

fn is_teapot(attempted: &Attempted) -> bool {
    use org_webhooks::delivery::Outcome::Answered;
    matches!(attempted.attempt.outcome, Answered { status: 418, .. })
}

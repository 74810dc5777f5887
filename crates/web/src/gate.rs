//! The gate before everything that is served: how many requests are answered at a time, how many
//! clients are connected, and whether the server still wants to be asked.
//!
//! One gate is shared by all that a server serves, so that its bounds are those of the process. Who is
//! beyond them is told so at once: a refusal costs microseconds, and a queue of requests whose clients
//! have long given up costs everything.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// What is let in, counted.
#[derive(Debug)]
pub struct Gate {
    most: usize,
    in_flight: AtomicUsize,
    connections: AtomicUsize,
    turned_away: AtomicU64,
    closing: AtomicBool,
}

/// What a gate has counted, for whoever watches the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateFigures {
    /// Requests that are being answered now.
    pub in_flight: usize,
    /// Clients that are connected now.
    pub connections: usize,
    /// Requests that were refused since the start because too many others were being answered.
    pub turned_away: u64,
}

impl Gate {
    /// A gate that lets in `most` requests at a time.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            in_flight: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            turned_away: AtomicU64::new(0),
            closing: AtomicBool::new(false),
        })
    }

    /// Lets a request in, until its ticket is dropped; none if as many are being answered as may be.
    pub fn enter(self: &Arc<Self>) -> Option<Ticket> {
        // Counted before it is compared, so that of several that come at once none is overlooked.
        let ticket = Ticket(Counted::of(self, |gate| &gate.in_flight));
        if ticket.0.number > self.most {
            self.turned_away.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(ticket)
    }

    /// Counts a client for as long as it is connected.
    pub(crate) fn connect(self: &Arc<Self>) -> Connected {
        Connected(Counted::of(self, |gate| &gate.connections))
    }

    /// Says that the server is about to stop: it answers still, and wants to be asked no more.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
    }

    /// Whether the server is about to stop.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// What was counted.
    pub fn figures(&self) -> GateFigures {
        GateFigures {
            in_flight: self.in_flight.load(Ordering::Relaxed),
            connections: self.connections.load(Ordering::Relaxed),
            turned_away: self.turned_away.load(Ordering::Relaxed),
        }
    }
}

/// A request that was let in.
#[derive(Debug)]
pub struct Ticket(Counted);

/// A client that is connected.
#[derive(Debug)]
pub(crate) struct Connected(#[expect(dead_code, reason = "it counts until it is dropped")] Counted);

#[derive(Debug)]
struct Counted {
    gate: Arc<Gate>,
    counter: fn(&Gate) -> &AtomicUsize,
    /// How many there were with this one.
    number: usize,
}

impl Counted {
    fn of(gate: &Arc<Gate>, counter: fn(&Gate) -> &AtomicUsize) -> Self {
        Self {
            number: counter(gate).fetch_add(1, Ordering::Relaxed) + 1,
            gate: Arc::clone(gate),
            counter,
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.counter)(&self.gate).fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_let_in_than_may_be_and_whoever_leaves_makes_room() {
        let gate = Gate::new(2);
        let (first, second) = (gate.enter(), gate.enter());
        assert!(first.is_some() && second.is_some());
        assert!(gate.enter().is_none());
        drop(first);
        assert!(gate.enter().is_some());
        drop(second);
        let figures = GateFigures {
            in_flight: 0,
            connections: 0,
            turned_away: 1,
        };
        assert_eq!(gate.figures(), figures);
    }

    #[test]
    fn many_at_once_never_pass_the_bound() {
        let gate = Gate::new(3);
        let inside = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        let Some(_ticket) = gate.enter() else {
                            continue;
                        };
                        assert!(inside.fetch_add(1, Ordering::SeqCst) < 3);
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(gate.figures().in_flight, 0);
    }

    #[test]
    fn a_gate_that_closes_lets_in_still() {
        let gate = Gate::new(1);
        assert!(!gate.is_closing());
        gate.close();
        assert!(gate.is_closing() && gate.enter().is_some());
    }
}

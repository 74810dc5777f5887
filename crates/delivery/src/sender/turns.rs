//! One turn after the other, until somebody stops them.

use std::sync::Arc;
use std::time::Duration;

use org_kernel::chain;
use org_webhooks::outgoing::{Attempted, Claimed};
use tokio::sync::{Notify, watch};
use tokio::task::{self, JoinError, JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep};

use super::Post;
use super::attempt::Workshop;
use super::begun::Begun;
use super::desk::{Desk, Done, Order, Trouble};
use super::slots::Slots;

/// How long it is until the next turn where nothing else begins one, and after a turn that failed.
const PAUSE: Duration = Duration::from_secs(1);

/// How often it is tried to record what has ended once the sender is stopped and nothing else is left.
const LAST_TRIES: u32 = 5;

type Ended = Result<(task::Id, Attempted), JoinError>;

pub(super) struct Turns<P> {
    desk: Arc<Desk>,
    workshop: Arc<Workshop<P>>,
    slots: Slots<task::Id>,
    attempts: JoinSet<Attempted>,
    bell: Arc<Notify>,
    stop: watch::Receiver<bool>,
    /// Whether the last turn failed.
    in_trouble: bool,
}

impl<P: Post> Turns<P> {
    pub(super) fn new(
        desk: Desk,
        workshop: Workshop<P>,
        slots: Slots<task::Id>,
        bell: Arc<Notify>,
        stop: watch::Receiver<bool>,
    ) -> Self {
        Self {
            desk: Arc::new(desk),
            workshop: Arc::new(workshop),
            slots,
            attempts: JoinSet::new(),
            bell,
            stop,
            in_trouble: false,
        }
    }

    /// Takes turns until it is stopped, and then until nothing is left on hand.
    pub(super) async fn take(mut self) {
        loop {
            self.turn(true).await;
            if self.is_stopped_before_the_next().await {
                break;
            }
        }
        self.finish().await;
    }

    /// Records what has ended, and, if more is wanted, takes more.
    async fn turn(&mut self, more: bool) {
        while let Some(ended) = self.attempts.try_join_next_with_id() {
            self.ended(ended);
        }
        let ended = self.slots.take_ended();
        let order = Arc::new(Order {
            ended,
            in_flight: self.slots.at_endpoints(),
            room: if more { self.slots.room() } else { 0 },
        });
        if order.ended.is_empty() && order.room == 0 {
            return;
        }
        // From before the claim, and by a clock that nobody sets.
        let lease_end = Instant::now() + self.desk.limits.lease.unsigned_abs();
        let Done {
            left,
            disabled,
            claimed,
        } = self.at_desk(order).await;
        self.slots.keep(left);
        for endpoint in disabled {
            self.slots.forget(endpoint);
        }
        match claimed {
            Ok(claimed) => {
                self.note_success();
                for claimed in claimed {
                    self.begin(claimed, lease_end);
                }
            }
            Err(trouble) => self.note_trouble(&trouble),
        }
    }

    async fn at_desk(&self, order: Arc<Order>) -> Done {
        let (desk, ordered) = (Arc::clone(&self.desk), Arc::clone(&order));
        #[expect(
            clippy::disallowed_methods,
            reason = "one at a time, and of no request"
        )]
        let turn = spawn_blocking(move || desk.take_turn(&ordered));
        turn.await
            .unwrap_or_else(|panic| Done::nothing(&order, Trouble::Panicked(panic)))
    }

    fn begin(&mut self, claimed: Claimed, lease_end: Instant) {
        let begun = Begun::of(&claimed, self.workshop.clock.now());
        let workshop = Arc::clone(&self.workshop);
        let attempt = async move { workshop.attempt(claimed, begun, lease_end).await };
        let task = self.attempts.spawn(attempt);
        self.slots.begin(task.id(), begun);
    }

    fn ended(&mut self, ended: Ended) {
        match ended {
            Ok((id, attempted)) => {
                self.slots.end(&id);
                self.slots.note(attempted);
            }
            Err(panic) => {
                tracing::error!(error = %panic, "an attempt panicked");
                let begun = self.slots.end(&panic.id());
                if let Some(begun) = begun {
                    self.slots.note(self.workshop.panicked(begun));
                }
            }
        }
    }

    /// Waits until there is something to do. After a turn that failed, that is when the pause is over,
    /// whoever rings.
    async fn is_stopped_before_the_next(&mut self) -> bool {
        let well = !self.in_trouble;
        tokio::select! {
            biased;
            () = stopped(&mut self.stop) => return true,
            Some(ended) = self.attempts.join_next_with_id(), if well => self.ended(ended),
            () = self.bell.notified(), if well => {}
            () = sleep(PAUSE) => {}
        }
        false
    }

    async fn finish(&mut self) {
        let attempts = self.attempts.len();
        if attempts > 0 {
            tracing::info!(attempts, "waiting for deliveries that are being sent");
        }
        let mut tries = 0;
        loop {
            self.turn(false).await;
            if self.slots.are_empty() {
                return;
            }
            if let Some(ended) = self.attempts.join_next_with_id().await {
                self.ended(ended);
                continue;
            }
            tries += 1;
            if tries == LAST_TRIES {
                let attempts = self.slots.unrecorded();
                tracing::error!(
                    attempts,
                    "attempts were not recorded: they will be made again"
                );
                return;
            }
            sleep(PAUSE).await;
        }
    }

    /// Says it once, and not every second.
    fn note_trouble(&mut self, trouble: &Trouble) {
        if !self.in_trouble {
            tracing::error!(error = chain(trouble), "deliveries are not sent for now");
        }
        self.in_trouble = true;
    }

    fn note_success(&mut self) {
        if self.in_trouble {
            tracing::info!("deliveries are sent again");
        }
        self.in_trouble = false;
    }
}

/// Ends when the sender is stopped, or (which is an error) dropped.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let stopped = stop.wait_for(|stop| *stop).await;
    drop(stopped);
}

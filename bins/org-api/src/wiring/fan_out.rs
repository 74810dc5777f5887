//! Events become deliveries, in a thread of the server's own.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_kernel::id::OrgId;
use org_kernel::{StoreError, chain};
use org_store::Bell;
use org_webhooks::fan_out::{FanOut, Round};

use crate::background::{More, OnCall};

/// How often events are looked for when nobody rings: whoever wrote them may have died in between.
const LOOKED_FOR_EVERY: Duration = Duration::from_secs(1);

/// For how long events are gathered after some were dispatched, so that a server under load does not
/// dispatch each in a transaction of its own.
const GATHERED_FOR: Duration = Duration::from_millis(20);

/// Dispatches events as they come, and calls `made` when there are new deliveries.
pub(super) fn fan_out_in(
    fan_out: FanOut,
    bell: Arc<Bell>,
    made: impl Fn() + Send + 'static,
) -> io::Result<OnCall> {
    let mut told = Told::default();
    OnCall::start("fan-out", bell, LOOKED_FOR_EVERY, move || {
        match fan_out.round() {
            Ok(round) => {
                told.of(&round);
                if round.done.deliveries > 0 {
                    made();
                }
                if round.full {
                    return More::After(Duration::ZERO);
                }
                if round.done.events > 0 {
                    return More::After(GATHERED_FOR);
                }
            }
            Err(error) => told.away(&error),
        }
        More::OnCall
    })
}

/// What was said already, and is not said every second.
#[derive(Default)]
struct Told {
    away: bool,
    waiting: BTreeSet<OrgId>,
}

impl Told {
    fn of(&mut self, round: &Round) {
        self.away = false;
        for (org, error) in &round.failed {
            if !self.waiting.contains(org) {
                tracing::error!(%org, error = chain(error), "events wait to be dispatched");
            }
        }
        self.waiting = round.failed.iter().map(|(org, _)| *org).collect();
    }

    fn away(&mut self, error: &StoreError) {
        if !self.away {
            tracing::warn!(error = chain(error), "events wait to be dispatched");
        }
        self.away = true;
    }
}

//! Events become deliveries, in a thread of the server's own.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use org_kernel::id::{EndpointId, OrgId};
use org_kernel::{StoreError, chain};
use org_store::Bell;
use org_webhooks::fan_out::{FanOut, Round, Unsigned};

use crate::background::{More, Worker, on_call};

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
) -> io::Result<Worker> {
    let mut told = Told::default();
    on_call("fan-out", bell, LOOKED_FOR_EVERY, move |ended| {
        match fan_out.round_until(ended) {
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
    unsigned: BTreeSet<EndpointId>,
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
        for (endpoint, error) in self.newly_unsigned(round) {
            tracing::error!(%endpoint, error = chain(error), "deliveries are stored unsigned");
        }
    }

    /// The endpoints that cannot be signed for, and could when they were last heard of.
    fn newly_unsigned<'a>(&mut self, round: &'a Round) -> Vec<(EndpointId, &'a Unsigned)> {
        let mut newly = Vec::new();
        for (endpoint, signed) in &round.signed {
            match signed {
                Ok(()) => drop(self.unsigned.remove(endpoint)),
                Err(error) if self.unsigned.insert(*endpoint) => newly.push((*endpoint, error)),
                Err(_) => {}
            }
        }
        newly
    }

    fn away(&mut self, error: &StoreError) {
        if !self.away {
            tracing::warn!(error = chain(error), "events wait to be dispatched");
        }
        self.away = true;
    }
}

#[cfg(test)]
mod tests {
    use org_kernel::id_source::{IdSource, SystemIds};

    use super::*;

    #[test]
    fn an_endpoint_that_cannot_be_signed_for_is_told_of_once() {
        let (mut told, endpoint) = (Told::default(), EndpointId::new(SystemIds.uuid()));
        let round = |signed| Round {
            signed: [(endpoint, signed)].into(),
            ..Round::default()
        };
        let unsigned = round(Err(Unsigned::NoSecret));
        let news = [(endpoint, &Unsigned::NoSecret)];
        assert_eq!(told.newly_unsigned(&unsigned), news);
        assert_eq!(told.newly_unsigned(&unsigned), []);
        assert_eq!(told.newly_unsigned(&Round::default()), []);
        assert_eq!(told.newly_unsigned(&unsigned), []);
        assert_eq!(told.newly_unsigned(&round(Ok(()))), []);
        assert_eq!(
            told.newly_unsigned(&unsigned),
            news,
            "it was well meanwhile"
        );
    }
}

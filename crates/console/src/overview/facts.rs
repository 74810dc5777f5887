//! What the overview is made of, as the stores have it, each at the moment that it is asked.

use std::collections::{BTreeMap, BTreeSet};

use org_auth::api_key::ApiKey;
use org_auth::traffic::Traffic;
use org_auth::usage::KeyDay;
use org_auth::user::User;
use org_kernel::StoreError;
use org_kernel::hour::Hour;
use org_kernel::id::{EndpointId, OrgId, UserId};
use org_kernel::instant::Instant;
use org_webhooks::endpoint::Endpoint;
use org_webhooks::figures::Deliveries;
use time::Duration;

use crate::console::Console;

/// How many hours the charts have; the one that has just begun is among them.
const HOURS: u16 = 24;

/// What is known of an organization.
#[derive(Debug)]
pub(super) struct Facts {
    /// When they were asked.
    pub(super) now: Instant,
    /// The last hours, each with what there was.
    pub(super) hours: Vec<HourFacts>,
    pub(super) keys: Vec<ApiKey>,
    /// What keys were used for today and yesterday, in UTC.
    pub(super) key_days: Vec<KeyDay>,
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) newest: BTreeMap<EndpointId, Instant>,
    pub(super) users: Vec<User>,
    /// Those of them who have a link that can be used.
    pub(super) may_come: BTreeSet<UserId>,
    /// Whether this server can seal the secret of a second factor.
    pub(super) second_factors: bool,
}

/// What there was in one hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HourFacts {
    pub(super) hour: Hour,
    pub(super) traffic: Traffic,
    pub(super) deliveries: Deliveries,
}

impl Facts {
    /// Asks the stores, one after the other. What is counted is of the last day and no older; keys, endpoints
    /// and users are all read, those that are gone among the keys.
    pub(super) fn ask(console: &Console, org: OrgId, now: Instant) -> Result<Self, StoreError> {
        let ports = &console.ports;
        let endpoints = ports.endpoints.list(org)?;
        let shown: Vec<_> = endpoints.iter().map(|endpoint| endpoint.id).collect();
        let yesterday = now.saturating_add(-Duration::DAY).to_utc().date();
        let hours: Vec<_> = Hour::last(HOURS, now).collect();
        let first = hours.first().copied().unwrap_or(Hour::of(now));
        let traffic = ports.traffic.traffic(org, first)?;
        let deliveries = ports.figures.by_hour(org, first)?;
        Ok(Self {
            now,
            hours: by_hour(hours, traffic, deliveries),
            keys: ports.keys.list(org)?,
            key_days: ports.usage.of(org, yesterday)?,
            newest: ports.figures.newest(org, &shown)?,
            endpoints,
            users: ports.users.list(org)?,
            may_come: ports.users.who_may_come(org)?,
            second_factors: ports.second_factors.can_be_switched_on(),
        })
    }

    /// All requests of the last hours.
    pub(super) fn traffic(&self) -> Traffic {
        let mut all = Traffic::default();
        for hour in &self.hours {
            all += hour.traffic;
        }
        all
    }

    /// All deliveries of the last hours.
    pub(super) fn deliveries(&self) -> Deliveries {
        let each = self.hours.iter().map(|hour| hour.deliveries);
        each.fold(Deliveries::default(), |all, more| all + more)
    }
}

/// Every hour, also where there was nothing.
fn by_hour(
    hours: Vec<Hour>,
    traffic: Vec<(Hour, Traffic)>,
    deliveries: Vec<(Hour, Deliveries)>,
) -> Vec<HourFacts> {
    let traffic: BTreeMap<_, _> = traffic.into_iter().collect();
    let deliveries: BTreeMap<_, _> = deliveries.into_iter().collect();
    let of = |hour| HourFacts {
        hour,
        traffic: traffic.get(&hour).copied().unwrap_or_default(),
        deliveries: deliveries.get(&hour).copied().unwrap_or_default(),
    };
    hours.into_iter().map(of).collect()
}

//! What works for webhooks: events become deliveries, and deliveries go out where that is wanted.

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_delivery::limits::Limits;
use org_delivery::post::Poster;
use org_delivery::roots::Roots;
use org_delivery::sender::{Ground, SenderLimits};
use org_metrics::Metrics;
use org_webhooks::fan_out::{DeliveryMode, FanOut};
use org_webhooks::sealing::MasterKey;
use tokio::sync::Notify;

use super::counted::Counted;
use super::fan_out::fan_out_in;
use super::sending::{Ending, Sending};
use crate::background::Worker;
use crate::database::{Database, clock, ids};
use crate::endpoints::endpoints;
use crate::failure::Failure;
use crate::settings::{Delivery, Settings, Webhooks, wrong};

/// Dropped, it first stops making deliveries, and then sending them.
pub(super) struct AtWork {
    fan_out: Worker,
    sending: Option<Sending>,
}

impl AtWork {
    /// Whoever has made a delivery due notifies through `due`.
    pub(super) fn begin(
        settings: &Settings,
        database: &Database,
        master_key: Option<Arc<MasterKey>>,
        due: &Arc<Notify>,
        metrics: Option<Arc<Metrics>>,
    ) -> Result<Self, Failure> {
        let (mode, sending) = match settings.webhooks.delivery {
            Delivery::Record => (DeliveryMode::Record, None),
            Delivery::Live => {
                let sending = sending(
                    settings,
                    database,
                    (master_key.clone(), metrics),
                    Arc::clone(due),
                )?;
                (DeliveryMode::Live, Some(sending))
            }
        };
        let store = database.store();
        let bell = store.bell();
        let fan_out = FanOut::new(store, clock(), ids(), master_key, mode);
        let due = Arc::clone(due);
        Ok(Self {
            fan_out: fan_out_in(fan_out, bell, move || due.notify_one())?,
            sending,
        })
    }

    /// Ends what is sent, before the rest is dropped.
    pub(super) fn ending(&self) -> Ending {
        let sending = self.sending.as_ref();
        sending.map_or_else(Ending::of_nothing, Sending::ending)
    }

    /// Whoever is at work, to be ended together.
    pub(super) fn into_workers(self) -> impl Iterator<Item = Worker> {
        let sending = self.sending.map(Sending::into_worker);
        [self.fan_out].into_iter().chain(sending)
    }
}

fn sending(
    settings: &Settings,
    database: &Database,
    (master_key, metrics): (Option<Arc<MasterKey>>, Option<Arc<Metrics>>),
    due: Arc<Notify>,
) -> Result<Sending, Failure> {
    let Some(master_key) = master_key else {
        let missing = "live needs a master key to sign with; see ORG_API_MASTER_KEY";
        return Err(wrong("webhook_delivery", missing));
    };
    let endpoints = endpoints(settings, database, Some(Arc::clone(&master_key)));
    let ground = Ground {
        outgoing: Counted::of(database.store(), metrics),
        endpoints: Arc::new(endpoints),
        sealed: database.store(),
        master_key,
        clock: clock(),
        entropy: Arc::new(SystemEntropy::new()),
        bell: due,
    };
    let poster = poster(&settings.webhooks)?;
    Ok(Sending::start(poster, ground, SenderLimits::default())?)
}

fn poster(settings: &Webhooks) -> Result<Poster, Failure> {
    let resolver = settings.resolver()?;
    let mut roots = Roots::system();
    if let Some(pem) = &settings.ca {
        roots = roots.with_pem(pem)?;
    }
    let egress = settings.egress.clone();
    let poster = Poster::new(egress, resolver, roots, Limits::default(), clock());
    poster.map_err(|error| Failure::of(&error))
}

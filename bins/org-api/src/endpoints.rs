//! Webhook endpoints, as this process is set up.

use std::sync::Arc;

use org_auth::entropy::SystemEntropy;
use org_domain::events::CATALOGUE;
use org_webhooks::endpoints::{Endpoints, Rules};
use org_webhooks::sealing::MasterKey;

use crate::database::{Database, clock, ids};
use crate::settings::Settings;

/// The endpoints of the database; without a master key, for everything but secrets.
pub(crate) fn endpoints(
    settings: &Settings,
    database: &Database,
    master_key: Option<Arc<MasterKey>>,
) -> Endpoints {
    let rules = Rules {
        egress: settings.webhooks.egress.clone(),
        event_types: CATALOGUE.iter().map(|event| event.name).collect(),
    };
    let entropy = Arc::new(SystemEntropy::new());
    Endpoints::new(database.store(), clock(), ids(), entropy, master_key, rules)
}

//! Enabling and disabling: by people, and by the server where an endpoint does not answer as it should.

use org_kernel::WriteError;
use org_kernel::audit::Origin;
use time::Duration;

use super::Endpoints;
use crate::endpoint::{DisabledBecause, Endpoint};
use crate::endpoint_store::{NoSuchEndpoint, Target};

/// How long an endpoint may fail before it is disabled.
pub const FAILING_FOR: Duration = Duration::days(5);

const DISABLED: &str = "webhook_endpoint.disabled";

impl Endpoints {
    /// Lets an endpoint hear of events again, with a clean slate; one that is enabled is left alone.
    pub fn enable(
        &self,
        target: impl Into<Target>,
        origin: &Origin,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        let action = "webhook_endpoint.enabled";
        self.edit(target.into(), action, origin, &|endpoint| {
            if !endpoint.enabled {
                endpoint.enabled = true;
                endpoint.disabled_because = None;
                endpoint.failing_since = None;
            }
        })
    }

    /// Lets an endpoint hear of no further event; one that is disabled is left alone.
    pub fn disable(
        &self,
        target: impl Into<Target>,
        origin: &Origin,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        self.edit(target.into(), DISABLED, origin, &|endpoint| {
            endpoint.enabled = false;
        })
    }

    /// Disables an endpoint that answered that it is gone; one that is disabled is left alone.
    pub fn disable_gone(
        &self,
        target: impl Into<Target>,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        self.disable_if(target.into(), DisabledBecause::Gone, &|_| true)
    }

    /// Disables an endpoint that has failed for [`FAILING_FOR`]. Whether it has is looked at when its
    /// turn has come: one that has succeeded meanwhile, or is disabled, is left alone.
    pub fn disable_failing(
        &self,
        target: impl Into<Target>,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        let now = self.clock.now();
        let has_failed_for_long = |endpoint: &Endpoint| {
            let since = endpoint.failing_since;
            since.is_some_and(|since| now.since(since) >= FAILING_FOR)
        };
        let because = DisabledBecause::Failing;
        self.disable_if(target.into(), because, &has_failed_for_long)
    }

    fn disable_if(
        &self,
        target: Target,
        because: DisabledBecause,
        condition: &dyn Fn(&Endpoint) -> bool,
    ) -> Result<Endpoint, WriteError<NoSuchEndpoint>> {
        self.edit(target, DISABLED, &Origin::SERVER, &|endpoint| {
            if endpoint.enabled && condition(endpoint) {
                endpoint.enabled = false;
                endpoint.disabled_because = Some(because);
            }
        })
    }
}

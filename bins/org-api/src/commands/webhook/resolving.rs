//! Where a new URL leads, looked at when it is given where deliveries are sent. Nothing is asked where
//! they are only recorded.

use org_delivery::resolver::{LookupError, Unfit};

use crate::failure::Failure;
use crate::settings::{Delivery, Webhooks};

/// Refuses a URL whose host leads where deliveries do not go. What is wrong with the URL as it is
/// written is left to the rules of endpoints, which name everything that is wrong at once.
pub(super) fn check(url: &str, settings: &Webhooks) -> Result<(), Failure> {
    let is_live = settings.delivery == Delivery::Live;
    if !is_live || settings.egress.check_url(url).is_err() {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let resolver = settings.resolver()?;
        let checked = resolver.check(&settings.egress, url).await;
        checked.map_err(|unfit| match unfit {
            Unfit::Refused(refusal) => Failure::Usage(format!("--url: {refusal}")),
            Unfit::Unresolved(error @ LookupError::NotAName(_)) => {
                Failure::Usage(format!("--url: {error}"))
            }
            Unfit::Unresolved(error) => Failure::during("--url", &error),
        })
    })
}

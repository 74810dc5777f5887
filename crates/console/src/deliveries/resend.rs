//! Sending a delivery again, whatever became of it.

use org_kernel::WriteError;
use org_webhooks::delivery_log::NotResent;

use super::page::{delivery_page, target};
use super::path;
use crate::refusal::Refusal;
use crate::reply::{Answer, done, outdated};
use crate::visit::{Admin, Visit};

/// A test has no button for it; whoever asks all the same is told why not.
pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let (target, origin) = (target(&visit)?, visit.origin());
    let resent = visit
        .attempt(move |console| console.ports.deliveries.resend(target, &origin))
        .await?;
    match resent {
        Ok(_) => done(&path(target.id), "delivery-resent"),
        Err(WriteError::Refused(NotResent::Simulated)) => {
            let problem = Some("A test is never sent, so it cannot be sent again.");
            outdated(&delivery_page(&visit, problem).await?)
        }
        Err(WriteError::Refused(NotResent::NoSuchDelivery)) => Err(Refusal::NotFound),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

//! A test: a delivery that is signed as any other, logged, and never sent.

use org_webhooks::deliveries::TestError;
use org_webhooks::endpoints::SecretsError;

use super::endpoint::target;
use super::path;
use super::secret::no_master_key;
use crate::refusal::Refusal;
use crate::reply::{Answer, done};
use crate::visit::{Admin, Visit};

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let (target, origin) = (target(&visit)?, visit.origin());
    let tested = visit
        .attempt(move |console| console.ports.deliveries.test(target, &origin))
        .await?;
    match tested {
        Ok(_) => done(&path(target.id), "endpoint-tested"),
        Err(TestError::NoSuchEndpoint) => Err(Refusal::NotFound),
        Err(TestError::Secrets(SecretsError::NoMasterKey)) => no_master_key(&visit),
        Err(TestError::Store(error) | TestError::Secrets(SecretsError::Store(error))) => {
            Err(error.into())
        }
        Err(error @ TestError::Secrets(_)) => Err(Refusal::internal(error)),
    }
}

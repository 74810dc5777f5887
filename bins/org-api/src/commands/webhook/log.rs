//! The delivery log: reading it, testing an endpoint, and sending again.

mod show;

use std::sync::Arc;

use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_kernel::id::{DeliveryId, EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::{WriteError, chain};
use org_webhooks::deliveries::{Deliveries, ReplayError, ReplayRequest, TestError};
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::delivery_log::{DeliveryQuery, NotResent, Order, SignedDelivery};
use org_webhooks::endpoint_store::Target;
use org_webhooks::endpoints::SecretsError;
use org_webhooks::sealing::MasterKey;
use serde_json::json;

use super::Desk;
use super::refusal::{no_master_key, read_id, unknown};
use crate::cli::{DeliveriesArgs, DeliveryArg, EndpointArg};
use crate::database::{clock, ids};
use crate::endpoints::endpoints;
use crate::failure::Failure;
use crate::master_key::Keyring;
use crate::output::{Items, Output, flag, say};

/// How many deliveries are in memory at one time.
const PAGE: u32 = 500;

fn log(desk: Desk<'_>, master_key: Option<Arc<MasterKey>>) -> Deliveries {
    let endpoints = Arc::new(endpoints(desk.settings, desk.database, master_key));
    Deliveries::new(desk.database.store(), endpoints, clock(), ids())
}

pub(super) fn test(EndpointArg { id }: &EndpointArg, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(id)?;
    let key = Keyring::of(desk.settings, desk.database).open()?;
    let tested = log(desk, key).test(target, &Origin::OPERATOR);
    let tested = tested.map_err(|error| match error {
        TestError::NoSuchEndpoint => unknown(id),
        TestError::Secrets(SecretsError::NoMasterKey) => no_master_key(),
        other => Failure::of(&other),
    })?;
    desk.output
        .show(&show::row(&tested), |_| show::line(&tested))
}

pub(super) fn list(arguments: &DeliveriesArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let query = asked_for(arguments, desk)?;
    let log = log(desk, None);
    match desk.output {
        Output::Programs => {
            let mut items = Items::begin()?;
            each(&log, query, |found| items.add(&show::signed(found)))?;
            items.end()
        }
        Output::People => {
            let mut empty = true;
            each(&log, query, |found| {
                empty = false;
                say(show::line(&found.delivery));
                Ok(())
            })?;
            if empty {
                say("there are no such deliveries");
            }
            Ok(())
        }
    }
}

fn asked_for(arguments: &DeliveriesArgs, desk: Desk<'_>) -> Result<DeliveryQuery, Failure> {
    let status = arguments.status.as_deref();
    let status = status.map(|status| flag::<DeliveryStatus>("status", status));
    let status = status.transpose()?;
    let org = desk.database.organization(&arguments.org)?.id;
    let endpoint = arguments.endpoint.as_deref();
    let endpoint = endpoint.map(|id| endpoint_of(org, id, desk)).transpose()?;
    Ok(DeliveryQuery {
        org,
        endpoint,
        status,
        event_type: None,
        from: None,
        until: None,
        order: Order::OldestFirst,
        after: None,
        limit: PAGE,
    })
}

/// The endpoint that is meant, if the organization has it.
fn endpoint_of(org: OrgId, id: &str, desk: Desk<'_>) -> Result<EndpointId, Failure> {
    let target = Target {
        org: Some(org),
        id: read_id(id)?,
    };
    let found = endpoints(desk.settings, desk.database, None).find(target)?;
    Ok(found.ok_or_else(|| unknown(id))?.id)
}

/// Takes deliveries in their order, reading a page at a time.
fn each(
    log: &Deliveries,
    mut query: DeliveryQuery,
    mut take: impl FnMut(&SignedDelivery) -> Result<(), Failure>,
) -> Result<(), Failure> {
    loop {
        let page = log.list(&query)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        query.after = Some((last.delivery.created_at, last.delivery.id));
        page.iter().try_for_each(&mut take)?;
    }
}

pub(super) fn show(DeliveryArg { id }: &DeliveryArg, desk: Desk<'_>) -> Result<(), Failure> {
    let found = log(desk, None).find(read_delivery(id)?)?;
    let found = found.ok_or_else(|| unknown_delivery(id))?;
    let shown = show::detail(&found);
    desk.output.show(&shown, |_| show::lines(&found))
}

pub(super) fn resend(DeliveryArg { id }: &DeliveryArg, desk: Desk<'_>) -> Result<(), Failure> {
    let resent = log(desk, None).resend(read_delivery(id)?, &Origin::OPERATOR);
    let resent = resent.map_err(|error| match error {
        WriteError::Refused(NotResent::NoSuchDelivery) => unknown_delivery(id),
        WriteError::Refused(refused @ NotResent::Simulated) => Failure::of(&refused),
        WriteError::Store(cause) => Failure::of(&cause),
    })?;
    announce(desk);
    desk.output.show(&show::row(&resent), |_| {
        format!("{id} is due; a server that sends will send it if its endpoint is enabled")
    })
}

pub(super) fn replay(id: &str, since: &str, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(id)?;
    let since: Instant = flag("since", since)?;
    let request = ReplayRequest {
        endpoint: target.into(),
        since,
        until: None,
        id: None,
    };
    let replayed = log(desk, None).replay(&request, &Origin::OPERATOR);
    let deliveries = replayed.map_err(|error| match error {
        ReplayError::NoSuchEndpoint => unknown(id),
        stopped => Failure::of(&stopped),
    })?;
    announce(desk);
    let answer = json!({ "id": target, "deliveries": deliveries });
    desk.output.show(&answer, |_| {
        format!("{deliveries} deliveries are due; a server that sends will send them if the endpoint is enabled")
    })
}

/// Tells the servers of this database that deliveries are due. They find them by themselves too, a little
/// later, so this is not why a command fails that has done what it was asked.
fn announce(desk: Desk<'_>) {
    if let Err(error) = desk.database.store().announce() {
        tracing::warn!(error = chain(&error), "no server was told of what is due");
    }
}

fn read_delivery(id: &str) -> Result<DeliveryId, Failure> {
    DeliveryId::from_text(id).map_err(|_| unknown_delivery(id))
}

fn unknown_delivery(id: &str) -> Failure {
    Failure::Failed(format!("there is no webhook delivery {id:?}"))
}

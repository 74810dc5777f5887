//! The delivery log: reading it, testing an endpoint, and sending again.

mod show;

use std::sync::Arc;

use org_kernel::audit::Origin;
use org_kernel::field::FromText;
use org_kernel::instant::Instant;
use org_kernel::{WriteError, id::DeliveryId};
use org_webhooks::deliveries::{Deliveries, TestError};
use org_webhooks::delivery::{Delivery, DeliveryStatus};
use org_webhooks::delivery_log::{DeliveryQuery, NotResent};
use org_webhooks::endpoints::SecretsError;
use org_webhooks::sealing::MasterKey;
use serde_json::json;

use super::Desk;
use super::refusal::{no_master_key, not_written, read_id, unknown};
use crate::cli::{DeliveriesArgs, DeliveryArg, EndpointArg};
use crate::database::{clock, ids};
use crate::endpoints::endpoints;
use crate::failure::Failure;
use crate::master_key::Keyring;
use crate::output::{Items, Output, flag, say};

/// How many deliveries are in memory at one time.
const PAGE: u32 = 500;

/// The most that are listed.
const MOST: u32 = 1_000_000;

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
    let target = read_id(&arguments.id)?;
    let status = arguments.status.as_deref();
    let status = status.map(|status| flag::<DeliveryStatus>("status", status));
    let status = status.transpose()?;
    let limit = limit(&arguments.limit)?;
    let endpoints = endpoints(desk.settings, desk.database, None);
    endpoints
        .find(target)?
        .ok_or_else(|| unknown(&arguments.id))?;
    let query = DeliveryQuery {
        endpoint: target.into(),
        status,
        before: None,
        limit,
    };
    match desk.output {
        Output::Programs => {
            let mut items = Items::begin()?;
            each(&log(desk, None), query, |delivery| {
                items.add(&show::row(delivery))
            })?;
            items.end()
        }
        Output::People => {
            let mut empty = true;
            each(&log(desk, None), query, |delivery| {
                empty = false;
                say(show::line(delivery));
                Ok(())
            })?;
            if empty {
                say("there are no such deliveries");
            }
            Ok(())
        }
    }
}

fn limit(text: &str) -> Result<u32, Failure> {
    let refused = || Failure::Usage(format!("--limit: {text:?} must be 1 to {MOST}"));
    let limit: u32 = text.parse().map_err(|_| refused())?;
    Some(limit)
        .filter(|limit| (1..=MOST).contains(limit))
        .ok_or_else(refused)
}

/// Takes deliveries in their order, reading a page at a time.
fn each(
    log: &Deliveries,
    mut query: DeliveryQuery,
    mut take: impl FnMut(&Delivery) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut left = query.limit;
    while left > 0 {
        query.limit = left.min(PAGE);
        let page = log.list(&query)?;
        let Some(last) = page.last() else {
            break;
        };
        query.before = Some((last.created_at, last.id));
        left -= u32::try_from(page.len())?;
        page.iter().try_for_each(&mut take)?;
    }
    Ok(())
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
    desk.database.store().announce()?;
    desk.output.show(&show::row(&resent), |_| {
        format!("{id} is due; a server that sends will send it")
    })
}

pub(super) fn replay(id: &str, since: &str, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(id)?;
    let since: Instant = flag("since", since)?;
    let replayed = log(desk, None).replay(target, since, &Origin::OPERATOR);
    let deliveries = replayed.map_err(|error| not_written(error, id))?;
    desk.database.store().announce()?;
    let answer = json!({ "id": target, "deliveries": deliveries });
    desk.output.show(&answer, |_| {
        format!("{deliveries} deliveries are due; a server that sends will send them")
    })
}

fn read_delivery(id: &str) -> Result<DeliveryId, Failure> {
    DeliveryId::from_text(id).map_err(|_| unknown_delivery(id))
}

fn unknown_delivery(id: &str) -> Failure {
    Failure::Failed(format!("there is no webhook delivery {id:?}"))
}

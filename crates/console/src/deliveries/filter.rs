//! Which deliveries the log shows, and which page of them, as the address says.

use org_domain::events::CATALOGUE;
use org_kernel::id::{DeliveryId, EndpointId};
use org_kernel::instant::Instant;
use org_webhooks::deliveries::Turn;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::delivery_log::{DeliveryQuery, Place};
use org_webhooks::endpoint::Endpoint;
use time::{Duration, OffsetDateTime};

use super::all_of;
use super::row::Shown;
use crate::fields::Fields;
use crate::form::Form;
use crate::moments;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// The type of tests, which is not in the catalogue: nobody subscribes to it.
const TEST: &str = "webhook.test";

/// The fields of the filter, in their order.
const FIELDS: [&str; 5] = ["endpoint", "type", "status", "from", "until"];

/// Reads the filter of a request; what is wrong with it stands in the form.
pub(super) fn read<R>(visit: &Visit<R>, form: &mut Form, endpoints: &[Endpoint]) -> DeliveryQuery {
    let zone = &visit.organization().facts.time_zone;
    let endpoint: Option<EndpointId> = form.optional("endpoint");
    if endpoint.is_some_and(|id| endpoints.iter().all(|known| known.id != id)) {
        form.reject("endpoint", "there is no such endpoint");
    }
    let event_type = Some(form.value("type").trim().to_owned());
    let event_type = event_type.filter(|name| !name.is_empty());
    if event_type
        .as_ref()
        .is_some_and(|name| types().all(|known| known != name))
    {
        form.reject("type", "there is no such type of event");
    }
    let status: Option<DeliveryStatus> = form.optional("status");
    let from = moments::optional(form, "from", zone);
    let until = moments::optional(form, "until", zone);
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        form.reject("until", "must be later than the other time");
    }
    DeliveryQuery {
        endpoint,
        status,
        event_type,
        from,
        until,
        ..all_of(visit.org())
    }
}

/// Whether anything is filtered at all.
pub(super) fn is_any(query: &Fields) -> bool {
    FIELDS.iter().any(|field| !query.one(field).is_empty())
}

/// Every type of event that a delivery may have.
fn types() -> impl Iterator<Item = &'static str> {
    CATALOGUE.iter().map(|event| event.name).chain([TEST])
}

/// The values and words of the filter's choices, the first of which is not to choose.
pub(super) struct Choices {
    pub(super) endpoints: Vec<(String, String)>,
    pub(super) types: Vec<(&'static str, &'static str)>,
    pub(super) statuses: Vec<(&'static str, &'static str)>,
}

impl Choices {
    pub(super) fn of(endpoints: &[Endpoint]) -> Self {
        let all = (String::new(), "All endpoints".to_owned());
        let each = endpoints
            .iter()
            .map(|endpoint| (endpoint.id.to_string(), endpoint.url.as_str().to_owned()));
        let statuses = DeliveryStatus::ALL.iter();
        let statuses = statuses.map(|status| (status.as_str(), Shown(*status).word()));
        Self {
            endpoints: [all].into_iter().chain(each).collect(),
            types: [("", "All types")]
                .into_iter()
                .chain(types().map(|name| (name, name)))
                .collect(),
            statuses: [("", "All statuses")].into_iter().chain(statuses).collect(),
        }
    }
}

/// The page that an address names.
pub(super) fn turn(query: &Fields) -> Result<Turn, Refusal> {
    let place = |name| match query.one(name) {
        "" => Ok(None),
        text => parse_place(text).map(Some).ok_or(Refusal::NotFound),
    };
    Ok(match (place("older")?, place("newer")?) {
        (None, None) => Turn::Newest,
        (Some(place), None) => Turn::OlderThan(place),
        (None, Some(place)) => Turn::NewerThan(place),
        (Some(_), Some(_)) => return Err(Refusal::NotFound),
    })
}

/// The address of a page with the same filter.
pub(super) fn address(query: &Fields, name: &str, place: Place) -> String {
    let mut fields = Fields::default();
    for field in FIELDS {
        fields.add(field, query.one(field));
    }
    fields.add(name, write_place(place));
    format!("/settings/deliveries?{}", fields.to_query())
}

fn write_place((made, id): Place) -> String {
    format!("{}.{id}", made.unix_milliseconds())
}

fn parse_place(text: &str) -> Option<Place> {
    let (made, id) = text.split_once('.')?;
    let (made, id): (i64, DeliveryId) = (made.parse().ok()?, id.parse().ok()?);
    let made = OffsetDateTime::UNIX_EPOCH.checked_add(Duration::milliseconds(made))?;
    let in_range = (1..=9999).contains(&made.year());
    in_range.then(|| (Instant::from(made), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let made: Instant = "2026-03-14T18:30:07.999Z".parse().expect("an instant");
        let id: DeliveryId = "dlv_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
        assert_eq!(parse_place(&write_place((made, id))), Some((made, id)));
    }

    #[test]
    fn what_is_no_place_is_none() {
        let id = "dlv_01h455vb4pex5vsknk084sn02q";
        for text in [
            "x",
            ".",
            &format!(".{id}"),
            "1.",
            "1.dlv_x",
            &format!("9e9.{id}"),
        ] {
            assert_eq!(parse_place(text), None, "{text}");
        }
        for far in [i64::MAX, i64::MIN, 300_000_000_000_000] {
            assert_eq!(parse_place(&format!("{far}.{id}")), None);
        }
    }
}

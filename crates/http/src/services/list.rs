//! The list of services.

use org_auth::scope::ReadOperations;
use org_domain::services::Edge;
use org_kernel::field::{FromText, Invalid};
use org_kernel::id::ProductionId;
use org_kernel::page::PageRequest;
use utoipa::openapi::{RefOr, Schema};

use super::Service;
use crate::answer::{Answer, List};
use crate::call::Call;
use crate::failure::Failure;
use crate::input::{Arguments, Described, Input, page};
use crate::route::About;
use crate::schemas::{self, Schemas};
use crate::tags;

pub(crate) const LIST: About = About {
    id: "listServices",
    tag: tags::PROGRAMME,
    summary: "List services",
    description: "Rehearsals, concerts and whatever else players are called to, by start, then by \
        id. A service is listed when some instant lies both in it and between `from` and `to`.",
};

pub(crate) async fn list(
    call: Call<ReadOperations, ServiceList>,
) -> Result<Answer<List<Service>>, Failure> {
    call.answer(|reads, org, asked| {
        reads
            .timetable
            .list(org, asked.production, (asked.from, asked.to), asked.page)
    })
    .await
}

/// Which services.
pub(crate) struct ServiceList {
    production: Option<ProductionId>,
    from: Option<Edge>,
    to: Option<Edge>,
    page: PageRequest,
}

const PRODUCTION: &str = "Only services of this production.";
const FROM: &str = "Only services that end later: an instant, or the beginning of a day in the \
    organization's time zone.";
const TO: &str = "Only services that start earlier: an instant, or the end of a day in the \
    organization's time zone.";

impl Input for ServiceList {
    fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let production = arguments.filter_id("productionId", PRODUCTION);
        let from = arguments.filter("from", FROM);
        let to = arguments.filter("to", TO);
        let (from, to) = (from.map(|End(edge)| edge), to.map(|End(edge)| edge));
        arguments.require_order(!surely_inverted(from, to));
        Some(Self {
            production,
            from,
            to,
            page: page(arguments)?,
        })
    }
}

/// True when no time zone could put these edges in order. Only the domain, which knows the zone,
/// can compare a day with an instant.
fn surely_inverted(from: Option<Edge>, to: Option<Edge>) -> bool {
    match (from, to) {
        (Some(Edge::Day(from)), Some(Edge::Day(to))) => from > to,
        (Some(Edge::Moment(from)), Some(Edge::Moment(to))) => from > to,
        _ => false,
    }
}

/// One end of the time that is looked at.
struct End(Edge);

impl FromText for End {
    /// The plus of an offset is a space when it was not encoded, and no instant has a space there
    /// otherwise.
    fn from_text(text: &str) -> Result<Self, Invalid> {
        let text = match text.rsplit_once(' ') {
            Some((local, offset)) if local.contains('T') => format!("{local}+{offset}"),
            _ => text.to_owned(),
        };
        Edge::from_text(&text).map(Self)
    }
}

impl Described for End {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        schemas::text("2026-03-14")
            .examples(["2026-03-14", "2026-03-14T19:30:00+01:00"])
            .into()
    }
}

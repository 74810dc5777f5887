//! What the other team wrote: a conservatory lends its rooms. It speaks to ports alone, so that it
//! does not know which store it runs on.

use std::error::Error;
use std::sync::Arc;

use org_domain::Record;
use org_domain::bookings::{Booking, BookingRequest, Bookings, NotBooked};
use org_domain::import::{ImportStore, Imports, Options, Source};
use org_domain::library::Library;
use org_domain::memory::Rows;
use org_domain::organizations::{Organizations, Slug};
use org_domain::resources::ResourceQuery;
use org_domain::span::TimeSpan;
use org_domain::time_zone::TimeZone;
use org_domain::transaction::Transactions;
use org_kernel::WriteError;
use org_kernel::audit::Origin;
use org_kernel::clock::SystemClock;
use org_kernel::field::FromText;
use org_kernel::id::{OrgId, ResourceId};
use org_kernel::id_source::{IdSource, SystemIds};
use org_kernel::page::PageRequest;
use org_kernel::text::Line;
use serde_json::json;

/// What the program asks of a store.
pub(crate) trait Store: Library + ImportStore + Transactions + 'static {}

impl<S: Library + ImportStore + Transactions + 'static> Store for S {}

/// Lends rooms of a new conservatory, and answers with its id.
pub(crate) fn lend_rooms<S: Store>(store: &Arc<S>) -> Result<OrgId, Box<dyn Error>> {
    let org = conservatory(store)?;
    let [hall, studio] = rooms(store, org)?;
    let bookings = Bookings::new(Arc::new(SystemClock), Arc::new(SystemIds));
    let store: &dyn Transactions = store.as_ref();

    // A recording needs the hall and the studio: it gets both, or neither.
    let morning = span("2026-10-05T09:00:00+02:00", "2026-10-05T12:00:00+02:00")?;
    let [in_hall, in_studio] = [
        wish(hall, "Recording", morning)?,
        wish(studio, "Recording", morning)?,
    ];
    let recording = store.run(org, &Origin::OPERATOR, |tx| {
        Ok::<_, WriteError<NotBooked>>([
            bookings.book(tx, &in_hall)?,
            bookings.book(tx, &in_studio)?,
        ])
    })?;

    // A quartet wants the studio too soon, and takes the next slot there is.
    let noon = span("2026-10-05T11:30:00+02:00", "2026-10-05T13:30:00+02:00")?;
    book_or_wait(
        store,
        org,
        &bookings,
        &wish(studio, "String quartet", noon)?,
    )?;

    // Cancelled twice, it is told once.
    for _ in 0..2 {
        store.run(org, &Origin::OPERATOR, |tx| {
            bookings.cancel(tx, recording[1].id)
        })?;
    }
    Ok(org)
}

/// Books what is wanted or, if something is in the way, the first slot after it.
fn book_or_wait(
    store: &dyn Transactions,
    org: OrgId,
    bookings: &Bookings,
    wanted: &BookingRequest,
) -> Result<Record<Booking>, Box<dyn Error>> {
    let book = |request: &BookingRequest| {
        store.run(org, &Origin::OPERATOR, |tx| bookings.book(tx, request))
    };
    let conflict = match book(wanted) {
        Err(WriteError::Refused(NotBooked::Conflict(conflict))) => conflict,
        outcome => return Ok(outcome?),
    };
    let next = conflict
        .next_available
        .ok_or("nothing is free within a year")?;
    let next = wish(wanted.resource_id, wanted.title.as_str(), next)?;
    Ok(book(&next)?)
}

fn wish(room: ResourceId, title: &str, span: TimeSpan) -> Result<BookingRequest, Box<dyn Error>> {
    let request = BookingRequest::new(room, Line::from_text(title)?, span);
    Ok(request.ok_or("a booking lasts at most 366 days")?)
}

fn span(from: &str, until: &str) -> Result<TimeSpan, Box<dyn Error>> {
    let span = TimeSpan::new(from.parse()?, until.parse()?);
    Ok(span.ok_or("a booking ends after it starts")?)
}

fn conservatory<S: Store>(store: &Arc<S>) -> Result<OrgId, Box<dyn Error>> {
    // The program may run many times on one database.
    let slug = Slug::from_text(&format!("conservatory-{}", SystemIds.uuid().simple()))?;
    let organizations =
        Organizations::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemIds));
    let conservatory = organizations.create(
        slug,
        Line::from_text("Conservatory")?,
        TimeZone::from_text("Europe/Vienna")?,
        &Origin::OPERATOR,
    )?;
    Ok(conservatory.id)
}

/// The hall and the studio, by name.
fn rooms<S: Store>(store: &Arc<S>, org: OrgId) -> Result<[ResourceId; 2], Box<dyn Error>> {
    let rows = [
        json!({ "kind": "resource", "externalId": "hall", "name": "Hall", "type": "HALL" }),
        json!({ "kind": "resource", "externalId": "studio", "name": "Studio", "type": "STUDIO",
            "setupMinutes": 15, "teardownMinutes": 15 }),
    ];
    let rows = rows.into_iter().filter_map(|row| row.as_object().cloned());
    let files: [Box<dyn Source>; 1] = [Box::new(Rows::named("rooms").with(rows))];
    let imports = Imports::new(store.clone(), Arc::new(SystemClock), Arc::new(SystemIds));
    let origin = (org, &Origin::OPERATOR);
    imports.run(origin, &files, Options::default(), &mut |_| {})?;
    let rooms = store
        .list(org, &ResourceQuery, PageRequest::default())?
        .items;
    match &rooms[..] {
        [hall, studio] => Ok([hall.id, studio.id]),
        _ => Err("the conservatory has two rooms".into()),
    }
}

//! Concerts as services.

use org_domain::import::Flaw;
use org_kernel::instant::Instant;
use time::Duration;

use super::event_type::service_type;
use super::productions::status;
use super::program::Program;
use super::{Calendar, Object, object};

/// The archive does not say when a concert ended.
const LENGTH: Duration = Duration::hours(2);

/// The service that the concert at `place`, from 0, is.
pub(super) fn row(
    program: &Program,
    place: usize,
    calendar: &Calendar,
) -> Result<Object, Vec<Flaw>> {
    let concert = &program.concerts[place];
    let start = calendar.zone.instant(concert.date, concert.time);
    let Some((start, end)) = start.and_then(with_end) else {
        return Err(vec![Flaw {
            field: Some(format!("concerts[{place}].Date")),
            message: "must be in the years 1 to 9999".to_owned(),
        }]);
    };
    let event_type = concert.event_type.as_deref();
    Ok(object([
        ("kind", "service".into()),
        ("externalId", name(program, place).into()),
        ("productionExternalId", program.id.as_str().into()),
        ("type", service_type(event_type).into()),
        ("status", status(concert.date, calendar.today).into()),
        ("title", event_type.into()),
        ("startAt", start.to_string().into()),
        ("endAt", end.to_string().into()),
        ("venue", concert.venue.as_deref().into()),
    ]))
}

/// What the concert at `place`, from 0, is called: places are told from 1.
pub(super) fn name(program: &Program, place: usize) -> String {
    format!("{}/{}", program.id, place + 1)
}

fn with_end(start: Instant) -> Option<(Instant, Instant)> {
    Some((start, start.checked_add(LENGTH)?))
}

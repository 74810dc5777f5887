//! A booking in the plain way: the resource, what overlaps, the booking and its event, one statement after
//! the other in a transaction.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::{self, Data, Json, Path};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Bare, org_of};

diesel::table! {
    resources (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        setup_minutes -> Int4,
        teardown_minutes -> Int4,
        status -> Text,
    }
}

diesel::table! {
    resource_bookings (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        resource_id -> Uuid,
        title -> Text,
        start_at -> Timestamptz,
        end_at -> Timestamptz,
        held_from -> Timestamptz,
        held_until -> Timestamptz,
        status -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    events (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        payload -> Text,
        created_at -> Timestamptz,
        endpoint_ids -> Array<Uuid>,
    }
}

diesel::define_sql_function! {
    fn tstzrange(from: diesel::sql_types::Timestamptz, until: diesel::sql_types::Timestamptz)
        -> diesel::sql_types::Range<diesel::sql_types::Timestamptz>;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    resource_id: String,
    title: String,
    start_at: String,
    end_at: String,
}

pub(super) async fn book(bare: Data<Bare>, slug: Path<String>, asked: Json<Asked>) -> HttpResponse {
    #[expect(clippy::disallowed_methods, reason = "it is to be bare")]
    let body = web::block(move || {
        let org = org_of(&slug).uuid();
        let mut conn = bare.writes.get().expect("a connection");
        let written = conn
            .build_transaction()
            .run(|conn| write(conn, org, &asked));
        written.expect("the database takes it")
    });
    let body = body.await.expect("no panic");
    HttpResponse::Created()
        .content_type(ContentType::json())
        .body(body)
}

#[expect(
    clippy::disallowed_methods,
    reason = "it is to be bare: clock and ids are the system's"
)]
fn write(conn: &mut PgConnection, org: Uuid, asked: &Asked) -> QueryResult<String> {
    let now = OffsetDateTime::now_utc();
    let resource: org_kernel::id::ResourceId = asked.resource_id.parse().expect("an id");
    let moment = |text: &str| OffsetDateTime::parse(text, &Rfc3339).expect("an instant");
    let (start, end) = (moment(&asked.start_at), moment(&asked.end_at));
    let (setup, teardown, status): (i32, i32, String) = resources::table
        .find((org, resource.uuid()))
        .select((
            resources::setup_minutes,
            resources::teardown_minutes,
            resources::status,
        ))
        .get_result(conn)?;
    assert_eq!(status, "AVAILABLE");
    let from = start - Duration::minutes(setup.into());
    let until = end + Duration::minutes(teardown.into());
    let taken = resource_bookings::table
        .filter(resource_bookings::org_id.eq(org))
        .filter(resource_bookings::resource_id.eq(resource.uuid()))
        .filter(resource_bookings::status.eq("CONFIRMED"))
        .filter(
            tstzrange(resource_bookings::held_from, resource_bookings::held_until)
                .overlaps_with(tstzrange(from, until)),
        );
    assert!(
        !diesel::select(exists(taken)).get_result::<bool>(conn)?,
        "the slots are distinct"
    );
    let id = Uuid::now_v7();
    let booking = (
        resource_bookings::org_id.eq(org),
        resource_bookings::id.eq(id),
        resource_bookings::resource_id.eq(resource.uuid()),
        resource_bookings::title.eq(&asked.title),
        resource_bookings::start_at.eq(start),
        resource_bookings::end_at.eq(end),
        resource_bookings::held_from.eq(from),
        resource_bookings::held_until.eq(until),
        resource_bookings::status.eq("CONFIRMED"),
        resource_bookings::created_at.eq(now),
        resource_bookings::updated_at.eq(now),
    );
    diesel::insert_into(resource_bookings::table)
        .values(booking)
        .execute(conn)?;
    let answer = json!({
        "id": org_kernel::id::BookingId::new(id), "resourceId": resource, "title": asked.title,
        "startAt": asked.start_at, "endAt": asked.end_at, "status": "CONFIRMED", "notes": null,
        "cancelledAt": null, "createdAt": org_kernel::instant::Instant::from(now),
        "updatedAt": org_kernel::instant::Instant::from(now),
    });
    let event = Uuid::now_v7();
    let payload = json!({
        "id": org_kernel::id::EventId::new(event), "type": "resource_booking.created",
        "createdAt": org_kernel::instant::Instant::from(now), "data": answer,
    });
    let event = (
        events::org_id.eq(org),
        events::id.eq(event),
        events::type_.eq("resource_booking.created"),
        events::payload.eq(payload.to_string()),
        events::created_at.eq(now),
        events::endpoint_ids.eq(Vec::<Uuid>::new()),
    );
    diesel::insert_into(events::table)
        .values(event)
        .execute(conn)?;
    Ok(answer.to_string())
}

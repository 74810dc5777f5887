//! Bookings that are refused.

use serde_json::json;

use super::{booking, id};
use crate::world::World;

/// The hall takes 60 minutes to set up and 30 to clear away.
#[actix_web::test]
async fn a_conflict_names_what_is_in_the_way_and_when_it_is_free() {
    let world = World::new();
    let hall = world.hall().await;
    let first = id(&world
        .post("/resource-bookings", &booking(&hall, 9, 11))
        .await);
    let later = id(&world
        .post("/resource-bookings", &booking(&hall, 15, 16))
        .await);
    let answer = world
        .post("/resource-bookings", &booking(&hall, 10, 15))
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (409, "BOOKING_CONFLICT")
    );
    let expected = json!({
        "conflicts": [
            {
                "bookingId": first, "title": "Sectional",
                "startAt": "2026-04-01T09:00:00.000Z", "endAt": "2026-04-01T11:00:00.000Z",
                "heldFrom": "2026-04-01T08:00:00.000Z", "heldUntil": "2026-04-01T11:30:00.000Z",
            },
            {
                "bookingId": later, "title": "Sectional",
                "startAt": "2026-04-01T15:00:00.000Z", "endAt": "2026-04-01T16:00:00.000Z",
                "heldFrom": "2026-04-01T14:00:00.000Z", "heldUntil": "2026-04-01T16:30:00.000Z",
            },
        ],
        "nextAvailable": {
            "startAt": "2026-04-01T17:30:00.000Z", "endAt": "2026-04-01T22:30:00.000Z",
        },
    });
    assert_eq!(answer.details(), expected);
    let free = json!({
        "resourceId": hall, "title": "Then",
        "startAt": expected["nextAvailable"]["startAt"],
        "endAt": expected["nextAvailable"]["endAt"],
    });
    assert_eq!(world.post("/resource-bookings", &free).await.status, 201);
}

#[actix_web::test]
async fn what_cannot_be_booked_is_refused() {
    let world = World::new();
    let hall = world.id_of("/resources", "name", "Great Hall").await;
    let answer = world
        .post("/resource-bookings", &booking(&hall, 9, 11))
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (409, "RESOURCE_UNAVAILABLE")
    );
    assert_eq!(answer.details(), json!({ "status": "OUT_OF_SERVICE" }));
}

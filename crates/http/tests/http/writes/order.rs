//! The order of the checks of a write.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use super::{NOBODY, booking, contact};
use crate::order::{self, Asks, Fault, Faults};
use crate::world::World;

/// A booking with a key of its own, of a hall that is booked from nine to eleven.
struct Write;

impl Asks for Write {
    const LAST: Fault = Fault::State;

    async fn request(world: &World, faults: &Faults) -> TestRequest {
        let has = |fault| faults.contains(&fault);
        let hall = world.hall().await;
        world
            .post("/resource-bookings", &booking(&hall, 9, 11))
            .await;
        if has(Fault::IdempotencyKey) {
            world.named("k", "POST", "/contacts", &contact()).await;
        }
        let slug = if has(Fault::Slug) { "linz" } else { "vienna" };
        let end = if has(Fault::Route) { "/nothing" } else { "" };
        let method = if has(Fault::Method) {
            Method::DELETE
        } else {
            Method::POST
        };
        let content_type = if has(Fault::Type) {
            "text/plain"
        } else {
            "application/json"
        };
        TestRequest::with_uri(&format!("/api/org/v1/{slug}/resource-bookings{end}"))
            .method(method)
            .insert_header(("content-type", content_type))
            .insert_header(("idempotency-key", "k"))
            .set_payload(body(hall, faults))
    }
}

fn body(hall: String, faults: &Faults) -> String {
    let has = |fault| faults.contains(&fault);
    let resource = if has(Fault::Object) {
        format!("res_{NOBODY}")
    } else {
        hall
    };
    let mut body = booking(&resource, if has(Fault::State) { 10 } else { 15 }, 17);
    if has(Fault::Shape) {
        body["title"] = json!(7);
    }
    let mut body = body.to_string();
    if has(Fault::Size) {
        body.push_str(&" ".repeat(300 * 1024));
    }
    body
}

#[actix_web::test]
async fn a_write_without_fault_is_done() {
    let answer = order::answer::<Write>(&Faults::new()).await;
    assert_eq!(answer.status, 201);
}

#[actix_web::test]
async fn each_check_is_made_before_each_later_one() {
    order::each_before_each_later_one::<Write>().await;
}

#[actix_web::test]
async fn of_everything_that_is_wrong_the_first_is_told() {
    order::the_first_of_all::<Write>().await;
}

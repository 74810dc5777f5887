//! Every write, as it is asked and as it is answered.

mod answers;
mod bookings;
mod bounds;
mod idempotency;
mod missing;
mod order;
mod shapes;
mod trail;

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::response::Response;
use crate::world::World;

/// An id that nothing has.
const NOBODY: &str = "01h455vb4pex5vsknk084sn02q";

impl World {
    /// A write below Vienna's path with the key that may do everything.
    async fn write(&self, method: &str, path: &str, body: &Value) -> Response {
        self.send(self.writing(method, path, body)).await
    }

    fn writing(&self, method: &str, path: &str, body: &Value) -> TestRequest {
        self.request_by(method, path)
            .insert_header(("content-type", "application/json"))
            .set_payload(body.to_string())
    }

    async fn post(&self, path: &str, body: &Value) -> Response {
        self.write("POST", path, body).await
    }

    async fn patch(&self, path: &str, body: &Value) -> Response {
        self.write("PATCH", path, body).await
    }

    /// The id of the first item of a list whose field is `value`.
    async fn id_of(&self, path: &str, field: &str, value: &str) -> String {
        let list = self.get(path).await;
        let place = list.items(field).iter().position(|item| item == value);
        let id = list.items("id")[place.expect("the item")].clone();
        id.as_str().expect("an id").to_owned()
    }

    async fn hall(&self) -> String {
        self.id_of("/resources", "name", "Chamber Hall").await
    }

    async fn production(&self) -> String {
        self.id_of("/productions", "title", "Open day").await
    }

    /// What happened in Vienna since it was founded, by type.
    fn events(&self) -> Vec<(String, Value)> {
        let events = self.library.inner.events(self.vienna);
        let told = events.iter().map(|event| {
            let payload: Value = serde_json::from_str(&event.payload).expect("JSON");
            (event.kind.to_owned(), payload["data"].clone())
        });
        told.filter(|(kind, _)| !kind.starts_with("production."))
            .collect()
    }
}

/// A booking of the hall, from one hour of a day to another.
fn booking(resource: &str, from: u32, until: u32) -> Value {
    json!({
        "resourceId": resource,
        "title": "Sectional",
        "startAt": format!("2026-04-01T{from:02}:00:00Z"),
        "endAt": format!("2026-04-01T{until:02}:00:00Z"),
    })
}

fn contact() -> Value {
    json!({ "name": "Elena Marković", "type": "SOLOIST" })
}

/// One request to every endpoint that writes, which succeeds.
async fn every_write(world: &World) -> Vec<(&'static str, String, Value)> {
    let (hall, production) = (world.hall().await, world.production().await);
    let made = world.post("/contacts", &contact()).await;
    let contact_id = id(&made);
    let made = world
        .post("/resource-bookings", &booking(&hall, 1, 2))
        .await;
    let booking_id = id(&made);
    let list = format!("/productions/{production}/checklist");
    let item = id(&world
        .post(&list, &json!({ "label": "Order the parts" }))
        .await);
    let member = world.id_of("/members", "name", "Lindqvist, Åsa").await;
    vec![
        ("POST", "/contacts".to_owned(), contact()),
        ("PATCH", format!("/contacts/{contact_id}"), contact()),
        (
            "POST",
            "/resource-bookings".to_owned(),
            booking(&hall, 9, 11),
        ),
        (
            "PATCH",
            format!("/resource-bookings/{booking_id}/cancel"),
            json!({}),
        ),
        (
            "POST",
            list.clone(),
            json!({ "label": "Print the programme" }),
        ),
        ("PATCH", format!("{list}/{item}"), json!({ "done": true })),
        (
            "POST",
            "/member-requests".to_owned(),
            json!({ "membershipId": member, "type": "LEAVE", "subject": "A week off" }),
        ),
    ]
}

fn id(answer: &Response) -> String {
    let id = answer.json()["data"]["id"].clone();
    id.as_str().expect("an object").to_owned()
}

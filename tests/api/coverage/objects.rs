//! What the requests of the ratchet name, and what they ask.

use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use org_http::routes::Route;
use org_kernel::id::EventId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::command::text;
use crate::world::{Side, World};

/// An object of each kind that a path, a query or a body can name.
#[derive(Clone)]
pub(super) struct Objects {
    production: String,
    contact: String,
    booking: String,
    item: String,
    resource: String,
    member: String,
    event: String,
}

impl Objects {
    /// Those of one organization; what cannot be imported is written.
    pub(super) fn of(world: &World, side: &Side) -> Self {
        let client = &world.client;
        let made = |path: &str, body: Value| {
            let answer = side.write(client, ("POST", path), body);
            text(&answer.made(), "id")
        };
        let production = side.only(client, "/productions");
        let resource = side.only(client, "/resources");
        let list = format!("/productions/{production}/checklist");
        Self {
            contact: made("/contacts", json!({ "name": "c", "type": "AGENT" })),
            booking: made("/resource-bookings", booking(&resource)),
            item: made(&list, json!({ "label": "i" })),
            member: side.only(client, "/members"),
            event: first_event(&mut world.connection(), side.slug),
            production,
            resource,
        }
    }

    /// The route's path and query in an organization, with these objects wherever an id goes.
    pub(super) fn path(&self, route: &Route, slug: &str) -> String {
        let id = match route.path.split('/').nth(5) {
            Some("productions") => &self.production,
            Some("contacts") => &self.contact,
            Some("resource-bookings") => &self.booking,
            other => {
                assert!(
                    !route.path.contains("{id}"),
                    "say here what {other:?} names"
                );
                ""
            }
        };
        let path = route.path.replace("{slug}", slug);
        let path = path.replace("{id}", id).replace("{itemId}", &self.item);
        assert!(!path.contains('{'), "say here what {path} names");
        if path.ends_with("/events") {
            return format!("{path}?after={}", self.event);
        }
        path
    }

    /// A body that the route takes, naming these objects.
    pub(super) fn body(&self, route: &Route) -> Option<Value> {
        let last = route.path.split('/').skip(5).collect::<Vec<_>>().join("/");
        Some(match (route.method.as_str(), last.as_str()) {
            ("GET", _) => return None,
            ("POST", "contacts") | ("PATCH", "contacts/{id}") => {
                json!({ "name": "c", "type": "AGENT" })
            }
            ("POST", "resource-bookings") => booking(&self.resource),
            ("POST", "productions/{id}/checklist") => json!({ "label": "l" }),
            ("PATCH", "productions/{id}/checklist/{itemId}") => json!({ "done": true }),
            ("PATCH", "resource-bookings/{id}/cancel") => json!({}),
            ("POST", "member-requests") => {
                json!({ "membershipId": self.member, "type": "SICK", "subject": "s" })
            }
            other => panic!("say here what {other:?} is asked"),
        })
    }

    /// The same, with one of them as `change` makes it.
    pub(super) fn each_changed(&self, change: impl Fn(&str) -> String) -> Vec<Self> {
        self.each_put(|field, objects| {
            let changed = change(field(objects));
            *field(objects) = changed;
        })
    }

    /// The same, with one of them another organization's.
    pub(super) fn each_with_one_of(&self, theirs: &Self) -> Vec<Self> {
        self.each_put(|field, objects| {
            field(&mut theirs.clone()).clone_into(field(objects));
        })
    }

    fn each_put(&self, put: impl Fn(Field, &mut Self)) -> Vec<Self> {
        let fields: [Field; 7] = [
            |objects| &mut objects.production,
            |objects| &mut objects.contact,
            |objects| &mut objects.booking,
            |objects| &mut objects.item,
            |objects| &mut objects.resource,
            |objects| &mut objects.member,
            |objects| &mut objects.event,
        ];
        let changed = fields.map(|field| {
            let mut objects = self.clone();
            put(field, &mut objects);
            objects
        });
        changed.into()
    }
}

/// One of the objects.
type Field = fn(&mut Objects) -> &mut String;

/// The first event of an organization: it is stored before the feed has it.
fn first_event(conn: &mut PgConnection, slug: &str) -> String {
    #[derive(QueryableByName)]
    struct Event {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let query = "SELECT events.id FROM events JOIN organizations ON organizations.id = org_id
                 WHERE slug = $1 ORDER BY events.id LIMIT 1";
    let event = diesel::sql_query(query).bind::<Text, _>(slug);
    let event: Event = event.get_result(conn).expect("an event");
    EventId::new(event.id).to_string()
}

fn booking(resource: &str) -> Value {
    json!({
        "resourceId": resource, "title": "b",
        "startAt": "2030-01-01T10:00:00Z", "endAt": "2030-01-01T11:00:00Z",
    })
}

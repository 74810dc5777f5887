//! What was answered, held against what is stored.

use diesel::prelude::*;
use diesel::sql_types::Text;
use org_kernel::id::{BookingId, ChecklistItemId, ContactId, RequestId};

use super::writers::Answered;
use crate::command::text;

/// One kind of write: which objects it leaves, by name and id, and what tells of them.
struct Kind {
    name: &'static str,
    objects: &'static str,
    /// What it is called in the trail and, if it is told, as an event.
    action: &'static str,
    is_told: bool,
    uuid: fn(&str) -> String,
}

macro_rules! uuid_of {
    ($id:ty) => {
        |id| id.parse::<$id>().expect("an id").uuid().to_string()
    };
}

const KINDS: &[Kind] = &[
    Kind {
        name: "contact",
        objects: "SELECT name, id::text FROM contacts WHERE external_id IS NULL",
        action: "contact.created",
        is_told: false,
        uuid: uuid_of!(ContactId),
    },
    Kind {
        name: "booking",
        objects: "SELECT title AS name, id::text FROM resource_bookings",
        action: "resource_booking.created",
        is_told: true,
        uuid: uuid_of!(BookingId),
    },
    Kind {
        name: "cancelled",
        objects: "SELECT title AS name, id::text FROM resource_bookings WHERE status = 'CANCELLED'",
        action: "resource_booking.cancelled",
        is_told: true,
        uuid: uuid_of!(BookingId),
    },
    Kind {
        name: "item",
        objects: "SELECT label AS name, id::text FROM checklist_items",
        action: "checklist_item.created",
        is_told: false,
        uuid: uuid_of!(ChecklistItemId),
    },
    Kind {
        name: "done",
        objects: "SELECT label AS name, id::text FROM checklist_items WHERE done_at IS NOT NULL",
        action: "checklist_item.completed",
        is_told: true,
        uuid: uuid_of!(ChecklistItemId),
    },
    Kind {
        name: "request",
        objects: "SELECT subject AS name, id::text FROM member_requests",
        action: "member_request.created",
        is_told: true,
        uuid: uuid_of!(RequestId),
    },
];

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    id: String,
}

/// Holds that every answered write is stored once, with its event and its entry, and nothing else is.
pub(crate) fn balance(conn: &mut PgConnection, answered: &Answered) {
    for Kind {
        name: kind,
        objects,
        action,
        is_told,
        uuid,
    } in KINDS
    {
        let expected = of_kind(answered, kind);
        assert!(!expected.is_empty(), "no {kind} was written");
        let stored = expected.iter().map(|(name, id)| (name.clone(), uuid(id)));
        assert_eq!(rows(conn, objects), sorted(stored), "{kind}");
        let told = format!(
            "SELECT '' AS name, payload::json -> 'data' ->> 'id' AS id FROM events \
             WHERE type = '{action}'"
        );
        let ids = expected.iter().map(|(_, id)| (String::new(), id.clone()));
        let ids = if *is_told { sorted(ids) } else { Vec::new() };
        assert_eq!(rows(conn, &told), ids, "the events {action}");
        let noted = format!(
            "SELECT '' AS name, subject_id::text AS id FROM audit_log WHERE action = '{action}'"
        );
        let ids = expected.iter().map(|(_, id)| (String::new(), uuid(id)));
        assert_eq!(rows(conn, &noted), sorted(ids), "the entries {action}");
    }
    let kept = rows(conn, "SELECT key AS name, '' AS id FROM kept_answers");
    let named = answered.keys().map(|name| (name.clone(), String::new()));
    assert_eq!(kept, sorted(named), "the kept answers");
}

/// The names and ids that were answered for writes of a kind.
fn of_kind(answered: &Answered, kind: &str) -> Vec<(String, String)> {
    let name = |named: &str| Some(named.strip_prefix(kind)?.strip_prefix(' ')?.to_owned());
    let writes = answered
        .iter()
        .filter_map(|(named, object)| Some((name(named)?, text(object, "id"))));
    writes.collect()
}

fn rows(conn: &mut PgConnection, query: &str) -> Vec<(String, String)> {
    let rows = diesel::sql_query(query).load::<Named>(conn);
    let rows = rows.unwrap_or_else(|why| panic!("{query}: {why}"));
    sorted(rows.into_iter().map(|row| (row.name, row.id)))
}

fn sorted(rows: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

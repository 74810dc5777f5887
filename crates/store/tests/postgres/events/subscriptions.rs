//! Who is to hear of an event is decided when it is written.

use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use org_domain::import::{ImportStore, Mode};
use org_domain::transaction::End;
use org_kernel::audit::Origin;
use org_kernel::id::OrgId;
use uuid::Uuid;

use super::{Ground, event};

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = Array<SqlUuid>)]
    endpoint_ids: Vec<Uuid>,
}

impl Ground {
    /// Makes an endpoint that is told by a number.
    fn endpoint(&self, org: OrgId, number: u32, types: &str, enabled: bool) {
        let org = org.uuid();
        self.run(&format!(
            "INSERT INTO webhook_endpoints
                 (org_id, id, url, event_types, enabled, created_at, updated_at)
             VALUES ('{org}', lpad('{number}', 32, '0')::uuid, 'https://x.example', '{types}',
                     {enabled}, now(), now())"
        ));
    }

    /// The endpoints of each event of the first organization, by the events' ids.
    fn subscribed(&self) -> Vec<Vec<Uuid>> {
        let query = "SELECT endpoint_ids FROM events WHERE org_id = $1 ORDER BY id";
        let stored = diesel::sql_query(query)
            .bind::<SqlUuid, _>(self.org.uuid())
            .load::<Stored>(&mut self.database.connection());
        let stored = stored.expect("the events can be read").into_iter();
        stored.map(|event| event.endpoint_ids).collect()
    }
}

/// Endpoints by their numbers.
fn endpoints(numbers: &[u128]) -> Vec<Uuid> {
    let numbers = numbers.iter().copied();
    numbers.map(Uuid::from_u128).collect()
}

#[test]
fn those_hear_of_an_event_who_are_enabled_and_subscribed() {
    let ground = Ground::new();
    ground.endpoint(ground.org, 1, "{applause.ended}", true);
    ground.endpoint(ground.org, 2, "{applause.began}", true);
    ground.endpoint(ground.org, 3, "{applause.ended}", false);
    ground.endpoint(ground.other, 4, "{applause.ended}", true);
    ground.endpoint(ground.org, 5, "{applause.began,applause.ended}", true);
    ground.tell(ground.org, &[1], End::Commit);
    assert_eq!(ground.subscribed(), [endpoints(&[1, 5])]);
}

#[test]
fn an_event_that_nobody_subscribed_to_is_for_nobody() {
    let ground = Ground::new();
    ground.tell(ground.org, &[1], End::Commit);
    assert_eq!(ground.subscribed(), [endpoints(&[])]);
}

#[test]
fn an_endpoint_hears_of_what_is_written_while_it_is_enabled() {
    let ground = Ground::new();
    ground.tell(ground.org, &[1], End::Commit);
    ground.endpoint(ground.org, 1, "{applause.ended}", true);
    ground.tell(ground.org, &[2], End::Commit);
    ground.run("UPDATE webhook_endpoints SET enabled = false");
    ground.tell(ground.org, &[3], End::Commit);
    let expected = [endpoints(&[]), endpoints(&[1]), endpoints(&[])];
    assert_eq!(ground.subscribed(), expected);
}

/// More events than are written at a time.
#[test]
fn an_endpoint_hears_of_every_event_of_an_import() {
    let ground = Ground::new();
    ground.endpoint(ground.org, 1, "{applause.ended}", true);
    let pg: &dyn ImportStore = &ground.pg;
    let imported = pg.transact(ground.org, &Origin::OPERATOR, Mode::Keep, &mut |tx| {
        (1..=1_100).try_for_each(|number| tx.append(event(number)))
    });
    imported.expect("a database that answers");
    let subscribed = ground.subscribed();
    assert_eq!(subscribed.len(), 1_100);
    assert!(subscribed.iter().all(|ids| *ids == endpoints(&[1])));
}

//! What several tests need.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use org_domain::organizations::{Organization, OrganizationStore, Slug};
use org_domain::record::Record;
use org_domain::time_zone::TimeZone;
use org_kernel::audit::{Change, Entry, Origin};
use org_kernel::clock::SystemClock;
use org_kernel::field::FromText;
use org_kernel::id::{Id, Kind, OrgId};
use org_kernel::id_source::SystemIds;
use org_kernel::instant::Instant as Moment;
use org_kernel::text::Line;
use org_store::Pg;
use org_store::testing::TestDatabase;
use org_webhooks::fan_out::{DeliveryMode, FanOut};
use uuid::Uuid;

/// How long to wait for what takes a moment, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until `condition` holds.
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Ends every other session of the database, as an administrator does.
pub(crate) fn end_sessions(database: &TestDatabase) {
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let ended = database.connection().batch_execute(end);
    ended.expect("the sessions end");
}

/// An organization that is told by a number.
pub(crate) fn organization(number: u128, slug: &str) -> Record<Organization> {
    let now: Moment = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let zone = TimeZone::from_text("Europe/Vienna").expect("a zone");
    let name = Line::stored("Orchestra".to_owned());
    Record {
        id: OrgId::new(Uuid::from_u128(number)),
        facts: Organization::new(Slug::from_text(slug).expect("a slug"), name, zone),
        created_at: now,
        updated_at: now,
    }
}

/// What the trail has of an organization that is founded.
pub(crate) fn founded(organization: &Record<Organization>) -> Entry {
    let (id, at) = (organization.id.uuid(), organization.created_at);
    let change = Change::new(id, at, "organization.created", organization.id);
    Entry::of(change, &Origin::OPERATOR)
}

/// Stores an organization, and answers its id.
pub(crate) fn store_organization(pg: &Pg, number: u128, slug: &str) -> OrgId {
    let organization = organization(number, slug);
    let stored = pg.insert(&organization, &founded(&organization));
    stored.expect("a new organization");
    organization.id
}

/// Two organizations, `…1` and `…2`, each with a production, a resource, a member and a contact:
/// `…11` is a production of the first, `…12` one of the second.
pub(crate) fn ground() -> TestDatabase {
    let database = TestDatabase::fresh();
    let pg = database.pg();
    for number in [1, 2] {
        store_organization(&pg, number, &format!("org-{number}"));
    }
    let filled = database.connection().batch_execute(
        "CREATE FUNCTION id(number integer) RETURNS uuid LANGUAGE sql IMMUTABLE
             RETURN lpad(number::text, 32, '0')::uuid;
         INSERT INTO productions (org_id, id, title, type, status, start_date, end_date, search_text,
                                  created_at, updated_at)
         SELECT id(org), id(10 + org), 'x', 'OTHER', 'DRAFT', now(), now(), 'x', now(), now()
         FROM generate_series(1, 2) AS org;
         INSERT INTO resources (org_id, id, name, type, setup_minutes, teardown_minutes, status,
                                name_folded, created_at, updated_at)
         SELECT id(org), id(20 + org), 'x', 'HALL', 0, 0, 'AVAILABLE', 'x', now(), now()
         FROM generate_series(1, 2) AS org;
         INSERT INTO members (org_id, id, name, role, status, name_folded, search_text, created_at,
                              updated_at)
         SELECT id(org), id(30 + org), 'x', 'TUTTI', 'ACTIVE', 'x', 'x', now(), now()
         FROM generate_series(1, 2) AS org;
         INSERT INTO contacts (org_id, id, external_id, name, type, tags, created_at, updated_at)
         SELECT id(org), id(50 + org), 'source', 'x', 'OTHER', '{}', '2026-01-01Z', '2026-01-01Z'
         FROM generate_series(1, 2) AS org;",
    );
    filled.expect("the ground is laid");
    database
}

/// The id that `ground` calls by a number: its digits are those of the id's end.
pub(crate) fn id<K: Kind>(number: u128) -> Id<K> {
    Id::new(Uuid::from_u128(number))
}

/// Dispatches every event that is committed. Endpoints that it is for would need a key to sign with.
pub(crate) fn dispatch(pg: &Pg) {
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let fan_out = FanOut::new(Arc::new(pg.clone()), clock, ids, None, DeliveryMode::Record);
    loop {
        let round = fan_out.round().expect("a database that answers");
        assert!(round.failed.is_empty(), "{:?}", round.failed);
        if round.done.events == 0 {
            return;
        }
    }
}

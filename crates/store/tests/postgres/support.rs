//! What several tests need.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use org_domain::organizations::{Organization, OrganizationStore, Slug};
use org_domain::record::Record;
use org_domain::time_zone::TimeZone;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant as Moment;
use org_kernel::text::Line;
use org_store::Pg;
use org_store::testing::TestDatabase;
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

/// Stores an organization, and answers its id.
pub(crate) fn store_organization(pg: &Pg, number: u128, slug: &str) -> OrgId {
    let organization = organization(number, slug);
    OrganizationStore::insert(pg, &organization).expect("a new organization");
    organization.id
}

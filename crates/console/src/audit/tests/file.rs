//! The file: all that the filters find, a piece at a time, and harmless.

use std::sync::{Arc, Mutex};

use org_auth::user::Role;
use org_kernel::StoreError;
use org_kernel::actor::Actor;
use org_kernel::audit::{AuditTrail, Entry, EntryQuery};

use super::{change, contact, note};
use crate::testing::{Page, World};

const FILE: &str = "/settings/audit/export.csv";

/// A trail that keeps how many entries it was asked for at a time.
struct Asked {
    trail: Arc<dyn AuditTrail>,
    limits: Mutex<Vec<u32>>,
}

impl AuditTrail for Asked {
    fn entries(&self, query: &EntryQuery) -> Result<Vec<Entry>, StoreError> {
        self.limits
            .lock()
            .expect("no test panicked")
            .push(query.limit);
        self.trail.entries(query)
    }
}

/// The records of a file, without that of the headings.
fn records(page: &Page) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(page.body.as_bytes());
    let records = reader.records().collect::<Result<_, _>>();
    records.expect("a file that can be read")
}

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    let found = page.headers.iter().find(|(known, _)| known == name);
    &found.expect("the header").1
}

#[actix_web::test]
async fn a_file_is_named_after_the_organization_and_the_day() {
    let world = World::new();
    let page = world.signed_in(Role::Admin).get(FILE).await;
    page.shows(200, &["time,author,author id,action,"]);
    assert!(page.body.starts_with("\u{feff}time,"), "{}", page.body);
    assert_eq!(header(&page, "content-type"), "text/csv; charset=utf-8");
    let name = header(&page, "content-disposition");
    assert_eq!(
        name,
        r#"attachment; filename="vienna-audit-2026-03-14.csv""#
    );
    assert_eq!(header(&page, "cache-control"), "no-store");
}

#[actix_web::test]
async fn a_file_has_all_that_the_filters_find_and_is_read_a_piece_at_a_time() {
    let mut world = World::new();
    let changes: Vec<_> = (1..=2_500)
        .map(|minutes| change(minutes, "contact.created"))
        .collect();
    note(&world, world.vienna, Actor::Operator, &changes);
    note(
        &world,
        world.vienna,
        Actor::Server,
        &[change(3_000, "booking.made")],
    );
    note(
        &world,
        world.linz,
        Actor::Operator,
        &[change(3_001, "contact.created")],
    );
    let asked = Arc::new(Asked {
        trail: Arc::clone(&world.ports.trail),
        limits: Mutex::default(),
    });
    world.ports.trail = asked.clone();
    let page = world
        .signed_in(Role::Admin)
        .get(&format!("{FILE}?what=contact"))
        .await;
    let found: Vec<_> = records(&page)
        .iter()
        .map(|record| record[5].to_owned())
        .collect();
    let expected: Vec<_> = (1..=2_500)
        .map(|number| contact(number).to_string())
        .collect();
    assert_eq!(found, expected, "each once, the newest first");
    assert_eq!(
        *asked.limits.lock().expect("no test panicked"),
        [1000, 1000, 1000]
    );
    assert_eq!(page.body.matches('\u{feff}').count(), 1);
}

#[actix_web::test]
async fn a_file_without_entries_has_its_headings() {
    let world = World::new();
    let page = world
        .signed_in(Role::Admin)
        .get(&format!("{FILE}?what=tour"))
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(page.body.lines().count(), 1);
}

#[actix_web::test]
async fn what_people_wrote_is_no_formula() {
    let world = World::new();
    let owner = world.user(world.vienna, Role::Owner);
    let browser = world.signed_in(Role::Owner);
    let person = world
        .ports
        .users
        .find(owner)
        .expect("an answer")
        .expect("the owner");
    let version = person.updated_at.to_string();
    let name = "=HYPERLINK(\"http://evil.example\",\"x\")";
    let fields = [("version", &*version), ("name", name), ("role", "OWNER")];
    let path = format!("/settings/people/{}", owner.id);
    assert_eq!(browser.post(&path, &fields).await.status, 303);
    let page = browser.get(&format!("{FILE}?what=user.changed")).await;
    let [record] = &records(&page)[..] else {
        panic!("one record in {}", page.body);
    };
    assert_eq!(&record[1], format!("'{name}"), "the author");
    assert_eq!(&record[4], format!("'{name}"), "the object");
    assert!(record[6].starts_with("{\"changes\":"), "{}", &record[6]);
    assert_eq!(&record[9], "/settings/people/{id}");
}

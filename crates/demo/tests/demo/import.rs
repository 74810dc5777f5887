//! The rows on their way through the domain's own import.

use std::sync::Arc;

use org_domain::import::{Imports, Options, Source, Summary};
use org_domain::memory::{InMemory, Rows};
use org_domain::organizations::{Organizations, Slug};
use org_domain::query::{Lists, Words};
use org_domain::repertoire::{WorkEntry, WorkQuery};
use org_domain::time_zone::TimeZone;
use org_kernel::audit::Origin;
use org_kernel::clock::FrozenClock;
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::id_source::SequentialIds;
use org_kernel::page::PageRequest;
use org_kernel::text::Line;
use serde_json::Value;
use time::macros::date;
use time::{Date, Duration};

use super::table::SOME_DAY;

/// A store with the demonstration's organization in it.
struct House {
    store: Arc<InMemory>,
    imports: Imports,
    org: OrgId,
}

impl House {
    fn open() -> Self {
        let store = Arc::new(InMemory::default());
        let now = "2026-11-22T12:00:00Z".parse().expect("an instant");
        let clock = Arc::new(FrozenClock::at(now));
        let ids = Arc::new(SequentialIds::at(1_700_000_000_000));
        let organization = org_demo::organization();
        let created = Organizations::new(store.clone(), clock.clone(), ids.clone()).create(
            Slug::from_text(organization.slug).expect("a slug"),
            Line::from_text(organization.name).expect("a name"),
            TimeZone::from_text(organization.time_zone).expect("a zone"),
            &Origin::OPERATOR,
        );
        Self {
            imports: Imports::new(store.clone(), clock, ids),
            org: created.expect("the organization is new").id,
            store,
        }
    }

    fn import(&self, today: Date) -> Summary {
        let objects = org_demo::rows(today).into_iter().map(|row| match row {
            Value::Object(object) => object,
            other => panic!("{other} is no object"),
        });
        let files: [Box<dyn Source>; 1] = [Box::new(Rows::named("demo").with(objects))];
        self.imports
            .run(
                (self.org, &Origin::OPERATOR),
                &files,
                Options::default(),
                &mut |_| {},
            )
            .expect("the store in memory does not fail")
    }

    fn works(&self, words: &str) -> Vec<WorkEntry> {
        let query = WorkQuery {
            words: Some(Words::from_text(words).expect("search words")),
            composer: None,
        };
        let page = self.store.list(self.org, &query, PageRequest::default());
        page.expect("the store in memory does not fail").items
    }
}

#[test]
fn every_row_is_taken_and_a_second_time_nothing_changes() {
    let house = House::open();
    let rows = org_demo::rows(SOME_DAY).len() as u64;
    let first = house.import(SOME_DAY);
    assert_eq!(first.errors, []);
    assert_eq!((first.created, first.rejected), (rows, 0));
    let second = house.import(SOME_DAY);
    assert_eq!((second.unchanged, second.rejected), (rows, 0));
}

#[test]
fn another_day_is_an_update() {
    let house = House::open();
    house.import(SOME_DAY);
    for days in [1, 40, 400, 4000] {
        let later = house.import(SOME_DAY + Duration::days(days));
        assert_eq!(later.errors, [], "{days} days later");
        assert_eq!(later.created, 0, "{days} days later");
        assert!(later.updated > 0, "{days} days later");
    }
}

#[test]
fn the_new_world_is_found_once_with_the_same_figures_on_any_day() {
    for today in [SOME_DAY, date!(2024 - 02 - 29), date!(2031 - 09 - 01)] {
        let house = House::open();
        house.import(today);
        let found = house.works("new world");
        let [entry] = found.as_slice() else {
            panic!("{} works are found", found.len())
        };
        let work = &entry.work.facts;
        assert_eq!(work.composer.as_str(), "Dvořák, Antonín");
        assert_eq!(work.catalogue.as_ref().map(Line::as_str), Some("Op. 95"));
        assert_eq!(work.movements.len(), 4);
        assert_eq!(entry.figures.count, 11);
        assert_eq!(entry.figures.first_on, Some(date!(1999 - 05 - 20)));
        assert_eq!(entry.figures.last_on, Some(date!(2022 - 10 - 22)));
    }
}

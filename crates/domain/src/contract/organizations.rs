//! Promises about organizations.

mod changing;

use org_kernel::text::Line;

pub use changing::*;

use super::Subject;
use super::setting::Setting;
use crate::contacts::Country;
use crate::organizations::{CreateError, Currency, Locale, Month, Website};

/// A second organization cannot have a slug, and the first one keeps it.
pub fn a_slug_belongs_to_one_organization<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, setting) = (subject.library(), Setting::number(1));
    let first = setting.organization_record("philharmonic");
    let second = setting.organization_record("philharmonic");
    store
        .insert(&first, &setting.founded(&first))
        .expect("a new slug");
    let refusal = store.insert(&second, &setting.founded(&second));
    assert!(
        matches!(refusal, Err(CreateError::SlugTaken)),
        "{refusal:?}"
    );
    let found = store.by_slug(&first.facts.slug).expect("an answer");
    assert_eq!(found, Some(first));
    assert_eq!(store.by_id(second.id).expect("an answer"), None);
}

/// Every fact of an organization comes back, by id and by slug.
pub fn an_organization_is_found_as_it_was_stored<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let (store, setting) = (subject.library(), Setting::number(1));
    let bare = setting.organization_record("bare");
    let mut full = setting.organization_record("full");
    full.facts.legal_name = Some(Line::stored("Dvořák's Orchestra, Ltd. 100%".to_owned()));
    full.facts.locale = Locale::stored("de-AT-u-co-phonebk".to_owned());
    full.facts.currency = Currency::stored("JPY".to_owned());
    full.facts.country = Some(Country::stored("JP".to_owned()));
    full.facts.city = Some(Line::stored("東京".to_owned()));
    full.facts.website = Some(Website::stored(format!(
        "https://example.org/{}",
        "x".repeat(2000)
    )));
    full.facts.season_start_month = Month::new(12).expect("December");
    for organization in [bare, full] {
        let entry = setting.founded(&organization);
        store.insert(&organization, &entry).expect("a new slug");
        let slug = organization.facts.slug.clone();
        let by_id = store.by_id(organization.id).expect("an answer");
        let by_slug = store.by_slug(&slug).expect("an answer");
        assert_eq!(by_id.as_ref(), Some(&organization));
        assert_eq!(by_slug, Some(organization));
    }
    let unknown = setting.organization_record("unknown");
    assert_eq!(store.by_id(unknown.id).expect("an answer"), None);
    assert_eq!(store.by_slug(&unknown.facts.slug).expect("an answer"), None);
}

//! Promises about changing an organization.

use std::sync::Barrier;
use std::thread;

use org_kernel::audit::{EntryQuery, Origin};
use org_kernel::field::FromText;
use org_kernel::id::OrgId;
use org_kernel::instant::Instant;
use org_kernel::text::Line;
use serde_json::{Value, json};

use super::super::Subject;
use super::super::setting::Setting;
use crate::contacts::Country;
use crate::organizations::{
    ChangeError, Currency, Locale, Month, Organization, Organizations, Profile, Website,
};
use crate::record::Record;
use crate::time_zone::TimeZone;

/// How many change one organization at once.
const CROWD: usize = 4;

/// Every field but the slug is replaced; the trail has what differs; no other organization is touched.
pub fn an_organization_is_changed_and_told_of<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let ours = Office::number(&subject, 1);
    let theirs = Office::number(&subject, 2);
    let (before, neighbour) = (ours.stored(), theirs.stored());
    let changed = ours.change(&full(), before.updated_at);
    let changed = changed.expect("the version that is there");
    assert_eq!(changed.facts.slug, before.facts.slug);
    assert_eq!(Profile::from(changed.facts.clone()), full());
    assert_eq!(changed.created_at, before.created_at);
    assert!(
        changed.updated_at > before.updated_at,
        "a version of its own"
    );
    assert_eq!(ours.stored(), changed);
    assert_eq!(theirs.stored(), neighbour);
    let expected = json!({
        "name": { "old": "Dvořák's Orchestra", "new": "Orchestr" },
        "legalName": { "old": null, "new": "Orchestr, s.r.o." },
        "timeZone": { "old": "Europe/Vienna", "new": "Europe/Prague" },
        "locale": { "old": "en", "new": "cs-CZ" },
        "currency": { "old": "EUR", "new": "CZK" },
        "country": { "old": null, "new": "CZ" },
        "city": { "old": null, "new": "Praha" },
        "website": { "old": null, "new": "https://example.org/č" },
        "seasonStartMonth": { "old": 9, "new": 10 },
    });
    assert_eq!(ours.told(), [expected]);
    assert_eq!(theirs.told(), [Value::Null; 0]);
}

/// A profile that says what is known already makes no version and no entry.
pub fn an_organization_that_says_the_same_is_left_alone<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::number(&subject, 1);
    let before = office.stored();
    let same = Profile::from(before.facts.clone());
    let after = office.change(&same, before.updated_at);
    assert_eq!(after.expect("the version that is there"), before);
    assert_eq!(office.stored(), before);
    assert_eq!(office.told(), [Value::Null; 0]);
}

/// Whoever saw another version is shown the one that is there; an organization that is not there has
/// none.
pub fn who_saw_another_version_changes_nothing<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::number(&subject, 1);
    let seen = office.stored().updated_at;
    let there = office.change(&full(), seen).expect("the first");
    let mut late = full();
    late.name = Line::stored("Late".to_owned());
    let refusal = office.change(&late, seen);
    let Err(ChangeError::Changed(shown)) = refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(*shown, there);
    assert_eq!(office.stored(), there);
    assert_eq!(office.told().len(), 1);
    let refusal = office
        .organizations
        .change(OrgId::nobody(), &late, seen, &Origin::OPERATOR);
    assert!(
        matches!(refusal, Err(ChangeError::NoSuchOrg)),
        "{refusal:?}"
    );
}

/// Of several who saw the same version and change it at the same time, one does, and it alone is told
/// of.
pub fn of_those_who_change_an_organization_at_once_one_does<S: Subject>(fresh: impl Fn() -> S) {
    let subject = fresh();
    let office = Office::number(&subject, 1);
    let (seen, start) = (office.stored().updated_at, Barrier::new(CROWD));
    let (organizations, org) = (&office.organizations, office.org);
    let outcomes: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (0..CROWD)
            .map(|number| {
                let mut profile = full();
                profile.name = Line::stored(format!("Orchestr {number}"));
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    organizations.change(org, &profile, seen, &Origin::OPERATOR)
                })
            })
            .collect();
        let outcomes = runs.into_iter().map(|run| run.join().expect("an outcome"));
        outcomes.collect()
    });
    let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1, "{done:?}");
    for refusal in refused {
        assert!(
            matches!(refusal, Err(ChangeError::Changed(_))),
            "{refusal:?}"
        );
    }
    assert_eq!(office.told().len(), 1);
}

/// An organization that may be changed.
struct Office<'a, S> {
    subject: &'a S,
    organizations: Organizations,
    org: OrgId,
}

impl<'a, S: Subject> Office<'a, S> {
    fn number(subject: &'a S, number: u64) -> Self {
        let setting = Setting::number(number);
        let library = subject.library();
        let org = setting.organization(&*library, &format!("org-{number}"));
        let organizations = Organizations::new(library, setting.clock(), setting.ids());
        Self {
            subject,
            organizations,
            org,
        }
    }

    fn stored(&self) -> Record<Organization> {
        let found = self.organizations.get(self.org).expect("an answer");
        found.expect("the organization")
    }

    fn change(
        &self,
        profile: &Profile,
        seen: Instant,
    ) -> Result<Record<Organization>, ChangeError> {
        let origin = &Origin::OPERATOR;
        self.organizations.change(self.org, profile, seen, origin)
    }

    /// What the trail tells of changes.
    fn told(&self) -> Vec<Value> {
        let query = EntryQuery {
            org: Some(self.org),
            action: Some("organization.changed".parse().expect("an action")),
            subject: Some(self.org.into()),
            limit: 100,
            ..EntryQuery::default()
        };
        let entries = self.subject.trail().entries(&query).expect("an answer");
        let told = entries
            .into_iter()
            .map(|entry| entry.details["changes"].clone());
        told.collect()
    }
}

fn full() -> Profile {
    Profile {
        name: Line::stored("Orchestr".to_owned()),
        legal_name: Some(Line::stored("Orchestr, s.r.o.".to_owned())),
        time_zone: TimeZone::from_text("Europe/Prague").expect("a zone"),
        locale: Locale::from_text("cs-CZ").expect("a tag"),
        currency: Currency::from_text("CZK").expect("a currency"),
        country: Some(Country::from_text("CZ").expect("a country")),
        city: Some(Line::stored("Praha".to_owned())),
        website: Some(Website::from_text("https://example.org/č").expect("an address")),
        season_start_month: Month::new(10).expect("October"),
    }
}

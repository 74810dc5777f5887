//! The profile's form.

use askama::Template;
use org_domain::Record;
use org_domain::organizations::{ChangeError, Month, Organization, Profile};
use org_kernel::instant::Instant;

use super::choices::{self, Choice};
use super::profile::Example;
use crate::filters;
use crate::form::Form;
use crate::frame::{Frame, Section};
use crate::local::Local;
use crate::refusal::Refusal;
use crate::reply::{Answer, again, done, outdated, page};
use crate::visit::{Admin, Visit};

/// The fields in their order, and what they are called.
const FIELDS: [(&str, &str); 9] = [
    ("name", "Name"),
    ("legalName", "Legal name"),
    ("website", "Website"),
    ("city", "City"),
    ("country", "Country"),
    ("timeZone", "Time zone"),
    ("locale", "Locale"),
    ("currency", "Currency"),
    ("seasonStartMonth", "Season begins in"),
];

#[derive(Template)]
#[template(path = "organization/edit.html")]
struct EditPage {
    frame: Frame,
    profile: Form,
    /// The version that the form was made from.
    version: String,
    zones: Vec<Choice>,
    countries: Vec<Choice>,
    months: Vec<Choice>,
    example: Example,
    /// What somebody else has put where something else was typed.
    meanwhile: Vec<(&'static str, String)>,
}

impl EditPage {
    fn of(visit: &Visit<Admin>, profile: Form, version: String) -> Self {
        let frame = visit.frame("Edit the profile", Section::Organization);
        let local = Local::new(profile.value("locale"), profile.value("timeZone"));
        Self {
            zones: choices::zones(&visit.organization().facts.time_zone.to_string()),
            countries: choices::countries(),
            months: choices::months(),
            example: Example::of(&local, frame.now),
            meanwhile: Vec::new(),
            frame,
            profile,
            version,
        }
    }
}

pub(crate) async fn form(visit: Visit<Admin>) -> Answer {
    let organization = visit.organization();
    let version = organization.updated_at.to_string();
    let profile = Form::filled(texts(&organization.facts));
    page(&EditPage::of(&visit, profile, version))
}

pub(crate) async fn submit(visit: Visit<Admin>) -> Answer {
    let mut typed = Form::of(visit.form().clone());
    let version = typed.value("version").to_owned();
    let seen: Instant = version.parse().map_err(|_| Refusal::StaleForm)?;
    let Some(profile) = read(&mut typed) else {
        return again(&EditPage::of(&visit, typed, version));
    };
    let (org, origin) = (visit.org(), visit.origin());
    let change = visit.attempt(move |console| {
        let organizations = &console.ports.organizations;
        organizations.change(org, &profile, seen, &origin)
    });
    match change.await? {
        Ok(_) => done("/settings/organization", "organization-changed"),
        Err(ChangeError::Changed(there)) => changed_meanwhile(&visit, typed, &there),
        Err(ChangeError::NoSuchOrg) => Err(Refusal::NotFound),
        Err(ChangeError::Store(failure)) => Err(failure.into()),
    }
}

/// What was typed is kept, and can be sent once more, over what is named beside it.
fn changed_meanwhile(
    visit: &Visit<Admin>,
    mut typed: Form,
    there: &Record<Organization>,
) -> Answer {
    let texts = texts(&there.facts);
    let differing = texts.into_iter().zip(FIELDS);
    let meanwhile = differing
        .filter(|((name, text), _)| typed.value(name) != text)
        .map(|((_, text), (_, label))| (label, text))
        .collect();
    typed.fail("Somebody else changed the profile since you opened this form. Nothing of yours is saved yet.");
    let version = there.updated_at.to_string();
    outdated(&EditPage {
        meanwhile,
        ..EditPage::of(visit, typed, version)
    })
}

/// The profile that was typed, unless something is wrong with it.
fn read(form: &mut Form) -> Option<Profile> {
    let name = form.required("name");
    let legal_name = form.optional("legalName");
    let website = form.optional("website");
    let city = form.optional("city");
    let country = form.optional("country");
    let time_zone = form.required("timeZone");
    let locale = form.required("locale");
    let currency = form.required("currency");
    let season_start_month: Option<Month> = form.required("seasonStartMonth");
    if !form.is_good() {
        return None;
    }
    Some(Profile {
        name: name?,
        legal_name,
        time_zone: time_zone?,
        locale: locale?,
        currency: currency?,
        country,
        city,
        website,
        season_start_month: season_start_month?,
    })
}

/// What stands in the fields of an organization's form, in the order of [`FIELDS`].
fn texts(facts: &Organization) -> [(&'static str, String); 9] {
    fn text(value: Option<&impl ToString>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let texts = [
        facts.name.to_string(),
        text(facts.legal_name.as_ref()),
        text(facts.website.as_ref()),
        text(facts.city.as_ref()),
        text(facts.country.as_ref()),
        facts.time_zone.to_string(),
        facts.locale.to_string(),
        facts.currency.to_string(),
        facts.season_start_month.number().to_string(),
    ];
    let mut names = FIELDS.into_iter();
    texts.map(|text| (names.next().map_or("", |(name, _)| name), text))
}

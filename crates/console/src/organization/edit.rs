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

/// A field of the form: its name, what it is called, and what stands in it.
struct Field(&'static str, &'static str, String);

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
    let fields = fields(&organization.facts).into_iter();
    let profile = Form::filled(fields.map(|Field(name, _, text)| (name, text)));
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
    let fields = fields(&there.facts).into_iter();
    let meanwhile = fields
        .filter(|Field(name, _, text)| typed.value(name) != text)
        .map(|Field(_, label, text)| (label, text))
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

/// The form of an organization as it is.
fn fields(facts: &Organization) -> [Field; 9] {
    fn text(value: Option<&impl ToString>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let month = facts.season_start_month.number().to_string();
    [
        Field("name", "Name", facts.name.to_string()),
        Field("legalName", "Legal name", text(facts.legal_name.as_ref())),
        Field("website", "Website", text(facts.website.as_ref())),
        Field("city", "City", text(facts.city.as_ref())),
        Field("country", "Country", text(facts.country.as_ref())),
        Field("timeZone", "Time zone", facts.time_zone.to_string()),
        Field("locale", "Locale", facts.locale.to_string()),
        Field("currency", "Currency", facts.currency.to_string()),
        Field("seasonStartMonth", "Season begins in", month),
    ]
}

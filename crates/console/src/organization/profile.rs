//! The profile, as everybody sees it.

use askama::Template;
use org_domain::organizations::Organization;
use org_kernel::instant::Instant;

use super::choices;
use crate::frame::{Frame, Section};
use crate::local::Local;
use crate::reply::{Answer, page};
use crate::visit::{Viewer, Visit};

#[derive(Template)]
#[template(path = "organization/profile.html")]
struct ProfilePage {
    frame: Frame,
    organization: Organization,
    country: Option<String>,
    currency: String,
    month: String,
    example: Example,
}

/// A moment and a number, as an organization writes them.
pub(super) struct Example {
    pub(super) moment: String,
    pub(super) number: String,
}

impl Example {
    pub(super) fn of(local: &Local, now: Instant) -> Self {
        Self {
            moment: local.moment(now),
            number: local.number(1_234_567),
        }
    }
}

pub(crate) async fn show(visit: Visit<Viewer>) -> Answer {
    let frame = visit.frame("Organization", Section::Organization);
    let organization = visit.organization().facts.clone();
    let country = organization.country.as_ref();
    page(&ProfilePage {
        country: country.map(|code| choices::country(code.as_str()).to_owned()),
        currency: choices::currency(organization.currency.as_str()),
        month: choices::month(organization.season_start_month),
        example: Example::of(&frame.local, frame.now),
        organization,
        frame,
    })
}

//! `org-api org …`

use org_domain::organizations::{CreateError, Organizations, Slug};
use org_domain::time_zone::TimeZone;
use org_kernel::audit::Origin;
use org_kernel::text::Line;
use serde_json::json;

use crate::cli::{NewOrgArgs, OrgCommand};
use crate::database::{Database, clock, ids};
use crate::failure::Failure;
use crate::output::{Output, flag};

pub(super) fn run(
    command: &OrgCommand,
    database: &Database,
    output: Output,
) -> Result<(), Failure> {
    let OrgCommand::Create(arguments) = command;
    let (slug, name, time_zone) = read(arguments)?;
    let created = organizations(database).create(slug, name, time_zone, &Origin::OPERATOR);
    let created = created.map_err(|error| match error {
        CreateError::SlugTaken => Failure::Failed(format!("--slug: {} is taken", arguments.slug)),
        CreateError::Store(cause) => Failure::of(&cause),
    })?;
    let answer = json!({ "id": created.id, "slug": created.facts.slug.as_str() });
    output.show(&answer, |_| {
        format!("organization {} is {}", created.facts.slug, created.id)
    })
}

fn read(arguments: &NewOrgArgs) -> Result<(Slug, Line<200>, TimeZone), Failure> {
    Ok((
        flag("slug", &arguments.slug)?,
        flag("name", &arguments.name)?,
        flag("time-zone", &arguments.time_zone)?,
    ))
}

pub(super) fn organizations(database: &Database) -> Organizations {
    Organizations::new(database.store(), clock(), ids())
}

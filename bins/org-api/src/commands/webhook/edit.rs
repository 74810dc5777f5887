//! Changing, enabling and disabling.

use org_kernel::audit::Origin;
use org_webhooks::endpoints::EndpointChanges;

use super::refusal::{not_changed, not_written, read_id};
use super::{Desk, resolving, show};
use crate::cli::{EndpointArg, EndpointChangesArgs};
use crate::endpoints::endpoints;
use crate::failure::Failure;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    Enable,
    Disable,
}

pub(super) fn update(arguments: &EndpointChangesArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(&arguments.id)?;
    let changes = EndpointChanges {
        url: arguments.url.clone(),
        description: arguments.description.clone(),
        event_types: arguments.events.clone(),
        seen: None,
    };
    if changes == EndpointChanges::default() {
        let usage = "nothing is to be changed: give --url, --event or --description";
        return Err(Failure::Usage(usage.to_owned()));
    }
    if let Some(url) = &changes.url {
        resolving::check(url, &desk.settings.webhooks)?;
    }
    let endpoints = endpoints(desk.settings, desk.database, None);
    let done = endpoints.change(target, &changes, &Origin::OPERATOR);
    let endpoint = done.map_err(|error| not_changed(error, arguments))?;
    show::one(&endpoint, desk.output)
}

pub(super) fn switch(
    EndpointArg { id }: &EndpointArg,
    to: Switch,
    desk: Desk<'_>,
) -> Result<(), Failure> {
    let target = read_id(id)?;
    let endpoints = endpoints(desk.settings, desk.database, None);
    let done = match to {
        Switch::Enable => endpoints.enable(target, &Origin::OPERATOR),
        Switch::Disable => endpoints.disable(target, &Origin::OPERATOR),
    };
    let endpoint = done.map_err(|error| not_written(error, id))?;
    show::one(&endpoint, desk.output)
}

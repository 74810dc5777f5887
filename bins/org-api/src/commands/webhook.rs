//! `org-api webhook …`

mod edit;
mod log;
mod refusal;
mod resolving;
mod show;

use org_kernel::audit::Origin;
use org_webhooks::endpoint::Endpoint;
use org_webhooks::endpoints::EndpointRequest;
use org_webhooks::secret::SigningSecret;
use serde_json::json;

use self::edit::Switch;
use self::refusal::{not_created, not_rotated, read_id, unknown};
use crate::cli::{EndpointArg, NewEndpointArgs, WebhookCommand};
use crate::database::Database;
use crate::endpoints::endpoints;
use crate::failure::Failure;
use crate::master_key::Keyring;
use crate::output::Output;
use crate::settings::Settings;

/// What every one of these commands works with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) settings: &'a Settings,
    pub(super) database: &'a Database,
    pub(super) output: Output,
}

pub(super) fn run(command: &WebhookCommand, desk: Desk<'_>) -> Result<(), Failure> {
    match command {
        WebhookCommand::Create(arguments) => create(arguments, desk),
        WebhookCommand::List { org } => show::list(org, desk),
        WebhookCommand::Update(arguments) => edit::update(arguments, desk),
        WebhookCommand::Enable(endpoint) => edit::switch(endpoint, Switch::Enable, desk),
        WebhookCommand::Disable(endpoint) => edit::switch(endpoint, Switch::Disable, desk),
        WebhookCommand::Rotate(endpoint) => rotate(endpoint, desk),
        WebhookCommand::Delete(endpoint) => delete(endpoint, desk),
        WebhookCommand::Test(endpoint) => log::test(endpoint, desk),
        WebhookCommand::Deliveries(arguments) => log::list(arguments, desk),
        WebhookCommand::Show(delivery) => log::show(delivery, desk),
        WebhookCommand::Resend(delivery) => log::resend(delivery, desk),
        WebhookCommand::Replay { id, since } => log::replay(id, since, desk),
    }
}

fn create(arguments: &NewEndpointArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let request = EndpointRequest {
        org: desk.database.organization(&arguments.org)?.id,
        id: None,
        url: arguments.url.clone(),
        description: arguments.description.clone(),
        event_types: arguments.events.clone(),
    };
    resolving::check(&request.url, &desk.settings.webhooks)?;
    let key = Keyring::of(desk.settings, desk.database).open()?;
    let endpoints = endpoints(desk.settings, desk.database, key);
    let created = endpoints.create(&request, &Origin::OPERATOR);
    let (endpoint, secret) = created.map_err(|error| not_created(error, &arguments.events))?;
    show_secret(&endpoint, &secret, desk.output)
}

fn rotate(EndpointArg { id }: &EndpointArg, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(id)?;
    let key = Keyring::of(desk.settings, desk.database).open()?;
    let endpoints = endpoints(desk.settings, desk.database, key);
    let secret = endpoints.rotate(target, &Origin::OPERATOR);
    let secret = secret.map_err(|error| not_rotated(error, id))?;
    let endpoint = endpoints.find(target)?.ok_or_else(|| unknown(id))?;
    show_secret(&endpoint, &secret, desk.output)
}

fn delete(EndpointArg { id }: &EndpointArg, desk: Desk<'_>) -> Result<(), Failure> {
    let target = read_id(id)?;
    let endpoints = endpoints(desk.settings, desk.database, None);
    let deleted = endpoints.delete(target, &Origin::OPERATOR);
    deleted.map_err(|error| refusal::not_written(error, id))?;
    let output = desk.output;
    output.show(&json!({ "id": target }), |_| format!("{target} is deleted"))
}

fn show_secret(endpoint: &Endpoint, secret: &SigningSecret, output: Output) -> Result<(), Failure> {
    let (id, secret) = (endpoint.id, secret.expose());
    output.show(&json!({ "id": id, "secret": secret }), |_| {
        format!("{id}\n{secret}\nThe secret is shown this once.")
    })
}

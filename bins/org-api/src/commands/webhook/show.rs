//! What is shown of endpoints, which is never a secret.

use org_webhooks::endpoint::{Description, DisabledBecause, Endpoint};
use serde_json::{Value, json};

use super::Desk;
use crate::endpoints::endpoints;
use crate::failure::Failure;
use crate::output::Output;

pub(super) fn list(slug: &str, desk: Desk<'_>) -> Result<(), Failure> {
    let org = desk.database.organization(slug)?.id;
    let listed = endpoints(desk.settings, desk.database, None).list(org)?;
    let items: Vec<_> = listed.iter().map(row).collect();
    desk.output.show(&json!({ "items": items }), |_| {
        let lines: Vec<_> = listed.iter().map(line).collect();
        if lines.is_empty() {
            format!("{slug} has no webhook endpoints")
        } else {
            lines.join("\n")
        }
    })
}

pub(super) fn one(endpoint: &Endpoint, output: Output) -> Result<(), Failure> {
    output.show(&row(endpoint), |_| line(endpoint))
}

fn row(endpoint: &Endpoint) -> Value {
    json!({
        "id": endpoint.id,
        "url": endpoint.url.as_str(),
        "description": endpoint.description.as_ref().map(AsRef::<str>::as_ref),
        "eventTypes": endpoint.event_types.names(),
        "enabled": endpoint.enabled,
        "createdAt": endpoint.created_at,
        "disabledBecause": endpoint.disabled_because.map(DisabledBecause::as_str),
        "failingSince": endpoint.failing_since,
    })
}

/// `whk_…  https://hooks.example/  enabled  production.created  Box office`
fn line(endpoint: &Endpoint) -> String {
    let state = match (endpoint.enabled, endpoint.disabled_because) {
        (true, _) => "enabled".to_owned(),
        (false, None) => "disabled".to_owned(),
        (false, Some(DisabledBecause::Gone)) => "disabled: it said that it is gone".to_owned(),
        (false, Some(DisabledBecause::Failing)) => "disabled: it failed for days".to_owned(),
    };
    let failing = endpoint.failing_since;
    let failing = failing.map(|since| format!("failing since {since}"));
    let parts = [
        Some(endpoint.id.to_string()),
        Some(endpoint.url.as_str().to_owned()),
        Some(state),
        failing,
        Some(endpoint.event_types.names().join(" ")),
        endpoint.description.as_ref().map(on_one_line),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

fn on_one_line(description: &Description) -> String {
    let lines = description.as_ref().split_whitespace();
    lines.collect::<Vec<_>>().join(" ")
}

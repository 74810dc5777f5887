//! What somebody wants an endpoint to be, and what it may be.

use org_kernel::field::{FieldErrors, FromText};
use org_kernel::id::{EndpointId, OrgId};
use org_kernel::instant::Instant;
use org_kernel::text::trimmed;

use crate::egress::EgressPolicy;
use crate::endpoint::{Description, Endpoint, EndpointUrl, EventTypes};

/// What somebody wants an endpoint to be, as they wrote it.
#[derive(Clone, Debug)]
pub struct EndpointRequest {
    /// The organization whose events it is to hear of.
    pub org: OrgId,
    /// The id that it is to have, so that whoever asks twice gets one endpoint; none for a new one.
    pub id: Option<EndpointId>,
    /// Where deliveries go.
    pub url: String,
    /// What people say of it; blank is nothing.
    pub description: Option<String>,
    /// The events that it hears of.
    pub event_types: Vec<String>,
}

/// What somebody wants to be different, as they wrote it; nothing else is touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointChanges {
    /// Another URL.
    pub url: Option<String>,
    /// Another description; a blank one takes it away.
    pub description: Option<String>,
    /// Other events.
    pub event_types: Option<Vec<String>>,
    /// When the endpoint that the caller saw was last changed; where it was changed since then, nothing is
    /// done. None for whoever wants the change whatever was done meanwhile.
    pub seen: Option<Instant>,
}

/// What an endpoint may be.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Where deliveries may go.
    pub egress: EgressPolicy,
    /// The names of all events that there are to hear of.
    pub event_types: Vec<&'static str>,
}

/// A request that keeps the rules.
pub(super) struct Asked {
    pub(super) url: EndpointUrl,
    pub(super) description: Option<Description>,
    pub(super) event_types: EventTypes,
}

/// Changes that keep the rules.
pub(super) struct AskedChanges {
    url: Option<EndpointUrl>,
    description: Option<NewDescription>,
    event_types: Option<EventTypes>,
}

/// What the description becomes: nothing, where it is taken away.
struct NewDescription(Option<Description>);

impl AskedChanges {
    pub(super) fn apply_to(&self, endpoint: &mut Endpoint) {
        if let Some(url) = &self.url
            && *url != endpoint.url
        {
            endpoint.url = url.clone();
            // Whoever failed was somewhere else.
            endpoint.failing_since = None;
        }
        if let Some(NewDescription(description)) = &self.description {
            endpoint.description.clone_from(description);
        }
        if let Some(event_types) = &self.event_types {
            endpoint.event_types = event_types.clone();
        }
    }
}

impl Rules {
    /// Reads a request, or says of every field what is wrong with it.
    pub(super) fn check(&self, request: &EndpointRequest) -> Result<Asked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let url = self.url(&request.url, &mut errors);
        let description = request.description.as_deref();
        let description = description.and_then(|text| self::description(text, &mut errors));
        let event_types = self.event_types(&request.event_types, &mut errors);
        match (url, event_types) {
            (Some(url), Some(event_types)) if errors.is_empty() => Ok(Asked {
                url,
                description: description.and_then(|NewDescription(description)| description),
                event_types,
            }),
            _ => Err(errors),
        }
    }

    /// Reads changes, or says of every field what is wrong with it.
    pub(super) fn check_changes(
        &self,
        changes: &EndpointChanges,
    ) -> Result<AskedChanges, FieldErrors> {
        let mut errors = FieldErrors::default();
        let url = changes.url.as_deref();
        let description = changes.description.as_deref();
        let event_types = changes.event_types.as_deref();
        let asked = AskedChanges {
            url: url.and_then(|text| self.url(text, &mut errors)),
            description: description.and_then(|text| self::description(text, &mut errors)),
            event_types: event_types.and_then(|names| self.event_types(names, &mut errors)),
        };
        if errors.is_empty() {
            Ok(asked)
        } else {
            Err(errors)
        }
    }

    fn url(&self, text: &str, errors: &mut FieldErrors) -> Option<EndpointUrl> {
        let parsed = EndpointUrl::parse(text, &self.egress);
        parsed.map_err(|invalid| errors.add("url", invalid)).ok()
    }

    fn event_types(&self, names: &[String], errors: &mut FieldErrors) -> Option<EventTypes> {
        let types = EventTypes::of(names, &self.event_types, "eventTypes");
        types.map_err(|invalid| errors.merge(invalid)).ok()
    }
}

/// None where it is not valid.
fn description(text: &str, errors: &mut FieldErrors) -> Option<NewDescription> {
    if trimmed(text).is_empty() {
        return Some(NewDescription(None));
    }
    let parsed = Description::from_text(text);
    let parsed = parsed
        .map_err(|invalid| errors.add("description", invalid))
        .ok()?;
    Some(NewDescription(Some(parsed)))
}

//! The fields of an endpoint: where deliveries go, what people say of it, and of which events it hears.

use org_domain::events::{CATALOGUE, EventType};
use org_kernel::field::FieldErrors;

use crate::fields::Fields;
use crate::form::Form;

/// What a form asks for, as it was typed.
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) description: String,
    pub(super) event_types: Vec<String>,
}

impl Asked {
    pub(super) fn of(form: &Form) -> Self {
        let event_types = form.typed().all("eventTypes");
        Self {
            url: form.value("url").to_owned(),
            description: form.value("description").to_owned(),
            event_types: event_types.map(str::to_owned).collect(),
        }
    }
}

/// A form in which these stand.
pub(super) fn filled(url: &str, description: &str, event_types: &[String]) -> Form {
    let mut fields = Fields::default();
    fields.add("url", url);
    fields.add("description", description);
    for name in event_types {
        fields.add("eventTypes", name);
    }
    Form::of(fields)
}

/// Takes over what is wrong, in the order of the fields. Of event types the form has one message, whichever
/// of them is meant.
pub(super) fn reject(form: &mut Form, errors: &FieldErrors) {
    for field in ["url", "description", "eventTypes"] {
        let of_field = errors
            .iter()
            .filter(|(name, _)| name.split('[').next() == Some(field));
        for (_, message) in of_field {
            form.reject(field, message);
        }
    }
}

/// Every type of event, in the order in which they are listed.
pub(super) const fn catalogue() -> &'static [EventType] {
    CATALOGUE
}

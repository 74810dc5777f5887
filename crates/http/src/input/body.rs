//! The body of a request, as it is read and as the documentation shows it.

use org_kernel::field::Fields;
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};

use crate::answer::Item;
use crate::schemas::Schemas;

/// What is read from a body.
pub(crate) trait Body: Sized {
    /// How it is documented.
    type Form: Item;

    /// The fields of the answered object that cannot be set here. They are passed over, so that what
    /// was read can be sent back.
    const READ_ONLY: &'static [&'static str];

    /// True when there can be no request without it.
    const REQUIRED: bool = true;

    /// Asks for every field, whatever was wrong with those before it; `None` only if the fields hold
    /// an error.
    fn read(fields: &mut Fields) -> Option<Self>;
}

/// A body as the documentation shows it.
pub(crate) struct ShownBody {
    pub(crate) schema: RefOr<Schema>,
    pub(crate) example: Value,
    pub(crate) required: bool,
}

impl ShownBody {
    pub(super) fn of<B: Body>(schemas: &mut Schemas) -> Self {
        Self {
            schema: schemas.refer_to_input::<B::Form>(),
            example: json!(B::Form::example()),
            required: B::REQUIRED,
        }
    }
}

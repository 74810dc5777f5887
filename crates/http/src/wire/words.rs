//! Search words.

use org_domain::query::Words;
use utoipa::openapi::{RefOr, Schema};

use crate::input::Described;
use crate::schemas::{self, Schemas};

impl Described for Words {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        schemas::text("dvorak")
            .min_length(Some(1))
            .max_length(Some(Self::MAX))
            .into()
    }
}

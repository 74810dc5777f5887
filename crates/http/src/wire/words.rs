//! Search words.

use org_domain::query::Words;
use utoipa::openapi::{RefOr, Schema};

use crate::input::Described;
use crate::schemas::{self, Schemas};

impl Described for Words {
    fn schema(_: &mut Schemas) -> RefOr<Schema> {
        let meaning =
            "Each word must occur somewhere, if only as a part, whatever its case and accents.";
        schemas::text("dvorak")
            .description(Some(meaning))
            .min_length(Some(1))
            .max_length(Some(Self::MAX))
            .into()
    }
}

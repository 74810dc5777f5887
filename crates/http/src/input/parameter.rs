//! A parameter as the documentation shows it.

use org_kernel::field::FromText;
use utoipa::openapi::{RefOr, Schema};

use crate::schemas::Schemas;

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
}

/// One parameter of an endpoint.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) description: &'static str,
    pub(crate) schema: RefOr<Schema>,
}

/// A value that can be read from text, and whose form can be told.
pub(crate) trait Described: FromText {
    /// The form, either whole or as a reference to what is then in `schemas`.
    fn schema(schemas: &mut Schemas) -> RefOr<Schema>;
}

//! The form of every failure, and the list of codes.

use std::borrow::Cow;

use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::failure::ErrorCode;

/// The name of the form of every failure.
pub(super) const ERROR: &str = "Error";

/// The form of every failure.
pub(super) struct Failed;

impl ToSchema for Failed {
    fn name() -> Cow<'static, str> {
        ERROR.into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ErrorCode::name().into_owned(), ErrorCode::schema()));
    }
}

impl PartialSchema for Failed {
    fn schema() -> RefOr<Schema> {
        let of = |form: Type| ObjectBuilder::new().schema_type(SchemaType::Type(form));
        let error = of(Type::Object)
            .property(
                "message",
                of(Type::String).description(Some("For people; it may change.")),
            )
            .required("message")
            .property("code", Ref::from_schema_name(ErrorCode::name()))
            .required("code")
            .property(
                "details",
                of(Type::Object).description(Some("What there is to say besides, by code.")),
            )
            .required("details");
        of(Type::Object)
            .description(Some("What a request that fails is answered."))
            .property("success", of(Type::Boolean).enum_values(Some([false])))
            .property("error", error)
            .into()
    }
}

impl ToSchema for ErrorCode {}

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::String))
            .description(Some("For programs; it will not change."))
            .enum_values(Some(Self::ALL.iter().map(|code| code.as_str())))
            .into()
    }
}

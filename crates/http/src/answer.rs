//! What a request that succeeds is answered, in the envelope of success.

mod list;
pub(crate) mod written;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

pub(crate) use list::List;
pub(crate) use written::{Changed, Created, Located, Written};

use crate::failure::Failure;
use crate::schemas::Schemas;

/// What can be answered, and how that is described.
pub(crate) trait Reply: 'static {
    /// The status of an answer that is given for the first time.
    const STATUS: StatusCode = StatusCode::OK;

    /// The response that carries it.
    fn into_response(self) -> Result<HttpResponse, Failure>;

    /// What the documentation shows of it.
    fn shown(schemas: &mut Schemas) -> Shown;
}

/// A body as the documentation shows it.
pub(crate) struct Shown {
    pub(crate) content_type: &'static str,
    pub(crate) schema: RefOr<Schema>,
    pub(crate) example: Option<Value>,
}

/// What stands in an envelope's `data`.
pub(crate) trait Data: Serialize + 'static {
    /// Its form.
    fn schema(schemas: &mut Schemas) -> RefOr<Schema>;

    /// One that could be answered.
    fn example() -> Self;
}

/// `{ "success": true, "data": … }`, with status 200.
#[derive(Debug, Serialize)]
pub(crate) struct Answer<T> {
    success: bool,
    data: T,
}

/// `data` in the envelope of success.
pub(crate) fn envelope<T>(data: T) -> Answer<T> {
    Answer {
        success: true,
        data,
    }
}

impl<T> From<T> for Answer<T> {
    fn from(data: T) -> Self {
        envelope(data)
    }
}

impl<T: Data> Reply for Answer<T> {
    fn into_response(self) -> Result<HttpResponse, Failure> {
        let body = serde_json::to_vec(&self).map_err(Failure::internal)?;
        Ok(HttpResponse::Ok()
            .insert_header(ContentType::json())
            .body(body))
    }

    fn shown(schemas: &mut Schemas) -> Shown {
        Self::shown_by(T::example(), schemas)
    }
}

impl<T: Data> Answer<T> {
    /// The same, with another example.
    fn shown_by(example: T, schemas: &mut Schemas) -> Shown {
        let success = ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Boolean))
            .enum_values(Some([true]));
        let envelope = ObjectBuilder::new()
            .property("success", success)
            .property("data", T::schema(schemas));
        Shown {
            content_type: "application/json",
            schema: envelope.required("success").required("data").into(),
            example: Some(json!(Self::from(example))),
        }
    }
}

/// An object with a named form.
pub(crate) trait Item: Serialize + ToSchema + Sized + 'static {
    /// One that could be answered.
    fn example() -> Self;

    /// One that was just changed.
    fn changed_example() -> Self {
        Self::example()
    }
}

impl<T: Item> Data for T {
    fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
        schemas.refer::<T>()
    }

    fn example() -> Self {
        <T as Item>::example()
    }
}

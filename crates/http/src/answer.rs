//! What a request that succeeds is answered, in the envelope of success.

mod list;
pub(crate) mod written;

use std::marker::PhantomData;

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
///
/// It is written where the data is at hand, which for what is read is a blocking thread: the worker only
/// has bytes to send, and what they were made of is freed where it was allocated.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    body: Vec<u8>,
    data: PhantomData<fn() -> T>,
}

/// How many bytes a body is expected to have; most have fewer, and the pages of lists some times as many.
const USUAL_LENGTH: usize = 8 * 1024;

impl<T: Serialize> Answer<T> {
    /// Writes `data` in the envelope of success.
    pub(crate) fn of(data: &T) -> Result<Self, Failure> {
        let mut body = Vec::with_capacity(USUAL_LENGTH);
        serde_json::to_writer(&mut body, &envelope(data)).map_err(Failure::internal)?;
        let data = PhantomData;
        Ok(Self { body, data })
    }
}

/// What is around every answer of success.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<T> {
    success: bool,
    data: T,
}

/// `data` in the envelope of success.
pub(crate) fn envelope<T>(data: T) -> Envelope<T> {
    Envelope {
        success: true,
        data,
    }
}

impl<T: Data> Reply for Answer<T> {
    fn into_response(self) -> Result<HttpResponse, Failure> {
        Ok(HttpResponse::Ok()
            .insert_header(ContentType::json())
            .body(self.body))
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
        let schema = ObjectBuilder::new()
            .property("success", success)
            .property("data", T::schema(schemas));
        Shown {
            content_type: "application/json",
            schema: schema.required("success").required("data").into(),
            example: Some(json!(envelope(example))),
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

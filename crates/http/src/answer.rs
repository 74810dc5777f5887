//! What a request that succeeds is answered, in the envelope of success.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use org_kernel::page::Page;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

use crate::failure::Failure;
use crate::schemas::Schemas;

/// What can be answered, and how that is described.
pub(crate) trait Reply: 'static {
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

impl<T> From<T> for Answer<T> {
    fn from(data: T) -> Self {
        Self {
            success: true,
            data,
        }
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
        let success = ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Boolean))
            .enum_values(Some([true]));
        let envelope = ObjectBuilder::new()
            .property("success", success)
            .property("data", T::schema(schemas));
        Shown {
            content_type: "application/json",
            schema: envelope.required("success").required("data").into(),
            example: serde_json::to_value(Self::from(T::example())).ok(),
        }
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct List<T> {
    items: Vec<T>,
    page: u32,
    limit: u32,
    total: u64,
    total_pages: u64,
}

impl<F, T: From<F>> From<Page<F>> for List<T> {
    fn from(page: Page<F>) -> Self {
        let total_pages = page.total_pages();
        Self {
            items: page.items.into_iter().map(T::from).collect(),
            page: page.request.page(),
            limit: page.request.limit(),
            total: page.total,
            total_pages,
        }
    }
}

/// An object with a named form.
pub(crate) trait Item: Serialize + ToSchema + 'static {
    /// One that could be answered.
    fn example() -> Self;
}

impl<T: Item> Data for T {
    fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
        schemas.refer::<T>()
    }

    fn example() -> Self {
        <T as Item>::example()
    }
}

impl<T: Item> Data for List<T> {
    fn schema(schemas: &mut Schemas) -> RefOr<Schema> {
        let number = |description: &str| {
            let number = ObjectBuilder::new()
                .schema_type(SchemaType::Type(Type::Integer))
                .minimum(Some(0));
            number.description(Some(description))
        };
        ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(schemas.refer::<T>()))
            .property("page", number("The number of this page, from 1."))
            .property("limit", number("How many items a page has at the most."))
            .property("total", number("How many items the whole list has."))
            .property(
                "totalPages",
                number("How many pages the whole list has; 0 when it is empty."),
            )
            .required("items")
            .required("page")
            .required("limit")
            .required("total")
            .required("totalPages")
            .into()
    }

    fn example() -> Self {
        Self {
            items: vec![T::example()],
            page: 1,
            limit: 50,
            total: 1,
            total_pages: 1,
        }
    }
}

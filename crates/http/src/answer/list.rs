//! One page of a list, as it is answered.

use org_kernel::page::Page;
use serde::Serialize;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

use super::{Data, Item};
use crate::schemas::Schemas;

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

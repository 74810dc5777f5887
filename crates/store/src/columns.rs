//! How values of the domain stand in columns.
//!
//! Rows hold what PostgreSQL knows; [`Row::into_item`] makes a domain value of one. It was checked
//! before it was stored, so a row that makes none is damage, and fails as such.

mod actor;
mod choice;
mod gathered;
mod json;
mod soloist;

use diesel::QueryResult;
use org_domain::Facts;
use org_domain::record::Record;
use org_kernel::id::Id;
use org_kernel::instant::Instant;
use time::OffsetDateTime;
use uuid::Uuid;

pub(crate) use actor::{actor, actor_columns};
pub(crate) use choice::Choice;
pub(crate) use gathered::{Gathered, Part};
pub(crate) use json::Json;
pub(crate) use soloist::{SoloistValues, soloist_values, soloists};

#[diesel::declare_sql_function]
extern "SQL" {
    /// The beginning of a text, which is what an index holds of it. A list that orders by the head
    /// of a text and then by the text orders by the text, and reads the index in its order.
    fn head(whole: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What is read of a table, on its way to the domain.
pub(crate) trait Row {
    /// What a row is of.
    type Item;

    /// The domain's value.
    fn into_item(self) -> QueryResult<Self::Item>;
}

/// The domain's values of rows.
pub(crate) fn items<R: Row>(rows: impl IntoIterator<Item = R>) -> QueryResult<Vec<R::Item>> {
    rows.into_iter().map(R::into_item).collect()
}

/// Facts with the columns that every record has.
pub(crate) fn record<F: Facts>(
    id: Uuid,
    facts: F,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
) -> Record<F> {
    Record {
        id: Id::new(id),
        facts,
        created_at: Instant::from(created_at),
        updated_at: Instant::from(updated_at),
    }
}

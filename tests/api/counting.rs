//! What the database holds, counted where no endpoint tells.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The number that a query answers in its one column, `count`.
pub(crate) fn count(conn: &mut PgConnection, query: &str) -> i64 {
    let answer = diesel::sql_query(query).get_result::<Count>(conn);
    answer.unwrap_or_else(|why| panic!("{query}: {why}")).count
}

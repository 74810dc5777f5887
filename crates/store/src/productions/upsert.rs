//! How productions are written: many at once by imports, and one by one; each with its programme.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::productions::ProductionPlan;
use org_domain::record::Record;
use org_kernel::id::{OrgId, ProductionId};

use super::plans::{insert_programmes, replace_programmes, with_programmes};
use super::row::{NewProduction, ProductionRow};
use crate::columns::{Row, items};
use crate::import::{Upsert, any_of, copy_in, replace};
use crate::schema::productions;
use crate::writes::{Kept, held, set_row};

/// Has rows replaced, by a macro that is told which columns of a production change.
macro_rules! with_columns {
    ($replace:ident, $conn:expr, $rows:expr) => {
        $replace!(
            $conn,
            productions,
            $rows,
            [
                code,
                title,
                subtitle,
                season,
                series,
                type_,
                status,
                start_date,
                end_date,
                conductor,
                venue,
                description,
                search_text,
                updated_at,
            ]
        )
    };
}

impl Upsert for ProductionPlan {
    fn stored(
        conn: &mut PgConnection,
        org: OrgId,
        names: &[&str],
    ) -> QueryResult<Vec<(String, Record<Self>)>> {
        let rows: Vec<(String, ProductionRow)> = productions::table
            .filter(productions::org_id.eq(org.uuid()))
            .filter(productions::external_id.eq(any_of(names)))
            .select((
                productions::external_id.assume_not_null(),
                ProductionRow::as_select(),
            ))
            .for_no_key_update()
            .load(conn)?;
        let (names, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let plans = with_programmes(conn, org, items(rows)?)?;
        Ok(names.into_iter().zip(plans).collect())
    }

    fn insert(
        conn: &mut PgConnection,
        org: OrgId,
        rows: &[(ExternalId, Record<Self>)],
    ) -> QueryResult<()> {
        let new = rows
            .iter()
            .map(|(name, record)| NewProduction::of(org, Some(name), record));
        copy_in!(conn, productions, new.collect::<Vec<_>>())?;
        insert_programmes(conn, org, rows.iter().map(|(_, record)| record))
    }

    fn update(conn: &mut PgConnection, org: OrgId, rows: &[Record<Self>]) -> QueryResult<()> {
        let new = rows
            .iter()
            .map(|record| NewProduction::of(org, None, record));
        with_columns!(replace, conn, new.collect())?;
        replace_programmes(conn, org, rows)
    }
}

held!(ProductionPlan, productions);

impl Kept for ProductionPlan {
    fn locked(
        conn: &mut PgConnection,
        org: OrgId,
        id: ProductionId,
    ) -> QueryResult<Option<Record<Self>>> {
        let row: Option<ProductionRow> = productions::table
            .find((org.uuid(), id.uuid()))
            .select(ProductionRow::as_select())
            .for_no_key_update()
            .get_result(conn)
            .optional()?;
        let production = row.map(Row::into_item).transpose()?;
        let plans = with_programmes(conn, org, production.into_iter().collect())?;
        Ok(plans.into_iter().next())
    }

    fn insert(conn: &mut PgConnection, org: OrgId, record: &Record<Self>) -> QueryResult<()> {
        let new = NewProduction::of(org, None, record);
        let insert = diesel::insert_into(productions::table).values(new);
        insert.execute(conn)?;
        insert_programmes(conn, org, [record])
    }

    fn update(conn: &mut PgConnection, org: OrgId, record: &Record<Self>) -> QueryResult<()> {
        let new = NewProduction::of(org, None, record);
        let set: QueryResult<()> = with_columns!(set_row, conn, new);
        set?;
        replace_programmes(conn, org, std::slice::from_ref(record))
    }
}

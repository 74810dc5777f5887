//! How productions are imported: each with its programme, which is replaced as a whole.

use std::collections::HashMap;

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::productions::{Production, ProductionPlan, ProgrammeItem};
use org_domain::record::Record;
use org_kernel::id::OrgId;
use org_kernel::text::{Line, Prose};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::programme::{NewProgrammeItem, ProgrammeItemRow};
use super::row::ProductionRow;
use crate::columns::Row;
use crate::import::{Upsert, any_of, copy_in, replace};
use crate::schema::{productions, programme_items};

#[derive(Insertable)]
#[diesel(table_name = productions, treat_none_as_default_value = false)]
struct NewProduction<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    code: Option<&'a str>,
    title: &'a str,
    subtitle: Option<&'a str>,
    season: Option<&'a str>,
    series: Option<&'a str>,
    type_: &'static str,
    status: &'static str,
    start_date: Date,
    end_date: Date,
    conductor: Option<&'a str>,
    venue: Option<&'a str>,
    description: Option<&'a str>,
    search_text: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewProduction<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<ProductionPlan>) -> Self {
        let facts = &record.facts.production;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            code: facts.code.as_ref().map(Line::as_str),
            title: facts.title.as_str(),
            subtitle: facts.subtitle.as_ref().map(Line::as_str),
            season: facts.season.as_ref().map(Line::as_str),
            series: facts.series.as_ref().map(Line::as_str),
            type_: facts.kind.as_str(),
            status: facts.status.as_str(),
            start_date: facts.dates.start(),
            end_date: facts.dates.end(),
            conductor: facts.conductor.as_ref().map(Line::as_str),
            venue: facts.venue.as_ref().map(Line::as_str),
            description: facts.description.as_ref().map(Prose::as_str),
            search_text: facts.search_text(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
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
        let records: QueryResult<Vec<_>> = rows
            .into_iter()
            .map(|(name, row)| Ok((name, row.into_item()?)))
            .collect();
        let records = records?;
        let ids: Vec<_> = records.iter().map(|(_, record)| record.id.uuid()).collect();
        let mut programmes = programmes(conn, org, ids)?;
        let plan = |(name, record): (String, Record<Production>)| {
            let programme = programmes.remove(&record.id.uuid()).unwrap_or_default();
            (name, with_programme(record, programme))
        };
        Ok(records.into_iter().map(plan).collect())
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
        replace!(
            conn,
            productions,
            new.collect(),
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
        )?;
        let ids: Vec<_> = rows.iter().map(|record| record.id.uuid()).collect();
        let of_them = programme_items::table
            .filter(programme_items::org_id.eq(org.uuid()))
            .filter(programme_items::production_id.eq(any_of(ids)));
        diesel::delete(of_them).execute(conn)?;
        insert_programmes(conn, org, rows.iter())
    }
}

fn with_programme(
    record: Record<Production>,
    programme: Vec<ProgrammeItem>,
) -> Record<ProductionPlan> {
    Record {
        id: record.id,
        facts: ProductionPlan {
            production: record.facts,
            programme,
        },
        created_at: record.created_at,
        updated_at: record.updated_at,
    }
}

/// The programmes of productions, each in order.
fn programmes(
    conn: &mut PgConnection,
    org: OrgId,
    productions: Vec<Uuid>,
) -> QueryResult<HashMap<Uuid, Vec<ProgrammeItem>>> {
    let rows: Vec<(Uuid, ProgrammeItemRow)> = programme_items::table
        .filter(programme_items::org_id.eq(org.uuid()))
        .filter(programme_items::production_id.eq(any_of(productions)))
        .order((programme_items::production_id, programme_items::position))
        .select((
            programme_items::production_id,
            ProgrammeItemRow::as_select(),
        ))
        .load(conn)?;
    let mut programmes: HashMap<_, Vec<_>> = HashMap::new();
    for (production, row) in rows {
        programmes
            .entry(production)
            .or_default()
            .push(row.into_item()?);
    }
    Ok(programmes)
}

fn insert_programmes<'a>(
    conn: &mut PgConnection,
    org: OrgId,
    records: impl Iterator<Item = &'a Record<ProductionPlan>>,
) -> QueryResult<()> {
    let mut rows = Vec::new();
    for record in records {
        for (position, item) in (1..).zip(&record.facts.programme) {
            rows.push(NewProgrammeItem::of(org, record.id, position, item));
        }
    }
    copy_in!(conn, programme_items, rows)
}

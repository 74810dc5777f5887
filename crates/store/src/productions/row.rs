//! A row of `productions`.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::productions::{Production, ProductionPlan, ProductionStatus, ProductionType};
use org_domain::record::Record;
use org_domain::span::DateSpan;
use org_kernel::id::OrgId;
use org_kernel::text::{Line, Prose, Text};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{self, Choice, Row};
use crate::error::corrupt;
use crate::schema::productions;

#[derive(Queryable, Selectable)]
#[diesel(table_name = productions)]
pub(super) struct ProductionRow {
    id: Uuid,
    code: Option<String>,
    title: String,
    subtitle: Option<String>,
    season: Option<String>,
    series: Option<String>,
    type_: Choice<ProductionType>,
    status: Choice<ProductionStatus>,
    start_date: Date,
    end_date: Date,
    conductor: Option<String>,
    venue: Option<String>,
    description: Option<String>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for ProductionRow {
    type Item = Record<Production>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let dates = DateSpan::new(self.start_date, self.end_date);
        let facts = Production {
            code: self.code.map(Text::stored),
            title: Text::stored(self.title),
            subtitle: self.subtitle.map(Text::stored),
            season: self.season.map(Text::stored),
            series: self.series.map(Text::stored),
            kind: self.type_.0,
            status: self.status.0,
            dates: dates.ok_or_else(|| corrupt("dates of a production"))?,
            conductor: self.conductor.map(Text::stored),
            venue: self.venue.map(Text::stored),
            description: self.description.map(Text::stored),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

#[derive(Insertable)]
#[diesel(table_name = productions, treat_none_as_default_value = false)]
pub(super) struct NewProduction<'a> {
    pub(super) org_id: Uuid,
    pub(super) id: Uuid,
    pub(super) external_id: Option<&'a str>,
    pub(super) code: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) subtitle: Option<&'a str>,
    pub(super) season: Option<&'a str>,
    pub(super) series: Option<&'a str>,
    pub(super) type_: &'static str,
    pub(super) status: &'static str,
    pub(super) start_date: Date,
    pub(super) end_date: Date,
    pub(super) conductor: Option<&'a str>,
    pub(super) venue: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) search_text: String,
    pub(super) created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

impl<'a> NewProduction<'a> {
    pub(super) fn of(
        org: OrgId,
        name: Option<&'a ExternalId>,
        record: &'a Record<ProductionPlan>,
    ) -> Self {
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

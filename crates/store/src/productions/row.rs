//! A row of `productions`.

use diesel::prelude::*;
use org_domain::productions::{Production, ProductionStatus, ProductionType};
use org_domain::record::Record;
use org_domain::span::DateSpan;
use org_kernel::text::Text;
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

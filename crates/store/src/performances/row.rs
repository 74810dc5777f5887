//! A row of `performances`.

use diesel::prelude::*;
use org_domain::history::Performance;
use org_domain::record::Record;
use org_kernel::id::Id;
use org_kernel::text::Text;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::columns::{self, Row, SoloistValues, soloists};
use crate::schema::performances;

#[derive(Queryable, Selectable)]
#[diesel(table_name = performances)]
pub(super) struct PerformanceRow {
    id: Uuid,
    date: Date,
    season: Option<String>,
    series: Option<String>,
    orchestra: Option<String>,
    composer: String,
    work_id: Option<Uuid>,
    title: String,
    movement: Option<String>,
    conductor: Option<String>,
    soloists: SoloistValues<'static>,
    venue: Option<String>,
    location: Option<String>,
    production_id: Option<Uuid>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for PerformanceRow {
    type Item = Record<Performance>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Performance {
            date: self.date,
            season: self.season.map(Text::stored),
            series: self.series.map(Text::stored),
            orchestra: self.orchestra.map(Text::stored),
            composer: Text::stored(self.composer),
            work_id: self.work_id.map(Id::new),
            title: Text::stored(self.title),
            movement: self.movement.map(Text::stored),
            conductor: self.conductor.map(Text::stored),
            soloists: soloists(self.soloists),
            venue: self.venue.map(Text::stored),
            location: self.location.map(Text::stored),
            production_id: self.production_id.map(Id::new),
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

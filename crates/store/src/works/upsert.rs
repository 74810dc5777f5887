//! How works are imported.

use diesel::prelude::*;
use org_domain::import::ExternalId;
use org_domain::record::Record;
use org_domain::repertoire::Work;
use org_kernel::id::OrgId;
use org_kernel::text::{Line, fold};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::{MovementValue, WorkRow, movement_values};
use crate::columns::{Json, Row};
use crate::import::upsert;
use crate::schema::works;

#[derive(Insertable)]
#[diesel(table_name = works, treat_none_as_default_value = false)]
struct NewWork<'a> {
    org_id: Uuid,
    id: Uuid,
    external_id: Option<&'a str>,
    title: &'a str,
    nickname: Option<&'a str>,
    composer: &'a str,
    composer_birth_year: Option<i32>,
    composer_death_year: Option<i32>,
    arranger: Option<&'a str>,
    catalogue: Option<&'a str>,
    key: Option<&'a str>,
    year_composed: Option<i32>,
    genre: Option<&'a str>,
    duration_minutes: Option<i32>,
    instrumentation: Option<&'a str>,
    movements: Json<Vec<MovementValue<'a>>>,
    rights: &'static str,
    composer_folded: String,
    title_folded: String,
    search_text: String,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl<'a> NewWork<'a> {
    fn of(org: OrgId, name: Option<&'a ExternalId>, record: &'a Record<Work>) -> Self {
        let facts = &record.facts;
        Self {
            org_id: org.uuid(),
            id: record.id.uuid(),
            external_id: name.map(Line::as_str),
            title: facts.title.as_str(),
            nickname: facts.nickname.as_ref().map(Line::as_str),
            composer: facts.composer.as_str(),
            composer_birth_year: facts.composer_birth_year,
            composer_death_year: facts.composer_death_year,
            arranger: facts.arranger.as_ref().map(Line::as_str),
            catalogue: facts.catalogue.as_ref().map(Line::as_str),
            key: facts.key.as_ref().map(Line::as_str),
            year_composed: facts.year_composed,
            genre: facts.genre.as_ref().map(Line::as_str),
            duration_minutes: facts.duration_minutes,
            instrumentation: facts.instrumentation.as_ref().map(Line::as_str),
            movements: movement_values(&facts.movements),
            rights: facts.rights.as_str(),
            composer_folded: fold(facts.composer.as_str()),
            title_folded: fold(facts.title.as_str()),
            search_text: facts.search_text(),
            created_at: record.created_at.to_utc(),
            updated_at: record.updated_at.to_utc(),
        }
    }
}

upsert!(
    Work,
    works,
    WorkRow,
    NewWork,
    [
        title,
        nickname,
        composer,
        composer_birth_year,
        composer_death_year,
        arranger,
        catalogue,
        key,
        year_composed,
        genre,
        duration_minutes,
        instrumentation,
        movements,
        rights,
        composer_folded,
        title_folded,
        search_text,
    ]
);

//! A row of `works`.

use std::borrow::Cow;

use diesel::prelude::*;
use org_domain::record::Record;
use org_domain::repertoire::{Movement, Rights, Work};
use org_kernel::text::Text;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::{self, Choice, Json, Row};
use crate::schema::works;

/// One movement in a list.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct MovementValue<'a> {
    number: i32,
    title: Cow<'a, str>,
    duration_minutes: Option<i32>,
}

impl From<MovementValue<'_>> for Movement {
    fn from(value: MovementValue<'_>) -> Self {
        Self {
            number: value.number,
            title: Text::stored(value.title.into_owned()),
            duration_minutes: value.duration_minutes,
        }
    }
}

impl<'a> From<&'a Movement> for MovementValue<'a> {
    fn from(movement: &'a Movement) -> Self {
        Self {
            number: movement.number,
            title: movement.title.as_str().into(),
            duration_minutes: movement.duration_minutes,
        }
    }
}

/// The list to store of a work's movements.
pub(super) fn movement_values(movements: &[Movement]) -> Json<Vec<MovementValue<'_>>> {
    Json(movements.iter().map(MovementValue::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = works)]
pub(super) struct WorkRow {
    id: Uuid,
    title: String,
    nickname: Option<String>,
    composer: String,
    composer_birth_year: Option<i32>,
    composer_death_year: Option<i32>,
    arranger: Option<String>,
    catalogue: Option<String>,
    key: Option<String>,
    year_composed: Option<i32>,
    genre: Option<String>,
    duration_minutes: Option<i32>,
    instrumentation: Option<String>,
    movements: Json<Vec<MovementValue<'static>>>,
    rights: Choice<Rights>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Row for WorkRow {
    type Item = Record<Work>;

    fn into_item(self) -> QueryResult<Self::Item> {
        let facts = Work {
            title: Text::stored(self.title),
            nickname: self.nickname.map(Text::stored),
            composer: Text::stored(self.composer),
            composer_birth_year: self.composer_birth_year,
            composer_death_year: self.composer_death_year,
            arranger: self.arranger.map(Text::stored),
            catalogue: self.catalogue.map(Text::stored),
            key: self.key.map(Text::stored),
            year_composed: self.year_composed,
            genre: self.genre.map(Text::stored),
            duration_minutes: self.duration_minutes,
            instrumentation: self.instrumentation.map(Text::stored),
            movements: self.movements.0.into_iter().map(Movement::from).collect(),
            rights: self.rights.0,
        };
        Ok(columns::record(
            self.id,
            facts,
            self.created_at,
            self.updated_at,
        ))
    }
}

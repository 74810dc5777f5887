//! Records: what came of attempts, many at a time.

use diesel::prelude::*;
use diesel::sql_types::{
    Array, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use org_kernel::instant::Instant;
use org_webhooks::delivery::{Headers, Outcome};
use org_webhooks::outgoing::Attempted;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::columns::Json;
use crate::error::corrupt;

/// One array for each column.
#[derive(Default)]
struct Columns<'a> {
    org_id: Vec<Uuid>,
    id: Vec<Uuid>,
    number: Vec<i32>,
    started_at: Vec<OffsetDateTime>,
    duration_ms: Vec<Option<i32>>,
    response_status: Vec<Option<i16>>,
    response_body: Vec<Option<String>>,
    error: Vec<Option<String>>,
    headers: Vec<Option<Json<&'a Headers>>>,
    ended_at: Vec<OffsetDateTime>,
    status: Vec<&'static str>,
    failures: Vec<i32>,
    due_at: Vec<Option<OffsetDateTime>>,
}

/// What PostgreSQL can keep of a text: everything but the character of number zero, which receivers may
/// well send.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

impl<'a> Columns<'a> {
    fn push(&mut self, attempted: &'a Attempted) -> QueryResult<()> {
        let (attempt, settled) = (&attempted.attempt, attempted.settled);
        self.org_id.push(attempted.org.uuid());
        self.id.push(attempted.id.uuid());
        self.number
            .push(i32::try_from(attempt.number).map_err(corrupt)?);
        self.started_at.push(attempt.started_at.to_utc());
        let took = attempt.took.map(|took| took.whole_milliseconds().max(0));
        self.duration_ms
            .push(took.map(|took| i32::try_from(took).unwrap_or(i32::MAX)));
        self.push_outcome(&attempt.outcome)?;
        self.headers.push(attempted.headers.as_ref().map(Json));
        self.ended_at.push(attempted.ended_at.to_utc());
        self.status.push(settled.status.as_str());
        self.failures
            .push(i32::try_from(settled.failures).map_err(corrupt)?);
        self.due_at.push(settled.due_at.map(Instant::to_utc));
        Ok(())
    }

    fn push_outcome(&mut self, outcome: &Outcome) -> QueryResult<()> {
        let (status, body, error) = match outcome {
            Outcome::Answered { status, body, .. } => {
                let status = i16::try_from(*status).map_err(corrupt)?;
                (Some(status), Some(storable(body)), None)
            }
            Outcome::Failed { error } => (None, None, Some(storable(error))),
        };
        self.response_status.push(status);
        self.response_body.push(body);
        self.error.push(error);
        Ok(())
    }
}

/// Logs attempts, and settles their deliveries.
pub(super) fn record(conn: &mut PgConnection, attempted: &[&Attempted]) -> QueryResult<()> {
    let mut columns = Columns::default();
    for attempted in attempted {
        columns.push(attempted)?;
    }
    diesel::sql_query(include_str!("record.sql"))
        .bind::<Array<SqlUuid>, _>(columns.org_id)
        .bind::<Array<SqlUuid>, _>(columns.id)
        .bind::<Array<Integer>, _>(columns.number)
        .bind::<Array<Timestamptz>, _>(columns.started_at)
        .bind::<Array<Nullable<Integer>>, _>(columns.duration_ms)
        .bind::<Array<Nullable<SmallInt>>, _>(columns.response_status)
        .bind::<Array<Nullable<Text>>, _>(columns.response_body)
        .bind::<Array<Nullable<Text>>, _>(columns.error)
        .bind::<Array<Nullable<Jsonb>>, _>(columns.headers)
        .bind::<Array<Timestamptz>, _>(columns.ended_at)
        .bind::<Array<Text>, _>(columns.status)
        .bind::<Array<Integer>, _>(columns.failures)
        .bind::<Array<Nullable<Timestamptz>>, _>(columns.due_at)
        .execute(conn)
        .map(drop)
}

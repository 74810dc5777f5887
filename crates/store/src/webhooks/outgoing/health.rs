//! Since when endpoints have been failing.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::{EndpointId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::outgoing::Attempted;
use time::OffsetDateTime;
use uuid::Uuid;

/// What some attempts say of an endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Health {
    /// True if one succeeded.
    succeeded: bool,
    /// The first failure after the last success.
    failed_at: Option<Instant>,
}

impl Health {
    /// What is known once an attempt ended that is not before any of those known already.
    fn after(self, attempted: &Attempted) -> Self {
        match attempted.settled.status {
            DeliveryStatus::Delivered => Self {
                succeeded: true,
                failed_at: None,
            },
            _ => Self {
                failed_at: self.failed_at.or(Some(attempted.ended_at)),
                ..self
            },
        }
    }
}

type Healths = BTreeMap<(OrgId, EndpointId), Health>;

fn of_each(attempted: &[Attempted]) -> Healths {
    let mut in_order: Vec<_> = attempted.iter().collect();
    in_order.sort_by_key(|attempted| attempted.ended_at);
    let mut healths = Healths::new();
    for attempted in in_order {
        let health = healths.entry((attempted.org, attempted.endpoint));
        let health = health.or_default();
        *health = health.after(attempted);
    }
    healths
}

/// Locks, in the order of their ids, only those of which something changes: whoever records for an
/// endpoint that is well waits for nobody.
const NOTE: &str = "
    WITH changed AS (
        SELECT endpoint.org_id, endpoint.id,
               CASE WHEN heard.succeeded THEN heard.failed_at
                    ELSE least(endpoint.failing_since, heard.failed_at) END AS failing_since
        FROM unnest($1, $2, $3, $4) AS heard (org_id, id, succeeded, failed_at)
        JOIN webhook_endpoints endpoint USING (org_id, id)
        WHERE endpoint.failing_since IS DISTINCT FROM
              CASE WHEN heard.succeeded THEN heard.failed_at
                   ELSE least(endpoint.failing_since, heard.failed_at) END
        ORDER BY endpoint.org_id, endpoint.id
        FOR NO KEY UPDATE OF endpoint
    )
    UPDATE webhook_endpoints endpoint SET failing_since = changed.failing_since
    FROM changed WHERE endpoint.org_id = changed.org_id AND endpoint.id = changed.id";

const FAILING: &str = "
    SELECT endpoint.id, endpoint.failing_since
    FROM unnest($1, $2) AS failed (org_id, id) JOIN webhook_endpoints endpoint USING (org_id, id)
    WHERE endpoint.failing_since IS NOT NULL
    ORDER BY endpoint.id";

#[derive(QueryableByName)]
struct Failing {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    failing_since: OffsetDateTime,
}

/// Notes of each endpoint how the attempts at it ended, and answers since when each of those has been
/// failing at which one failed.
pub(super) fn note(
    conn: &mut PgConnection,
    attempted: &[Attempted],
) -> QueryResult<Vec<(EndpointId, Instant)>> {
    let healths = of_each(attempted);
    change(conn, &healths)?;
    let failed = healths
        .iter()
        .filter(|(_, health)| health.failed_at.is_some());
    let (orgs, endpoints): (Vec<_>, Vec<_>) = failed
        .map(|((org, endpoint), _)| (org.uuid(), endpoint.uuid()))
        .unzip();
    if endpoints.is_empty() {
        return Ok(Vec::new());
    }
    let failing: Vec<Failing> = diesel::sql_query(FAILING)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<SqlUuid>, _>(endpoints)
        .load(conn)?;
    let failing = failing.into_iter();
    let failing = failing.map(|row| (Id::new(row.id), Instant::from(row.failing_since)));
    Ok(failing.collect())
}

fn change(conn: &mut PgConnection, healths: &Healths) -> QueryResult<()> {
    let (orgs, endpoints): (Vec<_>, Vec<_>) = healths
        .keys()
        .map(|(org, endpoint)| (org.uuid(), endpoint.uuid()))
        .unzip();
    let succeeded = healths.values().map(|health| health.succeeded);
    let failed_at = healths
        .values()
        .map(|health| health.failed_at.map(Instant::to_utc));
    diesel::sql_query(NOTE)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<SqlUuid>, _>(endpoints)
        .bind::<Array<Bool>, _>(succeeded.collect::<Vec<_>>())
        .bind::<Array<Nullable<Timestamptz>>, _>(failed_at.collect::<Vec<_>>())
        .execute(conn)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use org_webhooks::delivery::{Attempt, Outcome, settle};
    use time::Duration;

    use super::*;

    fn second(number: i64) -> Instant {
        let first: Instant = "2026-03-14T18:30:00Z".parse().expect("an instant");
        first.saturating_add(Duration::seconds(number))
    }

    /// An attempt at an endpoint that was answered in a second with a status.
    fn attempted((ended, status): (i64, u16)) -> Attempted {
        let outcome = Outcome::Answered {
            status,
            body: String::new(),
            retry_after: None,
        };
        Attempted {
            org: Id::nobody(),
            id: Id::nobody(),
            endpoint: Id::nobody(),
            headers: None,
            settled: settle(0, &outcome, second(ended), 0),
            attempt: Attempt {
                number: 1,
                started_at: second(ended),
                took: None,
                outcome,
            },
            ended_at: second(ended),
        }
    }

    #[test]
    fn what_ended_last_counts_in_whatever_order_it_is_recorded() {
        for (answers, succeeded, failed_at) in [
            (&[(1, 200)][..], true, None),
            (&[(2, 500), (1, 404)], false, Some(1)),
            (&[(1, 500), (2, 200)], true, None),
            (&[(2, 200), (1, 500)], true, None),
            (&[(4, 500), (3, 500), (2, 200), (1, 500)], true, Some(3)),
        ] {
            let attempted: Vec<_> = answers.iter().copied().map(attempted).collect();
            let healths = of_each(&attempted);
            let expected = Health {
                succeeded,
                failed_at: failed_at.map(second),
            };
            let known: Vec<_> = healths.into_values().collect();
            assert_eq!(known, [expected], "{answers:?}");
        }
    }
}

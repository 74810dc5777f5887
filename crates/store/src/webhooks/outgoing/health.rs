//! Since when endpoints have been failing.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Timestamptz, Uuid as SqlUuid};
use org_kernel::id::{EndpointId, Id, OrgId};
use org_kernel::instant::Instant;
use org_webhooks::delivery::DeliveryStatus;
use org_webhooks::outgoing::{Attempted, Doing};
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

fn of_each(attempted: &[&Attempted]) -> Healths {
    let of_receivers = attempted.iter().copied();
    let of_receivers = of_receivers.filter(|one| one.doing == Doing::Receiver);
    let mut in_order: Vec<_> = of_receivers.collect();
    in_order.sort_by_key(|attempted| attempted.ended_at);
    let mut healths = Healths::new();
    for attempted in in_order {
        let health = healths.entry((attempted.org, attempted.endpoint));
        let health = health.or_default();
        *health = health.after(attempted);
    }
    healths
}

/// Locks only those of which something changes, and waits for none: whoever records for an endpoint that
/// is well asks nobody. Answers those that somebody else holds.
const NOTE: &str = "
    WITH changing AS MATERIALIZED (
        SELECT heard.*
        FROM unnest($1, $2, $3, $4) AS heard (org_id, id, succeeded, failed_at)
        JOIN webhook_endpoints endpoint USING (org_id, id)
        WHERE endpoint.failing_since IS DISTINCT FROM
              CASE WHEN heard.succeeded THEN heard.failed_at
                   ELSE least(endpoint.failing_since, heard.failed_at) END
    ),
    locked AS MATERIALIZED (
        SELECT endpoint.org_id, endpoint.id,
               CASE WHEN changing.succeeded THEN changing.failed_at
                    ELSE least(endpoint.failing_since, changing.failed_at) END AS failing_since
        FROM changing JOIN webhook_endpoints endpoint USING (org_id, id)
        FOR NO KEY UPDATE OF endpoint SKIP LOCKED
    ),
    changed AS (
        UPDATE webhook_endpoints endpoint SET failing_since = locked.failing_since
        FROM locked WHERE endpoint.org_id = locked.org_id AND endpoint.id = locked.id
    )
    SELECT id FROM changing EXCEPT SELECT id FROM locked";

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

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Notes of each endpoint how the attempts at it ended. Answers the endpoints of which something was to
/// be noted and was not, because somebody else holds them.
pub(super) fn note(
    conn: &mut PgConnection,
    attempted: &[&Attempted],
) -> QueryResult<BTreeSet<EndpointId>> {
    let healths = of_each(attempted);
    let (orgs, endpoints): (Vec<_>, Vec<_>) = healths
        .keys()
        .map(|(org, endpoint)| (org.uuid(), endpoint.uuid()))
        .unzip();
    let succeeded = healths.values().map(|health| health.succeeded);
    let failed_at = healths
        .values()
        .map(|health| health.failed_at.map(Instant::to_utc));
    let held: Vec<Held> = diesel::sql_query(NOTE)
        .bind::<Array<SqlUuid>, _>(orgs)
        .bind::<Array<SqlUuid>, _>(endpoints)
        .bind::<Array<Bool>, _>(succeeded.collect::<Vec<_>>())
        .bind::<Array<Nullable<Timestamptz>>, _>(failed_at.collect::<Vec<_>>())
        .load(conn)?;
    Ok(held.into_iter().map(|row| Id::new(row.id)).collect())
}

/// Since when each endpoint has been failing at which an attempt failed.
pub(super) fn failing(
    conn: &mut PgConnection,
    attempted: &[&Attempted],
) -> QueryResult<Vec<(EndpointId, Instant)>> {
    let failed = of_each(attempted)
        .into_iter()
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
            doing: Doing::Receiver,
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
            let healths = of_each(&attempted.iter().collect::<Vec<_>>());
            let expected = Health {
                succeeded,
                failed_at: failed_at.map(second),
            };
            let known: Vec<_> = healths.into_values().collect();
            assert_eq!(known, [expected], "{answers:?}");
        }
    }
}

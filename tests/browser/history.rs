//! What happened before the test began, in the tables where the program counts it: charts of a server
//! that was started a second ago would be empty.

use diesel::connection::SimpleConnection;

use crate::stage::{DEMO, Stage};

/// A day of traffic with its quiet hours, and a month of one key's.
const BEFORE: &str = "
WITH hours AS (
    SELECT date_trunc('hour', now()) - past * interval '1 hour' AS hour,
           round(210 + 160 * sin(past * 0.26)) AS asked
    FROM generate_series(1, 23) AS past
)
INSERT INTO traffic_hours (org_id, hour, refused, failed, limited, took)
SELECT organizations.id, hour, floor(asked / 40), floor(asked / 300), 0,
       (SELECT array_agg(round(asked * (0.14 * exp(-((slot - 11) ^ 2) / 16.0) + 0.02 * exp(-((slot - 19) ^ 2) / 6.0))))
        FROM generate_series(0, 54) AS slot)
FROM organizations, hours
WHERE slug = '{org}'
ON CONFLICT (org_id, hour) DO NOTHING;

INSERT INTO api_key_days (org_id, key_id, day, reads, writes, refused, failed, limited)
SELECT org_id, id, (now() AT TIME ZONE 'UTC')::date - past,
       round(120 + 40 * sin(past * 0.9)), round(20 + 10 * cos(past * 0.9)), past % 4, 0, 0
FROM api_keys, generate_series(1, 29) AS past
WHERE name = '{key}'
ON CONFLICT (org_id, key_id, day) DO NOTHING;
";

/// Writes it for the demonstration, and for its key of this name.
pub(crate) fn invent(stage: &Stage, key: &str) {
    let statements = BEFORE.replace("{org}", DEMO).replace("{key}", key);
    let mut connection = stage.database().connection();
    connection.batch_execute(&statements).expect("the tables");
}

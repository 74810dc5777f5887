-- Takes what is due of each endpoint in its turn: those at which the sender is least busy, and among them
-- any. So a sender that can take few does not take them of the same endpoints again and again.
--
-- $1 is now, $2 the end of the lease; at the endpoints of $3 as many attempts are being made as $4 says;
-- $5 is the limit of an endpoint, $6 that of all; $7 is what is said of an attempt that was interrupted.
--
-- It begins with the endpoints that something waits for, from one to the next in the index of what is due:
-- what this costs is as many steps as there are such endpoints, however many others there are, and however
-- much waits for one of them.
--
-- The rows to change are found by their keys, which are handed on as arrays: whatever the planner thinks
-- of their number, it never comes to read the table from end to end.
WITH RECURSIVE waiting AS (
    (SELECT org_id, endpoint_id FROM webhook_deliveries
     WHERE due_at IS NOT NULL
     ORDER BY org_id, endpoint_id
     LIMIT 1)
    UNION ALL
    SELECT next.org_id, next.endpoint_id
    FROM waiting CROSS JOIN LATERAL (
        SELECT delivery.org_id, delivery.endpoint_id
        FROM webhook_deliveries delivery
        WHERE delivery.due_at IS NOT NULL
            AND (delivery.org_id, delivery.endpoint_id) > (waiting.org_id, waiting.endpoint_id)
        ORDER BY delivery.org_id, delivery.endpoint_id
        LIMIT 1
    ) AS next
),
turns AS MATERIALIZED (
    SELECT endpoint.org_id, endpoint.id, $5 - coalesce(busy.attempts, 0) AS free
    FROM waiting
    JOIN webhook_endpoints endpoint
        ON endpoint.org_id = waiting.org_id AND endpoint.id = waiting.endpoint_id
    LEFT JOIN unnest($3, $4) AS busy (id, attempts) ON busy.id = endpoint.id
    WHERE endpoint.enabled AND coalesce(busy.attempts, 0) < $5
    ORDER BY coalesce(busy.attempts, 0), random()
),
due AS MATERIALIZED (
    SELECT oldest.*
    FROM turns CROSS JOIN LATERAL (
        SELECT delivery.org_id, delivery.id, delivery.attempts, delivery.leased_until,
               delivery.updated_at
        FROM webhook_deliveries delivery
        WHERE delivery.org_id = turns.org_id AND delivery.endpoint_id = turns.id
            AND delivery.due_at <= $1
        ORDER BY delivery.due_at, delivery.id
        LIMIT turns.free
        FOR NO KEY UPDATE SKIP LOCKED
    ) AS oldest
    LIMIT $6
),
interrupted AS (
    INSERT INTO webhook_attempts (org_id, delivery_id, number, started_at, error)
    SELECT org_id, id, attempts, updated_at, $7 FROM due WHERE leased_until IS NOT NULL
    ON CONFLICT ON CONSTRAINT attempts_have_distinct_numbers DO NOTHING
)
UPDATE webhook_deliveries delivery
SET attempts = delivery.attempts + 1, due_at = $2, leased_until = $2, updated_at = $1
FROM unnest((SELECT array_agg(org_id) FROM due), (SELECT array_agg(id) FROM due))
    AS taken (org_id, id)
WHERE delivery.org_id = taken.org_id AND delivery.id = taken.id
RETURNING
    delivery.org_id, delivery.id, delivery.endpoint_id, delivery.message_id, delivery.attempts,
    delivery.failures,
    (SELECT endpoint.url FROM webhook_endpoints endpoint
     WHERE endpoint.org_id = delivery.org_id AND endpoint.id = delivery.endpoint_id) AS url,
    (SELECT event.payload FROM events event
     WHERE event.org_id = delivery.org_id AND event.id = delivery.event_id) AS payload

-- What waits to be sent, of all organizations, as far as $1 events and $1 deliveries.
--
-- It reads the index of what is to be dispatched and that of what is due, in their order and no farther, so
-- what it costs depends on what waits and not on how long the log is. What is due later is due, too: a
-- delivery that failed waits for its next attempt.
WITH events AS MATERIALIZED (
    SELECT created_at FROM events
    WHERE position IS NULL
    ORDER BY org_id, id
    LIMIT $1
),
deliveries AS MATERIALIZED (
    SELECT org_id, endpoint_id, status, created_at FROM webhook_deliveries
    WHERE due_at IS NOT NULL
    ORDER BY org_id, endpoint_id, due_at, id
    LIMIT $1
),
sorted AS (
    SELECT delivery.status, delivery.created_at, endpoint.enabled
    FROM deliveries delivery
    JOIN webhook_endpoints endpoint
        ON endpoint.org_id = delivery.org_id AND endpoint.id = delivery.endpoint_id
    WHERE endpoint.deleted_at IS NULL
)
SELECT (SELECT count(*) FROM events) AS events,
       count(*) FILTER (WHERE enabled AND status = 'PENDING') AS pending,
       count(*) FILTER (WHERE enabled AND status = 'FAILED') AS failed,
       count(*) FILTER (WHERE NOT enabled) AS paused,
       least((SELECT min(created_at) FROM events),
             min(created_at) FILTER (WHERE enabled)) AS oldest
FROM sorted

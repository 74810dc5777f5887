-- What waits to be sent, of all organizations, as far as $1 events and $1 deliveries.
--
-- It reads the index of what is to be dispatched and that of what is due, and what it costs depends on what
-- waits and not on how long the log is. What is due later is due, too: a delivery that failed waits for its
-- next attempt.
--
-- Nobody hides what waits for others: it begins with the endpoints that something waits for, from one to the
-- next in the index; each of them that is enabled has its share, of what is due first, and what is left of
-- all shares is for those that have more. What waits for endpoints that are disabled is counted by itself.
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
endpoints AS MATERIALIZED (
    SELECT endpoint.org_id, endpoint.id, endpoint.enabled,
           greatest($1 / count(*) OVER (PARTITION BY endpoint.enabled), 1) AS share
    FROM waiting
    JOIN webhook_endpoints endpoint
        ON endpoint.org_id = waiting.org_id AND endpoint.id = waiting.endpoint_id
    WHERE endpoint.deleted_at IS NULL
),
shares AS MATERIALIZED (
    SELECT first.status, first.created_at
    FROM endpoints CROSS JOIN LATERAL (
        SELECT delivery.status, delivery.created_at
        FROM webhook_deliveries delivery
        WHERE delivery.org_id = endpoints.org_id AND delivery.endpoint_id = endpoints.id
            AND delivery.due_at IS NOT NULL
        ORDER BY delivery.due_at, delivery.id
        LIMIT endpoints.share
    ) AS first
    WHERE endpoints.enabled
),
more AS MATERIALIZED (
    SELECT further.status, further.created_at
    FROM endpoints CROSS JOIN LATERAL (
        SELECT delivery.status, delivery.created_at
        FROM webhook_deliveries delivery
        WHERE delivery.org_id = endpoints.org_id AND delivery.endpoint_id = endpoints.id
            AND delivery.due_at IS NOT NULL
        ORDER BY delivery.due_at, delivery.id
        LIMIT $1
        OFFSET endpoints.share
    ) AS further
    WHERE endpoints.enabled
    LIMIT (SELECT greatest($1 - count(*), 0) FROM shares)
),
counted AS (
    SELECT status, created_at FROM shares
    UNION ALL
    SELECT status, created_at FROM more
),
paused AS MATERIALIZED (
    SELECT 1
    FROM endpoints CROSS JOIN LATERAL (
        SELECT 1
        FROM webhook_deliveries delivery
        WHERE delivery.org_id = endpoints.org_id AND delivery.endpoint_id = endpoints.id
            AND delivery.due_at IS NOT NULL
        ORDER BY delivery.due_at, delivery.id
        LIMIT $1
    ) AS held
    WHERE NOT endpoints.enabled
    LIMIT $1
),
undispatched AS MATERIALIZED (
    SELECT created_at FROM events
    WHERE position IS NULL
    ORDER BY org_id, id
    LIMIT $1
)
SELECT (SELECT count(*) FROM undispatched) AS events,
       count(*) FILTER (WHERE status = 'PENDING') AS pending,
       count(*) FILTER (WHERE status = 'FAILED') AS failed,
       (SELECT count(*) FROM paused) AS paused,
       least((SELECT min(created_at) FROM undispatched), min(created_at)) AS oldest
FROM counted

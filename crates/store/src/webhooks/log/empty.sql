-- As in forget.sql, the rows are found by their keys, which are handed on as arrays; they are locked in the
-- order of their ids, as by everybody who waits for several.
WITH part AS MATERIALIZED (
    SELECT id
    FROM webhook_deliveries
    WHERE org_id = $1 AND endpoint_id = $2
    ORDER BY created_at, id
    LIMIT $3
),
locked AS MATERIALIZED (
    SELECT delivery.id
    FROM unnest((SELECT array_agg(id) FROM part)) AS found (id)
    JOIN webhook_deliveries delivery ON delivery.org_id = $1 AND delivery.id = found.id
    ORDER BY delivery.id
    FOR UPDATE OF delivery
)
DELETE FROM webhook_deliveries delivery
USING unnest((SELECT array_agg(id) FROM locked)) AS forgotten (id)
WHERE delivery.org_id = $1 AND delivery.id = forgotten.id

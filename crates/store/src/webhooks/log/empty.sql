-- As in forget.sql, the rows are found by their keys, which are handed on as arrays.
WITH part AS MATERIALIZED (
    SELECT id
    FROM webhook_deliveries
    WHERE org_id = $1 AND endpoint_id = $2
    ORDER BY created_at, id
    LIMIT $3
)
DELETE FROM webhook_deliveries delivery
USING unnest((SELECT array_agg(id) FROM part)) AS forgotten (id)
WHERE delivery.org_id = $1 AND delivery.id = forgotten.id

-- Passes over what is still to be sent, and what somebody else is writing. The rows are found by their keys, which are handed on as
-- arrays: whatever the planner thinks of their number, it never comes to read the table from end to end.
WITH old AS MATERIALIZED (
    SELECT org_id, id
    FROM webhook_deliveries
    WHERE created_at < $1 AND due_at IS NULL
    ORDER BY created_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED
)
DELETE FROM webhook_deliveries delivery
USING unnest((SELECT array_agg(org_id) FROM old), (SELECT array_agg(id) FROM old))
    AS forgotten (org_id, id)
WHERE delivery.org_id = forgotten.org_id AND delivery.id = forgotten.id

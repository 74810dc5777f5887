-- The part begins after the place of $3 and $4.
SELECT created_at, id
FROM webhook_deliveries
WHERE org_id = $1 AND endpoint_id = $2 AND event_id IS NOT NULL
    AND (created_at, id) > ($3, $4) AND created_at < $5
ORDER BY created_at, id
LIMIT $6

-- Counts no further than $5.
SELECT count(*) AS deliveries
FROM (SELECT 1
      FROM webhook_deliveries
      WHERE org_id = $1 AND endpoint_id = $2 AND event_id IS NOT NULL
          AND created_at >= $3 AND created_at < $4
      LIMIT $5) AS found

-- Locks what can be locked now of the deliveries of organizations $1 with ids $2, and names it.
SELECT delivery.id
FROM unnest($1, $2) AS asked (org_id, id) JOIN webhook_deliveries delivery USING (org_id, id)
FOR NO KEY UPDATE OF delivery SKIP LOCKED

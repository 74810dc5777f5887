-- Hours of UTC, whatever the time zone of the session. Of the log only what is not older than $2 is read, by
-- the order it is listed in.
SELECT date_bin('1 hour', created_at, timestamptz '1970-01-01Z') AS hour,
       count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
       count(*) FILTER (WHERE status = 'PENDING') AS pending,
       count(*) FILTER (WHERE status = 'FAILED') AS failed,
       count(*) FILTER (WHERE status = 'EXHAUSTED') AS exhausted
FROM webhook_deliveries
WHERE org_id = $1 AND created_at >= $2 AND status <> 'SIMULATED'
GROUP BY hour
ORDER BY hour

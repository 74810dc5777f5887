-- Logs attempts, and settles what was not settled since. The deliveries are locked already; those that are
-- gone are passed over.
--
-- An attempt of which the log says that nobody knows its answer is replaced: the answer is known now.
-- Who was resent meanwhile has no lease, and waits for the attempt that was wanted.
WITH found AS MATERIALIZED (
    SELECT ended.*,
           delivery.attempts = ended.number AND delivery.leased_until IS NOT NULL AS settles
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS ended (
        org_id, id, number, started_at, duration_ms, response_status, response_body, error, headers,
        ended_at, status, failures, due_at)
    JOIN webhook_deliveries delivery USING (org_id, id)
),
logged AS (
    INSERT INTO webhook_attempts AS attempt (
        org_id, delivery_id, number, started_at, duration_ms, response_status, response_body, error)
    SELECT org_id, id, number, started_at, duration_ms, response_status, response_body, error
    FROM found
    ON CONFLICT ON CONSTRAINT attempts_have_distinct_numbers DO UPDATE
    SET started_at = excluded.started_at,
        duration_ms = excluded.duration_ms,
        response_status = excluded.response_status,
        response_body = excluded.response_body,
        error = excluded.error
    WHERE attempt.duration_ms IS NULL
)
UPDATE webhook_deliveries delivery
SET status = found.status,
    failures = found.failures,
    due_at = found.due_at,
    delivered_at = CASE found.status WHEN 'DELIVERED' THEN found.ended_at END,
    leased_until = NULL,
    headers = coalesce(found.headers, delivery.headers),
    updated_at = greatest(delivery.updated_at, found.ended_at)
FROM found
WHERE found.settles AND delivery.org_id = found.org_id AND delivery.id = found.id

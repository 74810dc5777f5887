-- A common table expression is evaluated once: a subquery might be again, and would then lock and take
-- more than it was to.
WITH expired AS MATERIALIZED (
    SELECT org_id, key
    FROM kept_answers
    WHERE expires_at <= $1
    ORDER BY expires_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED
)
DELETE FROM kept_answers
USING expired
WHERE kept_answers.org_id = expired.org_id AND kept_answers.key = expired.key

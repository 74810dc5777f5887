-- Of each of the organizations in $1, whose locks are held, the oldest $2 events that wait, if nobody hears of
-- any of these, get the positions after the last, in the order of their ids.
WITH waiting AS MATERIALIZED (
    SELECT locked.org_id, oldest.id, oldest.is_heard,
           row_number() OVER (PARTITION BY locked.org_id ORDER BY oldest.id) AS number
    FROM unnest($1) AS locked (org_id)
    CROSS JOIN LATERAL (
        SELECT events.id, events.endpoint_ids <> '{}' AS is_heard
        FROM events
        WHERE events.org_id = locked.org_id AND events.position IS NULL
        ORDER BY events.id
        LIMIT $2
    ) AS oldest
),
unheard AS MATERIALIZED (
    SELECT waiting.org_id,
           (SELECT coalesce(max(events.position), 0)
            FROM events
            WHERE events.org_id = waiting.org_id) AS last
    FROM waiting
    GROUP BY waiting.org_id
    HAVING NOT bool_or(waiting.is_heard)
),
placed AS (
    UPDATE events SET position = unheard.last + waiting.number
    FROM waiting JOIN unheard USING (org_id)
    WHERE events.org_id = waiting.org_id AND events.id = waiting.id AND events.position IS NULL
    RETURNING 1
)
SELECT (SELECT count(*) FROM placed) AS events,
       ARRAY(SELECT org_id FROM waiting GROUP BY org_id HAVING bool_or(is_heard) ORDER BY org_id) AS heard

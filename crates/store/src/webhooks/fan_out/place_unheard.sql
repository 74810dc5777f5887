-- Of each of the organizations in $1, whose locks are held, the oldest $2 events that wait, if nobody hears of
-- any of these, get the positions after the last, in the order of their ids.
WITH waiting AS MATERIALIZED (
    SELECT locked.org_id, oldest.id,
           locked.last + row_number() OVER (PARTITION BY locked.org_id ORDER BY oldest.id) AS position,
           bool_or(oldest.is_heard) OVER (PARTITION BY locked.org_id) AS any_is_heard
    FROM (SELECT org_id,
                 (SELECT coalesce(max(events.position), 0)
                  FROM events
                  WHERE events.org_id = given.org_id) AS last
          FROM unnest($1) AS given (org_id)
          OFFSET 0) AS locked
    CROSS JOIN LATERAL (
        SELECT events.id, events.endpoint_ids <> '{}' AS is_heard
        FROM events
        WHERE events.org_id = locked.org_id AND events.position IS NULL
        ORDER BY events.id
        LIMIT $2
    ) AS oldest
),
placed AS (
    UPDATE events SET position = waiting.position
    FROM waiting
    WHERE NOT waiting.any_is_heard AND events.org_id = waiting.org_id AND events.id = waiting.id
      -- None has a position. In these words, because the index of what waits looks short to the planner,
      -- who would compare all that is in it with each.
      AND coalesce(events.position, 0) = 0
    RETURNING 1
)
SELECT (SELECT count(*) FROM placed) AS events,
       ARRAY(SELECT DISTINCT org_id FROM waiting WHERE any_is_heard ORDER BY org_id) AS heard

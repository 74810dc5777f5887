-- From one organization to the next in the index of what waits, and not through all that waits: what
-- this costs is as many steps as there are organizations with something waiting.
WITH RECURSIVE waiting AS (
    (SELECT org_id FROM events WHERE position IS NULL ORDER BY org_id LIMIT 1)
    UNION ALL
    SELECT (SELECT events.org_id
            FROM events
            WHERE events.position IS NULL AND events.org_id > waiting.org_id
            ORDER BY events.org_id
            LIMIT 1)
    FROM waiting
    WHERE waiting.org_id IS NOT NULL
)
SELECT org_id FROM waiting WHERE org_id IS NOT NULL

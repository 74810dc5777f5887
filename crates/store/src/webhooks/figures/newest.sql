-- One row of the log for each endpoint, and besides that only the tests which are newer.
SELECT endpoint.id AS id, newest.created_at
FROM unnest($2) AS endpoint (id) CROSS JOIN LATERAL (
    SELECT delivery.created_at
    FROM webhook_deliveries delivery
    WHERE delivery.org_id = $1 AND delivery.endpoint_id = endpoint.id
        AND delivery.status <> 'SIMULATED'
    ORDER BY delivery.created_at DESC
    LIMIT 1
) AS newest

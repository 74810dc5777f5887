-- Planned each time, with the values of the moment: so what is not asked for costs nothing, and each
-- combination is read by the index that fits it. The payload of an event's delivery is the event's.
SELECT delivery.org_id, delivery.id, delivery.endpoint_id, delivery.message_id, delivery.type AS type_,
       delivery.status, delivery.attempts, delivery.failures, delivery.due_at, delivery.delivered_at,
       delivery.created_at, delivery.updated_at, delivery.headers,
       coalesce(delivery.payload, (SELECT event.payload FROM events event
                                   WHERE event.org_id = delivery.org_id
                                       AND event.id = delivery.event_id)) AS payload
FROM webhook_deliveries delivery
WHERE delivery.org_id = $1
    AND ($2 IS NULL OR delivery.endpoint_id = $2)
    AND ($3 IS NULL OR delivery.status = $3)
    AND ($4 IS NULL OR delivery.type = $4)
    AND ($5 IS NULL OR delivery.created_at >= $5)
    AND ($6 IS NULL OR delivery.created_at < $6)

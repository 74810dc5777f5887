-- Planned each time, with the values of the moment: so what is not asked for costs nothing, and each
-- combination is read by the index that fits it.
SELECT delivery.org_id, delivery.id, delivery.endpoint_id, delivery.message_id, delivery.type AS type_,
       delivery.status, delivery.attempts, delivery.failures, delivery.due_at, delivery.delivered_at,
       delivery.created_at, delivery.updated_at

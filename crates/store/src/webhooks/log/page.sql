FROM webhook_deliveries delivery
WHERE delivery.org_id = $1
    AND ($2 IS NULL OR delivery.endpoint_id = $2)
    AND ($3 IS NULL OR delivery.status = $3)
    AND ($4 IS NULL OR delivery.type = $4)
    AND ($5 IS NULL OR delivery.created_at >= $5)
    AND ($6 IS NULL OR delivery.created_at < $6)

    AND ($7 IS NULL OR (delivery.created_at, delivery.id) > ($7, $8))
ORDER BY delivery.created_at, delivery.id
LIMIT $9

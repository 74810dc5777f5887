-- Confirmed bookings of a resource hold it one after the other, so what follows a hold is the next one
-- by its beginning, and between the two is a gap. Only the holds that begin or end in the window are
-- read: what lies behind it can neither be a gap that is looked for, nor end one.
SELECT held_until
FROM (
    SELECT held_until,
           least(held_until + $6, $7) AS wanted_until,
           lead(held_from) OVER (ORDER BY held_from) AS next_from
    FROM resource_bookings
    WHERE org_id = $1 AND resource_id = $2 AND status = 'CONFIRMED'
      AND tstzrange(held_from, held_until) && tstzrange($3, $5)
) AS held
WHERE held_until > $3 AND held_until <= $4
  AND wanted_until > held_until
  AND (next_from IS NULL OR next_from >= wanted_until)
ORDER BY held_until
LIMIT 1

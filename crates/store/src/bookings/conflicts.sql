-- What overlaps is found first, by the index behind booking_slots_do_not_overlap, and put in order
-- afterwards: it is little. With the two in one, PostgreSQL would rather read all bookings of the
-- resource in order, until it has come to enough that overlap.
WITH in_the_way AS MATERIALIZED (
    SELECT *
    FROM resource_bookings
    WHERE org_id = $1 AND resource_id = $2 AND status = 'CONFIRMED'
      AND tstzrange(held_from, held_until) && tstzrange($3, $4)
)
SELECT * FROM in_the_way ORDER BY start_at, id LIMIT $5

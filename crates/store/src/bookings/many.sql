INSERT INTO organizations (id, slug, name, time_zone, locale, currency, season_start_month,
                           created_at, updated_at)
VALUES (lpad('1', 32, '0')::uuid, 'hall', 'x', 'UTC', 'en', 'EUR', 9, now(), now());

INSERT INTO resources (org_id, id, name, type, setup_minutes, teardown_minutes, status,
                       name_folded, created_at, updated_at)
SELECT lpad('1', 32, '0')::uuid, lpad(hall::text, 32, '0')::uuid, 'x', 'HALL', 0, 0,
       'AVAILABLE', 'x', now(), now()
FROM generate_series(2, 3) AS hall;

-- The index is built whole, which takes a fraction of the time.
DO $$
DECLARE
    no_overlap text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                        WHERE conname = 'booking_slots_do_not_overlap');
BEGIN
    ALTER TABLE resource_bookings DROP CONSTRAINT booking_slots_do_not_overlap;

    INSERT INTO resource_bookings (org_id, id, resource_id, title, start_at, end_at, held_from,
                                   held_until, status, created_at, updated_at)
    SELECT lpad('1', 32, '0')::uuid, gen_random_uuid(), lpad(hall::text, 32, '0')::uuid, 'x', start,
           start + length, start, start + length, 'CONFIRMED', now(), now()
    FROM (VALUES (2, 100000, interval '59 minutes'), (3, 1000, interval '30 minutes'))
             AS halls (hall, bookings, length),
         generate_series(0, bookings - 1) AS hour,
         LATERAL (SELECT '2026-01-01Z'::timestamptz + hour * interval '1 hour' AS start) AS starts;

    EXECUTE 'ALTER TABLE resource_bookings ADD CONSTRAINT booking_slots_do_not_overlap '
        || no_overlap;
END $$;

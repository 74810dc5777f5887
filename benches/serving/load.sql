-- The bench's rows, as imports would have left them. How many organizations, and how many performances the
-- large one has (0: there is none), is told by bench.organizations and bench.performances; the words are
-- in the table bench_words. Ids are made of numbers, so that the bench can make them too.

-- References hold by construction, and are not checked row by row.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';

-- An index that is built whole takes a fraction of the time.
CREATE TEMPORARY TABLE indexes_to_build AS
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relname IN ('productions', 'services', 'programme_items', 'checklist_items', 'performances')
  AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid);

DO $$
DECLARE
    index_name text;
BEGIN
    FOR index_name IN SELECT name FROM indexes_to_build LOOP
        EXECUTE 'DROP INDEX ' || index_name;
    END LOOP;
END $$;

CREATE FUNCTION bench_id(kind int, org int, number bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS $$
    SELECT ('0190' || lpad(to_hex(kind), 4, '0') || lpad(to_hex(org), 4, '0') || '70008000'
            || lpad(to_hex(number), 12, '0'))::uuid
$$;

CREATE FUNCTION bench_word(place bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT word FROM bench_words WHERE number = place
$$;

CREATE TEMPORARY TABLE those AS
SELECT n AS org, bench_id(1, n, n) AS id,
       CASE n WHEN 201 THEN 'large' WHEN 202 THEN 'small' ELSE 'orchestra-' || n END AS slug
FROM generate_series(1, 202) AS n
WHERE n <= current_setting('bench.organizations')::int
   OR n = 201 AND current_setting('bench.performances')::int > 0
   OR n = 202;

INSERT INTO organizations (id, slug, name, legal_name, time_zone, locale, currency, country, city, website,
                           season_start_month, created_at, updated_at)
SELECT id, slug, initcap(slug), NULL, 'Europe/Vienna', 'de-AT', 'EUR', 'AT', 'Wien', NULL, 9, now(), now()
FROM those;

CREATE TEMPORARY TABLE plays AS
SELECT o.org, o.id AS org_id, n, bench_id(2, o.org, n) AS id,
       date '2000-01-01' + (n * 37 % 9000)::int AS day,
       initcap(bench_word(10 + n % 100)) AS title, initcap(bench_word(110 + n % 1000)) || ', Ida' AS conductor
FROM those o, generate_series(1, 500) AS n
WHERE o.org <= 200
-- An import leaves the rows of its organization together.
ORDER BY o.org, n;

INSERT INTO productions (org_id, id, code, title, subtitle, season, series, type, status, start_date, end_date,
                         conductor, venue, description, search_text, created_at, updated_at)
SELECT org_id, id, 'P' || n, title, 'An evening in ' || n % 7 || ' parts', '2025-26', 'Saturdays',
       'SUBSCRIPTION', (ARRAY['DRAFT', 'CONFIRMED', 'CONFIRMED', 'COMPLETED'])[1 + n % 4], day, day + 2,
       conductor, 'Great Hall', 'Two homesick Bohemians, and what became of them in the New World.',
       lower(concat_ws(E'\n', title, 'An evening in ' || n % 7 || ' parts', 'P' || n, 'Saturdays', conductor)),
       now(), now()
FROM plays;

INSERT INTO services (org_id, id, production_id, type, status, title, start_at, end_at, call_at, venue,
                      conductor, dress, notes, created_at, updated_at)
SELECT p.org_id, bench_id(3, p.org, p.n * 10 + s), p.id,
       (ARRAY['REHEARSAL', 'DRESS_REHEARSAL', 'CONCERT', 'CONCERT'])[s], 'CONFIRMED', NULL,
       at, at + interval '150 minutes', at - interval '30 minutes', 'Great Hall', p.conductor, 'Black', NULL,
       now(), now()
FROM plays p, generate_series(1, 4) AS s,
     LATERAL (SELECT p.day::timestamptz + s * interval '14 hours' AS at) AS times;

INSERT INTO programme_items (org_id, production_id, position, kind, work_id, title, composer, conductor,
                             soloists, duration_minutes, notes)
SELECT p.org_id, p.id, i, 'WORK', NULL, 'Symphony No. ' || i, initcap(bench_word(p.n % 10)) || ', Anton', NULL,
       CASE i WHEN 2 THEN '[{"name": "Berg, Ida", "instrument": "Piano"}]' ELSE '[]' END::jsonb, 20 + i, NULL
FROM plays p, generate_series(1, 5) AS i;

INSERT INTO checklist_items (org_id, id, production_id, label, done_at, position, created_at, updated_at)
SELECT p.org_id, bench_id(4, p.org, p.n * 10 + i), p.id, 'Order the parts, no. ' || i,
       CASE WHEN i < 3 THEN now() END, i, now(), now()
FROM plays p, generate_series(1, 5) AS i;

INSERT INTO resources (org_id, id, name, type, venue, setup_minutes, teardown_minutes, status, name_folded,
                       created_at, updated_at)
SELECT o.id, bench_id(5, o.org, n), 'Room ' || n, 'REHEARSAL_ROOM', NULL, 5, 5, 'AVAILABLE', 'room ' || n,
       now(), now()
FROM those o, generate_series(1, 20) AS n;

INSERT INTO performances (org_id, id, date, season, series, orchestra, composer, title, conductor, soloists,
                          venue, location, composer_folded, conductor_folded, search_text, created_at,
                          updated_at)
SELECT o.id, bench_id(6, o.org, n), date '1900-01-01' + (n::bigint * 7919 % 45000)::int, '1999-00', 'Saturdays',
       'The Orchestra', composer, title, conductor,
       jsonb_build_array(jsonb_build_object('name', soloist, 'instrument', 'Piano')), 'Great Hall', 'Wien',
       lower(composer), lower(conductor),
       lower(concat_ws(E'\n', title, composer, conductor, 'Great Hall', soloist)), now(), now()
FROM those o,
     generate_series(1, CASE o.org WHEN 201 THEN current_setting('bench.performances')::int
                                   WHEN 202 THEN 1000 ELSE 0 END) AS n,
     LATERAL (SELECT (SELECT initcap(word) FROM bench_words WHERE number = n % 10) || ', Anton' AS composer,
                     'Symphony No. ' || 1 + n / 9 % 9 || ' '
                         || (SELECT initcap(word) FROM bench_words WHERE number = 10 + n / 10 % 100) AS title,
                     (SELECT initcap(word) FROM bench_words WHERE number = 110 + n / 7 % 1000)
                         || ', Ida' AS conductor,
                     (SELECT initcap(word) FROM bench_words WHERE number = 1110 + n % 100000)
                         || ', Jan' AS soloist) AS names;

DO $$
DECLARE
    built text;
BEGIN
    FOR built IN SELECT definition FROM indexes_to_build LOOP
        EXECUTE built;
    END LOOP;
END $$;

DROP FUNCTION bench_word(bigint);
DROP FUNCTION bench_id(int, int, bigint);
DROP TABLE bench_words;

-- One organization with a few thousand of everything, one of each of which is the needle.
INSERT INTO organizations VALUES
    ('00000000-0000-0000-0000-000000000001', 'one', 'One', NULL, 'Europe/Vienna', 'en', 'EUR', NULL,
     NULL, NULL, 9, now(), now());

CREATE TEMPORARY TABLE one ON COMMIT PRESERVE ROWS AS
SELECT '00000000-0000-0000-0000-000000000001'::uuid AS org_id,
       (lpad(to_hex(n), 32, '0'))::uuid AS id,
       n,
       CASE n WHEN 1000 THEN 'needle' ELSE md5(n::text) END AS word,
       date '1900-01-01' + n AS day,
       timestamptz '1900-01-01' + n * interval '1 day' AS at
FROM generate_series(1, 4000) AS n;

INSERT INTO productions (org_id, id, title, type, status, start_date, end_date, search_text,
                         created_at, updated_at)
SELECT org_id, id, word, 'OTHER', CASE n % 4 WHEN 0 THEN 'DRAFT' ELSE 'CONFIRMED' END, day, day, word,
       at, at
FROM one;

INSERT INTO works (org_id, id, title, composer, movements, rights, composer_folded, title_folded,
                   search_text, created_at, updated_at)
SELECT org_id, id, word, word, '[]', 'UNKNOWN', word, word, word, at, at
FROM one;

INSERT INTO services (org_id, id, production_id, type, status, start_at, end_at, created_at,
                      updated_at)
SELECT org_id, id, id, 'CONCERT', 'SCHEDULED', at, at + interval '2 hours', at, at
FROM one;

INSERT INTO members (org_id, id, name, role, section, chair, status, name_folded, search_text,
                     created_at, updated_at)
SELECT org_id, id, word, 'TUTTI', CASE n % 2 WHEN 0 THEN 'VIOLIN_1' ELSE 'CELLO' END, n % 100 + 1,
       'ACTIVE', word, word, at, at
FROM one;

INSERT INTO resources (org_id, id, name, type, setup_minutes, teardown_minutes, status, name_folded,
                       created_at, updated_at)
SELECT org_id, id, word, 'HALL', 0, 0, 'AVAILABLE', word, at, at
FROM one;

INSERT INTO instruments (org_id, id, name, category, status, name_folded, created_at, updated_at)
SELECT org_id, id, word, 'HARP', 'AVAILABLE', word, at, at
FROM one;

INSERT INTO tours (org_id, id, name, status, start_date, end_date, legs, created_at, updated_at)
SELECT org_id, id, word, 'PLANNING', day, day, '[]', at, at
FROM one;

INSERT INTO reports (org_id, id, name, kind, format, status, generated_at, created_at, updated_at)
SELECT org_id, id, word, word, 'CSV', 'READY', at, at, at
FROM one;

INSERT INTO performances (org_id, id, date, composer, title, conductor, soloists, composer_folded,
                          conductor_folded, search_text, created_at, updated_at)
SELECT org_id, id, day, word, word, word, '[]', word, word, word, at, at
FROM one;

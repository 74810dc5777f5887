#!/usr/bin/env bash
# What row-level security would cost a read of a single row by its key.
#
# Without it a read is one prepared statement. With it the organization has to be a setting of the
# transaction, so that the same read is four: BEGIN, set_config, SELECT, COMMIT. Both run against a
# throw-away cluster with its socket in a folder of its own, in turns; the medians are compared.
# A second comparison sends those four statements in one round trip (pgbench's pipeline), which is
# the least that such a read can cost.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/tools.sh
rounds=${ROUNDS:-7}
seconds=${SECONDS_EACH:-3}
programs=$(postgres_programs) || die "missing: PostgreSQL"
user=$(id -un)
[ "$user" != root ] || user=postgres
run() { if [ "$(id -un)" = root ]; then runuser -u "$user" -- env LC_ALL=C.UTF-8 "$@"; else env LC_ALL=C.UTF-8 "$@"; fi; }

base=$(mktemp -d)
trap 'run "$programs/pg_ctl" -D "$base/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$base"' EXIT
[ "$(id -un)" != root ] || chown "$user" "$base"
cd "$base"
run "$programs/initdb" -D "$base/data" -A trust -U "$user" >/dev/null
run "$programs/pg_ctl" -D "$base/data" -w -l "$base/log" -o "-c listen_addresses='' -k $base -p 5432" start >/dev/null
psql() { run "$programs/psql" -h "$base" -p 5432 -U "${as:-$user}" -d postgres -qAt -v ON_ERROR_STOP=1 "$@"; }

psql <<'SQL'
CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS;
CREATE TABLE plain (org_id uuid, id uuid, title text, PRIMARY KEY (org_id, id));
INSERT INTO plain
  SELECT md5((n % 200)::text)::uuid, md5(n::text)::uuid, 'title ' || n FROM generate_series(1, 100000) n;
CREATE TABLE secured (LIKE plain INCLUDING ALL);
INSERT INTO secured SELECT * FROM plain;
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
ALTER TABLE secured FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON secured
  USING (org_id = current_setting('app.org_id')::uuid);
GRANT SELECT ON plain, secured TO app;
VACUUM ANALYZE;
SQL

cat > plain.sql <<'SQL'
\set n random(1, 100000)
SELECT title FROM plain WHERE org_id = md5((:n % 200)::text)::uuid AND id = md5(:n::text)::uuid;
SQL
cat > secured.sql <<'SQL'
\set n random(1, 100000)
BEGIN;
SELECT set_config('app.org_id', md5((:n % 200)::text)::uuid::text, true);
SELECT title FROM secured WHERE org_id = md5((:n % 200)::text)::uuid AND id = md5(:n::text)::uuid;
COMMIT;
SQL
{ echo '\set n random(1, 100000)'; echo '\startpipeline'; sed 1d secured.sql; echo '\endpipeline'; } > pipelined.sql
chmod a+r ./*.sql

latency() { # microseconds a read
  run "$programs/pgbench" -h "$base" -p 5432 -U app -n -M prepared -c 1 -T "$seconds" -f "$1" postgres |
    awk '/latency average/ { printf "%d\n", $4 * 1000 }'
}
median() { sort -n "$1" | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

for script in plain secured pipelined; do latency "$script.sql" >/dev/null; done
for _ in $(seq "$rounds"); do
  for script in plain secured pipelined; do latency "$script.sql" >> "$script.out"; done
done
plain=$(median plain.out)
for script in plain secured pipelined; do
  m=$(median "$script.out")
  printf '%-10s median of %s rounds: %4d µs a read, %s of plain\n' "$script" "$rounds" "$m" \
    "$(awk -v a="$m" -v b="$plain" 'BEGIN { printf "%.2f", a / b }')"
done

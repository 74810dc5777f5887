#!/usr/bin/env bash
# How fast an import is, and how much memory it takes: benches/import.sh [--format F] FILE…
#
# A release build imports the files into a new embedded cluster, then again. As a baseline the same
# command runs with an empty file, which costs the start and the stop of the cluster; what is printed
# is the median of several rounds, each with a new cluster, less that baseline.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/lib/tools.sh"
rounds=${ROUNDS:-3}
(cd "$root" && ensure_tools && cargo build --locked --release --package org-api)
program=${CARGO_TARGET_DIR:-$root/target}/release/org-api

base=$(mktemp -d)
chmod 711 "$base"
trap 'rm -rf "$base"' EXIT
: > "$base/empty"

# Runs an import; prints milliseconds, rows, and the most memory the process had, in kB.
measured() {
  local started peak=0 now pid
  started=$(date +%s%N)
  "$program" --json --data-dir "$data" import --org bench "$@" > "$base/summary" &
  pid=$!
  while now=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.02
  done
  wait "$pid"
  printf '%s %s %s\n' "$((($(date +%s%N) - started) / 1000000))" \
    "$(sed 's/.*"read":\([0-9]*\).*/\1/' "$base/summary")" "$peak"
}

for round in $(seq "$rounds"); do
  data=$base/cluster-$round
  "$program" --json --data-dir "$data" org create --slug bench --name Bench --time-zone America/New_York > /dev/null
  measured "$base/empty" >> "$base/nothing"
  measured "$@" >> "$base/first"
  measured "$@" >> "$base/second"
  rm -rf "$data"
done

median() { sort -n "$1" | awk '{ row[NR] = $0 } END { print row[int((NR + 1) / 2)] }'; }
read -r nothing _ _ < <(median "$base/nothing")
for run in first second; do
  read -r took rows peak < <(median "$base/$run")
  awk -v run="$run" -v took="$took" -v nothing="$nothing" -v rows="$rows" -v peak="$peak" 'BEGIN {
    printf "%-6s import: %d rows in %.2f s, %.2f s of them the cluster: %d rows/s, peak memory %d MB\n",
      run, rows, took / 1000, nothing / 1000, rows * 1000 / (took - nothing), peak / 1024 }'
done

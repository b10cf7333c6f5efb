#!/usr/bin/env bash
# Ours, SQLite FTS5 and PostgreSQL pg_trgm side by side: the same names and the same mistyped
# queries, in one run of some fifteen minutes. Starts a PostgreSQL server of its own, in a folder of
# its own and on a socket there, and stops it again; without one it says so and goes on. Real names
# come from the folder that ALUR_SHARED names.
# Usage: registry_benchmark.sh [PROGRAM] [QUERIES AT A MILLION NAMES] [NUMBERS OF NAMES]
set -uo pipefail
program=${1:-build/release/bin/registry_benchmark}
many=${2:-200}
sizes=${3:-10000 ${ALUR_SHARED:+real} 1000000}
real=${ALUR_SHARED:+$ALUR_SHARED/data/registry/licensed_names.csv}
folder=$(mktemp -d)
trap '[ -n "${server:-}" ] && as_server "$bin/pg_ctl" -D "$folder/data" -m fast stop >/dev/null; rm -rf "$folder"' EXIT

# PostgreSQL does not run as root.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then (cd "$folder" && runuser -u postgres -- "$@"); else "$@"; fi
}

start_server() {
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
  [ -n "$bin" ] || return 1
  [ "$(id -u)" -eq 0 ] && chown postgres "$folder"
  as_server "$bin/initdb" -D "$folder/data" -U postgres -A trust >/dev/null || return 1
  as_server "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-c listen_addresses='' -k $folder -c max_parallel_workers_per_gather=0 -c shared_buffers=512MB -c maintenance_work_mem=512MB" \
    start >/dev/null || return 1
  server=1
  export PGHOST=$folder
}

start_server || echo "PostgreSQL is not installed: pg_trgm is left out"
for names in $sizes; do
  queries=$([ "$names" = 1000000 ] && echo "$many" || echo 2000)
  [ "$names" = real ] && names=$real
  for errors in 1 2; do
    echo "== $names, $errors typing error(s), $queries queries each"
    "$program" ours "$names" "$queries" "$errors"
    "$program" fts5 "$names" "$queries" "$errors"
    [ -n "${server:-}" ] && "$program" pg "$names" "$queries" "$errors"
  done
done
echo "== ours alone, more queries"
"$program" ours 10000 50000 1
"$program" ours 10000 50000 2
"$program" ours 1000000 5000 1
"$program" ours 1000000 5000 2
"$program" import 1000000

#!/usr/bin/env bash
# Ours, SQLite FTS5 and PostgreSQL pg_trgm side by side, in one run. Starts a PostgreSQL server of its
# own and stops it again; without one it says so and goes on.
# Usage: registry_benchmark.sh [PROGRAM] [CSV OF REAL NAMES]
set -uo pipefail
program=${1:-build/release/bin/registry_benchmark}
real=${2:-}
work=$(mktemp -d)
trap '[ -n "${server:-}" ] && as_server "$bin/pg_ctl" -D "$work/data" -m fast stop >/dev/null; rm -rf "$work"' EXIT

as_server() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_server() {
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
  [ -n "$bin" ] || return 1
  [ "$(id -u)" -eq 0 ] && chown postgres "$work"
  as_server "$bin/initdb" -D "$work/data" -U postgres -A trust >/dev/null || return 1
  as_server "$bin/pg_ctl" -D "$work/data" -w -l "$work/log" \
    -o "-c listen_addresses='' -k $work -c shared_buffers=512MB -c maintenance_work_mem=512MB" \
    start >/dev/null || return 1
  server=1
  export PGHOST=$work
}

start_server || echo "PostgreSQL is not installed: pg_trgm is left out"
for errors in 1 2; do
  for names in 10000 1000000 ${real:+"$real"}; do
    [ "$errors" = 2 ] && [ "$names" = 1000000 ] && continue
    few=$([ "$names" = 1000000 ] && echo 30 || echo 1000)
    echo "== $names, $errors typing error(s)"
    "$program" ours "$names" 5000 "$errors"
    "$program" fts5 "$names" "$few" "$errors"
    [ -n "${server:-}" ] && "$program" pg "$names" "$few" "$errors"
  done
done
"$program" import 1000000

#!/usr/bin/env bash
# Everything from a fresh Debian 12 to a conversation: installs what is missing, builds, and starts
# Kontak 157 in the terminal. Arguments go to `alur chat` instead of flows/kontak157.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/setup/install.sh build
log=build/run.log
mkdir -p build
if ! { cmake --preset release -DBUILD_TESTING=OFF -DALUR_BENCHMARKS=OFF -B build/run &&
       cmake --build build/run --target alur; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "run.sh: the build failed; the whole log is in $log" >&2
  exit 1
fi
[ $# -gt 0 ] || set -- flows/kontak157
exec build/run/bin/alur chat "$@"

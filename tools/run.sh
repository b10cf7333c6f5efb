#!/usr/bin/env bash
# Everything from a fresh Debian 12 to a conversation: installs what is missing, builds, and starts
# Kontak 157 as a service with a chat in the browser; the last line says where. What is said is kept in
# build/run, and is there again the next time.
#   tools/run.sh                             more options for `alur serve` may follow
#   tools/run.sh --whatsapp                  besides, a pretend WhatsApp; `alur phone` plays a citizen there
#   tools/run.sh chat [flows/kontak157 ...]  in the terminal instead: `alur chat`, kept nowhere
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
if [ "${1:-}" = chat ]; then
  shift
  [ $# -gt 0 ] || set -- flows/kontak157
  exec build/run/bin/alur chat "$@"
fi

# Both until one is told to stop; the pretend WhatsApp is heard on this machine only.
if [ "${1:-}" = --whatsapp ]; then
  shift
  cmake --build build/run --target graph_sim >>"$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
  export ALUR_WHATSAPP_SECRET=the-secret-of-an-app-that-is-played
  export ALUR_WHATSAPP_VERIFY=the-verify-token-of-a-played-handshake
  export ALUR_WHATSAPP_TOKEN=the-token-of-a-number-that-is-played
  build/run/bin/alur serve --config tools/graph_sim/alur.yaml "$@" &
  service=$!
  trap 'kill "$service" 2>/dev/null; wait "$service" || true' EXIT
  build/run/bin/graph_sim --callback http://127.0.0.1:8159/whatsapp --wait 20 \
    --template answer_ready --template more_needed
  exit
fi
exec build/run/bin/alur serve flows/kontak157 --store build/run/kontak157.db \
  --web-title "Kontak 157 (contoh)" "$@"

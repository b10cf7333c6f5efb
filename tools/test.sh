#!/usr/bin/env bash
# Everything from a fresh Debian 12 to a verdict: installs what is missing, builds, runs every test.
#   tools/test.sh           all: release, both sanitizers, style
#   tools/test.sh quick     the release tests only
set -euo pipefail
cd "$(dirname "$0")/.."

tools/setup/install.sh tests
export CTEST_OUTPUT_ON_FAILURE=1

run_preset() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" -- -k 0
  ctest --preset "$1" -j "$(nproc)" "${@:2}"
}

run_preset release
[ "${1:-all}" = quick ] && exit 0
run_preset asan -LE unsanitized
run_preset tsan -L threads

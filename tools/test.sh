#!/usr/bin/env bash
# Everything from a fresh Debian 12 to a verdict: installs what is missing, builds, runs every test.
#   tools/test.sh             the release build's tests
#   tools/test.sh sanitized   besides, what the sanitizers can cover in time
set -euo pipefail
cd "$(dirname "$0")/.."

tools/setup/install.sh tests
tools/setup/sarif_schema.sh build/setup ||
  echo "test.sh: no schema of SARIF: check_sarif checks what it can without it" >&2
export CTEST_OUTPUT_ON_FAILURE=1

cmake --preset release >/dev/null
cmake --build --preset release-all
ctest --preset release -j "$(nproc)"
[ "${1:-release}" = sanitized ] || exit 0

# Builds these tests with a sanitizer's preset and runs them.
run_sanitized() {
  local preset=$1
  shift
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --target "$@"
  ctest --preset "$preset" -R "^($(IFS='|'; echo "$*"))\$"
}

run_sanitized asan yaml_fuzz expression_fuzz template_fuzz phrase_fuzz chat_fuzz \
  machine_property_test kontak157_test
run_sanitized tsan kontak157_test

#!/usr/bin/env bash
# Everything from a fresh Debian 12 to a verdict: installs what is missing, builds, runs every test.
#   tools/test.sh             the release build's tests
#   tools/test.sh asan tsan   besides, what these sanitizers can cover in time; either, or both
set -euo pipefail
cd "$(dirname "$0")/.."

for sanitizer in "$@"; do
  case "$sanitizer" in asan | tsan) ;; *) echo "usage: test.sh [asan] [tsan]" >&2; exit 2 ;; esac
done

tools/setup/install.sh tests
tools/setup/sarif_schema.sh build/setup ||
  echo "test.sh: no schema of SARIF: check_sarif checks what it can without it" >&2
export CTEST_OUTPUT_ON_FAILURE=1

cmake --preset release >/dev/null
cmake --build --preset release-all
ctest --preset release -j "$(nproc)"

# Builds these tests with a sanitizer's preset and runs them.
run_sanitized() {
  local preset=$1
  shift
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --target "$@"
  ctest --preset "$preset" -j "$(nproc)" -R "^($(IFS='|'; echo "$*"))\$"
}

for sanitizer in "$@"; do
  case "$sanitizer" in
    asan) run_sanitized asan yaml_fuzz expression_fuzz template_fuzz phrase_fuzz chat_fuzz lists_fuzz \
      lookup_fuzz head_fuzz visit_fuzz whatsapp_fuzz value_test refuse_test program_test machine_test machine_script_test \
      machine_property_test runtime_test store_contract_test registry_test http_test webchat_test whatsapp_receiving_test \
      desk_test desk_door_test desk_accounts_test staff_contract_test ;;
    tsan) run_sanitized tsan compile_test runtime_threads_test http_test webchat_test whatsapp_receiving_test \
      desk_door_test desk_accounts_test staff_contract_test ;;
  esac
done

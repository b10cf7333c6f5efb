#!/usr/bin/env bash
# clang-tidy over every source of the product, as .clang-tidy says. Takes minutes; fails on any finding.
#   tools/tidy.sh               everything
#   tools/tidy.sh FILE.cpp...   only these
set -euo pipefail
cd "$(dirname "$0")/.."

tools/setup/install.sh tests
cmake --preset release >/dev/null
[ $# -gt 0 ] || mapfile -t sources < <(git ls-files 'engine/*.cpp' 'dsl/*.cpp' 'adapters/*.cpp' 'tools/*.cpp')
[ $# -eq 0 ] || sources=("$@")
printf '%s\n' "${sources[@]}" |
  xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/release --quiet 2> >(grep -vE 'warnings? generated|^\[[0-9]+/' >&2)
echo "tidy: no findings in ${#sources[@]} files"

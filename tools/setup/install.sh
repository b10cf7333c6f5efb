#!/usr/bin/env bash
# Installs the Debian packages that are missing; quick and silent when none is.
# Usage: install.sh build | tests
set -euo pipefail
cd "$(dirname "$0")"

case "${1:-build}" in
  build) wanted=$(sed '/^tests:/,$d; /^#/d' packages.txt) ;;
  tests) wanted=$(sed '/^tests:/d; /^#/d' packages.txt) ;;
  *) echo "usage: install.sh build|tests" >&2; exit 2 ;;
esac

# npm also comes with Node.js from elsewhere, which Debian's package then stands in the way of.
is_there() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ] ||
    { [ "$1" = npm ] && command -v npm >/dev/null; }
}

missing=()
for package in $wanted; do
  is_there "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "install.sh: please install as root: apt-get install ${missing[*]}" >&2; exit 1; }
  root=(sudo)
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  "${missing[@]}" </dev/null >/dev/null

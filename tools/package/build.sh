#!/usr/bin/env bash
# A Debian package of the program and its sample service, in build/package: what is missing is
# installed, a release built, and all of it packed.
set -euo pipefail
cd "$(dirname "$0")/../.."

tools/setup/install.sh build
command -v dpkg-shlibdeps >/dev/null || {
  echo "build.sh: please install as root: apt-get install dpkg-dev" >&2; exit 1; }
cmake --preset release -DBUILD_TESTING=OFF -DALUR_BENCHMARKS=OFF -B build/run >/dev/null
cmake --build build/run --target alur
cpack --config build/run/CPackConfig.cmake -G DEB -B build/package
ls build/package/alur_*.deb

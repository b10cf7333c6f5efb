#!/usr/bin/env bash
# Puts the published JSON Schema of SARIF 2.1.0 into FOLDER, for the test that holds `alur check --format sarif`
# to it. No Debian package ships that schema; one of Microsoft's npm packages does. Quick and silent when it is there.
# Usage: sarif_schema.sh FOLDER
set -euo pipefail

folder=${1:?usage: sarif_schema.sh FOLDER}
package=@microsoft/jest-sarif@1.0.0-beta.0
schema=sarif-2.1.0-rtm.5.json
sum=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8

is_there() { echo "$sum  $folder/$schema" | sha256sum --check --status 2>/dev/null; }
is_there && exit 0

unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
npm pack --silent --ignore-scripts --pack-destination "$unpacked" "$package" >/dev/null
tar -xzf "$unpacked"/*.tgz -C "$unpacked"
mkdir -p "$folder"
cp "$unpacked/package/lib/schemas/$schema" "$folder/$schema"
is_there || { echo "sarif_schema.sh: $package has another schema than expected" >&2; exit 1; }

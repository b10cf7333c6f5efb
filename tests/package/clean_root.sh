#!/usr/bin/env bash
# Installs the package on a clean Debian 12 and talks to it: debootstrap makes a root, apt installs the
# package with what it depends on, the program serves there as its user, a message is answered, the
# store is sound, and purging leaves what citizens said. Ends with 1 when any of it is not so.
#
#   tests/package/clean_root.sh build/package/alur_0.1.0_amd64.deb
#
# Needs root, debootstrap, curl, and Debian's archive; half a gigabyte in $TMPDIR for as long as it runs.
set -euo pipefail
package=$(realpath "$1")
root=$(mktemp -d "${TMPDIR:-/tmp}/alur_root_XXXXXX")
chmod 755 "$root"  # its users must be able to look into it
port=18157
served=

finish() {
  [ -z "$served" ] || kill "$served" 2>/dev/null || true
  umount "$root/proc" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap finish EXIT
as_user() { chroot "$root" su -s /bin/sh alur -c "$1"; }
check() { grep -q "$1" || { echo "clean_root.sh: no \"$1\"" >&2; exit 1; }; }

debootstrap --variant=minbase bookworm "$root" >/dev/null
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/alur.deb"
chroot "$root" sh -c 'export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends /tmp/alur.deb' >/dev/null 2>&1
[ "$(chroot "$root" stat -c '%U %a' /var/lib/alur)" = "alur 750" ]

as_user 'alur doctor --config /etc/alur/alur.yaml'
as_user "exec alur serve --config /etc/alur/alur.yaml --port $port --web-port $((port + 1))" \
  >"$root/tmp/log" &
served=$!
curl -s --retry 20 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$port/ready" |
  check '"ready":true'
curl -s -d '{"id": "m1", "from": "628111", "text": "halo"}' "http://127.0.0.1:$port/messages" |
  check accepted
curl -s "http://127.0.0.1:$port/outbox?wait=5&to=628111" | check '"text"'
curl -s "http://127.0.0.1:$port/metrics" | check '^alur_messages_in_total 1$'
curl -s "http://127.0.0.1:$((port + 1))/" | check '<title>'
kill "$(pgrep -P "$served" || echo "$served")"
wait "$served" || true
served=
as_user 'alur db check /var/lib/alur/alur.db' | check ': sound'

chroot "$root" dpkg -P alur >/dev/null 2>&1
[ ! -e "$root/usr/bin/alur" ] && [ ! -e "$root/etc/alur/alur.yaml" ]
[ -s "$root/var/lib/alur/alur.db-wal" ] || [ -s "$root/var/lib/alur/alur.db" ]
echo "clean_root.sh: installed, served, sound, purged"

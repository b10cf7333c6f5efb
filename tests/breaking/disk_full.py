#!/usr/bin/env python3
"""The disk of the store is full for a while, under load. Needs the right to mount.

  disk_full.py [SECONDS]

Every message is answered, nothing that was acknowledged is lost, the program goes on, says in
/health that it is not well, and takes messages again within 5 s after there is room.
"""
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from service import Citizens, Service, Verdict, check_store, small_app


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = small_app(folder / "app")
        disk = folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "none", disk], check=True)
        try:
            run(app, disk, seconds, verdict)
        finally:
            subprocess.run(["umount", "-l", disk], check=True)
    verdict.end()


def run(app, disk, seconds, verdict):
    service = Service(app, disk / "store", cores=2)
    service.start()
    citizens = Citizens(service)
    time.sleep(1)
    with open(disk / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass
    time.sleep(0.3)
    before = len(citizens.acknowledged)
    refused = citizens.refused
    time.sleep(seconds)
    health = service.ask("GET", "/health")
    verdict.expect(health[0] == 503 and '"store_up":false' in health[1],
                   f"full: /health says {health[0]}")
    # What still fits into the log's file is durable, and is taken.
    verdict.expect(citizens.refused > refused,
                   f"full: {citizens.refused - refused} answered with 503, "
                   f"{len(citizens.acknowledged) - before} taken")
    verdict.expect(citizens.unanswered == 0, f"{citizens.unanswered} not answered at all")
    (disk / "filler").unlink()
    begun = time.monotonic()
    while service.ask("GET", "/health")[0] != 200 and time.monotonic() - begun < 10:
        time.sleep(0.02)
    took = time.monotonic() - begun
    verdict.expect(took < 5, f"well again {took:.2f} s after there was room")
    time.sleep(0.5)
    citizens.stop()
    lost = citizens.lost()
    verdict.expect(not lost, f"{len(citizens.acknowledged)} acknowledged, {len(lost)} lost")
    verdict.expect(service.stop() == 0, "stops as it should")
    verdict.expect(check_store(disk / "store").endswith("sound"), "the store is sound")


if __name__ == "__main__":
    main()

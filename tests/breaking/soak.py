#!/usr/bin/env python3
"""The real flows at 300 messages a second for long: memory and descriptors stay flat, the log short.

  soak.py [SECONDS]     600 if it is not said
"""
import sys
import tempfile
import time
from pathlib import Path

from service import KONTAK157, Service, Verdict, check_store, finish, load

WORDS = ("halo", "1", "bank central asia", "Selesai")
EVERY = 10
WARM = 60


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "script"
        script.write_text("\n".join(WORDS) + "\n")
        store = folder / "store"
        service = Service(KONTAK157, store, cores=2)
        service.start()
        # As fast as it goes at first: SQLite's caches, 48 MiB in all, are full then.
        finish(load(service, 64, WARM, 0, 20_000, script=script))
        print(f"{service.health()['counters']['turns']} turns to begin with")
        running = load(service, 32, seconds, 300, 20_000, script=script)
        seen = []
        while running.poll() is None:
            time.sleep(EVERY)
            log = Path(f"{store}-wal")
            seen.append((service.rss_mib(), service.descriptors(),
                         log.stat().st_size / 2**20 if log.exists() else 0))
        numbers = finish(running)
        print(numbers["text"])
        third = len(seen) // 3
        early = max(one[0] for one in seen[:third + 1])
        later = [one[0] for one in seen[third:]]
        hours = (len(later) - 1) * EVERY / 3600
        slope = (sum(later[-3:]) - sum(later[:3])) / 3 / hours if len(later) > 6 else 0
        print(f"resident: {seen[0][0]:.1f} MiB first, {early:.1f} at most in the first third, "
              f"{later[-1]:.1f} at the end: {slope:.1f} MiB an hour")
        descriptors = [one[1] for one in seen[:-1]]
        verdict.expect(max(descriptors[third:]) <= max(descriptors[:third + 1]) + 2,
                       f"descriptors: {min(descriptors)} to {max(descriptors)}")
        verdict.expect(later[-1] < early * 1.1 + 4, "memory is flat")
        verdict.expect(max(one[2] for one in seen) <= 64,
                       f"the log took at most {max(one[2] for one in seen):.0f} MiB")
        verdict.expect(numbers["rate"] > 290 and numbers["refused"] == 0, "everything was taken")
        verdict.expect(service.stop() == 0, "stops as it should")
        verdict.expect(check_store(store).endswith("sound"), "the store is sound")
    verdict.end()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""System calls of the store fail, one after another, under load; strace makes them fail.

  syscall_faults.py [POINTS]

For each call and error, at so many points of a run (4 if it is not said): whatever the service
does, a store that is opened again is sound and knows every message that was acknowledged; a failed
sync ends the program with 70, which never goes on as if nothing had been.
"""
import sys
import tempfile
import time
from pathlib import Path

from service import Citizens, Service, Verdict, check_store, small_app

# (call, error): those that SQLite and the service use on the store's files.
FAULTS = [("fdatasync", "EIO"), ("fdatasync", "ENOSPC"), ("pwrite64", "EIO"),
          ("pwrite64", "ENOSPC"), ("pwrite64", "EINTR"), ("pread64", "EIO"),
          ("ftruncate", "EIO"), ("fcntl", "EACCES"), ("openat", "EMFILE"), ("unlink", "EIO"),
          ("mmap", "ENOMEM"), ("fstat", "EIO")]


def one(folder, app, call, error, when, verdict):
    store = folder / f"{call}-{error}-{when}"
    begin = Service(app, store)
    begin.start()
    begin.say("c", "first", "hi")
    begin.stop()
    faulty = Service(app, store, before=("strace", "-f", "-qq", "-o", "/dev/null", "-e",
                                         f"trace={call}", "-P", str(store), "-P", f"{store}-wal",
                                         "-P", f"{store}-shm", "-e",
                                         f"inject={call}:error={error}:when={when}..{when + 2}"))
    what = f"{call} {error} at {when}: "
    acknowledged = {}
    ended = None
    if faulty.start() is None:
        what += "did not start"
    else:
        citizens = Citizens(faulty)
        until = time.monotonic() + 1.5
        while time.monotonic() < until and faulty.process.poll() is None:
            time.sleep(0.02)
        citizens.stop()
        acknowledged = citizens.acknowledged
        ended = faulty.process.poll()
        if ended is None:
            faulty.stop()
            what += f"{len(acknowledged)} taken, {citizens.refused} refused, went on"
        else:
            what += f"{len(acknowledged)} taken, ended with {ended}"
    sound = check_store(store).endswith("sound")
    after = Service(app, store)
    ready = after.start() is not None
    lost = []
    if ready:
        citizens = Citizens(after, 0)
        citizens.acknowledged = {"first": "c", **acknowledged}
        lost = citizens.lost()
        after.stop()
    good_end = ended in (None, 0, 70)
    verdict.expect(sound and ready and not lost and good_end,
                   what + (f", {len(lost)} LOST" if lost else "") + ("" if sound else ", NOT SOUND"))


def main():
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = small_app(folder / "app")
        for call, error in FAULTS:
            for point in range(points):
                one(folder, app, call, error, 1 + point * point * 7, verdict)
    verdict.end()


if __name__ == "__main__":
    main()

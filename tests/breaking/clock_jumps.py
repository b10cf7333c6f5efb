#!/usr/bin/env python3
"""The machine's clock jumps while timers are armed: an hour back, a year ahead, and between two
starts. Needs libfaketime.

No timer fires early by a clock that cannot be set, none is lost, none fires twice.
"""
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from service import Service, Verdict

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
WAIT = 3.0
APP = """app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
defaults:
  no_match:
    - stop: true
  no_input:
    - after: 10m
      stop: true
  session_ends: 24h
"""
FLOW = """flow: main
outcomes: [done]
states:
  start:
    - say:
        en: Wait.
    - wait: 3s
    - say:
        en: Over.
    - end: done
"""


def over(service, who, since, patience):
    """Seconds from `since` until the wait was over, and how often it was said to be."""
    count = 0
    first = None
    until = time.monotonic() + patience
    while time.monotonic() < until:
        status, text = service.ask("GET", f"/outbox?wait=1&to={who}")
        messages = json.loads(text)["messages"] if status == 200 else []
        if messages:
            service.ask("POST", "/acks", json.dumps({"ids": [one["id"] for one in messages]}))
        for one in messages:
            if one["text"] == "Over.":
                count += 1
                first = first or time.monotonic() - since
        if first and time.monotonic() - since > first + 2:
            break
    return first, count


def main():
    verdict = Verdict()
    if not Path(LIBRARY).exists():
        print("libfaketime is not there")
        sys.exit(2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "app").mkdir()
        (folder / "app/app.yaml").write_text(APP)
        (folder / "app/main.flow.yaml").write_text(FLOW)
        offset = folder / "offset"
        env = {"LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(offset),
               "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        for number, jump in enumerate(("-1h", "+1y", "+0")):
            offset.write_text("+0\n")
            service = Service(folder / "app", folder / f"store{number}", env=env)
            service.start()
            since = time.monotonic()
            service.say("a", "m1", "hi")
            offset.write_text(jump + "\n")
            first, count = over(service, "a", since, WAIT + 6)
            verdict.expect(count == 1 and first and WAIT <= first < WAIT + 2,
                           f"{jump} while it runs: over after {first and round(first, 2)} s, "
                           f"{count} times")
            since = time.monotonic()
            service.say("b", "m1", "hi")
            first, count = over(service, "b", since, WAIT + 6)
            verdict.expect(count == 1 and first and WAIT <= first < WAIT + 2,
                           f"{jump}, armed after it: over after {first and round(first, 2)} s")
            service.stop()
        # Between two starts the new time counts: an hour back, the wait is not over for longer;
        # ahead, it is over at once. Nothing is lost and nothing happens twice.
        for number, jump in enumerate(("-10s", "+1y")):
            offset.write_text("+0\n")
            service = Service(folder / "app", folder / f"again{number}", env=env)
            service.start()
            since = time.monotonic()
            service.say("a", "m1", "hi")
            service.stop()
            offset.write_text(jump + "\n")
            service.start()
            first, count = over(service, "a", since, 20)
            late = 10 if jump == "-10s" else -WAIT
            verdict.expect(count == 1 and first and first >= WAIT + late,
                           f"{jump} between two starts: over after {first and round(first, 2)} s, "
                           f"{count} times")
            service.stop()
    verdict.end()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A service over HTTP hangs, while other conversations go on.

Whoever asks it is told in time that it is unavailable; it is left alone after a few calls; nobody
else waits longer for it.
"""
import json
import socket
import tempfile
import threading
import time
from pathlib import Path

from service import Citizens, Service, Verdict, small_app


ASKING = 100
# On each of two cores 16 at once, and one more for each failure until the fifth.
ASKED_MAX = 2 * (16 + 4)


class Hung:
    """Takes connections and never answers."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.taken = []
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            self.taken.append(self.listening.accept()[0])


def p99(latencies):
    return sorted(latencies)[int(len(latencies) * 0.99)] * 1e3


def main():
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = small_app(folder / "app")
        flow = (app / "main.flow.yaml").read_text()
        text = (app / "app.yaml").read_text().replace("timeout: 20s", "timeout: 2s")
        (app / "app.yaml").write_text(text)
        # "ask" goes to the service that hangs; everybody else never does.
        (app / "main.flow.yaml").write_text(flow.replace(
            "    - call: names.find(name = name)\n",
            "    - if: name == \"ask\"\n      goto: asked\n    - goto: unknown\n  asked:\n"
            "    - set:\n        found: name\n    - goto: ticket\n  find:\n"
            "    - call: names.find(name = name)\n").replace(
            "    - if: name == \"ask\"", "    - if: name == \"never\"\n      goto: find\n"
            "    - if: name == \"ask\""))
        hung = Hung()
        host = f"127.0.0.1:{hung.port}"
        (app / "services.json").write_text(json.dumps({
            "hosts": [host], "private_addresses": ["127.0.0.1"],
            "services": {"ticket.open": {"url": f"http://{host}/tickets"}}}))
        service = Service(app, folder / "store", cores=2)
        if service.start() is None:
            print(service.said)
        others = Citizens(service)
        time.sleep(3)
        calm = [took for _, took in others.latencies]
        begun = time.monotonic()
        for number in range(ASKING):
            service.say(f"a{number}", "m1", "hi")
            service.say(f"a{number}", "m2", "ask")
        told = 0
        while told < ASKING and time.monotonic() - begun < 20:
            status, answer = service.ask("GET", "/outbox?wait=1&limit=1000")
            messages = json.loads(answer)["messages"] if status == 200 else []
            told += sum(one["text"] == "Tickets are closed just now." for one in messages)
            service.ask("POST", "/acks", json.dumps({"ids": [one["id"] for one in messages]}))
        took = time.monotonic() - begun
        verdict.expect(told == ASKING and took < 15, f"{told} of {ASKING} told within {took:.1f} s that the "
                       "service is unavailable")
        others.stop()
        verdict.expect(len(hung.taken) <= ASKED_MAX, f"it was asked {len(hung.taken)} times")
        busy = [took for at, took in others.latencies if at >= begun]
        verdict.expect(p99(busy) < p99(calm) * 1.5 + 10, "everybody else: p99 "
                       f"{p99(calm):.1f} ms before, {p99(busy):.1f} ms meanwhile")
        verdict.expect(service.stop() == 0, "stops as it should")
    verdict.end()


if __name__ == "__main__":
    main()

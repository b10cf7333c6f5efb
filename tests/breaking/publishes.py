#!/usr/bin/env python3
"""An editor saves again and again while citizens chat, and `alur serve --watch` publishes it all.

  publishes.py [PUBLISHES] [CITIZENS]     200 and 500 if they are not said

Every version says its own number in all that it says, and names its states after it, so that no
conversation can move: each keeps the version that it began with. Each transcript is that of its
version as it is told where nothing is published meanwhile.
"""
import collections
import http.client
import json
import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

from service import Service, Verdict, check_store

GAP_SECONDS = (1.0, 2.0)  # a citizen's, from an answer to the next words
WORDS = ("hi", "Ayu", "Bogor", "No", "Depok", "Yes")
# How many messages answer each of them.
ANSWERS = (2, 1, 1, 1, 1, 1)
WRITERS = 8

APP = """app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [whatsapp]
defaults:
  no_match:
    - en: Please type it again.
    - stop: true
  no_input:
    - after: 2h
      stop: true
  session_ends: 24h
bounds:
  person_within: none
"""

FLOW = """flow: main
outcomes: [done]
vars:
  name: text(1..80)
  town: text(1..80)
states:
  start:
    - say:
        en: Welcome to VERSION.
    - goto: name_VERSION
  name_VERSION:
    - ask:
        en: VERSION asks what your name is.
      into: name
    - goto: town_VERSION
  town_VERSION:
    - ask:
        en: VERSION asks in which town {name} lives.
      into: town
    - choose:
        en: VERSION asks whether it is {town}.
      options:
        - label: {en: "Yes"}
          goto: end_VERSION
        - label: {en: "No"}
          goto: again_VERSION
  again_VERSION:
    - goto: town_VERSION
      at_most: 5
    - goto: end_VERSION
  end_VERSION:
    - say:
        en: VERSION thanks {name} of {town}.
    - end: done
"""


def save(app, number):
    """As an editor does: the file is replaced by a new one."""
    written = app.parent / "written"
    written.write_text(FLOW.replace("VERSION", f"v{number}"))
    os.replace(written, app / "main.flow.yaml")


class Line:
    def __init__(self, port):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method, path, body=None):
        self.line.request(method, path, body)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode()


class Conversation:
    def __init__(self, who):
        self.who = who
        self.said = 0
        self.heard = []
        self.due = time.monotonic()
        self.began_at = 0  # how many publishes there had been
        self.ended_at = 0

    def is_over(self):
        return self.said == len(WORDS) and len(self.heard) >= sum(ANSWERS)


class Chatters:
    """So many conversations at any time; one that is over makes room for a new citizen's."""

    def __init__(self, port, citizens, published, first=0):
        self.port = port
        self.published = published  # how many so far
        self.lock = threading.Lock()
        self.under_way = {}
        self.over = []
        self.count = first  # the number of the last citizen
        self.refused = 0
        self.closing = False  # nobody new begins
        self.stopped = False
        for _ in range(citizens):
            self.begin()
        self.threads = [threading.Thread(target=self.write, args=(n,)) for n in range(WRITERS)]
        self.threads.append(threading.Thread(target=self.listen))
        for thread in self.threads:
            thread.start()

    def begin(self):
        self.count += 1
        one = Conversation(f"c{self.count}")
        one.began_at = self.published()
        one.due += (self.count * 0.618) % GAP_SECONDS[1]  # spread, the same in every run
        self.under_way[one.who] = one

    def write(self, number):
        line = Line(self.port)
        while not self.stopped:
            now = time.monotonic()
            with self.lock:
                mine = [one for one in self.under_way.values()
                        if int(one.who[1:]) % WRITERS == number and one.due <= now]
                for one in mine:
                    one.due = float("inf")  # until it is answered
            for one in mine:
                body = json.dumps({"id": f"{one.who}-{one.said}", "from": one.who,
                                   "text": WORDS[one.said]})
                status, _ = line.ask("POST", "/messages", body)
                with self.lock:
                    if status == 200:
                        one.said += 1
                        self.look(one)
                    else:
                        self.refused += 1
                        one.due = time.monotonic() + 0.2
            if not mine:
                time.sleep(0.01)

    def look(self, one):
        """What follows, when all that answers its last words is here."""
        if one.is_over():
            one.ended_at = self.published()
            self.over.append(self.under_way.pop(one.who))
            if not self.closing:
                self.begin()
        elif one.due == float("inf") and len(one.heard) >= sum(ANSWERS[:one.said]):
            share = (int(one.who[1:]) * 7 + one.said * 3) % 10 / 10
            one.due = time.monotonic() + GAP_SECONDS[0] + share * (GAP_SECONDS[1] - GAP_SECONDS[0])

    def listen(self):
        line = Line(self.port)
        while not self.stopped:
            _, text = line.ask("GET", "/outbox?wait=1&limit=1000")
            messages = json.loads(text)["messages"]
            line.ask("POST", "/acks", json.dumps({"ids": [one["id"] for one in messages]}))
            with self.lock:
                for message in messages:
                    one = self.under_way.get(message["to"])
                    if one is None:  # it was told more than there is to tell
                        self.over.append(Conversation(message["to"]))
                        continue
                    labels = [choice["label"] for choice in message.get("choices", [])]
                    one.heard.append((message["text"], *labels))
                    if one.said:
                        self.look(one)

    def finish(self, patience):
        """Lets those who talk finish."""
        self.closing = True
        begun = time.monotonic()
        while self.under_way and time.monotonic() - begun < patience:
            time.sleep(0.05)
        self.stopped = True
        for thread in self.threads:
            thread.join()


def version_of(conversation):
    found = re.search(r"v\d+", conversation.heard[0][0]) if conversation.heard else None
    return found.group(0) if found else ""


def as_told_by(reference, version):
    return [tuple(part.replace("v0", version) for part in message) for message in reference]


def main():
    publishes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    citizens = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = folder / "app"
        app.mkdir()
        (app / "app.yaml").write_text(APP)
        save(app, 0)
        service = Service(app, folder / "store", "--watch", cores=2)
        if service.start() is None:
            print(service.said)
            sys.exit(1)
        alone = Chatters(service.port, 1, lambda: 0)
        alone.finish(60)
        reference = alone.over[0].heard
        verdict.expect(len(reference) == sum(ANSWERS), "a conversation without a publish: "
                       + " | ".join(message[0] for message in reference))

        done = [0]
        chatters = Chatters(service.port, citizens, lambda: done[0], first=1)
        begun = time.monotonic()
        for number in range(1, publishes + 1):
            save(app, number)
            # The app that it started with is version 1.
            service.wait_until_said(f"published version {number + 1},", 60)
            done[0] = service.said.count("published version ")
        took = time.monotonic() - begun
        chatters.finish(60)
        verdict.expect(done[0] == publishes, f"{done[0]} versions published in {took:.0f} s")
        verdict.expect(not chatters.under_way and chatters.refused == 0,
                       f"{len(chatters.over)} conversations came to their end, "
                       f"{len(chatters.under_way)} did not, {chatters.refused} messages refused")
        wrong = [one for one in chatters.over
                 if one.heard != as_told_by(reference, version_of(one))]
        for one in wrong[:3]:
            print(one.who, one.heard)
        verdict.expect(not wrong, f"{len(wrong)} transcripts are not their version's")
        versions = collections.Counter(version_of(one) for one in chatters.over)
        amid = sum(one.began_at < one.ended_at for one in chatters.over)
        verdict.expect(len(versions) > publishes / 3 and amid > citizens / 2,
                       f"they spoke with {len(versions)} versions; during {amid} of them there was a publish")
        verdict.expect(service.stop() == 0, "stops as it should")
        verdict.expect(check_store(folder / "store").endswith("sound"), "the store is sound")
    verdict.end()


if __name__ == "__main__":
    main()

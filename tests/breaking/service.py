"""A running `alur serve`, as the programs of this folder drive it: started, spoken to, measured."""
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("ALUR_BIN", ROOT / "build/release/bin"))
KONTAK157 = ROOT / "flows/kontak157"


def small_app(folder):
    """The small service of tests/engine/runtime/small_service.hpp as a folder."""
    header = (ROOT / "tests/engine/runtime/small_service.hpp").read_text()
    texts = re.findall(r'R"\((.*?)\)"', header, re.S)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "app.yaml").write_text(texts[0])
    (folder / "main.flow.yaml").write_text(texts[1])
    return folder


class Service:
    def __init__(self, app, store, *more, before=(), env=None, cores=1):
        self.command = [*before, str(BIN / "alur"), "serve", str(app), "--store", str(store),
                        "--cores", str(cores), *more]
        self.env = {**os.environ, **(env or {})}
        self.port = 0

    def start(self):
        """Seconds until it serves; None when it ended before."""
        begun = time.monotonic()
        self.process = subprocess.Popen([*self.command, "--port", str(self.port), "--web-port", "0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, env=self.env)
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            match = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if match:
                self.port = int(match.group(1))
                threading.Thread(target=self._listen, daemon=True).start()
                return time.monotonic() - begun
        self.process.wait()
        return None

    def _listen(self):
        for line in self.process.stdout:
            self.said += line

    def wait_until_said(self, words, patience=10):
        """What it has said by then."""
        begun = time.monotonic()
        while words not in self.said and time.monotonic() - begun < patience:
            time.sleep(0.01)
        return self.said

    def pid(self):
        """Of alur itself, also under strace or faketime."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        name = Path(f"/proc/{self.process.pid}/comm").read_text().strip()
        return self.process.pid if name == "alur" or not children else int(children.split()[0])

    def stop(self, how=signal.SIGTERM, patience=30):
        if self.process.poll() is None:
            os.kill(self.pid(), how)
        return self.process.wait(patience)

    def ask(self, method, path, body=None, patience=30):
        """Status and text; status 0 when there was no answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            line.request(method, path, body)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            line.close()

    def say(self, who, key, text, patience=30):
        body = json.dumps({"id": key, "from": who, "text": text})
        return self.ask("POST", "/messages", body, patience)

    def health(self):
        status, text = self.ask("GET", "/health")
        return json.loads(text) if status else {}

    def rss_mib(self):
        text = Path(f"/proc/{self.pid()}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid()}/fd"))


def load(service, connections, seconds, rate=0, citizens=10_000, first=0, script=None, cpu=None):
    """serve_load as a process; finish() gives its numbers."""
    pin = ["taskset", "-c", cpu] if cpu else []
    words = [BIN / "serve_load", service.port, connections, seconds, rate, citizens, first]
    if script:
        words.append(script)
    return subprocess.Popen([*pin, *map(str, words)], stdout=subprocess.PIPE, text=True)


def finish(process):
    text = process.communicate()[0].strip()
    found = re.search(r"(\d+) messages/s accepted, p50 ([\d.]+) ms, p99 ([\d.]+) ms, p99.9 ([\d.]+)"
                      r" ms; (\d+) refused, (\d+) unsent, (\d+) closed, (\d+) fetched", text)
    names = ("rate", "p50", "p99", "p999", "refused", "unsent", "closed", "fetched")
    numbers = dict(zip(names, map(float, found.groups())))
    numbers["text"] = text
    return numbers


def check_store(store):
    """What `alur db check` says of it."""
    done = subprocess.run([BIN / "alur", "db", "check", store], capture_output=True, text=True)
    return done.stdout.strip() + done.stderr.strip()


class Verdict:
    """Says what held and what did not; the exit code of a program."""

    def __init__(self):
        self.failed = 0

    def expect(self, holds, what):
        print(("holds   " if holds else "FAILS   ") + what, flush=True)
        self.failed += 0 if holds else 1

    def end(self):
        sys.exit(1 if self.failed else 0)


class Citizens:
    """Citizens who write without a pause, and what they were told was taken."""

    WORDS = ("hi", "maju", "jaya", "Person", "Nothing")

    def __init__(self, service, threads=3):
        self.service = service
        self.acknowledged = {}
        self.refused = 0
        self.unanswered = 0
        self.latencies = []
        self.over = False
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(threads)]
        for thread in self.threads:
            thread.start()

    def _write(self, number):
        count = 0
        while not self.over:
            count += 1
            who, key = f"c{number}-{count % 40}", f"m{number}-{count}"
            begun = time.monotonic()
            status, text = self.service.say(who, key, self.WORDS[count % len(self.WORDS)], 5)
            if status == 200:
                self.acknowledged[key] = who
                self.latencies.append((begun, time.monotonic() - begun))
            elif status:
                self.refused += 1
                time.sleep(0.002)
            else:
                self.unanswered += 1
                time.sleep(0.02)

    def stop(self):
        self.over = True
        for thread in self.threads:
            thread.join()

    def lost(self):
        """Which acknowledged messages the service does not know any more."""
        return [key for key, who in self.acknowledged.items()
                if "duplicate" not in self.service.say(who, key, "again")[1]]

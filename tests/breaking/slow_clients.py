#!/usr/bin/env python3
"""Thousands of slow clients at a door, while others chat (slowhttptest, Debian's package).

  slow_clients.py [CLIENTS]     4000 if it is not said

Slow heads, slow bodies and slow readers at the web chat's door, whose bound for one address is off,
and then slow heads and bodies at the plain one's, where what is read slowly is short enough to be
taken at once. Whoever chats sees at most double the 99th percentile of before, and
fifteen seconds after the last slow one has come all of them are gone. Ends with 77 where
slowhttptest (or ss, of iproute2) is not there. The slow ones, and whoever counts them, run at the
lowest priority: elsewhere they have machines of their own.
"""
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from service import BIN, KONTAK157, Service, Verdict, finish, load

CHATTING = 100  # citizens with a socket each
GAP_MS = 500  # from an answer to the next question
SECONDS = 25
A_SECOND = 1_000  # so many slow ones come: the first are still there when the last has come
KINDS = {"heads": ["-H", "-i", "2"], "bodies": ["-B", "-i", "2", "-s", "8192"],
         "readers": ["-X", "-w", "64", "-y", "256", "-n", "2", "-z", "16", "-k", "3"]}


def settle(folder, app):
    settings = folder / "alur.yaml"
    settings.write_text(f"app: {app}\nweb:\n  connections_of_address: 0\n")
    return ["--config", str(settings)]


def web_load(port):
    """The 99th percentile in milliseconds of those who chat, once they are through."""
    done = subprocess.Popen([BIN / "web_load", str(port), str(CHATTING), str(SECONDS), str(GAP_MS)],
                            stdout=subprocess.PIPE, text=True)
    return done


def p99_of(process):
    text = process.communicate()[0]
    found = re.search(r"p99 ([\d.]+) ms", text)
    if not found:
        print(text)
        return float("inf")
    return float(found.group(1))


def slow(kind, port, path, clients):
    words = ["chrt", "-i", "0", "slowhttptest", *KINDS[kind], "-c", str(clients), "-r", str(A_SECOND), "-l", "60",
             "-p", "60", "-u", f"http://127.0.0.1:{port}{path}"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def connections_at(port):
    """Established connections at this port, as the kernel has them."""
    rows = subprocess.run(["chrt", "-i", "0", "ss", "-Htn", "state", "established", "sport", "=",
                           f":{port}"], stdout=subprocess.PIPE, check=True).stdout
    return rows.count(b"\n")


def attack(verdict, kind, port, path, clients, calm, chat, result, own, stay=True):
    """`own`: connections of those who chat. `stay`: the slow are not sent away at once."""
    chatting = chat()
    time.sleep(3)
    attacker = slow(kind, port, path, clients)
    most, begun, since_most = 0, time.monotonic(), time.monotonic()
    gone = None
    while time.monotonic() - begun < 75:  # the attacker itself is slow on a busy machine
        there = max(0, connections_at(port) - own)
        if there > most:
            most, since_most = there, time.monotonic()
        # It opens no more once all have come.
        if time.monotonic() - begun > clients / A_SECOND + 3 and there <= clients // 100:
            gone = time.monotonic() - since_most
            break
        time.sleep(0.25)
    p99 = result(chatting)
    attacker.terminate()
    attacker.wait()
    verdict.expect(not stay or most > clients // 2,
                   f"{kind} at {port}: {most} of {clients} were there at once")
    verdict.expect(gone is not None and gone < 15,
                   f"{kind}: gone {gone or 99:.1f} s after the last had come")
    verdict.expect(p99 <= 2 * calm, f"{kind}: p99 {p99:.2f} ms of those who chat, {calm:.2f} before")


def main():
    for program, package in (("slowhttptest", "slowhttptest"), ("ss", "iproute2")):
        if not shutil.which(program):
            print(f"{program} is not there: apt install {package}")
            sys.exit(77)
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        service = Service(KONTAK157, folder / "store", *settle(folder, KONTAK157), cores=2)
        service.start()
        service.wait_until_said("to chat")
        web = int(re.search(r"open http://[^:]+:(\d+) to chat", service.said).group(1))
        plain = service.port
        script = folder / "script"
        script.write_text("halo\n1\nbank central asia\nSelesai\n")

        p99_of(web_load(web))  # caches and pages are warm then
        calm = p99_of(web_load(web))
        for kind in KINDS:
            attack(verdict, kind, web, "/", clients, calm, lambda: web_load(web), p99_of,
                   CHATTING, kind != "bodies")
        there = lambda: load(service, 16, SECONDS, 200, 2_000, script=script)
        calm = finish(there())["p99"]
        for kind in ("heads", "bodies"):
            attack(verdict, kind, plain, "/messages", clients, calm, there,
                   lambda process: finish(process)["p99"], 20)
        print(service.ask("GET", "/metrics")[1].split("# TYPE alur_web_refused_total")[1]
              .split("#")[0].strip())
        verdict.expect(service.stop() == 0, "stops as it should")
    verdict.end()


if __name__ == "__main__":
    main()

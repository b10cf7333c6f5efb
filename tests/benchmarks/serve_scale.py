#!/usr/bin/env python3
"""What many conversations, too many messages and many versions cost a running service.

  serve_scale.py sessions|overload|publish|flows [SECONDS]

Prints numbers, judges nothing: docs/benchmarks.md has what they were. Server and load each have a
CPU of their own.
"""
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "breaking"))
from service import BIN, KONTAK157, Service, finish, load, small_app  # noqa: E402

SERVER = ("taskset", "-c", "0")


def sessions(folder, seconds):
    """A million conversations in the store, 100,000 of them touched in a minute."""
    app = small_app(folder / "app")
    store = folder / "store"
    count = 1_000_000
    begun = time.monotonic()
    subprocess.run([BIN / "fill_store", app, store, str(count)], check=True)
    size = store.stat().st_size / 2**20
    print(f"{count} conversations written in {time.monotonic() - begun:.0f} s, {size:.0f} MiB")
    service = Service(app, store, before=SERVER)
    ready = service.start()
    print(f"ready with all their timers after {ready:.2f} s, {service.rss_mib():.0f} MiB resident")
    wakes = Path(f"/proc/{service.pid()}/task")
    before = switches(wakes)
    time.sleep(10)
    print(f"idle: {switches(wakes) - before} context switches of all threads in 10 s")
    numbers = finish(load(service, 64, seconds, 100_000 / 60, 100_000, cpu="1"))
    print(f"{100_000 / 60:.0f} citizens a second for {seconds} s: {numbers['text']}; "
          f"{service.rss_mib():.0f} MiB resident")
    service.stop()
    print(f"again ready after {service.start():.2f} s")
    service.stop()


def switches(tasks):
    total = 0
    for task in tasks.iterdir():
        for line in (task / "status").read_text().splitlines():
            if "ctxt_switches" in line:
                total += int(line.split()[1])
    return total


# One sync of the store takes so much longer: what a server bears is then far below what the load
# can send from the other CPU.
SLOW_DISK = ("strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync",
             "-e", "inject=fdatasync:delay_enter=20000")


def overload(folder, seconds):
    """What it takes of twice and five times what it bears, beside the most it takes of any rate.
    Rates take turns for five rounds and the middle one of each counts, so that whatever else the
    machine does meets all of them. The load can send five times that only to a slow disk."""
    app = small_app(folder / "app")
    connections = 3_000
    rounds = 5
    for name, before, factors in (("as it is", (), (2,)), ("slow disk", SLOW_DISK, (2, 5))):
        service = Service(app, folder / name, before=(*SERVER, *before))
        service.start()
        finish(load(service, 200, 3, cpu="1"))
        closed = finish(load(service, 200, seconds, cpu="1"))["rate"]
        print(f"{name}, 200 connections that wait for their answers: {closed:.0f} messages/s")
        within = (0.6, 0.8, 1)
        runs = {share: [] for share in (*within, *factors)}
        after = {factor: [] for factor in factors}
        for _ in range(rounds):
            for share, taken in runs.items():
                taken.append(finish(load(service, connections, seconds, share * closed, cpu="1")))
                if share in after:
                    after[share].append(finish(load(service, 64, 2, 0.3 * closed, cpu="1")))
        middle = {share: sorted(taken, key=lambda numbers: numbers["rate"])[rounds // 2]
                  for share, taken in runs.items()}
        peak = max(middle[share]["rate"] for share in within)
        for share, numbers in middle.items():
            print(f"  {share * closed:.0f} sent: {numbers['rate'] / peak:.0%}; {numbers['text']}")
        for factor, taken in after.items():
            latest = sorted(numbers["p99"] for numbers in taken)
            print(f"  in the 2 s after {factor} times, at 0.3 times: p99 {latest[rounds // 2]} ms, "
                  f"at most {latest[-1]} ms")
        print(f"  {service.rss_mib():.0f} MiB", flush=True)
        service.stop()


def publish(folder, seconds):
    """1,000 publishes while 10,000 conversations are under way."""
    app = small_app(folder / "app")
    subprocess.run([BIN / "fill_store", app, folder / "store", "10000"], check=True)
    service = Service(app, folder / "store", before=SERVER)
    service.start()
    before = service.health()
    running = load(service, 16, seconds, 500, 10_000, cpu="1")
    files = [{"path": f.name, "text": f.read_text()} for f in sorted(app.iterdir())]
    took = []
    for number in range(1_000):
        changed = [{**f, "text": f["text"].replace("Welcome to", f"Welcome {number} times to")}
                   for f in files]
        begun = time.monotonic()
        status, text = service.ask("POST", "/publish", json.dumps({"files": changed}))
        took.append(time.monotonic() - begun)
        if status != 200:
            print(status, text)
            break
    numbers = finish(running)
    health = service.health()
    took.sort()
    counters = health["counters"]
    print(f"{before['active']} conversations under way; {len(took)} publishes, each "
          f"{took[len(took) // 2] * 1e3:.1f} ms, the slowest {took[-1] * 1e3:.0f} ms")
    print(f"meanwhile: {numbers['text']}")
    print(f"stranded {counters['stranded']}, duplicates {counters['duplicates']}, messages "
          f"{counters['messages_in']}, turns {counters['turns']}; "
          f"{service.rss_mib():.0f} MiB; version {health['version']}")
    service.stop()
    check = subprocess.run([BIN / "alur", "db", "check", folder / "store"], capture_output=True,
                           text=True)
    print(check.stdout.strip())
    real = Service(KONTAK157, folder / "real", before=SERVER)
    real.start()
    took = []
    copy = shutil.copytree(KONTAK157, folder / "kontak157")
    for number in range(20):
        flow = copy / "greeting.flow.yaml"
        flow.write_text(flow.read_text() + f"# {number}\n")
        files = []
        for path in sorted(copy.rglob("*")):
            if path.suffix in (".yaml", ".csv"):
                files.append({"path": str(path.relative_to(copy)), "text": path.read_text()})
        begun = time.monotonic()
        status, text = real.ask("POST", "/publish", json.dumps({"files": files}))
        took.append(time.monotonic() - begun)
        assert status == 200 and not json.loads(text)["unchanged"], text
    took.sort()
    print(f"kontak157: a publish takes effect after {took[10] * 1e3:.0f} ms, "
          f"the slowest of 20 {took[-1] * 1e3:.0f} ms")
    real.stop()


REAL = ("halo", "1", "bank central asia", "Selesai")


def flows(folder, seconds):
    """The real flows."""
    script = folder / "script"
    script.write_text("\n".join(REAL) + "\n")
    service = Service(KONTAK157, folder / "real", before=SERVER)
    service.start()
    finish(load(service, 64, 2, script=script, cpu="1"))
    for rate in (0, 1_000):
        numbers = finish(load(service, 64, seconds, rate, script=script, cpu="1"))
        print(f"kontak157, {rate or 'as many as it bears'}: {numbers['text']}")
    health = service.health()
    print(f"{health['counters']['turns'] / health['counters']['messages_in']:.2f} turns a message")
    service.stop()


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        {"sessions": sessions, "overload": overload, "publish": publish,
         "flows": flows}[sys.argv[1]](Path(folder), seconds)


if __name__ == "__main__":
    main()

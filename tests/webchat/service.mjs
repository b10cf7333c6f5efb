// What the browser test stands on: `alur serve` as a process that is killed and started again, and
// a network between it and the browser that is slow, silent or gone.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Service {
  constructor(program, app, ...more) {
    this.folder = mkdtempSync(join(tmpdir(), "alur-webchat-"));
    this.command = [program, "serve", app, "--store", join(this.folder, "store.db"), "--port", "0",
      "--cores", "2", "--web-title", "Kontak 157", ...more];
    this.port = 0;
  }
  // On the port it had before.
  async start() {
    const [program, ...words] = this.command;
    this.process = spawn(program, [...words, "--web-port", String(this.port)]);
    this.said = "";
    this.process.stderr.pipe(process.stderr);
    await new Promise((done, failed) => {
      this.process.stdout.on("data", (piece) => {
        this.said += piece;
        const place = /open http:\/\/[^:]+:(\d+) to chat/.exec(this.said);
        if (!place) return;
        this.port = Number(place[1]);
        done();
      });
      this.process.on("exit", () => failed(new Error("alur serve ended: " + this.said)));
    });
  }
  async end(signal) {
    const ended = new Promise((done) => this.process.on("exit", done));
    this.process.kill(signal);
    await ended;
  }
  get isRunning() { return this.process.exitCode === null && this.process.signalCode === null; }
  kill() { return this.end("SIGKILL"); }
  stop() { return this.end("SIGTERM"); }
  // Another store: nothing of before is known.
  forget() {
    rmSync(join(this.folder), { recursive: true, force: true });
    this.folder = mkdtempSync(join(tmpdir(), "alur-webchat-"));
    this.command[4] = join(this.folder, "store.db");
  }
  remove() { rmSync(this.folder, { recursive: true, force: true }); }
}

// Between the browser and a port of this machine.
export class Network {
  constructor(target) {
    this.target = target;
    this.lines = new Set();
    // What comes then is lost, and all that follows on that line; nobody is told.
    this.silent = { up: false, down: false };
    this.away = false;
    this.delay = 0; // milliseconds, one way
    this.rate = Infinity; // bytes a millisecond, both ways together
    this.freeAt = 0;
    this.server = net.createServer((near) => this.join(near));
  }
  async open() {
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.origin = `http://127.0.0.1:${this.port}`;
  }
  join(near) {
    if (this.away) return void near.destroy();
    const line = { near, far: net.connect(this.target(), "127.0.0.1"), lost: false };
    this.lines.add(line);
    const close = () => {
      this.lines.delete(line);
      near.destroy();
      line.far.destroy();
    };
    // The handshake takes a round trip, which this machine's own has not.
    const notBefore = Date.now() + 2 * this.delay;
    const carry = (from, to, way) => {
      from.on("data", (piece) => {
        line.lost ||= this.silent[way];
        if (line.lost) return;
        if (this.delay === 0) return void to.write(piece);
        this.freeAt = Math.max(this.freeAt, Date.now()) + piece.length / this.rate;
        const at = Math.max(this.freeAt + this.delay, notBefore + this.delay);
        setTimeout(() => to.writable && to.write(piece), at - Date.now());
      });
      from.on("close", () => setTimeout(close, this.delay * 3));
      from.on("error", close);
    };
    carry(near, line.far, "up");
    carry(line.far, near, "down");
  }
  cut() {
    for (const { near, far } of this.lines) near.destroy(), far.destroy();
    this.lines.clear();
  }
  goAway() {
    this.away = true;
    this.cut();
  }
  comeBack() {
    this.away = false;
    this.silent = { up: false, down: false };
  }
  async close() {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }
}

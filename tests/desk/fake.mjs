// A desk's service for tests of its page: docs/desk-protocol.md over Node's http and `ws`, with
// everything in memory. It checks what the page sends (token, epoch, owner, keys) as the real one
// does, and can be cut, restarted and made to refuse. fake_doors.mjs answers over HTTP,
// fake_deeds.mjs does what frames ask.
import { readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { deeds } from "./fake_deeds.mjs";
import { answer } from "./fake_doors.mjs";

const linesOfPage = 50;
const windowMs = 86_400_000;
const serves = (user) => user.role === "agent" || user.role === "supervisor";

export class FakeDesk {
  constructor(folder, world) {
    const { files } = JSON.parse(readFileSync(join(folder, "files.json"), "utf8"));
    const read = (file) => ({ ...file, body: readFileSync(join(folder, file.name)) });
    this.files = new Map(files.map((file) => [file.path, read(file)]));
    Object.assign(this, world());
    this.conversations = new Map();
    this.sessions = new Map(); // cookie -> user name
    this.sockets = new Set(); // { socket, user, opened: Set }
    this.audit = [];
    this.uploads = new Map(); // citizen/name -> { body, mime }
    this.fetched = []; // the name of each file that was asked for, in order
    this.fileRefused = undefined; // the word for who asks for one
    this.said = []; // every message that was said, in order
    this.heard = []; // every frame of the page
    this.epoch = 100;
    this.refuse = undefined; // (frame, user) -> word
    this.deaf = undefined; // (frame) -> true: is done, but the answer is lost
    this.now = () => Date.now();
  }
  rows() {
    return [...this.conversations.values()].map((one) => one.row);
  }
  async open(port = 0) {
    this.server = http.createServer((request, response) => void answer(this, request, response));
    this.door = new WebSocketServer({ noServer: true });
    this.server.on("upgrade", (request, socket, head) => {
      const user = this.userOf(request);
      if (!user || request.headers.origin !== this.origin) return void socket.destroy();
      this.door.handleUpgrade(request, socket, head, (ws) => this.join(ws, user));
    });
    await new Promise((done) => this.server.listen(port, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.origin = `http://127.0.0.1:${this.port}`;
  }
  cut() {
    for (const one of this.sockets) one.socket.terminate();
  }
  async close() {
    this.cut();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
  // Away for everybody, and back on the same port.
  async goAway() {
    await this.close();
  }
  async comeBack() {
    await this.open(this.port);
  }

  // --- who and what is known
  userOf(request) {
    const cookie = /__Host-alur-desk=([0-9a-f]+)/.exec(request.headers.cookie ?? "");
    const name = cookie && this.sessions.get(cookie[1]);
    return name ? this.users.find((user) => user.name === name && !user.disabled) : undefined;
  }
  me(user) {
    const { name, full_name, role, agent, queues, units, code } = user;
    return { name, full_name, role, agent, queues, units, code: Boolean(code) };
  }
  write(user, did, citizen, detail = "") {
    const about = { ...(citizen ? { citizen } : {}), detail };
    const count = this.audit.length + 1;
    this.audit.push({ count, at: this.now(), by: user.name, did, ...about });
  }

  // --- the socket
  join(socket, user) {
    const one = { socket, user, opened: new Set() };
    this.sockets.add(one);
    const agent = this.agents.find((is) => is.agent === user.agent);
    if (agent) this.setAgent(agent, { connected: true });
    this.tell(one, this.helloFor(user));
    socket.on("message", (data) => this.hear(one, JSON.parse(data.toString())));
    socket.on("close", () => {
      this.sockets.delete(one);
      for (const citizen of one.opened) this.view(citizen);
      const isElsewhere = [...this.sockets].some((other) => other.user === user);
      if (agent && !isElsewhere) this.setAgent(agent, { connected: false });
    });
  }
  helloFor(user) {
    const { app, codes, states, templates, replies, settings } = this;
    return {
      is: "hello", me: this.me(user), now: this.now(), app, language: "id",
      queues: this.queues.map((queue) => this.queueOf(queue)),
      codes, states, templates, replies, settings,
      rows: this.rows().filter((row) => this.sees(user, row)),
      agents: serves(user) ? this.agents : [],
    };
  }
  sees(user, row) {
    if (user.role === "supervisor") return row.owner !== "bot";
    if (user.role !== "agent" || row.owner === "bot") return false;
    const waits = row.owner === "queue" && row.agent === undefined;
    return row.agent === user.agent || (waits && user.queues.includes(row.queue));
  }
  tell(one, frame) {
    if (one.socket.readyState === 1) one.socket.send(JSON.stringify(frame));
  }
  tellAll(frame) {
    for (const one of this.sockets) this.tell(one, frame);
  }
  setAgent(agent, change) {
    Object.assign(agent, change);
    for (const one of this.sockets) {
      if (serves(one.user)) this.tell(one, { is: "agent", agent });
    }
  }
  queueOf(queue) {
    const waits = this.rows().filter(
      (row) => row.owner === "queue" && row.queue === queue.name && row.agent === undefined,
    );
    const oldest = Math.min(...waits.map((row) => row.queued_at));
    return { ...queue, waiting: waits.length, ...(waits.length ? { oldest } : {}) };
  }
  // The queues as they are now, as the service tells them once a second.
  tellQueues() {
    for (const queue of this.queues) this.tellAll({ is: "queue", queue: this.queueOf(queue) });
  }
  recount() {
    for (const agent of this.agents) {
      const isTheirs = (row) => row.agent === agent.agent && row.owner !== "bot";
      const rows = this.rows().filter(isTheirs);
      const load = rows.reduce((sum, row) => sum + row.weight, 0);
      const open = rows.length;
      if (load !== agent.load || open !== agent.open) this.setAgent(agent, { load, open });
    }
  }
  // A conversation is now so; whoever saw it before and does not now is told that it is gone.
  setRow(conversation, change, why = "handed_on") {
    const seen = new Set([...this.sockets].filter((one) => this.sees(one.user, conversation.row)));
    if ("owner" in change || "agent" in change) change.epoch = String(++this.epoch);
    conversation.row = { ...conversation.row, ...change };
    for (const [name, value] of Object.entries(conversation.row)) {
      if (value === undefined) delete conversation.row[name];
    }
    const { row } = conversation;
    for (const one of this.sockets) {
      if (this.sees(one.user, row)) this.tell(one, { is: "row", row });
      else if (seen.has(one)) this.tell(one, { is: "gone", citizen: row.citizen, why });
    }
    this.recount();
  }
  addLine(conversation, line, change = {}) {
    const whole = { line: conversation.next++, at: this.now(), ...line };
    conversation.lines.push(whole);
    const { row } = conversation;
    for (const one of this.sockets) {
      const owns = row.owner === "agent" && row.agent === one.user.agent;
      if (!owns && !one.opened.has(row.citizen)) continue;
      this.tell(one, { is: "line", citizen: row.citizen, line: whole });
    }
    const said = { from: line.from, text: line.text ?? line.file?.name ?? "", at: whole.at };
    const all = { ...(line.from === "mark" ? {} : { last: said }), ...change };
    if (Object.keys(all).length > 0) this.setRow(conversation, all);
    return whole;
  }
  page(conversation, before) {
    const all = conversation.lines.filter((line) => line.line < before);
    return { lines: all.slice(-linesOfPage), more: all.length > linesOfPage };
  }
  view(citizen) {
    const looks = [...this.sockets].filter((one) => one.opened.has(citizen));
    const by = [...new Set(looks.map((one) => one.user.name))];
    for (const one of looks) this.tell(one, { is: "viewing", citizen, by });
  }
  hear(one, frame) {
    this.heard.push(frame);
    let done = {};
    try {
      const word = this.refuse?.(frame, one.user);
      if (word) throw word;
      if (!Object.hasOwn(deeds, frame.do)) throw "unknown";
      done = deeds[frame.do](this, one, frame);
    } catch (why) {
      if (typeof why !== "string") throw why;
      return this.tell(one, { is: "refused", n: frame.n, why });
    }
    if (this.deaf?.(frame)) return void one.socket.terminate();
    this.tell(one, { is: "done", n: frame.n, ...done });
  }

  // --- what happens elsewhere
  add(row, lines = [], panel = {}) {
    const now = this.now();
    const conversation = {
      row: {
        epoch: String(++this.epoch), owner: "queue", queue: "general", channel: "web",
        language: "id", summary: "", handed_at: now, queued_at: now, unanswered: 0,
        silent: false, awaited: false, weight: 100, clocks: {}, again: false, ...row,
      },
      lines: lines.map((line, i) => ({ line: i + 1, at: now, ...line })),
      next: lines.length + 1,
      panel: {
        summary: row.summary ?? "",
        fields: [], learned: [], answers: [], tickets: [], earlier: [], ...panel,
      },
    };
    const last = conversation.lines.findLast((line) => line.from !== "mark");
    if (last) conversation.row.last = { from: last.from, text: last.text ?? "", at: last.at };
    this.conversations.set(row.citizen, conversation);
    for (const one of this.sockets) {
      if (this.sees(one.user, conversation.row)) {
        this.tell(one, { is: "row", row: conversation.row });
      }
    }
    this.recount();
    return conversation;
  }
  offer(citizen, agent, ms = 30_000) {
    this.setRow(this.conversations.get(citizen), { agent, offered_until: this.now() + ms });
  }
  citizenWrites(citizen, text, more = {}) {
    const conversation = this.conversations.get(citizen);
    const { row } = conversation;
    const change = {
      unanswered: Number(row.unanswered) + 1, awaited: false, silent: false,
      ...(row.window_until === undefined ? {} : { window_until: this.now() + windowMs }),
    };
    return this.addLine(conversation, { from: "citizen", text, ...more }, change);
  }
  citizenTypes(citizen) {
    for (const one of this.sockets) {
      if (one.opened.has(citizen)) this.tell(one, { is: "typing", citizen });
    }
  }
  setDelivery(citizen, number, state, reason) {
    const conversation = this.conversations.get(citizen);
    const line = conversation.lines.find((is) => is.line === number);
    const why = reason ? { reason } : {};
    Object.assign(line, { delivery: state, ...why });
    this.tellAll({ is: "delivery", citizen, line: number, state, ...why });
  }
}

// A desk's service for tests of its page: docs/desk-protocol.md over Node's http and `ws`, with
// everything in memory. It checks what the page sends (token, epoch, owner, keys) as the real one
// does, and can be cut, restarted and made to refuse.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
  "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
};
const linesOfPage = 50;
const windowMs = 86_400_000;

export class FakeDesk {
  constructor(folder, world) {
    this.files = new Map(
      JSON.parse(readFileSync(join(folder, "files.json"), "utf8")).files.map((file) => [
        file.path,
        { ...file, body: readFileSync(join(folder, file.name)) },
      ]),
    );
    Object.assign(this, world());
    this.conversations = new Map();
    this.sessions = new Map(); // cookie -> user name
    this.sockets = new Set(); // { socket, user, opened: Set }
    this.audit = [];
    this.uploads = new Map(); // citizen/name -> { body, mime }
    this.said = []; // every message that was said, in order
    this.heard = []; // every frame of the page
    this.epoch = 100;
    this.refuse = undefined; // (frame, user) -> word
    this.deaf = undefined; // (frame) -> true: is done, but the answer is lost
    this.now = () => Date.now();
  }
  async open(port = 0) {
    this.server = http.createServer((request, response) => {
      this.answer(request, response).catch((error) => {
        response.writeHead(error.status ?? 500, { "Content-Type": "application/json", ...headers });
        response.end(JSON.stringify({ error: error.word ?? "unavailable" }));
        if (!error.word) console.error(error);
      });
    });
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

  // --- over HTTP
  userOf(request) {
    const cookie = /__Host-alur-desk=([0-9a-f]+)/.exec(request.headers.cookie ?? "");
    const name = cookie && this.sessions.get(cookie[1]);
    return name ? this.users.find((user) => user.name === name && !user.disabled) : undefined;
  }
  me(user) {
    const { name, full_name, role, agent, queues, units, code } = user;
    return { name, full_name, role, agent, queues, units, code: Boolean(code) };
  }
  async answer(request, response) {
    const url = new URL(request.url, this.origin);
    const { method } = request;
    const path = url.pathname;
    const send = (status, body, more = {}) => {
      response.writeHead(status, {
        "Content-Type": "application/json; charset=utf-8",
        ...headers,
        ...more,
      });
      response.end(JSON.stringify(body));
    };
    const fail = (status, word) => { throw Object.assign(new Error(word), { status, word }); };
    const file = method === "GET" && this.files.get(path);
    if (file) {
      response.writeHead(200, { "Content-Type": file.type, ...headers });
      return void response.end(file.body);
    }
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const body = () => {
      if (!/^application\/json/.test(request.headers["content-type"] ?? "")) fail(415, "kind");
      return bytes.length ? JSON.parse(bytes.toString()) : {};
    };
    if (method === "POST" && path === "/api/sign-in") {
      const { name, password, code } = body();
      const user = this.users.find(
        (one) => one.name === name && one.password === password && !one.disabled,
      );
      if (!user) fail(401, "wrong");
      if (user.code && code !== user.code) fail(401, "code");
      const session = randomBytes(16).toString("hex");
      this.sessions.set(session, user.name);
      return send(200, { me: this.me(user), token: "token-of-" + user.name },
        { "Set-Cookie": `__Host-alur-desk=${session}; Path=/; Secure; HttpOnly; SameSite=Strict` });
    }
    if (method === "POST" && path === "/api/first") {
      const { link, name, full_name, password } = body();
      if (link !== this.firstLink) fail(404, "gone");
      this.firstLink = undefined;
      this.users.push({
        name,
        full_name,
        password,
        role: "administrator",
        agent: 0,
        queues: [],
        units: 0,
      });
      return send(200, {});
    }
    if (method === "POST" && path === "/api/link") {
      const { link, password } = body();
      const user = this.users.find((one) => one.link && one.link === link);
      if (!user) fail(404, "gone");
      Object.assign(user, { password, link: undefined });
      return send(200, {});
    }
    const user = this.userOf(request);
    if (!user) fail(401, "sign_in");
    if (method !== "GET" && request.headers["x-alur-token"] !== "token-of-" + user.name)
      fail(403, "token");
    if (path === "/api/me") return send(200, { me: this.me(user), token: "token-of-" + user.name });
    if (path === "/api/sign-out") {
      for (const [cookie, name] of this.sessions)
        if (name === user.name) this.sessions.delete(cookie);
      return send(200, {});
    }
    if (path === "/api/password") {
      const { old, new: fresh } = body();
      if (old !== user.password) fail(401, "wrong");
      user.password = fresh;
      return send(200, {});
    }
    if (path === "/api/code") {
      const { do: what, code, password } = body();
      if (what === "begin")
        return send(200, {
          secret: "JBSWY3DPEHPK3PXP",
          uri: `otpauth://totp/Kontak%20157:${user.name}?secret=JBSWY3DPEHPK3PXP&issuer=Kontak%20157`,
        });
      if (what === "confirm" && code !== "123456") fail(400, "code");
      if (what === "off" && password !== user.password) fail(400, "wrong");
      user.code = what === "confirm" ? "123456" : undefined;
      return send(200, {});
    }
    if (path === "/api/conversations") {
      const text = (url.searchParams.get("text") ?? "").toLowerCase();
      const queue = url.searchParams.get("queue");
      const owner = url.searchParams.get("owner");
      const agent = Number(url.searchParams.get("agent") ?? 0);
      const only = url.searchParams.get("only");
      this.looked = Object.fromEntries(url.searchParams);
      const excerpts = {};
      const said = (one) =>
        text && one.lines.findLast((line) => line.text?.toLowerCase().includes(text));
      const rows = [...this.conversations.values()]
        .filter((one) => {
          if (JSON.stringify(one.row).toLowerCase().includes(text)) return true;
          const line = said(one);
          if (line)
            excerpts[one.row.citizen] = {
              line: line.line,
              at: line.at,
              from: line.from,
              text: line.text,
            };
          return Boolean(line);
        })
        .map((one) => one.row)
        .filter(
          (row) =>
            (!queue || row.queue === queue) &&
            (!owner || row.owner === owner) &&
            (!agent || row.agent === agent) &&
            (only !== "window_shut" || (row.window_until ?? Infinity) < this.now()),
        );
      const from = Number(url.searchParams.get("before") ?? 0);
      return send(200, {
        rows: rows.slice(from, from + 50),
        excerpts,
        ...this.bounds,
        ...(rows.length > from + 50 ? { more: String(from + 50) } : {}),
      });
    }
    const one = /^\/api\/conversations\/([0-9a-f]+)$/.exec(path);
    if (one) {
      const conversation = this.conversations.get(one[1]) ?? fail(404, "unknown");
      this.write(user, "read", one[1]);
      return send(200, {
        row: conversation.row,
        panel: conversation.panel,
        ...this.page(conversation, Number(url.searchParams.get("before")) || Infinity),
      });
    }
    const files = /^\/api\/files\/([0-9a-f]+)(?:\/(.+))?$/.exec(path);
    if (files) {
      if (method === "POST") {
        const name = randomBytes(8).toString("hex");
        this.uploads.set(`${files[1]}/${name}`, {
          body: bytes,
          mime: request.headers["content-type"],
          name: decodeURIComponent(request.headers["x-alur-name"]),
        });
        if (this.uploadRefused) fail(413, this.uploadRefused);
        return send(200, { file: name });
      }
      const sent = this.uploads.get(`${files[1]}/${files[2]}`) ?? fail(404, "unknown");
      response.writeHead(200, {
        ...headers,
        "Content-Type": sent.mime,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": sent.mime.startsWith("image/") ? "inline" : "attachment" });
      return void response.end(sent.body);
    }
    const reply = /^\/api\/replies(?:\/(.+))?$/.exec(path);
    if (reply) {
      if (method === "GET") return send(200, { replies: this.replies });
      if (!["supervisor", "content", "administrator"].includes(user.role)) fail(403, "not_allowed");
      const shortcut = decodeURIComponent(reply[1]);
      this.replies = this.replies.filter((is) => is.shortcut !== shortcut);
      if (method === "PUT") this.replies.push({ shortcut, ...body() });
      this.tellAll({ is: "replies", replies: this.replies });
      return send(200, {});
    }
    const account = /^\/api\/users(?:\/(.+))?$/.exec(path);
    if (account) {
      if (user.role !== "administrator") fail(403, "not_allowed");
      const known = (is) => ({ ...this.me(is), disabled: Boolean(is.disabled) });
      if (method === "GET") return send(200, { users: this.users.map(known) });
      const change = body();
      if (!account[1]) {
        if (this.users.some((is) => is.name === change.name)) fail(409, "taken");
        const link = randomBytes(16).toString("hex");
        this.users.push({ ...change, agent: this.users.length + 1, link });
        return send(200, { password_link: link });
      }
      const is =
        this.users.find((is) => is.name === decodeURIComponent(account[1])) ?? fail(404, "unknown");
      if (change.reset) {
        is.link = randomBytes(16).toString("hex");
        return send(200, { password_link: is.link });
      }
      Object.assign(is, change);
      return send(200, {});
    }
    if (path === "/api/audit") {
      if (!["auditor", "administrator"].includes(user.role)) fail(403, "not_allowed");
      const before = Number(url.searchParams.get("before")) || Infinity;
      const by = url.searchParams.get("by");
      const rows = this.audit
        .filter((row) => row.count < before && (!by || row.by === by))
        .reverse()
        .slice(0, 50);
      return send(200, { rows, whole: this.whole ?? true });
    }
    fail(404, "unknown");
  }
  write(user, did, citizen, detail = "") {
    this.audit.push({
      count: this.audit.length + 1,
      at: this.now(),
      by: user.name,
      did,
      ...(citizen ? { citizen } : {}),
      detail,
    });
  }

  // --- the socket
  join(socket, user) {
    const one = { socket, user, opened: new Set() };
    this.sockets.add(one);
    const agent = this.agents.find((is) => is.agent === user.agent);
    if (agent) this.setAgent(agent, { connected: true });
    this.tell(one, {
      is: "hello",
      me: this.me(user),
      now: this.now(),
      app: this.app,
      language: "id",
      queues: this.queues.map((queue) => this.queueOf(queue)),
      codes: this.codes,
      states: this.states,
      templates: this.templates,
      replies: this.replies,
      settings: this.settings,
      rows: [...this.conversations.values()]
        .map((is) => is.row)
        .filter((row) => this.sees(user, row)),
      agents: ["agent", "supervisor"].includes(user.role) ? this.agents : [],
    });
    socket.on("message", (data) => this.hear(one, JSON.parse(data.toString())));
    socket.on("close", () => {
      this.sockets.delete(one);
      for (const citizen of one.opened) this.view(citizen);
      if (agent && ![...this.sockets].some((other) => other.user === user))
        this.setAgent(agent, { connected: false });
    });
  }
  sees(user, row) {
    if (user.role === "supervisor") return row.owner !== "bot";
    if (user.role !== "agent" || row.owner === "bot") return false;
    return (
      row.agent === user.agent ||
      (row.owner === "queue" && row.agent === undefined && user.queues.includes(row.queue))
    );
  }
  tell(one, frame) {
    if (one.socket.readyState === 1) one.socket.send(JSON.stringify(frame));
  }
  tellAll(frame) {
    for (const one of this.sockets) this.tell(one, frame);
  }
  setAgent(agent, change) {
    Object.assign(agent, change);
    for (const one of this.sockets)
      if (["agent", "supervisor"].includes(one.user.role)) this.tell(one, { is: "agent", agent });
  }
  queueOf(queue) {
    const waits = [...this.conversations.values()]
      .map((is) => is.row)
      .filter(
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
      const rows = [...this.conversations.values()]
        .map((is) => is.row)
        .filter((row) => row.agent === agent.agent && row.owner !== "bot");
      const load = rows.reduce((sum, row) => sum + row.weight, 0);
      if (load !== agent.load || rows.length !== agent.open)
        this.setAgent(agent, { load, open: rows.length });
    }
  }
  // A conversation is now so; whoever saw it before and does not now is told that it is gone.
  setRow(conversation, change, why = "handed_on") {
    const seen = new Set([...this.sockets].filter((one) => this.sees(one.user, conversation.row)));
    if ("owner" in change || "agent" in change) change.epoch = String(++this.epoch);
    conversation.row = { ...conversation.row, ...change };
    for (const [name, value] of Object.entries(conversation.row))
      if (value === undefined) delete conversation.row[name];
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
    for (const one of this.sockets) {
      const owns = conversation.row.owner === "agent" && conversation.row.agent === one.user.agent;
      if (owns || one.opened.has(conversation.row.citizen))
        this.tell(one, { is: "line", citizen: conversation.row.citizen, line: whole });
    }
    const last =
      line.from === "mark"
        ? {}
        : { last: { from: line.from, text: line.text ?? line.file?.name ?? "", at: whole.at } };
    if (Object.keys(last).length || Object.keys(change).length)
      this.setRow(conversation, { ...last, ...change });
    return whole;
  }
  page(conversation, before) {
    const all = conversation.lines.filter((line) => line.line < before);
    return { lines: all.slice(-linesOfPage), more: all.length > linesOfPage };
  }
  view(citizen) {
    const by = [
      ...new Set(
        [...this.sockets].filter((one) => one.opened.has(citizen)).map((one) => one.user.name),
      ),
    ];
    for (const one of this.sockets)
      if (one.opened.has(citizen)) this.tell(one, { is: "viewing", citizen, by });
  }
  hear(one, frame) {
    this.heard.push(frame);
    const { user } = one;
    let done = {};
    try {
      const word = this.refuse?.(frame, user);
      if (word) throw word;
      done = this.act(one, user, frame) ?? {};
    } catch (why) {
      if (typeof why !== "string") throw why;
      return this.tell(one, { is: "refused", n: frame.n, why });
    }
    if (this.deaf?.(frame)) return void one.socket.terminate();
    this.tell(one, { is: "done", n: frame.n, ...done });
  }
  owned(user, frame) {
    const conversation = this.conversations.get(frame.citizen);
    if (!conversation) throw "unknown";
    if (conversation.row.owner !== "agent" || conversation.row.agent !== user.agent)
      throw "not_owner";
    if (conversation.row.epoch !== frame.epoch) throw "stale";
    return conversation;
  }
  act(one, user, frame) {
    const agent = this.agents.find((is) => is.agent === user.agent);
    switch (frame.do) {
      case "ping": return {};
      case "presence":
        this.setAgent(agent, { presence: frame.presence, reason: frame.reason });
        return {};
      case "accept": case "decline": {
        const conversation = this.conversations.get(frame.citizen);
        if (
          !conversation ||
          conversation.row.agent !== user.agent ||
          conversation.row.owner !== "queue"
        )
          throw "not_offered";
        if (conversation.row.epoch !== frame.epoch) throw "stale";
        if (frame.do === "decline")
          this.setRow(conversation, { agent: undefined, offered_until: undefined }, "declined");
        else {
          this.setRow(conversation, {
            owner: "agent",
            offered_until: undefined,
            position: undefined,
          });
          this.addLine(conversation, { from: "mark", mark: "accepted", by: user.name });
        }
        return {};
      }
      case "say": case "template": {
        const conversation = this.owned(user, frame);
        const template =
          frame.do === "template" && this.templates.find((is) => is.name === frame.template);
        if (template === undefined) throw "no_template";
        const before = conversation.lines.find((line) => line.key === frame.key);
        if (before) return { line: before };
        const shut = conversation.row.window_until <= this.now();
        if (shut !== Boolean(template)) throw shut ? "window_shut" : "window_open";
        const upload = frame.file && this.uploads.get(`${frame.citizen}/${frame.file}`);
        const file = upload && {
          name: upload.name,
          mime: upload.mime,
          size: upload.body.length,
          picture: upload.mime.startsWith("image/"),
          href: `/api/files/${frame.citizen}/${frame.file}` };
        const text = template
          ? (template.text[conversation.row.language] ?? template.text.id)
          : frame.text;
        if (
          frame.reply_to !== undefined &&
          conversation.lines.find((line) => line.line === frame.reply_to)?.from !== "citizen"
        )
          throw "unknown";
        const line = this.addLine(
          conversation,
          {
            from: "agent",
            by: user.name,
            text,
            ...(file ? { file } : {}),
            ...(frame.reply_to ? { reply_to: frame.reply_to } : {}),
            key: frame.key,
            delivery: "pending",
            epoch: frame.epoch,
          },
          { unanswered: 0, awaited: true });
        this.said.push({ citizen: frame.citizen, by: user.name, text, key: frame.key });
        this.deliver?.(conversation, line);
        return { line };
      }
      case "note": {
        const conversation = this.conversations.get(frame.citizen);
        if (!conversation) throw "unknown";
        const before = conversation.lines.find((line) => line.key === frame.key);
        return {
          line:
            before ??
            this.addLine(conversation, {
              from: "note",
              by: user.name,
              text: frame.text,
              key: frame.key,
            }),
        };
      }
      case "typing":
        for (const other of this.sockets)
          if (other !== one && other.opened.has(frame.citizen))
            this.tell(other, { is: "typing", citizen: frame.citizen, by: user.name });
        return {};
      case "transfer": {
        const conversation = this.owned(user, frame);
        const to = this.agents.find((is) => is.agent === frame.to_agent);
        this.addLine(conversation, {
          from: "mark",
          mark: "transferred",
          by: user.name,
          to: to?.name,
          queue: frame.to_queue,
          note: frame.note,
        });
        const offered =
          to && to.load + 100 <= to.capacity
            ? { agent: to.agent, offered_until: this.now() + 30_000 }
            : { agent: undefined };
        this.setRow(conversation, {
          owner: "queue",
          queued_at: this.now(),
          ...offered,
          ...(frame.to_queue ? { queue: frame.to_queue } : {}),
          note: frame.note,
        });
        return {};
      }
      case "return": {
        const conversation = this.owned(user, frame);
        this.addLine(conversation, {
          from: "mark",
          mark: "returned",
          by: user.name,
          state: frame.state,
        });
        this.setRow(
          conversation,
          { owner: "bot", agent: undefined, outcome: "returned" },
          "returned",
        );
        return {};
      }
      case "close": {
        const conversation = this.owned(user, frame);
        if (!this.codes.some((code) => code.name === frame.code)) throw "no_code";
        this.addLine(conversation, {
          from: "mark",
          mark: "closed",
          by: user.name,
          code: frame.code,
        });
        this.setRow(conversation, { owner: "bot", agent: undefined, outcome: "closed" }, "closed");
        return {};
      }
      case "assign": {
        if (user.role !== "supervisor") throw "not_allowed";
        const conversation = this.conversations.get(frame.citizen);
        if (!conversation || conversation.row.owner === "bot") throw "unknown";
        if (conversation.row.epoch !== frame.epoch) throw "stale";
        const to = this.agents.find((is) => is.agent === frame.to_agent);
        if (!to) throw "nobody";
        if (to.load + conversation.row.weight > to.capacity && !frame.overfill) throw "full";
        this.write(user, frame.overfill ? "overfill" : "assign", frame.citizen, to.name);
        this.setRow(conversation, { owner: "agent", agent: to.agent, offered_until: undefined });
        this.addLine(conversation, { from: "mark", mark: "assigned", by: user.name, to: to.name });
        return {};
      }
      case "open": {
        const conversation = this.conversations.get(frame.citizen);
        if (!conversation) throw "unknown";
        one.opened.add(frame.citizen);
        this.write(user, "open", frame.citizen);
        setTimeout(() => this.view(frame.citizen));
        return { panel: conversation.panel, ...this.page(conversation, Infinity) };
      }
      case "shut":
        one.opened.delete(frame.citizen);
        this.view(frame.citizen);
        return {};
      case "older": return this.page(this.conversations.get(frame.citizen), frame.before);
      default: throw "unknown";
    }
  }

  // --- what happens elsewhere
  add(row, lines = [], panel = {}) {
    const conversation = {
      row: {
        epoch: String(++this.epoch),
        owner: "queue",
        queue: "general",
        channel: "web",
        language: "id",
        summary: "",
        handed_at: this.now(),
        queued_at: this.now(),
        unanswered: 0,
        silent: false,
        awaited: false,
        weight: 100,
        clocks: {},
        again: false,
        ...row,
      },
      lines: [],
      next: 1,
      panel: {
        summary: row.summary ?? "",
        fields: [],
        learned: [],
        answers: [],
        tickets: [],
        earlier: [],
        ...panel,
      },
    };
    for (const line of lines)
      conversation.lines.push({ line: conversation.next++, at: this.now(), ...line });
    const last = conversation.lines.filter((line) => line.from !== "mark").at(-1);
    if (last) conversation.row.last = { from: last.from, text: last.text ?? "", at: last.at };
    this.conversations.set(row.citizen, conversation);
    for (const one of this.sockets)
      if (this.sees(one.user, conversation.row))
        this.tell(one, { is: "row", row: conversation.row });
    this.recount();
    return conversation;
  }
  offer(citizen, agent, ms = 30_000) {
    this.setRow(this.conversations.get(citizen), { agent, offered_until: this.now() + ms });
  }
  citizenWrites(citizen, text, more = {}) {
    const conversation = this.conversations.get(citizen);
    const window =
      conversation.row.window_until === undefined ? {} : { window_until: this.now() + windowMs };
    return this.addLine(
      conversation,
      { from: "citizen", text, ...more },
      {
        unanswered: Number(conversation.row.unanswered) + 1,
        awaited: false,
        silent: false,
        ...window,
      },
    );
  }
  citizenTypes(citizen) {
    for (const one of this.sockets)
      if (one.opened.has(citizen)) this.tell(one, { is: "typing", citizen });
  }
  setDelivery(citizen, number, state, reason) {
    const conversation = this.conversations.get(citizen);
    const line = conversation.lines.find((is) => is.line === number);
    Object.assign(line, { delivery: state, ...(reason ? { reason } : {}) });
    this.tellAll({ is: "delivery", citizen, line: number, state, ...(reason ? { reason } : {}) });
  }
}

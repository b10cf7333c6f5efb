// What the pretend desk answers over HTTP: its page's files, and each door of docs/desk-protocol.md
// with the checks of the real one (who asks, the token, the role).
import { randomBytes } from "node:crypto";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
  "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";
const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cache-Control": "no-store",
};
const rowsOfPage = 50;
const newSecret = () => randomBytes(16).toString("hex");

function fail(status, word) {
  throw Object.assign(new Error(word), { status, word });
}
function expectRole(user, ...roles) {
  if (!roles.includes(user.role)) fail(403, "not_allowed");
}
const signed = (desk, user) => ({ me: desk.me(user), token: "token-of-" + user.name });

// For whom is not signed in yet. Each gives what is answered as JSON, or {} for nothing.
const gate = {
  "/api/sign-in": ({ desk, body }) => {
    const { name, password, code } = body();
    const user = desk.users.find(
      (one) => one.name === name && one.password === password && !one.disabled,
    );
    if (!user) fail(401, "wrong");
    if (user.code && code !== user.code) fail(401, "code");
    const session = newSecret();
    desk.sessions.set(session, user.name);
    const cookie = `__Host-alur-desk=${session}; Path=/; Secure; HttpOnly; SameSite=Strict`;
    return { is: signed(desk, user), headers: { "Set-Cookie": cookie } };
  },
  "/api/first": ({ desk, body }) => {
    const { link, name, full_name, password } = body();
    if (link !== desk.firstLink) fail(404, "gone");
    desk.firstLink = undefined;
    const nobody = { agent: 0, queues: [], units: 0 };
    desk.users.push({ name, full_name, password, role: "administrator", ...nobody });
    return {};
  },
  "/api/link": ({ desk, body }) => {
    const { link, password } = body();
    const user = desk.users.find((one) => one.link && one.link === link);
    if (!user) fail(404, "gone");
    Object.assign(user, { password, link: undefined });
    return {};
  },
};

// For whom is signed in: what the path must be, and what is answered.
const doors = [
  [/^\/api\/me$/, ({ desk, user }) => ({ is: signed(desk, user) })],
  [/^\/api\/sign-out$/, ({ desk, user }) => {
    for (const [cookie, name] of desk.sessions) {
      if (name === user.name) desk.sessions.delete(cookie);
    }
    return {};
  }],
  [/^\/api\/password$/, ({ user, body }) => {
    const { old, new: fresh } = body();
    if (old !== user.password) fail(401, "wrong");
    user.password = fresh;
    return {};
  }],
  [/^\/api\/code$/, setCode],
  [/^\/api\/conversations$/, findConversations],
  [/^\/api\/conversations\/([0-9a-f]+)$/, ({ desk, user, parts: [citizen], query }) => {
    const conversation = desk.conversations.get(citizen) ?? fail(404, "unknown");
    desk.write(user, "read", citizen);
    const page = desk.page(conversation, Number(query.get("before")) || Infinity);
    return { is: { row: conversation.row, panel: conversation.panel, ...page } };
  }],
  [/^\/api\/files\/([0-9a-f]+)$/, takeFile],
  [/^\/api\/files\/([0-9a-f]+)\/(.+)$/, giveFile],
  [/^\/api\/replies(?:\/(.+))?$/, ({ desk, method, user, parts: [name], body }) => {
    if (method === "GET") return { is: { replies: desk.replies } };
    expectRole(user, "supervisor", "content", "administrator");
    const shortcut = decodeURIComponent(name);
    desk.replies = desk.replies.filter((is) => is.shortcut !== shortcut);
    if (method === "PUT") desk.replies.push({ shortcut, ...body() });
    desk.tellAll({ is: "replies", replies: desk.replies });
    return {};
  }],
  [/^\/api\/users(?:\/(.+))?$/, keepUsers],
  [/^\/api\/audit$/, ({ desk, user, query }) => {
    expectRole(user, "auditor", "administrator");
    const before = Number(query.get("before")) || Infinity;
    const by = query.get("by");
    const rows = desk.audit.filter((row) => row.count < before && (!by || row.by === by));
    return { is: { rows: rows.reverse().slice(0, rowsOfPage), whole: desk.whole ?? true } };
  }],
];

function setCode({ user, body }) {
  const { do: what, code, password } = body();
  if (what === "begin") {
    const secret = "JBSWY3DPEHPK3PXP";
    const about = `secret=${secret}&issuer=Kontak%20157`;
    return { is: { secret, uri: `otpauth://totp/Kontak%20157:${user.name}?${about}` } };
  }
  if (what === "confirm" && code !== "123456") fail(400, "code");
  if (what === "off" && password !== user.password) fail(400, "wrong");
  user.code = what === "confirm" ? "123456" : undefined;
  return {};
}

function findConversations({ desk, query }) {
  const text = (query.get("text") ?? "").toLowerCase();
  const queue = query.get("queue");
  const owner = query.get("owner");
  const agent = Number(query.get("agent") ?? 0);
  const only = query.get("only");
  desk.looked = Object.fromEntries(query);
  const excerpts = {};
  const holdsText = (one) => {
    if (JSON.stringify(one.row).toLowerCase().includes(text)) return true;
    const said = one.lines.findLast((line) => line.text?.toLowerCase().includes(text));
    if (!said) return false;
    const { line, at, from } = said;
    excerpts[one.row.citizen] = { line, at, from, text: said.text };
    return true;
  };
  const fits = (row) =>
    (!queue || row.queue === queue) &&
    (!owner || row.owner === owner) &&
    (!agent || row.agent === agent) &&
    (only !== "window_shut" || (row.window_until ?? Infinity) < desk.now());
  const rows = [...desk.conversations.values()].filter(holdsText).map((one) => one.row);
  const found = rows.filter(fits);
  const from = Number(query.get("before") ?? 0);
  const to = from + rowsOfPage;
  const more = found.length > to ? { more: String(to) } : {};
  return { is: { rows: found.slice(from, to), excerpts, ...desk.bounds, ...more } };
}

function takeFile({ desk, method, parts: [citizen], bytes, request }) {
  if (method !== "POST") fail(404, "unknown");
  const name = randomBytes(8).toString("hex");
  desk.uploads.set(`${citizen}/${name}`, {
    body: bytes,
    mime: request.headers["content-type"],
    name: decodeURIComponent(request.headers["x-alur-name"]),
  });
  if (desk.uploadRefused) fail(413, desk.uploadRefused);
  return { is: { file: name } };
}
function giveFile({ desk, parts: [citizen, name] }) {
  desk.fetched.push(name);
  if (desk.fileRefused) fail(503, desk.fileRefused);
  const sent = desk.uploads.get(`${citizen}/${name}`) ?? fail(404, "unknown");
  return {
    bytes: sent.body,
    headers: {
      "Content-Type": sent.mime,
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Content-Disposition": sent.mime.startsWith("image/") ? "inline" : "attachment",
    },
  };
}

function keepUsers({ desk, method, user, parts: [name], body }) {
  expectRole(user, "administrator");
  const known = (one) => ({ ...desk.me(one), disabled: Boolean(one.disabled) });
  if (method === "GET") return { is: { users: desk.users.map(known) } };
  const change = body();
  const link = newSecret();
  if (!name) {
    if (desk.users.some((one) => one.name === change.name)) fail(409, "taken");
    desk.users.push({ ...change, agent: desk.users.length + 1, link });
    return { is: { password_link: link } };
  }
  const changed = desk.users.find((one) => one.name === decodeURIComponent(name));
  if (!changed) fail(404, "unknown");
  if (change.reset) {
    changed.link = link;
    return { is: { password_link: link } };
  }
  Object.assign(changed, change);
  return {};
}

async function readBody(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function answerOf(desk, request) {
  const { pathname: path, searchParams: query } = new URL(request.url, desk.origin);
  const { method } = request;
  const file = method === "GET" && desk.files.get(path);
  if (file) return { bytes: file.body, headers: { "Content-Type": file.type } };
  const bytes = await readBody(request);
  const body = () => {
    if (!/^application\/json/.test(request.headers["content-type"] ?? "")) fail(415, "kind");
    return bytes.length ? JSON.parse(bytes.toString()) : {};
  };
  const ask = { desk, request, method, query, bytes, body };
  if (method === "POST" && Object.hasOwn(gate, path)) return gate[path](ask);
  const user = desk.userOf(request);
  if (!user) fail(401, "sign_in");
  const token = request.headers["x-alur-token"];
  if (method !== "GET" && token !== "token-of-" + user.name) fail(403, "token");
  for (const [pattern, door] of doors) {
    const match = pattern.exec(path);
    if (match) return door({ ...ask, user, parts: match.slice(1) });
  }
  return fail(404, "unknown");
}

export async function answer(desk, request, response) {
  const json = { ...headers, "Content-Type": "application/json; charset=utf-8" };
  try {
    const { is = {}, bytes, headers: more } = await answerOf(desk, request);
    response.writeHead(200, { ...(bytes ? headers : json), ...more });
    response.end(bytes ?? JSON.stringify(is));
  } catch (error) {
    response.writeHead(error.status ?? 500, json);
    response.end(JSON.stringify({ error: error.word ?? "unavailable" }));
    if (!error.word) console.error(error);
  }
}

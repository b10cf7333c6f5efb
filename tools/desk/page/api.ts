// The few requests over HTTP. What goes wrong comes as a Trouble with the service's own word.
import type {
  AuditRow,
  Citizen,
  Excerpt,
  Line,
  Me,
  Panel,
  Reply,
  Role,
  Row,
  SignedIn,
  Titles,
  User,
} from "./protocol";

export class Trouble extends Error {
  constructor(readonly word: string, readonly status: number) {
    super(word);
  }
}

let token = "";
let onSignedOut: () => void = () => {};
// Told when the service no longer knows this session.
export function whenSignedOut(tell: () => void): void {
  onSignedOut = tell;
}

async function ask<T>(method: string, path: string, body?: unknown, signs = false): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && !signs) headers["X-Alur-Token"] = token;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method, headers, credentials: "same-origin", cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Trouble("unreachable", 0);
  }
  return readAnswer<T>(answer, signs);
}

async function readAnswer<T>(answer: Response, signs: boolean): Promise<T> {
  const text = await answer.text();
  let read: unknown = {};
  try {
    read = text === "" ? {} : JSON.parse(text);
  } catch {
    if (answer.ok) throw new Trouble("unreadable", answer.status);
  }
  if (answer.ok) return read as T;
  const word = (read as { error?: unknown }).error;
  if (answer.status === 401 && word === "sign_in" && !signs) onSignedOut();
  throw new Trouble(typeof word === "string" ? word : `http_${answer.status}`, answer.status);
}

function take(signed: SignedIn): SignedIn {
  token = signed.token;
  return signed;
}
const query = (what: Record<string, string | number | undefined>) => {
  const said = Object.entries(what).filter(([, value]) => value !== undefined && value !== "");
  return said.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join("&");
};

export const me = async () => take(await ask<SignedIn>("GET", "/api/me", undefined, true));
export const signIn = async (name: string, password: string, code?: string) =>
  take(
    await ask<SignedIn>(
      "POST",
      "/api/sign-in",
      { name, password, ...(code ? { code } : {}) },
      true,
    ),
  );
export const makeFirst = (link: string, name: string, fullName: string, password: string) =>
  ask<Partial<SignedIn>>("POST", "/api/first", { link, name, full_name: fullName, password }, true);
export const usePasswordLink = (link: string, password: string) =>
  ask<Partial<SignedIn>>("POST", "/api/link", { link, password }, true);
export const signOut = () => ask<object>("POST", "/api/sign-out", {});
export const changePassword = (old: string, fresh: string) =>
  ask<object>("POST", "/api/password", { old, new: fresh });
export const beginCode = () =>
  ask<{ secret: string; uri: string }>("POST", "/api/code", { do: "begin" });
export const confirmCode = (code: string) =>
  ask<object>("POST", "/api/code", { do: "confirm", code });
export const endCode = (password: string) =>
  ask<object>("POST", "/api/code", { do: "off", password });

export interface Looked {
  text?: string;
  queue?: string;
  owner?: string;
  agent?: number;
  channel?: string;
  only?: string;
  before?: string;
}
export interface Found {
  rows: Row[];
  excerpts?: Record<Citizen, Excerpt>;
  unread?: number; // conversations that were not looked at, for want of time
  cut?: number; // those of which only the latest was
  more?: string; // where the next page begins, to be asked for as `before`
}
export const conversations = (looked: Looked) =>
  ask<Found>("GET", "/api/conversations?" + query({ ...looked }));
export const conversation = (citizen: Citizen, before?: number) =>
  ask<{ row: Row; lines: Line[]; panel: Panel; more: boolean }>(
    "GET", `/api/conversations/${encodeURIComponent(citizen)}?${query({ before })}`);

// The bytes of a file of this service, for a picture that is asked for again.
export async function picture(href: string, unwanted: AbortSignal): Promise<Blob> {
  try {
    const answer = await fetch(href, {
      credentials: "same-origin", cache: "no-store", signal: unwanted,
    });
    return answer.ok ? await answer.blob() : await readAnswer<never>(answer, false);
  } catch (trouble) {
    throw trouble instanceof Trouble ? trouble : new Trouble("unreachable", 0);
  }
}

// XMLHttpRequest, since fetch does not tell how far it is.
export function sendFile(
  citizen: Citizen,
  file: File,
  onWay: (share: number) => void,
): Promise<string> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/files/${encodeURIComponent(citizen)}`);
    request.setRequestHeader("X-Alur-Token", token);
    request.setRequestHeader("X-Alur-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (step) => step.lengthComputable && onWay(step.loaded / step.total);
    request.onerror = () => failed(new Trouble("unreachable", 0));
    request.onload = () => {
      const answer = new Response(request.responseText, { status: request.status || 500 });
      readAnswer<{ file: string }>(answer, false).then((read) => done(read.file), failed);
    };
    request.send(file);
  });
}

export const replies = () => ask<Reply[] | { replies: Reply[] }>("GET", "/api/replies");
export const writeReply = (shortcut: string, title: string, text: Titles, category: string) =>
  ask<object>("PUT", `/api/replies/${encodeURIComponent(shortcut)}`, { title, text, category });
export const dropReply = (shortcut: string) =>
  ask<object>("DELETE", `/api/replies/${encodeURIComponent(shortcut)}`);

export interface UserChange {
  full_name?: string;
  role?: Role;
  queues?: string[];
  units?: number;
  disabled?: boolean;
  reset?: boolean;
  drop_codes?: boolean;
}
export const users = () => ask<User[] | { users: User[] }>("GET", "/api/users");
export const addUser = (
  user: Required<Pick<UserChange, "full_name" | "role" | "queues" | "units">> & { name: string },
) => ask<{ password_link: string }>("POST", "/api/users", user);
export const changeUser = (name: string, change: UserChange) =>
  ask<{ password_link?: string }>("POST", `/api/users/${encodeURIComponent(name)}`, change);
export const audit = (before?: number, by?: string, citizen?: string) =>
  ask<{ rows: AuditRow[]; whole: boolean }>("GET", "/api/audit?" + query({ before, by, citizen }));

export type { Me };

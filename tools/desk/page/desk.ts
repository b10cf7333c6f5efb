// What happens: frames that come are put where they belong, and what people do is asked of the
// service. The only place that holds the link.
import { effect } from "@preact/signals";
import * as api from "./api";
import { serviceNow } from "./clock";
import { forgetDrafts, ownDrafts } from "./drafts";
import { Link, linkState, Refusal } from "./link";
import {
  addUnsent, changeUnsent, dropUnsent, forgetOutbox, loadOutbox, newKey, unsent, type Unsent,
} from "./outbox";
import { loadPrefs } from "./prefs";
import type { Agent, Ask, Citizen, Done, Line, Row, SignedIn, Told } from "./protocol";
import { goTo, place, shownCitizen } from "./routes";
import { announce } from "./sounds";
import * as store from "./store";
import {
  forgetTalks,
  markStale,
  takeDelivery,
  takeLine,
  takeOlder,
  takeOpened,
  takeTyping,
  talkOf,
} from "./talks";
import { speak, tell } from "./told";
import { nameOf } from "./names";
import { say as words, setAppLanguage, wordFor } from "./words";

let link: Link | undefined;

// --- coming and going

export async function begin(): Promise<void> {
  const here = place.value;
  if (here.at === "first" || here.at === "password") {
    store.stage.value = here.at;
    return;
  }
  try {
    enter(await api.me());
  } catch {
    store.stage.value = "sign_in";
  }
}

export function enter(signed: SignedIn): void {
  store.me.value = signed.me;
  loadPrefs(signed.me.name);
  loadOutbox(signed.me.name);
  ownDrafts(signed.me.name);
  store.stage.value = "desk";
  api.whenSignedOut(() => leave());
  link?.end();
  link = new Link(hear, isKnown);
  link.connect();
}

// Whether the session still holds; who is only away from the network is taken at their word.
async function isKnown(): Promise<boolean> {
  try {
    await api.me();
    return true;
  } catch (trouble) {
    if (trouble instanceof api.Trouble && trouble.status === 401) leave();
    return false;
  }
}

// The session is over. What was not sent stays for the same person's next one.
function leave(why?: string): void {
  link?.end();
  link = undefined;
  store.forgetAll();
  forgetTalks();
  opened = undefined;
  store.stage.value = "sign_in";
  if (why) tell(why, { grave: true });
}

export async function signOut(): Promise<void> {
  await api.signOut().catch(() => {});
  forgetOutbox();
  forgetDrafts();
  leave();
}

// --- what comes

function hear(told: Told): void {
  switch (told.is) {
    case "hello":
      setAppLanguage(told.language);
      store.takeHello(told);
      markStale();
      opened = undefined;
      lookAt(shownCitizen());
      sayUnsent();
      break;
    case "row": heardRow(told.row); break;
    case "rows":
      for (const row of told.rows) heardRow(row);
      for (const citizen of told.gone ?? []) store.dropRow(citizen);
      break;
    case "queue": store.takeQueue(told.queue); break;
    case "gone": heardGone(told.citizen, told.why); break;
    case "line": heardLine(told.citizen, told.line); break;
    case "delivery":
      takeDelivery(talkOf(told.citizen), told.line, told.state, told.reason);
      if (told.state === "failed") {
        alarm(
          "failed",
          words("notice_failed", { name: nameOf(store.peekRow(told.citizen)) }),
          told.citizen,
        );
      }
      break;
    case "agent": store.takeAgents([told.agent]); break;
    case "agents": store.takeAgents(told.agents); break;
    case "typing": takeTyping(talkOf(told.citizen), told.by ?? undefined); break;
    case "viewing":
      talkOf(told.citizen).viewing.value = told.by.filter(
        (name) => name !== store.me.value?.name && name !== store.me.value?.full_name,
      );
      break;
    case "overloaded":
      if (told.agent === store.me.value?.agent) {
        tell(
          words("notice_overloaded", { load: units(told.load), capacity: units(told.capacity) }),
        );
      }
      break;
    case "breached": heardBreach(told.citizen, told.service); break;
    case "replies": store.replies.value = told.replies; break;
    case "templates": store.templates.value = told.templates; break;
    case "bye":
      if (told.why !== "restart") leave(wordFor("bye", told.why));
      break;
  }
}
export const units = (hundredths: number): string => String(Math.round(hundredths / 10) / 10);

// Grave news stay on the screen too: a tone alone is missed.
function alarm(event: "failed" | "breached", text: string, citizen: Citizen): void {
  tell(text, { grave: event === "failed", citizen });
  announce(event, text, "", citizen);
}

function heardRow(row: Row): void {
  const before = store.peekRow(row.citizen);
  store.takeRow(row);
  const name = nameOf(row);
  if (store.isOffered(row) && !(before && store.isOffered(before))) {
    const text = words("notice_offered", { name });
    announce("offered", text, row.summary, row.citizen);
    // Where the desk is shown, the offer itself stands there.
    if (place.value.at === "desk") speak(text, true);
    else tell(text, { citizen: row.citizen });
  } else if (!before && store.isWaiting(row) && !store.isOffered(row)) {
    announce("waiting", words("notice_waiting", { name }), row.summary, row.citizen);
  }
}

function heardGone(citizen: Citizen, why: string): void {
  const row = store.peekRow(citizen);
  const was = store.isMine(row) || store.isOffered(row);
  store.dropRow(citizen);
  if (was && row) tell(`${nameOf(row)}: ${wordFor("gone", why)}`);
}

function heardLine(citizen: Citizen, line: Line): void {
  takeLine(talkOf(citizen), line);
  if (line.key) dropUnsent(line.key);
  const row = store.peekRow(citizen);
  if (line.from === "citizen" && store.isMine(row)) {
    announce("message", nameOf(row), line.text ?? "", citizen);
  }
}

function heardBreach(citizen: Citizen, service: string): void {
  const row = store.peekRow(citizen);
  if (!store.isMine(row) && !store.isSupervisor.value) return;
  alarm(
    "breached",
    words("notice_breached", { name: nameOf(row), clock: wordFor("clock", service) }),
    citizen,
  );
}

// --- looking at a conversation

let opened: Citizen | undefined;
export function lookAt(citizen: Citizen | undefined): void {
  if (citizen === opened || linkState.peek() !== "online") return;
  if (opened) link?.tell({ do: "shut", citizen: opened });
  opened = citizen;
  if (citizen) void open(citizen);
}
async function open(citizen: Citizen): Promise<void> {
  const talk = talkOf(citizen);
  if (talk.lines.value.length === 0) talk.state.value = "loading";
  try {
    takeOpened(talk, await ask({ do: "open", citizen }));
  } catch (refused) {
    if (refused instanceof Refusal && refused.why === "lost") talk.state.value = "fresh";
    else talk.state.value = "failed";
  }
}
export function watchPlace(): void {
  effect(() => {
    const here = place.value;
    lookAt(store.stage.value === "desk" && linkState.value === "online" && "citizen" in here
      ? here.citizen : undefined);
  });
}
export async function older(citizen: Citizen): Promise<void> {
  const talk = talkOf(citizen);
  const first = talk.lines.value[0];
  if (!first || !talk.more.value) return;
  try {
    takeOlder(talk, await ask({ do: "older", citizen, before: first.line }));
  } catch (refused) {
    complain(refused);
  }
}

// --- what people do

function ask(what: Ask): Promise<Done> {
  return link ? link.ask(what) : Promise.reject(new Refusal("lost"));
}
export function complain(trouble: unknown): void {
  const word = trouble instanceof Refusal ? trouble.why
    : trouble instanceof api.Trouble ? trouble.word : "unavailable";
  tell(wordFor("refused", word), { grave: true });
}
// Whether it was done; if not, why is told.
async function act(what: Ask): Promise<boolean> {
  try {
    await ask(what);
    return true;
  } catch (refused) {
    complain(refused);
    return false;
  }
}

export const setPresence = (presence: Agent["presence"], reason?: string) =>
  act({ do: "presence", presence, ...(reason ? { reason } : {}) });
export async function accept(row: Row): Promise<void> {
  if (await act({ do: "accept", citizen: row.citizen, epoch: row.epoch }))
    goTo("desk", row.citizen);
}
export const decline = (row: Row) => act({ do: "decline", citizen: row.citizen, epoch: row.epoch });
export const transfer = (row: Row, to: { agent?: number; queue?: string }, note: string) =>
  act({
    do: "transfer", citizen: row.citizen, epoch: row.epoch, note,
    ...(to.agent === undefined ? {} : { to_agent: to.agent }),
    ...(to.queue === undefined ? {} : { to_queue: to.queue }),
  });
export const giveBack = (row: Row, state?: string) =>
  act({ do: "return", citizen: row.citizen, epoch: row.epoch, ...(state ? { state } : {}) });
export const close = (row: Row, code: string) =>
  act({ do: "close", citizen: row.citizen, epoch: row.epoch, code });
export const assign = (row: Row, agent: number, overfill: boolean) =>
  act({
    do: "assign",
    citizen: row.citizen,
    epoch: row.epoch,
    to_agent: agent,
    ...(overfill ? { overfill } : {}),
  });

const typingRestMs = 3_000;
let typedAt = 0;
export function typing(citizen: Citizen): void {
  if (Date.now() - typedAt < typingRestMs || linkState.value !== "online") return;
  typedAt = Date.now();
  link?.tell({ do: "typing", citizen });
}

// --- saying

export function write(row: Row, kind: "say" | "note", text: string, replyTo?: number): void {
  send({
    key: newKey(), kind, citizen: row.citizen, epoch: row.epoch, at: serviceNow(), text,
    ...(replyTo === undefined ? {} : { replyTo }),
  });
}
export function writeTemplate(row: Row, template: string, text: string): void {
  send({
    key: newKey(),
    kind: "template",
    citizen: row.citizen,
    epoch: row.epoch,
    at: serviceNow(),
    text,
    template,
  });
}
export async function writeFile(row: Row, file: File, text: string): Promise<void> {
  const one: Unsent = {
    key: newKey(), kind: "say", citizen: row.citizen, epoch: row.epoch, at: serviceNow(), text,
    fileName: file.name, fileSize: file.size, share: 0,
  };
  addUnsent(one);
  try {
    const named = await api.sendFile(row.citizen, file, (share) =>
      changeUnsent(one.key, { share }),
    );
    const whole = changeUnsent(one.key, { file: named, share: undefined });
    if (whole) void deliver(whole);
  } catch (trouble) {
    failed(one, trouble instanceof api.Trouble ? trouble.word : "unavailable");
  }
}

function send(one: Unsent): void {
  addUnsent(one);
  void deliver(one);
}
// Once more, as the person asked: under the same key while it may yet have been heard, and under
// the conversation's present epoch.
export function sendAgain(one: Unsent): void {
  const row = store.peekRow(one.citizen);
  const anew = changeUnsent(one.key, { why: undefined, ...(row ? { epoch: row.epoch } : {}) });
  if (anew) void deliver(anew);
}
export function sayAgain(row: Row, line: Line): void {
  if (line.text) write(row, "say", line.text, line.reply_to);
}

// What is written next answers this line; without one, the citizen's latest, and then each before
// it.
export function answer(citizen: Citizen, line?: Line): void {
  const { answering, lines } = talkOf(citizen);
  const theirs = lines.value.filter((one) => one.from === "citizen");
  const here = theirs.findIndex((one) => one.line === answering.value?.line);
  const next = line ?? (here < 0 ? theirs.at(-1) : theirs[here - 1]);
  if (!next) return;
  answering.value = next;
  dispatchEvent(new Event("alur-reply"));
}

function askOf(one: Unsent): Ask {
  const { citizen, epoch, key, text } = one;
  if (one.kind === "note") return { do: "note", citizen, key, text };
  if (one.kind === "template")
    return { do: "template", citizen, epoch, key, template: one.template ?? "" };
  return {
    do: "say",
    citizen,
    epoch,
    key,
    ...(text ? { text } : {}),
    ...(one.file ? { file: one.file } : {}),
    ...(one.replyTo === undefined ? {} : { reply_to: one.replyTo }),
  };
}
// One after another for each citizen, so that none overtakes what was written before it.
const chains = new Map<Citizen, Promise<void>>();
const inChain = new Set<string>();
function deliver(one: Unsent): Promise<void> {
  if (inChain.has(one.key)) return Promise.resolve();
  inChain.add(one.key);
  const next = (chains.get(one.citizen) ?? Promise.resolve()).then(() => ask(askOf(one))).then(
    (done) => delivered(one, done),
    (refused: unknown) => {
      inChain.delete(one.key);
      const why = refused instanceof Refusal ? refused.why : "unavailable";
      if (why !== "lost") failed(one, why);
    });
  chains.set(one.citizen, next);
  return next;
}
function delivered(one: Unsent, done: Done): void {
  inChain.delete(one.key);
  const talk = talkOf(one.citizen);
  if (typeof done.line === "object") takeLine(talk, done.line);
  else if (done.line !== undefined && !hasKey(one)) takeLine(talk, lineOf(one, done.line));
  dropUnsent(one.key);
}
const hasKey = (one: Unsent) =>
  talkOf(one.citizen).lines.value.some((line) => line.key === one.key);
function lineOf(one: Unsent, line: number): Line {
  return {
    line, at: one.at, from: one.kind === "note" ? "note" : "agent", text: one.text, key: one.key,
    by: store.me.value?.name ?? "",
    ...(one.replyTo === undefined ? {} : { reply_to: one.replyTo }),
    ...(one.kind === "note" ? {} : { delivery: "pending" as const }),
  };
}
function failed(one: Unsent, why: string): void {
  changeUnsent(one.key, { why, share: undefined });
  alarm(
    "failed",
    words("notice_failed", { name: nameOf(store.peekRow(one.citizen)) }),
    one.citizen,
  );
}
function sayUnsent(): void {
  for (const one of unsent.value) {
    if (one.why === undefined && one.share === undefined) void deliver(one);
  }
}

// Conversations that the page looks at or owns: their lines, panel, who types and who looks. Lines
// are told apart by their numbers, so that what comes twice stands once.
import { signal, type Signal } from "@preact/signals";
import { serviceNow } from "./clock";
import type { Citizen, Delivery, Done, Line, Panel } from "./protocol";

export interface Talk {
  lines: Signal<readonly Line[]>;
  panel: Signal<Panel | undefined>;
  more: Signal<boolean>; // there are older lines
  state: Signal<"fresh" | "loading" | "open" | "failed">;
  typing: Signal<{ by: string | undefined; until: number } | undefined>;
  viewing: Signal<readonly string[]>;
  answering: Signal<Line | undefined>; // the citizen's line that is quoted in what is being written
}
const talks = new Map<Citizen, Talk>();
const keptMost = 60;

export function talkOf(citizen: Citizen): Talk {
  let talk = talks.get(citizen);
  if (!talk) {
    talk = {
      lines: signal([]), panel: signal(undefined), more: signal(false), state: signal("fresh"),
      typing: signal(undefined), viewing: signal([]), answering: signal(undefined),
    };
    talks.set(citizen, talk);
    forgetOld(citizen);
  }
  return talk;
}
function forgetOld(but: Citizen): void {
  for (const citizen of talks.keys()) {
    if (talks.size <= keptMost) return;
    if (citizen !== but) talks.delete(citizen);
  }
}
export function forgetTalks(): void {
  talks.clear();
}
// The connection went: what is shown stays, but is asked for again.
export function markStale(): void {
  for (const talk of talks.values()) {
    talk.state.value = "fresh";
    talk.typing.value = undefined;
    talk.viewing.value = [];
  }
}

// Both in order, each number once, the later word for it.
function merge(old: readonly Line[], fresh: readonly Line[]): Line[] {
  const byNumber = new Map<number, Line>();
  for (const line of old) byNumber.set(line.line, line);
  for (const line of fresh) byNumber.set(line.line, line);
  return [...byNumber.values()].sort((a, b) => a.line - b.line);
}

// The newest page. Where it does not reach what was there before, that is let go: between them may
// stand lines that this page never saw.
export function takeOpened(talk: Talk, done: Done): void {
  const fresh = done.lines ?? [];
  const old = talk.lines.value;
  const last = old.at(-1)?.line ?? -1;
  const first = fresh[0]?.line;
  const meets = first !== undefined && old.length > 0 && first <= last;
  // Lines of one's own conversations come before they are opened: then nothing older is there yet.
  const reachesBack = meets && (old[0]?.line ?? 0) < first;
  talk.lines.value = meets ? merge(old, fresh) : fresh;
  if (!reachesBack) talk.more.value = done.more === true;
  talk.panel.value = done.panel;
  talk.state.value = "open";
}
export function takeOlder(talk: Talk, done: Done): void {
  talk.lines.value = merge(done.lines ?? [], talk.lines.value);
  talk.more.value = done.more === true;
}
export function takeLine(talk: Talk, line: Line): void {
  const old = talk.lines.value;
  const last = old.at(-1);
  talk.lines.value = !last || line.line > last.line ? [...old, line] : merge(old, [line]);
  if (line.from === "citizen" || line.from === "agent") talk.typing.value = undefined;
}
export function takeDelivery(talk: Talk, number: number, state: Delivery, reason?: string): void {
  talk.lines.value = talk.lines.value.map((line) =>
    line.line === number ? { ...line, delivery: state, ...(reason ? { reason } : {}) } : line);
}
const typingMs = 5_000;
export function takeTyping(talk: Talk, by: string | undefined): void {
  const until = serviceNow() + typingMs;
  talk.typing.value = { by, until };
  setTimeout(() => {
    if (talk.typing.value && talk.typing.value.until <= serviceNow() + 50)
      talk.typing.value = undefined;
  }, typingMs);
}

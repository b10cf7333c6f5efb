// What the page knows: conversations, agents, what is configured. Changed by frames only, here; the
// views read signals. Lists of thousands of rows hang on one version that moves at most once a
// frame, less often when there are many.
import { batch, computed, signal, type Signal } from "@preact/signals";
import { setServiceTime } from "./clock";
import type {
  Agent,
  Citizen,
  Hello,
  Me,
  Named,
  Queue,
  Reply,
  Row,
  Settings,
  Template,
} from "./protocol";

export type Stage = "loading" | "sign_in" | "first" | "password" | "desk";
export const stage = signal<Stage>("loading");
export const me = signal<Me | undefined>(undefined);

export const app = signal("");
export const queues = signal<Queue[]>([]);
export const codes = signal<Named[]>([]);
export const states = signal<Named[]>([]);
export const templates = signal<Template[]>([]);
export const replies = signal<Reply[]>([]);
export const settings = signal<Settings>({
  open_max: 8, capacity: 400, note_length: 500, text_length: 4000, reasons: [],
});
export const agents = signal<ReadonlyMap<number, Agent>>(new Map());
// Whether a hello has come since the page was opened.
export const known = signal(false);

// One that is asked for before it is known has its place already.
const rows = new Map<Citizen, Signal<Row | undefined>>();
export const rowsVersion = signal(0);

const manyRows = 300;
const manyRestMs = 200;
let moved = false;
function move(): void {
  if (moved) return;
  moved = true;
  const go = () => {
    if (!moved) return;
    moved = false;
    rowsVersion.value += 1;
  };
  // Long lists are ordered anew a few times a second, so that a key is never behind them.
  if (rows.size <= manyRows) requestAnimationFrame(go);
  // A page that is not seen has no frames.
  setTimeout(go, manyRestMs);
}

export function rowOf(citizen: Citizen): Signal<Row | undefined> {
  let row = rows.get(citizen);
  if (!row) rows.set(citizen, (row = signal(undefined)));
  return row;
}
export const peekRow = (citizen: Citizen): Row | undefined => rows.get(citizen)?.peek();

export function takeHello(hello: Hello): void {
  batch(() => {
    setServiceTime(hello.now);
    me.value = hello.me;
    app.value = hello.app;
    queues.value = hello.queues;
    codes.value = hello.codes;
    states.value = hello.states;
    templates.value = hello.templates;
    replies.value = hello.replies;
    settings.value = hello.settings;
    agents.value = new Map(hello.agents.map((agent) => [agent.agent, agent]));
    const here = new Set(hello.rows.map((row) => row.citizen));
    for (const citizen of rows.keys()) if (!here.has(citizen)) dropRow(citizen);
    for (const row of hello.rows) takeRow(row);
    known.value = true;
    rowsVersion.value += 1;
  });
}

export function takeRow(row: Row): void {
  rowOf(row.citizen).value = row;
  move();
}

export function dropRow(citizen: Citizen): void {
  const row = rows.get(citizen);
  if (!row) return;
  rows.delete(citizen);
  row.value = undefined;
  move();
}

export function takeAgents(changed: readonly Agent[]): void {
  const next = new Map(agents.value);
  for (const agent of changed) next.set(agent.agent, agent);
  agents.value = next;
}
export function takeQueue(queue: Queue): void {
  queues.value = queues.value.map((one) => one.name === queue.name ? queue : one);
}

export function forgetAll(): void {
  batch(() => {
    for (const citizen of [...rows.keys()]) dropRow(citizen);
    me.value = undefined;
    agents.value = new Map();
    known.value = false;
    rowsVersion.value += 1;
  });
}

// --- what is made of it

// Whether its channel takes nothing but templates by then; `at` is the service's time.
export const isShut = (row: Row, at: number): boolean =>
  row.window_until !== undefined && row.window_until <= at;
export const isMine = (row: Row | undefined): boolean =>
  row !== undefined && row.owner === "agent" && row.agent === me.value?.agent;
export const isOffered = (row: Row | undefined): boolean =>
  row !== undefined && row.owner === "queue" && row.agent === me.value?.agent &&
  row.offered_until !== undefined;
export const isWaiting = (row: Row): boolean => row.owner === "queue";
export const unansweredOf = (row: Row): number => Number(row.unanswered);

export const allRows = computed<Row[]>(() => {
  rowsVersion.value;
  return [...rows.values()].map((row) => row.peek()).filter((row) => row !== undefined);
});
const byQueue = (a: Row, b: Row): number =>
  a.place !== undefined && b.place !== undefined && a.place !== b.place
    ? a.place - b.place
    : (a.queued_at ?? a.handed_at) - (b.queued_at ?? b.handed_at);
const byNeed = (a: Row, b: Row): number =>
  Number(unansweredOf(b) > 0) - Number(unansweredOf(a) > 0) ||
  (b.last?.at ?? b.handed_at) - (a.last?.at ?? a.handed_at);

export const mine = computed(() =>
  allRows.value.filter(isMine).sort((a, b) => a.handed_at - b.handed_at),
);
export const offered = computed(() =>
  allRows.value.filter(isOffered).sort((a, b) => (a.offered_until ?? 0) - (b.offered_until ?? 0)));
export const waiting = computed(() =>
  allRows.value.filter((row) => isWaiting(row) && !isOffered(row)).sort(byQueue));
// Of those who wait only the first of each queue are told row by row.
export const waitingCount = computed(() => {
  const own = me.value?.role === "supervisor" ? undefined : me.value?.queues;
  const told = queues.value.filter((queue) => !own || own.includes(queue.name))
    .reduce((sum, queue) => sum + (queue.waiting ?? 0), 0);
  return Math.max(told, waiting.value.length);
});
export const served = computed(() =>
  allRows.value.filter((row) => row.owner === "agent").sort(byNeed),
);

export const self = computed<Agent | undefined>(() =>
  me.value ? agents.value.get(me.value.agent) : undefined);
export const isAgent = computed(
  () => me.value?.role === "agent" || me.value?.role === "supervisor",
);
export const isSupervisor = computed(() => me.value?.role === "supervisor");

export function agentName(agent: number | undefined): string {
  return (agent === undefined ? undefined : agents.value.get(agent)?.full_name) ?? "";
}

// What the service and the page say to each other: docs/desk-protocol.md, as types. Times are
// milliseconds since 1970, units hundredths.
export type Language = "id" | "en";
export type Titles = Partial<Record<Language, string>>;
export type Role = "agent" | "supervisor" | "content" | "administrator" | "auditor";
export type Presence = "online" | "busy" | "away" | "offline";
export type Citizen = string;

export interface Me {
  name: string;
  full_name: string;
  role: Role;
  agent: number;
  queues: string[];
  units: number;
  code: boolean;
}
export interface SignedIn {
  me: Me;
  token: string;
}

export type ClockName = "first_reply" | "next_reply" | "resolution";
export interface Clock {
  due?: number;
  used_ms: number;
  running: boolean;
  breached: boolean;
}

export interface Row {
  citizen: Citizen;
  epoch: string;
  owner: "bot" | "queue" | "agent";
  agent?: number;
  queue: string;
  channel: string;
  address: string;
  name?: string;
  language: string;
  summary: string;
  offered_until?: number;
  handed_at: number;
  queued_at?: number;
  place?: number; // in the order of its queue: lower is earlier
  position?: number;
  wait_ms?: number;
  last?: { from: From; text: string; at: number };
  unanswered: number | boolean;
  silent?: boolean;
  awaited?: boolean;
  weight: number;
  clocks: Partial<Record<ClockName, Clock>>;
  window_until?: number;
  again?: number | boolean;
  note?: string;
  outcome?: string;
  states?: Named[]; // of its flow, where it can be given back to
}

export type From = "citizen" | "bot" | "agent" | "note" | "mark";
export type Delivery = "pending" | "accepted" | "delivered" | "read" | "failed" | "unknown";
export interface SentFile {
  name: string;
  mime: string;
  size: number;
  href: string;
  picture: boolean;
}
export interface Line {
  line: number;
  at: number;
  from: From;
  by?: string;
  text?: string;
  options?: string[];
  file?: SentFile;
  key?: string;
  delivery?: Delivery;
  reason?: string;
  epoch?: string;
  reply_to?: number; // of an agent's: the citizen's line that it answers
  // of what happened, with `by`
  mark?: string;
  queue?: string;
  to?: string;
  code?: string;
  state?: string;
  note?: string;
}

// Where what was looked for stands: in a line, or in a field that was handed over.
export interface Excerpt {
  text: string;
  line?: number;
  at?: number;
  from?: From;
  by?: string;
  field?: string;
}

export type Value = null | string | number | boolean | Value[] | { [name: string]: Value };
export interface Field {
  name: string;
  value: Value;
}
export interface Panel {
  summary: string;
  fields: Field[];
  learned: Field[];
  answers: { at: number; service: string; outcome: string; value: Value }[];
  tickets: { number: string; stage: string; opened: number; due?: number; kind: string }[];
  earlier: { from: number; until: number; outcome: string; code?: string }[];
}

export interface Agent {
  agent: number;
  name: string;
  full_name: string;
  supervisor: boolean;
  queues: string[];
  presence: Presence;
  reason?: string;
  load: number;
  capacity: number;
  open: number;
  connected: boolean;
}

export interface Reply {
  shortcut: string;
  title: string;
  text: Titles;
  category: string;
}
export interface Template {
  name: string;
  text: Record<string, string>; // in each language of the app, its first one first
}
export interface Named {
  name: string;
  title?: Titles | string;
}
export interface Settings {
  open_max: number;
  capacity: number;
  note_length: number;
  text_length: number;
  reasons: (string | Named)[];
}
export interface Queue extends Named {
  open: boolean;
  waiting: number;
  oldest?: number; // since when whoever waits for longest waits
}
export interface Hello {
  is: "hello";
  me: Me;
  now: number;
  app: string;
  language: Language;
  queues: Queue[];
  codes: Named[];
  states: Named[];
  templates: Template[];
  replies: Reply[];
  rows: Row[];
  agents: Agent[];
  settings: Settings;
}

// What comes by itself over the socket.
export type Told =
  | Hello
  | { is: "row"; row: Row }
  | { is: "rows"; rows: Row[]; gone?: Citizen[] }
  | { is: "queue"; queue: Queue }
  | { is: "gone"; citizen: Citizen; why: string }
  | { is: "line"; citizen: Citizen; line: Line }
  | { is: "delivery"; citizen: Citizen; line: number; state: Delivery; reason?: string }
  | { is: "agent"; agent: Agent }
  | { is: "agents"; agents: Agent[] }
  | { is: "typing"; citizen: Citizen; by?: string | null }
  | { is: "viewing"; citizen: Citizen; by: string[] }
  | { is: "overloaded"; agent: number; load: number; capacity: number }
  | { is: "breached"; citizen: Citizen; service: ClockName }
  | { is: "replies"; replies: Reply[] }
  | { is: "templates"; templates: Template[] }
  | { is: "bye"; why: string };

export interface Done {
  is: "done";
  n: number;
  line?: Line | number;
  lines?: Line[];
  panel?: Panel;
  more?: boolean;
}
export interface Refused {
  is: "refused";
  n: number;
  why: string;
}
export type Answer = Done | Refused;

export type Ask =
  | { do: "presence"; presence: Presence; reason?: string }
  | { do: "accept" | "decline"; citizen: Citizen; epoch: string }
  | { do: "say"; citizen: Citizen; epoch: string; key: string; text?: string; file?: string;
      reply_to?: number }
  | { do: "template"; citizen: Citizen; epoch: string; key: string; template: string }
  | { do: "note"; citizen: Citizen; key: string; text: string }
  | { do: "typing" | "open" | "shut"; citizen: Citizen }
  | { do: "transfer"; citizen: Citizen; epoch: string; to_agent?: number; to_queue?: string;
      note: string }
  | { do: "return"; citizen: Citizen; epoch: string; state?: string }
  | { do: "close"; citizen: Citizen; epoch: string; code: string }
  | { do: "assign"; citizen: Citizen; epoch: string; to_agent: number; overfill?: boolean }
  | { do: "older"; citizen: Citizen; before: number }
  | { do: "ping" };

// What the account pages are told.
export interface User {
  name: string;
  full_name: string;
  role: Role;
  queues: string[];
  units: number;
  disabled?: boolean;
  code?: boolean;
}
export interface AuditRow {
  count: number;
  at: number;
  by: string;
  did: string;
  citizen?: Citizen;
  detail?: string;
}

// What the browser keeps: the conversation, how far it goes, and the token. It is the browser's
// storage, which all tabs share and which survives a reload; where that is forbidden, memory, which
// does not. A message is acknowledged only after it is here.
import type { Shown } from "./frames";
import type { UploadFault } from "./upload";

export type Fault = UploadFault | "gone"; // what was to be sent is not here any more

export interface Heard {
  from: "service";
  id: string;
  order: number; // in the conversation
  at: number; // when it came here
  shown: Shown;
}
// A file that goes with a message; its content is in blobs.ts.
export interface Attached {
  upload: string; // our own name for it
  name: string;
  type: string;
  size: number;
  kept: boolean; // by the service
  width?: number; // of a picture, in pixels
  height?: number;
}
export interface Said {
  from: "you";
  id: string;
  order: number;
  at: number;
  text: string;
  tap?: string;
  file?: Attached;
  hidden?: boolean; // it only begins the conversation
  state: "waiting" | "sent" | "taken" | "failed";
  fault?: Fault; // why it failed, where that is known
}
export interface Break {
  from: "nobody"; // a new conversation begins below
  id: string;
  order: number;
  at: number;
}
export type Entry = Heard | Said | Break;

// Whether the service said the one after the other; ids of what it said are `m`, the conversation,
// `-` and its number.
function isLater(id: string, other: string): boolean {
  const [era = "", number = "0"] = id.slice(1).split("-");
  const [otherEra = "", otherNumber = "0"] = other.slice(1).split("-");
  if (era !== otherEra) return Number(era) > Number(otherEra);
  return BigInt(number) > BigInt(otherNumber);
}

// An editor's preview has a conversation of its own.
export const isPreview = new URLSearchParams(location.search).has("preview");
const prefix = isPreview ? "alur-preview:" : "alur:";
const entryPrefix = prefix + "entry:";
const entriesMax = 500;

interface Shelf {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

function memoryShelf(): Shelf {
  const all = new Map<string, string>();
  return {
    get: (key) => all.get(key) ?? null,
    set: (key, value) => void all.set(key, value),
    remove: (key) => void all.delete(key),
    keys: () => [...all.keys()],
  };
}

function openShelf(): Shelf {
  try {
    const storage = window.localStorage;
    storage.setItem(prefix + "try", "1");
    storage.removeItem(prefix + "try");
    return {
      get: (key) => storage.getItem(key),
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => storage.removeItem(key),
      keys: () => Object.keys(storage),
    };
  } catch {
    return memoryShelf(); // a frame without storage, for instance
  }
}

export class Keep {
  private shelf = openShelf();
  private entries = new Map<string, Entry>();
  // Another tab has changed something: an entry, or everything.
  onEntry: (entry: Entry) => void = () => {};
  onRemoved: (id: string) => void = () => {};
  onForgotten: () => void = () => {};
  onToken: () => void = () => {};

  constructor() {
    for (const key of this.shelf.keys()) {
      if (!key.startsWith(entryPrefix)) continue;
      const entry = this.parse(this.shelf.get(key));
      if (entry) this.entries.set(entry.id, entry);
    }
    window.addEventListener("storage", (event) => this.hear(event));
  }

  get token(): string {
    return this.shelf.get(prefix + "token") ?? "";
  }
  set token(token: string) {
    this.put(prefix + "token", token);
  }
  get language(): string | null {
    return this.shelf.get(prefix + "language");
  }
  set language(language: string) {
    this.put(prefix + "language", language);
  }
  // The version that a preview's conversation began with.
  get version(): string {
    return this.shelf.get(prefix + "version") ?? "";
  }
  set version(version: string) {
    this.put(prefix + "version", version);
  }
  // The last message of the service that is here.
  get last(): string {
    return this.shelf.get(prefix + "last") ?? "0";
  }

  // Which conversation it is, from 0: numbers of messages begin again with another one.
  private get era(): number {
    return Number(this.shelf.get(prefix + "era") ?? "0");
  }
  // Nobody has said anything in this conversation yet.
  get isSilent(): boolean {
    const last = this.all().at(-1);
    return last === undefined || last.from === "nobody";
  }

  // In order. What the service said stands by its numbers, whichever tab heard it first.
  all(): Entry[] {
    const all = [...this.entries.values()].sort((a, b) => a.order - b.order);
    const heard = all
      .filter((one) => one.from === "service")
      .sort((a, b) => (isLater(a.id, b.id) ? 1 : -1));
    return all.map((one) => one.from === "service" ? heard.shift() ?? one : one);
  }
  // The ids of what comes after this one, in order.
  after(id: string): string[] {
    const ids = this.all().map((one) => one.id);
    return ids.slice(ids.indexOf(id) + 1);
  }
  waiting(): Said[] {
    return this.all().filter((one): one is Said =>
      one.from === "you" && (one.state === "waiting" || one.state === "sent"));
  }

  // Nothing when it is here already: it was sent twice.
  hearMessage(number: string, shown: Shown): Heard | undefined {
    const id = `m${this.era}-${number}`;
    const kept = this.parse(this.shelf.get(entryPrefix + id));
    if (kept?.from === "service" && !this.entries.has(id)) {
      // Another tab was first, and its news is still on the way: what comes next goes behind it.
      this.entries.set(id, kept);
      return kept;
    }
    if (kept || BigInt(number) <= BigInt(this.last)) return;
    const entry: Heard = { from: "service", id, order: this.nextOrder(), at: Date.now(), shown };
    this.save(entry);
    this.put(prefix + "last", number);
    return entry;
  }
  say(text: string, more: Pick<Said, "tap" | "hidden" | "file"> = {}): Said {
    const entry: Said = {
      from: "you", id: "b-" + crypto.randomUUID(), order: this.nextOrder(), at: Date.now(),
      text, state: "waiting", ...more,
    };
    this.save(entry);
    return entry;
  }
  mark(id: string, state: Said["state"], fault?: Fault): Said | undefined {
    const entry = this.entries.get(id);
    if (entry?.from !== "you" || entry.state === "taken" || entry.state === state) return;
    const marked: Said = { ...entry, state, ...(fault && { fault }) };
    this.save(marked);
    return marked;
  }
  // The service has its file.
  markKept(id: string): void {
    const entry = this.entries.get(id);
    if (entry?.from === "you" && entry.file)
      this.save({ ...entry, file: { ...entry.file, kept: true } });
  }
  // It was never said.
  remove(id: string): void {
    this.entries.delete(id);
    this.shelf.remove(entryPrefix + id);
  }
  // The files that entries name.
  uploads(): Set<string> {
    return new Set(
      this.all().flatMap((one) => (one.from === "you" && one.file ? [one.file.upload] : [])),
    );
  }
  // The service does not know this conversation any more: what comes is another one. What had not
  // been sent is not sent into it.
  beginAnew(): Break | undefined {
    this.put(prefix + "last", "0");
    this.put(prefix + "era", String(this.era + 1));
    if (this.entries.size === 0) return;
    for (const said of this.waiting()) this.mark(said.id, "failed");
    const id = "break-" + Date.now();
    const entry: Break = { from: "nobody", id, order: this.nextOrder(), at: Date.now() };
    this.save(entry);
    return entry;
  }
  forget(): void {
    for (const key of this.shelf.keys()) {
      if (key.startsWith(entryPrefix)) this.shelf.remove(key);
    }
    this.shelf.remove(prefix + "last");
    this.shelf.remove(prefix + "token");
    this.entries.clear();
  }

  private nextOrder(): number {
    let last = 0;
    for (const entry of this.entries.values()) last = Math.max(last, entry.order);
    return Math.max(Date.now(), last + 1);
  }
  private save(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.put(entryPrefix + entry.id, JSON.stringify(entry));
    if (this.entries.size > entriesMax) this.prune(entriesMax);
  }
  private put(key: string, value: string): void {
    try {
      this.shelf.set(key, value);
    } catch {
      this.prune(this.entries.size / 2); // it is full
      try {
        this.shelf.set(key, value);
      } catch {
        this.moveToMemory();
        this.shelf.set(key, value);
      }
    }
  }
  private moveToMemory(): void {
    const old = this.shelf;
    this.shelf = memoryShelf();
    for (const key of old.keys()) {
      if (key.startsWith(prefix)) this.shelf.set(key, old.get(key) ?? "");
    }
  }
  private prune(most: number): void {
    for (const entry of this.all()) {
      if (this.entries.size <= most) return;
      if (entry.from === "you" && (entry.state === "waiting" || entry.state === "sent")) continue;
      this.entries.delete(entry.id);
      this.shelf.remove(entryPrefix + entry.id);
    }
  }
  private parse(text: string | null): Entry | undefined {
    try {
      const entry = JSON.parse(text ?? "") as Entry;
      return typeof entry.id === "string" && typeof entry.order === "number" ? entry : undefined;
    } catch {
      return undefined;
    }
  }
  private hear(event: StorageEvent): void {
    if (event.key === null || (event.key === prefix + "token" && event.newValue === null)) {
      this.entries.clear();
      this.onForgotten();
      return;
    }
    if (
      event.key === prefix + "token" &&
      event.oldValue?.split(".")[1] !== event.newValue?.split(".")[1]
    ) {
      this.onToken();
      return;
    }
    if (!event.key.startsWith(entryPrefix)) return;
    if (event.newValue === null) {
      const id = event.key.slice(entryPrefix.length);
      this.entries.delete(id);
      this.onRemoved(id);
      return;
    }
    const entry = this.parse(event.newValue);
    if (!entry) return;
    // Two tabs that hear a message at once each give it a place: the first place stands in both.
    const known = this.entries.get(entry.id);
    if (known && known.order < entry.order) {
      entry.order = known.order;
      this.save(entry);
    }
    this.entries.set(entry.id, entry);
    this.onEntry(entry);
  }
}

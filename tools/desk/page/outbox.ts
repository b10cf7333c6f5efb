// What was written and is not yet said: kept under its key in this browser until the service has
// it, and said again under the same key after every connection. Whatever is refused stays, loudly.
import { signal } from "@preact/signals";
import type { Citizen } from "./protocol";

export type UnsentKind = "say" | "note" | "template";
export interface Unsent {
  key: string;
  kind: UnsentKind;
  citizen: Citizen;
  epoch: string;
  at: number;
  text: string;
  file?: string; // as the service names it
  fileName?: string;
  fileSize?: number;
  template?: string;
  replyTo?: number;
  share?: number; // of the file that is on its way, 0 to 1
  why?: string; // refused: the service's word
}

export const unsent = signal<readonly Unsent[]>([]);
let owner = "";
const prefix = () => `alur-desk:unsent:${owner}:`;

export function loadOutbox(name: string): void {
  owner = name;
  const kept: Unsent[] = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix())) continue;
    try {
      kept.push(JSON.parse(localStorage.getItem(key) ?? "") as Unsent);
    } catch {
      localStorage.removeItem(key);
    }
  }
  unsent.value = kept.sort((a, b) => a.at - b.at);
}

function keep(one: Unsent): void {
  // A file's bytes are not kept: while it is on its way there is nothing to say again.
  if (one.share !== undefined) return;
  try {
    localStorage.setItem(prefix() + one.key, JSON.stringify(one));
  } catch {
    // Full: it is still said, unless the page is closed first.
  }
}

export function addUnsent(one: Unsent): void {
  unsent.value = [...unsent.value, one];
  keep(one);
}
export function changeUnsent(key: string, change: Partial<Unsent>): Unsent | undefined {
  let changed: Unsent | undefined;
  unsent.value = unsent.value.map((one) => {
    if (one.key !== key) return one;
    changed = { ...one, ...change };
    return changed;
  });
  if (changed) keep(changed);
  return changed;
}
export function dropUnsent(key: string): void {
  unsent.value = unsent.value.filter((one) => one.key !== key);
  localStorage.removeItem(prefix() + key);
}
// Somebody signed out: the next person on this machine finds nothing of theirs.
export function forgetOutbox(): void {
  for (const one of unsent.value) localStorage.removeItem(prefix() + one.key);
  unsent.value = [];
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

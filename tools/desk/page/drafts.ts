// What is being written, one draft a conversation, kept until it is sent.
import type { Citizen } from "./protocol";

export interface Draft {
  text: string;
  note: boolean;
}
let owner = "";
const place = (citizen: Citizen) => `alur-desk:draft:${owner}:${citizen}`;
export function ownDrafts(name: string): void {
  owner = name;
}

export function draftOf(citizen: Citizen): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(place(citizen)) ?? "null") as Draft | null;
    if (kept && typeof kept.text === "string") return { text: kept.text, note: kept.note === true };
  } catch {
    // As if there were none.
  }
  return { text: "", note: false };
}
export function keepDraft(citizen: Citizen, draft: Draft): void {
  try {
    if (draft.text.trim() === "") localStorage.removeItem(place(citizen));
    else localStorage.setItem(place(citizen), JSON.stringify(draft));
  } catch {
    // It stays in the field.
  }
}
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`alur-desk:draft:${owner}:`)) localStorage.removeItem(key);
  }
}

// What each person chooses for themselves: kept in this browser, one entry an account.
import { computed, effect, signal } from "@preact/signals";
import type { Language } from "./protocol";

export type Event = "offered" | "message" | "waiting" | "breached" | "failed";
export type Tone = "none" | "chime" | "knock" | "pop" | "bell" | "alarm";
export interface Prefs {
  language: Language | "";
  theme: "auto" | "light" | "dark";
  size: "small" | "normal" | "large" | "huge";
  enterSends: boolean;
  keys: boolean; // shortcuts of a letter with Alt
  volume: number; // 0 to 100
  tones: Record<Event, Tone>;
  notices: Record<Event, boolean>;
}
export const events: Event[] = ["offered", "message", "waiting", "breached", "failed"];
export const tones: Tone[] = ["none", "chime", "knock", "pop", "bell", "alarm"];

// What comes for others stays silent unless it is asked for.
const first: Prefs = {
  language: "", theme: "auto", size: "normal", enterSends: true, keys: true, volume: 60,
  tones: { offered: "chime", message: "pop", waiting: "none", breached: "knock", failed: "bell" },
  notices: { offered: true, message: true, waiting: false, breached: false, failed: true },
};

export const prefs = signal<Prefs>(first);
const place = (name: string) => `alur-desk:prefs:${name}`;
let owner = "";

export function loadPrefs(name: string): void {
  owner = name;
  let kept: Partial<Prefs> = {};
  try {
    kept = JSON.parse(localStorage.getItem(place(name)) ?? "{}") as Partial<Prefs>;
  } catch {
    // As if nothing had been chosen.
  }
  prefs.value = {
    ...first, ...kept,
    tones: { ...first.tones, ...kept.tones }, notices: { ...first.notices, ...kept.notices },
  };
}
export function choose(change: Partial<Prefs>): void {
  prefs.value = { ...prefs.value, ...change };
  try {
    localStorage.setItem(place(owner), JSON.stringify(prefs.value));
  } catch {
    // A full or forbidden storage: it holds until the page is closed.
  }
}

// What the browser's system has; a person may choose otherwise.
const ofSystem = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(ofSystem.matches);
ofSystem.addEventListener("change", () => (systemIsDark.value = ofSystem.matches));
export const isDark = computed(() =>
  prefs.value.theme === "auto" ? systemIsDark.value : prefs.value.theme === "dark");

effect(() => {
  const root = document.documentElement;
  root.dataset["theme"] = isDark.value ? "dark" : "light";
  root.dataset["size"] = prefs.value.size;
});

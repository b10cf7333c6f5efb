// Tones, desktop notices and the number on the tab. Each person chooses which event makes which.
import { effect } from "@preact/signals";
import { prefs, type Event, type Tone } from "./prefs";
import { app, mine, offered, unansweredOf } from "./store";
import { goTo } from "./routes";

// Of each tone: when, how high (hertz), how long (seconds).
const scores: Record<Tone, [number, number, number][]> = {
  none: [],
  chime: [[0, 880, 0.25], [0.16, 1174.7, 0.4]],
  knock: [[0, 220, 0.08], [0.14, 220, 0.08]],
  pop: [[0, 523.3, 0.1]],
  bell: [[0, 659.3, 0.6], [0.02, 1318.5, 0.5]],
  alarm: [[0, 740, 0.14], [0.18, 587.3, 0.14], [0.36, 740, 0.14], [0.54, 587.3, 0.14]],
};

let sound: AudioContext | undefined;
export function play(tone: Tone): void {
  const score = scores[tone];
  if (score.length === 0 || prefs.value.volume === 0) return;
  try {
    sound ??= new AudioContext();
    void sound.resume();
  } catch {
    return;
  }
  const begin = sound.currentTime + 0.02;
  for (const [at, height, length] of score) note(sound, begin + at, height, length);
}
function note(on: AudioContext, at: number, height: number, length: number): void {
  const tone = on.createOscillator();
  const loud = on.createGain();
  tone.type = "sine";
  tone.frequency.value = height;
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime((prefs.value.volume / 100) * 0.4, at + 0.012);
  loud.gain.exponentialRampToValueAtTime(0.0005, at + length);
  tone.connect(loud).connect(on.destination);
  tone.start(at);
  tone.stop(at + length + 0.05);
}

// At most one tone of an event in this time, so that a burst is one sound.
const restMs = 1_500;
const playedAt = new Map<Event, number>();

export function announce(event: Event, title: string, text: string, citizen?: string): void {
  const now = Date.now();
  if (now - (playedAt.get(event) ?? 0) > restMs) {
    playedAt.set(event, now);
    play(prefs.value.tones[event]);
  }
  if (!prefs.value.notices[event] || document.visibilityState === "visible") return;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    const notice = new Notification(title, {
      body: text,
      icon: "/icon.svg",
      tag: `${event}:${citizen ?? ""}`,
    });
    notice.onclick = () => {
      window.focus();
      if (citizen) goTo("desk", citizen);
      notice.close();
    };
  } catch {
    // Some browsers only let service workers show notices.
  }
}

export function watchTab(title: () => string): void {
  effect(() => {
    const count = offered.value.length + mine.value.filter((row) => unansweredOf(row) > 0).length;
    const waiting = count > 0 ? `(${count}) ` : "";
    const where = app.value ? ` · ${app.value}` : "";
    document.title = waiting + title() + where;
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = count > 0 ? "/icon-new.svg" : "/icon.svg";
  });
}

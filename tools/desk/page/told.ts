// What the page tells whoever uses it in passing: short texts that go away, read out by screen
// readers.
import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  text: string;
  grave: boolean;
  citizen?: string; // whom it is about: can be opened
}
export const toasts = signal<readonly Toast[]>([]);
// What only a screen reader is told.
export const spoken = signal({ text: "", grave: false });

let last = 0;
const shownMs = 7_000;
const graveMs = 20_000;
const mostAtOnce = 4;

export function tell(text: string, more: { grave?: boolean; citizen?: string } = {}): void {
  const toast: Toast = {
    id: ++last,
    text,
    grave: more.grave === true,
    ...(more.citizen ? { citizen: more.citizen } : {}),
  };
  toasts.value = [...toasts.value.filter((one) => one.text !== text), toast].slice(-mostAtOnce);
  speak(text, toast.grave);
  setTimeout(() => dismiss(toast.id), toast.grave ? graveMs : shownMs);
}
export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}
export function speak(text: string, grave = false): void {
  // The same text twice is two pieces of news.
  spoken.value = { text: spoken.value.text === text ? text + "\u00a0" : text, grave };
}

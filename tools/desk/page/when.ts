// Times and lengths of time as people read them, in the page's language.
import { language, say } from "./words";

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = language.value === "id" ? "id-ID" : "en-GB";
  const key = tag + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(tag, options)));
  return made;
}

export const timeOf = (at: number): string =>
  format({ hour: "2-digit", minute: "2-digit" }).format(at);
export const dateOf = (at: number): string =>
  format({ day: "numeric", month: "short", year: "numeric" }).format(at);
export const momentOf = (at: number): string =>
  format({
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(at);

const dayKey = (at: number): string => new Date(at).toDateString();
export const isSameDay = (a: number, b: number): boolean => dayKey(a) === dayKey(b);
const dayMs = 86_400_000;
export function dayOf(at: number, now: number): string {
  if (isSameDay(at, now)) return say("today");
  if (isSameDay(at, now - dayMs)) return say("yesterday");
  return format({ weekday: "long", day: "numeric", month: "long" }).format(at);
}
// As short as a list wants it.
export function shortMoment(at: number, now: number): string {
  if (isSameDay(at, now)) return timeOf(at);
  return format({ day: "numeric", month: "short" }).format(at);
}

// 42 s, 5 min, 2 h 5 min, 3 d
export function lengthOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} ${say("unit_s")}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} ${say("unit_min")}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const rest = minutes % 60;
    return rest === 0
      ? `${hours} ${say("unit_h")}`
      : `${hours} ${say("unit_h")} ${rest} ${say("unit_min")}`;
  }
  return `${Math.floor(hours / 24)} ${say("unit_d")}`;
}
// 0:42, 12:05, 3:07:09
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
export function sizeOf(bytes: number): string {
  const number = (n: number) => new Intl.NumberFormat(language.value === "id" ? "id-ID" : "en-GB",
    { maximumFractionDigits: 1 }).format(n);
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${number(bytes / 1000)} kB`;
  return `${number(bytes / 1_000_000)} MB`;
}

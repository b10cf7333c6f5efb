// What is shown for names and titles. Signs that turn writing around are shown as what they are: a
// file is not to look like another one.
import type { Language, Named, Row, Titles } from "./protocol";
import { humanName, language } from "./words";

const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
export const plain = (text: string): string =>
  text.replace(turning, "\u25ca").replace(unseen, "\ufffd");

export function nameOf(row: Row | undefined): string {
  if (!row) return "";
  return plain(row.name?.trim() || row.address || row.citizen);
}
export function titleIn(
  title: Titles | string | undefined,
  fallback: string,
  want?: Language,
): string {
  if (typeof title === "string") return title || fallback;
  const own = want ?? language.value;
  return title?.[own] ?? title?.[own === "id" ? "en" : "id"] ?? fallback;
}
// What has no title but its own name gets a readable one.
export function titleOf(list: readonly Named[], name: string): string {
  const title = titleIn(list.find((one) => one.name === name)?.title, name);
  return title === name ? humanName(name) : title;
}

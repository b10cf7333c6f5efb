// Canned replies: finding one, and filling its variables in. `{name}` and `{agent}` are known;
// `{name|Sir}` says what stands where a name is not known; any other is for the agent to fill in
// before it is sent.
import { plain, titleIn } from "./names";
import type { Language, Reply, Row } from "./protocol";
import { folded } from "./search";
import { me, queues } from "./store";
import { titleOf } from "./names";

export const variable = /\{([\p{L}_][\p{L}\p{N}_ ]{0,40})(?:\|([^{}]{0,80}))?\}/u;
const all = new RegExp(variable, "gu");

export function valuesFor(row: Row): Record<string, string> {
  const name = row.name?.trim() ? plain(row.name.trim()) : "";
  const agent = me.value?.full_name ?? "";
  const queue = titleOf(queues.value, row.queue);
  return { name, nama: name, agent, petugas: agent, queue, antrean: queue };
}
// With what is known put in. What is not stays as it is.
export function filled(text: string, values: Record<string, string>): string {
  return text.replace(all, (whole, name: string, otherwise: string | undefined) =>
    (Object.hasOwn(values, name) ? values[name] : "") || otherwise || whole);
}
// The first place that is still to be filled in.
export function openPlace(
  text: string,
  from = 0,
): { at: number; end: number; name: string } | undefined {
  const match = variable.exec(text.slice(from));
  if (!match) return undefined;
  const at = from + match.index;
  return { at, end: at + match[0].length, name: match[1] ?? "" };
}

export const textOf = (reply: Reply, language: string): string =>
  titleIn(reply.text, "", language === "en" ? "en" : "id");

// Those whose shortcut begins so first, then those that have the words anywhere.
export function found(replies: readonly Reply[], looked: string, language: Language): Reply[] {
  const words = folded(looked).split(/\s+/).filter(Boolean);
  if (words.length === 0)
    return [...replies].sort(
      (a, b) => a.category.localeCompare(b.category) || a.shortcut.localeCompare(b.shortcut),
    );
  const begins = (reply: Reply) => folded(reply.shortcut).startsWith(words[0] ?? "");
  return replies
    .filter((reply) => {
      const text = folded(
        `${reply.shortcut} ${reply.title} ${reply.category} ${textOf(reply, language)}`,
      );
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(begins(b)) - Number(begins(a)) || a.shortcut.localeCompare(b.shortcut));
}

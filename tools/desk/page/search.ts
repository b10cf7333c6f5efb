// Whether a conversation is one that somebody looks for: every word must be somewhere in it.
import type { Row } from "./protocol";
import { titleOf } from "./names";
import { agentName, queues } from "./store";

export const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new WeakMap<Row, string>();

export function matches(row: Row, looked: string): boolean {
  const words = folded(looked).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  let text = texts.get(row);
  if (text === undefined) {
    text = folded(
      [
        row.name,
        row.address,
        row.summary,
        row.last?.text,
        row.channel,
        row.note,
        agentName(row.agent),
        titleOf(queues.value, row.queue),
      ]
        .filter(Boolean)
        .join(" "),
    );
    texts.set(row, text);
  }
  return words.every((word) => text.includes(word));
}

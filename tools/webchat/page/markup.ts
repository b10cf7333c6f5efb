// The little markup of messengers, as nodes of the page: *bold*, _italic_, ~struck~, and addresses
// as links. Never as HTML: what a service says cannot become a part of the page.

const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'*_~]/g;
const marks: Record<string, string> = { "*": "strong", _: "em", "~": "s" };
const marked = /(^|[^\p{L}\p{N}*_~])([*_~])(\S(?:[^\n]*?\S)?)\2(?![\p{L}\p{N}])/u;

export function markUp(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(address)) {
    addMarked(out, text.slice(from, match.index));
    const link = document.createElement("a");
    link.href = match[0];
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    link.textContent = match[0];
    out.append(link);
    from = match.index + match[0].length;
  }
  addMarked(out, text.slice(from));
  return out;
}

function addMarked(out: Node, text: string): void {
  const match = marked.exec(text);
  if (!match) {
    if (text) out.appendChild(document.createTextNode(text));
    return;
  }
  const [all, before = "", mark = "*", inside = ""] = match;
  const start = match.index + before.length;
  out.appendChild(document.createTextNode(text.slice(0, start)));
  const element = document.createElement(marks[mark] ?? "span");
  addMarked(element, inside);
  out.appendChild(element);
  addMarked(out, text.slice(match.index + all.length));
}

// What may be opened from a message.
export function isOpenable(url: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url);
}

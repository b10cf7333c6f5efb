// Addresses of web pages in what somebody wrote. They are only found here: opening one is asked
// first.
export type Piece = { text: string } | { url: string; text: string };

const address = /https?:\/\/[^\s<>"'`\u0000-\u001f\u202a-\u202e\u2066-\u2069]+/gi;
const longest = 2_000;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = match[0].replace(/[.,;:!?)\]}*_~]+$/, "");
    const url = safeUrl(shown);
    if (!url) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ url, text: shown });
    at = match.index + shown.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
// As the browser would understand it, the host in its plain letters; nothing for anything but the
// web.
export function safeUrl(text: string): string | undefined {
  if (text.length > longest) return undefined;
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
// A file of this service, and nothing else.
export const safeFile = (href: string): string | undefined =>
  /^\/api\/files\/[\w.~%/-]+$/.test(href) && !href.includes("..") ? href : undefined;

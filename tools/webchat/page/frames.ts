// The frames of the socket, as docs/webchat.md has them.
export interface Choice {
  tap: string;
  label: string;
  hint?: string;
}
export interface Shown {
  kind: "text" | "image" | "document" | "location" | "buttons" | "list" | "link";
  text: string;
  choices?: Choice[];
  label?: string;
  url?: string;
  location?: { latitude: string; longitude: string; name: string; address: string };
}
export type Verdict = "accepted" | "duplicate" | "overloaded" | "unavailable" | "refused";
export type ServerFrame =
  | { type: "welcome"; v: number; token: string; fresh: boolean }
  | ({ type: "message"; id: string } & Shown)
  | { type: "ack"; id: string; verdict: Verdict }
  | { type: "pong" }
  | { type: "preview"; version: number; findings: string }
  | { type: "bye"; reason: string };
export type ClientFrame =
  | { type: "hello"; v: 1; token?: string; last: string; preview?: true }
  | { type: "message"; id: string; text: string; tap?: string; upload?: string; name?: string }
  | { type: "ack"; last: string }
  | { type: "ping" };

// The socket: connects, connects again after a growing while, numbers what is asked and knows which
// answer is whose. What it carries is others' business.
import { signal } from "@preact/signals";
import type { Answer, Ask, Done, Told } from "./protocol";

export type LinkState = "connecting" | "online" | "offline" | "ended";
export const linkState = signal<LinkState>("connecting");

export class Refusal extends Error {
  constructor(readonly why: string) {
    super(why);
  }
}

const pingMs = 20_000;
const lostMs = 45_000;
const waitsMs = [300, 1_000, 2_000, 4_000, 8_000, 15_000];

interface Pending {
  done: (answer: Done) => void;
  failed: (why: Refusal) => void;
}

export class Link {
  private socket: WebSocket | undefined;
  private pending = new Map<number, Pending>();
  private n = 0;
  private tries = 0;
  private again = 0;
  private beat = 0;
  private heardAt = 0;
  private ended = false;

  constructor(private hear: (told: Told) => void, private isKnown: () => Promise<boolean>) {
    addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
  }

  connect(): void {
    if (this.ended || this.socket) return;
    linkState.value = this.tries === 0 ? "connecting" : "offline";
    const url = new URL("/api/socket", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onmessage = (event) => this.socket === socket && this.took(String(event.data));
    socket.onclose = () => this.socket === socket && this.lost();
    this.beat = window.setInterval(() => this.pulse(), 5_000);
  }

  // Not again by itself.
  end(): void {
    this.ended = true;
    removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    clearTimeout(this.again);
    const socket = this.socket;
    this.drop();
    socket?.close(1000);
    linkState.value = "ended";
  }

  // The answer, a Refusal with the service's word, or `lost` when the connection went first.
  ask(what: Ask): Promise<Done> {
    const socket = this.socket;
    if (linkState.value !== "online" || socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Refusal("lost"));
    }
    const n = ++this.n;
    return new Promise((done, failed) => {
      this.pending.set(n, { done, failed });
      socket.send(JSON.stringify({ ...what, n }));
    });
  }

  // For what nobody waits for.
  tell(what: Ask): void {
    this.ask(what).catch(() => {});
  }

  private took(text: string): void {
    this.heardAt = Date.now();
    let frame: Told | Answer;
    try {
      frame = JSON.parse(text) as Told | Answer;
    } catch {
      return;
    }
    if (frame.is === "done" || frame.is === "refused") {
      const pending = this.pending.get(frame.n);
      this.pending.delete(frame.n);
      if (frame.is === "done") pending?.done(frame);
      else pending?.failed(new Refusal(frame.why));
      return;
    }
    if (frame.is === "hello") {
      this.tries = 0;
      linkState.value = "online";
    }
    this.hear(frame);
  }

  private pulse(): void {
    const quiet = Date.now() - this.heardAt;
    if (quiet > lostMs) {
      const socket = this.socket;
      this.lost();
      socket?.close();
    } else if (quiet > pingMs - 5_000 && linkState.value === "online") {
      this.tell({ do: "ping" });
    }
  }

  private drop(): void {
    clearInterval(this.beat);
    this.socket = undefined;
    const pending = [...this.pending.values()];
    this.pending.clear();
    for (const one of pending) one.failed(new Refusal("lost"));
  }

  private lost(): void {
    this.drop();
    if (this.ended) return;
    linkState.value = "offline";
    const wait = waitsMs[Math.min(this.tries, waitsMs.length - 1)] ?? 15_000;
    this.tries += 1;
    // So that a thousand desks do not come back in the same moment.
    this.again = window.setTimeout(() => void this.retry(), wait * (0.75 + Math.random() / 2));
  }

  // A socket that is refused does not say why: whether somebody is still signed in is asked first.
  private async retry(): Promise<void> {
    if (this.ended || this.socket) return;
    if (await this.isKnown()) this.connect();
    else if (!this.ended) this.lost();
  }

  private hurry = (): void => {
    if (document.visibilityState !== "visible" || linkState.value !== "offline") return;
    clearTimeout(this.again);
    void this.retry();
  };
}

// The socket: it is opened again whenever it is lost, says what it has, and gets what it missed.
// What the citizen says is sent one message after another, each until it is taken, under an id that
// stays the same: so nothing is lost, nothing comes twice, and all comes in order.
import type { ClientFrame, ServerFrame, Shown, Verdict } from "./frames";
import type { Blobs } from "./blobs";
import { isPreview, type Attached, type Fault, type Keep, type Said } from "./keep";
import { Upload, type Brought } from "./upload";

export type LinkState = "connecting" | "online" | "offline";

const pingEvery = 20_000;
const answerWithin = 8_000;
const backoff = [300, 1_000, 2_000, 4_000, 8_000, 15_000];
const acksGathered = 30; // milliseconds
const restarts = 1012; // how the service closes
const unwanted = 1008;

export interface LinkEvents {
  state(state: LinkState): void;
  message(id: string, shown: Shown): void;
  changed(said: Said): void;
  // So much of its file has gone, from 0 to 1.
  progress(id: string, part: number): void;
  // `known`: there was a conversation before.
  fresh(known: boolean): void;
  welcomed(): void;
  preview(version: number, findings: string): void;
}

export class Link {
  private socket: WebSocket | undefined;
  private greeted = false;
  private failures = 0;
  private retryTimer = 0;
  private pingTimer = 0;
  private deadline = 0; // a timer: no answer by then, no connection
  private sending: string | undefined; // the id that waits for its verdict
  private pause = 0;
  private ackTimer = 0;
  // The file that goes before its message.
  private bringing: { id: string; upload: Upload } | undefined;
  private bringFailures = 0;

  constructor(private keep: Keep, private blobs: Blobs, private events: LinkEvents) {
    window.addEventListener("online", () => this.connectNow());
    window.addEventListener("offline", () => this.lose());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.look();
    });
    window.addEventListener("pageshow", () => this.look());
  }

  connect(): void {
    clearTimeout(this.retryTimer);
    this.events.state(navigator.onLine ? "connecting" : "offline");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/socket`);
    this.socket = socket;
    this.expectAnswer();
    socket.onopen = () => {
      const token = this.keep.token;
      this.send({ type: "hello", v: 1, last: token ? this.keep.last : "0", ...(token && { token }),
        ...(isPreview && { preview: true }) });
    };
    socket.onmessage = (event) => this.take(JSON.parse(event.data as string) as ServerFrame);
    socket.onclose = (event) => this.closed(event.code);
  }

  // Something may wait to be said.
  flush(): void {
    if (!this.greeted) this.connectNow();
    if (!this.greeted || this.sending || this.pause || this.bringing) return;
    const next = this.keep.waiting()[0];
    if (!next) return;
    const { file } = next;
    if (file && !file.kept) return void this.bring(next.id, file);
    this.sending = next.id;
    this.send({
      type: "message", id: next.id, text: next.text, ...(next.tap && { tap: next.tap }),
      ...(file && { upload: file.upload, name: file.name }),
    });
    const marked = this.keep.mark(next.id, "sent");
    if (marked) this.events.changed(marked);
    this.expectAnswer();
  }

  // What has not been sent is not sent. False: it has been.
  cancel(id: string): boolean {
    if (this.sending === id || !this.keep.waiting().some((one) => one.id === id)) return false;
    if (this.bringing?.id === id) this.bringing.upload.cancel();
    this.keep.remove(id);
    return true;
  }

  // Another token, or none.
  restart(): void {
    this.bringing?.upload.cancel();
    this.drop();
    this.failures = 0;
    this.connect();
  }

  private take(frame: ServerFrame): void {
    this.gotAnswer();
    switch (frame.type) {
      case "welcome":
        return this.greet(frame.token, frame.fresh);
      case "message":
        this.events.message(frame.id, frame);
        return this.ackSoon();
      case "ack":
        return this.settle(frame.id, frame.verdict);
      case "preview":
        return this.events.preview(frame.version, frame.findings);
    }
  }

  private greet(token: string, fresh: boolean): void {
    const had = this.keep.token;
    // Another tab was first: this is the same citizen.
    if (fresh && had && had !== this.askedWith) return this.restart();
    this.keep.token = token;
    this.greeted = true;
    this.failures = 0;
    this.events.state("online");
    if (fresh) this.events.fresh(had !== "");
    this.events.welcomed();
    this.flush();
  }

  private askedWith = "";
  private send(frame: ClientFrame): void {
    if (frame.type === "hello") this.askedWith = frame.token ?? "";
    this.socket?.send(JSON.stringify(frame));
  }

  private settle(id: string, verdict: Verdict): void {
    if (this.sending !== id) return;
    this.sending = undefined;
    const later = verdict === "overloaded" || verdict === "unavailable";
    const state = later ? "waiting" : verdict === "refused" ? "failed" : "taken";
    const marked = this.keep.mark(id, state);
    if (marked) this.events.changed(marked);
    if (!later) return this.flush();
    this.rest(1_500);
  }

  // --- files

  private async bring(id: string, file: Attached): Promise<void> {
    const upload = new Upload();
    this.bringing = { id, upload };
    const blob = (await this.blobs.get(file.upload))?.file;
    const outcome: Brought | "gone" = blob
      ? await upload.send(file.upload, blob, this.keep.token, (part) =>
          this.events.progress(id, part),
        )
      : "gone";
    this.bringing = undefined;
    this.brought(id, outcome);
  }
  private brought(id: string, outcome: Brought | "gone"): void {
    if (outcome === "later") {
      const wait = backoff[Math.min(this.bringFailures++, backoff.length - 1)] ?? 15_000;
      return this.rest(wait + 700);
    }
    this.bringFailures = 0;
    if (outcome === "kept") this.keep.markKept(id);
    else if (outcome !== "cancelled") this.fail(id, outcome);
    this.flush();
  }
  private fail(id: string, fault: Fault): void {
    const marked = this.keep.mark(id, "failed", fault);
    if (marked) this.events.changed(marked);
  }
  private rest(wait: number): void {
    this.pause = window.setTimeout(() => {
      this.pause = 0;
      this.flush();
    }, wait);
  }

  private ackSoon(): void {
    if (this.ackTimer) return;
    this.ackTimer = window.setTimeout(() => {
      this.ackTimer = 0;
      if (this.greeted) this.send({ type: "ack", last: this.keep.last });
    }, acksGathered);
  }

  // --- whether it is there

  private expectAnswer(): void {
    clearTimeout(this.deadline);
    this.deadline = window.setTimeout(() => this.lose(), answerWithin);
  }
  private gotAnswer(): void {
    if (!this.sending) clearTimeout(this.deadline);
    clearTimeout(this.pingTimer);
    this.pingTimer = window.setTimeout(() => this.ping(), pingEvery);
  }
  private ping(): void {
    if (!this.greeted) return;
    this.send({ type: "ping" });
    this.expectAnswer();
  }
  // The page is looked at again: the socket may have gone in the meantime.
  private look(): void {
    if (this.greeted) this.ping();
    else this.connectNow();
  }
  private connectNow(): void {
    if (!navigator.onLine) return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    this.connect();
  }
  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    this.greeted = false;
    this.sending = undefined;
    for (const timer of [this.deadline, this.pingTimer, this.ackTimer, this.retryTimer]) {
      clearTimeout(timer);
    }
    this.ackTimer = 0;
    if (!socket) return;
    // A dead network would let it close only much later.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
  // By the service: it starts again, and all of its browsers come at once; or it does not want this
  // socket, because of too many tabs for instance, which would otherwise drive out one another for
  // ever.
  private closed(code: number): void {
    if (code === restarts) this.lose(1_500);
    else if (code === unwanted) this.lose(45_000);
    else this.lose();
  }
  private lose(wait?: number): void {
    this.drop();
    this.events.state(navigator.onLine ? "connecting" : "offline");
    wait ??= backoff[Math.min(this.failures, backoff.length - 1)] ?? 15_000;
    ++this.failures;
    this.retryTimer = window.setTimeout(() => this.connect(), wait * (0.3 + Math.random()));
  }
}

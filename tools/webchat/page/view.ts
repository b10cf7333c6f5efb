// How the conversation looks: one item of the list for each entry. What is tapped and said is told.
import type { Chosen } from "./attach";
import type { Blobs } from "./blobs";
import type { Attached, Entry, Heard, Said } from "./keep";
import type { Choice, Shown } from "./frames";
import { isOpenable, markUp } from "./markup";
import type { Language, Words } from "./words";

type Child = Node | string;

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Record<string, string>, ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function find<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

const drawings: Record<string, string> = {
  waiting: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 2.2V8l2 1.4",
  sent: "M3 8.4 6.2 11.6 13 4.8",
  taken: "M1 8.6 4.2 11.8 11 5M7.6 11.4l.6.4L15 5",
  failed: "M8 3v6M8 11.6v.6",
  send: "M3 20.5 21 12 3 3.5V10l11 2-11 2z",
  down: "M6 9l6 6 6-6",
  anew: "M12 5v14M5 12h14",
  out: "M14 5h5v5M19 5l-8 8M17 14v4a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4",
  list: "M5 7h14M5 12h14M5 17h9",
  clip:
    "M20 11.5 12.2 19.3a5 5 0 0 1-7-7L13 4.5a3.3 3.3 0 0 1 4.7 4.7L10 16.9" +
    "a1.7 1.7 0 0 1-2.4-2.4l7.2-7.1",
  paper: "M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zM14 3v4h4M9 12h6M9 16h6",
  close: "M6 6l12 12M18 6 6 18",
};

export function draw(name: string, size: 16 | 24 = 24): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", `drawn drawn-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", drawings[name] ?? "");
  svg.append(path);
  return svg;
}

const nearEnd = 80; // pixels

export class View {
  private log = find("log"); // what scrolls
  private list = find("entries");
  private items = new Map<string, HTMLLIElement>();
  private lastDay = "";
  private dots: HTMLLIElement | undefined;
  private dotsTimer = 0;
  private letGoBy = false;
  private follows = true; // the end, until somebody scrolls up
  private top = 0;
  private down = find<HTMLButtonElement>("down");
  onTap: (choice: Choice) => void = () => {};
  onRetry: (said: Said) => void = () => {};
  onCancel: (said: Said) => void = () => {};
  // What was sent to the citizen, from the service; nothing: it is not there any more.
  fetchSent: (path: string) => Promise<Blob | undefined> = async () => undefined;
  private sent = new Map<string, Promise<string | undefined>>(); // addresses for this page, by path

  constructor(private words: Words, private language: Language, private blobs: Blobs) {
    this.down.append(draw("down"));
    this.down.addEventListener("click", () => {
      this.log.focus();
      this.toEnd(true);
    });
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.follows && this.toEnd()).observe(this.log);
  }

  // All of it, without reading it out.
  show(entries: Entry[], words: Words, language: Language): void {
    this.words = words;
    this.language = language;
    this.log.setAttribute("aria-live", "off");
    this.log.setAttribute("aria-label", words.log);
    this.down.setAttribute("aria-label", words.down);
    this.list.replaceChildren();
    this.items.clear();
    this.lastDay = "";
    this.dots = undefined;
    for (const entry of entries) this.add(entry);
    this.toEnd();
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  // A new entry, or one that has changed.
  // `later`: the ids of what comes after it, in order; another tab may have told of these before.
  put(entry: Entry, later: string[]): void {
    const old = this.items.get(entry.id);
    if (old && entry.from === "you") {
      old.replaceWith(this.makeItem(entry, old));
      return;
    }
    if (old) return;
    const follow = this.follows || entry.from === "you";
    if (entry.from === "service") {
      this.letGoBy = false;
      this.hideDots();
    }
    this.add(entry, later);
    if (follow) this.toEnd(true);
    else this.down.hidden = false;
  }

  remove(id: string): void {
    this.items.get(id)?.remove();
    this.items.delete(id);
  }
  progress(id: string, part: number): void {
    const bar = this.items.get(id)?.querySelector("progress");
    if (bar) bar.value = part;
  }

  // The service will answer, most likely; not for ever, and not where it has let one go by:
  // somebody may be serving who is slower than that.
  showDots(): void {
    if (this.dots || this.letGoBy) return;
    const item = make(
      "li",
      { class: "entry of-service" },
      make(
        "div",
        { class: "bubble dots", role: "img", "aria-label": this.words.writing },
        make("i", {}),
        make("i", {}),
        make("i", {}),
      ),
    );
    this.dots = item;
    this.list.append(item);
    if (this.follows) this.toEnd();
    this.dotsTimer = window.setTimeout(() => {
      this.letGoBy = true;
      this.hideDots();
    }, 10_000);
  }
  hideDots(): void {
    clearTimeout(this.dotsTimer);
    this.dots?.remove();
    this.dots = undefined;
  }

  // We only ever scroll down: up is somebody's wish, wherever a smooth scrolling has got to.
  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    if (scrollTop < this.top - 1) this.follows = false;
    if (scrollHeight - scrollTop - clientHeight < nearEnd) this.follows = true;
    this.down.hidden = this.follows;
    this.top = scrollTop;
  }
  private toEnd(smoothly = false): void {
    this.follows = true;
    this.down.hidden = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({
      top: this.log.scrollHeight,
      behavior: smoothly && !calm ? "smooth" : "instant",
    });
  }

  private add(entry: Entry, later: string[] = []): void {
    if (entry.from === "you" && entry.hidden) return;
    this.addDay(entry.at);
    const item = this.makeItem(entry);
    this.items.set(entry.id, item);
    const behind = later.map((id) => this.items.get(id)).find((one) => one !== undefined);
    if (behind) behind.before(item);
    else if (this.dots) this.dots.before(item);
    else this.list.append(item);
    if (entry.from === "you") this.fadeOlder(item);
  }

  // What was asked before the citizen's last words has been answered; it can still be tapped.
  private fadeOlder(item: HTMLLIElement): void {
    for (const old of this.log.querySelectorAll(".choices:not(.past)")) {
      if (old.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING)
        old.classList.add("past");
    }
  }

  private addDay(at: number): void {
    const day = new Date(at).toDateString();
    if (day === this.lastDay) return;
    this.lastDay = day;
    const now = new Date();
    const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString();
    const name = day === now.toDateString() ? this.words.today
      : day === before ? this.words.yesterday
      : new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(at);
    this.list.append(make("li", { class: "day" }, make("span", {}, name)));
  }

  private makeItem(entry: Entry, old?: HTMLLIElement): HTMLLIElement {
    const item =
      entry.from === "nobody"
        ? make("li", { class: "day" }, make("span", {}, this.words.fresh))
        : entry.from === "you"
          ? this.makeSaid(entry)
          : this.makeHeard(entry);
    if (!old && entry.from !== "nobody") item.classList.add("new");
    this.items.set(entry.id, item);
    return item;
  }

  private makeTime(at: number): HTMLTimeElement {
    const time = new Intl.DateTimeFormat(this.language, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
    return make("time", { datetime: new Date(at).toISOString() }, time);
  }

  private makeSaid(said: Said): HTMLLIElement {
    const { file } = said;
    const foot = make("span", { class: "foot" }, this.makeTime(said.at), draw(said.state, 16),
      make("span", { class: "unseen" }, this.words[said.state]));
    const bubble = make("div", { class: "bubble" },
      make("span", { class: "unseen" }, this.words.you + ": "));
    if (file) bubble.append(this.makeFile(file));
    if (said.text) bubble.append(make("span", { class: "words" }, markUp(said.text)));
    if (file && !file.kept && said.state === "waiting") bubble.append(this.makeWay(said, file));
    bubble.append(foot);
    const item = make("li", { class: `entry of-you is-${said.state}` }, bubble);
    if (said.state === "failed") this.addFailure(item, said);
    return item;
  }

  private addFailure(item: HTMLElement, said: Said): void {
    const { fault } = said;
    if (fault) item.append(make("p", { class: "fault" }, this.words[fault]));
    if (fault === "too_large" || fault === "not_taken" || fault === "gone") return;
    const again = make("button", { type: "button", class: "again" }, this.words.retry);
    again.addEventListener("click", () => this.onRetry(said));
    item.append(again);
  }

  // --- files of the citizen

  // A small picture, or a name; a screen reader is told the same.
  private makeFile(file: Attached): HTMLElement {
    const isPhoto = file.type.startsWith("image/");
    const size = this.sizeOf(file.size);
    const kind = make(
      "span",
      { class: "unseen" },
      (isPhoto ? this.words.photo : this.words.paper) + ": ",
    );
    const about = make("span", { class: "file-about" }, kind,
      make("span", { class: "file-name" }, file.name), make("span", { class: "file-size" }, size));
    if (!isPhoto || !file.width || !file.height) {
      return make("div", { class: "file" }, draw("paper"), about);
    }
    const picture = make("img", {
      alt: "",
      class: "thumb",
      width: String(file.width),
      height: String(file.height),
    });
    this.showPicture(picture, file.upload);
    return make(
      "figure",
      { class: "photo" },
      picture,
      make("figcaption", { class: "unseen" }, about),
    );
  }
  private showPicture(picture: HTMLImageElement, upload: string): void {
    const known = this.blobs.known(upload);
    if (known) picture.src = known;
    else void this.blobs.picture(upload).then((address) => address && (picture.src = address));
  }
  // How far it has gone, and a way to call it back.
  private makeWay(said: Said, file: Attached): HTMLElement {
    const bar = make("progress", {
      max: "1",
      value: "0",
      "aria-label": `${this.words.sending} ${file.name}`,
    });
    const cancel = make(
      "button",
      { type: "button", class: "plain icon", "aria-label": `${this.words.cancel}: ${file.name}` },
      draw("close"));
    cancel.addEventListener("click", () => this.onCancel(said));
    return make("div", { class: "way" }, bar, cancel);
  }
  sizeOf(bytes: number): string {
    const [number, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), "kB"] : [bytes / 1e6, "MB"];
    const numbers = new Intl.NumberFormat(this.language, { maximumFractionDigits: 1 });
    return `${numbers.format(number)} ${unit}`;
  }

  // What was chosen, before it goes.
  preview(chosen: Chosen, then: () => void): void {
    const address = chosen.thumb && URL.createObjectURL(chosen.file);
    const about = make(
      "p",
      { class: "file" },
      draw("paper"),
      make(
        "span",
        { class: "file-about" },
        make("span", { class: "file-name" }, chosen.name),
        make("span", { class: "file-size" }, this.sizeOf(chosen.file.size)),
      ),
    );
    const send = make("button", { type: "button", class: "choice whole" }, this.words.send);
    this.ask(this.words.attach_title, send, then,
      ...(address ? [make("img", { src: address, alt: chosen.name, class: "preview" })] : []),
      about,
    );
    if (address)
      find("sheet").addEventListener("close", () => URL.revokeObjectURL(address), { once: true });
    send.focus();
  }

  private makeHeard(heard: Heard): HTMLLIElement {
    const { shown } = heard;
    const bubble = make("div", { class: "bubble" },
      make("span", { class: "unseen" }, this.words.service + ": "));
    if (shown.text) bubble.append(make("span", { class: "words" }, markUp(shown.text)));
    const link = isSent(shown) ? this.makeSent(shown) : this.makeLink(shown);
    if (link) bubble.append(link);
    bubble.append(make("span", { class: "foot" }, this.makeTime(heard.at)));
    const item = make("li", { class: "entry of-service" }, bubble);
    if (shown.choices) item.append(this.makeChoices(shown, shown.choices));
    return item;
  }

  // --- files of the service

  // It is fetched with our token, so it has no address that could be passed on.
  private addressOf(path: string): Promise<string | undefined> {
    const known = this.sent.get(path) ??
      this.fetchSent(path).then((file) => file && URL.createObjectURL(file));
    this.sent.set(path, known);
    void known.then((address) => address ?? this.sent.delete(path));
    return known;
  }
  private makeSent(shown: Shown): HTMLElement {
    const path = shown.url ?? "";
    const isPhoto = shown.kind === "image";
    const name = shown.label || (isPhoto ? this.words.photo : this.words.paper);
    const save = make(
      "button",
      { type: "button", class: "plain", "aria-label": `${this.words.save}: ${name}` },
      this.words.save,
    );
    const row = make("div", { class: "file sent-file" }, draw("paper"),
      make("span", { class: "file-about" }, make("span", { class: "file-name" }, name)), save);
    const gone = () => save.replaceWith(make("span", { class: "file-size" }, this.words.sent_gone));
    save.addEventListener("click", () => void this.addressOf(path).then((address) => {
      if (address) make("a", { href: address, download: name }).click();
      else gone();
    }));
    if (!isPhoto) return row;
    const picture = make("img", { alt: name, class: "thumb" });
    void this.addressOf(path).then((address) => {
      if (!address) return gone();
      picture.addEventListener("load", () => this.follows && this.toEnd());
      picture.src = address;
    });
    return make("figure", { class: "photo" }, picture, make("figcaption", {}, row));
  }

  private makeLink(shown: Shown): HTMLAnchorElement | undefined {
    const { location: place } = shown;
    let url = shown.url ?? "";
    let label = shown.label ?? url;
    if (shown.kind === "image") label = this.words.image;
    if (shown.kind === "document") label = this.words.document;
    if (place) {
      const latitude = encodeURIComponent(place.latitude);
      const longitude = encodeURIComponent(place.longitude);
      url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
      label = [place.name, place.address].filter(Boolean).join(", ") || this.words.place;
    }
    if (!isOpenable(url)) return undefined;
    return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "open" },
      label, draw("out"));
  }

  private makeChoices(shown: Shown, choices: Choice[]): HTMLElement {
    if (shown.kind === "list") {
      const open = make(
        "button",
        { type: "button", class: "choice opens" },
        draw("list"),
        shown.label ?? "",
      );
      open.addEventListener("click", () => this.openSheet(shown, choices));
      return make("div", { class: "choices" }, open);
    }
    const all = make("div", {
      class: "choices",
      role: "group",
      "aria-label": firstLine(shown.text),
    });
    all.append(...choices.map((one) => this.makeChoice(one)));
    return all;
  }

  private makeChoice(choice: Choice, after: () => void = () => {}): HTMLButtonElement {
    const button = make("button", { type: "button", class: "choice" },
      make("span", { class: "label" }, choice.label));
    if (choice.hint) button.append(make("span", { class: "hint" }, choice.hint));
    button.addEventListener("click", () => {
      after();
      this.onTap(choice);
    });
    return button;
  }

  private openSheet(shown: Shown, choices: Choice[]): void {
    const sheet = find<HTMLDialogElement>("sheet");
    const close = make("button", { type: "button", class: "plain" }, this.words.close);
    close.addEventListener("click", () => sheet.close());
    sheet.replaceChildren(
      make(
        "div",
        { class: "sheet-head" },
        make("h2", { id: "sheet_title" }, shown.label ?? ""),
        close,
      ),
      make(
        "div",
        { class: "sheet-rows" },
        ...choices.map((one) => this.makeChoice(one, () => sheet.close())),
      ),
    );
    sheet.showModal();
  }

  // Asks before what cannot be undone.
  confirm(question: string, yes: string, then: () => void): void {
    this.ask(question, make("button", { type: "button", class: "choice grave" }, yes), then);
  }
  private ask(
    question: string,
    accept: HTMLButtonElement,
    then: () => void,
    ...shown: Node[]
  ): void {
    const sheet = find<HTMLDialogElement>("sheet");
    const cancel = make("button", { type: "button", class: "choice" }, this.words.cancel);
    cancel.addEventListener("click", () => sheet.close());
    accept.addEventListener("click", () => {
      sheet.close();
      then();
    });
    sheet.replaceChildren(
      make("div", { class: "sheet-head" }, make("h2", { id: "sheet_title" }, question)),
      make("div", { class: "sheet-rows" }, ...shown, accept, cancel));
    sheet.showModal();
  }
}

function isSent(shown: Shown): boolean {
  return (
    (shown.kind === "image" || shown.kind === "document") && (shown.url ?? "").startsWith("/files/")
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

// The page of the web chat: what is kept, the socket and the view, put together.
import { prepare, readTaken, type Chosen } from "./attach";
import { Blobs } from "./blobs";
import { isPreview, Keep, type Attached, type Entry, type Said } from "./keep";
import { Link, type LinkState } from "./link";
import { draw, find, make, View } from "./view";
import { firstLanguage, wordsOf, type Language } from "./words";

const keep = new Keep();
const asked = new URLSearchParams(location.search).get("lang");
let language: Language = firstLanguage(asked, keep.language);
let words = wordsOf(language);
let linkState: LinkState = "connecting";

const field = find<HTMLTextAreaElement>("words");
const status = find<HTMLElement>("state");
const note = find("note");
const chooser = find<HTMLInputElement>("file");
const taken = readTaken(document.documentElement.dataset["files"] ?? "");
const blobs = new Blobs(isPreview ? "alur-preview" : "alur");
const view = new View(words, language, blobs);

const link = new Link(keep, blobs, {
  state(state) {
    linkState = state;
    showState();
  },
  message(id, shown) {
    const heard = keep.hearMessage(id, shown);
    if (heard) show(heard);
  },
  progress(id, part) {
    view.progress(id, part);
  },
  changed(said) {
    show(said);
    if (said.state === "taken" && said.file) void blobs.settle(said.file.upload);
    if (said.state === "taken" && !said.hidden) view.showDots();
  },
  fresh(known) {
    if (!known) return;
    const line = keep.beginAnew();
    if (line) view.show(keep.all(), words, language);
  },
  welcomed() {
    whenSeen(() => {
      if (!keep.isSilent) return;
      keep.say(words.begin, { hidden: true });
      view.showDots();
      link.flush();
    });
  },
  preview(version, findings) {
    const before = keep.version;
    keep.version = String(version);
    const newer = before !== "" && before !== String(version);
    // It is told again when the new conversation has begun.
    const toldNow = previewed?.version === version && previewed.anew;
    previewed = { version, findings, anew: newer || toldNow };
    showPreview();
    if (newer) beginAnew();
  },
});

// What an editor is told who saves while the page is open.
let previewed: { version: number; findings: string; anew: boolean } | undefined;
function showPreview(): void {
  const strip = find("preview");
  strip.hidden = previewed === undefined;
  if (!previewed) return;
  const { version, findings, anew } = previewed;
  strip.classList.toggle("is-refused", findings !== "");
  const line = findings ? words.not_published : anew ? words.published : words.preview;
  strip.replaceChildren(make("p", {}, line.replace("#", String(version))));
  if (findings) strip.append(make("pre", { tabindex: "0" }, findings.trim()));
}

function beginAnew(): void {
  keep.forget();
  void blobs.forget();
  view.show([], words, language);
  link.restart();
}

// A page that is fetched ahead, or in a tab that nobody opens, begins no conversation.
function whenSeen(then: () => void): void {
  if (!document.hidden) return then();
  document.addEventListener("visibilitychange", () => whenSeen(then), { once: true });
}

function show(entry: Entry): void {
  view.put(entry, keep.after(entry.id));
}

function showState(): void {
  const text = linkState === "online" ? words.online
    : linkState === "offline" ? words.offline : words.connecting;
  if (status.textContent !== text) status.textContent = text;
  document.documentElement.dataset["state"] = linkState;
}

function showWords(): void {
  words = wordsOf(language);
  document.documentElement.lang = language;
  find("words_label").textContent = words.write;
  field.placeholder = words.write;
  find("send").setAttribute("aria-label", words.send);
  find("anew").setAttribute("aria-label", words.anew);
  find("attach").setAttribute("aria-label", words.attach);
  find("attach").title = words.attach;
  find("drop").textContent = words.drop;
  find("anew").title = words.anew;
  const other = find("language");
  other.replaceChildren(
    language === "en" ? "ID" : "EN",
    make("span", { class: "unseen" }, ` ${words.other}`),
  );
  other.lang = language === "en" ? "id" : "en";
  other.title = words.other;
  view.show(keep.all(), words, language);
  showState();
  showPreview();
}

function say(text: string, more: Pick<Said, "tap" | "file"> = {}): void {
  tell("");
  show(keep.say(text, more));
  link.flush();
}

// --- files

function tell(text: string): void {
  note.textContent = text;
  note.hidden = text === "";
}

async function choose(file: File | undefined): Promise<void> {
  chooser.value = "";
  if (!file || taken.types.length === 0) return;
  tell(words.preparing);
  const chosen = await prepare(file, taken);
  if (typeof chosen !== "string") {
    tell("");
    return view.preview(chosen, () => void send(chosen));
  }
  const most = file.type === "application/pdf" ? taken.document : taken.image;
  tell(
    words[chosen] +
      (chosen === "too_large" ? " " + words.most.replace("{size}", view.sizeOf(most)) : ""),
  );
}

// Kept here before it is said: another tab may be the one that sends it.
async function send(chosen: Chosen): Promise<void> {
  const { file, thumb, name, type, width, height } = chosen;
  const upload = "u-" + crypto.randomUUID();
  await blobs.put(upload, { file, at: Date.now(), ...(thumb && { thumb }) });
  const attached: Attached = {
    upload,
    name,
    type,
    size: file.size,
    kept: false,
    ...(width && height && { width, height }),
  };
  say("", { file: attached });
  // On a phone that would bring up the keyboard.
  if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
}

async function retry(said: Said): Promise<void> {
  if (!said.file) return say(said.text, { ...(said.tap && { tap: said.tap }) });
  const upload = "u-" + crypto.randomUUID();
  const stored = await blobs.get(said.file.upload);
  if (!stored?.file) return tell(words.gone);
  await blobs.put(upload, { ...stored, at: Date.now() });
  say(said.text, { file: { ...said.file, upload, kept: false } });
}

function carriesFile(event: DragEvent): boolean {
  return taken.types.length > 0 && (event.dataTransfer?.types.includes("Files") ?? false);
}

if (taken.types.length > 0) {
  find("attach").hidden = false;
  chooser.accept = ["image/*", ...taken.types.filter((one) => !one.startsWith("image/"))].join(",");
}
find("attach").append(draw("clip"));
find("attach").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", () => void choose(chooser.files?.[0]));
field.addEventListener("paste", (event) => {
  const file = event.clipboardData?.files[0];
  if (!file) return;
  event.preventDefault();
  void choose(file);
});
document.addEventListener("dragover", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  find("drop").hidden = false;
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) find("drop").hidden = true;
});
document.addEventListener("drop", (event) => {
  find("drop").hidden = true;
  if (!carriesFile(event)) return;
  event.preventDefault();
  void choose(event.dataTransfer?.files[0]);
});

function grow(): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  document.documentElement.classList.toggle("has-words", field.value.trim() !== "");
}

function sendWords(): void {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  grow();
  say(text);
}

find("write").addEventListener("submit", (event) => {
  event.preventDefault();
  sendWords();
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendWords();
});
field.addEventListener("input", grow);
view.onTap = (choice) => say(choice.label, { tap: choice.tap });
view.onRetry = (said) => void retry(said);
view.fetchSent = async (path) => {
  try {
    const answer = await fetch(path, { headers: { Authorization: "Bearer " + keep.token } });
    return answer.ok ? await answer.blob() : undefined;
  } catch {
    return undefined; // no network
  }
};
view.onCancel = (said) => {
  if (!link.cancel(said.id)) return;
  view.remove(said.id);
  if (said.file) void blobs.remove(said.file.upload);
  field.focus();
};

find("language").addEventListener("click", () => {
  language = language === "en" ? "id" : "en";
  keep.language = language;
  showWords();
  say(words.speak);
});
find("anew").addEventListener("click", () => {
  view.confirm(words.anew_question, words.anew_yes, () => {
    beginAnew();
    field.focus();
  });
});
keep.onEntry = show;
keep.onRemoved = (id) => view.remove(id);
keep.onForgotten = () => {
  view.show([], words, language);
  link.restart();
};
keep.onToken = () => link.restart();

find("send").append(draw("send"));
find("anew").append(draw("anew"));
showWords();
link.connect();
void blobs.tidy(keep.uploads());

// The page of the web chat: what is kept, the socket and the view, put together.
import { Keep, type Entry } from "./keep";
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
const view = new View(words, language);

const link = new Link(keep, {
  state(state) {
    linkState = state;
    showState();
  },
  message(id, shown) {
    const heard = keep.hearMessage(id, shown);
    if (heard) show(heard);
  },
  changed(said) {
    show(said);
    if (said.state === "taken" && !said.hidden) view.showDots();
  },
  fresh(known) {
    if (!known) return;
    const line = keep.beginAnew();
    if (line) view.show(keep.all(), words, language);
  },
  welcomed() {
    if (!keep.isSilent) return;
    keep.say(words.begin, undefined, true);
    view.showDots();
  },
});

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
  find("anew").title = words.anew;
  const other = find("language");
  other.replaceChildren(language === "en" ? "ID" : "EN", make("span", { class: "unseen" }, ` ${words.other}`));
  other.lang = language === "en" ? "id" : "en";
  other.title = words.other;
  view.show(keep.all(), words, language);
  showState();
}

function say(text: string, tap?: string): void {
  show(keep.say(text, tap));
  link.flush();
}

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
view.onTap = (choice) => say(choice.label, choice.tap);
view.onRetry = (said) => say(said.text, said.tap);

find("language").addEventListener("click", () => {
  language = language === "en" ? "id" : "en";
  keep.language = language;
  showWords();
  say(words.speak);
});
find("anew").addEventListener("click", () => {
  view.confirm(words.anew_question, words.anew_yes, () => {
    keep.forget();
    view.show([], words, language);
    link.restart();
    field.focus();
  });
});
keep.onEntry = show;
keep.onForgotten = () => {
  view.show([], words, language);
  link.restart();
};
keep.onToken = () => link.restart();

find("send").append(draw("send"));
find("anew").append(draw("anew"));
showWords();
link.connect();

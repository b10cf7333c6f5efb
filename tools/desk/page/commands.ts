// Everything that can be done, by name and by key: for the palette, the sheet of keys, and the
// keyboard.
import { serviceNow } from "./clock";
import { pane, panelShown, show } from "./dialogs";
import * as desk from "./desk";
import { nameOf, titleOf } from "./names";
import { choose, isDark } from "./prefs";
import type { Row } from "./protocol";
import { goTo, place, shownCitizen } from "./routes";
import * as store from "./store";
import { say, type Key } from "./words";

export interface Command {
  id: string;
  title: string;
  group: Key;
  key?: string; // Alt and this key's code: "KeyT"
  shown?: string; // how the key is written
  run: () => void;
}
const onDesk = () => place.value.at === "desk";
export const shownRow = (): Row | undefined => {
  const citizen = shownCitizen();
  return citizen ? store.rowOf(citizen).value : undefined;
};

export function focusOn(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
function alt(letter: string): { key: string; shown: string } {
  const code = /^[A-Z]$/.test(letter)
    ? `Key${letter}`
    : /^\d$/.test(letter)
      ? `Digit${letter}`
      : letter;
  const shown = { ArrowUp: "↑", ArrowDown: "↓", Comma: ",", Slash: "/" }[letter] ?? letter;
  return { key: code, shown: `Alt+${shown}` };
}

function ofConversation(): Command[] {
  const row = shownRow();
  if (!row || !onDesk()) return [];
  const group = "group_conversation" as const;
  const list: Command[] = [];
  if (store.isMine(row)) {
    const { citizen } = row;
    list.push(
      { id: "reply", title: say("focus_reply"), group, ...alt("R"), run: () => focusOn("compose") },
      {
        id: "answer",
        title: say("answer_latest"),
        group,
        ...alt("Y"),
        run: () => desk.answer(citizen),
      },
      {
        id: "transfer",
        title: say("transfer"),
        group,
        ...alt("T"),
        run: () => show({ is: "transfer", citizen }),
      },
      {
        id: "return",
        title: say("return_to_bot"),
        group,
        ...alt("B"),
        run: () => show({ is: "return", citizen }),
      },
      {
        id: "close",
        title: say("close_chat"),
        group,
        ...alt("W"),
        run: () => show({ is: "close", citizen }),
      },
    );
    if (store.isShut(row, serviceNow()) && store.templates.value.length > 0) {
      list.push({ id: "template", title: say("send_template"), group, ...alt("M"),
        run: () => show({ is: "template", citizen }) });
    }
  }
  if (store.isAgent.value) {
    list.push({ id: "note", title: say("write_note"), group, ...alt("N"),
      run: () => dispatchEvent(new Event("alur-note")) });
  }
  if (store.isSupervisor.value && row.owner !== "bot") {
    list.push({ id: "assign", title: say("assign"), group, ...alt("G"),
      run: () => show({ is: "assign", citizen: row.citizen }) });
  }
  list.push({ id: "panel", title: say("toggle_panel"), group, ...alt("I"), run: togglePanel });
  return list;
}
export function togglePanel(): void {
  panelShown.value = !panelShown.value;
  pane.value = pane.value === "panel" ? "talk" : "panel";
  if (pane.value === "panel") focusOn("panel");
}

// Over those who are mine, in the order of the list.
function step(by: 1 | -1): void {
  const list = store.mine.value;
  const here = list.findIndex((row) => row.citizen === shownCitizen());
  const next = here < 0 ? list[0] : list[(here + by + list.length) % list.length];
  if (next) goTo("desk", next.citizen);
}
function ofMine(): Command[] {
  if (!store.isAgent.value) return [];
  const group = "group_chats" as const;
  const first = store.offered.value[0];
  const list: Command[] = [];
  if (first) {
    list.push(
      {
        id: "accept",
        title: `${say("accept")}: ${nameOf(first)}`,
        group,
        ...alt("A"),
        run: () => void desk.accept(first),
      },
      {
        id: "decline",
        title: `${say("decline")}: ${nameOf(first)}`,
        group,
        ...alt("X"),
        run: () => void desk.decline(first),
      },
    );
  }
  store.mine.value.slice(0, 9).forEach((row, i) =>
    list.push({
      id: `mine-${i + 1}`,
      title: say("open_chat", { name: nameOf(row) }),
      group,
      ...alt(String(i + 1)),
      run: () => goTo("desk", row.citizen),
    }),
  );
  list.push(
    { id: "next", title: say("next_chat"), group, ...alt("ArrowDown"), run: () => step(1) },
    { id: "previous", title: say("previous_chat"), group, ...alt("ArrowUp"), run: () => step(-1) },
    { id: "filter", title: say("filter_chats"), group, ...alt("Slash"), run: () => {
      if (!onDesk()) goTo("desk");
      pane.value = "list";
      focusOn("filter");
    } });
  return list;
}

function ofPresence(): Command[] {
  if (!store.isAgent.value) return [];
  const group = "group_presence" as const;
  const list: Command[] = [
    { id: "presence", title: say("change_presence"), group, ...alt("P"), run: () => {
      if (!onDesk()) goTo("desk");
      pane.value = "list";
      requestAnimationFrame(() => document.getElementById("presence")?.click());
    } },
    {
      id: "online",
      title: say("be_online"),
      group,
      ...alt("O"),
      run: () => void desk.setPresence("online"),
    },
    { id: "busy", title: say("be_busy"), group, run: () => void desk.setPresence("busy") },
  ];
  for (const reason of awayReasons()) {
    list.push({
      id: `away-${reason.name}`,
      title: say("be_away_for", { reason: reason.title }),
      group,
      run: () => void desk.setPresence("away", reason.name) });
  }
  list.push({
    id: "offline",
    title: say("be_offline"),
    group,
    run: () => void desk.setPresence("offline"),
  });
  return list;
}
export function awayReasons(): { name: string; title: string }[] {
  return store.settings.value.reasons.map((one) => typeof one === "string"
    ? { name: one, title: titleOf([], one) }
    : { name: one.name, title: titleOf([one], one.name) });
}

export interface Page {
  at: "desk" | "wall" | "archive" | "replies" | "accounts" | "audit" | "settings";
  title: Key;
  icon: "chats" | "wall" | "archive" | "replies" | "accounts" | "audit" | "settings";
}
const pages: (Page & { for: string[] | undefined; letter?: string })[] = [
  { at: "desk", title: "page_desk", icon: "chats", for: ["agent", "supervisor"], letter: "C" },
  { at: "wall", title: "page_wall", icon: "wall", for: ["supervisor"], letter: "V" },
  {
    at: "archive",
    title: "page_archive",
    icon: "archive",
    for: ["agent", "supervisor", "auditor"],
    letter: "H",
  },
  {
    at: "replies",
    title: "page_replies",
    icon: "replies",
    for: ["agent", "supervisor", "content", "administrator"],
  },
  { at: "accounts", title: "page_accounts", icon: "accounts", for: ["administrator"] },
  { at: "audit", title: "page_audit", icon: "audit", for: ["auditor", "administrator"] },
  { at: "settings", title: "page_settings", icon: "settings", for: undefined, letter: "Comma" },
];
export const myPages = () =>
  pages.filter((page) => !page.for || page.for.includes(store.me.value?.role ?? ""));

export function commands(): Command[] {
  const group = "group_go" as const;
  const go: Command[] = myPages().map((page) => ({
    id: `go-${page.at}`, title: say(page.title), group, ...(page.letter ? alt(page.letter) : {}),
    run: () => goTo(page.at),
  }));
  const rest: Command[] = [
    {
      id: "help",
      title: say("keys_sheet"),
      group: "group_page",
      shown: "?",
      run: () => show({ is: "help" }),
    },
    { id: "language", title: say("other_language"), group: "group_page",
      run: () => choose({ language: document.documentElement.lang === "id" ? "en" : "id" }) },
    { id: "theme", title: say("other_theme"), group: "group_page", run: toggleTheme },
    { id: "sign-out", title: say("sign_out"), group: "group_page", run: () => void desk.signOut() },
  ];
  return [...ofConversation(), ...ofMine(), ...ofPresence(), ...go, ...rest];
}
function toggleTheme(): void {
  choose({ theme: isDark.value ? "light" : "dark" });
}

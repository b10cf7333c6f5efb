// Ctrl+K: everything that can be done and every conversation at hand, found by writing a part of
// its name. And the sheet of keys.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { commands, type Command } from "../commands";
import { shut } from "../dialogs";
import { nameOf } from "../names";
import { prefs } from "../prefs";
import { goTo } from "../routes";
import { folded, matches } from "../search";
import * as store from "../store";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { say, type Key } from "../words";

const rowsMost = 8;
function foundRows(looked: string): Command[] {
  if (looked.trim() === "") return [];
  const all = [
    ...store.mine.value,
    ...store.offered.value,
    ...store.waiting.value,
    ...store.served.value,
  ];
  const seen = new Set<string>();
  const list: Command[] = [];
  for (const row of all) {
    if (list.length >= rowsMost) break;
    if (seen.has(row.citizen) || !matches(row, looked)) continue;
    seen.add(row.citizen);
    list.push({
      id: `row-${row.citizen}`,
      title: nameOf(row),
      group: "chats",
      run: () => goTo("desk", row.citizen),
    });
  }
  return list;
}

export function Palette() {
  const [looked, setLooked] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  // As it was when it was opened: what the keys mean is not to change under them.
  const [all] = useState(commands);
  const found = (text: string): Command[] => {
    const words = folded(text).split(/\s+/).filter(Boolean);
    return [
      ...all.filter((one) =>
        words.every((word) => folded(`${one.title} ${say(one.group)}`).includes(word)),
      ),
      ...foundRows(text),
    ];
  };
  const shown = found(looked);
  const here = Math.min(at, Math.max(0, shown.length - 1));
  useEffect(() => setAt(0), [looked]);
  useLayoutEffect(() =>
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }),
  );
  const run = (one: Command | undefined) => {
    shut();
    if (one) setTimeout(one.run);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") setAt((here + 1) % Math.max(1, shown.length));
    else if (event.key === "ArrowUp") setAt((here - 1 + shown.length) % Math.max(1, shown.length));
    else if (event.key === "Enter") run(shown[here]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={say("palette")} onClose={shut} class="palette">
      <div class="searching is-large"><Icon name="search" />
        <input type="search" autoFocus value={looked} placeholder={say("palette_hint")}
          aria-label={say("palette_hint")} role="combobox" list={undefined} aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={shown.length > 0 ? `command-${here}` : undefined}
          onInput={(event) => setLooked(event.currentTarget.value)} onKeyDown={onKey} /></div>
      <ul id="palette-list" role="listbox" aria-label={say("palette")} ref={list}>
        {shown.map((one, i) => (
          <li key={one.id} id={`command-${i}`} role="option" aria-selected={i === here}
            onMouseMove={() => setAt(i)} onClick={() => run(one)}>
            <span class="command-title"><bdi>{one.title}</bdi></span>
            <span class="command-group">{say(one.group)}</span>
            {one.shown && <kbd>{one.shown}</kbd>}
          </li>))}
        {shown.length === 0 && (
          <li role="option" aria-selected="false" aria-disabled="true" class="picker-none">
            {say("nothing_found")}
          </li>
        )}
      </ul>
    </Dialog>
  );
}

export function Help() {
  const groups = new Map<Key, { title: string; shown: string }[]>();
  const add = (group: Key, title: string, shown: string) =>
    groups.set(group, [...(groups.get(group) ?? []), { title, shown }]);
  add("group_page", say("palette"), "Ctrl+K");
  for (const one of commands())
    if (one.shown && !/^mine-[2-9]/.test(one.id)) add(one.group, one.title, one.shown);
  const sends = prefs.value.enterSends ? "Enter" : "Ctrl+Enter";
  add("group_writing", say("send"), sends);
  add("group_writing", say("new_line"), prefs.value.enterSends ? "Shift+Enter" : "Enter");
  add("group_writing", say("canned_replies"), "/");
  add("group_lists", say("move_in_lists"), "↑ ↓ Home End");
  add("group_lists", say("close_window"), "Esc");
  return (
    <Dialog title={say("keys_sheet")} onClose={shut} wide>
      <div class="keys" tabIndex={0} role="group" aria-label={say("keys_sheet")}>
        {[...groups].map(([group, list]) => (
          <section key={group}><h3>{say(group)}</h3>
            <dl>
              {list.map((one) => (
                <div key={one.title + one.shown}>
                  <dt><bdi>{one.title}</bdi></dt>
                  <dd><kbd>{one.shown}</kbd></dd>
                </div>
              ))}
            </dl>
          </section>))}
      </div>
      <p class="dialog-hint">{say(prefs.value.keys ? "keys_on_hint" : "keys_off_hint")}</p>
    </Dialog>
  );
}

// Where one writes: to the citizen, when the conversation is one's own, or a note for colleagues.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { now } from "../clock";
import { filled, found, openPlace, textOf, valuesFor } from "../canned";
import * as desk from "../desk";
import { show } from "../dialogs";
import { draftOf, keepDraft } from "../drafts";
import { linkState } from "../link";
import { prefs } from "../prefs";
import type { Reply, Row } from "../protocol";
import * as store from "../store";
import { talkOf } from "../talks";
import { speak } from "../told";
import { Icon } from "../ui/icon";
import { language, say } from "../words";
import { Quote } from "./line";

type Mode = "reply" | "note";

// Why one may not write to the citizen; nothing when one may.
function lockOf(row: Row): string | undefined {
  if (store.isMine(row)) {
    if (!store.isShut(row, now.value)) return undefined;
    return say(store.templates.value.length > 0 ? "lock_window" : "lock_window_bare");
  }
  if (store.isOffered(row)) return say("lock_offered");
  if (row.owner === "agent") return say("lock_agent", { name: store.agentName(row.agent) });
  return say(row.owner === "queue" ? "lock_queue" : "lock_bot");
}

// What is looked for after a slash before the caret, and where the slash stands.
function slashAt(text: string, caret: number): { at: number; looked: string } | undefined {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  return match ? { at: caret - (match[1] ?? "").length - 1, looked: match[1] ?? "" } : undefined;
}

export function Composer({ row, takenBack, onTaken }: {
  row: Row;
  takenBack: { text: string } | undefined;
  onTaken: () => void;
}) {
  const citizen = row.citizen;
  const first = draftOf(citizen);
  const [text, setText] = useState(first.text);
  const lock = lockOf(row);
  const [wants, setWants] = useState<Mode>(first.note ? "note" : "reply");
  const mode: Mode = lock !== undefined && !store.isMine(row) ? "note" : wants;
  const [slash, setSlash] = useState<{ at: number; looked: string } | undefined>(undefined);
  const [browsing, setBrowsing] = useState(false);
  const [hint, setHint] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const about = useId();
  const canWrite = store.isAgent.value;
  const { answering } = talkOf(citizen);
  const answered = mode === "reply" ? answering.value : undefined;

  useEffect(() => {
    if (store.isMine(row) && matchMedia("(min-width: 60rem)").matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (!takenBack) return;
    put(text ? `${text}\n${takenBack.text}` : takenBack.text);
    onTaken();
    field.current?.focus();
  }, [takenBack]);
  useEffect(() => {
    const toNote = () => {
      change("note");
      field.current?.focus();
    };
    const toReply = () => {
      change("reply");
      field.current?.focus();
    };
    addEventListener("alur-note", toNote);
    addEventListener("alur-reply", toReply);
    return () => {
      removeEventListener("alur-note", toNote);
      removeEventListener("alur-reply", toReply);
    };
  });
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text, mode]);

  // What stands there, however lately it was typed.
  const inField = (): string => field.current?.value ?? text;
  function put(next: string): void {
    setText(next);
    keepDraft(citizen, { text: next, note: mode === "note" });
  }
  function change(next: Mode): void {
    setWants(next);
    keepDraft(citizen, { text, note: next === "note" });
  }
  // At once: whoever types on is not to have their letters selected behind them.
  function select(shown: string, from: number, to: number): void {
    const element = field.current;
    if (!element) return;
    if (element.value !== shown) element.value = shown;
    element.focus();
    element.setSelectionRange(from, to);
  }
  function insert(reply: Reply): void {
    const text = inField();
    const caret = field.current?.selectionStart ?? text.length;
    const from = slash ? slash.at : caret;
    const own = filled(textOf(reply, row.language), valuesFor(row));
    const next = text.slice(0, from) + own + text.slice(caret);
    put(next);
    setSlash(undefined);
    setBrowsing(false);
    const open = openPlace(next, from);
    if (open && open.at < from + own.length) {
      select(next, open.at, open.end);
      setHint(say("fill_in", { name: open.name }));
      speak(say("fill_in", { name: open.name }));
    } else {
      select(next, from + own.length, from + own.length);
    }
  }
  function send(): void {
    const text = inField();
    const words = text.trim();
    if (words === "") return;
    if (mode === "reply" && lock !== undefined) return;
    const open = mode === "reply" ? openPlace(text) : undefined;
    if (open) {
      select(text, open.at, open.end);
      setHint(say("fill_in", { name: open.name }));
      speak(say("fill_in", { name: open.name }), true);
      return;
    }
    desk.write(row, mode === "note" ? "note" : "say", words, answered?.line);
    if (mode === "reply") answering.value = undefined;
    put("");
    setHint("");
    if (mode === "note" && store.isMine(row)) setWants("reply");
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && answered && !listed && !event.isComposing) {
      answering.value = undefined;
      event.preventDefault();
      return;
    }
    if (event.isComposing || event.key !== "Enter" || event.shiftKey || event.altKey) return;
    const withCtrl = event.ctrlKey || event.metaKey;
    if (withCtrl || prefs.value.enterSends) {
      event.preventDefault();
      send();
    }
  };
  const onInput = (element: HTMLTextAreaElement) => {
    put(element.value);
    setHint("");
    setSlash(slashAt(element.value, element.selectionStart));
    if (element.value.trim() !== "" && mode === "reply") desk.typing(citizen);
  };
  const attach = (list: FileList | null) => {
    for (const file of list ?? []) void desk.writeFile(row, file, "");
    if (files.current) files.current.value = "";
  };

  if (!canWrite) return <p class="composer-lock"><Icon name="eye" small />{say("lock_role")}</p>;
  const longest =
    mode === "note" ? store.settings.value.note_length : store.settings.value.text_length;
  const left = longest - [...text].length;
  const shut = mode === "reply" && lock !== undefined;
  const listed = slash !== undefined || browsing;
  return (
    <form class={`composer is-${mode}`} onSubmit={(event) => { event.preventDefault(); send(); }}
      onDragOver={(event) => !shut && mode === "reply" && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (!shut && mode === "reply") attach(event.dataTransfer?.files ?? null);
      }}>
      {lock !== undefined && (
        <p class="composer-lock"><Icon name="lock" small /><span>{lock}</span>
          {store.isMine(row) && store.templates.value.length > 0 && (
            <button type="button" class="primary small"
              onClick={() => show({ is: "template", citizen })}>
              {say("choose_template")}
            </button>
          )}
        </p>)}
      {linkState.value === "offline" && !shut && (
        <p class="composer-hint">{say("offline_writing")}</p>
      )}
      {listed && <Picker looked={slash?.looked} onPick={insert} field={field.current}
        onClose={() => { setSlash(undefined); setBrowsing(false); field.current?.focus(); }} />}
      <div class="composer-modes" role="group" aria-label={say("what_to_write")}>
        <button type="button" aria-pressed={mode === "reply"} disabled={!store.isMine(row)}
          onClick={() => change("reply")}>
          {say("reply")}
        </button>
        <button type="button" aria-pressed={mode === "note"} onClick={() => change("note")}>
          <Icon name="note" small />
          {say("note")}
        </button>
        {mode === "note" && <span class="note-only">{say("only_colleagues")}</span>}
        {hint && <span class="composer-fill" role="status">{hint}</span>}
      </div>
      {answered && (
        <div class="answering" role="group" aria-label={say("answering")}>
          <span class="unseen" role="status">{say("answering")}</span><Quote line={answered} />
          {row.channel !== "whatsapp" && (
            <span class="answering-hint">{say("quote_only_here")}</span>
          )}
          <button type="button" class="plain round" title={say("not_answering")}
            aria-label={say("not_answering")}
            onClick={() => {
              answering.value = undefined;
              field.current?.focus();
            }}>
            <Icon name="close" small />
          </button>
        </div>)}
      <textarea id="compose" ref={field} rows={2} value={text} disabled={shut} maxLength={longest}
        aria-label={say(mode === "note" ? "write_note" : "write_reply")} aria-describedby={about}
        placeholder={say(
          shut ? "locked" : mode === "note" ? "write_note_hint" : "write_reply_hint",
        )}
        aria-haspopup="listbox"
        aria-controls={slash ? "replies-list" : undefined}
        aria-autocomplete="list"
        onKeyDown={onKey} onInput={(event) => onInput(event.currentTarget)}
        onPaste={(event) => {
          if (event.clipboardData?.files.length && mode === "reply" && !shut) {
            event.preventDefault();
            attach(event.clipboardData.files);
          }
        }}
      />
      <div class="composer-foot">
        <input ref={files} type="file" hidden multiple
          onChange={(event) => attach(event.currentTarget.files)} />
        <button type="button" class="plain round" disabled={shut || mode === "note"}
          aria-label={say("attach")} title={say("attach")}
          onClick={() => files.current?.click()}><Icon name="clip" /></button>
        <button type="button" class="plain round" disabled={shut} aria-label={say("canned_replies")}
          title={`${say("canned_replies")} ( / )`} aria-expanded={listed}
          onClick={() => setBrowsing(!browsing)}>
          <Icon name="replies" />
        </button>
        <span class="composer-about" id={about}>
          {left < 200 && (
            <span class={left < 0 ? "is-over" : ""}>{say("signs_left", { n: left })} · </span>
          )}
          {say(prefs.value.enterSends ? "enter_sends" : "ctrl_enter_sends")}
        </span>
        <button type="submit" class="primary send" disabled={shut || text.trim() === ""}>
          {say(mode === "note" ? "save_note" : "send")}
          <Icon name={mode === "note" ? "note" : "send"} />
        </button>
      </div>
    </form>
  );
}

// The list of canned replies: after a slash it is steered from the field, else it has a field of
// its own.
function Picker({ looked, onPick, onClose, field }: {
  looked: string | undefined;
  onPick: (reply: Reply) => void;
  onClose: () => void;
  field: HTMLTextAreaElement | null;
}) {
  const [own, setOwn] = useState("");
  const [at, setAt] = useState(0);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const bySlash = looked !== undefined;
  const all = found(store.replies.value, looked ?? own, language.value).slice(0, 40);
  const here = Math.min(at, Math.max(0, all.length - 1));
  useEffect(() => {
    if (!bySlash) search.current?.focus();
  }, [bySlash]);
  useEffect(() => setAt(0), [looked, own]);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    if (bySlash && all.length > 0) field?.setAttribute("aria-activedescendant", `reply-${here}`);
    return () => field?.removeAttribute("aria-activedescendant");
  });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (all.length === 0) return;
    else if (event.key === "ArrowDown") setAt((here + 1) % all.length);
    else if (event.key === "ArrowUp") setAt((here - 1 + all.length) % all.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
      const reply = all[here];
      if (reply) onPick(reply);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  useLayoutEffect(() => {
    const source: HTMLElement | null = bySlash ? field : search.current;
    source?.addEventListener("keydown", onKey, true);
    return () => source?.removeEventListener("keydown", onKey, true);
  });
  return (
    <div class="picker">
      {!bySlash && (
        <div class="searching">
          <Icon name="search" small />
          <input ref={search} type="search" value={own} aria-label={say("search_replies")}
            placeholder={say("search_replies")} role="combobox" list={undefined}
            aria-expanded="true" aria-controls="replies-list"
            aria-activedescendant={all.length > 0 ? `reply-${here}` : undefined}
            onInput={(event) => setOwn(event.currentTarget.value)} />
        </div>
      )}
      <ul id="replies-list" role="listbox" aria-label={say("canned_replies")} ref={list}>
        {all.map((reply, i) => (
          <li key={reply.shortcut} id={`reply-${i}`} role="option" aria-selected={i === here}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(reply);
            }}
            onMouseMove={() => setAt(i)}>
            <span class="reply-top">
              <code>/{reply.shortcut}</code>
              <strong>{reply.title}</strong>
              {reply.category && <span class="chip">{reply.category}</span>}
            </span>
            <span class="reply-text">{textOf(reply, language.value)}</span>
          </li>))}
        {all.length === 0 && (
          <li class="picker-none" role="option" aria-disabled="true" aria-selected="false">
            {say("no_replies")}
          </li>
        )}
      </ul>
    </div>
  );
}

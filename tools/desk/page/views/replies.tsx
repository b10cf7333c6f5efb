// Canned replies: looking them up, and writing them for those who may.
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import { found, textOf } from "../canned";
import * as desk from "../desk";
import type { Language, Reply } from "../protocol";
import * as store from "../store";
import { tell } from "../told";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Empty, Field } from "../ui/parts";
import { language, say } from "../words";

const writers = ["supervisor", "content", "administrator"];
async function loadReplies(): Promise<void> {
  try {
    const got = await api.replies();
    store.replies.value = Array.isArray(got) ? got : got.replies;
  } catch (trouble) {
    desk.complain(trouble);
  }
}

export function Replies() {
  const [looked, setLooked] = useState("");
  const [edited, setEdited] = useState<Reply | "new" | undefined>(undefined);
  useEffect(() => void loadReplies(), []);
  const mayWrite = writers.includes(store.me.value?.role ?? "");
  const list = found(store.replies.value, looked, language.value);
  const groups = new Map<string, Reply[]>();
  for (const reply of list)
    groups.set(reply.category, [...(groups.get(reply.category) ?? []), reply]);
  return (
    <div class="page">
      <header class="page-head"><h1>{say("page_replies")}</h1>
        {mayWrite && (
          <button type="button" class="primary" onClick={() => setEdited("new")}>
            <Icon name="plus" small />
            {say("new_reply")}
          </button>
        )}
      </header>
      <p class="page-intro">{say("replies_intro")}</p>
      <div class="searching is-large">
        <Icon name="search" />
        <input type="search" value={looked} aria-label={say("search_replies")}
          placeholder={say("search_replies")}
          onInput={(event) => setLooked(event.currentTarget.value)} />
      </div>
      {list.length === 0 && <Empty icon="replies" title={say("no_replies")} />}
      {[...groups].map(([category, replies]) => (
        <section key={category} class="reply-group"><h2>{category || say("no_category")}</h2>
          <ul class="reply-cards">
            {replies.map((reply) => (
              <li key={reply.shortcut} class="reply-card">
                <p class="reply-top">
                  <code>/{reply.shortcut}</code>
                  <strong>{reply.title}</strong>
                  {mayWrite && (
                    <button type="button" class="plain round"
                      aria-label={`${say("change")}: ${reply.title}`} title={say("change")}
                      onClick={() => setEdited(reply)}>
                      <Icon name="pen" small />
                    </button>
                  )}
                </p>
                <p class="reply-text">{textOf(reply, language.value)}</p>
              </li>
            ))}
          </ul>
        </section>))}
      {edited && (
        <Edit reply={edited === "new" ? undefined : edited} onDone={() => setEdited(undefined)} />
      )}
    </div>
  );
}

// What is deleted is asked for twice.
function Delete({ busy, onDelete }: { busy: boolean; onDelete: () => void }) {
  const [sure, setSure] = useState(false);
  return sure ? (
    <button type="button" class="primary danger at-start" disabled={busy} onClick={onDelete}>
      {say("delete_sure")}
    </button>
  ) : (
    <button type="button" class="second at-start" onClick={() => setSure(true)}>
      <Icon name="bin" small />
      {say("delete")}
    </button>
  );
}
function TextField({ label, hint, language, value, required, onInput }: {
  label: string;
  hint?: string;
  language: Language;
  value: string;
  required?: boolean;
  onInput: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <textarea {...ids} lang={language} rows={4} value={value} required={required}
          onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}
// Asks for a change of the replies, shows what came of it, and says so.
function useKeeping(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const run = async (what: Promise<unknown>, told: string) => {
    setBusy(true);
    try {
      await what;
      await loadReplies();
      tell(told);
      onDone();
    } catch (trouble) {
      desk.complain(trouble);
      setBusy(false);
    }
  };
  return { busy, run };
}
function Edit({ reply, onDone }: { reply: Reply | undefined; onDone: () => void }) {
  const [is, setIs] = useState({
    shortcut: reply?.shortcut ?? "",
    title: reply?.title ?? "",
    category: reply?.category ?? "",
    id: reply?.text.id ?? "",
    en: reply?.text.en ?? "",
  });
  const { busy, run } = useKeeping(onDone);
  const set = (change: Partial<typeof is>) => setIs({ ...is, ...change });
  const isTaken = !reply && store.replies.value.some((one) => one.shortcut === is.shortcut.trim());
  const write = () => {
    const text = { id: is.id, en: is.en };
    return api.writeReply(is.shortcut.trim(), is.title.trim(), text, is.category.trim());
  };
  const drop = () => reply && void run(api.dropReply(reply.shortcut), say("reply_dropped"));
  const categories = [...new Set(store.replies.value.map((one) => one.category).filter(Boolean))];
  return (
    <Dialog title={say(reply ? "change_reply" : "new_reply")} onClose={onDone} wide>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (!isTaken) void run(write(), say("reply_kept"));
      }}>
        <div class="two">
          <Field label={say("shortcut")} hint={say("shortcut_hint")}
            error={isTaken ? say("shortcut_taken") : undefined}>
            {(ids) => (
              <input {...ids} value={is.shortcut} disabled={reply !== undefined} required
                pattern="[a-z0-9_\-]+" autoFocus={!reply}
                onInput={(event) => set({ shortcut: event.currentTarget.value.toLowerCase() })} />
            )}
          </Field>
          <Field label={say("category")}>
            {(ids) => (
              <>
                <input {...ids} value={is.category} list="categories"
                  onInput={(event) => set({ category: event.currentTarget.value })} />
                <datalist id="categories">
                  {categories.map((one) => <option key={one} value={one} />)}
                </datalist>
              </>
            )}
          </Field>
        </div>
        <Field label={say("title")}>
          {(ids) => (
            <input {...ids} value={is.title} required autoFocus={reply !== undefined}
              onInput={(event) => set({ title: event.currentTarget.value })} />
          )}
        </Field>
        <TextField label={say("text_in_indonesian")} hint={say("variables_hint")} language="id"
          value={is.id} required onInput={(id) => set({ id })} />
        <TextField label={say("text_in_english")} language="en" value={is.en}
          onInput={(en) => set({ en })} />
        <footer class="dialog-foot">
          {reply && <Delete busy={busy} onDelete={drop} />}
          <button type="button" class="second" onClick={onDone}>{say("cancel")}</button>
          <button type="submit" class="primary" disabled={busy}>{say("keep")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

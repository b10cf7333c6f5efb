// Canned replies: looking them up, and writing them for those who may.
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import { found, textOf } from "../canned";
import * as desk from "../desk";
import type { Reply } from "../protocol";
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

function Edit({ reply, onDone }: { reply: Reply | undefined; onDone: () => void }) {
  const [is, setIs] = useState({
    shortcut: reply?.shortcut ?? "",
    title: reply?.title ?? "",
    category: reply?.category ?? "",
    id: reply?.text.id ?? "",
    en: reply?.text.en ?? "",
  });
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const set = (change: Partial<typeof is>) => setIs({ ...is, ...change });
  const isTaken = !reply && store.replies.value.some((one) => one.shortcut === is.shortcut.trim());
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
  const categories = [...new Set(store.replies.value.map((one) => one.category).filter(Boolean))];
  return (
    <Dialog title={say(reply ? "change_reply" : "new_reply")} onClose={onDone} wide>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (!isTaken)
          void run(
            api.writeReply(
              is.shortcut.trim(),
              is.title.trim(),
              { id: is.id, en: is.en },
              is.category.trim(),
            ),
            say("reply_kept"),
          );
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
        <Field label={say("text_in_indonesian")} hint={say("variables_hint")}>
          {(ids) => (
            <textarea {...ids} lang="id" rows={4} value={is.id} required
              onInput={(event) => set({ id: event.currentTarget.value })} />
          )}
        </Field>
        <Field label={say("text_in_english")}>
          {(ids) => (
            <textarea {...ids} lang="en" rows={4} value={is.en}
              onInput={(event) => set({ en: event.currentTarget.value })} />
          )}
        </Field>
        <footer class="dialog-foot">
          {reply &&
            (sure ? (
              <button type="button" class="primary danger at-start" disabled={busy}
                onClick={() => void run(api.dropReply(reply.shortcut), say("reply_dropped"))}>
                {say("delete_sure")}
              </button>
            ) : (
              <button type="button" class="second at-start" onClick={() => setSure(true)}>
                <Icon name="bin" small />
                {say("delete")}
              </button>
            ))}
          <button type="button" class="second" onClick={onDone}>{say("cancel")}</button>
          <button type="submit" class="primary" disabled={busy}>{say("keep")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

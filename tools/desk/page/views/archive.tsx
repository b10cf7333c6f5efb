// Looking for conversations of now and before, and reading one that is not on the desk.
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import { serviceNow } from "../clock";
import * as desk from "../desk";
import { nameOf, plain, titleOf } from "../names";
import type { Citizen, Excerpt, Line, Panel, Row } from "../protocol";
import { goTo, place } from "../routes";
import { folded } from "../search";
import * as store from "../store";
import { talkOf } from "../talks";
import { Icon } from "../ui/icon";
import { Empty, Outside, RowFace, Select, Table } from "../ui/parts";
import { shortMoment } from "../when";
import { humanName, say, wordFor } from "../words";
import { LineView } from "./line";
import { PanelPane } from "./panel";

const channels = ["webchat", "whatsapp", "telegram"];
export function Archive() {
  const here = place.value;
  const citizen = "citizen" in here ? here.citizen : undefined;
  return citizen ? <Reading citizen={citizen} key={citizen} /> : <Looking />;
}

interface Seen {
  rows: Row[];
  excerpts: Record<Citizen, Excerpt>;
  unread: number;
  cut: number;
  more: string | undefined;
}
const nothing: Seen = { rows: [], excerpts: {}, unread: 0, cut: 0, more: undefined };
const kept: { looked: api.Looked; seen: Seen } = { looked: {}, seen: nothing };
const addFound = (before: Seen, found: api.Found): Seen => ({
  rows: [...before.rows, ...found.rows],
  excerpts: { ...before.excerpts, ...found.excerpts },
  unread: found.unread ?? 0, cut: found.cut ?? 0, more: found.more,
});
function Looking() {
  const [looked, setLooked] = useState<api.Looked>(kept.looked);
  const [seen, setSeen] = useState<Seen | undefined>(
    kept.seen.rows.length > 0 ? kept.seen : undefined,
  );
  const [busy, setBusy] = useState(false);
  const look = async (next: api.Looked, more?: string) => {
    setBusy(true);
    try {
      const found = await api.conversations({ ...next, ...(more ? { before: more } : {}) });
      const all = addFound(more ? seen ?? nothing : nothing, found);
      Object.assign(kept, { looked: next, seen: all });
      setSeen(all);
    } catch (trouble) {
      desk.complain(trouble);
    }
    setBusy(false);
  };
  useEffect(() => {
    if (!seen) void look(looked);
  }, []);
  const set = (change: api.Looked, now = true) => {
    const next = { ...looked, ...change };
    setLooked(next);
    if (now) void look(next);
  };
  const count = seen?.rows.length;
  return (
    <div class="page archive">
      <h1>{say("page_archive")}</h1>
      <LookingForm looked={looked} busy={busy} set={set} onLook={() => void look(looked)} />
      <p class="unseen" role="status">
        {busy ? say("one_moment") : count === undefined ? "" : say("found_count", { n: count })}
      </p>
      {seen && (seen.unread > 0 || seen.cut > 0) && (
        <p class="looked-at">
          <Icon name="clock" small />
          <span>
            {seen.unread > 0 && say("not_looked_at", { n: seen.unread })}{" "}
            {seen.cut > 0 && say("partly_looked_at", { n: seen.cut })}
          </span>
        </p>
      )}
      {count === 0 && !busy && <Empty icon="search" title={say("nothing_found")} />}
      {seen && seen.rows.length > 0 && (
        <FoundTable seen={seen} busy={busy} onMore={() => void look(looked, seen.more)} />
      )}
    </div>
  );
}

function LookingForm({ looked, busy, set, onLook }: {
  looked: api.Looked;
  busy: boolean;
  set: (change: api.Looked, now?: boolean) => void;
  onLook: () => void;
}) {
  const me = store.me.value?.agent;
  const mine = looked.owner === "agent" && me !== undefined && looked.agent === me;
  const setOwner = (owner: string) =>
    owner === "mine"
      ? set({ owner: "agent", agent: me })
      : set({ owner, agent: mine ? undefined : looked.agent });
  const queues = store.queues.value;
  const agents = [...store.agents.value.values()];
  return (
    <form class="looking" role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onLook();
      }}>
      <div class="searching is-large">
        <Icon name="search" />
        <input type="search" value={looked.text ?? ""} autoFocus aria-label={say("archive_hint")}
          placeholder={say("archive_hint")}
          onInput={(event) => set({ text: event.currentTarget.value }, false)} />
      </div>
      <Select label={say("queue")} any={say("all_queues")} value={looked.queue ?? ""}
        options={queues.map(({ name }) => [name, titleOf(queues, name)])}
        onPick={(queue) => set({ queue })} />
      <Select label={say("channel")} any={say("all_channels")} value={looked.channel ?? ""}
        options={channels.map((channel) => [channel, wordFor("channel", channel)])}
        onPick={(channel) => set({ channel })} />
      <Select label={say("state")} any={say("all_states")} value={looked.only ?? ""}
        options={[["window_shut", say("only_window_shut")], ["at_risk", say("at_risk")]]}
        onPick={(only) => set({ only })} />
      <Select label={say("owner")} any={say("all_owners")}
        value={mine ? "mine" : (looked.owner ?? "")}
        options={[
          ...(store.isAgent.value ? [["mine", say("tab_mine")] as const] : []),
          ...["queue", "agent", "bot"].map((owner) => [owner, wordFor("owner", owner)] as const),
        ]}
        onPick={setOwner} />
      {agents.length > 0 && (
        <Select label={say("agent")} any={say("all_agents")} value={String(looked.agent ?? "")}
          options={agents.map(({ agent, full_name }) => [String(agent), full_name])}
          onPick={(agent) => set({ agent: agent ? Number(agent) : undefined })} />
      )}
      <button type="submit" class="primary" disabled={busy}>{say("search")}</button>
    </form>
  );
}

function FoundTable({ seen, busy, onMore }: { seen: Seen; busy: boolean; onMore: () => void }) {
  const wanted = folded(kept.looked.text ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const heads = [say("citizen"), say("summary"), say("queue"), say("owner"), say("last")];
  return (
    <Table label={say("page_archive")} heads={heads} below={seen.more && (
      <button type="button" class="second" disabled={busy} onClick={onMore}>{say("more")}</button>
    )}>
      {seen.rows.map((row) => (
        <tr key={row.citizen}>
          <td>
            <a class="row-link" href={`#/archive/${row.citizen}`}>
              <RowFace row={row} />
              <span>
                <Outside text={nameOf(row)} />
                {row.name && <span class="faint"><bdi>{plain(row.address)}</bdi></span>}
              </span>
            </a>
          </td>
          <td class="is-wide">
            <Outside text={row.summary} />
            <Excerpts of={seen.excerpts[row.citizen]} wanted={wanted} />
          </td>
          <td>{titleOf(store.queues.value, row.queue)}</td>
          <td>{whoHas(row)}</td>
          <td class="is-when">{shortMoment(row.last?.at ?? row.handed_at, serviceNow())}</td>
        </tr>
      ))}
    </Table>
  );
}
function whoHas(row: Row): string {
  if (row.owner === "agent") return store.agentName(row.agent);
  return row.outcome ? wordFor("gone", row.outcome) : wordFor("owner", row.owner);
}

// Who said what was found, or in which field it stands.
function whereFound({ from, field }: Excerpt): string {
  if (field) return humanName(plain(field));
  switch (from) {
    case "bot": return say("bot");
    case "citizen": return say("citizen");
    case "note": case "mark": return say("note");
    default: return say("agent");
  }
}
// What was found, with the words that were looked for marked: text that is cut up, never anything
// else.
function Excerpts({ of: found, wanted }: { of: Excerpt | undefined; wanted: string[] }) {
  if (!found) return null;
  const isWanted = (piece: string) => wanted.some((word) => folded(piece).startsWith(word));
  // Every second piece is a word.
  const pieces = found.text.split(/([\p{L}\p{M}\p{N}]+)/u);
  return (
    <p class="excerpt">
      <span class="excerpt-who">{whereFound(found)}:</span>{" "}
      <bdi dir="auto">
        {pieces.map((piece, i) =>
          i % 2 === 1 && isWanted(piece) ? <mark key={i}>{piece}</mark> : piece)}
      </bdi>
    </p>
  );
}

interface Read { row: Row; lines: Line[]; panel: Panel; more: boolean }
function Reading({ citizen }: { citizen: Citizen }) {
  const [read, setRead] = useState<Read | "failed" | undefined>(undefined);
  const load = async (before?: number) => {
    try {
      const page = await api.conversation(citizen, before);
      talkOf(citizen).panel.value = page.panel;
      setRead((old) =>
        before !== undefined && typeof old === "object"
          ? { ...old, lines: [...page.lines, ...old.lines], more: page.more }
          : page,
      );
    } catch (trouble) {
      desk.complain(trouble);
      if (before === undefined) setRead("failed");
    }
  };
  useEffect(() => void load(), [citizen]);
  const row = typeof read === "object" ? read.row : undefined;
  return (
    <div class="panes reading">
      <section class="pane talk-pane" aria-label={say("conversation")}>
        <ReadingHead row={row} />
        <div class="owner is-other">
          <Icon name="shield" small />
          <span>{say("reading_is_written")}</span>
        </div>
        {read === "failed" ? <Empty icon="lock" title={say("cannot_open")} /> : (
          <div class="room">
            <div class="log" tabIndex={0} role="group" aria-label={say("conversation")}>
              <ol class="lines">{read && <ReadLines read={read} onOlder={load} />}</ol>
            </div>
          </div>
        )}
      </section>
      <PanelPane citizen={citizen} />
    </div>
  );
}
function ReadingHead({ row }: { row: Row | undefined }) {
  return (
    <header class="talk-head">
      <button type="button" class="plain round" aria-label={say("back_to_search")}
        title={say("back_to_search")} onClick={() => goTo("archive")}>
        <Icon name="left" />
      </button>
      {row && <RowFace row={row} />}
      <div class="talk-who">
        <h1>{row ? <Outside text={nameOf(row)} /> : say("one_moment")}</h1>
        {row && (
          <p class="talk-about">
            {wordFor("channel", row.channel)} · <bdi>{plain(row.address)}</bdi>
          </p>
        )}
      </div>
      {row && store.peekRow(row.citizen) && store.isAgent.value && (
        <button type="button" class="second small" onClick={() => goTo("desk", row.citizen)}>
          {say("open_on_desk")}
        </button>
      )}
    </header>
  );
}
function ReadLines({ read, onOlder }: {
  read: Read;
  onOlder: (before?: number) => Promise<void>;
}) {
  const { row, lines, more } = read;
  return (
    <>
      {more && (
        <li class="older">
          <button type="button" class="second small" onClick={() => void onOlder(lines[0]?.line)}>
            {say("older")}
          </button>
        </li>
      )}
      {lines.map((line) => (
        <LineView key={line.line} line={line} row={row} citizen={nameOf(row)} follows={false}
          mine={false} quoted={lines.find((one) => one.line === line.reply_to)} />
      ))}
    </>
  );
}

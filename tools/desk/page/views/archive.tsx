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
import { Empty, Outside, RowFace } from "../ui/parts";
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
function Looking() {
  const [looked, setLooked] = useState<api.Looked>(kept.looked);
  const [seen, setSeen] = useState<Seen | undefined>(
    kept.seen.rows.length > 0 ? kept.seen : undefined,
  );
  const { rows, more } = seen ?? { rows: undefined, more: undefined };
  const [busy, setBusy] = useState(false);
  const look = async (next: api.Looked, add: boolean) => {
    setBusy(true);
    try {
      const found = await api.conversations({ ...next, ...(add && more ? { before: more } : {}) });
      const before = add ? seen ?? nothing : nothing;
      const all: Seen = {
        rows: [...before.rows, ...found.rows], excerpts: { ...before.excerpts, ...found.excerpts },
        unread: found.unread ?? 0, cut: found.cut ?? 0, more: found.more,
      };
      Object.assign(kept, { looked: next, seen: all });
      setSeen(all);
    } catch (trouble) {
      desk.complain(trouble);
    }
    setBusy(false);
  };
  useEffect(() => {
    if (rows === undefined) void look(looked, false);
  }, []);
  const set = (change: api.Looked, now = true) => {
    const next = { ...looked, ...change };
    setLooked(next);
    if (now) void look(next, false);
  };
  const me = store.me.value?.agent;
  const mine = looked.owner === "agent" && me !== undefined && looked.agent === me;
  const setOwner = (owner: string) =>
    owner === "mine"
      ? set({ owner: "agent", agent: me })
      : set({ owner, agent: mine ? undefined : looked.agent });
  const wanted = folded(kept.looked.text ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return (
    <div class="page archive">
      <h1>{say("page_archive")}</h1>
      <form class="looking" role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void look(looked, false);
        }}>
        <div class="searching is-large">
          <Icon name="search" />
          <input type="search" value={looked.text ?? ""} autoFocus aria-label={say("archive_hint")}
            placeholder={say("archive_hint")}
            onInput={(event) => set({ text: event.currentTarget.value }, false)} />
        </div>
        <select aria-label={say("queue")} value={looked.queue ?? ""}
          onChange={(event) => set({ queue: event.currentTarget.value })}>
          <option value="">{say("all_queues")}</option>
          {store.queues.value.map((queue) => (
            <option key={queue.name} value={queue.name}>
              {titleOf(store.queues.value, queue.name)}
            </option>
          ))}
        </select>
        <select aria-label={say("channel")} value={looked.channel ?? ""}
          onChange={(event) => set({ channel: event.currentTarget.value })}>
          <option value="">{say("all_channels")}</option>
          {channels.map((channel) => (
            <option key={channel} value={channel}>{wordFor("channel", channel)}</option>
          ))}
        </select>
        <select aria-label={say("state")} value={looked.only ?? ""}
          onChange={(event) => set({ only: event.currentTarget.value })}>
          <option value="">{say("all_states")}</option>
          <option value="window_shut">{say("only_window_shut")}</option>
          <option value="at_risk">{say("at_risk")}</option>
        </select>
        <select aria-label={say("owner")} value={mine ? "mine" : (looked.owner ?? "")}
          onChange={(event) => setOwner(event.currentTarget.value)}>
          <option value="">{say("all_owners")}</option>
          {store.isAgent.value && <option value="mine">{say("tab_mine")}</option>}
          {["queue", "agent", "bot"].map((owner) => (
            <option key={owner} value={owner}>{wordFor("owner", owner)}</option>
          ))}
        </select>
        {store.agents.value.size > 0 && (
          <select aria-label={say("agent")} value={looked.agent ?? ""}
            onChange={(event) =>
              set({
                agent: event.currentTarget.value ? Number(event.currentTarget.value) : undefined,
              })
            }>
            <option value="">{say("all_agents")}</option>
            {[...store.agents.value.values()].map((agent) => (
              <option key={agent.agent} value={agent.agent}>{agent.full_name}</option>
            ))}
          </select>)}
        <button type="submit" class="primary" disabled={busy}>{say("search")}</button>
      </form>
      <p class="unseen" role="status">
        {busy ? say("one_moment") : rows ? say("found_count", { n: rows.length }) : ""}
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
      {rows && rows.length === 0 && !busy && <Empty icon="search" title={say("nothing_found")} />}
      {seen && rows && rows.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="group" aria-label={say("page_archive")}>
          <table class="table">
            <thead>
              <tr>
                <th>{say("citizen")}</th>
                <th>{say("summary")}</th>
                <th>{say("queue")}</th>
                <th>{say("owner")}</th>
                <th>{say("last")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
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
                  <td>
                    {row.owner === "agent"
                      ? store.agentName(row.agent)
                      : row.outcome
                        ? wordFor("gone", row.outcome)
                        : wordFor("owner", row.owner)}
                  </td>
                  <td class="is-when">
                    {shortMoment(row.last?.at ?? row.handed_at, serviceNow())}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {more && (
            <button type="button" class="second" disabled={busy}
              onClick={() => void look(looked, true)}>
              {say("more")}
            </button>
          )}
        </div>)}
    </div>
  );
}

// What was found, with the words that were looked for marked: text that is cut up, never anything
// else.
function Excerpts({ of: found, wanted }: { of: Excerpt | undefined; wanted: string[] }) {
  if (!found) return null;
  const { text, from, field } = found;
  const pieces = text.split(/([\p{L}\p{M}\p{N}]+)/u);
  const who = field
    ? humanName(plain(field))
    : from === "bot"
      ? say("bot")
      : from === "note"
        ? say("note")
        : from === "citizen"
          ? say("citizen")
          : from === "mark"
            ? say("note")
            : say("agent");
  return (
    <p class="excerpt">
      <span class="excerpt-who">{who}:</span>{" "}
      <bdi dir="auto">
        {pieces.map((piece, i) =>
          i % 2 === 1 && wanted.some((word) => folded(piece).startsWith(word)) ? (
            <mark key={i}>{piece}</mark>
          ) : (
            piece
          ),
        )}
      </bdi>
    </p>
  );
}

function Reading({ citizen }: { citizen: Citizen }) {
  const [read, setRead] = useState<
    { row: Row; lines: Line[]; panel: Panel; more: boolean } | "failed" | undefined
  >(undefined);
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
        <header class="talk-head">
          <button type="button" class="plain round" aria-label={say("back_to_search")}
            title={say("back_to_search")} onClick={() => goTo("archive")}>
            <Icon name="left" />
          </button>
          {row && <RowFace row={row} />}
          <div class="talk-who"><h1>{row ? <Outside text={nameOf(row)} /> : say("one_moment")}</h1>
            {row && (
              <p class="talk-about">
                {wordFor("channel", row.channel)} · <bdi>{plain(row.address)}</bdi>
              </p>
            )}
          </div>
          {row && store.peekRow(citizen) && store.isAgent.value && (
            <button type="button" class="second small" onClick={() => goTo("desk", citizen)}>
              {say("open_on_desk")}
            </button>
          )}
        </header>
        <div class="owner is-other">
          <Icon name="shield" small />
          <span>{say("reading_is_written")}</span>
        </div>
        {read === "failed" ? <Empty icon="lock" title={say("cannot_open")} /> : (
          <div class="room">
            <div class="log" tabIndex={0} role="group" aria-label={say("conversation")}>
              <ol class="lines">
                {typeof read === "object" && read.more && (
                  <li class="older">
                    <button type="button" class="second small"
                      onClick={() => void load(read.lines[0]?.line)}>
                      {say("older")}
                    </button>
                  </li>
                )}
                {typeof read === "object" &&
                  read.lines.map((line) => (
                    <LineView key={line.line} line={line} row={read.row} citizen={nameOf(read.row)}
                      follows={false} mine={false}
                      quoted={read.lines.find((one) => one.line === line.reply_to)} />
                  ))}
              </ol>
            </div>
          </div>
        )}
      </section>
      <PanelPane citizen={citizen} />
    </div>
  );
}

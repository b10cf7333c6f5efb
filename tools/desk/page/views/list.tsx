// The left pane: who I am now, who is offered to me, my chats, who waits, and, for supervisors,
// everybody who is served.
import { signal } from "@preact/signals";
import { memo } from "../ui/memo";
import { useRef } from "preact/hooks";
import { awayReasons } from "../commands";
import { slowNow } from "../clock";
import * as desk from "../desk";
import { pane } from "../dialogs";
import { nameOf, titleOf } from "../names";
import type { Row } from "../protocol";
import { goTo, shownCitizen } from "../routes";
import { matches } from "../search";
import * as store from "../store";
import { draftOf } from "../drafts";
import { unsent } from "../outbox";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import {
  Countdown,
  Empty,
  Face,
  LoadMeter,
  Outside,
  PresenceDot,
  RiskChip,
  riskOf,
  RowFace,
  Select,
  Since,
} from "../ui/parts";
import { WindowList } from "../ui/window_list";
import { lengthOf, shortMoment } from "../when";
import { say, wordFor } from "../words";

type Tab = "mine" | "waiting" | "served";
export const tab = signal<Tab>("mine");
const looked = signal("");
const inQueue = signal("");
const inChannel = signal("");
const inState = signal("");

function Myself() {
  const me = store.me.value;
  const self = store.self.value;
  if (!me) return null;
  const presence = self?.presence ?? "offline";
  const away = awayReasons();
  const reason = self?.reason
    ? (away.find((one) => one.name === self.reason)?.title ?? self.reason)
    : "";
  const item = (is: typeof presence, label: string, why?: string) => ({
    label,
    icon: <PresenceDot presence={is} />,
    checked: presence === is && (why === undefined || why === self?.reason),
    onPick: () => void desk.setPresence(is, why),
  });
  return (
    <header class="myself">
      <Face name={me.full_name} of={me.name} />
      <div class="myself-words">
        <span class="myself-name">{me.full_name}</span>
        <Menu id="presence" class="presence"
          label={say("presence_now", { presence: wordFor("presence", presence) })}
          items={[
            item("online", say("be_online")), item("busy", say("be_busy")),
            ...(away.length > 0
              ? away.map((one) => item("away", say("be_away_for", { reason: one.title }), one.name))
              : [item("away", say("be_away"))]),
            item("offline", say("be_offline")),
          ]}>
          <PresenceDot presence={presence} />
          <span>{wordFor("presence", presence)}{reason && ` · ${reason}`}</span>
          <Icon name="down" small />
        </Menu>
      </div>
      <LoadMeter load={self?.load ?? 0}
        capacity={self?.capacity ?? store.settings.value.capacity} />
    </header>
  );
}

function Offer({ row }: { row: Row }) {
  return (
    <li class="offer">
      <div class="offer-top">
        <RowFace row={row} />
        <div class="offer-words">
          <Outside class="row-name" text={nameOf(row)} />
          <span class="row-faint">{titleOf(store.queues.value, row.queue)}
            {row.queued_at !== undefined && <> · {say("waited")} <Since at={row.queued_at} /></>}
          </span>
        </div>
        {row.offered_until !== undefined && <Countdown until={row.offered_until} soon={10_000} />}
      </div>
      {row.summary && <p class="offer-summary"><Outside text={row.summary} /></p>}
      {row.note && <p class="offer-note"><Icon name="note" small /><Outside text={row.note} /></p>}
      <div class="offer-do">
        <button type="button" class="primary" onClick={() => void desk.accept(row)}
          aria-keyshortcuts="Alt+A">
          {say("accept")}
          <span class="unseen">: {nameOf(row)}</span>
          <kbd aria-hidden="true">Alt+A</kbd>
        </button>
        <button type="button" class="second" onClick={() => void desk.decline(row)}
          aria-keyshortcuts="Alt+X">
          {say("decline")}
          <span class="unseen">: {nameOf(row)}</span>
        </button>
        <button type="button" class="plain round" onClick={() => goTo("desk", row.citizen)}
          title={say("look_first")}
          aria-label={`${say("look_first")}: ${nameOf(row)}`}><Icon name="eye" /></button>
      </div>
    </li>
  );
}
function Offers() {
  const list = store.offered.value;
  if (list.length === 0) return null;
  return (
    <section class="offers" aria-label={say("offered_to_you")}>
      <h2 class="offers-title"><Icon name="bell" small />{say("offered_to_you")}</h2>
      <ul>{list.map((row) => <Offer key={row.citizen} row={row} />)}</ul>
    </section>
  );
}

function snippetOf(row: Row): { by: string; text: string } {
  if (!row.last) return { by: "", text: row.summary };
  const by =
    row.last.from === "agent"
      ? store.isMine(row)
        ? say("you")
        : store.agentName(row.agent)
      : row.last.from === "bot"
        ? "Bot"
        : row.last.from === "note"
          ? say("note")
          : "";
  return { by, text: row.last.text };
}
const Item = memo(function Item({ row, current, tab: tabIndex }: {
  row: Row;
  current: boolean;
  tab: 0 | -1;
}) {
  const n = store.unansweredOf(row);
  const draft = store.isMine(row) && !current ? draftOf(row.citizen).text : "";
  const { by, text } = snippetOf(row);
  const fails = unsent.value.some((one) => one.citizen === row.citizen && one.why !== undefined);
  return (
    <button type="button"
      class={`row${current ? " is-current" : ""}${n > 0 && store.isMine(row) ? " is-fresh" : ""}`}
      tabIndex={tabIndex} aria-current={current ? "true" : undefined} onClick={() => {
        goTo("desk", row.citizen);
        pane.value = "talk";
      }}>
      <RowFace row={row} />
      <span class="row-in">
        <span class="row-top">
          <Outside class="row-name" text={nameOf(row)} />
          <span class="row-when">{row.owner === "queue" && row.queued_at !== undefined
            ? <><Icon name="clock" small /><Since at={row.queued_at} /></>
            : shortMoment(row.last?.at ?? row.handed_at, slowNow.value)}</span>
        </span>
        <span class="row-text">
          {draft ? <><span class="row-draft">{say("draft")}:</span> {draft}</> : <>
            {by && <span class="row-by">{by}:</span>} <Outside text={text} /></>}
        </span>
        <span class="row-tags">
          {row.owner === "queue" && row.position !== undefined && (
            <span class="chip">#{row.position}</span>
          )}
          <span class="row-queue">{titleOf(store.queues.value, row.queue)}
            {row.owner === "agent" && !store.isMine(row) && <> · {store.agentName(row.agent)}</>}
            {row.owner === "queue" && row.agent !== undefined && (
              <> · {say("offered_to", { name: store.agentName(row.agent) })}</>
            )}
          </span>
          {row.again && Number(row.again) > 0 ? (
            <span class="chip" title={say("again_hint")}>{say("again")}</span>
          ) : null}
          {row.silent && <span class="chip" title={say("silent_hint")}>{say("silent")}</span>}
          <WindowChip row={row} />
          <RiskChip row={row} />
          {fails && <span class="chip is-grave"><Icon name="alert" small />{say("not_sent")}</span>}
          {n > 0 && <span class="badge" aria-label={say("unanswered", { n })}>{n}</span>}
        </span>
      </span>
    </button>
  );
});
const windowSoonMs = 4 * 3_600_000;
export function WindowChip({ row }: { row: Row }) {
  if (row.window_until === undefined || row.owner === "bot") return null;
  const left = row.window_until - slowNow.value;
  if (left > windowSoonMs) return null;
  return left <= 0 ? (
    <span class="chip is-grave" title={say("window_shut_hint")}>
      <Icon name="lock" small />
      {say("window_shut")}
    </span>
  ) : (
    <span class="chip is-warn" title={say("window_hint")}>{lengthOf(left)}</span>
  );
}

function Tabs({ tabs }: { tabs: [Tab, string, number][] }) {
  const box = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === tab.value);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    tab.value = next[0];
    box.current?.querySelector<HTMLElement>(`[data-tab=${next[0]}]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={say("chats")} ref={box} onKeyDown={onKey}>
      {tabs.map(([name, label, n]) => (
        <button key={name} type="button" role="tab" data-tab={name} id={`tab-${name}`}
          aria-controls="list-body" aria-selected={tab.value === name}
          tabIndex={tab.value === name ? 0 : -1} onClick={() => (tab.value = name)}>
          {label}<span class="tab-count">{n}</span>
        </button>
      ))}
    </div>
  );
}

function Filters({ rows }: { rows: readonly Row[] }) {
  const channels = [...new Set(rows.map((row) => row.channel))].sort();
  const queues = store.queues.value;
  return (
    <div class="filters">
      <div class="searching">
        <Icon name="search" small />
        <input id="filter" type="search" value={looked.value} placeholder={say("filter_chats")}
          aria-label={say("filter_chats")}
          onInput={(e) => (looked.value = e.currentTarget.value)}
        />
      </div>
      <div class="filters-more">
        {tab.value !== "mine" && (
          <>
            <Select label={say("queue")} any={say("all_queues")} value={inQueue.value}
              options={queues.map(({ name }) => [name, titleOf(queues, name)])}
              onPick={(queue) => (inQueue.value = queue)} />
            <Select label={say("channel")} any={say("all_channels")} value={inChannel.value}
              options={channels.map((channel) => [channel, wordFor("channel", channel)])}
              onPick={(channel) => (inChannel.value = channel)} />
          </>
        )}
        <Select label={say("state")} any={say("all_states")} value={inState.value}
          options={[
            ["window_shut", say("only_window_shut")],
            ["at_risk", say("at_risk")],
            ["unanswered", say("only_unanswered")],
          ]}
          onPick={(state) => (inState.value = state)} />
      </div>
    </div>
  );
}

function isIn(state: string, row: Row): boolean {
  const at = slowNow.value;
  if (state === "window_shut") return row.window_until !== undefined && row.window_until <= at;
  const risk = state === "at_risk" ? riskOf(row, at) : undefined;
  return (
    state === "" ||
    (state === "unanswered" && store.unansweredOf(row) > 0) ||
    risk?.breached === true ||
    risk?.soon === true
  );
}
const lists = { mine: store.mine, waiting: store.waiting, served: store.served };
export function ListPane() {
  const tabs: [Tab, string, number][] = [
    ["mine", say("tab_mine"), store.mine.value.length],
    ["waiting", say("tab_waiting"), store.waitingCount.value],
  ];
  if (store.isSupervisor.value) tabs.push(["served", say("tab_served"), store.served.value.length]);
  const all = lists[tab.value].value;
  const rows = all.filter(
    (row) =>
      matches(row, looked.value) &&
      isIn(inState.value, row) &&
      (tab.value === "mine" ||
        ((inQueue.value === "" || row.queue === inQueue.value) &&
          (inChannel.value === "" || row.channel === inChannel.value))),
  );
  const current = shownCitizen();
  const nothing =
    all.length > 0 ? (
      <Empty icon="search" title={say("nothing_found")} />
    ) : tab.value === "mine" ? (
      <Empty icon="chats" title={say("no_chats")}>
        <p>{say(store.self.value?.presence === "online" ? "no_chats_online" : "no_chats_away")}</p>
      </Empty>
    ) : (
      <Empty icon="check" title={say(tab.value === "waiting" ? "nobody_waits" : "nobody_served")} />
    );
  return (
    <section class="pane list-pane" aria-label={say("list_of_chats")}>
      <Myself />
      <Offers />
      <Tabs tabs={tabs} />
      <Filters rows={all} />
      <div class="list-body" id="list-body" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
        <WindowList items={rows} keyOf={(row) => row.citizen} height={5.25} current={current}
          label={tabs.find(([name]) => name === tab.value)?.[1] ?? ""} empty={nothing}
          row={(row, inTab) => <Item row={row} current={row.citizen === current} tab={inTab} />} />
        {tab.value === "waiting" && store.waitingCount.value > all.length && (
          <p class="list-more">
            {say("first_of_many", { n: all.length, of: store.waitingCount.value })}{" "}
            <a href="#/archive">{say("search")}</a>
          </p>
        )}
      </div>
    </section>
  );
}

// The supervisor's wall: who waits how long, who is busy with what, and whose time runs out.
import { computed } from "@preact/signals";
import { slowNow } from "../clock";
import { show } from "../dialogs";
import { nameOf, titleOf } from "../names";
import type { Agent, Row } from "../protocol";
import { goTo } from "../routes";
import * as store from "../store";
import { Icon } from "../ui/icon";
import { Empty, Face, LoadMeter, Outside, PresenceDot, RowFace, riskOf } from "../ui/parts";
import { lengthOf } from "../when";
import { awayReasons } from "../commands";
import { say, wordFor } from "../words";

interface OfQueue {
  name: string;
  open: boolean;
  waits: number;
  offered: number;
  served: number;
  since: number | undefined;
  late: number;
}
const ofQueues = computed<OfQueue[]>(() => {
  const all = new Map<string, OfQueue>(
    store.queues.value.map((queue) => [
      queue.name,
      {
        name: queue.name,
        open: queue.open,
        waits: 0,
        offered: 0,
        served: 0,
        since: queue.oldest,
        late: 0,
      },
    ]),
  );
  const at = slowNow.value;
  for (const row of store.allRows.value) {
    const queue = all.get(row.queue);
    if (!queue || row.owner === "bot") continue;
    if (row.owner === "agent") queue.served += 1;
    else {
      if (row.agent === undefined) queue.waits += 1;
      else queue.offered += 1;
      const since = row.queued_at ?? row.handed_at;
      if (queue.since === undefined || since < queue.since) queue.since = since;
    }
    if (riskOf(row, at)?.breached) queue.late += 1;
  }
  // Not all who wait are told row by row; the queue says how many there are.
  for (const queue of store.queues.value) {
    const is = all.get(queue.name);
    if (is) is.waits = Math.max(is.waits, queue.waiting ?? 0);
  }
  return [...all.values()];
});
const longestMost = 15;
// Whose time is up, or soon will be; the worst first.
const atRisk = computed(() => {
  const at = slowNow.value;
  const list: { row: Row; due: number; breached: boolean; name: string }[] = [];
  for (const row of store.allRows.value) {
    if (row.owner === "bot") continue;
    const risk = riskOf(row, at);
    if (risk && (risk.breached || risk.soon))
      list.push({ row, due: risk.due ?? 0, breached: risk.breached, name: risk.name });
  }
  return list.sort((a, b) => a.due - b.due);
});

function Figure({ label, value, kind = "" }: {
  label: string;
  value: string | number;
  kind?: string;
}) {
  return <div class={`figure ${kind}`}><dt>{label}</dt><dd>{value}</dd></div>;
}
function Queues() {
  return (
    <section class="wall-part" aria-labelledby="wall-queues">
      <h2 id="wall-queues">{say("queues")}</h2>
      <div class="queue-cards">
        {ofQueues.value.map((queue) => {
          const wait = queue.since === undefined ? undefined : slowNow.value - queue.since;
          return (
            <article key={queue.name} class={`queue-card${queue.late > 0 ? " is-late" : ""}`}>
              <h3>
                {titleOf(store.queues.value, queue.name)}
                <span class={`chip ${queue.open ? "is-ok" : ""}`}>
                  {say(queue.open ? "queue_open" : "queue_closed")}
                </span>
              </h3>
              <dl>
                <Figure label={say("waiting")} value={queue.waits} kind="is-large" />
                <Figure label={say("longest_wait")}
                  value={wait === undefined ? "–" : lengthOf(wait)}
                  kind={`is-large${wait !== undefined && wait > 600_000 ? " is-grave" : ""}`} />
                <Figure label={say("offered")} value={queue.offered} />
                <Figure label={say("served")} value={queue.served} />
                <Figure label={say("overdue")} value={queue.late}
                  kind={queue.late > 0 ? "is-grave" : ""} />
              </dl>
            </article>);
        })}
      </div>
    </section>
  );
}

function RowOfAgent({ row }: { row: Row }) {
  const at = slowNow.value;
  const risk = riskOf(row, at);
  return (
    <li class="agent-row">
      <button type="button" class="agent-row-open" onClick={() => goTo("desk", row.citizen)}
        title={say("listen_in")}>
        <Outside text={nameOf(row)} />
        <span class="faint">{titleOf(store.queues.value, row.queue)}</span>
        {risk && (risk.breached || risk.soon) && (
          <span class={`chip ${risk.breached ? "is-grave" : "is-warn"}`}>
            {risk.breached ? say("overdue") : lengthOf((risk.due ?? at) - at)}
          </span>
        )}
        {row.silent && <span class="chip">{say("silent")}</span>}
      </button>
      <button type="button" class="plain round" aria-label={`${say("assign")}: ${nameOf(row)}`}
        title={say("assign")} onClick={() => show({ is: "assign", citizen: row.citizen })}>
        <Icon name="transfer" small />
      </button>
    </li>
  );
}
const served = computed(() => {
  const of = new Map<number, Row[]>();
  for (const row of store.served.value)
    if (row.agent !== undefined) of.set(row.agent, [...(of.get(row.agent) ?? []), row]);
  return of;
});
const rank: Record<string, number> = { online: 0, busy: 1, away: 2, offline: 3 };
function AgentLine({ agent }: { agent: Agent }) {
  const rows = served.value.get(agent.agent) ?? [];
  const reason =
    agent.reason && (awayReasons().find((one) => one.name === agent.reason)?.title ?? agent.reason);
  const lost = !agent.connected && agent.presence !== "offline";
  return (
    <li class="agent-line">
      <details>
        <summary>
          <Face name={agent.full_name} of={agent.name} />
          <span class="agent-words">
            <strong>
              {agent.full_name}
              {agent.supervisor && <span class="chip">{wordFor("role", "supervisor")}</span>}
            </strong>
            <span class="faint">
              <PresenceDot presence={agent.presence} lost={lost} />{" "}
              {lost ? say("connection_lost") : wordFor("presence", agent.presence)}
              {reason && ` · ${reason}`}
              {" · "}
              {agent.queues.map((queue) => titleOf(store.queues.value, queue)).join(", ")}
            </span>
          </span>
          <span class="agent-open">{say("open_count", { n: agent.open })}</span>
          <LoadMeter load={agent.load} capacity={agent.capacity} />
          <Icon name="down" small />
        </summary>
        {rows.length > 0 ? (
          <ul class="agent-rows">
            {rows.map((row) => <RowOfAgent key={row.citizen} row={row} />)}
          </ul>
        ) : (
          <p class="faint agent-none">{say("serves_nobody")}</p>
        )}
      </details>
    </li>
  );
}
function Agents() {
  const list = [...store.agents.value.values()].sort(
    (a, b) =>
      (rank[a.presence] ?? 9) - (rank[b.presence] ?? 9) ||
      b.load - a.load ||
      a.full_name.localeCompare(b.full_name),
  );
  const here = list.filter((agent) => agent.presence === "online").length;
  return (
    <section class="wall-part" aria-labelledby="wall-agents">
      <h2 id="wall-agents">
        {say("agents")}
        <span class="faint"> {say("online_of", { n: here, of: list.length })}</span>
      </h2>
      <ul class="agent-lines">
        {list.map((agent) => <AgentLine key={agent.agent} agent={agent} />)}
      </ul>
    </section>
  );
}
function Risks() {
  const list = atRisk.value;
  return (
    <section class="wall-part" aria-labelledby="wall-risk">
      <h2 id="wall-risk">{say("at_risk")}<span class="faint"> {list.length}</span></h2>
      {list.length === 0 ? <Empty icon="check" title={say("nothing_at_risk")} /> : (
        <ul class="risk-rows">
          {list.slice(0, longestMost).map(({ row, due, breached, name }) => (
            <li key={row.citizen} class={`risk-row${breached ? " is-late" : ""}`}>
              <button type="button" class="agent-row-open" onClick={() => goTo("desk", row.citizen)}
                title={say("listen_in")}>
                <RowFace row={row} />
                <span class="agent-words">
                  <strong><Outside text={nameOf(row)} /></strong>
                  <span class="faint">
                    {wordFor("clock", name)}
                    {" · "}
                    {row.owner === "agent"
                      ? store.agentName(row.agent)
                      : titleOf(store.queues.value, row.queue)}
                  </span>
                </span>
                <span class={`chip ${breached ? "is-grave" : "is-warn"}`}>
                  {breached
                    ? say("overdue_by", { by: lengthOf(slowNow.value - due) })
                    : lengthOf(due - slowNow.value)}
                </span>
              </button>
              <button type="button" class="plain round"
                aria-label={`${say("assign")}: ${nameOf(row)}`} title={say("assign")}
                onClick={() => show({ is: "assign", citizen: row.citizen })}>
                <Icon name="person" small />
              </button>
            </li>
          ))}
        </ul>
      )}
      {list.length > longestMost && (
        <p class="faint">{say("and_more", { n: list.length - longestMost })}</p>
      )}
    </section>
  );
}
export function Wall() {
  return (
    <div class="page wall">
      <h1>{say("page_wall")}</h1>
      <Queues />
      <div class="wall-two"><Agents /><Risks /></div>
    </div>
  );
}

// The right pane: who the citizen is, what was handed over, what the bot had learned and been
// answered, their tickets, and what was before.
import type { ComponentChildren } from "preact";
import { serviceNow, slowNow } from "../clock";
import { pane } from "../dialogs";
import { nameOf, plain, titleOf } from "../names";
import type { Citizen, Clock, Field, Panel, Row, Value } from "../protocol";
import * as store from "../store";
import { talkOf } from "../talks";
import { Icon, type IconName } from "../ui/icon";
import { Outside } from "../ui/parts";
import { dateOf, lengthOf, momentOf, shortMoment, timeOf } from "../when";
import { humanName, say, wordFor } from "../words";

function Part({ icon, title, children, open = true }: {
  icon: IconName;
  title: string;
  children: ComponentChildren;
  open?: boolean;
}) {
  return (
    <details class="part" open={open}>
      <summary><Icon name={icon} small /><h3>{title}</h3><Icon name="down" small /></summary>
      <div class="part-in">{children}</div>
    </details>
  );
}

const deepest = 4;
// A value of any shape, as text and lists.
export function ValueView({ value, depth = 0 }: { value: Value; depth?: number }) {
  if (value === null)
    return (
      <span class="private" title={say("private_hint")}>
        <Icon name="lock" small />
        {say("private")}
      </span>
    );
  if (typeof value === "boolean") return <>{say(value ? "yes" : "no")}</>;
  if (typeof value !== "object") return <Outside text={plain(String(value))} />;
  if (depth >= deepest) return <Outside text={plain(JSON.stringify(value))} />;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span class="faint">{say("nothing")}</span>;
    return (
      <ul class="values">
        {value.map((one, i) => <li key={i}><ValueView value={one} depth={depth + 1} /></li>)}
      </ul>
    );
  }
  return (
    <Pairs fields={Object.entries(value).map(([name, of]) => ({ name, value: of }))}
      depth={depth + 1} />
  );
}
function Pairs({ fields, depth = 0 }: { fields: Field[]; depth?: number }) {
  return (
    <dl class="pairs">
      {fields.map((field, i) => (
        <div key={i}>
          <dt><bdi dir="auto">{plain(humanName(field.name))}</bdi></dt>
          <dd><ValueView value={field.value} depth={depth} /></dd>
        </div>
      ))}
    </dl>
  );
}

function ClockLine({ name, clock }: { name: string; clock: Clock }) {
  const left = clock.due === undefined ? undefined : clock.due - slowNow.value;
  const late = clock.breached || (left !== undefined && clock.running && left <= 0);
  const soon = clock.running && left !== undefined && left < 120_000;
  const state = () => {
    if (late) return say("overdue");
    if (!clock.running) return say("clock_rests", { used: lengthOf(clock.used_ms) });
    return left === undefined ? say("running") : say("due_in", { left: lengthOf(left) });
  };
  return (
    <div>
      <dt>{wordFor("clock", name)}</dt>
      <dd class={late ? "is-grave" : soon ? "is-warn" : ""}>{state()}</dd>
    </div>
  );
}
function Clocks({ row }: { row: Row }) {
  const all = Object.entries(row.clocks ?? {});
  if (all.length === 0) return null;
  return (
    <Part icon="clock" title={say("service_level")}>
      <dl class="pairs">
        {all.map(([name, clock]) => <ClockLine key={name} name={name} clock={clock} />)}
      </dl>
    </Part>
  );
}

function Known({ row }: { row: Row }) {
  return (
    <dl class="pairs is-top">
      {row.name && <div><dt>{say("name")}</dt><dd><Outside text={nameOf(row)} /></dd></div>}
      <div><dt>{say("address")}</dt><dd><bdi>{plain(row.address)}</bdi></dd></div>
      <div><dt>{say("language")}</dt><dd>{wordFor("language", row.language)}</dd></div>
      <div><dt>{say("handed")}</dt><dd>{shortMoment(row.handed_at, serviceNow())}</dd></div>
    </dl>
  );
}
function Answers({ answers }: Pick<Panel, "answers">) {
  return (
    <Part icon="shield" title={say("answers")}>
      {answers.map((answer, i) => (
        <section key={i} class="answer">
          <p class="answer-top">
            <strong>{humanName(answer.service)}</strong>
            <span class="chip">{wordFor("outcome", answer.outcome)}</span>
            <time>{timeOf(answer.at)}</time>
          </p>
          {answer.value !== undefined && answer.value !== "" && (
            <div class="answer-value"><ValueView value={answer.value} /></div>
          )}
        </section>
      ))}
    </Part>
  );
}
function Tickets({ tickets }: Pick<Panel, "tickets">) {
  return (
    <Part icon="ticket" title={`${say("tickets")} (${tickets.length})`}>
      {tickets.map((ticket, i) => (
        <section key={i} class="ticket">
          <p>
            <strong><bdi dir="auto">{plain(ticket.number)}</bdi></strong>
            <span class="chip"><bdi>{plain(humanName(ticket.stage))}</bdi></span>
          </p>
          <p class="faint">
            <bdi dir="auto">{plain(humanName(ticket.kind))}</bdi> · {dateOf(ticket.opened)}
            {ticket.due !== undefined && <> · {say("due")} {dateOf(ticket.due)}</>}
          </p>
        </section>
      ))}
    </Part>
  );
}
function Earlier({ earlier }: Pick<Panel, "earlier">) {
  return (
    <Part icon="archive" title={`${say("earlier")} (${earlier.length})`} open={false}>
      {earlier.map((one, i) => (
        <section key={i} class="ticket">
          <p><strong>{momentOf(one.from)}</strong></p>
          <p class="faint">
            {wordFor("gone", one.outcome)}
            {one.code && <> · {titleOf(store.codes.value, one.code)}</>}
            {" · "}{lengthOf(one.until - one.from)}
          </p>
        </section>
      ))}
    </Part>
  );
}

export function PanelPane({ citizen }: { citizen: Citizen }) {
  const row = store.rowOf(citizen).value;
  const talk = talkOf(citizen);
  const panel = talk.panel.value;
  return (
    <aside class="pane panel-pane" id="panel" aria-label={say("citizen")} tabIndex={-1}>
      <header class="panel-head">
        <button type="button" class="plain round only-drawer" aria-label={say("close_panel")}
          onClick={() => (pane.value = "talk")}>
          <Icon name="right" />
        </button>
        <h2>{say("citizen")}</h2>
      </header>
      <div class="panel-scroll" tabIndex={0} role="group" aria-label={say("citizen_details")}>
        {row && <Known row={row} />}
        {row?.note && (
          <p class="panel-note">
            <Icon name="note" small />
            <span><strong>{say("note_of_transfer")}</strong><Outside text={row.note} /></span>
          </p>
        )}
        {(panel?.summary || row?.summary) && (
          <Part icon="paper" title={say("summary")}>
            <p class="summary"><Outside text={panel?.summary || row?.summary || ""} /></p>
          </Part>
        )}
        {panel && panel.fields.length > 0 && (
          <Part icon="person" title={say("handed_over")}><Pairs fields={panel.fields} /></Part>
        )}
        {row && <Clocks row={row} />}
        {panel && panel.answers.length > 0 && <Answers answers={panel.answers} />}
        {panel && panel.learned.length > 0 && (
          <Part icon="bot" title={say("learned")}><Pairs fields={panel.learned} /></Part>
        )}
        {panel && panel.tickets.length > 0 && <Tickets tickets={panel.tickets} />}
        {panel && panel.earlier.length > 0 && <Earlier earlier={panel.earlier} />}
      </div>
    </aside>
  );
}

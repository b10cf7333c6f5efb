// The windows in which a conversation is handed on, given back, closed or assigned.
import { useState } from "preact/hooks";
import * as desk from "../desk";
import { shut } from "../dialogs";
import { nameOf, titleOf } from "../names";
import type { Agent, Queue, Row, Template } from "../protocol";
import { goTo } from "../routes";
import * as store from "../store";
import { tell } from "../told";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Face, Field, LoadMeter, PresenceDot } from "../ui/parts";
import { humanName, say, wordFor } from "../words";
import type { ComponentChildren } from "preact";

function Foot({ label, busy, disabled, danger }: {
  label: string;
  busy: boolean;
  disabled?: boolean;
  danger?: boolean;
}) {
  return (
    <footer class="dialog-foot">
      <button type="button" class="second" onClick={shut}>{say("cancel")}</button>
      <button type="submit" class={danger ? "primary danger" : "primary"}
        disabled={busy || disabled}>
        {label}
      </button>
    </footer>
  );
}
// A form whose doing may be refused: it stays open then.
function useDoing(then?: () => void) {
  const [busy, setBusy] = useState(false);
  const go = async (what: Promise<boolean>) => {
    setBusy(true);
    if (await what) {
      shut();
      then?.();
    } else setBusy(false);
  };
  return { busy, go };
}

interface Choice { value: string; label: ComponentChildren; text: string }
// Radio buttons that look like a list; digits choose too.
function Choices({ name, label, list, value, onPick }: {
  name: string;
  label: string;
  list: Choice[];
  value: string;
  onPick: (value: string) => void;
}) {
  return (
    <fieldset class="choices"
      onKeyDown={(event) => {
        const one =
          /^[1-9]$/.test(event.key) && !event.altKey ? list[Number(event.key) - 1] : undefined;
        if (one) onPick(one.value);
      }}>
      <legend class="unseen">{label}</legend>
      {list.map((one, i) => (
        <label key={one.value} class={`choice${one.value === value ? " is-chosen" : ""}`}>
          <input type="radio" name={name} value={one.value} checked={one.value === value}
            autoFocus={i === 0} onChange={() => onPick(one.value)} />
          {one.label}
        </label>))}
    </fieldset>
  );
}
function agentChoice(agent: Agent): Choice {
  const full = agent.load >= agent.capacity;
  return {
    value: String(agent.agent), text: agent.full_name,
    label: (
      <>
        <Face name={agent.full_name} of={agent.name} />
        <span class="choice-words">
          <strong>{agent.full_name}</strong>
          <span class="faint">
            <PresenceDot presence={agent.presence} /> {wordFor("presence", agent.presence)}
            {full && ` · ${say("full")}`}
            {" · "}
            {agent.queues.map((queue) => titleOf(store.queues.value, queue)).join(", ")}
          </span>
        </span>
        <LoadMeter load={agent.load} capacity={agent.capacity} />
      </>
    ),
  };
}
const presenceRank: Record<string, number> = { online: 0, busy: 1, away: 2, offline: 3 };
function agentsFor(row: Row): Agent[] {
  return [...store.agents.value.values()]
    .filter((agent) => agent.agent !== row.agent || row.owner === "queue")
    .sort((a, b) => (presenceRank[a.presence] ?? 9) - (presenceRank[b.presence] ?? 9) ||
      (b.capacity - b.load) - (a.capacity - a.load) || a.full_name.localeCompare(b.full_name));
}

function queueChoice(queue: Queue): Choice {
  const title = titleOf(store.queues.value, queue.name);
  return {
    value: queue.name,
    text: title,
    label: (
      <span class="choice-words">
        <strong>{title}</strong>
        <span class="faint">{say(queue.open ? "queue_open" : "queue_closed")}</span>
      </span>
    ),
  };
}
// Anybody but oneself, found by a part of their name.
function OtherAgents({ row, value, onPick }: {
  row: Row;
  value: string;
  onPick: (agent: string) => void;
}) {
  const [looked, setLooked] = useState("");
  const part = looked.trim().toLowerCase();
  const agents = agentsFor(row).filter(({ agent, full_name }) =>
    agent !== store.me.value?.agent && full_name.toLowerCase().includes(part));
  return (
    <>
      <div class="searching">
        <Icon name="search" small />
        <input type="search" value={looked} aria-label={say("search_agents")}
          placeholder={say("search_agents")}
          onInput={(event) => setLooked(event.currentTarget.value)} />
      </div>
      <Choices name="to" label={say("to_agent")} list={agents.map(agentChoice)} value={value}
        onPick={onPick} />
      {agents.length === 0 && <p class="faint">{say("nobody_else")}</p>}
      {value !== "" && isFull(Number(value)) && (
        <p class="dialog-hint">{say("full_goes_to_queue")}</p>
      )}
    </>
  );
}
export function TransferWindow({ row }: { row: Row }) {
  const [kind, setKind] = useState<"agent" | "queue" | "supervisor">("agent");
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const { busy, go } = useDoing(() => tell(say("transferred")));
  const kinds = [
    ["agent", say("to_agent")],
    ["queue", say("to_queue")],
    ["supervisor", say("to_supervisor")],
  ] as const;
  const target = { agent: { agent: Number(to) }, queue: { queue: to }, supervisor: {} }[kind];
  return (
    <Dialog title={say("transfer_title", { name: nameOf(row) })} onClose={shut}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void go(desk.transfer(row, target, note.trim()));
      }}>
        <div class="segments" role="group" aria-label={say("transfer_to")}>
          {kinds.map(([name, label]) => (
            <button key={name} type="button" aria-pressed={kind === name}
              onClick={() => {
                setKind(name);
                setTo("");
              }}>
              {label}
            </button>
          ))}
        </div>
        {kind === "agent" && <OtherAgents row={row} value={to} onPick={setTo} />}
        {kind === "queue" && (
          <Choices name="to" label={say("to_queue")} list={store.queues.value.map(queueChoice)}
            value={to} onPick={setTo} />
        )}
        {kind === "supervisor" && <p class="dialog-hint">{say("to_supervisor_hint")}</p>}
        <Field label={say("note_for_next")} hint={say("note_for_next_hint")}>
          {(ids) => (
            <textarea {...ids} rows={3} value={note} maxLength={store.settings.value.note_length}
              onInput={(event) => setNote(event.currentTarget.value)} />
          )}
        </Field>
        <Foot label={say("transfer")} busy={busy} disabled={kind !== "supervisor" && to === ""} />
      </form>
    </Dialog>
  );
}
function isFull(agent: number): boolean {
  const is = store.agents.value.get(agent);
  return is !== undefined && is.load >= is.capacity;
}

export function ReturnWindow({ row }: { row: Row }) {
  const states = row.states ?? store.states.value;
  const [state, setState] = useState("");
  const { busy, go } = useDoing(() => tell(say("returned")));
  const list: Choice[] = [
    {
      value: "",
      text: say("return_plain"),
      label: (
        <span class="choice-words">
          <strong>{say("return_plain")}</strong>
          <span class="faint">{say("return_plain_hint")}</span>
        </span>
      ),
    },
    ...states.map((one) => {
      const title = titleOf(states, one.name);
      return {
        value: one.name,
        text: title,
        label: (
          <span class="choice-words"><strong>{title}</strong></span>
        ),
      };
    }),
  ];
  return (
    <Dialog title={say("return_title", { name: nameOf(row) })} onClose={shut}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void go(desk.giveBack(row, state || undefined));
      }}>
        <p class="dialog-hint">{say("return_hint")}</p>
        <Choices name="state" label={say("return_to_bot")} list={list} value={state}
          onPick={setState} />
        <Foot label={say("return_to_bot")} busy={busy} />
      </form>
    </Dialog>
  );
}

export function CloseWindow({ row }: { row: Row }) {
  const [code, setCode] = useState("");
  const { busy, go } = useDoing(() => {
    tell(say("closed_told"));
    const next = store.mine.value.find((one) => one.citizen !== row.citizen);
    goTo("desk", next?.citizen);
  });
  const list: Choice[] = store.codes.value.map((one, i) => {
    const title = titleOf(store.codes.value, one.name);
    return {
      value: one.name,
      text: title,
      label: (
        <><span class="choice-words"><strong>{title}</strong></span>{i < 9 && <kbd>{i + 1}</kbd>}</>
      ),
    };
  });
  return (
    <Dialog title={say("close_title", { name: nameOf(row) })} onClose={shut}>
      <form onSubmit={(event) => { event.preventDefault(); void go(desk.close(row, code)); }}>
        <p class="dialog-hint">{say("close_hint")}</p>
        <Choices name="code" label={say("wrap_up_code")} list={list} value={code}
          onPick={setCode} />
        <Foot label={say("close_chat")} busy={busy} disabled={code === ""} />
      </form>
    </Dialog>
  );
}

export function AssignWindow({ row }: { row: Row }) {
  const [to, setTo] = useState("");
  const [overfill, setOverfill] = useState(false);
  const { busy, go } = useDoing(() => tell(say("assigned")));
  const full = to !== "" && isFull(Number(to));
  return (
    <Dialog title={say("assign_title", { name: nameOf(row) })} onClose={shut}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void go(desk.assign(row, Number(to), full && overfill));
      }}>
        <Choices name="to" label={say("to_agent")} list={agentsFor(row).map(agentChoice)} value={to}
          onPick={setTo} />
        {full && (
          <label class="check is-warn">
            <input type="checkbox" checked={overfill}
              onChange={(event) => setOverfill(event.currentTarget.checked)} />
            <span>
              <strong>{say("overfill")}</strong>
              <span class="faint">{say("overfill_hint")}</span>
            </span>
          </label>
        )}
        <Foot label={say("assign")} busy={busy} disabled={to === "" || (full && !overfill)} />
      </form>
    </Dialog>
  );
}

// As the citizen will read it: in their language, or, where it is not there in that, in the app's
// first one.
function wordsOf(template: Template, row: Row): { language: string; words: string } {
  const language = Object.hasOwn(template.text, row.language)
    ? row.language
    : (Object.keys(template.text)[0] ?? "");
  return { language, words: template.text[language] ?? "" };
}
export function TemplateWindow({ row }: { row: Row }) {
  const [name, setName] = useState("");
  const list: Choice[] = store.templates.value.map((one) => {
    const title = humanName(one.name);
    const { language, words } = wordsOf(one, row);
    return {
      value: one.name,
      text: title,
      label: (
        <span class="choice-words">
          <strong>{title}</strong>
          <span class="template-text" lang={language}>{words}</span>
        </span>
      ),
    };
  });
  const chosen = store.templates.value.find((one) => one.name === name);
  return (
    <Dialog title={say("template_title", { name: nameOf(row) })} onClose={shut}>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (chosen) desk.writeTemplate(row, chosen.name, wordsOf(chosen, row).words);
        shut();
      }}>
        <p class="dialog-hint">{say("template_hint")}</p>
        <Choices name="template" label={say("template")} list={list} value={name}
          onPick={setName} />
        <Foot label={say("send_template")} busy={false} disabled={!chosen} />
      </form>
    </Dialog>
  );
}

// Before a page is opened whose address a citizen wrote: where it really leads.
export function LinkWindow({ url }: { url: string }) {
  const host = new URL(url).host;
  return (
    <Dialog title={say("link_open_title")} onClose={shut}>
      <p class="dialog-hint">{say("link_open_hint")}</p>
      <p class="link-host"><Icon name="globe" small /><bdi>{host}</bdi></p>
      <p class="link-whole"><bdi>{url}</bdi></p>
      <footer class="dialog-foot">
        <button type="button" class="second" onClick={shut} autoFocus>{say("cancel")}</button>
        <a class="primary" href={url} target="_blank" rel="noopener noreferrer nofollow"
          onClick={shut}>
          {say("link_open")}
          <Icon name="out" small />
        </a>
      </footer>
    </Dialog>
  );
}

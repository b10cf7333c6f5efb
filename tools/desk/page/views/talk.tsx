// The middle pane: whose conversation it is and who owns it, what was said, and where one writes.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { now, slowNow } from "../clock";
import { togglePanel } from "../commands";
import * as desk from "../desk";
import { pane, show } from "../dialogs";
import { nameOf, plain, titleOf } from "../names";
import { unsent } from "../outbox";
import type { Citizen, Line, Row } from "../protocol";
import { goTo } from "../routes";
import * as store from "../store";
import { talkOf } from "../talks";
import { Icon, type IconName } from "../ui/icon";
import { ChannelIcon, Countdown, Empty, Outside, RiskChip, RowFace, Since } from "../ui/parts";
import { countdown, dayOf, isSameDay, lengthOf } from "../when";
import { say, wordFor } from "../words";
import { Composer } from "./composer";
import { LineView, UnsentView } from "./line";

function Do({ icon, label, short, keys, onDo, plainLook }: {
  icon: IconName;
  label: string;
  short?: string;
  keys?: string;
  onDo: () => void;
  plainLook?: boolean;
}) {
  return (
    <button type="button" class={plainLook ? "plain round" : "act"} onClick={onDo}
      title={keys ? `${label} (${keys})` : label} aria-label={label} aria-keyshortcuts={keys}>
      <Icon name={icon} />{!plainLook && <span class="act-label">{short ?? label}</span>}
    </button>
  );
}

function Head({ row }: { row: Row }) {
  const citizen = row.citizen;
  const mine = store.isMine(row);
  return (
    <header class="talk-head">
      <button type="button" class="plain round only-narrow" aria-label={say("back_to_list")}
        onClick={() => {
          goTo("desk");
          pane.value = "list";
        }}>
        <Icon name="left" />
      </button>
      <RowFace row={row} />
      <div class="talk-who">
        <h2><Outside text={nameOf(row)} /></h2>
        <p class="talk-about">
          <ChannelIcon channel={row.channel} />
          <span>{wordFor("channel", row.channel)}</span>
          {row.name && <bdi>{plain(row.address)}</bdi>}</p>
      </div>
      <div class="talk-do" role="toolbar" aria-label={say("conversation_actions")}>
        {mine && (
          <Do icon="transfer" label={say("transfer")} keys="Alt+T"
            onDo={() => show({ is: "transfer", citizen })} />
        )}
        {mine && (
          <Do icon="back" label={say("return_to_bot")} short={say("to_bot")} keys="Alt+B"
            onDo={() => show({ is: "return", citizen })} />
        )}
        {!mine && store.isSupervisor.value && row.owner !== "bot" && (
          <Do icon="person" label={say("assign")} keys="Alt+G"
            onDo={() => show({ is: "assign", citizen })} />
        )}
        {mine && (
          <button type="button" class="primary finish" title={`${say("close_chat")} (Alt+W)`}
            aria-keyshortcuts="Alt+W" onClick={() => show({ is: "close", citizen })}>
            <Icon name="check" />
            {say("close_chat")}
          </button>
        )}
        <Do icon="panel" label={say("toggle_panel")} keys="Alt+I" plainLook onDo={togglePanel} />
      </div>
    </header>
  );
}

// The time in which the channel takes anything; shown in seconds when it is short.
function WindowClock({ row }: { row: Row }) {
  if (row.window_until === undefined) return null;
  const left = row.window_until - slowNow.value;
  if (left <= 0)
    return (
      <span class="chip is-grave"><Icon name="lock" small />{say("window_shut")}</span>
    );
  const soon = left < 4 * 3_600_000;
  return (
    <span class={`chip${soon ? " is-warn" : ""}`} title={say("window_hint")}>
      <Icon name="clock" small />
      {say("window_left")}{" "}
      {left < 3_600_000 ? countdown(row.window_until - now.value) : lengthOf(left)}
    </span>
  );
}

// Who owns it, in words, always.
function Owner({ row }: { row: Row }) {
  const viewers = talkOf(row.citizen).viewing.value;
  const others = viewers.length > 0 && (
    <span class="viewers">
      <Icon name="eye" small />
      {say("also_looking", { names: viewers.map(fullName).join(", ") })}
    </span>
  );
  if (store.isOffered(row)) {
    return (
      <div class="owner is-offered">
        <Icon name="bell" small /><strong>{say("offered_to_you")}</strong>
        {row.offered_until !== undefined && <Countdown until={row.offered_until} soon={10_000} />}
        <span class="owner-do">
          <button type="button" class="primary small" onClick={() => void desk.accept(row)}>
            {say("accept")}
          </button>
          <button type="button" class="second small" onClick={() => void desk.decline(row)}>
            {say("decline")}
          </button>
        </span>
      </div>);
  }
  const queue = titleOf(store.queues.value, row.queue);
  if (store.isMine(row)) {
    return (
      <div class="owner is-mine">
        <Icon name="person" small />
        <strong>{say("owner_you")}</strong>
        <span>{queue}</span>
        {others}
        <WindowClock row={row} />
        <RiskChip row={row} />
      </div>
    );
  }
  if (row.owner === "agent") {
    return (
      <div class="owner is-other"><Icon name="lock" small />
        <strong>{say("owner_agent", { name: store.agentName(row.agent) })}</strong>
        <span>{queue}</span>
        {others}
        <WindowClock row={row} />
        <RiskChip row={row} />
      </div>
    );
  }
  if (row.owner === "queue") {
    return (
      <div class="owner is-queue">
        <Icon name="clock" small />
        <strong>{say("owner_queue", { queue })}</strong>
        {row.queued_at !== undefined && (
          <span>
            {say("waited")} <Since at={row.queued_at} />
          </span>
        )}
        {others}
      </div>
    );
  }
  return (
    <div class="owner is-bot"><Icon name="bot" small /><strong>{say("owner_bot")}</strong>
      {row.outcome && <span>{wordFor("gone", row.outcome)}</span>}{others}</div>);
}
function fullName(name: string): string {
  for (const agent of store.agents.value.values()) if (agent.name === name) return agent.full_name;
  return plain(name);
}

const nearEnd = 90; // pixels
const follows = (line: Line, before: Line | undefined): boolean =>
  before !== undefined &&
  before.from === line.from &&
  before.by === line.by &&
  line.at - before.at < 180_000 &&
  isSameDay(line.at, before.at);

function Lines({ citizen, row, onTakeBack }: {
  citizen: Citizen;
  row: Row | undefined;
  onTakeBack: (text: string) => void;
}) {
  const talk = talkOf(citizen);
  const box = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const [below, setBelow] = useState(0);
  const [busy, setBusy] = useState(false);
  const lines = talk.lines.value;
  const known = new Set(lines.map((line) => line.key).filter(Boolean));
  const own = unsent.value.filter((one) => one.citizen === citizen && !known.has(one.key));
  const last = lines.at(-1)?.line ?? -1;
  const typing = talk.typing.value;
  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  // Another conversation begins at its end.
  useLayoutEffect(() => {
    stuck.current = true;
    setBelow(0);
    toEnd();
  }, [citizen]);
  useLayoutEffect(() => {
    if (stuck.current) toEnd();
    else setBelow((n) => n + 1);
  }, [last, own.length]);
  useLayoutEffect(() => {
    if (stuck.current) toEnd();
  }, [typing !== undefined, talk.state.value]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => stuck.current && toEnd());
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    // Only who scrolls up leaves the end; what grows above it does not.
    const up = element.scrollTop < lastTop.current - 1;
    lastTop.current = element.scrollTop;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    stuck.current = near || (stuck.current && !up);
    if (stuck.current && below > 0) setBelow(0);
  };
  const onOlder = async () => {
    const element = box.current;
    const fromEnd = element ? element.scrollHeight - element.scrollTop : 0;
    setBusy(true);
    await desk.older(citizen);
    setBusy(false);
    requestAnimationFrame(() => element && (element.scrollTop = element.scrollHeight - fromEnd));
  };
  const name = nameOf(row);
  const mine = store.isMine(row);
  return (
    <div class="room">
      <div class="log" ref={box} role="log" aria-label={say("conversation")} aria-live="polite"
        aria-relevant="additions"
        aria-busy={busy || talk.state.value === "loading"} tabIndex={0} onScroll={onScroll}>
        <ol class="lines">
          {talk.more.value && (
            <li class="older">
              <button type="button" class="second small" disabled={busy}
                onClick={() => void onOlder()}>
                {say("older")}
              </button>
            </li>
          )}
          {lines.flatMap((line, i) => {
            const before = lines[i - 1];
            const shown = (
              <LineView key={line.line} line={line} row={row} citizen={name} mine={mine}
                follows={follows(line, before)}
                quoted={
                  line.reply_to === undefined
                    ? undefined
                    : lines.find((one) => one.line === line.reply_to)
                } />
            );
            return !before || !isSameDay(before.at, line.at)
              ? [
                  <li key={`day-${line.line}`} class="day">
                    <span>{dayOf(line.at, slowNow.value)}</span>
                  </li>,
                  shown,
                ]
              : [shown];
          })}
          {own.map((one) => <UnsentView key={one.key} one={one} onTakeBack={onTakeBack} />)}
          {typing && (
            <li class={`line ${typing.by ? "from-agent" : "from-citizen"} is-typing`}>
              <div class="bubble"><span class="dots" aria-hidden="true"><i /><i /><i /></span>
                <span class="unseen">
                  {say("is_typing", { name: typing.by ? fullName(typing.by) : name })}
                </span>
              </div>
            </li>
          )}
        </ol>
      </div>
      {below > 0 && (
        <button type="button" class="down"
          onClick={() => {
            stuck.current = true;
            setBelow(0);
            toEnd();
          }}>
          <Icon name="down" small />
          {say("new_below")}
        </button>
      )}
    </div>
  );
}

export function TalkPane({ citizen }: { citizen: Citizen | undefined }) {
  const [takenBack, setTakenBack] = useState<{ text: string } | undefined>(undefined);
  useEffect(() => setTakenBack(undefined), [citizen]);
  if (!citizen) {
    return (
      <section class="pane talk-pane" aria-label={say("conversation")}>
        <Empty icon="chats" title={say("choose_chat")}><p>{say("choose_chat_hint")}</p></Empty>
      </section>);
  }
  const row = store.rowOf(citizen).value;
  const talk = talkOf(citizen);
  const state = talk.state.value;
  const failed = state === "failed" && talk.lines.value.length === 0;
  return (
    <section class="pane talk-pane" aria-label={say("conversation")} data-citizen={citizen}
      data-open={state}>
      {row ? (
        <><Head row={row} /><Owner row={row} /></>
      ) : (
        <header class="talk-head">
          <button type="button" class="plain round only-narrow" aria-label={say("back_to_list")}
            onClick={() => { goTo("desk"); pane.value = "list"; }}><Icon name="left" /></button>
          <h2 class="talk-gone">{say("not_here_now")}</h2>
        </header>
      )}
      {failed ? <Empty icon="lock" title={say("cannot_open")} />
        : <Lines citizen={citizen} row={row} onTakeBack={(text) => setTakenBack({ text })} />}
      {row && !failed && (
        <Composer key={citizen} row={row} takenBack={takenBack}
          onTaken={() => setTakenBack(undefined)} />
      )}
    </section>
  );
}

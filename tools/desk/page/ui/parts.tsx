// Small pieces that many views are made of.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { now, serviceNow, slowNow } from "../clock";
import { nameOf, plain } from "../names";
import type { ClockName, Presence, Row } from "../protocol";
import { countdown, lengthOf } from "../when";
import { say, wordFor } from "../words";
import { Icon, type IconName } from "./icon";

// What somebody outside wrote: text in its own direction, never anything else.
export function Outside({ text, class: kind }: { text: string; class?: string }) {
  return <bdi dir="auto" class={kind}>{text}</bdi>;
}

const channelIcons: Record<string, IconName> = {
  whatsapp: "whatsapp",
  telegram: "telegram",
  phone: "phone",
};
export function ChannelIcon({ channel }: { channel: string }) {
  return (
    <span class={`channel channel-${Object.hasOwn(channelIcons, channel) ? channel : "web"}`}
      title={wordFor("channel", channel)}>
      <Icon name={channelIcons[channel] ?? "globe"} small />
      <span class="unseen">{wordFor("channel", channel)}</span>
    </span>
  );
}

function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{M} ]/gu, " ").trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
    return (first + last).toLocaleUpperCase();
}
function hue(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 997;
  return sum % 8;
}
export function Face({ name, of, channel }: { name: string; of?: string; channel?: string }) {
  const letters = initials(name);
  return (
    <span class={`face hue-${hue(of ?? name)}`} aria-hidden="true">
      {letters ? <span>{letters}</span> : <Icon name="person" />}
      {channel && <ChannelIcon channel={channel} />}
    </span>
  );
}
export function RowFace({ row }: { row: Row }) {
  return <Face name={nameOf(row)} of={row.citizen} channel={row.channel} />;
}

export function PresenceDot({ presence, lost }: { presence: Presence; lost?: boolean }) {
  return <span class={`dot is-${lost ? "lost" : presence}`} aria-hidden="true" />;
}

// Load as people count it: 3 of 4. Over is shown as such.
export function LoadMeter({ load, capacity, label }: {
  load: number;
  capacity: number;
  label?: boolean;
}) {
  const number = (units: number) => String(Math.round(units / 10) / 10);
  const full = load >= capacity;
  const over = load > capacity;
  const text = say("load_of", { load: number(load), capacity: number(capacity) });
  return (
    <span class={`meter${over ? " is-over" : full ? " is-full" : ""}`} title={text}>
      <progress max={Math.max(capacity, 1)} value={Math.min(load, capacity)}
        aria-label={say("load")} />
      {label !== false && <span class="meter-text">{number(load)}/{number(capacity)}</span>}
    </span>
  );
}

// How long until, ticking; red at the end.
export function Countdown({ until, soon }: { until: number; soon: number }) {
  now.value; // once a second
  const left = until - serviceNow();
  return <span class={`countdown${left < soon ? " is-soon" : ""}`}>{countdown(left)}</span>;
}
export function Since({ at }: { at: number }) {
  return <span class="since">{lengthOf(Math.max(0, slowNow.value - at))}</span>;
}

const riskMs = 120_000;
export interface Risk {
  name: ClockName;
  due: number | undefined;
  breached: boolean;
  soon: boolean;
}
// The clock of a conversation that matters most now.
export function riskOf(row: Row, at: number): Risk | undefined {
  let worst: Risk | undefined;
  for (const name of ["first_reply", "next_reply", "resolution"] as const) {
    const clock = row.clocks?.[name];
    if (!clock || (!clock.running && !clock.breached)) continue;
    const due = clock.running ? clock.due : undefined;
    const breached = clock.breached || (due !== undefined && due <= at);
    if (!clock.running) continue;
    const risk = { name, due, breached, soon: due !== undefined && due - at < riskMs };
    if (
      !worst ||
      Number(risk.breached) > Number(worst.breached) ||
      (due ?? Infinity) < (worst.due ?? Infinity)
    ) {
      worst = risk;
    }
  }
  return worst;
}
export function RiskChip({ row }: { row: Row }) {
  const risk = riskOf(row, slowNow.value);
  if (!risk || (!risk.breached && !risk.soon)) return null;
  const left = risk.due === undefined ? "" : lengthOf(Math.abs(risk.due - slowNow.value));
  const how = risk.breached ? say("overdue") : say("due_in", { left });
  const text = `${wordFor("clock", risk.name)}: ${how}`;
  return (
    <span class={`chip ${risk.breached ? "is-grave" : "is-warn"}`} title={text}>
      <Icon name="clock" small />
      {risk.breached ? say("overdue") : left}
      <span class="unseen"> {text}</span>
    </span>
  );
}

export function Field({ label, hint, error, children }: {
  label: string; hint?: string | undefined; error?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined }) => ComponentChildren;
}) {
  const id = useId();
  const about = hint || error ? `${id}-about` : undefined;
  return (
    <div class={`field${error ? " is-wrong" : ""}`}>
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": about })}
      {about && <p id={about} class={error ? "field-error" : "field-hint"}>{error || hint}</p>}
    </div>
  );
}

// One among few; `any` says what none of them means.
export function Select({ label, any, value, options, onPick }: {
  label: string;
  any: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onPick: (value: string) => void;
}) {
  return (
    <select aria-label={label} value={value}
      onChange={(event) => onPick(event.currentTarget.value)}>
      <option value="">{any}</option>
      {options.map(([one, title]) => <option key={one} value={one}>{title}</option>)}
    </select>
  );
}

// A table that scrolls in a frame of its own; `below` is what comes after its rows.
export function Table({ label, heads, children, below }: {
  label: string;
  heads: ComponentChildren[];
  children: ComponentChildren;
  below?: ComponentChildren;
}) {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="table">
        <thead><tr>{heads.map((head, i) => <th key={i}>{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
      {below}
    </div>
  );
}

export function Empty({ icon, title, children }: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
export const shown = (text: string): string => plain(text);

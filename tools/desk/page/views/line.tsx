// One line of a conversation: what a citizen, the bot or an agent said, a note, or a mark of what
// happened.
import type { ComponentChildren } from "preact";
import { show } from "../dialogs";
import { serviceNow } from "../clock";
import * as desk from "../desk";
import { dropUnsent, type Unsent } from "../outbox";
import { plain, titleOf } from "../names";
import type { Delivery, Line, Row, SentFile } from "../protocol";
import * as store from "../store";
import { linkState } from "../link";
import { tell } from "../told";
import { piecesOf, safeFile } from "../text";
import { Icon, type IconName } from "../ui/icon";
import { memo } from "../ui/memo";
import { sizeOf, timeOf } from "../when";
import { failureWord, say, wordFor } from "../words";
import { Picture } from "./picture";

export function Words({ text }: { text: string }) {
  return (
    <p class="words" dir="auto">
      {piecesOf(text).map((piece, i) =>
        "url" in piece ? (
          <button key={i} type="button" class="address" title={say("open_link")}
            onClick={() => show({ is: "link", url: piece.url })}>
            {piece.text}
          </button>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

function Sent({ file }: { file: SentFile }) {
  const href = safeFile(file.href);
  const name = plain(file.name);
  const about = file.size ? sizeOf(file.size) : ""; // of what was sent from here it is not known
  return (
    <div class="sent-file">
      {file.picture && href && <Picture key={href} href={href} name={name} />}
      <div class="file-row">
        <Icon name="paper" />
        <span class="file-words">
          <bdi class="file-name" dir="auto">{name}</bdi>
          <span class="file-about">{about}</span>
        </span>
        {href && (
          <a class="plain round" href={href} download={name}
            aria-label={say("download_named", { name })} title={say("download")}>
            <Icon name="download" />
          </a>
        )}
      </div>
    </div>
  );
}

const deliveryIcons: Record<Delivery, IconName> = {
  pending: "clock",
  accepted: "check",
  delivered: "checks",
  read: "checks",
  failed: "alert",
  unknown: "help",
};
function DeliveryState({ state }: { state: Delivery }) {
  const word = wordFor("delivery", state);
  return (
    <span class={`delivery is-${state}`} title={word}>
      <Icon name={deliveryIcons[state] ?? "help"} small />
      <span class="unseen">{word}</span>
    </span>
  );
}

const markIcons: Record<string, IconName> = {
  handed: "person",
  offered: "bell",
  accepted: "check",
  transferred: "transfer",
  returned: "back",
  closed: "check",
  left: "exit", timed_out: "clock", declined: "close", missed: "clock", handed_on: "transfer",
};
function personName(name: string | undefined): string {
  if (!name) return "";
  for (const agent of store.agents.value.values()) if (agent.name === name) return agent.full_name;
  return plain(name);
}
function MarkLine({ line }: { line: Line }) {
  const mark = line.mark ?? "";
  const what = wordFor("mark", mark);
  const more = [
    line.queue && titleOf(store.queues.value, line.queue),
    line.by && personName(line.by),
    line.to && `→ ${personName(line.to)}`,
    line.code && titleOf(store.codes.value, line.code),
    line.state && titleOf(store.states.value, line.state),
  ].filter(Boolean).join(" · ");
  return (
    <li class={`mark is-${/^\w+$/.test(mark) ? mark : "other"}`} data-line={line.line}>
      <span class="mark-in"><Icon name={markIcons[mark] ?? "right"} small />
        <span><strong>{what}</strong>{more && ` · ${more}`}</span>
        <time>{timeOf(line.at)}</time>
      </span>
      {line.note && (
        <p class="mark-note"><Icon name="note" small /><bdi dir="auto">{line.note}</bdi></p>
      )}
    </li>
  );
}

// By the account's name or by the full one.
function isMe(by: string | undefined): boolean {
  const me = store.me.value;
  return by !== undefined && (by === me?.name || by === me?.full_name);
}
function whoSays(line: Line, citizen: string): string {
  switch (line.from) {
    case "citizen": return citizen;
    case "bot": return say("bot");
    case "note": return `${say("note")} · ${personName(line.by)}`;
    default: return isMe(line.by) ? say("you") : personName(line.by);
  }
}
// What a line answers; where it is not among those that are shown, that it does.
export function Quote({ line }: { line: Line | undefined }) {
  const text = line?.text || (line?.file ? plain(line.file.name) : say("quoted_earlier"));
  return <p class="quote"><Icon name="back" small /><bdi dir="auto">{text}</bdi></p>;
}

interface Shown {
  line: Line;
  row: Row | undefined;
  citizen: string;
  follows: boolean;
  mine: boolean;
  quoted: Line | undefined;
}
export const LineView = memo(function LineView(
  { line, row, citizen, follows, mine, quoted }: Shown,
) {
  if (line.from === "mark") return <MarkLine line={line} />;
  const who = whoSays(line, citizen);
  const failed = line.delivery === "failed";
  const kind = `from-${line.from}${follows ? " follows" : ""}${failed ? " has-failed" : ""}`;
  return (
    <li class={`line ${kind}`} data-line={line.line}>
      <div class="bubble">
        <span class={follows ? "unseen" : "line-who"}>
          {line.from === "bot" && <Icon name="bot" small />}
          {line.from === "note" && <Icon name="note" small />}
          <bdi dir="auto">{who}</bdi>
          {line.from === "note" && !follows && <em class="note-only">{say("only_colleagues")}</em>}
        </span>
        {line.reply_to !== undefined && <Quote line={quoted} />}
        {line.file && <Sent file={line.file} />}
        {line.text && <Words text={line.text} />}
        {line.options && line.options.length > 0 && (
          <ul class="options" aria-label={say("options")}>
            {line.options.map((option, i) => <li key={i}><bdi dir="auto">{option}</bdi></li>)}
          </ul>
        )}
        <span class="line-foot"><time>{timeOf(line.at)}</time>
          {line.delivery && line.from !== "citizen" && <DeliveryState state={line.delivery} />}
        </span>
      </div>
      {mine && row && line.from === "citizen" && (
        <button type="button" class="plain round quote-this" tabIndex={-1}
          title={say("answer_this")} aria-label={`${say("answer_this")}: ${line.text ?? ""}`}
          onClick={() => desk.answer(row.citizen, line)}>
          <Icon name="back" small />
        </button>
      )}
      {line.delivery === "failed" && (
        <Failure why={line.reason ? failureWord(line.reason) : say("failed_unknown")}>
          {mine && row && line.text && !store.isShut(row, serviceNow()) && (
            <button type="button" class="second small" onClick={() => desk.sayAgain(row, line)}>
              <Icon name="again" small />
              {say("send_again")}
            </button>
          )}
          {line.text && <CopyButton text={line.text} />}
        </Failure>
      )}
    </li>
  );
});

function Failure({ why, children }: { why: string; children: ComponentChildren }) {
  return (
    <div class="failure">
      <span class="failure-why"><Icon name="alert" small />{say("not_sent")}: {why}</span>
      <span class="failure-do">{children}</span>
    </div>
  );
}
function CopyButton({ text }: { text: string }) {
  return (
    <button type="button" class="second small"
      onClick={() => {
        navigator.clipboard?.writeText(text).then(
          () => tell(say("copied")),
          () => tell(say("not_copied"), { grave: true }),
        );
      }}>
      <Icon name="copy" small />
      {say("copy")}
    </button>
  );
}

// Written here, and not yet said.
export function UnsentView({ one, onTakeBack }: {
  one: Unsent;
  onTakeBack: (text: string) => void;
}) {
  const offline = linkState.value !== "online";
  const from = one.kind === "note" ? "note" : "agent";
  const state = one.share !== undefined ? say("uploading", { n: Math.round(one.share * 100) })
    : offline ? say("waits_for_network") : say("sending");
  return (
    <li class={`line from-${from} is-unsent${one.why ? " has-failed" : ""}`} data-key={one.key}>
      <div class="bubble">
        <span class="line-who">
          {one.kind === "note" && <Icon name="note" small />}
          {say("you")}
        </span>
        {one.fileName && (
          <div class="file-row"><Icon name="paper" />
            <span class="file-words"><bdi class="file-name" dir="auto">{plain(one.fileName)}</bdi>
              <span class="file-about">{sizeOf(one.fileSize ?? 0)}</span></span></div>)}
        {one.share !== undefined && (
          <progress max={1} value={one.share}
            aria-label={say("uploading", { n: Math.round(one.share * 100) })} />
        )}
        {one.text && <Words text={one.text} />}
        {!one.why && <span class="line-foot"><Icon name="clock" small />{state}</span>}
      </div>
      {one.why && (
        <Failure why={wordFor("refused", one.why)}>
          {(one.file !== undefined || one.fileName === undefined) && (
            <button type="button" class="second small" onClick={() => desk.sendAgain(one)}>
              <Icon name="again" small />
              {say("send_again")}
            </button>
          )}
          {one.text && one.kind !== "template" && (
            <button type="button" class="second small"
              onClick={() => {
                dropUnsent(one.key);
                onTakeBack(one.text);
              }}>
              <Icon name="pen" small />
              {say("take_back")}
            </button>
          )}
          <button type="button" class="second small" onClick={() => dropUnsent(one.key)}>
            <Icon name="bin" small />
            {say("discard")}
          </button>
        </Failure>
      )}
    </li>
  );
}

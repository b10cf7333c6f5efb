// What each person chooses for themselves: language, looks, keys, tones and notices, password,
// codes.
import { useState } from "preact/hooks";
import { encode } from "uqr";
import * as api from "../api";
import * as desk from "../desk";
import { choose, events, prefs, tones, type Event, type Prefs, type Tone } from "../prefs";
import * as store from "../store";
import { play } from "../sounds";
import { tell } from "../told";
import { Field } from "../ui/parts";
import { Icon } from "../ui/icon";
import { say, wordFor } from "../words";
import { passwordLeast } from "./sign_in";
import type { ComponentChildren } from "preact";

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="card"><h2>{title}</h2>{children}</section>;
}
function Pick<T extends string>({ label, value, options, onPick }: {
  label: string;
  value: T;
  options: [T, string][];
  onPick: (value: T) => void;
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onPick(event.currentTarget.value as T)}>
          {options.map(([name, words]) => <option key={name} value={name}>{words}</option>)}
        </select>
      )}
    </Field>
  );
}
function Check({ label, hint, checked, onPick }: {
  label: string;
  hint?: string;
  checked: boolean;
  onPick: (on: boolean) => void;
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked}
        onChange={(event) => onPick(event.currentTarget.checked)} />
      <span>{label}{hint && <span class="faint">{hint}</span>}</span></label>
  );
}

export function SettingsPage() {
  const is = prefs.value;
  return (
    <div class="page settings">
      <header class="page-head"><h1>{say("page_settings")}</h1>
        <button type="button" class="second" onClick={() => void desk.signOut()}>
          <Icon name="exit" small />
          {say("sign_out")}
        </button>
      </header>
      <div class="cards">
        <Card title={say("looks")}>
          <Pick<Prefs["language"]>
            label={say("language")}
            value={is.language}
            onPick={(language) => choose({ language })}
            options={[["", say("as_browser")], ["id", "Bahasa Indonesia"], ["en", "English"]]} />
          <Pick<Prefs["theme"]>
            label={say("theme")}
            value={is.theme}
            onPick={(theme) => choose({ theme })}
            options={[
              ["auto", say("as_system")],
              ["light", say("light")],
              ["dark", say("dark")],
            ]}
          />
          <Pick<Prefs["size"]>
            label={say("text_size")}
            value={is.size}
            onPick={(size) => choose({ size })}
            options={[
              ["small", say("size_small")],
              ["normal", say("size_normal")],
              ["large", say("size_large")],
              ["huge", say("size_huge")],
            ]}
          />
        </Card>
        <Card title={say("writing_and_keys")}>
          <Pick
            label={say("send_with")}
            value={is.enterSends ? "enter" : "ctrl"}
            onPick={(value) => choose({ enterSends: value === "enter" })}
            options={[["enter", say("send_enter")], ["ctrl", say("send_ctrl")]]} />
          <Check label={say("keys_with_alt")} hint={say("keys_with_alt_hint")} checked={is.keys}
            onPick={(keys) => choose({ keys })} />
        </Card>
        {store.isAgent.value && <Tones />}
        <PasswordCard />
        <CodesCard />
      </div>
    </div>
  );
}

function Tones() {
  const is = prefs.value;
  const mayNotice = "Notification" in window ? Notification.permission : "denied";
  const [, setAsked] = useState(0);
  const setTone = (event: Event, tone: Tone) => {
    choose({ tones: { ...is.tones, [event]: tone } });
    play(tone);
  };
  return (
    <Card title={say("tones_and_notices")}>
      <p class="field-hint">{say("tones_hint")}</p>
      <table class="tones">
        <thead>
          <tr><th>{say("event")}</th><th>{say("tone")}</th><th>{say("notice")}</th></tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event}>
              <th scope="row">{wordFor("event", event)}</th>
              <td>
                <select value={is.tones[event]}
                  aria-label={`${say("tone")}: ${wordFor("event", event)}`}
                  onChange={(e) => setTone(event, e.currentTarget.value as Tone)}>
                  {tones.map((tone) => (
                    <option key={tone} value={tone}>{wordFor("tone", tone)}</option>
                  ))}
                </select>
              </td>
              <td>
                <input type="checkbox" checked={is.notices[event]}
                  aria-label={`${say("notice")}: ${wordFor("event", event)}`}
                  onChange={(e) =>
                    choose({ notices: { ...is.notices, [event]: e.currentTarget.checked } })
                  } />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Field label={say("volume")}>
        {(ids) => (
          <input {...ids} type="range" min="0" max="100" step="10" value={is.volume}
            onChange={(event) => {
              choose({ volume: Number(event.currentTarget.value) });
              play("pop");
            }} />
        )}
      </Field>
      {mayNotice === "default" && (
        <button type="button" class="second"
          onClick={() => void Notification.requestPermission().then(() => setAsked((n) => n + 1))}>
          <Icon name="bell" small />
          {say("allow_notices")}
        </button>
      )}
      {mayNotice === "denied" && <p class="field-hint">{say("notices_denied")}</p>}
    </Card>
  );
}

function PasswordCard() {
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [busy, setBusy] = useState(false);
  const short = fresh !== "" && [...fresh].length < passwordLeast;
  const go = async (event: SubmitEvent) => {
    event.preventDefault();
    if (short) return;
    setBusy(true);
    try {
      await api.changePassword(old, fresh);
      setOld("");
      setFresh("");
      tell(say("password_changed"));
    } catch (trouble) {
      desk.complain(trouble);
    }
    setBusy(false);
  };
  return (
    <Card title={say("password")}>
      <form onSubmit={go}>
        <Field label={say("old_password")}>
          {(ids) => (
            <input {...ids} type="password" value={old} required autocomplete="current-password"
              onInput={(e) => setOld(e.currentTarget.value)} />
          )}
        </Field>
        <Field label={say("new_password")} hint={say("password_hint", { n: passwordLeast })}
          error={short ? say("password_short", { n: passwordLeast }) : undefined}>
          {(ids) => (
            <input {...ids} type="password" value={fresh} required autocomplete="new-password"
              onInput={(e) => setFresh(e.currentTarget.value)} />
          )}
        </Field>
        <button type="submit" class="second" disabled={busy}>{say("change_password")}</button>
      </form>
    </Card>
  );
}

// Drawn from squares, dark on light whatever the theme: cameras want it so.
function Squares({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data
    .map((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""))
    .join("");
  return (
    <svg class="squares" viewBox={`0 0 ${size} ${size}`} role="img"
      aria-label={say("code_picture")}>
      <rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" /></svg>
  );
}
async function orComplain(what: () => Promise<void>): Promise<void> {
  try {
    await what();
  } catch (trouble) {
    desk.complain(trouble);
  }
}
function CodesCard() {
  const me = store.me.value;
  const set = (on: boolean) => {
    if (me) store.me.value = { ...me, code: on };
    tell(say(on ? "codes_on" : "codes_off"));
  };
  return (
    <Card title={say("one_time_codes")}>
      {me?.code ? <EndCodes onDone={() => set(false)} /> : <BeginCodes onDone={() => set(true)} />}
    </Card>
  );
}
function EndCodes({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState("");
  const end = async () => {
    await api.endCode(password);
    onDone();
  };
  return (
    <>
      <p><span class="chip is-ok"><Icon name="check" small />{say("codes_are_on")}</span></p>
      <form onSubmit={(event) => {
        event.preventDefault();
        void orComplain(end);
      }}>
        <Field label={say("password")} hint={say("codes_end_hint")}>
          {(ids) => (
            <input {...ids} type="password" value={password} required
              autocomplete="current-password"
              onInput={(e) => setPassword(e.currentTarget.value)} />
          )}
        </Field>
        <button type="submit" class="second danger">{say("codes_end")}</button>
      </form>
    </>
  );
}
function BeginCodes({ onDone }: { onDone: () => void }) {
  const [begun, setBegun] = useState<{ secret: string; uri: string } | undefined>(undefined);
  const [code, setCode] = useState("");
  const begin = async () => setBegun(await api.beginCode());
  const confirm = async () => {
    await api.confirmCode(code.replace(/\s/g, ""));
    onDone();
  };
  return (
    <>
      <p class="field-hint">{say("codes_hint")}</p>
      {!begun ? (
        <button type="button" class="second" onClick={() => void orComplain(begin)}>
          <Icon name="shield" small />
          {say("codes_begin")}
        </button>
      ) : (
        <form onSubmit={(event) => {
          event.preventDefault();
          void orComplain(confirm);
        }}>
          <p>{say("codes_scan")}</p>
          <Squares text={begun.uri} />
          <p class="secret"><code>{begun.secret}</code></p>
          <Field label={say("one_time_code")}>
            {(ids) => (
              <input {...ids} class="code" value={code} inputMode="numeric" required maxLength={7}
                autocomplete="one-time-code" onInput={(e) => setCode(e.currentTarget.value)} />
            )}
          </Field>
          <button type="submit" class="primary">{say("codes_confirm")}</button>
        </form>
      )}
    </>
  );
}

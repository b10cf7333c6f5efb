// Before one is in: signing in, the first administrator, and a password by link.
import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "../api";
import * as desk from "../desk";
import { choose } from "../prefs";
import { goTo, place } from "../routes";
import { stage } from "../store";
import { Field } from "../ui/parts";
import { Icon } from "../ui/icon";
import { language, say, wordFor } from "../words";
import type { ComponentChildren } from "preact";

export const passwordLeast = 12;

function Gate({ title, intro, children }: {
  title: string;
  intro: string;
  children: ComponentChildren;
}) {
  return (
    <main class="gate">
      <div class="gate-card">
        <div class="gate-mark" aria-hidden="true"><Icon name="chats" /></div>
        <h1>{title}</h1>
        <p class="gate-intro">{intro}</p>
        {children}
      </div>
      <button type="button" class="plain gate-language" lang={language.value === "id" ? "en" : "id"}
        onClick={() => choose({ language: language.value === "id" ? "en" : "id" })}>
        <Icon name="globe" small />{language.value === "id" ? "English" : "Bahasa Indonesia"}
      </button>
    </main>
  );
}

// Says what went wrong, and puts the focus where it can be mended.
function useTrouble() {
  const [trouble, setTrouble] = useState("");
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (trouble) box.current?.focus();
  }, [trouble]);
  const show = trouble ? (
    <p class="gate-trouble" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" small />
      {trouble}
    </p>
  ) : null;
  return { show, setTrouble };
}
const wordOf = (trouble: unknown): string =>
  trouble instanceof api.Trouble ? trouble.word : "unavailable";

export function SignIn() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const { show, setTrouble } = useTrouble();
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asksCode) codeField.current?.focus();
  }, [asksCode]);
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setTrouble("");
    try {
      desk.enter(await api.signIn(name.trim(), password, code.replace(/\s/g, "") || undefined));
    } catch (trouble) {
      const word = wordOf(trouble);
      if (word === "code" && !asksCode) setAsksCode(true);
      else setTrouble(wordFor("sign_in", word));
      setBusy(false);
    }
  };
  return (
    <Gate title={say("sign_in_title")} intro={say("sign_in_intro")}>
      {show}
      <form onSubmit={enter}>
        <Field label={say("account_name")}>
          {(ids) => (
            <input {...ids} value={name} onInput={(e) => setName(e.currentTarget.value)}
              autocomplete="username" autocapitalize="none" spellcheck={false} required autoFocus />
          )}
        </Field>
        <Field label={say("password")}>
          {(ids) => (
            <input {...ids} type="password" value={password}
              onInput={(e) => setPassword(e.currentTarget.value)} autocomplete="current-password"
              required />
          )}
        </Field>
        {asksCode && (
          <Field label={say("one_time_code")} hint={say("one_time_code_hint")}>
            {(ids) => (
              <input {...ids} ref={codeField} class="code" value={code} inputMode="numeric"
                maxLength={7} onInput={(e) => setCode(e.currentTarget.value)}
                autocomplete="one-time-code" required />
            )}
          </Field>
        )}
        <button type="submit" class="primary wide" disabled={busy}>
          {busy ? say("one_moment") : say("sign_in")}
        </button>
      </form>
    </Gate>
  );
}

interface Chosen { name: string; fullName: string; password: string; again: string }
export function ByLink({ first }: { first: boolean }) {
  const [is, setIs] = useState<Chosen>({ name: "", fullName: "", password: "", again: "" });
  const [busy, setBusy] = useState(false);
  const { show, setTrouble } = useTrouble();
  const set = (change: Partial<Chosen>) => setIs({ ...is, ...change });
  const here = place.value;
  const link = "link" in here ? here.link : "";
  const go = async (event: SubmitEvent) => {
    event.preventDefault();
    if ([...is.password].length < passwordLeast)
      return setTrouble(say("password_short", { n: passwordLeast }));
    if (is.password !== is.again) return setTrouble(say("password_differs"));
    setBusy(true);
    setTrouble("");
    try {
      if (first) await api.makeFirst(link, is.name.trim(), is.fullName.trim(), is.password);
      else await api.usePasswordLink(link, is.password);
      goTo("desk");
      stage.value = "loading";
      await desk.begin();
    } catch (trouble) {
      setTrouble(wordFor("sign_in", wordOf(trouble)));
      setBusy(false);
    }
  };
  return (
    <Gate title={say(first ? "first_title" : "link_title")}
      intro={say(first ? "first_intro" : "link_intro")}>
      {show}
      <form onSubmit={go}>
        {first && (
          <>
            <Field label={say("account_name")} hint={say("account_name_hint")}>
              {(ids) => (
                <input {...ids} value={is.name}
                  onInput={(e) => set({ name: e.currentTarget.value })} autocomplete="username"
                  autocapitalize="none" spellcheck={false} required autoFocus />
              )}
            </Field>
            <Field label={say("full_name")}>
              {(ids) => (
                <input {...ids} value={is.fullName}
                  onInput={(e) => set({ fullName: e.currentTarget.value })} autocomplete="name"
                  required />
              )}
            </Field>
          </>
        )}
        <Field label={say("new_password")} hint={say("password_hint", { n: passwordLeast })}>
          {(ids) => <input {...ids} type="password" value={is.password} autocomplete="new-password"
            onInput={(e) => set({ password: e.currentTarget.value })} required />}
        </Field>
        <Field label={say("password_again")}>
          {(ids) => <input {...ids} type="password" value={is.again} autocomplete="new-password"
            onInput={(e) => set({ again: e.currentTarget.value })} required />}
        </Field>
        <button type="submit" class="primary wide" disabled={busy}>
          {busy ? say("one_moment") : say(first ? "first_make" : "link_set")}
        </button>
      </form>
    </Gate>
  );
}

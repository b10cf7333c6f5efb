// The whole page: the way between its parts at the left, what is told in passing, and the window
// above.
import { useEffect } from "preact/hooks";
import { focusOn, myPages, shownRow } from "../commands";
import { openWindow, pane, panelShown, show, shut } from "../dialogs";
import { linkState } from "../link";
import { pathOf, place, shownCitizen } from "../routes";
import * as store from "../store";
import { dismiss, spoken, toasts } from "../told";
import { goTo } from "../routes";
import { Icon } from "../ui/icon";
import { say } from "../words";
import { Accounts } from "./accounts";
import { Archive } from "./archive";
import { Audit } from "./audit";
import { ListPane } from "./list";
import { PanelPane } from "./panel";
import { Help, Palette } from "./palette";
import { Replies } from "./replies";
import { SettingsPage } from "./settings";
import { ByLink, SignIn } from "./sign_in";
import { TalkPane } from "./talk";
import { Wall } from "./wall";
import {
  AssignWindow,
  CloseWindow,
  LinkWindow,
  ReturnWindow,
  TemplateWindow,
  TransferWindow,
} from "./windows";

function Rail() {
  const here = place.value.at;
  const fresh =
    store.offered.value.length +
    store.mine.value.filter((row) => store.unansweredOf(row) > 0).length;
  return (
    <nav class="rail" aria-label={say("navigation")}>
      {myPages().map((page) => (
        <a key={page.at} href={pathOf(page.at)} class="rail-link"
          aria-current={here === page.at ? "page" : undefined}
          onClick={() => { if (page.at === "desk") pane.value = "list"; }}>
          <Icon name={page.icon} /><span>{say(page.title)}</span>
          {page.at === "desk" && fresh > 0 && (
            <span class="badge" aria-label={say("unanswered", { n: fresh })}>{fresh}</span>
          )}
        </a>))}
      <span class="rail-space" />
      <button type="button" class="rail-link" onClick={() => show({ is: "palette" })}
        title="Ctrl+K">
        <Icon name="command" />
        <span>{say("commands")}</span>
      </button>
      <button type="button" class="rail-link" onClick={() => show({ is: "help" })} title="?">
        <Icon name="help" />
        <span>{say("keys")}</span>
      </button>
    </nav>
  );
}

function DeskPage() {
  const citizen = shownCitizen();
  useEffect(() => {
    if (citizen && pane.value === "list") pane.value = "talk";
    if (!citizen) pane.value = "list";
  }, [citizen]);
  return (
    <div class="panes" data-pane={citizen ? pane.value : "list"}
      data-panel={panelShown.value && citizen ? "shown" : "hidden"}>
      <h1 class="unseen">{say("tab_title")}</h1>
      <ListPane />
      <TalkPane citizen={citizen} />
      {citizen && <PanelPane citizen={citizen} />}
    </div>
  );
}

function Page() {
  switch (place.value.at) {
    case "wall": return <Wall />;
    case "archive": return <Archive />;
    case "replies": return <Replies />;
    case "accounts": return <Accounts />;
    case "audit": return <Audit />;
    case "settings": return <SettingsPage />;
    default: return store.isAgent.value ? <DeskPage /> : null;
  }
}

function WindowAbove() {
  const is = openWindow.value;
  if (!is) return null;
  switch (is.is) {
    case "palette": return <Palette />;
    case "help": return <Help />;
    case "link": return <LinkWindow url={is.url} />;
    default: break;
  }
  const row = store.rowOf(is.citizen).value;
  if (!row) return null;
  switch (is.is) {
    case "transfer": return <TransferWindow row={row} />;
    case "return": return <ReturnWindow row={row} />;
    case "close": return <CloseWindow row={row} />;
    case "assign": return <AssignWindow row={row} />;
    case "template": return <TemplateWindow row={row} />;
  }
}

function Connection() {
  const state = linkState.value;
  if (state === "online" || (state === "connecting" && !store.known.value)) return null;
  return <div class="offline" role="status"><Icon name="alert" small />{say("offline")}</div>;
}
export function Told() {
  return (
    <>
      <div class="toasts" role="region" aria-label={say("news")}>
        {toasts.value.map((toast) => (
          <div key={toast.id} class={`toast${toast.grave ? " is-grave" : ""}`}>
            {toast.grave && <Icon name="alert" small />}
            <span class="toast-text"><bdi dir="auto">{toast.text}</bdi></span>
            {toast.citizen && shownCitizen() !== toast.citizen && (
              <button type="button" class="plain"
                onClick={() => {
                  goTo("desk", toast.citizen);
                  dismiss(toast.id);
                }}>
                {say("open")}
              </button>
            )}
            <button type="button" class="plain round" aria-label={say("dismiss")}
              onClick={() => dismiss(toast.id)}>
              <Icon name="close" small />
            </button>
          </div>))}
      </div>
      <div class="unseen" role="status" aria-live="polite">
        {spoken.value.grave ? "" : spoken.value.text}
      </div>
      <div class="unseen" role="alert">{spoken.value.grave ? spoken.value.text : ""}</div>
    </>
  );
}

function SignedIn() {
  const me = store.me.value;
  // Who does not serve has no desk: they begin at what they are for.
  useEffect(() => {
    const first = myPages()[0];
    if (me && place.value.at === "desk" && !store.isAgent.value && first) goTo(first.at);
  }, [me?.name]);
  const at = place.value.at;
  // A conversation that was handed on takes its window along.
  useEffect(() => {
    const is = openWindow.value;
    if (is && "citizen" in is && !shownRow() && at === "desk") shut();
  });
  return (
    <>
      <a class="skip" href="#main"
        onClick={(event) => {
          event.preventDefault();
          focusOn("main");
        }}>
        {say("skip")}
      </a>
      <Connection />
      <div class="app">
        <Rail />
        <main id="main" tabIndex={-1} data-at={at}>
          {store.known.value || !store.isAgent.value ? (
            <Page />
          ) : (
            <p class="loading" role="status">{say("connecting")}</p>
          )}
        </main>
      </div>
      <WindowAbove />
    </>
  );
}

export function App() {
  const stage = store.stage.value;
  return (
    <>
      {stage === "desk" ? <SignedIn />
        : stage === "sign_in" ? <SignIn />
        : stage === "first" || stage === "password" ? <ByLink first={stage === "first"} />
        : <p class="loading" role="status">{say("one_moment")}</p>}
      <Told />
    </>
  );
}

// Accounts, for administrators: adding people, changing what they may, shutting them out.
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import * as desk from "../desk";
import { titleOf } from "../names";
import type { Role, User } from "../protocol";
import * as store from "../store";
import { tell } from "../told";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Empty, Face, Field, Table } from "../ui/parts";
import { say, wordFor } from "../words";

const roles: Role[] = ["agent", "supervisor", "content", "administrator", "auditor"];
const serves = (role: Role): boolean => role === "agent" || role === "supervisor";

export function Accounts() {
  const [users, setUsers] = useState<User[] | undefined>(undefined);
  const [edited, setEdited] = useState<User | "new" | undefined>(undefined);
  const [link, setLink] = useState<{ name: string; url: string } | undefined>(undefined);
  const load = async () => {
    try {
      const got = await api.users();
      setUsers(Array.isArray(got) ? got : got.users);
    } catch (trouble) {
      desk.complain(trouble);
    }
  };
  useEffect(() => void load(), []);
  const done = (name: string, passwordLink?: string) => {
    setEdited(undefined);
    if (passwordLink) setLink({ name, url: wholeLink(passwordLink) });
    else tell(say("account_kept"));
    void load();
  };
  return (
    <div class="page">
      <header class="page-head"><h1>{say("page_accounts")}</h1>
        <button type="button" class="primary" onClick={() => setEdited("new")}>
          <Icon name="plus" small />
          {say("new_account")}
        </button>
      </header>
      {users && users.length === 0 && <Empty icon="accounts" title={say("nothing_found")} />}
      {users && users.length > 0 && (
        <AccountTable users={users} onEdit={setEdited} />
      )}
      {edited && (
        <Edit user={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)}
          onDone={done} />
      )}
      {link && <LinkDialog {...link} onClose={() => setLink(undefined)} />}
    </div>
  );
}
function AccountTable({ users, onEdit }: { users: User[]; onEdit: (user: User) => void }) {
  const heads = [
    say("full_name"), say("role"), say("queues"), say("capacity"), say("account_state"),
    <span class="unseen">{say("change")}</span>,
  ];
  const queuesOf = (user: User) =>
    user.queues.map((queue) => titleOf(store.queues.value, queue)).join(", ");
  return (
    <Table label={say("page_accounts")} heads={heads}>
      {users.map((user) => (
        <tr key={user.name} class={user.disabled ? "is-off" : ""}>
          <td>
            <span class="row-link">
              <Face name={user.full_name} of={user.name} />
              <span>{user.full_name}<span class="faint">{user.name}</span></span>
            </span>
          </td>
          <td>{wordFor("role", user.role)}</td>
          <td>{(serves(user.role) && queuesOf(user)) || "–"}</td>
          <td>{serves(user.role) ? user.units / 100 || say("usual") : "–"}</td>
          <td>
            <span class={`chip ${user.disabled ? "is-grave" : "is-ok"}`}>
              {say(user.disabled ? "disabled" : "enabled")}
            </span>
            {user.code && <span class="chip">{say("with_code")}</span>}
          </td>
          <td>
            <button type="button" class="second small" onClick={() => onEdit(user)}
              aria-label={`${say("change")}: ${user.full_name}`}>
              <Icon name="pen" small />
              {say("change")}
            </button>
          </td>
        </tr>
      ))}
    </Table>
  );
}
function LinkDialog({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  const copy = () => void navigator.clipboard?.writeText(url).then(() => tell(say("copied")));
  return (
    <Dialog title={say("password_link")} onClose={onClose}>
      <p class="dialog-hint">{say("password_link_hint", { name })}</p>
      <p class="secret"><code>{url}</code></p>
      <footer class="dialog-foot">
        <button type="button" class="primary" onClick={copy}>
          <Icon name="copy" small />
          {say("copy")}
        </button>
      </footer>
    </Dialog>
  );
}
// The service may answer with the whole address or only with what is secret in it.
function wholeLink(link: string): string {
  const secret = link.split("/").at(-1) ?? link;
  return `${location.origin}/#/password/${secret}`;
}

function Edit({ user, onClose, onDone }: {
  user: User | undefined;
  onClose: () => void;
  onDone: (name: string, link?: string) => void;
}) {
  const [is, setIs] = useState({
    name: user?.name ?? "", fullName: user?.full_name ?? "", role: user?.role ?? ("agent" as Role),
    queues: user?.queues ?? store.queues.value.map((queue) => queue.name),
    units: user ? String(user.units / 100 || "") : "",
  });
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<typeof is>) => setIs({ ...is, ...change });
  const run = async (what: Promise<{ password_link?: string }>) => {
    setBusy(true);
    try {
      const answer = await what;
      onDone(is.fullName || is.name, answer.password_link);
    } catch (trouble) {
      desk.complain(trouble);
      setBusy(false);
    }
  };
  const self = user?.name === store.me.value?.name;
  return (
    <Dialog title={user ? user.full_name : say("new_account")} onClose={onClose} wide>
      <form onSubmit={(event) => {
        event.preventDefault();
        const all = {
          full_name: is.fullName.trim(),
          role: is.role,
          queues: serves(is.role) ? is.queues : [],
          units: Math.round(Number(is.units || 0) * 100),
        };
        void run(
          user ? api.changeUser(user.name, all) : api.addUser({ name: is.name.trim(), ...all }),
        );
      }}>
        <div class="two">
          <Field label={say("account_name")} hint={say("account_name_hint")}>
            {(ids) => (
              <input {...ids} value={is.name} disabled={user !== undefined} required
                autocapitalize="none" spellcheck={false} autocomplete="off"
                onInput={(event) => set({ name: event.currentTarget.value })} />
            )}
          </Field>
          <Field label={say("full_name")} hint={say("full_name_hint")}>
            {(ids) => (
              <input {...ids} value={is.fullName} required autocomplete="off"
                onInput={(event) => set({ fullName: event.currentTarget.value })} />
            )}
          </Field>
        </div>
        <div class="two">
          <Field label={say("role")} hint={wordFor("role_hint", is.role)}>
            {(ids) => (
              <select {...ids} value={is.role} disabled={self}
                onChange={(event) => set({ role: event.currentTarget.value as Role })}>
                {roles.map((role) => (
                  <option key={role} value={role}>{wordFor("role", role)}</option>
                ))}
              </select>
            )}
          </Field>
          {serves(is.role) && (
            <Field label={say("capacity")}
              hint={say("capacity_hint", { n: store.settings.value.capacity / 100 })}>
              {(ids) => (
                <input {...ids} type="number" min="0" max="20" step="0.5" value={is.units}
                  onInput={(event) => set({ units: event.currentTarget.value })} />
              )}
            </Field>
          )}
        </div>
        {serves(is.role) && (
          <fieldset class="checks"><legend>{say("queues")}</legend>
            {store.queues.value.map((queue) => (
              <label key={queue.name} class="check">
                <input type="checkbox" checked={is.queues.includes(queue.name)}
                  onChange={(event) =>
                    set({
                      queues: event.currentTarget.checked
                        ? [...is.queues, queue.name]
                        : is.queues.filter((one) => one !== queue.name),
                    })
                  } />
                <span>{titleOf(store.queues.value, queue.name)}</span></label>))}
          </fieldset>)}
        {user && !self && (
          <div class="account-more">
            <button type="button" class="second" disabled={busy}
              onClick={() => void run(api.changeUser(user.name, { reset: true }))}>
              <Icon name="link" small />
              {say("new_password_link")}
            </button>
            {user.code && (
              <button type="button" class="second" disabled={busy}
                onClick={() => void run(api.changeUser(user.name, { drop_codes: true }))}>
                <Icon name="shield" small />
                {say("drop_codes")}
              </button>
            )}
            <button type="button" class={user.disabled ? "second" : "second danger"} disabled={busy}
              onClick={() => void run(api.changeUser(user.name, { disabled: !user.disabled }))}>
              {say(user.disabled ? "enable" : "disable")}
            </button>
          </div>)}
        <footer class="dialog-foot">
          <button type="button" class="second" onClick={onClose}>{say("cancel")}</button>
          <button type="submit" class="primary" disabled={busy}>
            {say(user ? "keep" : "make_account")}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

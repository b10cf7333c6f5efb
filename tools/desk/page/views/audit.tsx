// The audit log: who read what and who did what, and whether the chain of it is whole.
import { useEffect, useState } from "preact/hooks";
import * as api from "../api";
import * as desk from "../desk";
import { plain } from "../names";
import * as store from "../store";
import type { AuditRow } from "../protocol";
import { Icon } from "../ui/icon";
import { Empty, Table } from "../ui/parts";
import { momentOf } from "../when";
import { say, wordFor } from "../words";

export function Audit() {
  const [rows, setRows] = useState<AuditRow[] | undefined>(undefined);
  const [whole, setWhole] = useState(true);
  const [by, setBy] = useState("");
  const [citizen, setCitizen] = useState("");
  const [ended, setEnded] = useState(false);
  const load = async (before?: number) => {
    try {
      const got = await api.audit(before, by.trim(), citizen.trim());
      setWhole(got.whole);
      setEnded(got.rows.length === 0);
      setRows((old) => before === undefined ? got.rows : [...(old ?? []), ...got.rows]);
    } catch (trouble) {
      desk.complain(trouble);
    }
  };
  useEffect(() => void load(), []);
  return (
    <div class="page">
      <header class="page-head"><h1>{say("page_audit")}</h1>
        <span class={`chain ${whole ? "is-whole" : "is-broken"}`} role="status">
          <Icon name={whole ? "shield" : "alert"} small />
          {say(whole ? "chain_whole" : "chain_broken")}
        </span>
      </header>
      {!whole && (
        <p class="grave-box" role="alert"><Icon name="alert" />{say("chain_broken_hint")}</p>
      )}
      <form class="looking" role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void load();
        }}>
        <input value={by} placeholder={say("audit_by")} aria-label={say("audit_by")}
          onInput={(event) => setBy(event.currentTarget.value)} />
        <input value={citizen} placeholder={say("audit_citizen")} aria-label={say("audit_citizen")}
          onInput={(event) => setCitizen(event.currentTarget.value)} />
        <button type="submit" class="primary">{say("search")}</button>
      </form>
      {rows && rows.length === 0 && <Empty icon="audit" title={say("nothing_found")} />}
      {rows && rows.length > 0 && (
        <AuditTable rows={rows} ended={ended} onMore={() => void load(rows.at(-1)?.count)} />
      )}
    </div>
  );
}

function AuditTable({ rows, ended, onMore }: {
  rows: AuditRow[];
  ended: boolean;
  onMore: () => void;
}) {
  const heads = [
    say("number"), say("time"), say("who"), say("did"), say("citizen"), say("detail"),
  ];
  const mayRead = store.me.value?.role === "auditor";
  return (
    <Table label={say("page_audit")} heads={heads} below={!ended && (
      <button type="button" class="second" onClick={onMore}>{say("more")}</button>
    )}>
      {rows.map((row) => (
        <tr key={row.count}>
          <td class="is-number">{row.count}</td>
          <td class="is-when">{momentOf(row.at)}</td>
          <td>{plain(row.by)}</td>
          <td>{wordFor("did", row.did)}</td>
          <td>
            {row.citizen && (mayRead ? (
              <a href={`#/archive/${row.citizen}`}><code>{row.citizen}</code></a>
            ) : (
              <code>{row.citizen}</code>
            ))}
          </td>
          <td class="is-wide"><bdi dir="auto">{plain(row.detail ?? "")}</bdi></td>
        </tr>
      ))}
    </Table>
  );
}

// Where in the page one is: the part of the address after "#".
import { signal } from "@preact/signals";
import type { Citizen } from "./protocol";

export type Place =
  | { at: "desk"; citizen?: Citizen }
  | { at: "wall" | "archive" | "replies" | "accounts" | "audit" | "settings"; citizen?: Citizen }
  | { at: "first" | "password"; link: string };

function read(): Place {
  const [at = "", what = ""] = location.hash.replace(/^#\/?/, "").split("/");
  switch (at) {
    case "first": case "password": return { at, link: what };
    case "wall": case "archive": case "replies": case "accounts": case "audit": case "settings":
      return what ? { at, citizen: what } : { at };
    case "c": return { at: "desk", citizen: what };
    default: return { at: "desk" };
  }
}

export const place = signal<Place>(read());
addEventListener("hashchange", () => (place.value = read()));

export const pathOf = (at: string, what?: string): string =>
  at === "desk" ? (what ? `#/c/${what}` : "#/") : `#/${at}${what ? "/" + what : ""}`;
export function goTo(at: string, what?: string): void {
  location.hash = pathOf(at, what);
  place.value = read();
}
// The conversation that is looked at.
export function shownCitizen(): Citizen | undefined {
  const here = place.value;
  return "citizen" in here ? here.citizen : undefined;
}

// Which window is open above the page. One at a time.
import { signal } from "@preact/signals";
import type { Citizen } from "./protocol";

export type Window =
  | { is: "palette" | "help" }
  | { is: "transfer" | "return" | "close" | "assign" | "template"; citizen: Citizen }
  | { is: "link"; url: string };

export const openWindow = signal<Window | undefined>(undefined);
export const show = (what: Window): void => void (openWindow.value = what);
export const shut = (): void => void (openWindow.value = undefined);
// Which of the three panes a narrow screen shows, and whether a wide one shows the panel.
export const pane = signal<"list" | "talk" | "panel">("list");
export const panelShown = signal(true);

// The keyboard: Ctrl+K for the palette, ? for the sheet, Alt with a letter for what commands.ts
// names. Keys with Alt can be turned off, for those whose reader or system needs them.
import { commands } from "./commands";
import { openWindow, show } from "./dialogs";
import { prefs } from "./prefs";
import { stage } from "./store";

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (stage.value !== "desk" || event.isComposing) return;
    if (
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      !event.shiftKey &&
      event.code === "KeyK"
    ) {
      event.preventDefault();
      if (!openWindow.value) show({ is: "palette" });
      return;
    }
    if (openWindow.value) return;
    if (event.key === "?" && !isWriting(event.target)) {
      event.preventDefault();
      show({ is: "help" });
      return;
    }
    if (!prefs.value.keys || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const command = commands().find((one) => one.key === event.code);
    if (!command) return;
    event.preventDefault();
    command.run();
  });
}

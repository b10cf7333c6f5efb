// A window above the page, by the browser's own <dialog>: it keeps the focus, closes with Escape,
// and gives the focus back to where it came from.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../words";
import { Icon } from "./icon";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
  side?: boolean;
  class?: string;
}
export function Dialog({ title, onClose, children, wide, side, class: more }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before anything is painted, so that what is typed next is typed into it.
  useLayoutEffect(() => {
    const dialog = box.current;
    const from = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, []);
  const kind = `${wide ? " is-wide" : ""}${side ? " is-side" : ""}${more ? " " + more : ""}`;
  return (
    <dialog
      ref={box} class={`dialog${kind}`} aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClose={onClose}
      onMouseDown={(event) => { if (event.target === box.current) onClose(); }}
    >
      <div class="dialog-in">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="plain round" aria-label={say("close_window")}
            title={say("close_window")} onClick={onClose}><Icon name="close" /></button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

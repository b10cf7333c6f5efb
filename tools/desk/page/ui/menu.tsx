// A button with a list of things to do: arrows, Home, End and Escape as people expect of a menu.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface Item {
  label: string;
  icon?: ComponentChildren;
  checked?: boolean;
  onPick: () => void;
}
interface Props {
  label: string;
  class?: string;
  children: ComponentChildren;
  items: Item[];
  id?: string;
  up?: boolean;
}
export function Menu({ label, class: kind = "", children, items, id, up }: Props) {
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useId();
  const buttons = () => [
    ...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []),
  ];
  useEffect(() => {
    if (!open) return;
    (buttons().find((one) => one.getAttribute("aria-checked") === "true") ?? buttons()[0])?.focus();
    const away = (event: MouseEvent) => {
      const inside = [list.current, button.current].some((one) =>
        one?.contains(event.target as Node),
      );
      if (!inside) setOpen(false);
    };
    addEventListener("mousedown", away);
    return () => removeEventListener("mousedown", away);
  }, [open]);
  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const all = buttons();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else if (event.key === "Escape") shut();
    else if (event.key === "Tab") setOpen(false);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  const pick = (item: Item) => {
    shut();
    item.onPick();
  };
  return (
    <div class={`menu-place${up ? " is-up" : ""}`}>
      <button ref={button} type="button" id={id} class={kind} aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label} title={label} aria-controls={open ? menu : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            setOpen(true);
          }
        }}>{children}</button>
      {open && (
        <div ref={list} id={menu} class="menu" role="menu" aria-label={label} onKeyDown={onKey}>
          {items.map((item) => (
            <button key={item.label} type="button" tabIndex={-1} class="menu-item"
              role={item.checked === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.checked} onClick={() => pick(item)}>
              {item.icon}<span>{item.label}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

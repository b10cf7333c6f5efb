// A list of which only what can be seen is in the document, so that thousands of rows cost as
// little as twenty. Rows are of one height, in rem. One row is in the order of Tab; arrows move
// between them.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props<T> {
  items: readonly T[];
  keyOf: (item: T) => string;
  height: number; // rem
  current: string | undefined;
  label: string;
  // `tab` is the tabindex that what is focused in the row must have.
  row: (item: T, tab: 0 | -1) => ComponentChildren;
  empty: ComponentChildren;
}
const more = 6; // rows beyond what is seen, on both sides

export function WindowList<T>({ items, keyOf, height, current, label, row, empty }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [seen, setSeen] = useState(800);
  const [at, setAt] = useState<string | undefined>(undefined);
  const wanted = useRef<string | undefined>(undefined);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const step = height * rem;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setSeen(element.clientHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / step) - more);
  const last = Math.min(items.length, Math.ceil((top + seen) / step) + more);
  const inTab = at ?? current;
  const tabIndex = Math.max(0, items.findIndex((item) => keyOf(item) === inTab));
  const shown: [T, number][] = items.slice(first, last).map((item, i) => [item, first + i]);
  // What has the focus, or would, stays in the document wherever one scrolls.
  const held = items[tabIndex];
  if (held !== undefined && (tabIndex < first || tabIndex >= last)) shown.push([held, tabIndex]);

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const element = box.current?.querySelector<HTMLElement>(
      `[data-row="${CSS.escape(wanted.current)}"] button`,
    );
    if (element) {
      wanted.current = undefined;
      element.focus({ preventScroll: true });
    }
  });
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(seen / step) - 1);
    const to = {
      ArrowDown: tabIndex + 1, ArrowUp: tabIndex - 1, Home: 0, End: items.length - 1,
      PageDown: tabIndex + page, PageUp: tabIndex - page,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const index = Math.min(items.length - 1, Math.max(0, to));
    const item = items[index];
    const element = box.current;
    if (item === undefined || !element) return;
    const y = index * step;
    if (y < element.scrollTop) element.scrollTop = y;
    if (y + step > element.scrollTop + seen) element.scrollTop = y + step - seen;
    wanted.current = keyOf(item);
    setAt(keyOf(item));
    setTop(element.scrollTop);
  };
  if (items.length === 0) return <div class="list-scroll is-empty" ref={box}>{empty}</div>;
  return (
    <div class="list-scroll" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKey}>
      <ul class="window" aria-label={label} style={{ height: `${items.length * height}rem` }}>
        {shown.map(([item, index]) => (
          <li key={keyOf(item)} data-row={keyOf(item)} class="window-row"
            aria-setsize={items.length} aria-posinset={index + 1}
            style={{ top: `${index * height}rem`, height: `${height}rem` }}
            onFocusCapture={() => setAt(keyOf(item))}>
            {row(item, index === tabIndex ? 0 : -1)}
          </li>
        ))}
      </ul>
    </div>
  );
}

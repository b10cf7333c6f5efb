// One script tag on another site: a button at the corner of the page, and behind it the chat in a
// frame. data-lang="en" chooses the language, data-label what the button is called.
const script = document.currentScript as HTMLScriptElement;
const home = new URL(script.src).origin;
const language = script.dataset["lang"] ?? document.documentElement.lang;
const english = language.startsWith("en");
const openLabel = script.dataset["label"] ?? (english ? "Open the chat" : "Buka obrolan");
const closeLabel = english ? "Close the chat" : "Tutup obrolan";

// Set through the style object, which a strict policy of the site allows, unlike an attribute.
function dress(element: HTMLElement, style: Partial<CSSStyleDeclaration>): void {
  Object.assign(element.style, style);
}

const bubble =
  "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
const cross = "M6 6l12 12M18 6 6 18";
function makeSign(): { svg: SVGElement; path: SVGElement } {
  const make = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", width: "28", "aria-hidden": "true" });
  const path = make("path", {
    fill: "none", stroke: "currentColor", "stroke-width": "2",
    "stroke-linecap": "round", "stroke-linejoin": "round",
  });
  svg.append(path);
  return { svg, path };
}
function makeButton(): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  dress(button, {
    position: "fixed", right: "20px", bottom: "20px", width: "60px", height: "60px",
    padding: "0", border: "0", borderRadius: "50%", background: "#0f5c5c", color: "#fff",
    cursor: "pointer", zIndex: "2147483000", boxShadow: "0 4px 16px rgba(0,0,0,.25)",
  });
  return button;
}
function makeFrame(): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = `${home}/?lang=${english ? "en" : "id"}`;
  frame.title = openLabel;
  dress(frame, {
    position: "fixed", border: "0", zIndex: "2147483000",
    boxShadow: "0 8px 32px rgba(0,0,0,.3)", colorScheme: "normal",
  });
  return frame;
}
function fit(frame: HTMLIFrameElement): void {
  if (window.innerWidth < 480) {
    dress(frame, { inset: "0", width: "100%", height: "calc(100% - 84px)", borderRadius: "0" });
    return;
  }
  dress(frame, {
    inset: "auto 20px 92px auto", width: "400px",
    height: "min(660px, calc(100vh - 112px))", borderRadius: "16px",
  });
}

function build(): void {
  const button = makeButton();
  const { svg, path } = makeSign();
  button.append(svg);
  let frame: HTMLIFrameElement | undefined;
  function show(open: boolean): void {
    if (open && !frame) {
      frame = makeFrame();
      document.body.append(frame);
      fit(frame);
    }
    if (frame) frame.hidden = !open;
    if (frame) frame.style.display = open ? "block" : "none";
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? closeLabel : openLabel);
    path.setAttribute("d", open ? cross : bubble);
    if (open) frame?.focus();
  }
  show(false);
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  window.addEventListener("resize", () => frame && fit(frame));
  document.body.append(button);
}

if (document.body) build();
else document.addEventListener("DOMContentLoaded", build);

// What the desk's tests share: a pretend service with its page, a browser, people who sign in, and
// axe.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { FakeDesk } from "./fake.mjs";
import { people, world } from "./world.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const shots = process.env.ALUR_SCREENSHOTS ?? "screenshots";
mkdirSync(shots, { recursive: true });

export const sizes = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 1024, height: 768 },
  upright: { width: 768, height: 1024 },
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.ALUR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
}
export async function openDesk(furnish) {
  const desk = new FakeDesk(process.env.ALUR_DESK_PAGE, world);
  await desk.open();
  furnish?.(desk);
  return desk;
}

// A page, and what went wrong on it: errors, refused scripts, requests to anybody else.
export async function visit(browser, desk, options = {}) {
  const context = await browser.newContext({
    locale: "id-ID",
    viewport: sizes.desktop,
    ...options,
  });
  const page = await context.newPage();
  const faults = [];
  // What a test makes the service refuse, the browser says by itself.
  const expected = [
    /status of (401|404|409|413|503)/, /ERR_CONNECTION_REFUSED/, /WebSocket connection/,
  ];
  page.on("console", (line) => {
    const text = line.text();
    if (line.type() === "error" && !expected.some((one) => one.test(text))) faults.push(text);
  });
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("dialog", (dialog) => {
    faults.push("a dialog: " + dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.host !== new URL(desk.origin).host && url.protocol !== "blob:")
      faults.push("asked " + request.url());
  });
  return { context, page, faults };
}
export async function signIn(page, desk, who, at = "/") {
  const { name, password } = people[who];
  await page.goto(desk.origin + at);
  await page.fill("input[autocomplete=username]", name);
  await page.fill("input[type=password]", password);
  await page.keyboard.press("Enter");
  await page.locator(".rail").waitFor();
  await page.locator(".loading").waitFor({ state: "detached" });
}
export async function enter(browser, desk, who, options, at) {
  const visited = await visit(browser, desk, options);
  await signIn(visited.page, desk, who, at);
  return visited;
}
export const openRow = async (page, name) => {
  await page.locator(".row", { hasText: name }).click();
  await page.locator(".talk-pane[data-open=open]").waitFor();
};
export async function say(page, text) {
  await page.fill("#compose", text);
  await page.press("#compose", "Enter");
}
// With everything at rest: nothing half faded is measured.
export async function expectAccessible(page, what) {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => {})),
    ),
  );
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  const told = found.violations.map((one) => {
    const where = one.nodes.map((node) => node.html + " " + node.failureSummary);
    return `${one.id} (${one.impact}): ${where.join(" | ")}`;
  });
  assert.deepEqual(told, [], what);
}
export const shot = (page, name, options = {}) =>
  page.screenshot({ path: join(shots, name + ".png"), animations: "disabled", ...options });
export async function until(what, message, ms = 60_000) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await what()) return;
    await new Promise((done) => setTimeout(done, 30));
  }
  assert.fail(message);
}

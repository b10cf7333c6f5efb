// What the web chat's tests share: a running service behind a network that can fail, a browser, and
// what is looked at and done on a page. They live as long as the test file that brings this in.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";
import { Network, Service } from "./service.mjs";

export const program = process.env.ALUR_PROGRAM;
export const app = process.env.ALUR_APP;
export const shots = process.env.ALUR_SCREENSHOTS;
export const patience = 60_000; // only what fails waits for so long
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const desktop = { viewport: { width: 1280, height: 800 } };
export let browser;
export let service;
export let network;

before(async () => {
  mkdirSync(shots, { recursive: true });
  service = new Service(program, app);
  await service.start();
  network = new Network(() => service.port);
  await network.open();
  browser = await chromium.launch({
    executablePath: process.env.ALUR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});
after(async () => {
  await browser?.close();
  await network?.close();
  await service?.stop();
  service?.remove();
});

// A page, what went wrong on it, and whom it asked.
export async function visit(options = {}, path = "/") {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== `127.0.0.1:${network.port}`)
      faults.push("asked " + request.url());
  });
  await page.goto(network.origin + path);
  return { context, page, faults };
}

export const words = (page) => page.locator("#log .words").allInnerTexts();
export const count = async (page, text) =>
  (await words(page)).filter((one) => one.includes(text)).length;
export const heard = (page, text) =>
  page.locator(".of-service .words", { hasText: text }).last().waitFor({ timeout: patience });
// What a page comes to show, however long the machine takes for it.
export async function comesTo(look, wanted, message) {
  const end = Date.now() + patience;
  let seen = await look();
  while (!isDeepStrictEqual(seen, wanted) && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 50));
    seen = await look();
  }
  assert.deepEqual(seen, wanted, message);
}
export const shot = (page, name) =>
  page.screenshot({ path: join(shots, name + ".png"), animations: "disabled" });

export async function write(page, text) {
  await page.fill("#words", text);
  await page.press("#words", "Enter");
}
export const tap = (page, label) =>
  page.locator(".choices:not(.past) .choice", { hasText: label }).last().click();
export const taken = (page, text) =>
  page.locator(".of-you.is-taken", { hasText: text }).last().waitFor({ timeout: patience });

// Twice is never: of the service's messages none may stand in the page's storage under two entries
// with one number, and none of the citizen's in two places.
export async function expectNoDoubles(page) {
  const keys = await page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith("alur:entry:m")),
  );
  const shown = await page.locator(".of-service .words").count();
  assert.equal(shown, keys.length, "as many are shown as are kept");
}

export async function expectAccessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  const told = found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`,
  );
  assert.deepEqual(told, [], what);
}

// The whole conversation, as a screen reader is told it.
export async function readOut(page) {
  return page.locator("#log").ariaSnapshot();
}

// The web chat when the network fails, the service is killed, and tabs come and go: nothing is
// lost, nothing comes twice. ALUR_AWAY_SECONDS: how long the network is away (600: ten minutes).
import assert from "node:assert/strict";
import { test as it } from "node:test";
import { isDeepStrictEqual } from "node:util";
import {
  patience, phone, desktop, browser, service, network, visit, words, count, heard, comesTo, shot,
  write, taken, expectNoDoubles, expectAccessible,
} from "./chat.mjs";

const awayMs = 1000 * Number(process.env.ALUR_AWAY_SECONDS ?? 12);

it("loses nothing and doubles nothing when the service is killed", async () => {
  const { context, page } = await visit(phone);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  for (const text of ["menu", "is BCA licensed?", "menu"]) {
    await service.kill();
    await write(page, text);
    await page.locator(".of-you", { hasText: text }).last().waitFor();
    if (text !== "menu") await shot(page, "phone-en-killed");
    await service.start();
    await taken(page, text);
  }
  // The browser finds the service again after a second or two.
  await comesTo(() => count(page, "How can I help you?"), 3);
  await page.waitForTimeout(1_000);
  assert.equal(await count(page, "How can I help you?"), 3);
  assert.equal(
    (await count(page, "berizin dan diawasi")) + (await count(page, "licensed and supervised")),
    1,
  );
  assert.equal(await page.locator(".of-you").count(), 3);
  await expectNoDoubles(page);
  await context.close();
});

it("loses nothing when it is killed while many are on their way", async () => {
  const { context, page } = await visit(desktop);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  for (let i = 0; i < 12; ++i) await write(page, "menu");
  await service.kill();
  for (let i = 0; i < 3; ++i) await write(page, "menu");
  await service.start();
  await page.waitForFunction(
    () => document.querySelectorAll(".of-you.is-taken").length === 15,
    undefined,
    { timeout: 60_000 },
  );
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll(".of-service .words")].filter((one) =>
        one.textContent.includes("How can I help you?"),
      ).length >= 16,
    undefined,
    { timeout: patience },
  );
  await page.waitForTimeout(1_000);
  assert.equal(await count(page, "How can I help you?"), 16);
  await expectNoDoubles(page);
  await context.close();
});

it("goes on after a network that went silent without a word", async () => {
  const { context, page } = await visit(phone);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  // The question arrives, its answer is lost on the way, and nobody is told.
  network.silent.down = true;
  await write(page, "is BCA licensed?");
  await page.waitForTimeout(1_000);
  network.silent.up = true;
  await write(page, "menu");
  await page.waitForTimeout(awayMs);
  await shot(page, "phone-en-silent");
  assert.equal(await count(page, "licensed and supervised"), 0);
  network.comeBack();
  await taken(page, "menu");
  await heard(page, "licensed and supervised");
  await comesTo(() => count(page, "How can I help you?"), 2);
  await page.waitForTimeout(1_000);
  assert.equal(await count(page, "licensed and supervised"), 1);
  assert.equal(await count(page, "How can I help you?"), 2);
  await expectNoDoubles(page);
  await context.close();
});

it("says again what was lost on the way to the service", async () => {
  const { context, page } = await visit(desktop);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  network.silent.up = true;
  await write(page, "is BCA licensed?");
  await page.locator(".of-you.is-sent").waitFor();
  network.comeBack(); // the bytes are gone, and nobody says so
  await taken(page, "is BCA licensed?");
  await heard(page, "licensed and supervised");
  await page.waitForTimeout(500);
  assert.equal(await count(page, "licensed and supervised"), 1);
  await context.close();
});

it("keeps what is written without a network, over a reload too", async () => {
  const { context, page } = await visit(desktop);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  network.goAway();
  await write(page, "is BCA licensed?");
  await write(page, "menu");
  await comesTo(() => page.locator(".of-you.is-waiting").count(), 2);
  network.comeBack();
  await page.reload();
  await taken(page, "menu");
  await heard(page, "licensed and supervised");
  await page.waitForTimeout(500);
  assert.equal(await page.locator(".of-you").count(), 2);
  assert.equal(await count(page, "licensed and supervised"), 1);
  await context.close();
});

it("shows one conversation in two tabs", async () => {
  const { context, page } = await visit(desktop);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  const other = await context.newPage();
  await other.goto(network.origin);
  await other.locator("html[data-state=online]").waitFor();
  await write(other, "is BCA licensed?");
  await heard(page, "licensed and supervised");
  await heard(other, "licensed and supervised");
  await page.locator(".of-you.is-taken").waitFor();
  await write(page, "menu");
  await taken(page, "menu");
  await comesTo(() => count(page, "How can I help you?"), 2);
  await comesTo(() => count(other, "How can I help you?"), 2);
  await comesTo(async () => isDeepStrictEqual(await words(page), await words(other)), true);
  await context.close();
});

it("lets the latest of many tabs talk, and the others rest", async () => {
  const { context, page } = await visit(desktop);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  let sockets = 0;
  context.on("page", (tab) => tab.on("websocket", () => ++sockets));
  const tabs = [];
  for (let i = 0; i < 9; ++i) {
    tabs.push(await context.newPage());
    await tabs[i].goto(network.origin);
    await tabs[i].locator("html[data-state=online]").waitFor();
  }
  await page.waitForTimeout(2_000);
  assert.equal(sockets, 9, "none of them comes again and again");
  // A tab that rests talks as soon as it has something to say.
  await write(page, "is BCA licensed?");
  await taken(page, "is BCA licensed?");
  await heard(tabs[8], "licensed and supervised");
  await context.close();
});

it("begins anew when it is asked to, and when the service does not know it", async () => {
  const { context, page } = await visit(phone);
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  const first = await page.evaluate(() => localStorage.getItem("alur:token"));
  await page.click("#anew");
  await shot(page, "phone-en-anew");
  await expectAccessible(page, "the question of a new conversation");
  await page.locator("#sheet .grave").click();
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  assert.equal(await page.locator(".choices").count(), 1);
  const second = await page.evaluate(() => localStorage.getItem("alur:token"));
  assert.notEqual(first.split(".")[1], second.split(".")[1]);
  await service.kill();
  service.forget();
  await service.start();
  await page.locator(".day", { hasText: "New conversation" }).waitFor({ timeout: patience });
  await page.locator(".choices:not(.past)").nth(1).waitFor();
  await comesTo(() => count(page, "How can I help you?"), 2);
  await context.close();
});

it("begins a conversation only when it is looked at", async () => {
  const context = await browser.newContext({ ...phone, locale: "en-GB" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.isAway = true;
    Object.defineProperty(document, "hidden", { get: () => window.isAway });
  });
  await page.goto(network.origin);
  await page.locator("html[data-state=online]").waitFor();
  await page.waitForTimeout(500);
  assert.equal(
    await page.evaluate(
      () => Object.keys(localStorage).filter((key) => key.startsWith("alur:entry:")).length,
    ),
    0,
  );
  await page.evaluate(() => {
    window.isAway = false;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.locator(".choice", { hasText: "Licence check" }).waitFor();
  await context.close();
});

// Files on the desk's page: sent with their progress, shown, refused, and pictures that the service
// has no room for just now.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test as it } from "node:test";
import { citizens, furnish } from "./world.mjs";
import {
  enter, expectAccessible, launch, openDesk, openRow, shot, signIn, until, visit,
} from "./browser.mjs";

let browser;
let desk;
before(async () => { browser = await launch(); });
after(() => browser?.close());
beforeEach(async () => { desk = await openDesk(furnish); });
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await desk.close();
});
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6" +
    "kgAAAABJRU5ErkJggg==",
  "base64",
);

it("sends files with their progress, shows pictures, and says when one is refused", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "bukti lapor.png", mimeType: "image/png", buffer: png });
  await page.locator(".from-agent .thumb").waitFor();
  const link = page.locator(".from-agent a[download]");
  assert.equal(await link.getAttribute("download"), "bukti lapor.png");
  assert.match(await link.getAttribute("href"), /^\/api\/files\//);
  desk.uploadRefused = "large";
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "besar.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(1000) });
  await page.locator(".is-unsent .failure", { hasText: "berkas terlalu besar" }).waitFor();
});

// A citizen sends a picture.
function sendPicture(name, mime = "image/png", body = png) {
  desk.uploads.set(`${citizens.siti}/${name}`, { name: `${name}.png`, mime, body });
  const href = `/api/files/${citizens.siti}/${name}`;
  const file = { name: `${name}.png`, mime, size: body.length, picture: true, href };
  desk.citizenWrites(citizens.siti, undefined, { file });
}
const timesFetched = (name) => desk.fetched.filter((one) => one === name).length;
const isShown = (picture) =>
  picture.evaluate((image) => image.complete && image.naturalWidth === 1);

// A page whose time goes on only as far as is said here.
async function enterWithClock() {
  const visited = await visit(browser, desk);
  await visited.page.clock.install();
  await signIn(visited.page, desk, "ani");
  await openRow(visited.page, "Siti");
  await visited.page.clock.pauseAt(Date.now() + 60_000);
  return visited;
}
// Lets time go on until this is so; the milliseconds of the page that it took.
async function passTime(page, what, message) {
  const stepMs = 250;
  for (let ms = 0; ms < 60_000; ms += stepMs) {
    if (await what()) return ms;
    await page.clock.runFor(stepMs);
    await page.evaluate(() => fetch("/icon.svg")); // what was asked has come by then
  }
  return assert.fail(message);
}

// The service gives only so many bytes at a time. A picture that was refused for that was never
// asked for again, and stayed a broken one until the conversation was opened anew.
it("asks again for a picture that there was no room for, after longer and longer", async () => {
  const { page, faults } = await enterWithClock();
  desk.fileRefused = "unavailable";
  sendPicture("satu");
  const waits = [];
  for (let times = 1; times <= 3; times++) {
    waits.push(await passTime(page, () => timesFetched("satu") === times, `asked ${times} times`));
  }
  desk.fileRefused = undefined;
  waits.push(await passTime(page, () => timesFetched("satu") === 4, "asked for the last time"));
  const [, first, second, third] = waits;
  assert.ok(first >= 500 && second > first && third > second, `waited ${waits.join(", ")} ms`);
  const picture = page.locator(".from-citizen img.thumb");
  await passTime(page, () => picture.count(), "it comes");
  await until(() => isShown(picture), "it is shown");
  assert.equal(await picture.getAttribute("alt"), "Gambar satu.png");
  await page.clock.runFor(60_000);
  assert.equal(timesFetched("satu"), 4);
  assert.deepEqual(faults, []);
});

it("leaves a picture that does not come to whoever wants it, also by keyboard", async () => {
  const { page, faults } = await enterWithClock();
  desk.fileRefused = "unavailable";
  sendPicture("dua");
  const lost = page.locator(".picture-lost", { hasText: "Gambar tidak bisa dimuat." });
  await passTime(page, () => lost.count(), "it is given up");
  assert.equal(timesFetched("dua"), 4);
  await page.clock.runFor(60_000);
  assert.equal(timesFetched("dua"), 4, "not for ever");
  await page.clock.resume();
  await shot(page, "picture-lost");
  await expectAccessible(page, "a picture that was lost");

  const again = page.getByRole("button", { name: "Coba lagi: Gambar dua.png" });
  await again.focus();
  await page.keyboard.press("Enter");
  await until(() => timesFetched("dua") === 5, "asked at once");
  await lost.waitFor();
  assert.ok(await again.evaluate((is) => is === document.activeElement), "the focus stays");
  desk.fileRefused = undefined;
  await page.keyboard.press("Enter");
  const picture = page.locator(".from-citizen img.thumb");
  await until(async () => (await picture.count()) === 1 && (await isShown(picture)), "shown");
  assert.ok(await picture.evaluate((is) => is === document.activeElement), "it has the focus");
  assert.deepEqual(faults, []);
});

it("does not ask for ever for what is not there, or is not a picture", async () => {
  const { page } = await enterWithClock();
  sendPicture("rusak", "image/png", Buffer.from("this is not a picture"));
  sendPicture("hilang");
  desk.uploads.delete(`${citizens.siti}/hilang`);
  await passTime(page, async () => (await page.locator(".picture-lost").count()) === 2, "both");
  await passTime(page, async () => (await page.getByText("Coba lagi").count()) === 2, "given up");
  assert.deepEqual([timesFetched("rusak"), timesFetched("hilang")], [2, 2]);
});

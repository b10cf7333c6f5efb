// What is written on the desk's page, and what was: canned replies, templates, quotes, addresses,
// what did not arrive, and what was said earlier.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test as it } from "node:test";
import { citizens, furnish } from "./world.mjs";
import { enter, launch, openDesk, openRow, say, until } from "./browser.mjs";

let browser;
let desk;
before(async () => { browser = await launch(); });
after(() => browser?.close());
beforeEach(async () => { desk = await openDesk(furnish); });
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await desk.close();
});
const lines = (page) => page.locator(".line:not(.is-unsent) .words").allTextContents();
const saidOf = (citizen) =>
  desk.said.filter((one) => one.citizen === citizen).map((one) => one.text);

it("shows what the channel did not deliver, and sends it again as a new message", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  await say(page, "Mohon kirim bukti transfernya.");
  await until(() => desk.said.length === 1, "said");
  desk.setDelivery(
    citizens.siti,
    desk.conversations.get(citizens.siti).lines.at(-1).line,
    "failed",
    "unavailable",
  );
  const failed = page.locator(".has-failed", { hasText: "bukti transfernya" });
  await failed.locator(".failure", { hasText: "kanal tidak bisa dihubungi" }).waitFor();
  await failed.getByRole("button", { name: "Kirim lagi" }).click();
  await until(() => desk.said.length === 2, "said again");
  assert.notEqual(desk.said[0].key, desk.said[1].key);
});

it("finds canned replies by shortcut and by words, and fills their variables in", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  await page.locator("#compose").pressSequentially("/sal");
  await page.locator("#replies-list [aria-selected=true]", { hasText: "Salam pembuka" }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(
    await page.inputValue("#compose"),
    "Selamat pagi Siti Rahmawati, saya Ani Wulandari dari Kontak 157. Ada yang bisa saya bantu?",
  );
  // In the middle of a text, found by what is in it; without a name, the words after the bar stand.
  await openRow(page, "412");
  await page.getByRole("button", { name: "Catatan", exact: true }).click();
  await page.locator("#compose").pressSequentially("Jawab dengan /menghubungi");
  await page.keyboard.press("Tab");
  assert.equal(
    await page.inputValue("#compose"),
    "Jawab dengan Terima kasih sudah menghubungi Kontak 157, Bapak/Ibu.",
  );
  // What is to be filled in by hand is selected, and nothing is sent before it is.
  await openRow(page, "Joko");
  await page.locator("#compose").pressSequentially("/tiket");
  await page.keyboard.press("Enter");
  await page.locator(".composer-fill", { hasText: "nomor tiket" }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(desk.said.length, 0);
  await page.keyboard.type("P-2026-01841");
  await page.keyboard.press("Enter");
  await until(() => desk.said.length === 1, "sent when it is filled in");
  assert.equal(desk.said[0].text, "Pengaduan Anda kami catat dengan nomor P-2026-01841.");
});

it("offers templates when the window is shut, and counts down before", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "412");
  assert.match(await page.locator(".composer-lock").innerText(), /hanya templat/);
  assert.equal(await page.locator("#compose").isDisabled(), true);
  await page.getByRole("button", { name: "Pilih templat" }).click();
  assert.deepEqual(
    await page.locator(".choice .template-text").allTextContents(),
    desk.templates.map((one) => one.text.id),
  );
  await page.locator(".choice", { hasText: "Answer ready" }).click();
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await until(() => saidOf(citizens.rina).length === 1, "sent");
  assert.equal((await lines(page)).at(-1), desk.templates[0].text.id);
  await page.locator(".from-agent:last-child .delivery.is-pending").waitFor();
  const { line } = desk.conversations.get(citizens.rina).lines.at(-1);
  desk.setDelivery(citizens.rina, line, "delivered");
  await page.locator(".from-agent:last-child .delivery.is-delivered").waitFor();

  // The citizen answers, and free words are possible again.
  desk.citizenWrites(citizens.rina, "saya di sini");
  await page.locator(".composer-lock").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("button", { name: "Pilih templat" }).count(), 0);
  await say(page, "Terima kasih sudah membalas.");
  await until(() => saidOf(citizens.rina).length === 2, "said");
  await openRow(page, "Siti");
  await page.locator(".owner .chip", { hasText: /Balasan bebas 3 jam/ }).waitFor();
});

it("shows a template in the citizen's language, or else in the app's first one", async () => {
  const rina = desk.conversations.get(citizens.rina);
  for (const [language, shown] of [["en", "en"], ["jv", "id"]]) {
    rina.row.language = language;
    const { page } = await enter(browser, desk, "ani");
    await openRow(page, "412");
    await page.keyboard.press("Alt+m");
    const words = page.locator(".choice .template-text").first();
    assert.equal(await words.innerText(), desk.templates[0].text[shown]);
    assert.equal(await words.getAttribute("lang"), shown);
    await page.context().close();
  }
});

it("says loudly that a template did not leave, or did not arrive", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "412");
  const rina = desk.conversations.get(citizens.rina);
  const choose = async () => {
    await page.getByRole("button", { name: "Pilih templat" }).click();
    await page.locator(".choice").first().click();
  };
  const send = () => page.locator("dialog button[type=submit]").click();
  await choose();
  await send();
  await until(() => saidOf(citizens.rina).length === 1, "sent");
  desk.setDelivery(
    citizens.rina,
    rina.lines.at(-1).line,
    "failed",
    "132001: no such template in this language (trace AbC)",
  );
  await page
    .locator(".from-agent.has-failed .failure-why", { hasText: "WhatsApp tidak punya templat ini" })
    .waitFor();

  // While one chooses, the citizen writes: what was meant for the silent is not said any more.
  await choose();
  desk.citizenWrites(citizens.rina, "halo?");
  await send();
  await page.locator(".is-unsent .failure-why", { hasText: "warga sudah menulis" }).waitFor();
  assert.equal(saidOf(citizens.rina).length, 1);
  await page.locator(".is-unsent").getByRole("button", { name: "Buang" }).click();
  await page.locator(".is-unsent").waitFor({ state: "detached" });
});

it("says so where there are no templates, and hears of new ones", async () => {
  const all = desk.templates;
  desk.templates = [];
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "412");
  await page.locator(".composer-lock", { hasText: "tidak ada templat" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Pilih templat" }).count(), 0);
  desk.templates = all;
  desk.tellAll({ is: "templates", templates: all });
  await page.getByRole("button", { name: "Pilih templat" }).waitFor();
});

it("asks before it opens an address that somebody wrote, and shows where it leads", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  assert.equal(await page.locator(".log a[href^=http]").count(), 0, "no address is a link");
  desk.citizenWrites(citizens.siti, "lihat https://www.ojk.go.id@jahat.example/masuk.");
  await page.locator(".address", { hasText: "ojk.go.id@jahat" }).click();
  assert.equal(await page.locator(".link-host").innerText(), "jahat.example");
  const open = page.locator("dialog a");
  assert.equal(await open.getAttribute("rel"), "noopener noreferrer nofollow");
  assert.equal(await open.getAttribute("target"), "_blank");
  assert.equal(
    await page.evaluate(() => document.activeElement.textContent),
    "Batal",
    "not opening is what Enter does",
  );
});

it("reads older messages page by page, without jumping", async () => {
  const conversation = desk.conversations.get(citizens.joko);
  conversation.lines = [];
  conversation.next = 1;
  for (let i = 1; i <= 130; i++)
    conversation.lines.push({
      line: conversation.next++,
      at: desk.now() - (200 - i) * 60_000,
      from: i % 2 ? "citizen" : "bot",
      text: `pesan ${i}`,
    });
  const { page } = await enter(browser, desk, "ani");
  // What comes before it is opened does not pass for all of it.
  desk.citizenWrites(citizens.joko, "pesan 131");
  await page.locator(".row", { hasText: "pesan 131" }).waitFor();
  await openRow(page, "Joko");
  assert.deepEqual(
    [(await lines(page)).at(0), (await lines(page)).at(-1)],
    ["pesan 82", "pesan 131"],
  );
  for (const first of ["pesan 32", "pesan 1"]) {
    await page.locator(".older button").click();
    await page.locator(".words", { hasText: new RegExp(`^${first}$`) }).waitFor();
  }
  assert.equal(await page.locator(".older").count(), 0);
  assert.equal((await lines(page)).length, 131);
});

it("replies to one of the citizen's messages, by key and by hand, and quotes it", async () => {
  const { page, faults } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  const latest = desk.conversations
    .get(citizens.siti)
    .lines.filter((line) => line.from === "citizen")
    .at(-1);
  await page.keyboard.press("Alt+y");
  await page.locator(".answering .quote", { hasText: "lalu saya harus bagaimana" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "compose");
  assert.equal(await page.locator(".answering-hint").count(), 0, "on WhatsApp the citizen sees it");
  await page.keyboard.press("Alt+y");
  await page.locator(".answering .quote", { hasText: "mereka minta transfer" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".answering").waitFor({ state: "detached" });
  await page
    .locator(".from-citizen", { hasText: "lalu saya harus bagaimana" })
    .getByRole("button", { name: /^Balas pesan ini/ })
    .click();
  await page.locator(".answering").waitFor();
  await say(page, "Laporkan ke polisi, Bu.");
  await page
    .locator(".line:not(.is-unsent) .quote", { hasText: "lalu saya harus bagaimana" })
    .waitFor();
  assert.equal(desk.heard.findLast((frame) => frame.do === "say").reply_to, latest.line);
  assert.equal(await page.locator(".answering").count(), 0);
  await say(page, "Ini tanpa kutipan.");
  await until(() => desk.said.length === 2, "said");
  assert.equal(desk.heard.findLast((frame) => frame.do === "say").reply_to, undefined);

  // What the channel does not show, colleagues alone see; a note quotes nothing.
  await openRow(page, "Joko");
  await page.keyboard.press("Alt+y");
  await page.locator(".answering-hint", { hasText: "petugas" }).waitFor();
  await page.keyboard.press("Alt+n");
  await page.locator(".answering").waitFor({ state: "detached" });
  await say(page, "Catatan saja.");
  await until(() => desk.heard.some((frame) => frame.do === "note"), "noted");
  assert.deepEqual(faults, []);
});

// What the desk's page does: signing in, serving, handing on, what is lost and refused, all by
// keyboard.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test as it } from "node:test";
import { citizens, furnish, people } from "./world.mjs";
import { enter, launch, openDesk, openRow, say, signIn, until, visit } from "./browser.mjs";

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

it("signs in, says what was wrong, asks for the one-time code", async () => {
  desk.users.find((one) => one.name === "budi").code = "123456";
  const { page, faults } = await visit(browser, desk);
  await page.goto(desk.origin);
  await page.fill("input[autocomplete=username]", "budi");
  await page.fill("input[type=password]", "not this one at all");
  await page.keyboard.press("Enter");
  await page.locator(".gate-trouble", { hasText: "tidak benar" }).waitFor();
  await page.fill("input[type=password]", people.budi.password);
  await page.keyboard.press("Enter");
  await page.locator("input[autocomplete=one-time-code]").waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement.autocomplete),
    "one-time-code",
    "the code's field has the focus",
  );
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await page.locator(".gate-trouble", { hasText: "Kode sekali pakai" }).waitFor();
  await page.fill("input[autocomplete=one-time-code]", "123 456");
  await page.keyboard.press("Enter");
  await page.locator(".rail").waitFor();
  assert.deepEqual(faults, []);
});

it("accepts an offer, replies, sees what became of it, and closes with a code", async () => {
  const { page, faults } = await enter(browser, desk, "ani");
  desk.offer(citizens.agus, 1);
  const offer = page.locator(".offer");
  await offer.waitFor();
  assert.match(await offer.locator(".countdown").innerText(), /^0:(30|2\d)$/);
  await page.keyboard.press("Alt+a");
  await page.locator(".owner.is-mine").waitFor();
  await page.locator(".talk-pane[data-open=open]").waitFor();
  await say(page, "Selamat pagi Pak Agus.");
  await until(() => desk.said.length === 1, "it is said");
  assert.equal(await page.inputValue("#compose"), "");
  const line = desk.conversations.get(citizens.agus).lines.at(-1);
  for (const [state, word] of [
    ["accepted", "terkirim"],
    ["delivered", "sampai"],
    ["read", "dibaca"],
  ]) {
    desk.setDelivery(citizens.agus, line.line, state);
    await page.locator(`.from-agent .delivery.is-${state}`, { hasText: word }).waitFor();
  }
  desk.citizenTypes(citizens.agus);
  await page.locator(".is-typing").waitFor();
  desk.citizenWrites(citizens.agus, "pagi bu");
  await page.locator(".from-citizen .words", { hasText: "pagi bu" }).waitFor();
  // It would go by itself after five seconds.
  await page.locator(".is-typing").waitFor({ state: "detached", timeout: 4_500 });

  await page.keyboard.press("Alt+w");
  const close = page.locator("dialog button[type=submit]");
  assert.equal(await close.isDisabled(), true, "no closing without a code");
  await page.keyboard.press("2");
  await close.click();
  await page.locator("dialog").waitFor({ state: "detached" });
  assert.equal(desk.conversations.get(citizens.agus).row.outcome, "closed");
  assert.equal(desk.conversations.get(citizens.agus).lines.at(-1).code, "complaint_taken");
  assert.deepEqual(faults, []);
});

it("declines, and lets what is offered to nobody be", async () => {
  const { page } = await enter(browser, desk, "ani");
  desk.offer(citizens.agus, 1);
  await page.locator(".offer").getByRole("button", { name: /^Tolak/ }).click();
  await page.locator(".offer").waitFor({ state: "detached" });
  await page.getByRole("tab", { name: /Menunggu/ }).click();
  await page.locator(".row", { hasText: "Agus" }).waitFor();
});

it("lets only the owner reply, and says why", async () => {
  const { page } = await enter(browser, desk, "sri");
  await page.getByRole("tab", { name: /Dilayani/ }).click();
  await openRow(page, "Siti");
  assert.match(await page.locator(".owner").innerText(), /Ani Wulandari melayani warga ini/);
  assert.match(await page.locator(".composer-lock").innerText(), /hanya dia yang membalas/);
  assert.equal(await page.getByRole("button", { name: "Balas", exact: true }).isDisabled(), true);
  await say(page, "Tanyakan juga nomor rekeningnya.");
  await page.locator(".from-note .words", { hasText: "nomor rekeningnya" }).waitFor();
  assert.equal(desk.said.length, 0, "a note is said to nobody");
  assert.equal(desk.conversations.get(citizens.siti).lines.at(-1).from, "note");
});

it("shows who else looks and types", async () => {
  const one = await enter(browser, desk, "ani");
  await openRow(one.page, "Siti");
  const other = await enter(browser, desk, "sri", {}, `/#/c/${citizens.siti}`);
  await one.page.locator(".viewers", { hasText: "Sri Handayani" }).waitFor();
  await other.page.locator(".viewers", { hasText: "Ani Wulandari" }).waitFor();
  await one.page.locator("#compose").pressSequentially("Ba");
  await other.page.locator(".is-typing", { hasText: "Ani Wulandari" }).waitFor();
  await other.page.goto(desk.origin + "/#/settings");
  await one.page.locator(".viewers").waitFor({ state: "detached" });
});

it("transfers to a person, a queue and a supervisor, with a note", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  await page.keyboard.press("Alt+t");
  await page.locator(".choice", { hasText: "Budi" }).click();
  await page.getByLabel("Catatan untuk penerima").fill("Sudah diminta tidak transfer.");
  await page.locator("dialog button[type=submit]").click();
  await until(
    () => desk.heard.some((frame) => frame.do === "transfer" && frame.to_agent === 2),
    "to Budi",
  );
  await page.locator(".talk-gone").waitFor();
  const budi = await enter(browser, desk, "budi");
  await budi.page.locator(".offer", { hasText: "Sudah diminta tidak transfer." }).waitFor();

  await openRow(page, "Joko");
  await page.keyboard.press("Alt+t");
  await page.getByRole("button", { name: "Antrean", exact: true }).click();
  await page.locator(".choice", { hasText: "Penipuan" }).click();
  await page.locator("dialog button[type=submit]").click();
  await until(
    () => desk.heard.some((frame) => frame.do === "transfer" && frame.to_queue === "scams"),
    "to a queue",
  );

  await openRow(page, "412");
  await page.keyboard.press("Alt+t");
  await page.getByRole("button", { name: "Supervisor", exact: true }).click();
  await page.locator("dialog button[type=submit]").click();
  await until(
    () =>
      desk.heard.some(
        (frame) => frame.do === "transfer" && !("to_queue" in frame) && !("to_agent" in frame),
      ),
    "to a supervisor",
  );
});

it("gives back to the bot at a state", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  await page.keyboard.press("Alt+b");
  await page.locator(".choice", { hasText: "Menu utama" }).click();
  await page.locator("dialog button[type=submit]").click();
  await until(() => desk.conversations.get(citizens.siti).row.owner === "bot", "the bot has it");
  assert.equal(desk.conversations.get(citizens.siti).lines.at(-1).state, "menu");
});

it("says what was decided under an older epoch loudly, and keeps the text", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  desk.refuse = (frame) => frame.do === "say" && "stale";
  await say(page, "Ini penting sekali.");
  const failure = page.locator(".is-unsent .failure");
  await failure.waitFor();
  assert.match(await failure.innerText(), /Tidak terkirim: percakapan sudah berubah/);
  await page.locator(".toast.is-grave").waitFor();
  desk.refuse = undefined;
  await failure.getByRole("button", { name: "Kirim lagi" }).click();
  await failure.waitFor({ state: "detached" });
  assert.deepEqual(saidOf(citizens.siti), ["Ini penting sekali."]);

  desk.refuse = (frame) => frame.do === "say" && "unavailable";
  await say(page, "Yang ini diubah dulu.");
  await failure.getByRole("button", { name: "Ubah dulu" }).click();
  await until(
    async () => (await page.inputValue("#compose")) === "Yang ini diubah dulu.",
    "it stands in the field again",
  );
  assert.equal(await page.locator(".is-unsent").count(), 0);
});

it("loses nothing and doubles nothing when the connection goes", async () => {
  const { page, faults } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  // The answer is lost: the page says it again under the same key.
  desk.deaf = (frame) => frame.do === "say";
  await say(page, "satu");
  await until(() => desk.said.length === 1, "heard once");
  desk.deaf = undefined;
  await page.locator(".line:not(.is-unsent) .words", { hasText: "satu" }).waitFor();
  await until(async () => await page.locator(".is-unsent").count() === 0, "taken");
  // The service is away: what is written waits, also over a reload of the page, and is then said in
  // order.
  await desk.goAway();
  await page.locator(".offline").waitFor();
  await say(page, "dua");
  await say(page, "tiga");
  assert.equal(await page.locator(".is-unsent").count(), 2);
  assert.match(await page.locator(".is-unsent").first().innerText(), /menunggu sambungan/);
  desk.citizenWrites(citizens.siti, "halo bu?");
  await desk.comeBack();
  await page.locator(".offline").waitFor({ state: "detached", timeout: 20_000 });
  await until(() => desk.said.length === 3, "said after all");
  assert.deepEqual(saidOf(citizens.siti), ["satu", "dua", "tiga"]);
  await page.locator(".from-citizen .words", { hasText: "halo bu?" }).waitFor();
  const shown = await lines(page);
  for (const text of ["satu", "dua", "tiga", "halo bu?"])
    assert.equal(shown.filter((one) => one === text).length, 1, text);
  assert.deepEqual(faults, []);
});

it("keeps what was not sent over a reload", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Siti");
  desk.deaf = (frame) => frame.do === "say" && desk.said.length < 99;
  desk.refuse = (frame) => { if (frame.do === "say") { desk.cut(); return "lost"; } };
  await say(page, "jangan sampai hilang");
  await page.locator(".is-unsent").waitFor();
  await page.reload();
  desk.refuse = desk.deaf = undefined;
  await page
    .locator(".line:not(.is-unsent) .words", { hasText: "jangan sampai hilang" })
    .waitFor({ timeout: 20_000 });
  assert.deepEqual(saidOf(citizens.siti), ["jangan sampai hilang"]);
});

it("goes to the sign-in when the session ends, and keeps drafts for the same person", async () => {
  const { page } = await enter(browser, desk, "ani");
  await openRow(page, "Joko");
  await page.fill("#compose", "setengah jadi");
  await openRow(page, "Siti");
  assert.equal(await page.inputValue("#compose"), "");
  await page.locator(".row", { hasText: "Joko" }).locator(".row-draft").waitFor();
  desk.sessions.clear();
  desk.cut();
  await page.locator(".gate").waitFor();
  await signIn(page, desk, "ani");
  await openRow(page, "Joko");
  assert.equal(await page.inputValue("#compose"), "setengah jadi");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("keluar");
  await page.keyboard.press("Enter");
  await page.locator(".gate").waitFor();
  assert.deepEqual(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => !key.includes(":prefs:"))),
    [],
    "nothing is left of who signed out",
  );
});

it("changes presence with a reason, and shows load and what woke up", async () => {
  const { page } = await enter(browser, desk, "ani");
  await page.locator("#presence").click();
  await page.getByRole("menuitemradio", { name: /Makan siang/ }).click();
  await until(
    () => desk.agents[0].presence === "away" && desk.agents[0].reason === "lunch",
    "away",
  );
  await page.locator("#presence", { hasText: "Makan siang" }).waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement.id),
    "presence",
    "the focus is where it came from",
  );
  await page.keyboard.press("Alt+p");
  await page.locator("[role=menuitemradio]:focus").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until(() => desk.agents[0].presence === "busy", "busy, by the keys of the menu");
  await page.keyboard.press("Alt+o");
  await until(() => desk.agents[0].presence === "online", "online again");
  desk.tellAll({ is: "overloaded", agent: 1, load: 450, capacity: 400 });
  await page.locator(".toast", { hasText: "4.5 dari 4" }).waitFor();
});

it("serves with the keyboard alone", async () => {
  const { page } = await visit(browser, desk);
  await page.goto(desk.origin);
  const focus = () => page.evaluate(() => {
    const is = document.activeElement;
    return `${is.tagName.toLowerCase()}.${is.className}`;
  });
  await page.locator("input").first().waitFor();
  await page.keyboard.type("ani");
  await page.keyboard.press("Tab");
  await page.keyboard.type(people.ani.password);
  await page.keyboard.press("Enter");
  await page.locator(".row").first().waitFor();
  await page.keyboard.press("Tab");
  assert.match(await focus(), /skip/, "the first thing is to skip");
  await page.keyboard.press("Enter");
  await until(
    () => page.evaluate(() => document.activeElement.id === "main"),
    "the content has the focus",
  );
  for (let i = 0; i < 8 && !/button\.row/.test(await focus()); i++)
    await page.keyboard.press("Tab");
  assert.match(await focus(), /button\.row/);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.locator(".talk-who h2", { hasText: "Siti" }).waitFor();
  await page.locator("#compose:focus").waitFor();
  await page.keyboard.type("Terima kasih, Bu.");
  await page.keyboard.press("Enter");
  await until(() => desk.said.length === 1, "said");
  await page.keyboard.press("Alt+n");
  await page.keyboard.type("dicatat");
  await page.keyboard.press("Enter");
  await page.locator(".from-note .words", { hasText: "dicatat" }).waitFor();
  await page.keyboard.press("Alt+ArrowDown");
  await page.locator(".talk-who h2", { hasText: "412" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("joko");
  await page.keyboard.press("Enter");
  await page.locator(".talk-who h2", { hasText: "Joko" }).waitFor();
  await page.keyboard.press("Alt+w");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator(".log").focus();
  await page.keyboard.press("?");
  await page.locator(".keys").waitFor();
  await page.keyboard.press("Escape");
  // Keys with Alt can be turned off.
  await page.goto(desk.origin + "/#/settings");
  await page.getByLabel(/^Tombol dengan Alt/).uncheck();
  await page.keyboard.press("Alt+c");
  await page.waitForTimeout(200);
  assert.match(page.url(), /settings/);
});

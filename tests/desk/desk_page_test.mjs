// What the desk's page does: signing in, serving, handing on, what is lost and refused, all by
// keyboard.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test as it } from "node:test";
import { citizens, crowd, furnish, people } from "./world.mjs";
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

it("makes the first administrator, and sets passwords by link", async () => {
  const { page, faults } = await visit(browser, desk);
  await page.goto(desk.origin + "/#/first/f1r5t");
  await page.fill("input[autocomplete=username]", "ratna");
  await page.fill("input[autocomplete=name]", "Ratna Sari");
  const [fresh, again] = await page.locator("input[autocomplete=new-password]").all();
  await fresh.fill("short");
  await again.fill("short");
  await page.keyboard.press("Enter");
  await page.locator(".gate-trouble", { hasText: "12" }).waitFor();
  await fresh.fill("mangga di halaman belakang");
  await again.fill("mangga di halaman belakang");
  await page.keyboard.press("Enter");
  await page.locator("input[autocomplete=current-password]").waitFor();
  await page.fill("input[autocomplete=username]", "ratna");
  await page.fill("input[type=password]", "mangga di halaman belakang");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Balasan" }).waitFor();

  // As administrator: a new account, whose link sets a password, once.
  await page.locator(".rail-link", { hasText: "Akun" }).click();
  await page.getByRole("button", { name: "Akun baru" }).click();
  await page.getByLabel("Nama akun").fill("yanti");
  await page.getByLabel("Nama lengkap").fill("Yanti Puspita");
  await page.locator("dialog").getByRole("button", { name: "Buat akun" }).click();
  const link = await page.locator(".secret code").innerText();
  assert.match(link, /#\/password\/[0-9a-f]{32}$/);
  const other = await visit(browser, desk);
  for (const [password, wanted] of [
    ["pelangi setelah hujan", "input[autocomplete=current-password]"],
    ["sekali lagi tidak bisa", ".gate-trouble"],
  ]) {
    await other.page.goto("about:blank");
    await other.page.goto(link);
    for (const field of await other.page.locator("input[autocomplete=new-password]").all())
      await field.fill(password);
    await other.page.keyboard.press("Enter");
    await other.page.locator(wanted).waitFor();
  }
  assert.deepEqual([...faults, ...other.faults], []);
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
  // Before it would go by itself.
  await page.locator(".is-typing").waitFor({ state: "detached", timeout: 2_000 });

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

it("assigns from the wall, over the capacity only on purpose", async () => {
  for (let i = 0; i < 3; i++) {
    desk.add({
      citizen: `00000000000000b${i}`,
      owner: "agent",
      agent: 2,
      address: `web-${i}`,
      name: `Tamu ${i}`,
    });
  }
  const { page } = await enter(browser, desk, "sri", {}, "/#/wall");
  await page
    .locator(".risk-row", { hasText: "Agus" })
    .getByRole("button", { name: /^Tugaskan/ })
    .click();
  await page.locator(".choice", { hasText: "Budi" }).click();
  const go = page.locator("dialog button[type=submit]");
  assert.equal(await go.isDisabled(), true, "Budi is full");
  await page.getByText("Melebihi kapasitasnya").click();
  await go.click();
  await until(() => desk.audit.some((row) => row.did === "overfill"), "written to the audit log");
  await page
    .locator(".agent-line", { hasText: "Budi" })
    .locator(".is-over", { hasText: "5/4" })
    .waitFor();
  await page.locator(".risk-row", { hasText: "Siti" }).locator(".agent-row-open").click();
  await page.locator(".owner", { hasText: "Ani Wulandari" }).waitFor();
});

it("reads the archive and the audit log as auditor, and shows a broken chain", async () => {
  const { page, faults } = await enter(browser, desk, "eko");
  await page.locator("input[type=search]").fill("Siti");
  await page.keyboard.press("Enter");
  await page.locator(".row-link", { hasText: "Siti" }).click();
  await page.locator(".words", { hasText: "dana pas itu resmi" }).waitFor();
  assert.equal(await page.locator("#compose").count(), 0, "an auditor writes nothing");
  await page.locator(".rail-link", { hasText: "Audit" }).click();
  await page.locator(".chain.is-whole").waitFor();
  await page.locator("td", { hasText: citizens.siti }).first().waitFor();
  desk.whole = false;
  await page.getByRole("button", { name: "Cari" }).click();
  await page.locator(".grave-box").waitFor();
  assert.deepEqual(faults, []);
});

it("finds conversations page by page", async () => {
  crowd(desk, 120);
  const { page } = await enter(browser, desk, "sri", {}, "/#/archive");
  const found = () => page.locator("tbody tr").count();
  for (const n of [50, 100, 125]) {
    await until(async () => await found() === n, `${n} are shown`);
    if (n < 125) await page.getByRole("button", { name: "Selengkapnya" }).click();
  }
  assert.equal(await page.getByRole("button", { name: "Selengkapnya" }).count(), 0);
  await page.locator("input[type=search]").fill("6281000077");
  await page.keyboard.press("Enter");
  await until(async () => await found() === 1, "one is found by number");
});

it("lets content editors write replies, which others then have", async () => {
  const ani = await enter(browser, desk, "ani");
  const { page } = await enter(browser, desk, "kurnia");
  await page.getByRole("button", { name: "Balasan baru" }).click();
  await page.getByLabel("Pintasan").fill("slik");
  await page.getByLabel("Judul").fill("Cek SLIK");
  await page
    .getByLabel("Teks bahasa Indonesia")
    .fill("Riwayat kredit bisa dilihat sendiri, gratis.");
  await page.locator("dialog button[type=submit]").click();
  await page.locator(".reply-card", { hasText: "/slik" }).waitFor();
  await openRow(ani.page, "Siti");
  await ani.page.locator("#compose").pressSequentially("/slik");
  await ani.page.locator("#replies-list", { hasText: "Cek SLIK" }).waitFor();
});

it("changes the password and turns one-time codes on and off", async () => {
  const { page, faults } = await enter(browser, desk, "ani", {}, "/#/settings");
  await page.getByLabel("Kata sandi sekarang").fill("wrong");
  await page.getByLabel("Kata sandi baru").fill("sungai jernih di kaki gunung");
  await page.getByRole("button", { name: "Ganti kata sandi" }).click();
  await page.locator(".toast.is-grave", { hasText: "kata sandi tidak benar" }).waitFor();
  assert.equal(await page.locator(".rail").count(), 1, "a wrong password is no end of the session");
  await page.getByLabel("Kata sandi sekarang").fill(people.ani.password);
  await page.getByRole("button", { name: "Ganti kata sandi" }).click();
  await page.locator(".toast", { hasText: "sudah diganti" }).waitFor();
  await page.getByRole("button", { name: "Aktifkan" }).click();
  await page.locator(".squares").waitFor();
  await page.locator("input[autocomplete=one-time-code]").fill("123456");
  await page.getByRole("button", { name: "Konfirmasi" }).click();
  await page.getByRole("button", { name: "Matikan" }).waitFor();
  assert.deepEqual(faults, []);
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

it("sounds and notices only for what was chosen, and counts on the tab", async () => {
  const { page, context } = await visit(browser, desk);
  await context.grantPermissions(["notifications"], { origin: desk.origin });
  await page.addInitScript(() => {
    window.heardTones = 0;
    window.shownNotices = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...more) {
      window.heardTones++;
      return start.apply(this, more);
    };
    window.Notification = class {
      constructor(title) {
        window.shownNotices.push(title);
      }
      static permission = "granted";
    };
    Object.defineProperty(document, "visibilityState", {
      get: () => (window.isAway ? "hidden" : "visible"),
    });
  });
  await signIn(page, desk, "ani");
  const tones = () => page.evaluate(() => window.heardTones);
  // Others' conversations and new ones in the queue are silent by default.
  desk.citizenWrites(citizens.maria, "anybody there?");
  desk.add({ citizen: "00000000000000c1", address: "web-9", name: "Baru" });
  await page.getByRole("tab", { name: /Menunggu/ }).click();
  await page.locator(".row", { hasText: "Baru" }).waitFor();
  assert.equal(await tones(), 0);
  await page.evaluate(() => { window.isAway = true; });
  desk.citizenWrites(citizens.siti, "bu?");
  await until(async () => await tones() === 1, "one tone for one message");
  assert.deepEqual(await page.evaluate(() => window.shownNotices), ["Siti Rahmawati"]);
  await until(async () => (await page.title()).startsWith("(1) "), "one on the tab");
  desk.offer(citizens.agus, 1);
  await until(async () => await tones() === 3, "a chime of two");
  await until(async () => (await page.title()).startsWith("(2) "), "two on the tab");
  await page.evaluate(() => { window.isAway = false; });
  await page.goto(desk.origin + "/#/settings");
  await page.getByLabel(/^Bunyi: Warga yang saya layani/).selectOption("none");
  const before = await tones();
  desk.citizenWrites(citizens.siti, "halo?");
  await page.waitForTimeout(300);
  assert.equal(await tones(), before);
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

it("has the system's colours, also when these change, until others are chosen", async () => {
  const { page, faults } = await enter(
    browser,
    desk,
    "ani",
    { colorScheme: "dark" },
    "/#/settings",
  );
  // The page hears of the system's change a moment after it was made.
  const looks = (expected) => page.waitForFunction((wanted) => {
    const [red] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
    return (red < 128 ? "dark" : "light") === wanted;
  }, expected);
  const pick = (theme) => page.locator("select", { hasText: "Gelap" }).selectOption(theme);
  await looks("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await looks("light");
  await pick("dark");
  await looks("dark");
  await pick("auto");
  await looks("light");
  await pick("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await looks("light");
  assert.deepEqual(faults, []);
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

it("searches what was said, shows where, and says what was not looked at", async () => {
  desk.bounds = { unread: 12, cut: 3 };
  const { page, faults } = await enter(browser, desk, "sri", {}, "/#/archive");
  await page.getByRole("searchbox").fill("premi");
  await page.keyboard.press("Enter");
  await page.locator(".excerpt mark", { hasText: "premi" }).waitFor();
  assert.match(await page.locator(".excerpt").innerText(), /klaim rawat inap saya ditolak/);
  assert.match(
    await page.locator(".looked-at").innerText(),
    /12 percakapan belum diperiksa.*3 percakapan panjang/s,
  );
  await page.getByRole("searchbox").fill("");
  await page.getByLabel("Keadaan").selectOption("window_shut");
  await until(() => desk.looked.only === "window_shut", "asked");
  await page.getByLabel("Keadaan").selectOption("");
  await page.locator(".looking").getByLabel("Pemegang").selectOption("mine");
  await until(() => desk.looked.agent === "4" && desk.looked.owner === "agent", "one's own");
  await page.locator(".looking").getByLabel("Kanal").selectOption("webchat");
  await until(() => desk.looked.channel === "webchat", "as the service names it");
  assert.deepEqual(faults, []);
});

it("filters one's own by state", async () => {
  const { page } = await enter(browser, desk, "ani");
  const names = () => page.locator("#list-body .row-name").allTextContents();
  await until(async () => (await names()).length === 3, "all");
  await page.getByLabel("Keadaan").selectOption("window_shut");
  await until(
    async () => (await names()).length === 1 && (await names())[0].includes("412"),
    "shut",
  );
  await page.getByLabel("Keadaan").selectOption("at_risk");
  await until(
    async () => (await names()).length === 1 && (await names())[0].includes("Siti"),
    "at risk",
  );
});

// The desk's page around the conversation: the wall, search, the audit log, accounts, replies,
// filters, and what each person chooses for themselves.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test as it } from "node:test";
import { citizens, crowd, furnish, people } from "./world.mjs";
import { enter, launch, openDesk, openRow, signIn, until, visit } from "./browser.mjs";

let browser;
let desk;
before(async () => { browser = await launch(); });
after(() => browser?.close());
beforeEach(async () => { desk = await openDesk(furnish); });
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await desk.close();
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

// The whole of it with nothing pretended: `alur serve` with Kontak 157, its first administrator
// made by the printed link, two agents and a supervisor on the desk, four citizens in the web chat,
// each in a browser window of their own, and the service killed in the middle.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test as it } from "node:test";
import { launch, shot, sizes, until } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "alur-desk-"));
const app = join(folder, "app");
let browser;
let service;

class Service {
  ports = { web: "0", desk: "0" };
  async start() {
    this.said = "";
    this.process = spawn(process.env.ALUR_PROGRAM, [
      "serve",
      app,
      "--store",
      join(folder, "store.db"),
      "--port",
      "0",
      "--cores",
      "2",
      "--web-title", "Kontak 157", "--web-port", this.ports.web, "--desk-port", this.ports.desk]);
    this.process.stderr.pipe(process.stderr);
    await new Promise((done, failed) => {
      this.process.stdout.on("data", (piece) => {
        this.said += piece;
        const web = /open (http:\/\/[^ ]+:(\d+)) to chat/.exec(this.said);
        const desk = /the desk is at (http:\/\/[^ ]+:(\d+))\n/.exec(this.said);
        if (!web || !desk) return;
        this.web = web[1];
        this.desk = desk[1];
        this.ports = { web: web[2], desk: desk[2] };
        setTimeout(done, 100); // the line with the link comes after it
      });
      this.process.on("exit", () => failed(new Error("alur serve ended: " + this.said)));
    });
  }
  async end(signal) {
    const ended = new Promise((done) => this.process.on("exit", done));
    this.process.kill(signal);
    await ended;
  }
}

before(async () => {
  cpSync(process.env.ALUR_APP, app, { recursive: true });
  const file = join(app, "app.yaml");
  // Whatever the hour at which this is tested, people are on duty.
  writeFileSync(
    file,
    readFileSync(file, "utf8")
      .replace(/^ {2}office: .*$/m, "  office: mon-sun 00:00-24:00")
      .replace(/^ {2}scam_desk: .*$/m, "  scam_desk: mon-sun 00:00-24:00"),
  );
  service = new Service();
  await service.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (service?.process.exitCode === null && service.process.signalCode === null)
    await service.end("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

const faults = [];
async function window(options = {}) {
  const context = await browser.newContext({
    locale: "id-ID",
    viewport: sizes.desktop,
    ...options,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on(
    "console",
    (line) =>
      line.type() === "error" &&
      !/status of 40|ERR_CONNECTION|WebSocket|net::ERR/.test(line.text()) &&
      faults.push(line.text()),
  );
  return page;
}
async function signIn(name, password) {
  const page = await window();
  await page.goto(service.desk);
  await page.fill("input[autocomplete=username]", name);
  await page.fill("input[type=password]", password);
  await page.keyboard.press("Enter");
  await page.locator(".rail").waitFor();
  await page.locator(".loading").waitFor({ state: "detached" });
  return page;
}
const passwords = {
  dewi: "hujan turun di bulan juni",
  ani: "sawah hijau di pagi hari",
  budi: "kopi tubruk tanpa gula",
  sri: "pasar pagi selalu ramai",
};
async function setPassword(page, password) {
  for (const field of await page.locator("input[autocomplete=new-password]").all())
    await field.fill(password);
  await page.keyboard.press("Enter");
  await page.locator("input[autocomplete=current-password]").waitFor();
}
const people = {};
const citizens = [];
const reply = async (page, text) => {
  await page.fill("#compose", text);
  await page.press("#compose", "Enter");
};
const hears = (citizen, text) =>
  citizen.page.locator(".of-service .words", { hasText: text }).last().waitFor({ timeout: 20_000 });
const counts = async (citizen, text) =>
  (await citizen.page.locator("#log .words").allInnerTexts()).filter((one) => one.includes(text))
    .length;
async function writes(citizen, text) {
  await citizen.page.fill("#words", text);
  await citizen.page.press("#words", "Enter");
}
const openChat = async (page, citizen) => {
  await page.goto(`${service.desk}/#/c/${citizen.key}`);
  await page.locator(`.talk-pane[data-citizen="${citizen.key}"][data-open=open]`).waitFor();
};

it("makes the first administrator and the others", async () => {
  const link = /open (http\S+\/#\/first\/\S+) within a day/.exec(service.said)?.[1];
  assert.ok(link, service.said);
  const first = await window();
  await first.goto(link);
  await first.fill("input[autocomplete=username]", "dewi");
  await first.fill("input[autocomplete=name]", "Dewi Anggraini");
  await setPassword(first, passwords.dewi);
  const dewi = await signIn("dewi", passwords.dewi);
  await dewi.goto(service.desk + "/#/accounts");
  for (const [name, fullName, role] of [
    ["ani", "Ani Wulandari", "agent"],
    ["budi", "Budi Santoso", "agent"],
    ["sri", "Sri Handayani", "supervisor"],
  ]) {
    await dewi.getByRole("button", { name: "Akun baru" }).click();
    await dewi.getByLabel("Nama akun").fill(name);
    await dewi.getByLabel("Nama lengkap").fill(fullName);
    await dewi.getByLabel("Peran").selectOption(role);
    for (const box of await dewi.locator("dialog input[type=checkbox]").all()) await box.check();
    await dewi.locator("dialog").getByRole("button", { name: "Buat akun" }).click();
    const own = await window();
    await own.goto(await dewi.locator(".secret code").innerText());
    await setPassword(own, passwords[name]);
    await dewi.locator("dialog .dialog-head button").click();
    people[name] = await signIn(name, passwords[name]);
  }
  await shot(dewi, "whole-1-accounts");
  for (const name of ["ani", "budi"]) {
    await people[name].keyboard.press("Alt+o");
    await people[name].locator("#presence", { hasText: "Daring" }).waitFor();
  }
});

it("brings four citizens to two agents, two each", async () => {
  for (let i = 0; i < 4; i++) {
    const page = await window({ viewport: { width: 390, height: 760 } });
    await page.goto(service.web);
    await page.locator(".of-service .words").first().waitFor();
    const citizen = { page, name: `warga ${i + 1}`, agent: undefined, key: undefined };
    citizens.push(citizen);
    await writes(citizen, `saya ${citizen.name}`);
    await page.locator(".of-you.is-taken").last().waitFor();
    await writes(citizen, "petugas");
    await hears(citizen, "antrean");
    // Offered to whoever has most room; they accept at once.
    let taken;
    await until(async () => {
      for (const name of ["ani", "budi"]) {
        if (await people[name].locator(".offer").count() === 0) continue;
        await people[name].keyboard.press("Alt+a");
        taken = name;
        return true;
      }
      return false;
    }, "offered to somebody", 15_000);
    const agent = people[taken];
    await agent.locator(".owner.is-mine").waitFor();
    await agent.locator(".talk-pane[data-open=open]").waitFor();
    await agent
      .locator(".from-citizen .words", { hasText: `saya ${citizen.name}` })
      .first()
      .waitFor();
    citizen.agent = agent;
    citizen.key = await agent.locator(".talk-pane").getAttribute("data-citizen");
  }
  for (const name of ["ani", "budi"])
    assert.equal(citizens.filter((one) => one.agent === people[name]).length, 2, `${name} has two`);
  assert.equal(new Set(citizens.map((one) => one.key)).size, 4);
});

it("carries what they say to each other, and to nobody else", async () => {
  for (const citizen of citizens) {
    await openChat(citizen.agent, citizen);
    await reply(citizen.agent, `Selamat siang, ${citizen.name}.`);
    await hears(citizen, `Selamat siang, ${citizen.name}.`);
    await writes(citizen, `terima kasih, ini ${citizen.name} lagi`);
    await citizen.agent
      .locator(".from-citizen .words", { hasText: `ini ${citizen.name} lagi` })
      .waitFor();
  }
  for (const citizen of citizens) {
    assert.equal(await counts(citizen, "Selamat siang,"), 1, "each hears one greeting");
  }
  const { agent } = citizens[0];
  await openChat(agent, citizens[0]);
  await agent.keyboard.press("Alt+n");
  await reply(agent, "hanya di antara kita");
  await agent.locator(".from-note .words", { hasText: "hanya di antara kita" }).waitFor();
  await shot(agent, "whole-2-agent");
  await shot(citizens[0].page, "whole-3-citizen");
  assert.equal(await counts(citizens[0], "hanya di antara kita"), 0, "a note is for colleagues");
});

it("brings a picture from the agent to the citizen", async () => {
  const [citizen, other] = citizens;
  await openChat(citizen.agent, citizen);
  // 4 by 3 pixels, drawn by the browser.
  const png = await citizen.agent.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [4, 3];
    canvas.getContext("2d").fillRect(0, 0, 4, 3);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  await citizen.agent
    .locator("input[type=file]")
    .setInputFiles({
      name: "peta kantor.png",
      mimeType: "image/png",
      buffer: Buffer.from(png, "base64"),
    });
  const picture = citizen.page.locator(".of-service img.thumb");
  await picture.waitFor({ timeout: 20_000 });
  await until(
    () => picture.evaluate((image) => image.complete && image.naturalWidth === 4),
    "the picture is shown",
  );
  assert.equal(await citizen.page.locator(".of-service .file-name").innerText(), "peta kantor.png");
  const [saved] = await Promise.all([
    citizen.page.waitForEvent("download"),
    citizen.page.locator(".sent-file button").click(),
  ]);
  assert.equal(saved.suggestedFilename(), "peta kantor.png");
  const own = citizen.agent.locator(".from-agent .sent-file img");
  await until(
    () => own.evaluate((image) => image.complete && image.naturalWidth === 4),
    "and its agent sees it, too",
  );
  // It is there after a reload, and nobody else has it.
  await citizen.page.reload();
  await until(
    () => picture.evaluate((image) => image.complete && image.naturalWidth === 4),
    "it is still shown",
  );
  assert.equal(await other.page.locator(".of-service img.thumb").count(), 0);
  await shot(citizen.page, "whole-3-picture");
});

it("shows the supervisor both agents and lets her read along, not reply", async () => {
  const { sri } = people;
  await sri.goto(service.desk + "/#/wall");
  await sri
    .locator(".agent-line", { hasText: "Ani" })
    .locator(".meter", { hasText: "2/4" })
    .waitFor();
  await sri
    .locator(".agent-line", { hasText: "Budi" })
    .locator(".meter", { hasText: "2/4" })
    .waitFor();
  await shot(sri, "whole-4-wall");
  await openChat(sri, citizens[0]);
  assert.equal(await sri.getByRole("button", { name: "Balas", exact: true }).isDisabled(), true);
  await citizens[0].agent.locator(".viewers", { hasText: "Sri" }).waitFor();
});

it("loses nothing and doubles nothing when the service is killed", async () => {
  const citizen = citizens[1];
  await openChat(citizen.agent, citizen);
  await service.end("SIGKILL");
  await citizen.agent.locator(".offline").waitFor();
  await reply(citizen.agent, "Ini ditulis waktu layanan mati.");
  await writes(citizen, "saya juga menulis waktu itu");
  await shot(citizen.agent, "whole-5-killed");
  await service.start();
  await citizen.agent.locator(".offline").waitFor({ state: "detached", timeout: 30_000 });
  await hears(citizen, "Ini ditulis waktu layanan mati.");
  await citizen.agent
    .locator(".from-citizen .words", { hasText: "saya juga menulis waktu itu" })
    .waitFor({ timeout: 30_000 });
  await until(async () => await citizen.agent.locator(".is-unsent").count() === 0, "all is said");
  assert.equal(await counts(citizen, "Ini ditulis waktu layanan mati."), 1);
  const shown = await citizen.agent.locator(".words").allTextContents();
  for (const text of ["Ini ditulis waktu layanan mati.", "saya juga menulis waktu itu"])
    assert.equal(shown.filter((one) => one === text).length, 1, text);
});

it("hands one on with a note, and its new owner goes on", async () => {
  const citizen = citizens.find((one) => one.agent === people.ani);
  await openChat(people.ani, citizen);
  await people.ani.keyboard.press("Alt+t");
  await people.ani.locator(".choice", { hasText: "Budi" }).click();
  await people.ani.getByLabel("Catatan untuk penerima").fill("Tinggal menunggu nomor tiket.");
  await people.ani.locator("dialog button[type=submit]").click();
  const offer = people.budi.locator(".offer", { hasText: "Tinggal menunggu nomor tiket." });
  await people.budi.goto(service.desk + "/#/");
  await offer.waitFor();
  await people.budi.keyboard.press("Alt+a");
  await people.budi.locator(`.talk-pane[data-citizen="${citizen.key}"] .owner.is-mine`).waitFor();
  await reply(people.budi, "Saya Budi, melanjutkan dari Ani.");
  await hears(citizen, "Saya Budi, melanjutkan dari Ani.");
  citizen.agent = people.budi;
});

it("gives one back to the bot, which answers again", async () => {
  const citizen = citizens.pop();
  await openChat(citizen.agent, citizen);
  await citizen.agent.keyboard.press("Alt+b");
  await citizen.agent.locator("dialog button[type=submit]").click();
  await citizen.agent.locator("dialog").waitFor({ state: "detached" });
  const row = citizen.agent.locator(`[data-row="${citizen.key}"]`);
  await row.waitFor({ state: "detached" });
  const asked = await counts(citizen, "Apa yang bisa saya bantu?");
  await writes(citizen, "menu");
  await until(
    async () => (await counts(citizen, "Apa yang bisa saya bantu?")) === asked + 1,
    "the bot asks again",
  );
  assert.equal(await row.count(), 0, "what is said to the bot is on nobody's desk");
});

it("closes each with a code, and the bot goes on", async () => {
  for (const citizen of citizens) {
    await openChat(citizen.agent, citizen);
    await citizen.agent.keyboard.press("Alt+w");
    await citizen.agent.keyboard.press("1");
    await citizen.agent.locator("dialog button[type=submit]").click();
    await citizen.agent.locator("dialog").waitFor({ state: "detached" });
    // The flow asks for a rating.
    await citizen.page.locator(".choices:not(.past) .choice").first().waitFor({ timeout: 20_000 });
  }
  await shot(citizens[2].page, "whole-6-rating");
  for (const name of ["ani", "budi"]) {
    await until(
      async () => (await people[name].locator(".row").count()) === 0,
      `${name} has nobody left`,
    );
  }
  assert.deepEqual(faults, []);
});

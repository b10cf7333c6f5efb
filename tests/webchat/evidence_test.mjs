// Photos and documents in the web chat: from a phone and from a desktop through the whole complaint
// to a ticket with its files; over a network that fails, and with files that are not taken.
// Screenshots go to ALUR_SCREENSHOTS.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { Network, Service } from "./service.mjs";

const program = process.env.ALUR_PROGRAM;
const shots = process.env.ALUR_SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const desktop = { viewport: { width: 1280, height: 800 } };
const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
    "2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n" +
    "trailer<</Root 1 0 R>>\n%%EOF\n",
);

let browser;
let service;
let network;
let photo; // 4,032 by 3,024 pixels, some MiB: a phone's
let screenshot; // a small PNG

const it = (name, body) => test(name, async () => {
  try {
    await body();
  } catch (fault) {
    console.log(`once more: ${name}: ${fault.message.split("\n")[0]}`);
    network.comeBack();
    network.delay = 0;
    network.rate = Infinity;
    await body();
  }
});

before(async () => {
  mkdirSync(shots, { recursive: true });
  service = new Service(program, process.env.ALUR_APP);
  await service.start();
  network = new Network(() => service.port);
  await network.open();
  browser = await chromium.launch({
    executablePath: process.env.ALUR_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage();
  photo = await paint(page, 4032, 3024, "image/jpeg");
  screenshot = await paint(page, 360, 640, "image/png");
  await page.close();
  assert.ok(photo.length > 2_000_000, `${photo.length} bytes`);
});
after(async () => {
  await browser?.close();
  await network?.close();
  await service?.stop();
  service?.remove();
});

// A picture with much in it.
async function paint(page, width, height, type) {
  const text = await page.evaluate(async ({ width, height, type }) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    // Paper, with a camera's noise on it.
    const dots = pen.createImageData(width, height);
    for (let i = 0, chance = 1; i < dots.data.length; i += 4) {
      chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
      const grey = 214 + 60 * Math.sin(i / width / 400) + (chance % 1_024) / 64;
      dots.data.set([grey, grey - 6, grey - 18, 255], i);
    }
    pen.putImageData(dots, 0, 0);
    pen.fillStyle = "#123";
    pen.font = `${Math.round(height / 12)}px sans-serif`;
    pen.fillText("BUKTI TRANSFER", width / 12, height / 2);
    return canvas.toDataURL(type, 0.92);
  }, { width, height, type });
  return Buffer.from(text.split(",")[1], "base64");
}

async function visit(options, locale) {
  const context = await browser.newContext({ ...options, locale });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "blob:" && url.host !== `127.0.0.1:${network.port}`)
      faults.push("asked " + request.url());
  });
  await page.goto(network.origin);
  await page.locator("html[data-state=online]").waitFor();
  await page.locator(".choices .choice").first().waitFor();
  return { context, page, faults };
}

const shot = (page, name) =>
  page.screenshot({ path: join(shots, name + ".png"), animations: "disabled" });
const tap = (page, label) => page.locator(".choices:not(.past) .choice")
  .filter({ has: page.locator(".label", { hasText: new RegExp(`^${label}$`) }) }).last().click();
const heard = (page, text) =>
  page.locator(".of-service .words", { hasText: text }).last().waitFor({ timeout: 60_000 });
const kept = () =>
  readdirSync(service.command[4] + ".files").filter((name) => !name.endsWith(".part"));
const attach = (page, name, mimeType, buffer) =>
  page.setInputFiles("#file", { name, mimeType, buffer });
const sendIt = (page) => page.locator("#sheet .whole").click();
const sent = (page, nth) =>
  page.locator(".of-you.is-taken:has(.file-name)").nth(nth).waitFor({ timeout: 60_000 });

async function write(page, text) {
  await page.fill("#words", text);
  await page.press("#words", "Enter");
}
async function expectAccessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"] }),
  );
  const told = found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`,
  );
  assert.deepEqual(told, [], what);
}
async function expectNoWider(page) {
  const wide = await page.evaluate(() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".unseen"))
    .map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(wide, []);
}

const told = {
  id: {
    steps: [
      ["tap", "Pengaduan"],
      ["tap", "Tidak bisa dihubungi"],
      ["tap", "Setuju"],
      ["write", "Siti Contoh"],
      ["write", "0812-3456-7890"],
      ["tap", "Lewati"],
      ["write", "Dana Teladan Contoh"],
      ["tap", "Pinjaman atau pinjol"],
      ["write", "1/12/2025"],
      ["tap", "Tidak tahu"],
      ["write", "Saya ditagih setiap hari padahal tidak pernah meminjam"],
      ["write", "Penagihan dihentikan"]],
    photo: "Punya foto bukti",
    paper: "Punya dokumen bukti",
    check: "Sudah benar?",
    send: "Kirim pengaduan",
    done: "Nomor tiket:",
    large: "Berkas ini terlalu besar. Paling besar 10,5 MB.",
    taken: "Jenis berkas ini tidak diterima. Kirim foto atau PDF.",
  },
  en: {
    steps: [
      ["tap", "Complaint"],
      ["tap", "I cannot reach them"],
      ["tap", "I agree"],
      ["write", "Siti Contoh"],
      ["write", "0812-3456-7890"],
      ["tap", "Skip"],
      ["write", "Dana Teladan Contoh"],
      ["tap", "Loans, online or not"],
      ["write", "1/12/2025"],
      ["tap", "I do not know"],
      ["write", "They collect every day though I never borrowed anything"],
      ["write", "The collecting has to stop"]],
    photo: "Do you have a photo",
    paper: "Do you have a document",
    check: "Is that right?",
    send: "Send it",
    done: "Ticket number:",
    large: "This file is too large. It may have at most 10.5 MB.",
    taken: "This type of file is not taken. Send a photo or a PDF.",
  },
};

// Up to the question for a photo: each step when the answer to the one before has come.
async function complain(page, t) {
  for (const [how, what] of t.steps) {
    const before = await page.locator(".of-service").count();
    await (how === "tap" ? tap(page, what) : write(page, what));
    await page.waitForFunction(
      (count) => document.querySelectorAll(".of-service:not(:has(.dots))").length > count,
      before,
      { timeout: 60_000 });
    await page.waitForTimeout(250);
  }
  await heard(page, t.photo);
}

const digestOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

// The ticket that the page tells of, as an operator is shown it.
async function ticketOf(page, t) {
  await heard(page, t.done);
  const words = await page.locator(".of-service .words", { hasText: t.done }).last().innerText();
  const number = /T-\d{4}-\d{4}/.exec(words)[0];
  return execFileSync(program, ["tickets", "show", service.command[4], number], {
    encoding: "utf8",
  });
}

for (const [device, options, language, colorScheme] of
  [["phone", phone, "id", "light"], ["desktop", desktop, "en", "dark"]]) {
  it(`sends a photo and a document with a complaint on a ${device}, ${language}`, async () => {
    const t = told[language];
    const { context, page, faults } = await visit(
      { ...options, colorScheme },
      language === "id" ? "id" : "en-GB",
    );
    const name = `${device}-${language}`;
    await complain(page, t);
    await attach(page, "bukti transfer.jpg", "image/jpeg", photo);
    await page.locator("#sheet .preview").waitFor();
    await page.waitForTimeout(300);
    await shot(page, name + "-file-1-preview");
    await expectAccessible(page, "preview");
    await expectNoWider(page);
    await sendIt(page);
    await sent(page, 0);
    await heard(page, t.paper);
    await attach(page, "surat pengaduan.pdf", "application/pdf", pdf);
    await page.locator("#sheet .whole").waitFor();
    await page.waitForTimeout(300);
    await shot(page, name + "-file-2-document");
    await sendIt(page);
    await sent(page, 1);
    await heard(page, t.check);
    await page.locator(".thumb").scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await shot(page, name + "-file-3-sent");
    await expectAccessible(page, "sent");
    await expectNoWider(page);
    await tap(page, t.send);
    const shown = await ticketOf(page, t);
    assert.match(shown, /photo: image\/jpeg, \d+ bytes, bukti transfer\.jpg\n {4}.*\.jpg\n/);
    assert.match(shown, /\.jpg\n {4}sha256 [0-9a-f]{64}, as it came\n/);
    assert.match(shown, /paper: application\/pdf, \d+ bytes, surat pengaduan\.pdf\n/);
    const [photoPlace, paperPlace] = [...shown.matchAll(/^ {4}(\/.*)$/gm)].map((one) => one[1]);
    assert.ok(readFileSync(photoPlace).length < photo.length / 3, "the photo was made smaller");
    assert.deepEqual(readFileSync(paperPlace), pdf);
    assert.ok(shown.includes(digestOf(pdf)) && shown.includes(digestOf(readFileSync(photoPlace))));
    // After a reload it looks as before, from what the browser has kept.
    await page.reload();
    await page.locator("html[data-state=online]").waitFor();
    await page.waitForFunction(() => document.querySelector(".thumb")?.naturalWidth > 0);
    assert.deepEqual(await page.locator(".file-name").allInnerTexts(), [
      "bukti transfer.jpg",
      "surat pengaduan.pdf",
    ]);
    await page.locator(".thumb").scrollIntoViewIfNeeded();
    await shot(page, name + "-file-4-reload");
    const read = await page.locator("#log").ariaSnapshot();
    assert.match(
      read,
      language === "id" ? /Foto: ?bukti transfer\.jpg/ : /Photo: ?bukti transfer\.jpg/,
    );
    assert.deepEqual(faults, []);
    await context.close();
  });
}

it("says what it does not take, in both languages, before anything is sent", async () => {
  for (const language of ["id", "en"]) {
    const t = told[language];
    const { context, page, faults } = await visit(phone, language === "id" ? "id" : "en-GB");
    const before = kept().length;
    await attach(
      page,
      "gambar.svg",
      "image/svg+xml",
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    );
    await page.locator("#note", { hasText: t.taken }).waitFor();
    await shot(page, `phone-${language}-file-refused`);
    await expectAccessible(page, "refused");
    await attach(page, "foto.jpg", "image/jpeg", Buffer.from("<html><script>alert(1)</script>"));
    await page.locator("#note", { hasText: t.taken }).waitFor();
    await attach(
      page,
      "besar.pdf",
      "application/pdf",
      Buffer.concat([pdf, Buffer.alloc(10 << 20)]),
    );
    await page.locator("#note", { hasText: t.large }).waitFor();
    await write(page, "menu");
    await page.locator("#note").waitFor({ state: "hidden" });
    assert.equal(kept().length, before);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

// The service that looks for itself, whatever the page lets through.
it("shows why the service refused, and what can be done", async () => {
  const { context, page } = await visit(phone, "en-GB");
  await page.route("**/uploads/*", (route) =>
    route.fulfill({ status: 429, body: '{"error":"too_many"}' }),
  );
  await attach(page, "a.png", "image/png", screenshot);
  await sendIt(page);
  await page.locator(".fault", { hasText: "You have sent many files today." }).waitFor();
  await shot(page, "phone-en-file-too-many");
  await expectAccessible(page, "too many");
  await page.unroute("**/uploads/*");
  await page.locator(".again").click();
  await sent(page, 0);
  await context.close();
});

it("brings a file once over a network that breaks and loses the answer", async () => {
  const { context, page } = await visit(phone, "en-GB");
  const before = kept().length;
  network.delay = 20;
  network.rate = 60; // bytes a millisecond
  await attach(page, "a.jpg", "image/jpeg", photo);
  await sendIt(page);
  await page.waitForFunction(() => document.querySelector("progress")?.value > 0.2);
  await shot(page, "phone-en-file-way");
  await expectAccessible(page, "on its way");
  network.goAway();
  await page.locator(".of-you.is-waiting").waitFor();
  network.comeBack();
  network.rate = Infinity;
  network.freeAt = 0;
  // It arrives, and its answer does not.
  network.silent.down = true;
  await page.waitForTimeout(3_000);
  network.comeBack();
  await page.reload();
  await sent(page, 0);
  network.delay = 0;
  await heard(page, "Please choose one");
  assert.equal(kept().length, before + 1);
  assert.equal(await page.locator(".of-you").count(), 1);
  await context.close();
});

it("calls a file back while it is on its way", async () => {
  const { context, page } = await visit(desktop, "en-GB");
  const before = kept().length;
  network.delay = 20;
  network.rate = 20;
  await attach(page, "a.jpg", "image/jpeg", photo);
  await sendIt(page);
  await page.waitForFunction(() => document.querySelector("progress")?.value > 0.02);
  await page.getByRole("button", { name: "Cancel: a.jpg" }).click();
  network.delay = 0;
  network.rate = Infinity;
  assert.equal(await page.locator(".of-you").count(), 0);
  await write(page, "menu");
  await page.locator(".of-you.is-taken", { hasText: "menu" }).waitFor({ timeout: 60_000 });
  assert.equal(kept().length, before);
  await page.reload();
  await page.locator("html[data-state=online]").waitFor();
  assert.equal(await page.locator(".of-you").count(), 1);
  await context.close();
});

it("takes what is dropped and pasted, and works with the keyboard alone", async () => {
  const { context, page } = await visit(desktop, "en-GB");
  const give = (event, target) =>
    page.evaluate(
      ({ event, target, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes)], "image.png", { type: "image/png" }));
        const key = event === "paste" ? "clipboardData" : "dataTransfer";
        const Kind = event === "paste" ? ClipboardEvent : DragEvent;
        document
          .querySelector(target)
          .dispatchEvent(new Kind(event, { [key]: data, bubbles: true, cancelable: true }));
      },
      { event, target, bytes: [...screenshot] },
    );
  await give("dragover", "#log");
  await page.locator("#drop").waitFor();
  await shot(page, "desktop-en-file-drop");
  await give("drop", "#log");
  await page.locator("#sheet .preview").waitFor();
  assert.equal(await page.locator("#drop").isVisible(), false);
  await page.keyboard.press("Enter"); // Send has the focus
  await sent(page, 0);
  await give("paste", "#words");
  await page.locator("#sheet .preview").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#sheet").waitFor({ state: "hidden" });
  await page.focus("#words");
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Shift+Tab");
  assert.equal(
    await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
    "Send a photo or a document",
  );
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "b.png", mimeType: "image/png", buffer: screenshot });
  await page.locator("#sheet .preview").waitFor();
  await page.keyboard.press("Enter");
  await sent(page, 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "words");
  const names = kept();
  assert.ok(
    names.some((name) => name.includes(digestOf(screenshot))),
    "what is small goes as it is",
  );
  await context.close();
});

it("shows a file in another tab, too, and fits when it is enlarged", async () => {
  const { context, page } = await visit({ viewport: { width: 195, height: 422 } }, "en-GB");
  const other = await context.newPage();
  await other.goto(network.origin);
  await other.locator("html[data-state=online]").waitFor();
  await attach(
    page,
    "a name that is very long and has no blanks_in_it_at_the_end_of_it.png",
    "image/png",
    screenshot,
  );
  await page.locator("#sheet .whole").waitFor();
  await expectNoWider(page);
  await shot(page, "enlarged-file-preview");
  await sendIt(page);
  await sent(page, 0);
  await expectNoWider(page);
  await shot(page, "enlarged-file");
  await other.waitForFunction(() => document.querySelector(".thumb")?.naturalWidth > 0);
  await context.close();
});

// How the desk looks and reads: every part at 1280 pixels and on a tablet, in Indonesian and
// English, light and dark, enlarged; axe finds nothing. The pictures of the guides are made here:
// ALUR_DESK_IMAGES is where to.
import assert from "node:assert/strict";
import { after, afterEach, before, test as it } from "node:test";
import { join } from "node:path";
import { citizens, crowd, furnish } from "./world.mjs";
import {
  enter,
  expectAccessible,
  launch,
  openDesk,
  openRow,
  say,
  shot,
  sizes,
  until,
  visit,
} from "./browser.mjs";

let browser;
let desk;
before(async () => { browser = await launch(); });
after(() => browser?.close());
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await desk.close();
});
const images = process.env.ALUR_DESK_IMAGES;
async function picture(page, name) {
  if (images) await page.screenshot({ path: join(images, name + ".png"), animations: "disabled" });
}
// Nothing of the page lies beside the screen.
async function expectInside(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what}: ${wide} pixels too wide`);
}
async function look(page, name, check = true) {
  await page.waitForTimeout(120);
  await shot(page, name);
  await expectInside(page, name);
  if (check) await expectAccessible(page, name);
}

const ways = [
  ["desktop", "en", "light"],
  ["desktop", "id", "dark"],
  ["tablet", "id", "dark"],
  ["tablet", "en", "light"],
  ["upright", "id", "light"],
];
for (const [size, language, colours] of ways) {
  it(`serves, ${size}, ${language}, ${colours}`, async () => {
    desk = await openDesk((one) => { furnish(one); crowd(one, 12); });
    const { page, faults } = await enter(browser, desk, "ani", {
      viewport: sizes[size],
      locale: language === "id" ? "id-ID" : "en-GB",
      colorScheme: colours,
    });
    const name = (part) => `${size}-${language}-${colours}-${part}`;
    const guides = size === "desktop" && colours === "light";
    desk.offer(citizens.agus, 1);
    await page.locator(".offer").waitFor();
    await look(page, name("1-list"));
    await openRow(page, "Siti");
    await say(
      page,
      language === "id"
        ? "Silakan lapor lewat iasc.ojk.go.id, Bu."
        : "Please report it at iasc.ojk.go.id.",
    );
    await until(() => desk.said.length === 1, "said");
    desk.citizenTypes(citizens.siti);
    await look(page, name("2-talk"));
    if (guides) await picture(page, "desk");
    await page.locator("#compose").pressSequentially("/");
    await page.locator("#replies-list").waitFor();
    await look(page, name("3-replies"));
    if (guides) await picture(page, "desk-replies");
    await page.keyboard.press("Escape");
    await page.fill("#compose", "");
    for (const [key, part] of [
      ["Alt+t", "4-transfer"],
      ["Alt+b", "5-return"],
      ["Alt+w", "6-close"],
      ["Control+k", "7-palette"],
    ]) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      await look(page, name(part));
      if (guides) await picture(page, "desk-" + part.slice(2));
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
    await page.keyboard.press("Alt+y");
    await page.locator(".answering").waitFor();
    await look(page, name("7b-answering"));
    await page.locator("#compose").press("Escape");
    await page.locator(".log").focus();
    await page.keyboard.press("?");
    await look(page, name("8-keys"));
    await page.keyboard.press("Escape");
    await page.goto(`${desk.origin}/#/c/${citizens.rina}`);
    await page.locator(".has-failed").waitFor();
    await look(page, name("9-window-shut"));
    if (guides) await picture(page, "desk-window-shut");
    await page.keyboard.press("Alt+m");
    await page.locator("dialog[open]").waitFor();
    await look(page, name("9-template"));
    if (guides) await picture(page, "desk-template");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    if (size !== "desktop") {
      await page.keyboard.press("Alt+i");
      await page.locator(".panel-pane").waitFor();
      await look(page, name("10-panel"));
      await page.locator(".only-drawer").click();
    }
    await page.goto(desk.origin + "/#/settings");
    await look(page, name("11-settings"));
    if (guides) await picture(page, "desk-settings");
    await page.goto(desk.origin + "/#/archive");
    await page.locator(".table").waitFor();
    await look(page, name("12-archive"));
    desk.bounds = { unread: 12, cut: 3 };
    await page.locator("input[type=search]").fill("nomor pengirim");
    await page.keyboard.press("Enter");
    await page.locator(".looked-at").waitFor();
    await page.locator(".excerpt mark").first().waitFor();
    await look(page, name("12b-found"));
    await page.locator(".row-link").first().click();
    await page.locator(".line").first().waitFor();
    await look(page, name("13-reading"));
    await page.goto(desk.origin + "/#/replies");
    await look(page, name("14-replies"));
    assert.deepEqual(faults, []);
  });

  it(`watches, ${size}, ${language}, ${colours}`, async () => {
    desk = await openDesk((one) => { furnish(one); crowd(one, 12); });
    const { page, faults } = await enter(
      browser,
      desk,
      "sri",
      {
        viewport: sizes[size],
        locale: language === "id" ? "id-ID" : "en-GB",
        colorScheme: colours,
      },
      "/#/wall",
    );
    const name = (part) => `${size}-${language}-${colours}-${part}`;
    const guides = size === "desktop" && colours === "light";
    await page.locator(".agent-line summary").first().click();
    await look(page, name("20-wall"));
    if (guides) await picture(page, "desk-wall");
    await page.locator(".risk-row").first().getByRole("button").last().click();
    await page.locator(".choice").first().click();
    await look(page, name("21-assign"));
    if (guides) await picture(page, "desk-assign");
    await page.keyboard.press("Escape");
    await page.goto(`${desk.origin}/#/c/${citizens.siti}`);
    await page.locator(".talk-pane[data-open=open]").waitFor();
    await look(page, name("22-listen"));
    if (guides) await picture(page, "desk-listen");
    assert.deepEqual(faults, []);
  });

  it(`keeps accounts and audits, ${size}, ${language}, ${colours}`, async () => {
    desk = await openDesk(furnish);
    const options = {
      viewport: sizes[size],
      locale: language === "id" ? "id-ID" : "en-GB",
      colorScheme: colours,
    };
    const name = (part) => `${size}-${language}-${colours}-${part}`;
    const guides = size === "desktop" && colours === "light";
    const out = await visit(browser, desk, options);
    await out.page.goto(desk.origin);
    await out.page.locator("form").waitFor();
    await look(out.page, name("30-sign-in"));
    if (guides) await picture(out.page, "desk-sign-in");
    await out.page.goto(desk.origin + "/#/first/f1r5t");
    await out.page.reload();
    await out.page.locator("form").waitFor();
    await look(out.page, name("31-first"));
    desk.write({ name: "ani" }, "open", citizens.siti);
    desk.write({ name: "sri" }, "overfill", citizens.agus, "budi: 5 of 4");
    const admin = await enter(browser, desk, "dewi", options, "/#/accounts");
    await admin.page.locator(".table").waitFor();
    await look(admin.page, name("32-accounts"));
    if (guides) await picture(admin.page, "desk-accounts");
    await admin.page.locator("tr", { hasText: "Budi" }).getByRole("button").click();
    await look(admin.page, name("33-account"));
    await admin.page.keyboard.press("Escape");
    await admin.page.goto(desk.origin + "/#/audit");
    await admin.page.locator(".table").waitFor();
    await look(admin.page, name("34-audit"));
    if (guides) await picture(admin.page, "desk-audit");
    assert.deepEqual([...out.faults, ...admin.faults], []);
  });
}

it("bears 200 % and very large letters", async () => {
  desk = await openDesk(furnish);
  const { page } = await enter(browser, desk, "ani", {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  });
  desk.offer(citizens.agus, 1);
  await page.locator(".offer").waitFor();
  await look(page, "enlarged-1-list");
  await page.goto(`${desk.origin}/#/c/${citizens.siti}`);
  await page.locator(".talk-pane[data-open=open]").waitFor();
  await look(page, "enlarged-2-talk");
  await page.keyboard.press("Alt+t");
  await page.locator("dialog[open]").waitFor();
  await look(page, "enlarged-3-transfer");
  await page.keyboard.press("Escape");
  await page.goto(desk.origin + "/#/settings");
  await page.locator("select").nth(2).selectOption("huge");
  await page.setViewportSize(sizes.desktop);
  await page.goto(`${desk.origin}/#/c/${citizens.siti}`);
  await page.locator(".talk-pane[data-open=open]").waitFor();
  await look(page, "huge-talk");
});

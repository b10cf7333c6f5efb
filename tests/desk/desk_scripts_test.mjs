// Citizen text is text: whatever a citizen, a file or a list of institutions sends, in every field
// that they have a hand in, runs nothing, loads nothing, and stands there as it was written.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test as it } from "node:test";
import { enter, launch, openDesk, until } from "./browser.mjs";
import { payloads } from "./payloads.mjs";

let browser;
let desk;
before(async () => {
  browser = await launch();
  desk = await openDesk();
});
after(async () => {
  await browser?.close();
  await desk?.close();
});
const all = payloads();
const citizenOf = (i) => (0xe000000 + i).toString(16).padStart(16, "0");
// All that others have a hand in.
function plant(text, i) {
  const file = (href) => ({ name: text, mime: text, size: 7, picture: true, href });
  desk.add(
    {
      citizen: citizenOf(i),
      owner: i % 3 === 2 ? "agent" : "queue",
      agent: i % 3 === 2 ? 2 : undefined,
      queue: "general",
      channel: text,
      address: text,
      name: text,
      summary: text,
      language: text,
      note: text,
      outcome: text,
      last: { from: "citizen", text, at: 1 },
    },
    [
      { from: "citizen", text, key: text },
      { from: "bot", text, options: [text, text] },
      { from: "citizen", file: file(text) },
      { from: "citizen", file: file("javascript:ran()") },
      { from: "citizen", file: file("//x.example/" + text) },
      { from: "agent", by: text, text, delivery: "failed", reason: text },
      { from: "note", by: text, text },
      {
        from: "mark",
        mark: text,
        by: text,
        to: text,
        code: text,
        state: text,
        note: text,
        queue: text,
      },
      { from: text, text, by: text },
    ],
    {
      summary: text,
      fields: [{ name: text, value: text }],
      learned: [{ name: text, value: { [text]: [text, { [text]: text }] } }],
      answers: [
        {
          at: 1,
          service: text,
          outcome: text,
          value: { [text]: text, deep: { a: { b: { c: { d: text } } } } },
        },
      ],
      tickets: [{ number: text, stage: text, opened: 1, due: 2, kind: text }],
      earlier: [{ from: 1, until: 2, outcome: text, code: text }],
    },
  );
}

it("has no way to make markup of text", () => {
  const root = join(import.meta.dirname, "../../tools/desk/page");
  const sinks = new RegExp(
    [
      "innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\\.write",
      "createContextualFragment|DOMParser|setHTMLUnsafe|\\beval\\(|new Function|srcdoc|javascript:",
    ].join("|"),
  );
  const files = readdirSync(root, { recursive: true }).filter((name) =>
    /\.(tsx?|html)$/.test(name),
  );
  assert.ok(files.length > 30);
  for (const name of files)
    assert.doesNotMatch(readFileSync(join(root, name), "utf8"), sinks, name);
});

it(`runs none of ${all.length} scripts in any field`, async () => {
  assert.ok(all.length >= 500, `${all.length} payloads`);
  all.forEach(plant);
  const { page, faults } = await enter(browser, desk, "sri");
  await page.evaluate(() => {
    window.ranCount = 0;
    window.ran = () => window.ranCount++;
    window.refusals = [];
    addEventListener("securitypolicyviolation", (event) =>
      window.refusals.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  const wrong = [];
  for (let i = 0; i < all.length; i++) {
    const found = await page.evaluate(
      async ({ citizen, text, last }) => {
        location.hash = "#/c/" + citizen;
        const settled = () =>
          document.querySelector(`.talk-pane[data-open=open][data-citizen="${citizen}"]`) &&
          document.querySelectorAll(".line, .mark").length >= 8;
        for (let waited = 0; !settled() && waited < 6_000; waited++)
          await new Promise((done) => setTimeout(done, 10));
        if (!settled()) return ["it did not open"];
        const faults = [];
        const own = [...document.querySelectorAll(".log .words")].map((is) => is.textContent);
        if (own.length < 4 || own.some((is) => is !== text))
          faults.push(`shown as ${JSON.stringify(own)}`);
        const panel = document.querySelector(".panel-pane .summary")?.textContent;
        if (panel !== text) faults.push(`in the panel as ${JSON.stringify(panel)}`);
        const active =
          "script,iframe,object,embed,base,template,marquee,math,style,video,audio,form,meta";
        for (const element of document.querySelectorAll("*")) {
          const ours = !element.closest("#desk") || element.matches(".composer");
          if (!ours && active.split(",").includes(element.localName.toLowerCase()))
            faults.push("there is a " + element.localName);
          for (const { name, value } of element.attributes) {
            if (name.startsWith("on") || name === "srcdoc")
              faults.push(`${element.localName} has ${name}`);
            if (
              /^(href|src|action|formaction|xlink:href|data)$/.test(name) &&
              !/^(#|\/(api\/files\/|icon|desk\.))/.test(value)
            )
              faults.push(`${element.localName} leads to ${value}`);
          }
        }
        // As a name in the lists of windows, too.
        if (last) document.querySelector(".panel-pane details:not([open]) summary")?.click();
        return faults;
      },
      { citizen: citizenOf(i), text: all[i], last: i % 50 === 0 },
    );
    if (found.length) wrong.push(`${JSON.stringify(all[i])}: ${[...new Set(found)].join("; ")}`);
  }
  assert.deepEqual(wrong.slice(0, 5), []);
  // In the list of those who wait, in search, and on the wall.
  for (const at of ["#/", "#/archive", "#/wall"]) {
    await page.evaluate((hash) => { location.hash = hash; }, at);
    if (at === "#/") {
      await page.getByRole("tab", { name: /Menunggu/ }).click();
      await page.evaluate(async () => {
        const list = document.querySelector(".list-scroll");
        for (let y = 0; y < list.scrollHeight; y += 600) {
          list.scrollTop = y;
          await new Promise(requestAnimationFrame);
        }
      });
    }
    await page.waitForTimeout(300);
  }
  assert.equal(await page.evaluate(() => window.ranCount), 0, "nothing ran");
  assert.deepEqual(
    await page.evaluate(() => window.refusals),
    [],
    "nothing even had to be refused",
  );
  assert.deepEqual(faults, []);
});

it("is refused by the browser if it ever did", async () => {
  const { page } = await enter(browser, desk, "ani");
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<img src=x onerror=ran()>";
      return "";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "TypeError", "trusted types are demanded");
});

it("shows names that turn writing around as what they are", async () => {
  desk.add(
    {
      citizen: "00000000000000f1",
      owner: "agent",
      agent: 1,
      address: "web-1",
      name: "Siti \u202etxet",
    },
    [
      {
        from: "citizen",
        file: {
          name: "faktur\u202efdp.exe",
          mime: "application/octet-stream",
          size: 10,
          picture: false,
          href: "/api/files/00000000000000f1/3",
        },
      },
      { from: "citizen", text: "\u202eterbalik" },
    ],
  );
  const { page } = await enter(browser, desk, "ani", {}, "/#/c/00000000000000f1");
  await until(async () => await page.locator(".file-name").count() === 1, "shown");
  assert.equal(await page.locator(".file-name").innerText(), "faktur\u25cafdp.exe");
  assert.equal(await page.locator("a[download]").getAttribute("download"), "faktur\u25cafdp.exe");
  assert.equal(await page.locator(".talk-who h2").innerText(), "Siti \u25catxet");
  assert.equal(
    await page
      .locator(".words", { hasText: "terbalik" })
      .evaluate((is) => getComputedStyle(is).unicodeBidi),
    "isolate",
  );
});

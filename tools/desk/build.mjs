// Bundles the agent desk's page: as a C++ source for the program, or into a folder for tests.
// Usage: node build.mjs OUTPUT.cpp | node build.mjs --folder FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { options, PageFiles } from "../page_build.mjs";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const [output, folder] = process.argv.slice(2);
if (!output) throw new Error("usage: node build.mjs OUTPUT.cpp | node build.mjs --folder FOLDER");

const bundled = await build({
  ...options,
  entryPoints: { desk: join(here, "main.tsx"), style: join(here, "css/desk.css") },
  jsx: "automatic",
  jsxImportSource: "preact",
});
const files = new PageFiles(here, bundled);
files.addPage("desk", () => {
  for (const icon of ["icon.svg", "icon-new.svg"]) files.addIcon(icon);
});

const most = 150_000;
const sent = files.sentBytes();
if (sent > most) {
  throw new Error(`the page has grown to ${sent} bytes compressed; at most ${most}`);
}

if (output === "--folder") {
  mkdirSync(folder, { recursive: true });
  const list = files.all.map(({ path, type, body, namedByMark }) => {
    const name = path === "/" ? "index.html" : path.slice(1);
    writeFileSync(join(folder, name), body);
    return { path, type, name, namedByMark };
  });
  writeFileSync(join(folder, "files.json"), JSON.stringify({ sent, files: list }, null, 1));
} else {
  writeFileSync(output, files.source("tools/desk/page", "tools/desk/desk_page.hpp", "desk_page"));
}

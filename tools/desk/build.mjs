// Bundles the agent desk's page: as a C++ source for the program, or into a folder for tests.
// Usage: node build.mjs OUTPUT.cpp | node build.mjs --folder FOLDER
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const [output, folder] = process.argv.slice(2);
if (!output) throw new Error("usage: node build.mjs OUTPUT.cpp | node build.mjs --folder FOLDER");

const bundled = await build({
  entryPoints: { desk: join(here, "main.tsx"), style: join(here, "css/desk.css") },
  bundle: true, minify: true, write: false, outdir: "out", format: "iife", target: "es2022",
  jsx: "automatic", jsxImportSource: "preact", charset: "utf8", legalComments: "none", logLevel: "warning",
});
const textOf = (name) => bundled.outputFiles.find((file) => file.path.endsWith(name)).contents;
const markOf = (body) => createHash("sha256").update(body).digest("hex").slice(0, 16);

const files = [];
function add(path, type, body, namedByMark = false) {
  files.push({ path, type, body: Buffer.from(body), mark: `"${markOf(body)}"`, namedByMark });
}
function addNamed(name, ending, type, body) {
  const path = `/${name}.${markOf(body)}.${ending}`;
  add(path, type, body, true);
  return path;
}
const js = addNamed("desk", "js", "text/javascript; charset=utf-8", textOf("desk.js"));
const css = addNamed("desk", "css", "text/css; charset=utf-8", textOf("style.css"));
for (const icon of ["icon.svg", "icon-new.svg"]) add("/" + icon, "image/svg+xml", readFileSync(join(here, icon)));
const page = readFileSync(join(here, "index.html"), "utf8").replace("%CSS%", css).replace("%JS%", js);
add("/", "text/html; charset=utf-8", page);

const most = 150_000; // bytes, as they go over the wire
const sent = files.reduce((sum, file) => sum + gzipSync(file.body, { level: 9 }).length, 0);
if (sent > most) throw new Error(`the page has grown to ${sent} bytes compressed; at most ${most}`);

if (output === "--folder") {
  mkdirSync(folder, { recursive: true });
  const list = files.map(({ path, type, body, namedByMark }) => {
    const name = path === "/" ? "index.html" : path.slice(1);
    writeFileSync(join(folder, name), body);
    return { path, type, name, namedByMark };
  });
  writeFileSync(join(folder, "files.json"), JSON.stringify({ sent, files: list }, null, 1));
} else {
  writeFileSync(output, sourceOf(files));
}

// Octal escapes, always of three digits, so that none runs into what follows.
function literal(bytes) {
  let lines = [], line = "";
  for (const byte of bytes) {
    const plain = byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63;
    line += plain ? String.fromCharCode(byte) : "\\" + byte.toString(8).padStart(3, "0");
    if (line.length > 90) lines.push(`"${line}"`), line = "";
  }
  lines.push(`"${line}"`);
  return `std::string_view(\n    ${lines.join("\n    ")},\n    ${bytes.length})`;
}
function sourceOf(all) {
  const entries = all.map(({ path, type, body, mark, namedByMark }) =>
    `    {${JSON.stringify(path)}, ${JSON.stringify(type)},\n    ${literal(body)},\n` +
    `    ${literal(gzipSync(body, { level: 9 }))},\n    ${JSON.stringify(mark)}, ${namedByMark}},\n`);
  return `// Made from tools/desk/page when alur is built.
#include "tools/desk/desk_page.hpp"

namespace alur::tools {

std::span<const adapters::WebFile> desk_page() {
  static const adapters::WebFile files[] = {
${entries.join("")}  };
  return files;
}

}  // namespace alur::tools
`;
}

// Bundles the web chat's page and writes it as a C++ source, each file as it is and compressed.
// Usage: node build.mjs OUTPUT.cpp
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const output = process.argv[2];
if (!output) throw new Error("usage: node build.mjs OUTPUT.cpp");

const bundled = await build({
  entryPoints: { chat: join(here, "main.ts"), style: join(here, "chat.css"), embed: join(here, "embed.ts") },
  bundle: true, minify: true, write: false, outdir: "out", format: "iife", target: "es2022",
  charset: "utf8", legalComments: "none", external: ["/icon.svg"], logLevel: "warning",
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
const js = addNamed("chat", "js", "text/javascript; charset=utf-8", textOf("chat.js"));
const css = addNamed("chat", "css", "text/css; charset=utf-8", textOf("style.css"));
add("/embed.js", "text/javascript; charset=utf-8", textOf("embed.js"));
add("/icon.svg", "image/svg+xml", readFileSync(join(here, "icon.svg")));
const page = readFileSync(join(here, "index.html"), "utf8").replace("%CSS%", css).replace("%JS%", js);
add("/", "text/html; charset=utf-8", page);

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
const entries = files.map(({ path, type, body, mark, namedByMark }) =>
  `    {${JSON.stringify(path)}, ${JSON.stringify(type)},\n    ${literal(body)},\n` +
  `    ${literal(gzipSync(body, { level: 9 }))},\n    ${JSON.stringify(mark)}, ${namedByMark}},\n`);
writeFileSync(output, `// Made from tools/webchat/page when alur is built.
#include "tools/webchat/page_files.hpp"

namespace alur::tools {

std::span<const adapters::WebFile> page_files() {
  static const adapters::WebFile files[] = {
${entries.join("")}  };
  return files;
}

}  // namespace alur::tools
`);

// PageFiles: what a page of ours is made of, bundled by esbuild, and how it becomes a part of the
// program. What is bundled, and from which folder, is each page's own matter: tools/desk and
// tools/webchat say it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

// The same for every page of ours; `build` is esbuild's, which lies beside the page.
export const options = {
  bundle: true,
  minify: true,
  write: false,
  outdir: "out",
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

const markOf = (body) => createHash("sha256").update(body).digest("hex").slice(0, 16);
const packed = (body) => gzipSync(body, { level: 9 });

export class PageFiles {
  // `folder`: where the page's sources are. `bundled`: what esbuild's build() has given.
  constructor(folder, bundled) {
    this.folder = folder;
    this.bundled = bundled;
    this.all = [];
  }
  // What was bundled under this name.
  textOf(name) {
    return this.bundled.outputFiles.find((file) => file.path.endsWith(name)).contents;
  }
  // `namedByMark`: a browser may keep it for ever, for other bytes have another name.
  add(path, type, body, namedByMark = false) {
    const mark = `"${markOf(body)}"`;
    this.all.push({ path, type, body: Buffer.from(body), mark, namedByMark });
  }
  // Under a name that has its mark: the path.
  addNamed(name, ending, type, body) {
    const path = `/${name}.${markOf(body)}.${ending}`;
    this.add(path, type, body, true);
    return path;
  }
  addIcon(name) {
    this.add("/" + name, "image/svg+xml", readFileSync(join(this.folder, name)));
  }
  // The script and the style, under their marks, and where index.html names them.
  addPage(name, addBetween) {
    const script = this.textOf(`${name}.js`);
    const js = this.addNamed(name, "js", "text/javascript; charset=utf-8", script);
    const css = this.addNamed(name, "css", "text/css; charset=utf-8", this.textOf("style.css"));
    addBetween();
    const page = readFileSync(join(this.folder, "index.html"), "utf8");
    const html = page.replace("%CSS%", css).replace("%JS%", js);
    this.add("/", "text/html; charset=utf-8", html);
  }
  // Bytes as they go over the wire.
  sentBytes() {
    return this.all.reduce((sum, file) => sum + packed(file.body).length, 0);
  }
  // C++: each file as it is and compressed. `call`: the function that gives them, which `header`
  // declares; `from`: the folder, for whoever reads it.
  source(from, header, call) {
    return `// Made from ${from} when alur is built.
#include "${header}"

namespace alur::tools {

std::span<const adapters::WebFile> ${call}() {
  static const adapters::WebFile files[] = {
${this.all.map(entry).join("")}  };
  return files;
}

}  // namespace alur::tools
`;
  }
}

function entry({ path, type, body, mark, namedByMark }) {
  return `    {${JSON.stringify(path)}, ${JSON.stringify(type)},\n    ${literal(body)},\n` +
    `    ${literal(packed(body))},\n    ${JSON.stringify(mark)}, ${namedByMark}},\n`;
}

// Octal escapes, always of three digits, so that none runs into what follows.
function literal(bytes) {
  const lines = [];
  let line = "";
  for (const byte of bytes) {
    const plain = byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63;
    line += plain ? String.fromCharCode(byte) : "\\" + byte.toString(8).padStart(3, "0");
    if (line.length > 90) {
      lines.push(`"${line}"`);
      line = "";
    }
  }
  lines.push(`"${line}"`);
  return `std::string_view(\n    ${lines.join("\n    ")},\n    ${bytes.length})`;
}

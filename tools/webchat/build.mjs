// Bundles the web chat's page and writes it as a C++ source, each file as it is and compressed.
// Usage: node build.mjs OUTPUT.cpp
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { options, PageFiles } from "../page_build.mjs";

const here = join(dirname(fileURLToPath(import.meta.url)), "page");
const output = process.argv[2];
if (!output) throw new Error("usage: node build.mjs OUTPUT.cpp");

const bundled = await build({
  ...options,
  entryPoints: {
    chat: join(here, "main.ts"),
    style: join(here, "chat.css"),
    embed: join(here, "embed.ts"),
  },
  external: ["/icon.svg"],
});
const files = new PageFiles(here, bundled);
files.addPage("chat", () => {
  files.add("/embed.js", "text/javascript; charset=utf-8", files.textOf("embed.js"));
  files.addIcon("icon.svg");
});
const source = files.source("tools/webchat/page", "tools/webchat/page_files.hpp", "page_files");
writeFileSync(output, source);

#!/usr/bin/env python3
"""House style as a test: who includes whom, long files, lines and functions, ruled-out words.
Of what is not C++, the pages: their sources, the scripts that build them, and their tests.

Prints one line a fault and exits 1 if there is any. Reads only files that git tracks or would add.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_MAX = 500
COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 70

# The pages, what builds them, and what drives browsers through them.
PAGE_ENDINGS = (".ts", ".tsx", ".css", ".mjs")

# A folder, and the folders of ours that it may include.
MAY_INCLUDE = {
    "engine/value": {"engine/value"},
    "engine/program": {"engine/value", "engine/program"},
    "engine/machine": {"engine/value", "engine/program", "engine/machine"},
    "engine/desk": {"engine/value", "engine/program", "engine/desk"},
    "engine/ports": {"engine/value", "engine/program", "engine/machine", "engine/ports"},
    "engine/runtime": {"engine/value", "engine/program", "engine/machine", "engine/desk",
                       "engine/ports", "engine/runtime"},
    "dsl/finding": {"dsl/finding"},
    "dsl/yaml": {"dsl/finding", "dsl/yaml"},
    "dsl/ast": {"dsl/finding", "dsl/ast", "engine/value"},
    "dsl/grammar": {"dsl/finding", "dsl/yaml", "dsl/ast", "dsl/grammar", "engine/value"},
    "dsl/parse": {"dsl/finding", "dsl/yaml", "dsl/ast", "dsl/grammar", "dsl/parse", "engine/value",
                  "engine/program"},
    "dsl/check": {"dsl/finding", "dsl/ast", "dsl/check", "engine/value", "engine/program"},
    "dsl/emit": {"dsl/finding", "dsl/ast", "dsl/check", "dsl/emit", "engine/value", "engine/program"},
    "dsl/chat": {"dsl/finding", "dsl/grammar", "dsl/ast", "dsl/chat", "engine/value"},
    "dsl/compile": {"dsl", "engine/value", "engine/program"},
    "adapters": {"adapters", "engine"},
}

# What may be named only there.
ONLY_IN = [
    (re.compile(r"#include <yaml-cpp/"), ("dsl/yaml/",)),
    (re.compile(r"#include <boost/spirit/"), ("dsl/grammar/", "dsl/chat/")),
    (re.compile(r"#include <unicode/"),
     ("engine/value/", "dsl/finding/", "dsl/check/", "adapters/registry/", "tests/adapters/registry/")),
    (re.compile(r"#include <sqlite3"), ("adapters/sqlite/", "tests/")),
    (re.compile(r"#include <sodium"), ("adapters/desk/",)),
]
HEAVY_IN_HEADERS = re.compile(r"#include <(boost/(spirit|asio|beast|json)|yaml-cpp|unicode)/")
RULED_OUT = [
    (re.compile(r"std::regex\b"), "std::regex overflows its stack and backtracks: use RE2"),
    (re.compile(r"YAML::(Node|Load)\b"), "read YAML through events, never YAML::Node"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished work"),
    (re.compile(r"sleep_for|usleep\("), "no sleeping: time is a port"),
]
BAD_NAMES = re.compile(r"(^|[_/])(util|utils|common|helpers?|manager|impl)(\.|/|$)")


def tracked():
    """What git tracks or would add; without git, all sources outside build folders."""
    endings = (".cpp", ".hpp", ".def") + PAGE_ENDINGS
    try:
        out = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "--cached", "--others",
             "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        out = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
        out = [path for path in out if not path.startswith(("build/", ".git/", "node_modules/"))]
    return sorted(path for path in out if path.endswith(endings) and (ROOT / path).is_file())


def layer_of(path):
    parts = path.split("/")
    for depth in (2, 1):
        layer = "/".join(parts[:depth])
        if layer in MAY_INCLUDE:
            return layer
    return None


def include_faults(path, lines):
    layer = layer_of(path)
    for number, line in enumerate(lines, 1):
        match = re.match(r'#include "([^"]+)"', line)
        if match and layer:
            target = match.group(1)
            allowed = MAY_INCLUDE[layer]
            if not any(target.startswith(folder + "/") for folder in allowed):
                yield number, f"{layer} may not include {target}"
        for pattern, places in ONLY_IN:
            if pattern.search(line) and not path.startswith(places):
                yield number, f"belongs only in {', '.join(places)}"
        if path.endswith(".hpp") and HEAVY_IN_HEADERS.match(line):
            folder = path.rsplit("/", 1)[0]
            private = folder in ("dsl/grammar", "dsl/yaml", "dsl/chat", "engine/runtime", "adapters/http",
                                 "adapters/webchat", "tools/graph_sim")
            if not private:
                yield number, "a heavy header in a header"


def function_faults(lines):
    """A function body begins with a line at column 0 that ends in `{` and holds a parenthesis."""
    start = None
    for number, line in enumerate(lines, 1):
        if start is None:
            head = line.rstrip()
            if (head.endswith("{") and "(" in head + "".join(lines[max(0, number - 4):number])
                    and not head.startswith((" ", "#", "//", "namespace", "struct", "class",
                                             "enum", "}", "constexpr std::", "export class"))):
                start = number
        elif line.startswith("}"):
            if number - start > FUNCTION_LINES_MAX and "interpreter's switch" not in lines[start]:
                yield start, f"a function of {number - start} lines"
            start = None


def outside_raw_strings(lines):
    """The lines that are code, with their numbers: what a raw string holds is data."""
    inside = False
    for number, line in enumerate(lines, 1):
        if not inside:
            yield number, line
            inside = 'R"' in line and line.rfind('R"') > line.rfind(')"')
        elif ')"' in line:
            inside = False


def faults(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    lines = text.splitlines()
    if BAD_NAMES.search(path):
        yield 1, "a file is named by the noun or verb that it holds"
    if len(lines) > LINES_MAX:
        yield 1, f"{len(lines)} lines; at most {LINES_MAX}"
    for number, line in outside_raw_strings(lines):
        said = path.endswith(".def") or (path.startswith("tests/") and '"' in line
                                         and not path.endswith(PAGE_ENDINGS))
        if len(line) > COLUMNS_MAX and not said:
            yield number, f"{len(line)} columns"
        for pattern, why in RULED_OUT:
            if pattern.search(line):
                yield number, why
    if path.endswith(".hpp") and "#pragma once" not in text:
        yield 1, "no #pragma once"
    if not lines or not lines[0].startswith(("//", "/*", "#include", "#pragma")):
        yield 1, "a file opens with what it is for"
    yield from include_faults(path, lines)
    if not path.startswith("tests/"):  # tables of cases are as long as they are
        yield from function_faults(lines)


def main():
    count = 0
    for path in tracked():
        for number, why in faults(path):
            print(f"{path}:{number}: {why}")
            count += 1
    print(f"{count} faults" if count else "style: no faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

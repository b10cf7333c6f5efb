#!/usr/bin/env python3
"""The JSON Schema agrees with the compiler: it takes every app of the project and the examples of the
reference, refuses what the compiler calls an unknown or missing key, and knows every key there is.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parents[3]


class Loader(yaml.SafeLoader):
    """YAML as an editor reads it, but that a date is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers
            if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def sources(pattern):
    return [path for path in sorted(ROOT.glob(pattern))
            if path.name == "app.yaml" or path.name.endswith(".flow.yaml")]


def examples():
    """Named YAML blocks of the reference and the guide that are meant to be right."""
    for page in ("docs/language.md", "docs/guide-content.md"):
        text = (ROOT / page).read_text()
        for block in re.finditer(r"^```yaml (wrong )?(\S+)[^\n]*\n(.*?)^```", text, re.M | re.S):
            if not block.group(1):
                yield f"{page}: {block.group(2)}", block.group(3)


def codes_of(folder):
    return set(re.findall(r"\[([A-Z]\d{3})\]", (folder / "expected.txt").read_text()))


def main():
    schema = json.loads(subprocess.run([sys.argv[1], "schema"], check=True, capture_output=True,
                                       text=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = []

    good = [(str(path), path.read_text()) for path in sources("flows/*/*.yaml")]
    assert len(good) > 5
    for name, text in good + list(examples()):
        for error in validator.iter_errors(yaml.load(text, Loader)):
            best = jsonschema.exceptions.best_match([error])
            faults.append(f"{name}: refused: {list(best.absolute_path)}: {best.message[:200]}")

    # Unknown, missing and misplaced keys, and shapes that are not what a key takes.
    refusals = 0
    for folder in sorted((ROOT / "tests/refuse").iterdir()):
        if not folder.is_dir() or not folder.name.startswith(("s001", "s002", "s003", "s004")):
            continue
        if folder.name.startswith("s003"):
            continue  # keys written twice: the reader of YAML never shows them
        refusals += 1
        broken = False
        for path in sorted(folder.glob("*.yaml")):
            broken |= not validator.is_valid(yaml.load(path.read_text(), Loader))
        if not broken:
            faults.append(f"{folder.name}: taken, though the compiler finds {codes_of(folder)}")
    assert refusals > 5

    known = set(re.findall(r'"([a-z_]+)":', json.dumps(schema)))
    placed = re.findall(r"^PLACEMENT\((\w+),", (ROOT / "dsl/parse/placement.def").read_text(), re.M)
    verbs = re.findall(r'^    \{"(\w+)", "an?', (ROOT / "dsl/parse/verbs.cpp").read_text(), re.M)
    assert len(placed) > 40 and len(verbs) > 10
    for key in placed + verbs:
        if key not in known:
            faults.append(f"the schema does not know `{key}`")

    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

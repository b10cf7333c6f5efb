"""What `alur check --format json` says fits docs/findings.schema.json: of a sound app, of one with
errors, and of one that does not compile. Arguments: the program `alur`, the root of the sources."""
import json
import subprocess
import sys

import jsonschema

alur, root = sys.argv[1:]
with open(root + "/docs/findings.schema.json", encoding="utf-8") as file:
    schema = json.load(file)

for app, compiles in [
    ("flows/kontak157", True),
    ("tests/refuse/p001_the_desk_is_down", True),
    ("tests/refuse/c011_six_messages", True),
    ("tests/refuse/n001_goto_misspelt", False),
]:
    said = subprocess.run(
        [alur, "check", root + "/" + app, "--format", "json"],
        capture_output=True, text=True, check=False,
    ).stdout
    report = json.loads(said)
    jsonschema.validate(report, schema)
    assert bool(report["figures"]) == compiles, app
    assert len(report["findings"]) == report["errors"] + report["warnings"], app

"""What `alur check --format sarif` says of an app that is sound, of each app of tests/refuse, and of one
in a folder with an awkward name, is SARIF 2.1.0: it fits the published schema, where tools/setup has put
that, and holds what a schema cannot say: each rule is the one that its index names, each region is in its
file and has the words that the offsets of bytes and of characters give alike, and each path is a URI that
leads to the file. Arguments: the program `alur`, the root of the sources, the schema's path."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import jsonschema

alur, root, schema_path = sys.argv[1:]

# Without the schema: what each object may have, of what alur writes (SARIF 2.1.0, sections 3.13 to 3.58).
KEYS = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "columnKind", "results"},
    "result": {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "fixes"},
    "location": {"id", "physicalLocation", "message"},
    "region": {"startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength",
               "byteOffset", "byteLength"},
    "rule": {"id", "name", "shortDescription", "helpUri", "defaultConfiguration", "properties"},
}


def has_only(kind, thing):
    assert set(thing) <= KEYS[kind], f"{kind} has {set(thing) - KEYS[kind]}"
    return thing


def file_of(folder, artifact):
    uri = artifact["uri"]
    path = urllib.parse.unquote(urllib.parse.urlparse(uri).path, errors="strict")
    assert uri.startswith("file://") or not uri.startswith("/"), uri
    return pathlib.Path(path if uri.startswith("file://") else os.path.join(folder, path)).read_bytes()


def check_region(content, region):
    has_only("region", region)
    text = content.decode("utf-8", errors="surrogateescape")
    bytes_said = content[region["byteOffset"]:][:region["byteLength"]]
    chars_said = text[region["charOffset"]:][:region["charLength"]]
    assert bytes_said == chars_said.encode("utf-8", errors="surrogateescape"), region
    before = text[:region["charOffset"]]
    assert region["startLine"] == before.count("\n") + 1, region
    assert region["startColumn"] == len(before) - before.rfind("\n"), region
    upto = before + chars_said
    assert region["endLine"] == upto.count("\n") + 1, region
    assert region["endColumn"] == len(upto) - upto.rfind("\n"), region


def check_place(folder, physical):
    check_region(file_of(folder, physical["artifactLocation"]), physical["region"])


def check_log(folder, log, findings):
    has_only("log", log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [has_only("rule", rule) for rule in has_only("run", run)["tool"]["driver"]["rules"]]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert os.path.exists(os.path.join(root, rule["helpUri"])), rule
    assert len(run["results"]) == len(findings)
    for result, finding in zip(run["results"], findings):
        has_only("result", result)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["code"]
        assert result["level"] == finding["severity"]
        for location in result["locations"] + result.get("relatedLocations", []):
            check_place(folder, has_only("location", location)["physicalLocation"])
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                content = file_of(folder, change["artifactLocation"])
                for replacement in change["replacements"]:
                    check_region(content, replacement["deletedRegion"])


def said_of(app, how):
    said = subprocess.run([alur, "check", app, "--format", how], cwd=root, capture_output=True,
                          check=False).stdout
    return json.loads(said) if said else None  # nothing: the app cannot be read at all


def check(app):
    log = said_of(app, "sarif")
    if log is None:
        return []
    try:
        check_log(root, log, said_of(app, "json")["findings"])
        if schema is not None:
            log["runs"][0]["tool"]["driver"]["rules"] = []  # the same each time, and looked at below
            schema.validate(log)
    except (AssertionError, ValueError, jsonschema.ValidationError) as failure:
        raise SystemExit(f"{app}: {str(failure)[:500]}")
    return log["runs"][0]["results"]


schema = None
if os.path.exists(schema_path):
    with open(schema_path, encoding="utf-8") as file:
        schema = jsonschema.Draft4Validator(json.load(file), format_checker=jsonschema.FormatChecker())
    # The schema is the real one, and looks at what is wrong.
    broken = said_of("flows/kontak157", "sarif")
    schema.validate(broken)
    broken["runs"][0]["results"] = [{"ruleId": "C001"}]
    assert not schema.is_valid(broken)
print("with the schema" if schema else "without the schema: tools/setup/sarif_schema.sh brings it")

with tempfile.TemporaryDirectory() as folder:
    awkward = os.path.join(folder, "r\u00e9sum\u00e9 #1 50% [b]")
    shutil.copytree(os.path.join(root, "tests/refuse/n001_goto_misspelt"), awkward)
    apps = ["flows/kontak157", awkward] + sorted(
        str(path.parent.relative_to(root)) for path in pathlib.Path(root, "tests/refuse").glob("*/app.yaml"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = [result for each in pool.map(check, apps) for result in each]
print(f"{len(apps)} apps, {len(results)} results, {sum('fixes' in each for each in results)} with a fix, "
      f"{sum('relatedLocations' in each for each in results)} with related places")
assert len(results) > len(apps) / 2

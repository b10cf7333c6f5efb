#!/usr/bin/env python3
"""Every C++ source is laid out as .clang-format says: clang-format changes nothing."""
import subprocess
import sys

from check_style import ROOT, tracked

sources = [str(ROOT / path) for path in tracked() if path.endswith((".cpp", ".hpp"))]
sys.exit(subprocess.run(["clang-format-19", "--dry-run", "-Werror", *sources]).returncode)

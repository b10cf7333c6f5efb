#!/usr/bin/env python3
"""Builds the Debian package and looks into it: what it holds, on what it depends, what its scripts
do, and whether the program in it serves as the configuration in it says. With systemd-analyze on the
machine, also how much the unit leaves open.

    package_test.py BUILD_FOLDER SOURCE_FOLDER [CPACK]
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv[1])
SOURCE = pathlib.Path(sys.argv[2])
CPACK = sys.argv[3] if len(sys.argv) > 3 else "cpack"
EXPOSURE_MOST = 15  # tenths, as systemd-analyze takes them

PATHS = {
    "./usr/bin/alur": "-rwxr-xr-x",
    "./usr/lib/systemd/system/alur.service": "-rw-r--r--",
    "./etc/alur/alur.yaml": "-rw-r--r--",
    "./usr/share/alur/kontak157/app.yaml": "-rw-r--r--",
    "./usr/share/alur/kontak157/data/lists.json": "-rw-r--r--",
    "./usr/share/doc/alur/copyright": "-rw-r--r--",
    "./usr/share/doc/alur/guide-operator.md": "-rw-r--r--",
    "./usr/share/man/man1/alur-serve.1": "-rw-r--r--",
}


def run(*words, **more):
    return subprocess.run(words, check=True, capture_output=True, text=True, **more).stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="alur_package_"))
        run(CPACK, "--config", str(BUILD / "CPackConfig.cmake"), "-G", "DEB", "-B",
            str(cls.folder))
        (cls.deb,) = cls.folder.glob("alur_*.deb")
        cls.root = cls.folder / "root"
        cls.control = cls.folder / "control"
        run("dpkg-deb", "-x", str(cls.deb), str(cls.root))
        run("dpkg-deb", "-e", str(cls.deb), str(cls.control))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_it_holds_what_a_service_needs_and_nothing_of_ours_beside(self):
        held = {}
        for line in run("dpkg-deb", "-c", str(self.deb)).splitlines():
            mode, owner, _, _, _, path = line.split(maxsplit=5)
            held[path] = mode
            self.assertEqual(owner, "root/root", path)
            self.assertNotRegex(path, r"\.(a|hpp|cmake)$")
        for path, mode in PATHS.items():
            self.assertEqual(held.get(path), mode, path)

    def test_it_depends_on_what_the_program_is_linked_with(self):
        depends = run("dpkg-deb", "-f", str(self.deb), "Depends")
        for library in ("libc6", "libsqlite3-0", "libssl3", "libyaml-cpp0.7", "libicu72", "tzdata",
                        "passwd"):
            self.assertRegex(depends, rf"(^|, ){re.escape(library)}( |,|\n|$)")
        self.assertNotIn("-dev", depends)

    def test_its_configuration_is_kept_at_an_upgrade(self):
        self.assertEqual((self.control / "conffiles").read_text(), "/etc/alur/alur.yaml\n")

    def test_its_scripts_are_shell_and_make_the_user(self):
        for name in ("postinst", "prerm", "postrm"):
            path = self.control / name
            self.assertEqual(path.stat().st_mode & 0o777, 0o755, name)
            run("sh", "-n", str(path))
        self.assertIn("useradd --system", (self.control / "postinst").read_text())
        self.assertNotIn("rm -", (self.control / "postrm").read_text())

    def test_the_program_serves_as_the_configuration_says(self):
        program = str(self.root / "usr/bin/alur")
        self.assertRegex(run(program, "--version"), r"^\d+\.\d+\.\d+\n$")
        text = (self.root / "etc/alur/alur.yaml").read_text()
        settled = self.folder / "alur.yaml"
        kept = self.folder / "kept"
        kept.mkdir()
        settled.write_text(text.replace("/usr/share/alur", str(self.root / "usr/share/alur"))
                           .replace("/var/lib/alur", str(kept)))
        self.assertEqual(text.count("/usr/share/alur/"), 1)
        said = run(program, "serve", "--config", str(settled), "--check-config")
        self.assertNotIn("fault", said)
        self.assertIn("web chat", said)

    def test_the_unit_starts_what_was_installed(self):
        unit = (self.root / "usr/lib/systemd/system/alur.service").read_text()
        start = re.search(r"^ExecStart=(.*)$", unit, re.M).group(1).split()
        self.assertTrue((self.root / start[0].lstrip("/")).is_file(), start)
        self.assertTrue((self.root / start[3].lstrip("/")).is_file(), start)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not there")
    def test_the_unit_leaves_little_open(self):
        unit = str(self.root / "usr/lib/systemd/system/alur.service")
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", f"--threshold={EXPOSURE_MOST}", unit],
            capture_output=True, text=True)
        self.assertEqual(judged.returncode, 0, judged.stdout[-300:] + judged.stderr)

    def test_the_container_installs_the_package(self):
        text = (SOURCE / "tools/package/Containerfile").read_text()
        self.assertIn("FROM docker.io/library/debian:12", text)
        self.assertRegex(text, r"(?m)^USER alur$")
        self.assertRegex(text, r'(?m)^ENTRYPOINT \["alur", "serve", "--config", '
                               r'"/etc/alur/alur\.yaml"')


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])

# SPDX-License-Identifier: MIT
"""Inventories and recalls on the command line: every test runs the real binary."""
import os
import sys
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_test import Plan  # noqa: E402

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


def data(*parts):
    return os.path.join(DATA, *parts)


class Inventories(Plan):
    def test_each_format_is_previewed_imported_and_imported_again_without_doubles(self):
        self.new("blank")
        for name in ("ideviceinfo.txt", "ideviceinfo-locked.txt", "ideviceinfo.plist", "backups", "system_profiler.xml", "jamf.csv", "intune-utf16.csv", "snipe-it.csv", "glpi.xml", "osquery.json"):
            with self.subTest(name):
                before = self.json("show", self.plan, "device")
                preview = self.json("import", self.plan, data("inventory", name), "--dry-run")
                self.assertEqual(self.json("show", self.plan, "device"), before)
                done = self.json("import", self.plan, data("inventory", name))
                self.assertEqual((done["added"], done["updated"]), (preview["added"], preview["updated"]))
                after = self.json("show", self.plan, "device")
                self.assertEqual(len(after), len(before) + done["added"])
                again = self.json("import", self.plan, data("inventory", name))
                self.assertEqual((again["added"], again["updated"]), (0, 0))
                self.assertEqual(self.json("show", self.plan, "device"), after)

    def test_a_preview_names_each_device_and_field(self):
        self.new("blank")
        self.run_cli("import", self.plan, data("inventory", "ideviceinfo.txt"))
        text = self.out("import", self.plan, data("inventory", "ideviceinfo-locked.txt"), "--dry-run")
        self.assertIn("+ Device “Locked phone”", text)
        self.assertIn("os_build: 13D15", text)
        self.run_cli("set", self.plan, "device", "Reception", "os_build=13D20")
        text = self.out("import", self.plan, data("inventory", "ideviceinfo.txt"), "--dry-run")
        self.assertIn("~ Device “Reception phone”", text)
        self.assertIn("os_build: 13D20 → 13D15", text)

    def test_an_import_is_one_revision_that_undo_takes_back(self):
        self.new("blank")
        self.run_cli("import", self.plan, data("inventory", "jamf.csv"))
        self.assertEqual(len(self.json("show", self.plan, "device")), 2)
        self.run_cli("undo", self.plan)
        self.assertEqual(self.json("show", self.plan, "device"), [])

    def test_a_mapping_is_told_once(self):
        self.new("blank")
        own = data("inventory", "own-list.csv")
        self.run_cli("import", self.plan, own, expect=2)
        self.run_cli("import", self.plan, own, "--as", "devices", "--map", "Gerät=name,Seriennr.=serial", "--map", "Typenbezeichnung=model,Raum=")
        done = self.json("import", self.plan, own)
        self.assertEqual((done["added"], done["updated"], done["unchanged"], done["findings"]), (0, 0, 2, []))
        self.run_cli("import", self.plan, own, "--as", "devices", "--map", "Gerät=nonsense", expect=2)
        self.run_cli("import", self.plan, own, "--as", "devices", "--map", "Gerät", expect=2)

    def test_an_imported_phone_meets_the_rules(self):
        self.new("blank")
        self.run_cli("import", self.plan, data("inventory", "ideviceinfo.txt"))
        ids = [f["rule"] for f in self.json("check", self.plan, "--pack", "error53", expect=1)]
        self.assertIn("error53", ids)

    def test_a_broken_inventory_changes_nothing(self):
        self.new("blank")
        with open(data("inventory", "system_profiler.xml"), "rb") as file:
            whole = file.read()
        for name, bytes_ in {"half.xml": whole[: len(whole) // 2], "empty.csv": b"", "wide.csv": b"\xff\xfe", "deep.json": b'[{"hardware_serial":' + b"[" * 200000,
                             "list.csv": b"Serial Number,Model\n\"open", "nul.plist": b"bplist00ProductType\x00\xff" * 3}.items():
            path = os.path.join(self.folder, name)
            with open(path, "wb") as file:
                file.write(bytes_)
            result = self.run_cli("import", self.plan, path, expect=None)
            self.assertIn(result.returncode, (2, 3), name)
            self.assertTrue(result.stderr.startswith("mainstay-cli: "), result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1)
        self.assertEqual(self.json("show", self.plan, "device"), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)

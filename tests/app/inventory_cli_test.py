# SPDX-License-Identifier: MIT
"""Inventories and the questions that they leave open, on the command line: every test runs the real binary."""
import os
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import data, Plan, run  # noqa: E402


class Inventories(Plan):
    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

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
        self.assertIn("kept: you typed “13D20”, the list (ideviceinfo) says “13D15”", text)
        self.assertNotIn("os_build: 13D20 →", text)
        text = self.out("import", self.plan, data("inventory", "ideviceinfo.txt"), "--dry-run", "--take-list")
        self.assertIn("~ Device “Reception phone”", text)
        self.assertIn("os_build: 13D20 → 13D15", text)

    def test_what_was_typed_stays_until_the_list_is_asked_for(self):
        self.new("blank")
        self.run_cli("import", self.plan, data("inventory", "jamf.csv"))
        newer = self.write("jamf.csv", "Display Name,Serial Number,Model Identifier,OS Build,Last Inventory Update\nDesign MacBook,C02TESTMAC01,\"MacBookPro11,4\",21H1,2026-11-22T07:00:00Z\n")
        self.assertEqual(self.json("import", self.plan, newer)["updated"], 1)  # an import follows an import
        self.run_cli("set", self.plan, "device", "Design", "os_build=MINE")
        done = self.json("import", self.plan, newer)
        self.assertEqual((done["updated"], done["against_typed"]), (0, 1))
        self.run_cli("undo", self.plan)
        self.assertEqual(self.json("import", self.plan, newer)["against_typed"], 0)
        self.run_cli("redo", self.plan)
        self.run_cli("import", self.plan, newer, "--take-list")
        self.assertEqual(self.json("import", self.plan, newer)["against_typed"], 0)

    def test_a_table_or_plan_of_mainstays_own_says_each_typed_value_that_it_contradicts(self):
        self.new("blank")
        person = self.out("add", self.plan, "person", "name=Mia Chen", "phone=111", "job=Owner")
        self.run_cli("set", self.plan, "person", person, "phone=222")
        table = self.write("person.csv", f"id,name,phone,job\n{person},Mia Chen,333,\n")
        xml = self.write("plan.xml", f'<plan format="1"><person id="{person}" name="Mia Chen" phone="333" job="Owner"/></plan>')
        for path in (table, xml):
            name = os.path.basename(path)
            for words in ((), ("--dry-run",)):
                said = self.out("import", self.plan, path, *words)
                self.assertIn(f"“Mia Chen”, Mobile phone: kept: you typed “222”, the list ({name}) says “333”.", said)
                self.assertIn("--take-list takes the list's values instead", said)
            self.assertEqual(self.json("show", self.plan, "person", person)["phone"], "222")
            said = self.out("import", self.plan, path, "--dry-run", "--take-list")
            self.assertIn(f"“Mia Chen”, Mobile phone: replaced: you typed “222”, the list ({name}) says “333”.", said)
            self.assertIn("phone: 222 → 333", said)
        self.run_cli("import", self.plan, xml, "--take-list")
        self.assertEqual(self.json("show", self.plan, "person", person)["phone"], "333")
        # What came with an import follows the next one.
        self.run_cli("import", self.plan, self.write("person.csv", f"id,name,phone\n{person},Mia Chen,444\n"))
        self.assertEqual(self.json("show", self.plan, "person", person)["phone"], "444")

    def test_entries_that_share_a_key_are_never_joined_in_silence(self):
        self.new("blank")
        shared = self.write("list.csv", "Name,Serial Number,Manufacturer,Model\nHP laptop,SER1,HP,A\nDell PC,SER1,Dell,B\nTill,S2,Epson,C\nTill,S2,Epson,C\n")
        text = self.out("import", self.plan, shared)
        self.assertIn("Added 3,", text)
        self.assertIn("“SER1” stands more than once (line 2, line 3)", text)
        self.assertIn("“Till”: these entries say the same and were taken for one device: line 4, line 5.", text)
        tags = self.write("tags.csv", "Name,Asset Tag,Model\niPad,T1,iPad\niPad,T2,iPad\niPad,T3,iPad\n")
        self.assertIn("Added 3,", self.out("import", self.plan, tags))
        self.assertIn("Added 0, updated 0, left 3", self.out("import", self.plan, tags))

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


class Questions(Plan):
    def test_questions_are_listed_answered_and_put_off(self):
        self.new("blank")
        device = self.out("add", self.plan, "device", "name=Plug", "kind=wall_plug", "brand=Apple", "sale_region=australia", "count=1")
        (question,) = [q for q in self.json("questions", self.plan) if q["subject_id"] == device]
        self.assertEqual((question["attribute"], question["value"], question["put_off_on"], question["picture"]), ("marking", None, None, "apple-two-prong-slot"))
        self.run_cli("questions", self.plan, "unknown", "Plug", "marking")
        self.assertEqual(self.json("questions", self.plan)[0]["put_off_on"], "2026-11-24")
        self.assertIn("nobody knows", self.out("questions", self.plan))
        self.run_cli("questions", self.plan, "answer", "Plug", "marking", "1234")
        self.assertEqual([q for q in self.json("questions", self.plan) if q["subject_id"] == device], [])
        self.assertEqual([q["value"] for q in self.json("questions", self.plan, "list", "--all") if q["subject_id"] == device], ["1234"])
        self.assertIn("apple-plug-two-prong", {f["rule"] for f in self.json("check", self.plan, expect=None) if f["verdict"] == "affected"})
        for words, code in ((("answer",), 2), (("answer", "Plug"), 2), (("answer", "Plug", "no_such", "x"), 2), (("answer", "Plug", "marking"), 2), (("sing",), 2), (("answer", "Nobody", "marking", "x"), 3)):
            with self.subTest(words):
                self.run_cli("questions", self.plan, *words, expect=code)
        three = self.out("add", self.plan, "device", "name=Brick", "kind=wall_plug", "brand=Apple", "sale_region=united_kingdom", "count=1")
        refused = self.run_cli("questions", self.plan, "answer", three, "inner_part", "blue", expect=3)
        self.assertIn("white_no_letters", refused.stderr)


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: MIT
"""Inventories and the questions that they leave open, on the command line: every test runs the real binary."""
import json
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

    def test_questions_about_one_thing_are_listed_alone(self):
        self.new("blank")
        for name in ("Plug", "Brick"):
            self.out("add", self.plan, "device", "name=" + name, "kind=wall_plug", "brand=Apple", "sale_region=australia", "count=1")
        both = {q["subject_id"] for q in self.json("questions", self.plan)}
        self.assertGreater(len(both), 1)
        self.assertEqual(len({q["subject_id"] for q in self.json("questions", self.plan, "list", "Brick")}), 1)
        self.assertIn("“Brick”", self.out("questions", self.plan, "list", "Brick"))
        self.assertNotIn("“Plug”", self.out("questions", self.plan, "list", "Brick"))
        self.run_cli("questions", self.plan, "list", "Nobody", expect=3)

    def test_an_answer_is_taken_in_any_case_and_in_the_words_that_are_shown(self):
        self.new("blank")
        brick = self.out("add", self.plan, "device", "name=Brick", "kind=wall_plug", "brand=Apple", "sale_region=united_kingdom", "count=1")
        kept = lambda: [a["value"] for a in self.json("show", self.plan, "attribute") if a["name"] == "inner_part"]
        for given, value in (("GREY", "grey"), ("all white, NO letters in the slot", "white_no_letters"), ("White no letters", "white_no_letters"), ("I don't know", "")):
            with self.subTest(given):
                self.run_cli("questions", self.plan, "answer", brick, "inner_part", given)
                self.assertEqual(kept()[0] or "", value)
        self.assertIn("White outside, grey inside", self.run_cli("questions", self.plan, "answer", brick, "inner_part", "blue", expect=3).stderr)

    def test_what_was_answered_can_be_answered_otherwise_although_nothing_asks_for_it_any_more(self):
        self.new("blank")
        site = self.out("add", self.plan, "site", "name=Shop", "region=australia")
        self.out("add", self.plan, "device", "name=Mac", "kind=laptop", "brand=Apple", "site_id=" + site, "purchased_on=2012-01-01")
        for name, value in (("count", "5"), ("inspected_count", "5"), ("affected_count", "2"), ("exchanged_count", "1"), ("affected_count", "0")):
            self.run_cli("questions", self.plan, "answer", "Shop", "site_plugs_" + name, value)
        (finding,) = [f for f in self.json("check", self.plan, expect=None) if f["rule"] == "apple-plugs-at-site"]
        self.assertIn("exchanged 1, but recalled only 0", finding["message"])
        self.assertIn("site_plugs_exchanged_count", [q["attribute"] for q in self.json("questions", self.plan, "list", "Shop", "--all")])
        self.run_cli("questions", self.plan, "answer", "Shop", "site_plugs_exchanged_count", "0")
        self.assertNotIn("apple-plugs-at-site", [f["rule"] for f in self.json("check", self.plan, expect=None)])
        self.run_cli("questions", self.plan, "unknown", "Shop", "site_plugs_exchanged_count")

    def test_plugs_of_devices_without_a_place_are_asked_about_for_the_business_and_stand_on_the_sheet(self):
        self.new("blank")
        for name in ("Shop", "Depot"):
            self.out("add", self.plan, "site", "name=" + name, "region=australia")
        self.out("add", self.plan, "device", "name=Mac", "kind=laptop", "brand=Apple", "purchased_on=2012-01-01")
        found = [f for f in self.json("check", self.plan, expect=None) if f["rule"] == "apple-plugs-at-site"]
        self.assertEqual([(f["subject_id"], f["question"]) for f in found], [("organisation", "How many Apple plugs and USB adapters from before 2016 are at “Corner Shop”?")])
        sheet = os.path.join(self.folder, "sheet.html")
        self.run_cli("report", self.plan, "plug-sheet", "-o", sheet)
        with open(sheet) as file:
            self.assertIn("Two-prong plug, 2003 to 2015", file.read())
        self.run_cli("questions", self.plan, "answer", "organisation", "site_plugs_count", "0")
        self.assertEqual([f for f in self.json("check", self.plan, expect=None) if f["rule"] == "apple-plugs-at-site"], [])


class Again(Plan):
    """A list that is imported again."""

    def listed(self, text, *words):
        path = os.path.join(self.folder, "inv.csv")
        with open(path, "w") as file:
            file.write(text)
        return self.json("import", self.plan, path, *words, expect=None)

    def device(self):
        (device,) = self.json("show", self.plan, "device")
        return device

    FIRST = "Name,Serial Number,Manufacturer,Model,Purchase Date\nTill,S2,HP,HP ProBook,2015-01-01\n"
    LATER = "Name,Serial Number,Manufacturer,Model,Purchase Date\nFront till,S2,HP,HP ProBook 640 G2,2016-05-05\n"

    def test_what_nobody_typed_follows_the_next_list_and_each_change_is_a_sentence(self):
        self.new("blank")
        self.listed(self.FIRST)
        done = self.listed(self.LATER)
        device = self.device()
        self.assertEqual((device["name"], device["model"], device["purchased_on"]), ("Front till", "HP ProBook 640 G2", "2016-05-05"))
        told = json.dumps(done, ensure_ascii=False)
        for words in ("Model: changed from “HP ProBook”, which an earlier import had brought, to “HP ProBook 640 G2”", "changed from “Till”", "changed from “1 January 2015”"):
            self.assertIn(words, told)
        self.assertIn("hp-battery-2018", ",".join(f["rule"] for f in self.json("check", self.plan, expect=None)))

    def test_what_a_person_typed_since_stays_unless_the_list_is_to_be_taken(self):
        self.new("blank")
        self.listed(self.FIRST)
        self.run_cli("set", self.plan, "device", self.device()["id"], "model=HP ProBook 650 G3")
        told = json.dumps(self.listed(self.LATER), ensure_ascii=False)
        self.assertEqual(self.device()["model"], "HP ProBook 650 G3")
        self.assertIn("kept: you typed “HP ProBook 650 G3”, the list (", told)
        self.assertIn("says “HP ProBook 640 G2”", told)
        self.listed(self.LATER, "--take-list")
        self.assertEqual(self.device()["model"], "HP ProBook 640 G2")

    def test_an_import_of_thousands_is_undone_and_done_again(self):
        self.new("blank")
        rows = "".join(f"PC-{i},SN{i:06},Dell,Latitude {i % 9}\n" for i in range(3000))
        self.listed("Name,Serial Number,Manufacturer,Model\n" + rows)
        self.run_cli("undo", self.plan)
        self.assertEqual(self.json("show", self.plan, "device"), [])
        self.run_cli("redo", self.plan)
        self.assertEqual([d["name"] for d in self.json("show", self.plan, "device")], [f"PC-{i}" for i in range(3000)])



if __name__ == "__main__":
    run()

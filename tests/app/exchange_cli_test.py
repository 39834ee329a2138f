# SPDX-License-Identifier: MIT
"""Plans go out and come in as XML and CSV: every test runs the real binary."""
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan, read_bytes, read_text, run  # noqa: E402


class Exchange(Plan):
    def test_export_import_export_gives_the_same_bytes(self):
        self.new("shop")
        one, two = self.folder + "/one.xml", self.folder + "/two.xml"
        self.run_cli("export", self.plan, one)
        other = self.folder + "/other.mainstay"
        self.run_cli("new", other)
        self.run_cli("import", other, one)
        self.run_cli("export", other, two)
        self.assertEqual(read_bytes(one), read_bytes(two))
        self.assertEqual(self.json("import", other, one)["updated"], 0)

    def test_csv_out_and_in_of_every_kind(self):
        self.new("shop")
        self.run_cli("export", self.plan, self.folder + "/csv")
        other = self.folder + "/other.mainstay"
        self.run_cli("new", other)
        self.run_cli("import", other, self.folder + "/csv")
        self.run_cli("export", self.plan, self.folder + "/one.xml")
        self.run_cli("export", other, self.folder + "/two.xml")
        self.assertEqual(read_text(self.folder + "/one.xml"), read_text(self.folder + "/two.xml"))

    def test_csv_cells_cannot_run_as_formulas(self):
        self.new("blank")
        self.run_cli("add", self.plan, "person", "name==cmd|' /C calc'!A0")
        self.run_cli("export", self.plan, self.folder + "/csv")
        self.assertIn("'=cmd", read_text(self.folder + "/csv/person.csv"))

    def test_staff_from_csv_updates_and_never_duplicates(self):
        self.new("blank")
        source = self.folder + "/staff.csv"
        with open(source, "w") as f:
            f.write("\ufeffName;Mobile phone\nMia Chen;+61 491 570 006\nTom Wu;\nBad,Date;x\n")
        self.run_cli("import", self.plan, source, "--as", "csv:person")
        self.run_cli("import", self.plan, source, "--as", "csv:person")
        self.assertEqual(len(self.json("show", self.plan, "person")), 3)

    def test_a_bad_row_is_named_and_the_others_come_in(self):
        self.new("blank")
        source = self.folder + "/activity.csv"
        with open(source, "w") as f:
            f.write("name,rto_minutes\nSell,4 h\nBake,soon\n")
        result = self.json("import", self.plan, source)
        self.assertEqual(result["added"], 1)
        self.assertIn("line 3", result["findings"][0]["message"])

    def test_hostile_xml_is_refused_with_its_place(self):
        self.new("blank")
        before = read_bytes(self.plan)
        cases = {
            "bomb.xml": '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><plan format="1"><site id="s" name="&b;"/><nope id="x"/></plan>',
            "cut.xml": '<plan format="1"><site id="s" name="A',
            "deep.xml": "<plan format=\"1\">" + "<a>" * 200 + "</a>" * 200 + "</plan>",
            "twice.xml": '<plan format="1"><site id="s"/><person id="s"/></plan>',
            "dangling.xml": '<plan format="1"><link id="l" from_id="x" to_id="y" kind="needs"/></plan>',
            "newer.xml": '<plan format="99"></plan>',
        }
        for name, text in cases.items():
            with open(f"{self.folder}/{name}", "w") as f:
                f.write(text)
            result = self.run_cli("import", self.plan, f"{self.folder}/{name}", expect=3)
            self.assertGreater(len(result.stderr), 20, name)
        self.assertEqual(read_bytes(self.plan), before)


if __name__ == "__main__":
    run()

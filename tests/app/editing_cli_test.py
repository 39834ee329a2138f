# SPDX-License-Identifier: MIT
"""Records are added, changed, tied, undone and looked for on the command line: every test runs the real binary."""
import re
import sqlite3
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan, read_text, run  # noqa: E402


class Editing(Plan):
    def test_add_set_show_remove(self):
        self.new("blank")
        person = self.out("add", self.plan, "person", "name=Mia Chen", "phone=+61 491 570 006")
        self.assertTrue(person.startswith("person-"))
        self.run_cli("set", self.plan, "person", "Mia", "job=Owner")
        self.assertEqual(self.json("show", self.plan, "person", person)["job"], "Owner")
        self.run_cli("remove", self.plan, "person", person)
        self.assertEqual(self.json("show", self.plan, "person"), [])

    def test_the_region_brings_its_emergency_number(self):
        self.new()
        said = self.out("set", self.plan, "organisation", "organisation", "region=australia")
        self.assertIn("000", said)
        self.assertEqual(self.json("show", self.plan, "contact", "contact-emergency")["phone"], "000")
        self.assertIn("not verified", self.out("set", self.plan, "organisation", "organisation", "region=brazil"))
        self.run_cli("set", self.plan, "contact", "contact-emergency", "phone=0 then 000")
        self.assertEqual(self.out("set", self.plan, "organisation", "organisation", "region=ireland"), "")
        self.assertEqual(self.json("show", self.plan, "contact", "contact-emergency")["phone"], "0 then 000")

    def test_times_are_typed_as_people_say_them(self):
        self.new("blank")
        activity = self.out("add", self.plan, "activity", "name=Sell", "rto_minutes=4 h", "rpo_minutes=(none)")
        shown = self.json("show", self.plan, "activity", activity)
        self.assertEqual(shown["rto_minutes"], 240)
        self.assertEqual(shown["rpo_minutes"], "(none)")
        self.assertIsNone(shown["mtpd_minutes"])

    def test_words_that_a_field_cannot_read_are_refused_at_once_and_read_where_an_older_plan_holds_them(self):
        self.new("blank")
        backup, site = self.out("add", self.plan, "backup", "name=NAS"), self.out("add", self.plan, "site", "name=Shop")
        for kind, record, key, bad, good in (("backup", backup, "run_at", ("25:00", "abc", "99999999999999999999", "2am", "-1:00", "02:60"), ("02:00", "2:05", "(none)", "")),
                                             ("backup", backup, "run_days", ("blursday", "mon-blursday", "every now and then", "7"), ("mon tue", "Mon – Fri", "daily", "")),
                                             ("site", site, "open_days", ("someday",), ("mon-fri",)),
                                             ("site", site, "open_hours", ("9 to 5", "08:00", "25:00-26:00", "mon 08:00-10:00; mon 12:00-14:00"), ("08:00 – 18:00", "mon-fri 08:00-18:00; sat 18:00-02:00")),
                                             ("site", site, "closed_on", ("25 December", "2026-12-31..2026-12-25", "2026-02-30"), ("2026-12-25; 2026-12-27..2027-01-04",)),
                                             ("site", site, "time_zone", ("Berlin time",), ("Europe/Berlin",))):
            for words in bad:
                told = self.run_cli("set", self.plan, kind, record, f"{key}={words}", expect=3)
                self.assertIn(f"cannot be “{words}”: it takes ", told.stderr)
                self.assertEqual(self.json("show", self.plan, kind, record)[key], "")
            for words in good:
                self.run_cli("set", self.plan, kind, record, f"{key}={words}")
            self.run_cli("set", self.plan, kind, record, f"{key}=")
        self.run_cli("export", self.plan, self.plan + ".xml")
        older = read_text(self.plan + ".xml").replace('name="NAS"', 'name="NAS" run_at="25:00"')
        with open(self.plan + ".xml", "w") as out:
            out.write(older)
        self.run_cli("import", self.plan, self.plan + ".xml")
        self.assertEqual(self.json("show", self.plan, "backup", backup)["run_at"], "25:00")
        self.assertIn("“25:00” is no time of day", self.run_cli("check", self.plan, expect=None).stdout)

    def test_five_sets_five_undos_five_redos_in_processes_of_their_own_end_where_they_began(self):
        self.new("blank")
        site = self.out("add", self.plan, "site", "name=Zero")
        first = self.out("show", self.plan, "site", site)
        for n in range(1, 6):
            self.run_cli("set", self.plan, "site", site, f"name=Name {n}")
        last = self.out("show", self.plan, "site", site)
        for _ in range(5):
            self.run_cli("undo", self.plan)
        self.assertEqual(self.out("show", self.plan, "site", site), first)
        for _ in range(5):
            self.run_cli("redo", self.plan)
        self.assertEqual(self.out("show", self.plan, "site", site), last)
        self.run_cli("redo", self.plan, expect=3)

    def test_a_new_edit_empties_redo(self):
        self.new("blank")
        site = self.out("add", self.plan, "site", "name=One")
        self.run_cli("set", self.plan, "site", site, "name=Two")
        self.run_cli("undo", self.plan)
        self.run_cli("set", self.plan, "site", site, "name=Three")
        self.run_cli("redo", self.plan, expect=3)

    def test_a_removal_takes_links_along_and_undo_brings_them_back(self):
        self.new("blank")
        a = self.out("add", self.plan, "activity", "name=Sell")
        r = self.out("add", self.plan, "resource", "name=Till", "kind=system")
        self.run_cli("link", self.plan, a, r)
        before = self.out("export", self.plan, self.folder + "/a.xml") and read_text(self.folder + "/a.xml")
        self.run_cli("remove", self.plan, "resource", r)
        self.assertEqual(self.json("show", self.plan, "link"), [])
        self.run_cli("undo", self.plan)
        self.run_cli("export", self.plan, self.folder + "/b.xml")
        self.assertEqual(read_text(self.folder + "/b.xml"), before)

    def test_words_that_are_off_are_usage_and_values_that_are_off_are_errors(self):
        self.new("blank")
        self.run_cli(expect=2)
        self.run_cli("frobnicate", expect=2)
        self.run_cli("show", self.plan, "unicorn", expect=2)
        self.run_cli("set", self.plan, "organisation", "organisation", "nonsense", expect=2)
        self.assertIn("RTO", self.run_cli("add", self.plan, "activity", "name=Bake", "rto_minutes=soon", expect=3).stderr)
        self.run_cli("add", self.plan, "site", "name=Alpha")
        self.run_cli("add", self.plan, "site", "name=Alpine")
        ambiguous = self.run_cli("show", self.plan, "site", "Al", expect=2)
        self.assertIn("Alpha", ambiguous.stderr)
        self.assertIn("Alpine", ambiguous.stderr)
        self.run_cli("show", self.plan, "site", "Nowhere", expect=3)
        self.run_cli("find", self.plan, "xyzzy", expect=1)
        self.run_cli("find", self.plan, "alp", expect=0)

    def test_nothing_is_tied_to_itself_and_nothing_has_no_name(self):
        self.new("blank")
        site = self.out("add", self.plan, "site", "name=Shop")
        self.assertIn("itself", self.run_cli("link", self.plan, site, site, expect=3).stderr)
        self.run_cli("new", "", expect=2)
        self.run_cli("find", self.plan, " ", expect=2)

    def test_history_that_was_altered_outside_is_noticed(self):
        self.new("blank")
        self.run_cli("add", self.plan, "site", "name=Shop")
        self.run_cli("history", self.plan)
        with sqlite3.connect(self.plan) as db:
            db.execute("update edit set after = 'Bank' where after = 'Shop'")
        self.assertIn("revision 2", self.run_cli("history", self.plan, expect=3).stderr)

    def test_an_altered_history_is_a_finding_and_stops_undo(self):
        self.new("blank")
        self.run_cli("add", self.plan, "site", "name=Shop")
        with sqlite3.connect(self.plan) as db:
            db.execute("update edit set after = 'Bank' where after = 'Shop'")
        self.assertIn("audit.history-altered", {f["rule"] for f in self.json("check", self.plan, expect=1)})
        self.run_cli("undo", self.plan, expect=3)

    def test_a_name_is_asked_for_and_a_field_given_twice_is_refused(self):
        self.new("blank")
        self.assertIn("name", self.run_cli("add", self.plan, "site", "kind=main", expect=2).stderr)
        self.run_cli("add", self.plan, "site", "name=A", "name=B", expect=2)
        self.assertEqual(self.json("show", self.plan, "site"), [])

    def test_there_is_one_business_and_it_stays(self):
        self.new("blank")
        self.run_cli("add", self.plan, "organisation", "name=Another", expect=3)
        self.run_cli("remove", self.plan, "organisation", "organisation", expect=3)

    def test_a_comma_is_a_thousands_sign_only_before_three_digits(self):
        self.new("blank")
        self.run_cli("set", self.plan, "organisation", "organisation", "cash_cents=1,50", expect=3)
        self.run_cli("set", self.plan, "organisation", "organisation", "cash_cents=$1,500.50")
        self.assertEqual(self.json("show", self.plan, "organisation", "organisation")["cash_cents"], 150050)

    def test_a_text_without_end_is_refused(self):
        self.new("blank")
        self.run_cli("add", self.plan, "site", "name=" + "x" * 100_000, expect=3)

    def test_the_clock_is_fixed_before_or_after_the_verb(self):
        self.new("blank")
        self.run_cli("--as-of", "2026-01-02", "show", self.plan)
        self.run_cli("show", self.plan, "--as-of", "2026-01-02")
        self.run_cli("show", self.plan, "--as-of", "9999999-01-02", expect=2)

    def test_every_verb_has_help(self):
        verbs = re.findall(r"^  ([a-z]+) ", self.run_cli("--help").stdout.split("Subcommands:")[1], re.M)
        self.assertGreaterEqual(len(verbs), 18)
        for verb in verbs:
            self.assertIn("--help", self.run_cli(verb, "--help").stdout)


if __name__ == "__main__":
    run()

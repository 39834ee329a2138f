# SPDX-License-Identifier: MIT
"""What a plan answers on the bad day and on paper: every test runs the real binary."""
import json
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import read_bytes, read_text, run, SamplePlan  # noqa: E402


class Answers(SamplePlan):
    def test_two_weeks_without_premises(self):
        self.sample()
        result = self.json("simulate", self.plan, "--lose", "premises", "--days", "14")
        self.assertEqual(len(result["days"]), 14)
        self.assertTrue(result["verdict"])
        self.assertEqual(result["outlook"], "yes_if")
        self.assertIsNone(result["survives"], "a yes on guesses is no yes to a program")
        self.run_cli("simulate", self.plan, "--lose", "unicorn", expect=3)
        several = self.json("simulate", self.plan, "--lose", "people", "it_data", "--days", "2")
        self.assertEqual(several, self.json("simulate", self.plan, "--lose", "people,it_data", "--days", "2"))
        self.run_cli("simulate", self.plan, "--lose", "premises", "--days", "0", expect=2)

    def test_an_untouched_starter_plan_never_simply_survives(self):
        for template in ("shop", "clinic", "office"):
            plan = f"{self.folder}/{template}.mainstay"
            self.run_cli("new", plan, "--template", template, "--name", "Corner Place")
            self.run_cli("set", plan, "organisation", "organisation", "cash_cents=45,000.00", "fixed_cost_per_month_cents=18,000.00")
            said = self.out("simulate", plan, "--lose", "premises", "--days", "14")
            self.assertTrue(said.startswith("Yes, if the starter plan's guesses hold: "), said[:200])
            self.assertIn("no backup protects it", said)
            self.assertIn("~ Nobody holds", said)

    def test_every_report_in_every_format_is_whole(self):
        self.sample()
        for report in [r["id"] for r in json.loads(self.out("report", "--list", "--json"))]:
            for ending, head in ((".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>")):
                path = f"{self.folder}/{report}{ending}"
                self.run_cli("report", self.plan, report, "-o", path)
                self.assertTrue(read_bytes(path).lstrip().lower().startswith(head.lower()), path)
        again = self.folder + "/again.pdf"
        self.run_cli("report", self.plan, "plan", "-o", again)
        self.assertEqual(read_bytes(again), read_bytes(self.folder + "/plan.pdf"))
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", "-layout", self.folder + "/first-hour.pdf", "-"], capture_output=True, text=True).stdout
            self.assertIn("Harbour Street Books", text)
        self.run_cli("report", self.plan, "unicorn", "-o", self.folder + "/x.pdf", expect=2)
        self.run_cli("report", self.plan, "plan", "-o", self.folder + "/no/such/x.pdf", expect=3)

    def test_starter_plans_print_without_bracket_or_filler(self):
        for template in ("shop", "office", "clinic"):
            plan = f"{self.folder}/{template}.mainstay"
            self.run_cli("new", plan, "--template", template, "--name", "Corner Place")
            self.run_cli("report", plan, "plan", "-o", f"{self.folder}/{template}.html")
            text = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", " ", read_text(f"{self.folder}/{template}.html"), flags=re.S)
            for filler in ("TODO", "[", "]", "{", "}", "Lorem", "XXX", "TBD"):
                self.assertNotIn(filler, text, template)
            rules = {f["rule"] for f in self.json("check", plan, expect=1)}
            self.assertTrue("audit.starter-wording" in rules, rules)

    def test_activation_starts_clocks_and_a_log_that_cannot_be_undone(self):
        self.sample()
        begun = self.json("activate", self.plan, "--name", "Burst pipe")
        self.assertTrue(begun["steps"] and begun["clocks"])
        self.assertTrue(self.json("activate", self.plan)["already_active"])
        self.run_cli("activate", self.plan, "--log", "Water is off")
        entries = self.json("show", self.plan, "log_entry")
        self.run_cli("undo", self.plan, expect=3)
        self.assertEqual(self.json("show", self.plan, "log_entry"), entries)
        self.run_cli("remove", self.plan, "log_entry", entries[0]["id"], expect=3)
        self.run_cli("activate", self.plan, "--stand-down")
        self.assertEqual(self.json("show", self.plan, "incident")[0]["state"], "stood_down")

    def test_a_real_incident_ends_the_drill(self):
        self.sample()
        self.assertTrue(self.json("activate", self.plan, "--name", "Drill", "--exercise")["is_exercise"])
        real = self.json("activate", self.plan, "--name", "Fire")
        self.assertFalse(real["is_exercise"])
        self.assertFalse(real["already_active"])
        states = {i["name"]: i["state"] for i in self.json("show", self.plan, "incident")}
        self.assertEqual(states, {"Drill": "stood_down", "Fire": "active"})
        self.run_cli("activate", self.plan, "--name", "Flood", expect=3)


if __name__ == "__main__":
    run()

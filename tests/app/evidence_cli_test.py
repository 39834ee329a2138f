# SPDX-License-Identifier: MIT
"""A month of readings of the sample client: carried in by a file, forecast, reported for a period as PDF, HTML and CSV, and thinned as they grow old."""
import csv
import datetime
import json
import os
import sqlite3
import sys
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
import cli_plan  # noqa: E402
from cli_plan import Plan  # noqa: E402
from month_of_readings import Month, month  # noqa: E402

LAST = datetime.date(2026, 11, 24)
NOW = "2026-11-24T12:30:00Z"


class Evidence(Plan):
    def setUp(self):
        super().setUp()
        self.new("sample")
        self.carried = os.path.join(self.folder, "r.json")
        with open(self.carried, "w") as out:
            json.dump(month(LAST), out)
        self.run_cli("import", self.plan, self.carried, now=NOW)

    def report(self, name, *more, **options):
        path = os.path.join(self.folder, name)
        self.run_cli("report", self.plan, "backup-evidence", "-o", path, *more, now=NOW, **options)
        return path

    def rows(self, *more):
        with open(self.report("e.csv", *more), newline="", encoding="utf-8-sig") as file:
            lines = list(csv.reader(file))
        self.assertEqual({len(line) for line in lines}, {len(lines[0])})  # one table, and nothing beside it
        self.assertFalse([cell for line in lines for cell in line if "\n" in cell])
        return [dict(zip(lines[0], line)) for line in lines[1:]]

    def days(self, backup, *more):
        return {row["from"]: row for row in self.rows(*more) if row["record"] == "day" and row["backup"] == backup}

    def test_the_month_as_figures(self):
        summary = {row["backup"]: row for row in self.rows() if row["record"] == "period"}
        self.assertEqual(summary["Till to NAS"]["inside_percent"], "100.0")
        self.assertGreater(int(summary["Office MacBook to NAS"]["runs_missed"]), 0)
        self.assertEqual((summary["Accounts to CrashPlan"]["runs_made"], summary["Accounts to CrashPlan"]["runs_planned"]), ("18", "20"))
        days = self.days("Office MacBook to NAS")
        self.assertEqual(len(days), 24)
        self.assertEqual((days["2026-11-20"]["inside_minutes"], days["2026-11-20"]["past_minutes"], days["2026-11-20"]["not_known_minutes"]), ("0", "1440", "0"))
        self.assertEqual(days["2026-11-15"]["closed"], "yes")  # a Sunday
        self.assertEqual(int(days["2026-11-12"]["readings_without_answer"]), 9)  # the NAS was off

    def test_a_period_is_chosen_and_a_wrong_one_refused(self):
        october = self.rows("--period", "2026-10")
        self.assertEqual(self.rows("--period", "last"), october)
        self.assertEqual(len(self.days("Till to NAS", "--period", "2026-10")), 31)
        self.assertEqual(list(self.days("Till to NAS", "--period", "2026-11-10..2026-11-12")), ["2026-11-10", "2026-11-11", "2026-11-12"])
        future = self.run_cli("report", self.plan, "backup-evidence", "-o", os.path.join(self.folder, "w.pdf"), "--period", "2027-01", expect=2, now=NOW)
        self.assertIn("January 2027 is still to come", future.stderr)
        for wrong in ("2026-13", "November", "2026-11-12..2026-11-10", ""):
            refused = self.run_cli("report", self.plan, "backup-evidence", "-o", os.path.join(self.folder, "w.pdf"), "--period", wrong, expect=2, now=NOW)
            self.assertIn("--period takes a month", refused.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "w.pdf")))
        self.assertIn("no period", self.run_cli("report", self.plan, "first-hour", "-o", os.path.join(self.folder, "w.pdf"), "--period", "2026-11", expect=2, now=NOW).stderr)

    def test_paper_and_page_tell_the_same(self):
        with open(self.report("e.pdf"), "rb") as file:
            self.assertTrue(file.read().startswith(b"%PDF-"))
        with open(self.report("e.html"), encoding="utf-8") as file:
            html = file.read()
        for words in ("November 2026, up to", "One backup went past its limit", "The NAS did not answer within 30 seconds.", "(19 readings)", "Limit 1 d, set by Take payments", "Signature"):
            self.assertIn(words, html)
        self.assertNotIn("greatest_age_minutes", html)

    def test_space_that_ends_is_forecast_and_a_finding(self):
        findings = self.json("check", self.plan, now=NOW, expect=1)
        space = [f for f in findings if f["rule"] == "audit.backup-space"]
        self.assertEqual({f["subject_id"] for f in space}, {"till-to-nas", "office-to-nas"})
        self.assertIn("118 GB are free", space[0]["message"])

    def test_old_readings_are_thinned_when_new_ones_come_in_later(self):
        def stored():
            with sqlite3.connect(self.plan) as database:
                return database.execute("select count(*) from observation where backup_id = 'office-to-nas'").fetchone()[0]
        before = stored()
        later = Month(LAST + datetime.timedelta(days=60), days=1)
        later.end = later.begin
        later.till()
        with open(self.carried, "w") as out:
            json.dump({"format": "mainstay-readings", "version": 1, "readings": [dict(r, uuid="1" + r["uuid"][1:]) for r in later.readings] or [
                {"uuid": "10000000-0000", "probe": "probe-till", "backup": "till-to-nas", "outcome": "unreadable", "read_at": "2027-01-23T10:00:00Z", "alarm": False}]}, out)
        self.run_cli("import", self.plan, self.carried, now="2027-01-23T12:00:00Z")
        after = stored()
        self.assertLess(after, before)
        with sqlite3.connect(self.plan) as database:
            kept = database.execute("select distinct substr(read_at, 1, 10) from observation where backup_id = 'office-to-nas'").fetchall()
            points = database.execute("select count(distinct last_point) from observation where backup_id = 'office-to-nas'").fetchone()[0]
        self.assertEqual(len(kept), 37)      # every day is still there
        self.assertGreater(points, 100)      # and every restorable point


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)

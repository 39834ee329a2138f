# SPDX-License-Identifier: MIT
"""The sample client is checked by the rules, and the checklist follows: every test runs the real binary."""
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import run, SamplePlan  # noqa: E402


class Checking(SamplePlan):
    def test_the_checklist_fills_keeps_what_people_typed_and_a_second_sync_adds_no_revision(self):
        self.sample()
        self.run_cli("check", self.plan, "--sync", expect=1)
        revisions = len(self.json("history", self.plan))
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(len(self.json("history", self.plan)), revisions)
        tasks = [t for t in self.json("task", self.plan, "list") if t["subject_id"] == "mias-iphone" and "error" in t["rule_id"].lower()]
        self.assertTrue(tasks, "Error 53 is a task")
        self.run_cli("task", self.plan, "note", tasks[0]["id"], "asked the repair shop")
        self.run_cli("task", self.plan, "note", tasks[0]["id"], expect=2)
        self.run_cli("set", self.plan, "device", "mias-iphone", "os_build=13D20")
        self.run_cli("check", self.plan, "--sync", expect=1)
        task = self.json("show", self.plan, "task", tasks[0]["id"])
        self.assertEqual(task["note"], "asked the repair shop")

    def test_a_ticked_task_opens_again_where_more_recalled_plugs_are_found_and_says_why(self):
        self.sample()
        self.run_cli("check", self.plan, "--sync", expect=1)
        task = next(t for t in self.json("task", self.plan, "list") if t["rule_id"] == "apple-plug-two-prong" and t["subject_id"] == "plugs-shop")
        self.run_cli("task", self.plan, "done", task["id"])
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(self.json("show", self.plan, "task", task["id"])["state"], "done")
        self.run_cli("questions", self.plan, "answer", "plugs-shop", "affected_count", "4")
        self.run_cli("check", self.plan, "--sync", expect=1)
        again = self.json("show", self.plan, "task", task["id"])
        self.assertEqual(again["state"], "open")
        self.assertTrue(again["why"].startswith("4 plugs of"), again["why"])
        self.assertIn("Open again since 24 November 2026: after it was ticked off, what it rests on got worse. It said then: “2 plugs of", again["why"])
        self.run_cli("task", self.plan, "done", task["id"])
        self.run_cli("questions", self.plan, "answer", "plugs-shop", "affected_count", "1")
        self.run_cli("check", self.plan, "--sync", expect=1)
        fewer = self.json("show", self.plan, "task", task["id"])
        self.assertEqual(fewer["state"], "done")
        self.assertTrue(fewer["why"].startswith("A plug of"), fewer["why"])

    def test_error_53_follows_the_build(self):
        self.sample()
        def verdicts(build):
            self.run_cli("set", self.plan, "device", "mias-iphone", f"os_build={build}")
            return [f for f in self.json("check", self.plan, "--pack", "error53", expect=None) if f["subject_id"] == "mias-iphone"]
        hit = verdicts("13D15")
        self.assertEqual([f["severity"] for f in hit], ["critical"])
        self.assertTrue(any("backup" in s.lower() for s in hit[0]["steps"]))
        self.assertNotIn("critical", [f["severity"] for f in verdicts("13D20")])

    def test_rules_are_listed_checked_and_explained(self):
        self.sample()
        self.assertGreater(len(self.json("rules", "list")), 150)
        why = self.json("rules", "explain", self.plan, "--rule", "error53")
        phone = next(e for e in why if e["cases"])
        self.assertEqual(phone["cases"][-1]["truth"], "yes")
        self.assertTrue(any(line["value"] == "13D15" for line in phone["cases"][-1]["when"]))
        self.run_cli("rules", "explain", self.plan, "--rule", "error54", expect=2)
        broken = self.folder + "/broken.xml"
        with open(broken, "w") as file:
            file.write("<pack id='p' title='P'>\n <rule id='r' title='R' applies_to='device'><case><when><isnt/></when><message>m</message></case></rule></pack>")
        self.assertIn("line 2, column", self.run_cli("rules", "lint", broken, expect=3).stdout)
        self.run_cli("rules", "frobnicate", expect=2)
        self.assertIn("no fault in", self.out("rules", "lint"))

    def test_check_json_has_the_fields_that_scripts_rely_on(self):
        self.sample()
        for finding in self.json("check", self.plan, expect=1):
            for key in ("rule", "severity", "subject_kind", "subject_id", "message", "clause", "steps"):
                self.assertIn(key, finding)
        self.assertLessEqual(len(self.json("check", self.plan, "--min", "error", expect=1)), len(self.json("check", self.plan, expect=1)))
        self.run_cli("check", self.plan, "--pack", "unicorn", expect=2)


if __name__ == "__main__":
    run()

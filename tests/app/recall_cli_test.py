# SPDX-License-Identifier: MIT
"""What a later notice of a recall does to one that was decided: every test runs the real binary."""
import json
import os
import sys

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan, run  # noqa: E402

RULE = "recall:us-cpsc-26-700"
FIRST = "This recall involves Lumo power banks with model number LB1100. Serial numbers 57V0001 through 57V9000, sold from June 2016 through December 2022."


class LaterNotices(Plan):
    def device(self, name, **fields):
        return self.out("add", self.plan, "device", "name=" + name, "kind=power_bank", "brand=Lumo", *[f"{key}={value}" for key, value in fields.items()])

    def fetch(self, description=FIRST, units="About 1,100", number="26700"):
        path = os.path.join(self.folder, "feed.json")
        record = {"RecallID": 7, "RecallNumber": number, "RecallDate": "2026-09-01T00:00:00", "Description": description, "URL": "https://www.cpsc.gov/Recalls/x/26700",
                  "Title": "Lumo Recalls Power Banks Due to Fire Hazard", "Products": [{"Name": "Lumo power banks", "NumberOfUnits": units}],
                  "Hazards": [{"Name": "The battery can catch fire."}], "Remedies": [{"Name": "Stop using it."}]}
        with open(path, "w", encoding="utf-8") as file:
            json.dump([record], file)
        return self.json("recall", self.plan, "fetch", path)

    def recall(self):
        return self.json("recall", self.plan, "show", "26-700")

    def tasks(self):
        return {t["subject_id"]: t["state"] for t in self.json("task", self.plan, "list", "--all") if t["rule_id"] == RULE}

    def verdicts(self):
        return {f["subject_id"]: f["verdict"] for f in self.json("check", self.plan, "--pack", "recalls", expect=None) if f["rule"] == RULE}

    def accepted(self, *words):
        self.new("blank")
        self.old, self.other = self.device("Old bank", model_number="LB1100", serial="57V0500"), self.device("Other bank", model_number="LB2200", serial="88X0001")
        self.fetch()
        self.run_cli("recall", self.plan, "accept", "26-700", *words)

    def wide(self):
        return FIRST.replace("model number LB1100", "model numbers LB1100 and LB2200")

    def test_an_accepted_recall_that_a_later_notice_widens_is_told_and_asks_about_the_new_devices(self):
        self.accepted()
        self.assertEqual(self.verdicts(), {self.old: "affected"})
        fetched = self.fetch(self.wide())
        self.assertEqual((fetched["widened"], fetched["decided"]), (1, 0))
        self.assertIn("now also covers: LB2200", " ".join(fetched["remarks"]))
        recall = self.recall()
        self.assertEqual((recall["decision"], recall["revision"]), ("accepted", 2))
        self.assertIn("Revision 2, 24 November 2026: the notice now also covers: LB2200.", recall["note"])
        self.assertIn("“Other bank”", recall["why"])
        # Free text marks no device by itself: it is possible, with a task, until a person says so.
        self.assertEqual(self.verdicts(), {self.old: "affected", self.other: "possible"})
        self.assertEqual(self.tasks(), {self.old: "open", self.other: "open"})
        self.assertEqual([r["number"] for r in self.json("recall", self.plan, "list")], ["26-700"])
        # The same notice once more says nothing new.
        again = self.fetch(self.wide())
        self.assertEqual((again["widened"], again["decided"], self.recall()["revision"]), (0, 1, 2))

    def test_a_new_revision_opens_only_what_its_condition_changed(self):
        self.accepted()
        (task,) = self.json("task", self.plan, "list")
        self.run_cli("task", self.plan, "done", task["id"])
        self.fetch(self.wide())
        self.assertEqual(self.tasks(), {self.old: "done", self.other: "open"})
        self.run_cli("recall", self.plan, "accept", "26-700")
        self.assertEqual((self.recall()["revision"], self.recall()["wider"]), (3, ""))
        self.assertEqual(self.verdicts(), {self.old: "affected", self.other: "affected"})
        self.assertEqual(self.tasks(), {self.old: "done", self.other: "open"})
        self.run_cli("check", self.plan, "--sync", expect=None)
        self.assertEqual(self.tasks(), {self.old: "done", self.other: "open"})
        self.assertEqual(self.json("recall", self.plan, "list"), [])

    def test_what_was_added_can_be_dismissed_and_the_recall_stays_accepted(self):
        self.accepted()
        self.fetch(self.wide())
        self.assertIn("stays accepted", self.out("recall", self.plan, "dismiss", "26-700"))
        self.assertEqual((self.recall()["decision"], self.verdicts()), ("accepted", {self.old: "affected"}))
        self.assertEqual(self.tasks(), {self.old: "open", self.other: "cleared"})
        self.assertEqual(self.fetch(self.wide())["widened"], 0)
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.assertEqual(self.recall()["decision"], "dismissed")

    def test_wider_ranges_of_serial_numbers_days_and_units_are_told_and_ask_about_devices_outside_the_old_ones(self):
        self.accepted("--match", '<serial_prefix field="serial">57V</serial_prefix>')
        second = self.device("Second bank", model_number="LB1100", serial="58W0001")
        self.assertEqual(self.verdicts(), {self.old: "affected"})
        self.fetch()  # a device of the same model came, and the notice is the same: it may be concerned
        self.assertEqual(self.recall()["revision"], 2)
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.assertEqual(self.verdicts(), {self.old: "affected"})
        fetched = self.fetch(FIRST.replace("57V9000", "58W9000").replace("December 2022", "March 2023"), "About 2,500")
        self.assertEqual(fetched["widened"], 1)
        self.assertIn("now also covers: 58W9000, March 2023, 2,500", " ".join(fetched["remarks"]))
        self.assertEqual(self.verdicts(), {self.old: "affected", second: "possible"})

    def test_more_units_alone_are_told_and_open_nothing(self):
        self.accepted()
        (task,) = self.json("task", self.plan, "list")
        self.run_cli("task", self.plan, "done", task["id"])
        fetched = self.fetch(FIRST, "About 90,000")
        self.assertEqual(fetched["widened"], 1)
        self.assertIn("now also covers: 90,000. No device of this plan is concerned by that", " ".join(fetched["remarks"]))
        self.assertEqual(self.tasks(), {self.old: "done"})
        self.assertEqual(self.json("recall", self.plan, "list"), [])

    def test_a_notice_that_names_less_or_is_only_worded_otherwise_changes_nothing(self):
        self.accepted()
        for text in ("This recall involves Lumo power banks with model number LB1100.", FIRST.replace("This recall involves", "Recalled are"), FIRST.replace("LB1100", "lb-1100")):
            fetched = self.fetch(text)
            self.assertEqual((fetched["widened"], fetched["decided"]), (0, 1), text)
        self.assertEqual(self.fetch()["widened"], 0)
        self.assertEqual(self.recall()["revision"], None)

    def test_a_fetch_that_widened_a_recall_is_undone_whole(self):
        self.accepted()
        before = self.recall()
        self.fetch(self.wide())
        self.run_cli("undo", self.plan)
        self.assertEqual((self.recall(), self.tasks()), (before, {self.old: "open"}))

    def test_a_dismissed_recall_is_asked_about_again_where_its_ranges_grow(self):
        self.accepted()
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.assertEqual(self.fetch()["reopened"], 0)
        fetched = self.fetch(FIRST.replace("57V9000", "58W9000"))
        self.assertEqual(fetched["reopened"], 1)
        self.assertIn("since then its notice also names: 58W9000.", self.recall()["why"])

    # --- recalls that were decided before it was kept what for -----------------------------------------------------------------

    def forget(self):
        """As an older program left it."""
        self.run_cli("set", self.plan, "recall", self.recall()["id"], "fits=", "extent=")

    def test_a_dismissal_from_before_holds_for_the_devices_that_its_reasons_name(self):
        self.accepted()
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.forget()
        fetched = self.fetch()
        self.assertEqual((fetched["reopened"], fetched["decided"]), (0, 1))
        self.assertEqual(self.recall()["fits"], f"{self.old}=95")
        self.assertEqual(self.fetch(self.wide())["reopened"], 1)

    def test_a_dismissal_from_before_is_asked_about_once_where_its_reasons_do_not_name_a_device(self):
        self.accepted()
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.forget()
        self.device("New bank", model_number="LB1100")
        self.assertEqual(self.fetch()["reopened"], 1)
        self.assertIn("before it was kept for which devices", self.recall()["why"])
        self.assertIn("“New bank”", self.recall()["why"])
        self.run_cli("recall", self.plan, "dismiss", "26-700")
        self.assertEqual(self.fetch()["reopened"], 0)

    def test_an_accepted_recall_from_before_asks_about_what_its_rule_does_not_cover(self):
        self.accepted()
        self.forget()
        self.assertEqual(self.fetch()["widened"], 0)
        self.forget()
        self.assertEqual(self.fetch(self.wide())["widened"], 1)
        self.assertEqual(self.verdicts(), {self.old: "affected", self.other: "possible"})


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: MIT
"""The steps of a running incident, worked off from a terminal with the real binary."""
import sys
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan  # noqa: E402


class Steps(Plan):
    def setUp(self):
        super().setUp()
        self.new("sample")
        self.steps = self.json("activate", self.plan, "--name", "Burst pipe")["steps"]

    def open_steps(self):
        return [step["step"] for step in self.json("activate", self.plan)["steps"]]

    def test_a_step_is_done_by_its_first_words_and_the_next_is_named(self):
        first, second = self.steps[0], self.steps[1]
        said = self.out("activate", self.plan, "--done", first["action"][:20].upper())
        self.assertIn(second["action"], said)
        self.assertEqual(self.open_steps(), [step["step"] for step in self.steps[1:]])
        entry = self.json("show", self.plan, "log_entry")[-1]
        self.assertEqual((entry["kind"], entry["subject_id"]), ("step_done", first["step"]))

    def test_a_step_that_does_not_apply_is_set_aside_by_its_id(self):
        self.run_cli("activate", self.plan, "--set-aside", self.steps[1]["step"])
        self.assertNotIn(self.steps[1]["step"], self.open_steps())
        self.assertEqual(self.json("show", self.plan, "log_entry")[-1]["kind"], "decision")

    def test_a_step_that_is_not_open_or_not_the_only_one_is_refused_and_nothing_is_written(self):
        first = self.steps[0]["step"]
        self.run_cli("activate", self.plan, "--done", first)
        before = self.json("show", self.plan, "log_entry")
        for option, word, code in (("--done", first, 3), ("--set-aside", first, 3), ("--done", "no such step", 3), ("--done", " ", 3)):
            self.run_cli("activate", self.plan, option, word, expect=code)
        letters = {}
        for step in self.steps[1:]:
            letters.setdefault(step["action"][0].lower(), []).append(step["action"])
        shared = next(letter for letter, actions in letters.items() if len(actions) > 1)
        self.run_cli("activate", self.plan, "--done", shared, "--log", "and this", expect=2)
        self.assertEqual(self.json("show", self.plan, "log_entry"), before)

    def test_without_an_incident_no_step_can_be_done(self):
        self.run_cli("activate", self.plan, "--stand-down")
        self.run_cli("activate", self.plan, "--done", self.steps[0]["step"], expect=3)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[3:])

# SPDX-License-Identifier: MIT
"""Backups of the sample client are measured and held against the plan: every test runs the real binary."""
import json
import os
import signal
import socket
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import CLI, NOW, PLANTED, read_bytes, read_text, REPLAY, run, SamplePlan  # noqa: E402


class Measuring(SamplePlan):
    def test_one_rpo_met_and_one_breached(self):
        self.sample()
        states = self.probe(expect=1)
        self.assertEqual(states["till-to-nas"]["state"], "ok")
        self.assertEqual(states["office-to-nas"]["state"], "breached")
        self.assertEqual(states["till-to-nas"]["age_minutes"], 40)
        self.assertTrue(states["office-to-nas"]["tightest_user"])
        if REPLAY:
            self.assertIn(states["accounts-crashplan"]["state"], ("ok", "at_risk"))

    def test_moving_the_rpo_across_the_measured_age_flips_the_verdict(self):
        self.sample()
        status = self.probe("till-to-nas", expect=0)["till-to-nas"]
        activity = status["tightest_user_id"]
        self.run_cli("set", self.plan, "activity", activity, "rpo_minutes=30")
        self.assertEqual(self.probe("till-to-nas", expect=1)["till-to-nas"]["state"], "breached")
        self.run_cli("undo", self.plan)
        self.assertEqual(self.probe("till-to-nas", expect=0)["till-to-nas"]["state"], "ok")

    def test_readings_leave_a_network_as_a_file_and_unite_by_uuid(self):
        self.sample()
        out = self.folder + "/readings.json"
        revisions = len(self.json("history", self.plan))
        self.run_cli("probe", self.plan, "--out", out, env={"MAINSTAY_SECRET_HARBOUR_CRASHPLAN": "sample-secret"})
        self.assertEqual(self.json("probe", self.plan, "--due", "Nobody", expect=1), [])
        self.assertEqual(self.db("select count(*) from observation"), 0)
        carried = json.loads(read_text(out))
        self.assertEqual(carried["format"], "mainstay-readings")
        self.assertNotIn("sample-secret", read_text(out))
        first = self.json("import", self.plan, out)
        self.assertEqual(first["readings"], len(carried["readings"]))
        self.assertEqual(self.json("import", self.plan, out)["readings"], 0)
        self.assertEqual(len(self.json("history", self.plan)), revisions)
        other = self.folder + "/other.mainstay"
        self.run_cli("new", other, "--template", "shop")
        self.assertIn("another plan", self.run_cli("import", other, out, expect=3).stderr)
        for broken in (read_bytes(out)[:-40], b'{"format": "mainstay-readings", "version": 2}', b'{"format": "mainstay-readings", "version": 1, "readings": [{"uuid": 4}]}',
                       b'{"format": "mainstay-readings", "x": ' + b"[" * 100_000):
            with open(out, "wb") as file:
                file.write(broken)
            self.run_cli("import", self.plan, out, expect=3)

    def test_a_reading_from_the_future_hides_no_honest_one_and_is_not_imported(self):
        self.sample()
        self.run_cli("probe", self.plan, "till-to-nas", now="2031-06-01T12:00:00Z", expect=1)
        status = self.probe("till-to-nas", expect=0)["till-to-nas"]
        self.assertEqual((status["state"], status["readings_in_future"]), ("ok", 1))
        self.assertIn("lies in the future and was not heeded", status["detail"])
        out = self.folder + "/readings.json"
        self.run_cli("probe", self.plan, "till-to-nas", "--out", out)
        carried = json.loads(read_text(out))
        honest = carried["readings"][0]
        future = dict(honest, uuid="future-1", read_at="2031-01-01T00:00:00Z", last_point="2031-01-01T00:00:00Z")
        for readings, expect, words in (([future], 3, "still to come"), ([future, honest], 0, "was left out")):
            with open(out, "w", encoding="utf-8") as file:
                json.dump(dict(carried, readings=readings), file)
            done = self.run_cli("import", self.plan, out, expect=expect)
            self.assertIn(words, done.stdout + done.stderr)
        self.assertEqual(self.db("select count(*) from observation where uuid = 'future-1'"), 0)
        self.assertEqual(self.db(f"select count(*) from observation where uuid = '{honest['uuid']}'"), 1)

    def test_a_history_that_is_gone_is_told_as_that_and_a_failure_with_its_reason(self):
        self.new("blank")
        folder = self.folder + "/tm/Mac.sparsebundle"
        os.makedirs(folder)
        self.run_cli("add", self.plan, "backup", "name=Mac", "method=time_machine")
        self.run_cli("add", self.plan, "probe", "name=look", "backup_id=Mac", "type=time_machine", f"url={self.folder}/tm", "item=Mac")

        def history(*days):
            points = "".join(f"<dict><key>com.apple.backupd.SnapshotCompletionDate</key><date>{day}T08:00:00Z</date></dict>" for day in days)
            with open(folder + "/com.apple.TimeMachine.SnapshotHistory.plist", "w", encoding="utf-8") as file:
                file.write(f'<?xml version="1.0"?><plist version="1.0"><dict><key>Snapshots</key><array>{points}</array></dict></plist>')

        history("2026-11-20", "2026-11-21", "2026-11-22")
        self.run_cli("probe", self.plan, now="2026-11-22T10:00:00Z", expect=1)
        history()
        status = self.json("probe", self.plan, now="2026-11-22T11:00:00Z", expect=1)[0]
        self.assertEqual((status["state"], status["history_before"], status["history_now"]), ("failed", 3, 0))
        self.assertIn("3 restore points before, none now", status["detail"])
        self.assertIn("Do not let macOS start over", status["detail"])
        os.rename(folder, self.folder + "/tm/Mac 2026-11-22-110000.incomplete")
        found = self.run_cli("check", self.plan, now="2026-11-22T12:00:00Z", expect=1).stdout
        self.run_cli("probe", self.plan, now="2026-11-22T12:00:00Z", expect=1)
        self.assertIn("3 restore points before, none now", self.run_cli("check", self.plan, now="2026-11-22T12:01:00Z", expect=1).stdout)
        self.assertIn("do not press “start a new backup”", found)
        self.assertNotIn("check that a fresh restorable point appears", found)  # a new run is the last thing to do
        open(self.folder + "/dump", "w").close()
        os.utime(self.folder + "/dump", (1795334400, 1795334400))  # 22 November 2026, 08:00
        self.run_cli("add", self.plan, "backup", "name=Dump")
        self.run_cli("add", self.plan, "probe", "name=file", "backup_id=Dump", "type=url", f"url={self.folder}/dump")
        self.assertIn("is empty: there is nothing in it to restore", self.run_cli("probe", self.plan, "Dump", expect=1).stdout)

    def test_an_unattended_round_goes_over_a_folder_and_past_what_is_broken(self):
        self.sample()
        with open(self.folder + "/broken.mainstay", "w") as file:
            file.write("no plan")
        secret = {"MAINSTAY_SECRET_HARBOUR_CRASHPLAN": "sample-secret"}
        round_one = self.run_cli("probe", "--due", self.folder, expect=1, env=secret)
        self.assertIn("newly breached", round_one.stdout)
        self.assertIn("broken.mainstay", round_one.stderr)
        again = self.json("probe", "--due", self.folder, expect=1, env=secret)
        self.assertEqual([r["newly_in_trouble"] for r in again if "read" in r], [[]])
        os.mkdir(self.folder + "/none")
        self.run_cli("probe", "--due", self.folder + "/none", expect=3)

    def test_a_round_that_is_stopped_keeps_what_it_read_and_leaves_nothing_behind(self):
        self.sample()
        slow = socket.create_server(("127.0.0.1", 0))  # takes what comes and never answers
        backup = self.out("add", self.plan, "backup", "name=Silent")
        self.out("add", self.plan, "probe", "name=Silent", "backup_id=" + backup, "type=url", f"url=http://127.0.0.1:{slow.getsockname()[1]}/x")
        for sent, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            environment = {**os.environ, "XDG_CONFIG_HOME": self.folder + "/config", "XDG_DATA_HOME": self.folder + "/data", "MAINSTAY_AS_OF": NOW}
            process = subprocess.Popen([CLI, "probe", self.plan], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            slow.settimeout(30)
            taken = slow.accept()[0]
            time.sleep(1.5)  # the others have been read by then
            began = time.monotonic()
            process.send_signal(sent)
            out, err = process.communicate(timeout=30)
            taken.close()
            self.assertLess(time.monotonic() - began, 5)
            self.assertEqual(process.returncode, code, out + err)
            self.assertRegex(err, r"Stopped: [1-9]\d* of \d+ probes had been read, and their readings are kept\.")
            self.assertEqual(err.count("\n"), 1)
            self.assertEqual(out, "")
        slow.close()

    def test_planted_secrets_occur_nowhere(self):
        self.sample()
        outputs = []
        for words in (["probe", self.plan], ["probe", self.plan, "--json"], ["check", self.plan], ["show", self.plan, "probe"], ["history", self.plan, "--edits"]):
            result = self.run_cli(*words, expect=None, env={"MAINSTAY_SECRET_HARBOUR_CRASHPLAN": PLANTED})
            outputs += [result.stdout, result.stderr]
        self.run_cli("report", self.plan, "plan", "-o", self.folder + "/p.html", env={"MAINSTAY_SECRET_HARBOUR_CRASHPLAN": PLANTED})
        for base, _, names in os.walk(self.folder):
            for name in names:
                self.assertNotIn(PLANTED.encode(), read_bytes(os.path.join(base, name)), name)
        for text in outputs:
            self.assertNotIn(PLANTED, text)


if __name__ == "__main__":
    run()

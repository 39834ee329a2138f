# SPDX-License-Identifier: MIT
"""A restore test from the choice of the sample to the verdict, with the real binary; each step is a process of its own."""
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
import cli_plan  # noqa: E402
from cli_plan import CLI, Plan  # noqa: E402


def after(minutes):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Restore(Plan):
    def setUp(self):
        super().setUp()
        self.original = os.path.join(self.folder, "Ledger")
        os.mkdir(self.original)
        self.new("blank")
        self.activity = self.out("add", self.plan, "activity", "name=Take money", "rto_minutes=4 h", "rpo_minutes=1 d")
        self.data = self.out("add", self.plan, "resource", "name=Books", "kind=data", f"folder={self.original}")
        self.backup = self.out("add", self.plan, "backup", "name=Nightly")
        self.run_cli("link", self.plan, self.activity, self.data, "kind=needs")
        self.run_cli("link", self.plan, self.backup, self.data, "kind=protects")
        self.back = os.path.join(self.folder, "back")

    def write(self, name, size, folder=None):
        path = os.path.join(folder or self.original, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(os.urandom(size))

    def fill(self):
        for n in range(8):
            self.write(f"{n % 2}/file {n}", 1_000_000)

    def start(self, *more, **options):
        return self.json("restore", self.plan, "start", *more, now=after(0), **options)

    def restore(self):
        time.sleep(1.1)  # the clock began in an earlier second
        shutil.copytree(self.original, self.back, symlinks=True)

    def stop(self, *more, minutes=10, expect=0):
        result = self.run_cli("restore", self.plan, "stop", "--at", self.back, *more, "--json", now=after(minutes), expect=expect)
        return json.loads(result.stdout) if result.stdout else result

    def test_from_the_sample_to_a_tested_time_and_back_by_undo(self):
        self.fill()
        started = self.start()
        self.assertEqual((len(started["sample"]), started["set_bytes"]), (8, 8_000_000))
        self.assertEqual(len(self.json("restore", self.plan, "status", now=after(0))), 1)
        self.restore()
        done = self.stop()
        self.assertEqual((done["result"], done["files_same"], done["sample_mb"], done["full_mb"]), ("pass", 8, 8, 8))
        self.assertIn(done["took_minutes"], (10, 11))
        self.assertEqual((done["activity"], done["time"]), ("Take money", "in_time"))
        self.assertLessEqual(done["low_minutes"], done["likely_minutes"])
        self.assertLessEqual(done["likely_minutes"], done["high_minutes"])  # everything came back, so little is left open
        self.assertEqual(self.json("restore", self.plan, "status"), [])
        self.assertEqual(os.listdir(os.path.join(self.folder, "data", "mainstay", "restore-tests")), [])
        data = self.json("show", self.plan, "resource", self.data)
        self.assertEqual((data["recovery_basis"], data["recovery_minutes"]), ("tested", done["likely_minutes"]))
        rules = [f["rule"] for f in self.json("check", self.plan, expect=1)]
        for rule in ("audit.restore-test", "audit.restore-result", "audit.restore-time", "audit.untested-rto"):
            self.assertNotIn(rule, rules)
        self.run_cli("undo", self.plan)
        self.assertEqual(self.json("show", self.plan, "restore_test"), [])
        self.assertIsNone(self.json("show", self.plan, "resource", self.data)["recovery_minutes"])

    def test_a_restore_that_takes_too_long_or_may_is_a_finding_that_names_the_activity(self):
        self.fill()
        self.start()
        self.restore()
        done = self.stop("--full-mb", "10", "--took", "5 h", expect=1)
        self.assertEqual((done["result"], done["time"], done["likely_minutes"]), ("pass", "too_slow", 375))
        finding = next(f for f in self.json("check", self.plan, expect=1) if f["rule"] == "audit.restore-time")
        self.assertIn("Take money", finding["message"])
        self.run_cli("undo", self.plan)
        self.start()
        shutil.rmtree(self.back)
        self.restore()
        done = self.stop("--full-mb", "12", "--took", "1 h 30 min", expect=1)
        self.assertEqual((done["time"], done["likely_minutes"], done["high_minutes"]), ("unsure", 135, 270))
        finding = next(f for f in self.json("check", self.plan, expect=1) if f["rule"] == "audit.restore-time")
        self.assertIn("not sure", finding["message"])

    def test_a_sample_too_small_to_tell_says_so_and_how_large_one_should_be(self):
        self.fill()
        self.start()
        self.restore()
        done = self.stop("--full-mb", "500000", "--took", "2 min", expect=1)
        self.assertEqual((done["time"], done["too_small"], done["likely_minutes"], done["wanted_mb"], done["data_timed"]), ("unsure", True, None, 32, []))
        self.assertIn("The sample is too small to tell how long the 500000 MB of Nightly take. Restore about 32 MB next time.", done["sentences"][-1])
        self.assertIsNone(self.json("show", self.plan, "resource", self.data)["recovery_minutes"])
        finding = next(f for f in self.json("check", self.plan, expect=1) if f["rule"] == "audit.restore-time")
        self.assertIn("too small", finding["message"])

    def test_the_sample_grows_with_the_folder_unless_told_otherwise(self):
        for n in range(60):
            self.write(f"{n % 2}/file {n}", 20_000)
        self.assertEqual(len(self.start()["sample"]), 60)  # so little is taken whole
        self.assertEqual(self.start("--again")["advice"], "")
        few = self.start("--again", "--sample", "5")
        self.assertEqual(len(few["sample"]), 5)
        self.assertIn("too little", few["advice"])

    def test_it_is_found_above_inside_and_below_a_host_and_a_date_but_never_guessed(self):
        self.fill()
        self.start()
        self.restore()
        inside = self.run_cli("restore", self.plan, "stop", "--dry-run", "--at", self.back + "/0", "--json", now=after(1), expect=None)
        self.assertEqual(json.loads(inside.stdout)["files_same"], 8)
        target = os.path.join(self.folder, "target")
        shutil.copytree(self.back, target + "/till-mac/2026-11-24")
        above = self.run_cli("restore", self.plan, "stop", "--dry-run", "--at", target, "--json", now=after(1), expect=None)
        self.assertEqual(json.loads(above.stdout)["root"], target + "/till-mac/2026-11-24")
        shutil.copytree(self.back, target + "/till-mac/2026-11-23")
        two = self.run_cli("restore", self.plan, "stop", "--at", target, now=after(1), expect=3).stderr
        self.assertIn("2026-11-23", two)
        self.assertIn("2026-11-24", two)
        self.assertEqual(len(self.json("restore", self.plan, "status", now=after(2))), 1)

    def test_what_came_back_wrong_is_named(self):
        self.fill()
        self.start()
        self.restore()
        os.remove(os.path.join(self.back, "0/file 0"))
        self.write("1/file 1", 1_000_000, self.back)
        self.write("more", 10, self.back)
        done = self.stop(expect=1)
        self.assertEqual((done["result"], done["files_same"]), ("partial", 6))
        self.assertEqual((done["first_missing"], done["first_different"], done["first_extra"]), ("0/file 0", "1/file 1", "more"))
        self.assertIn("audit.restore-result", [f["rule"] for f in self.json("check", self.plan, expect=1)])

    def test_a_file_that_changed_after_the_newest_point_accuses_nobody(self):
        self.fill()
        readings = os.path.join(self.folder, "point")
        with open(readings, "w") as file:
            file.write("backup")
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={self.backup}", "type=url", f"url=file://{readings}")
        time.sleep(1.1)
        os.utime(readings)
        self.run_cli("probe", self.plan, now=after(0), expect=None)
        time.sleep(1.1)
        self.write("0/file 0", 1_000_000)  # since the backup
        started = self.start()
        self.assertTrue(started["unchanged_since_newest_point"], started)
        self.assertNotIn("0/file 0", started["sample"])
        self.assertEqual(len(started["sample"]), 7)

    def test_what_proves_nothing_is_refused_and_the_clock_goes_on(self):
        self.fill()
        self.start()
        time.sleep(1.1)
        os.symlink(self.original, os.path.join(self.folder, "elsewhere"))
        os.mkdir(os.path.join(self.folder, "empty"))
        for at in (self.original, self.folder + "/elsewhere", self.folder, self.folder + "/empty", self.folder + "/nowhere", self.plan):
            result = self.run_cli("restore", self.plan, "stop", "--at", at, now=after(1), expect=3)
            self.assertTrue(result.stderr.startswith("mainstay-cli: "), result.stderr)
        self.assertEqual(len(self.json("restore", self.plan, "status", now=after(2))), 1)
        self.assertEqual(self.json("show", self.plan, "restore_test"), [])

    def test_a_dry_run_writes_nothing_down(self):
        self.fill()
        self.start()
        self.restore()
        self.assertFalse(self.stop("--dry-run")["recorded"])
        self.assertEqual(self.json("show", self.plan, "restore_test"), [])
        self.assertTrue(self.stop()["recorded"])

    def test_a_second_start_is_refused_and_again_or_cancel_helps(self):
        self.fill()
        self.start()
        self.assertIn("running since", self.run_cli("restore", self.plan, "start", now=after(0), expect=3).stderr)
        self.start("--again")
        self.run_cli("restore", self.plan, "cancel")
        self.run_cli("restore", self.plan, "cancel", "Nightly", expect=3)
        self.run_cli("restore", self.plan, "stop", "Nightly", "--at", self.original, expect=3)

    def test_a_damaged_manifest_is_told_and_can_be_ended(self):
        self.fill()
        manifest = self.start()["manifest"]
        with open(manifest, "r+") as file:
            file.truncate(200)
        self.assertIn("damaged", self.out("restore", self.plan, "status"))
        self.assertIn("cancel", self.run_cli("restore", self.plan, "stop", "--at", self.folder, expect=3).stderr)
        self.assertIn("--again", self.run_cli("restore", self.plan, "start", expect=3).stderr)
        self.run_cli("restore", self.plan, "cancel")
        self.assertIn("No restore test", self.run_cli("restore", self.plan, "cancel", expect=3).stderr)
        self.start()

    def test_one_result_tells_one_time(self):
        self.fill()
        self.run_cli("set", self.plan, "resource", self.data, "size_mb=100")
        self.start()
        self.restore()
        done = self.stop("--full-mb", "12", "--took", "50 min")
        self.assertEqual(done["likely_minutes"], 75)
        data = self.json("show", self.plan, "resource", self.data)
        self.assertEqual(data["recovery_minutes"], done["likely_minutes"])

    def test_a_failed_test_borrows_no_verdict_from_an_older_one(self):
        self.run_cli("add", self.plan, "restore_test", f"backup_id={self.backup}", "on=2026-11-01", "result=pass", "took_minutes=10", "sample_mb=100", "full_mb=100")
        self.fill()
        self.start()
        self.restore()
        os.remove(os.path.join(self.back, "0", "file 0"))
        done = self.stop(expect=1)
        self.assertEqual((done["result"], done["time"], done["likely_minutes"]), ("partial", "untested", None))

    def test_killed_while_choosing_leaves_no_clock_running(self):
        with open(os.path.join(self.original, "large"), "wb") as file:
            file.truncate(8_000_000_000)  # takes no room, and seconds to read
        environment = {**os.environ, "MAINSTAY_AUTHOR": "Tess", "XDG_DATA_HOME": self.folder + "/data"}
        process = subprocess.Popen([CLI, "restore", self.plan, "start", "--mb", "9000"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.15)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assertEqual(self.json("restore", self.plan, "status"), [])

    def test_a_manifest_kept_elsewhere_follows_the_plan_and_no_other(self):
        self.fill()
        manifest = os.path.join(self.folder, "stick.json")
        self.start("--manifest", manifest)
        self.assertEqual(self.json("restore", self.plan, "status"), [])
        moved = os.path.join(self.folder, "moved.mainstay")
        os.rename(self.plan, moved)
        self.restore()
        other = os.path.join(self.folder, "other.mainstay")
        self.run_cli("new", other, "--template", "blank", "--name", "Other")
        self.run_cli("add", other, "backup", "id=x", "name=Nightly", expect=None)
        self.run_cli("restore", other, "stop", "Nightly", "--manifest", manifest, "--at", self.back, expect=3)
        self.plan = moved
        self.assertEqual(self.stop("--manifest", manifest)["result"], "pass")
        self.assertFalse(os.path.exists(manifest))
        with open(manifest, "w") as file:
            file.write('{"mainstay": "restore test", "version": 1, "files": [{"path": "../../etc/passwd"}]}')
        self.assertIn("not the manifest", self.run_cli("restore", self.plan, "stop", "Nightly", "--manifest", manifest, "--at", self.back, expect=3).stderr)

    def test_hostile_names_links_pipes_and_empty_files(self):
        names = ["-rf", "two\nlines", "100%41", " ", "=cmd()", "a" * 250]
        for name in names:
            self.write(name, 3)
        with open(os.path.join(os.fsencode(self.original), b"bad\xff"), "wb"):
            pass
        os.symlink("/etc/passwd", os.path.join(self.original, "link"))
        os.symlink(self.original, os.path.join(self.original, "round"))
        started = self.start()
        self.assertEqual((len(started["sample"]), started["left_out"]["links"]), (len(names) + 1, 2))
        os.mkfifo(os.path.join(self.original, "pipe"))
        self.restore_with_cp()
        done = self.stop()
        self.assertEqual((done["result"], done["files_same"], done["likely_minutes"]), ("pass", len(names) + 1, None))

    def restore_with_cp(self):
        time.sleep(1.1)
        subprocess.run(["cp", "-R", "-P", self.original, self.back], check=True, timeout=30)

    def test_words_that_are_off(self):
        self.run_cli("restore", self.plan, "begin", expect=2)
        self.run_cli("restore", self.plan, "start", now=after(0), expect=3)  # the folder is empty
        self.fill()
        for words in (("--sample", "0"), ("--sample", "x"), ("--mb", "-1"), ("--seed", "1.5")):
            self.run_cli("restore", self.plan, "start", *words, expect=2)
        self.run_cli("restore", self.plan, "start", "--from", self.folder + "/nowhere", expect=3)
        self.run_cli("restore", self.plan, "start", "Nobody", expect=3)
        self.start()
        self.run_cli("restore", self.plan, "stop", expect=2)
        self.run_cli("restore", self.plan, "stop", "--at", self.back, "--took", "soon", expect=2)
        self.assertIn("stopwatch", self.run_cli("restore", "--help").stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)

# SPDX-License-Identifier: MIT
"""A plan is one file, whatever befalls it: every test runs the real binary."""
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import CLI, Plan, read_bytes, read_text, run  # noqa: E402


class Files(Plan):
    """Each way in which a file can be wrong has its own sentence, and the file and its folder stay as they were."""

    def refused(self, path, *needles, verb=("show",)):
        listing = sorted(os.listdir(self.folder))
        before = read_bytes(path) if os.path.isfile(path) else None
        result = self.run_cli(*verb, path, expect=3)
        for needle in needles:
            self.assertIn(needle, result.stderr)
        self.assertEqual(sorted(os.listdir(self.folder)), listing)
        if before is not None:
            self.assertEqual(read_bytes(path), before)
        return result.stderr

    def test_missing_empty_foreign_directory(self):
        sentences = {self.refused(self.folder + "/none.mainstay", "There is no plan")}
        open(self.folder + "/empty.mainstay", "w").close()
        sentences.add(self.refused(self.folder + "/empty.mainstay", "empty"))
        os.mkdir(self.folder + "/dir.mainstay")
        sentences.add(self.refused(self.folder + "/dir.mainstay", "folder"))
        with sqlite3.connect(self.folder + "/foreign.mainstay") as db:
            db.execute("create table t(x)")
        sentences.add(self.refused(self.folder + "/foreign.mainstay", "not a Mainstay plan"))
        with open(self.folder + "/text.mainstay", "w") as f:
            f.write("hello " * 100)
        self.refused(self.folder + "/text.mainstay", "not a Mainstay plan")
        self.assertEqual(len(sentences), 4)

    def test_truncated_also_by_100_bytes(self):
        self.new()
        whole = read_bytes(self.plan)
        for cut in (100, 4096, len(whole) // 2, len(whole) - 50, len(whole) - 5):
            path = f"{self.folder}/cut{cut}.mainstay"
            with open(path, "wb") as f:
                f.write(whole[:-cut])
            self.refused(path, "damaged")

    def test_a_flipped_byte_in_a_text_is_noticed(self):
        self.new()
        data = read_bytes(self.plan)
        at = data.rfind(b"Corner Shop")
        while at != -1:
            flipped = data[:at] + b"D" + data[at + 1:]
            path = self.folder + "/flip.mainstay"
            with open(path, "wb") as f:
                f.write(flipped)
            if self.run_cli("show", path, expect=None).returncode == 3:
                break
            at = data.rfind(b"Corner Shop", 0, at)
        self.assertNotEqual(at, -1)

    def test_newer(self):
        self.new()
        with sqlite3.connect(self.plan) as db:
            db.execute("pragma user_version = 999")
        self.refused(self.plan, "newer Mainstay")

    def test_locked(self):
        self.new()
        # In a process of its own: closing any descriptor of a file drops a process's locks on it.
        holder = subprocess.Popen([sys.executable, "-c", "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
                                   "db.execute('begin exclusive'); print('held', flush=True); sys.stdin.read()", self.plan],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        holder.stdout.readline()
        self.refused(self.plan, "in use")
        holder.communicate()

    def test_output_follows_links_and_devices_and_never_lands_on_a_plan(self):
        self.new("blank")
        before = read_bytes(self.plan)
        self.assertIn("not written over", self.run_cli("report", self.plan, "plan", "-o", self.plan, "--format", "html", expect=3).stderr)
        self.assertEqual(read_bytes(self.plan), before)
        self.run_cli("report", self.plan, "plan", "-o", "/dev/null", "--format", "html")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        target, link = self.folder + "/target.html", self.folder + "/link.html"
        open(target, "w").close()
        os.symlink(target, link)
        self.run_cli("report", self.plan, "plan", "-o", link)
        self.assertTrue(os.path.islink(link))
        self.assertIn("<html", read_text(target).lower())

    def test_a_plan_behind_a_link_is_the_plan(self):
        self.new("blank")
        link = self.folder + "/link.mainstay"
        os.symlink(self.plan, link)
        self.run_cli("add", link, "site", "name=Shop")
        self.assertEqual(len(self.json("show", self.plan, "site")), 1)
        self.assertTrue(os.path.islink(link))

    def test_a_broken_rule_file_of_the_users_is_a_finding_and_costs_nothing_else(self):
        self.new("shop")
        before = len(self.json("check", self.plan, expect=1))
        folder = self.folder + "/data/mainstay/templates/rules"
        os.makedirs(folder)
        with open(folder + "/mine.xml", "w") as file:
            file.write("<pack id='mine' title='Mine' format='1'><rule id='x'")
        found = self.json("check", self.plan, expect=1)
        self.assertEqual([f["rule"] for f in found].count("template.rules"), 1)
        self.assertIn("mine.xml", next(f["message"] for f in found if f["rule"] == "template.rules"))
        self.assertEqual(len(found), before + 1)

    def test_a_reader_that_leaves_early_is_no_error(self):
        self.new("shop")
        result = subprocess.run(f"'{CLI}' show '{self.plan}' activity | head -1; echo ${{PIPESTATUS[0]}}", shell=True, executable="/bin/bash", capture_output=True, text=True)
        self.assertEqual(result.stderr, "")

    def test_read_only_can_be_looked_at_and_not_changed(self):
        self.new()
        os.chmod(self.plan, 0o444)
        self.run_cli("show", self.plan)
        before = read_bytes(self.plan)
        self.assertIn("read-only", self.run_cli("add", self.plan, "site", "name=X", expect=3).stderr)
        self.assertEqual(read_bytes(self.plan), before)
        self.assertEqual([n for n in os.listdir(self.folder) if n.startswith("test")], ["test.mainstay"])
        os.chmod(self.plan, stat.S_IRUSR | stat.S_IWUSR)

    def test_new_never_overwrites(self):
        self.new()
        before = read_bytes(self.plan)
        self.run_cli("new", self.plan, "--template", "shop", expect=3)
        self.assertEqual(read_bytes(self.plan), before)
        self.run_cli("new", self.folder + "/nowhere/x.mainstay", expect=3)
        self.run_cli("new", self.folder + "/y.mainstay", "--template", "unicorn", expect=2)
        self.assertFalse(os.path.exists(self.folder + "/y.mainstay"))

    def test_killed_at_any_moment_the_plan_opens_with_every_finished_edit(self):
        self.new("blank")
        finished = 0
        environment = {**os.environ, "MAINSTAY_AUTHOR": "Tess"}
        for n in range(30):
            process = subprocess.Popen([CLI, "add", self.plan, "site", f"id=s{n}", f"name=Site {n}"], stdout=subprocess.PIPE, env=environment)
            time.sleep(0.002 * (n % 12))
            process.send_signal(signal.SIGKILL)
            printed = process.communicate()[0]
            finished += bool(printed.strip())
            sites = {s["id"] for s in self.json("show", self.plan, "site")}
            if printed.strip():
                self.assertIn(f"s{n}", sites)

    def test_copying_a_client_leaves_ticks_and_history_behind(self):
        self.new()
        other = self.folder + "/client2.mainstay"
        self.run_cli("new", other, "--from", self.plan, "--name", "Second Client")
        self.assertEqual(self.json("show", other)["name"], "Second Client")
        self.assertEqual(self.json("show", other)["revisions"], 1)
        self.assertEqual(len(self.json("show", other, "activity")), len(self.json("show", self.plan, "activity")))


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: MIT
"""Backups looked after while nobody looks: one notice for each new breach, and what is installed for it. Runs with the system's python, which has the desktop's bindings."""
import configparser
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan  # noqa: E402

BUILD = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else None
HERE = os.path.dirname(os.path.abspath(__file__))
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z"


@unittest.skipUnless(shutil.which("dbus-daemon") and shutil.which("gdbus"), "no session bus here")
class Notices(Plan):
    def setUp(self):
        super().setUp()
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(lambda: (bus.terminate(), bus.wait(10), bus.stdout.close()))
        self.bus = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        self.plans = os.path.join(self.folder, "plans")
        os.mkdir(self.plans)

    def desktop(self):
        daemon = subprocess.Popen([sys.executable, os.path.join(HERE, "notification_daemon.py")], stdout=subprocess.PIPE, text=True, env={**os.environ, **self.bus})
        self.addCleanup(lambda: (daemon.terminate(), daemon.wait(10), daemon.stdout.close()))
        self.assertEqual(daemon.stdout.readline().strip(), "ready")
        self.notices = daemon.stdout

    def told(self):
        """What the desktop was told since the last look."""
        lines = []
        while select.select([self.notices], [], [], 0.5)[0]:
            lines.append(json.loads(self.notices.readline()))
        return lines

    def client(self, name, written):
        """A plan whose backup is a file, written at that time."""
        self.plan = os.path.join(self.plans, name + ".mainstay")
        self.new("blank", name=name)
        self.point = os.path.join(self.folder, name + ".dump")
        with open(self.point, "w") as file:
            file.write("backup")
        self.write_point(written)
        activity = self.out("add", self.plan, "activity", f"name=Sell at {name}", "rpo_minutes=24 h")
        data = self.out("add", self.plan, "resource", "name=Orders", "kind=data")
        backup = self.out("add", self.plan, "backup", "name=Nightly dump")
        self.run_cli("link", self.plan, activity, data, "kind=needs")
        self.run_cli("link", self.plan, backup, data, "kind=protects")
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={backup}", "type=url", f"url=file://{self.point}", "every_minutes=12 h")

    def write_point(self, when):
        seconds = subprocess.run(["date", "-d", when, "+%s"], check=True, capture_output=True, text=True).stdout
        os.utime(self.point, (int(seconds), int(seconds)))

    def round(self, now, expect):
        return self.run_cli("probe", "--due", "--notify", self.plans, now=now, expect=expect, env=self.bus)

    def test_each_breach_is_told_once_and_again_after_it_was_well(self):
        self.desktop()
        self.client("Bakery", MONDAY)
        self.round(MONDAY, 0)
        self.assertEqual(self.told(), [])
        self.round("2026-11-24T09:00:00Z", 1)  # a day and an hour old by now
        (notice,) = self.told()
        self.assertEqual((notice["program"], notice["urgency"]), ("Mainstay", 2))
        self.assertIn("Sell at Bakery", notice["text"])
        self.round("2026-11-24T09:15:00Z", 1)
        self.round("2026-11-24T22:00:00Z", 1)
        self.assertEqual(self.told(), [])
        self.write_point("2026-11-24T23:00:00Z")
        self.round("2026-11-25T11:00:00Z", 0)
        self.round("2026-11-26T01:00:00Z", 1)
        self.assertEqual(len(self.told()), 1)

    def test_a_breach_that_time_alone_brings_is_told(self):
        self.desktop()
        self.client("Bakery", MONDAY)
        self.round("2026-11-24T07:00:00Z", 1)  # at risk: no schedule is known, and most of the day is used up
        self.round("2026-11-24T08:30:00Z", 1)  # not due; the last reading is fresh, and its point too old now
        self.assertEqual(len(self.told()), 1)

    def test_the_loss_of_everything_is_told_although_the_backup_was_in_trouble_before(self):
        self.desktop()
        self.client("Bakery", MONDAY)
        bundle = os.path.join(self.folder, "share", "Till.sparsebundle")
        os.makedirs(bundle)
        self.run_cli("set", self.plan, "probe", "Look", "type=time_machine", f"url={self.folder}/share", "item=Till")

        def history(*points):
            dates = "".join(f"<dict><key>com.apple.backupd.SnapshotCompletionDate</key><date>{point}</date></dict>" for point in points)
            with open(os.path.join(bundle, "com.apple.TimeMachine.SnapshotHistory.plist"), "w") as file:
                file.write(f'<plist version="1.0"><dict><key>Snapshots</key><array>{dates}</array></dict></plist>')

        history("2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z")
        self.round(MONDAY, 1)
        (notice,) = self.told()
        self.assertIn("older than the RPO", notice["text"])
        history()
        self.round(TUESDAY, 1)
        (notice,) = self.told()
        self.assertIn("2 restore points before, none now", notice["text"])
        self.round(WEDNESDAY, 1)
        self.assertEqual(self.told(), [])

    def test_many_clients_are_one_notice(self):
        self.desktop()
        for number in range(7):
            self.client(f"Client {number}", MONDAY)
        self.round(WEDNESDAY, 1)
        (notice,) = self.told()
        self.assertIn("7", notice["title"])
        self.assertIn("2 more", notice["text"])

    def test_hostile_names_stay_text(self):
        self.desktop()
        self.client("A'; <b>&B\" \\ -- é", MONDAY)
        self.round(WEDNESDAY, 1)
        (notice,) = self.told()
        self.assertIn("&lt;b&gt;&amp;B", notice["text"])
        self.assertNotIn("<b>", notice["text"])
        self.assertIn("A'; ", notice["text"])

    def test_without_a_desktop_the_round_goes_on_and_it_is_told_later(self):
        self.client("Bakery", MONDAY)
        self.round(WEDNESDAY, 1)
        self.desktop()
        self.round("2026-11-25T08:15:00Z", 1)
        self.assertEqual(len(self.told()), 1)

    def test_notify_goes_with_due(self):
        self.client("Bakery", MONDAY)
        self.run_cli("probe", self.plan, "--notify", expect=2)
        self.run_cli("probe", self.plan, "--due", "--notify", "--out", "x", expect=2)


@unittest.skipUnless(BUILD and shutil.which("cmake"), "no build folder")
class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp()
        subprocess.run(["cmake", "--install", BUILD, "--prefix", cls.root], check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def path(self, name):
        path = os.path.join(self.root, name)
        self.assertTrue(os.path.exists(path), name)
        return path

    def test_programs_and_what_a_desktop_needs_are_there(self):
        self.assertTrue(os.access(self.path("bin/mainstay-cli"), os.X_OK))
        self.path("share/doc/mainstay/copyright")
        if not os.path.exists(os.path.join(self.root, "bin/mainstay")):
            self.skipTest("built without the desktop program")
        entry = configparser.ConfigParser(interpolation=None, strict=True)
        entry.optionxform = str
        entry.read(self.path("share/applications/mainstay.desktop"))
        self.assertEqual(entry["Desktop Entry"]["Exec"], "mainstay %f")
        kind = xml.parse(self.path("share/mime/packages/mainstay.xml")).getroot()[0].get("type")
        self.assertEqual(entry["Desktop Entry"]["MimeType"], kind + ";")
        self.assertTrue(xml.parse(self.path("share/icons/hicolor/scalable/apps/mainstay.svg")).getroot().tag.endswith("svg"))

    @unittest.skipUnless(shutil.which("update-mime-database"), "no mime database here")
    def test_a_plan_is_known_by_its_content(self):
        subprocess.run(["update-mime-database", os.path.join(self.root, "share/mime")], check=True, capture_output=True)
        plan = os.path.join(self.root, "plan.mainstay")
        subprocess.run([sys.argv[1], "new", plan, "--template", "blank"], check=True, capture_output=True)
        bare = os.path.join(self.root, "no ending")
        shutil.copy(plan, bare)
        for path in (plan, bare):
            asked = subprocess.run(["gio", "info", "-a", "standard::content-type", path], capture_output=True, text=True, env={**os.environ, "XDG_DATA_DIRS": f"{self.root}/share:/usr/share", "XDG_DATA_HOME": self.root})
            self.assertIn("application/vnd.mainstay.plan", asked.stdout)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd here")
    def test_the_units_are_sound(self):
        units = [self.path("lib/systemd/user/mainstay-probe" + ending) for ending in (".service", ".timer")]
        checked = subprocess.run(["systemd-analyze", "verify", "--user", "--man=no", *units], capture_output=True, text=True, env={**os.environ, "XDG_RUNTIME_DIR": self.root})
        complaints = [line for line in checked.stderr.splitlines() if "mainstay" in line and "not found" not in line and "not executable" not in line]
        self.assertEqual(complaints, [], checked.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)

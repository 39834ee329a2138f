# SPDX-License-Identifier: MIT
"""The command line as its users meet it: every test runs the real binary in processes of its own."""
import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import unittest

CLI = os.path.abspath(sys.argv[1])
REPLAY = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else None
NOW = "2026-11-24T08:00:00Z"
PLANTED = "s3cr3t-planted-value"


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_text(path):
    return read_bytes(path).decode()


class Plan(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.plan = os.path.join(self.folder, "test.mainstay")

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run_cli(self, *words, expect=0, env=None, now=NOW):
        environment = {**os.environ, "MAINSTAY_AUTHOR": "Tess", "XDG_CONFIG_HOME": self.folder + "/config", "XDG_DATA_HOME": self.folder + "/data", **(env or {})}
        environment["MAINSTAY_AS_OF"] = now
        result = subprocess.run([CLI, *words], capture_output=True, text=True, env=environment, timeout=120)
        if expect is not None:
            self.assertEqual(result.returncode, expect, f"{words}\n{result.stdout}\n{result.stderr}")
        return result

    def out(self, *words, **options):
        return self.run_cli(*words, **options).stdout.strip()

    def json(self, *words, **options):
        return json.loads(self.run_cli(*words, "--json", **options).stdout)

    def new(self, template="shop", name="Corner Shop"):
        self.run_cli("new", self.plan, "--template", template, "--name", name)


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


class Exchange(Plan):
    def test_export_import_export_gives_the_same_bytes(self):
        self.new("shop")
        one, two = self.folder + "/one.xml", self.folder + "/two.xml"
        self.run_cli("export", self.plan, one)
        other = self.folder + "/other.mainstay"
        self.run_cli("new", other)
        self.run_cli("import", other, one)
        self.run_cli("export", other, two)
        self.assertEqual(read_bytes(one), read_bytes(two))
        self.assertEqual(self.json("import", other, one)["updated"], 0)

    def test_csv_out_and_in_of_every_kind(self):
        self.new("shop")
        self.run_cli("export", self.plan, self.folder + "/csv")
        other = self.folder + "/other.mainstay"
        self.run_cli("new", other)
        self.run_cli("import", other, self.folder + "/csv")
        self.run_cli("export", self.plan, self.folder + "/one.xml")
        self.run_cli("export", other, self.folder + "/two.xml")
        self.assertEqual(read_text(self.folder + "/one.xml"), read_text(self.folder + "/two.xml"))

    def test_csv_cells_cannot_run_as_formulas(self):
        self.new("blank")
        self.run_cli("add", self.plan, "person", "name==cmd|' /C calc'!A0")
        self.run_cli("export", self.plan, self.folder + "/csv")
        self.assertIn("'=cmd", read_text(self.folder + "/csv/person.csv"))

    def test_staff_from_csv_updates_and_never_duplicates(self):
        self.new("blank")
        source = self.folder + "/staff.csv"
        with open(source, "w") as f:
            f.write("\ufeffName;Mobile phone\nMia Chen;+61 491 570 006\nTom Wu;\nBad,Date;x\n")
        self.run_cli("import", self.plan, source, "--as", "csv:person")
        self.run_cli("import", self.plan, source, "--as", "csv:person")
        self.assertEqual(len(self.json("show", self.plan, "person")), 3)

    def test_a_bad_row_is_named_and_the_others_come_in(self):
        self.new("blank")
        source = self.folder + "/activity.csv"
        with open(source, "w") as f:
            f.write("name,rto_minutes\nSell,4 h\nBake,soon\n")
        result = self.json("import", self.plan, source)
        self.assertEqual(result["added"], 1)
        self.assertIn("line 3", result["findings"][0]["message"])

    def test_hostile_xml_is_refused_with_its_place(self):
        self.new("blank")
        before = read_bytes(self.plan)
        cases = {
            "bomb.xml": '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><plan format="1"><site id="s" name="&b;"/><nope id="x"/></plan>',
            "cut.xml": '<plan format="1"><site id="s" name="A',
            "deep.xml": "<plan format=\"1\">" + "<a>" * 200 + "</a>" * 200 + "</plan>",
            "twice.xml": '<plan format="1"><site id="s"/><person id="s"/></plan>',
            "dangling.xml": '<plan format="1"><link id="l" from_id="x" to_id="y" kind="needs"/></plan>',
            "newer.xml": '<plan format="99"></plan>',
        }
        for name, text in cases.items():
            with open(f"{self.folder}/{name}", "w") as f:
                f.write(text)
            result = self.run_cli("import", self.plan, f"{self.folder}/{name}", expect=3)
            self.assertGreater(len(result.stderr), 20, name)
        self.assertEqual(read_bytes(self.plan), before)


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


class Loop(Plan):
    """Backups measured, checked against the plan, turned into tasks, printed."""

    def sample(self):
        self.run_cli("new", self.plan, "--template", "sample", env={"MAINSTAY_SAMPLE_CRASHPLAN": self.address()})

    def address(self):
        if REPLAY and not hasattr(self, "server"):
            self.server = subprocess.Popen([REPLAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "MAINSTAY_AS_OF": NOW})
            line = self.server.stdout.readline()
            self.url = re.search(r"http://\S+", line).group(0)
        return getattr(self, "url", "http://127.0.0.1:9")

    def tearDown(self):
        if hasattr(self, "server"):
            self.server.stdin.close()
            self.server.terminate()
            self.server.wait(10)
            self.server.stdout.close()
        super().tearDown()

    def probe(self, *words, expect=None):
        return {b["backup"]: b for b in self.json("probe", self.plan, *words, expect=expect, env={"MAINSTAY_SECRET_HARBOUR_CRASHPLAN": "sample-secret"})}

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

    def db(self, sql):
        with sqlite3.connect(self.plan) as db:
            return db.execute(sql).fetchone()[0]

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
    unittest.main(argv=[sys.argv[0]] + sys.argv[3:])

# SPDX-License-Identifier: MIT
"""Rule packs on the command line: every test runs the real binary."""
import glob
import os
import sys
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import Plan  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

PACK = """<pack id="mine" title="Our own" format="1">
  <set name="models">{models}</set>
  <rule id="our-lamp" revision="{revision}" kind="recall" title="Lamp: {{name}}" applies_to="device" severity="critical" due="1">
    <when><all><glob field="brand">*lumo*</glob><in field="model_number" set="models"/></all></when>
    <question attribute="lamp_mark" help="Under the foot."><text>Which mark is under “{{name}}”?</text></question>
    <case name="marked" verdict="affected"><when><is field="lamp_mark" value="X"/></when><message>{words}</message></case>
    <case name="look" verdict="unknown" question="lamp_mark"><when><unknown field="lamp_mark"/></when><message>Nobody has looked under “{{name}}”.</message></case>
    <case name="clear" verdict="not_affected"><when><yes/></when></case>
    <step>Unplug it.</step>
  </rule>
</pack>
"""
SAMPLES = """<samples>
  <sample rule="our-lamp" expect="affected" severity="critical"><device id="d" name="Lamp" brand="Lumo" model_number="L1"/><attribute id="a" subject_id="d" name="lamp_mark" value="X"/></sample>
  <sample rule="our-lamp" expect="none"><device id="d" name="Lamp" brand="Lumo" model_number="L3"/></sample>
  <sample rule="our-lamp" expect="{last}" question="lamp_mark"><device id="d" name="Lamp" brand="Lumo" model_number="L1"/></sample>
</samples>
"""


class Packs(Plan):
    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def drop(self, name, text):
        """Puts a file where the program looks for packs of the user's own."""
        return self.write("data/mainstay/templates/rules/" + name, text)

    def pack(self, models="L1; L2", revision=1, words="“{name}” is recalled."):
        return PACK.format(models=models, revision=revision, words=words)

    def lamp(self, mark="X"):
        self.new("blank")
        device = self.out("add", self.plan, "device", "name=Desk lamp", "kind=other", "brand=Lumo", "model_number=L1")
        if mark:
            self.out("add", self.plan, "attribute", "subject_id=" + device, "name=lamp_mark", "value=" + mark)
        return device

    def findings(self):
        return {f["rule"]: f for f in self.json("check", self.plan, expect=None)}


class Dropped(Packs):
    def test_a_dropped_pack_is_used_without_a_new_program(self):
        self.lamp()
        self.assertNotIn("our-lamp", self.findings())
        self.drop("mine.xml", self.pack())
        found = self.findings()
        self.assertEqual(found["our-lamp"]["message"], "“Desk lamp” is recalled.")
        self.assertEqual(found["our-lamp"]["severity"], "critical")
        self.assertIn("our-lamp", [r["id"] for r in self.json("rules", "list")])
        self.assertEqual([r["id"] for r in self.json("rules", "list", "mine")], ["our-lamp"])
        self.run_cli("rules", "list", "nobodys", expect=2)

    def test_a_task_of_a_recall_has_hazard_steps_owner_day_and_what_needs_the_device(self):
        self.drop("mine.xml", self.pack().replace("<question", "<hazard>It can set the desk on fire.</hazard><question", 1).replace('due="1"', 'due="3" owner="safety"'))
        device = self.lamp()
        self.out("add", self.plan, "role", "name=Safety lead")
        activity, desk = self.out("add", self.plan, "activity", "name=Draw plans", "rto_minutes=4 h"), self.out("add", self.plan, "resource", "name=Drawing desk", "kind=equipment")
        for a, b in ((activity, desk), (desk, device)):
            self.out("add", self.plan, "link", "from_id=" + a, "to_id=" + b, "kind=needs")
        self.run_cli("check", self.plan, "--sync", "--as-of", "2026-11-24", expect=None)
        (task,) = [t for t in self.json("show", self.plan, "task") if t["rule_id"] == "our-lamp"]
        self.assertIn("Hazard: It can set the desk on fire.", task["why"])
        self.assertIn("Needed by: “Draw plans”", task["why"])
        self.assertEqual(task["steps"], "Unplug it.")
        self.assertEqual(task["due_on"], "2026-11-27")
        self.assertTrue(task["owner_role_id"])
        (finding,) = [f for f in self.json("check", self.plan, expect=None) if f["rule"] == "our-lamp"]
        self.assertEqual((finding["kind"], finding["hazard"], finding["endangers"]), ("recall", "It can set the desk on fire.", [activity]))
        shown = self.run_cli("check", self.plan, expect=None).stdout
        self.assertIn("Hazard: It can set the desk on fire.", shown)
        self.assertIn("Needed by: “Draw plans”", shown)
        report = os.path.join(self.folder, "devices.html")
        self.run_cli("report", self.plan, "devices", "-o", report)
        with open(report, encoding="utf-8") as file:
            text = file.read()
        for words in ("It can set the desk on fire.", "“Drawing desk” needs it, and on that lean “Draw plans” (again within 4 h).", "Safety lead, by 27 November 2026", "Unplug it."):
            self.assertIn(words, text)

    def test_a_broken_pack_is_a_finding_and_nothing_else_is_lost(self):
        self.lamp()
        before = self.findings()
        self.drop("good.xml", self.pack())
        for name, broken in (("cut.xml", self.pack()[:300]), ("empty.xml", ""), ("binary.xml", bytes(range(256)) * 10), ("foreign.xml", "<html/>"),
                             ("deep.xml", "<pack id='p' title='P'>" + "<all>" * 5000), ("slip.xml", self.pack().replace("our-lamp", "slip").replace("<unknown field", "<unknwon field"))):
            with self.subTest(name):
                path = self.drop(name, broken)
                found = self.findings()
                self.assertIn(name, found["template.rules"]["message"])
                self.assertIn("our-lamp", found)
                self.assertLessEqual(set(before), set(found))
                os.remove(path)
        self.assertNotIn("template.rules", self.findings())

    def test_a_rule_that_could_not_be_applied_clears_no_task(self):
        self.lamp()
        whole = self.pack()
        path = self.drop("mine.xml", whole)
        task = lambda: next(t for t in self.json("show", self.plan, "task") if t["rule_id"] == "our-lamp")
        self.run_cli("check", self.plan, "--sync", expect=1)
        before = task()
        self.assertEqual(before["state"], "open")
        for broken in (lambda: self.drop("mine.xml", whole + "<x"), lambda: os.remove(path)):
            broken()
            self.run_cli("check", self.plan, "--sync", expect=1)
            self.assertEqual(task()["state"], "open")
            self.assertIn("could not be applied", task()["why"])
            self.assertEqual((task()["name"], task()["due_on"]), (before["name"], before["due_on"]))
            self.assertIn("(our-lamp)", self.findings()["rules.missing"]["message"])
            again = task()
            self.run_cli("check", self.plan, "--sync", expect=1)
            self.assertEqual(task(), again)
        self.drop("mine.xml", whole)
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(task()["why"], before["why"])
        self.assertNotIn("rules.missing", self.findings())
        # What was ticked off stays so while the rule is away, and is not asked for anew when it is back.
        self.run_cli("task", self.plan, "done", task()["id"])
        os.remove(path)
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertNotIn("rules.missing", self.findings())
        self.drop("mine.xml", whole)
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(task()["state"], "done")
        # A rule that is there and finds nothing more clears as ever.
        self.run_cli("task", self.plan, "reopen", task()["id"])
        self.drop("mine.xml", self.pack(models="L9"))
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(task()["state"], "cleared")

    def test_an_unknown_asks_and_is_never_called_recalled(self):
        self.lamp(mark=None)
        self.drop("mine.xml", self.pack().replace('title="Lamp: {name}"', 'title="Recalled lamp: {name}"'))
        self.assertEqual(self.findings()["our-lamp"]["title"], "Check whether it concerns “Desk lamp”: Recalled lamp")
        self.out("add", self.plan, "device", "name=apc unk", "kind=ups", "brand=APC", "model_number=BK500")
        self.assertEqual(self.findings()["apc-back-ups-cs"]["title"], "Check whether it concerns “apc unk”: Recalled APC Back-UPS CS")

    def test_answers_that_no_rule_can_read_are_refused_with_the_form_that_is_expected(self):
        self.new("blank")
        wall = self.out("add", self.plan, "resource", "name=Kerio Control", "kind=system")
        for question, bad, form, good in (("licence_until", "31/03/2027", "2027-03-31", "2027-03-31"), ("kerio_version", "nine", "9.4.5", "9.4.5p1")):
            refused = self.run_cli("questions", self.plan, "answer", wall, question, bad, expect=3)
            self.assertIn(form, refused.stderr)
            self.assertIn(question, [q["attribute"] for q in self.json("questions", self.plan)])
            self.run_cli("questions", self.plan, "answer", wall, question, good)
        self.assertEqual(self.findings()["kerio-control-holes"]["verdict"], "affected")
        phone = self.out("add", self.plan, "device", "name=Phone", "kind=phone", "brand=Apple", "model_identifier=iPhone7,2", "os_build=13D20a", "os_version=9.2.1")
        self.assertIn("“13D20a” is entered for it and cannot be read", self.findings()["error53"]["message"])
        self.run_cli("questions", self.plan, "answer", phone, "os_build", "thirteen", expect=3)

    def test_a_pack_that_claims_a_carried_rule_is_left_out_and_the_carried_one_stays(self):
        self.new("blank")
        self.out("add", self.plan, "device", "name=Phone", "kind=phone", "brand=Apple", "model_identifier=iPhone7,2", "os_version=9.2.1")
        self.drop("aaa.xml", self.pack().replace("our-lamp", "error53"))
        found = self.findings()
        self.assertIn("error53", found["template.rules"]["message"])
        self.assertIn("Phone", found["error53"]["message"])

    def test_a_file_of_the_same_name_takes_the_place_of_a_carried_pack(self):
        self.lamp()
        with open(os.path.join(ROOT, "templates/rules/error53.xml"), encoding="utf-8") as file:
            self.drop("error53.xml", file.read().replace('revision="1"', 'revision="7"'))
        self.assertEqual([r["revision"] for r in self.json("rules", "list", "error53")], [7])

    def test_a_new_revision_reopens_a_done_task_only_where_its_condition_changed(self):
        self.lamp()
        self.drop("mine.xml", self.pack())
        self.run_cli("check", self.plan, "--sync", expect=1)

        def task():
            return next(t for t in self.json("show", self.plan, "task") if t["rule_id"] == "our-lamp")

        self.run_cli("task", self.plan, "done", task()["id"])
        self.drop("mine.xml", self.pack(revision=2, words="“{name}” must not be used."))
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(task()["state"], "done")
        self.drop("mine.xml", self.pack(revision=3, models="L1; L2; L3"))
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual((task()["state"], task()["rule_revision"]), ("open", 3))
        self.run_cli("task", self.plan, "done", task()["id"])
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(task()["state"], "done")


class Lint(Packs):
    def fault(self, text):
        path = self.write("p.xml", text)
        shown = self.run_cli("rules", "lint", path, expect=3).stdout
        (fault, *_) = self.json("rules", "lint", path, expect=3)
        self.assertEqual(fault["file"], path)
        self.assertIn(fault["fault"], shown)
        return fault

    def test_the_carried_packs_have_no_fault_and_their_samples_hold(self):
        packs = sorted(glob.glob(os.path.join(ROOT, "templates/rules/*.xml")))
        self.assertGreater(len(packs), 15)
        for words in ([*packs, "--samples", os.path.join(ROOT, "templates/rules/samples")], [os.path.join(ROOT, "templates/rules"), "--samples"], ["--samples"]):
            shown = self.out("rules", "lint", *words)
            self.assertRegex(shown, r"\d{3,} samples were tried")
            self.assertEqual(shown.count("no fault in"), len(packs))

    def test_each_slip_is_named_with_its_place(self):
        good = self.pack()
        self.run_cli("rules", "lint", self.write("good.xml", good))
        for old, new, line, says in (
                ('field="lamp_mark" value="X"', 'field="lamp_mrak" value="X"', 6, "lamp_mrak"),
                ("<unknown field", "<unknwon field", 7, "unknwon"),
                ('verdict="unknown"', 'verdict="perhaps"', 7, "perhaps"),
                ('severity="critical"', 'severity="bad"', 3, "bad"),
                ('due="1"', 'due="soon"', 3, "soon"),
                ('kind="recall"', 'knid="recall"', 3, "knid"),
                ('set="models"', 'set="modles"', 4, "modles"),
                ("*lumo*", "[Ll]umo.*", 4, "pattern"),
                ("<message>Nobody has looked under “{name}”.</message>", "", 7, "<message>"),
                ("under “{name}”.", "under “{nmae}”.", 7, "{nmae}"),
                ('question="lamp_mark"', 'question="lamp_mrak"', 7, "lamp_mrak"),
                ('applies_to="device"', 'applies_to="gadget"', 3, "gadget"),
                ('<glob field="brand">*lumo*</glob>', '<is field="kind" value="lamp"/>', 4, "“lamp” can never be the value of “kind”"),
                ('<glob field="brand">*lumo*</glob>', '<serial_years>93; 2001</serial_years>', 4, "2001"),
                ('<glob field="brand">*lumo*</glob>', '<version_before field="os_version" value="nine"/>', 4, "nine"),
                ('<glob field="brand">*lumo*</glob>', '<date_between field="purchased_on" from="2016-02-31"/>', 4, "2016-02-31"),
                ('<case name="look" verdict="unknown" question="lamp_mark"><when><unknown field="lamp_mark"/></when>', '<case name="look"><when><yes/></when>', 8, "never reached"),
                ("</set>", "</sett>", 2, "well-formed")):
            with self.subTest(says):
                self.assertIn(old, good)
                fault = self.fault(good.replace(old, new))
                self.assertEqual(fault["line"], line)
                self.assertGreater(fault["column"], 0)
                self.assertIn(says, fault["fault"])

    def test_faults_of_several_rules_are_told_in_one_go(self):
        two = self.pack().replace("</pack>", "") + self.pack().split("</set>")[1].replace("our-lamp", "other-lamp")
        path = self.write("two.xml", two.replace('value="X"', 'value=""'))
        self.assertEqual(len(self.json("rules", "lint", path, expect=3)), 2)

    def test_every_fault_of_a_file_is_told_with_its_place_in_order_and_nothing_that_follows_from_one(self):
        text = """<pack id="own" title="Ours" formatt="1">
<set name="models">LX1; LX2</sett_>
<define name="ours"><all><is field="kind" valeu="laptop"/><glob field="brand">[l]umo</glob></all></define>
<rule id="our-lamp" kind="recall" title="Lamp {nmae}" applies_to="device" severity="bad" due="soon" announced="2026-02-31">
<when><all><use name="ours"/><in field="model" set="modles"/><is field="colour" value="red"/><is field="kind" value="lamp"/></all></when>
<question attribute="lamp_mark" picture="no-such-drawing"><txt>Which mark?</txt></question>
<case name="a" verdict="perhaps"><when><is field="lamp_mark" value=""/></when><message>“{name}” is one.</message></case>
<case name="b"><when><use name="ours"/></when><message></message></case>
<case name="c" question="lamp_mrak" verdict="affected"><when><unknwon field="lamp_mark"/></when><step>Look at {collor}.</step></case>
</rule>
<rule id="our-second" title="Second" applies_to="device; gadget"><case name="a"><when><use name="ours"/></when><message>M {open</message></case></rule>
<gadget/>
</pack>
""".replace("</sett_>", "</set>")
        path = self.write("many.xml", text)
        faults = self.json("rules", "lint", path, expect=3)
        told = [(f["line"], f["fault"]) for f in faults]
        wanted = ((1, "formatt"), (3, "valeu"), (3, "pattern"), (4, "{nmae}"), (4, "severity"), (4, "soon"), (4, "2026-02-31"), (5, "modles"), (5, "“colour”"), (5, "“lamp” can never"), (6, "no drawing"), (6, "<txt>"),
                  (6, "needs its <text>"), (7, "perhaps"), (7, "value"), (8, "<message> is empty"), (9, "unknwon"), (9, "lamp_mrak"), (9, "<message>"), (9, "{collor}"), (11, "gadget"), (11, "a brace is opened"), (12, "gadget"))
        for line, says in wanted:
            self.assertTrue(any(at == line and says in fault for at, fault in told), f"line {line}: {says}\n{told}")
        self.assertEqual(len(told), len(wanted), told)
        self.assertEqual(told, sorted(told, key=lambda f: f[0]))
        self.assertTrue(all(f["column"] > 0 for f in faults))
        # The check itself says the first, as it did.
        self.drop("many.xml", text)
        self.new("blank")
        self.assertIn("line 1", self.out("check", self.plan, expect=None))

    def test_two_packs_may_not_claim_one_rule(self):
        self.assertIn("stands in", self.run_cli("rules", "lint", self.write("a.xml", self.pack()), self.write("b.xml", self.pack()), expect=3).stdout)

    def test_a_drawing_that_there_is_none_of_is_named_with_those_there_are(self):
        pack = self.pack().replace('attribute="lamp_mark" help', 'attribute="lamp_mark" picture="{}" help')
        self.run_cli("rules", "lint", self.write("good.xml", pack.replace("{}", "label-underneath")))
        shown = self.run_cli("rules", "lint", self.write("bad.xml", pack.replace("{}", "label-below")), expect=3).stdout
        self.assertRegex(shown, r"line \d+, column \d+: there is no drawing “label-below”")
        self.assertIn("label-underneath", shown)
        self.assertIn("cannot be the name of a drawing", self.run_cli("rules", "lint", self.write("worse.xml", pack.replace("{}", "../label")), expect=3).stdout)

    def test_a_kind_that_no_rule_is_of_and_a_choice_twice_are_faults(self):
        pack = ('<pack id="x" title="T" format="1"><rule id="x-a" revision="1" kind="recal" title="T" applies_to="device" severity="error" due="1" effort="1" owner="it"><when><yes/></when>'
                '<question attribute="a_b"><text>Which?</text><choice key="a">A</choice><choice key="a">B</choice></question>'
                '<case name="c" verdict="affected"><when><yes/></when><message>m</message></case><step>s</step><source read="October 2026">s</source></rule></pack>')
        shown = self.run_cli("rules", "lint", self.write("twice.xml", pack), expect=3).stdout
        self.assertIn('kind="recal" is not known', shown)
        self.assertIn("the choice “a” stands here twice", shown)

    def test_samples_are_tried_and_missing_ones_named(self):
        pack = self.write("mine.xml", self.pack())
        self.write("samples/mine.xml", SAMPLES.format(last="unknown"))
        self.assertIn("3 samples were tried", self.out("rules", "lint", pack, "--samples", self.folder + "/samples"))
        self.write("samples/mine.xml", SAMPLES.format(last="possible"))
        shown = self.run_cli("rules", "lint", pack, "--samples", self.folder + "/samples", expect=3).stdout
        self.assertIn("line 4", shown)
        self.assertIn("possible was expected, and it is unknown", shown)
        self.assertIn("no sample of “our-lamp” expects unknown", shown)
        for broken in ("", "<samples><sample", "<samples><sample rule='our-lamp' expect='maybe'/></samples>", "<samples><sample rule='our-lamp' expect='none'><gadget/></sample></samples>"):
            self.write("samples/mine.xml", broken)
            self.run_cli("rules", "lint", pack, "--samples", self.folder + "/samples", expect=3)
        self.run_cli("rules", "lint", pack, "--samples", self.folder + "/nowhere", expect=3)

    def test_without_a_file_the_carried_packs_and_the_users_own_are_looked_through(self):
        own = self.drop("mine.xml", self.pack())
        self.assertIn(f"{own}: no fault in 1 rule", self.out("rules", "lint"))
        self.drop("mine.xml", self.pack().replace('due="1"', 'due="soon"'))
        (fault,) = self.json("rules", "lint", expect=3)
        self.assertEqual((fault["file"], fault["line"]), (own, 3))
        self.drop("mine.xml", self.pack().replace("our-lamp", "error53"))
        self.assertIn("“error53” stands in", self.run_cli("rules", "lint", expect=3).stdout)

    def test_samples_without_a_folder_are_those_beside_the_packs(self):
        own = self.drop("mine.xml", self.pack())
        self.assertIn("no sample of “our-lamp” expects affected", self.run_cli("rules", "lint", "--samples", expect=3).stdout)
        nowhere = self.run_cli("rules", "lint", own, "--samples", expect=3)
        self.assertIn(os.path.join(os.path.dirname(own), "samples"), nowhere.stderr)
        self.drop("samples/mine.xml", SAMPLES.format(last="unknown"))
        self.assertIn("3 samples were tried", self.out("rules", "lint", own, "--samples"))
        self.out("rules", "lint", "--samples")
        slip = self.drop("samples/mine.xml", SAMPLES.format(last="unknown").replace("</samples>", '<sample rule="our-lmap" expect="none"><device id="d" name="L"/></sample></samples>'))
        self.assertEqual(self.json("rules", "lint", "--samples", expect=3), [{"file": slip, "line": 5, "column": None, "fault": "there is no rule “our-lmap”"}])

    def test_folders_without_packs_or_samples_are_named(self):
        own = self.drop("mine.xml", self.pack())
        empty = os.path.join(self.folder, "empty")
        os.mkdir(empty)
        self.assertIn("holds no rule pack", self.run_cli("rules", "lint", empty, expect=3).stderr)
        self.assertIn("holds no samples", self.run_cli("rules", "lint", own, "--samples", empty, expect=3).stderr)
        self.assertIn("There is no folder or file of samples", self.run_cli("rules", "lint", own, "--samples", self.folder + "/nowhere", expect=3).stderr)

    def test_bad_files_are_refused_in_a_sentence(self):
        self.run_cli("rules", "frobnicate", expect=2)
        self.run_cli("rules", "lint", self.folder + "/nowhere.xml", expect=3)
        self.run_cli("rules", "lint", self.folder, expect=3)
        for text in (b"", b"\x00" * 1000, bytes(range(256)), b"<pack id='p' title='P'>" + b"<all>" * 100000, b"<!DOCTYPE a [<!ENTITY b 'c'>]><pack id='p' title='&b;'/>" + b" " * 10):
            result = self.run_cli("rules", "lint", self.write("bad.xml", text), expect=None)
            self.assertIn(result.returncode, (0, 3))
            self.assertTrue(result.stdout.strip())
        grown = "".join(f'<define name="d{i}"><all>' + f'<use name="d{i - 1}"/>' * 10 + "</all></define>" for i in range(1, 9))
        self.assertIn("more than 5000 parts", self.run_cli("rules", "lint", self.write("grown.xml", '<pack id="p" title="P"><define name="d0"><yes/></define>' + grown + "</pack>"), expect=3).stdout)


class Explain(Packs):
    def test_the_condition_is_shown_with_what_each_line_saw_and_the_case_that_decided(self):
        device = self.lamp()
        self.drop("mine.xml", self.pack())
        (why,) = self.json("rules", "explain", self.plan, "Desk lamp", "--rule", "our-lamp")
        self.assertEqual((why["subject_id"], why["truth"], why["message"]), (device, "yes", "“Desk lamp” is recalled."))
        self.assertEqual([(l["condition"], l["value"], l["truth"]) for l in why["match"][1:]], [("brand fits *lumo*", "Lumo", "yes"), ("model_number is one of L1; L2", "L1", "yes")])
        self.assertEqual([(c["name"], c["truth"], c["chosen"]) for c in why["cases"]], [("marked", "yes", True)])
        text = self.out("rules", "explain", self.plan, "Desk lamp")
        self.assertIn("this one decides", text)
        self.assertIn("it says “L1”", text)

    def test_what_is_not_known_is_shown_as_unknown_and_a_rule_that_is_not_about_it_as_no(self):
        self.lamp(mark="")
        self.drop("mine.xml", self.pack())
        (why,) = self.json("rules", "explain", self.plan, "--rule", "our-lamp")
        self.assertEqual([(c["name"], c["truth"]) for c in why["cases"]], [("marked", "unknown"), ("look", "yes")])
        self.assertIn("not known", self.out("rules", "explain", self.plan, "--rule", "our-lamp"))
        (why,) = self.json("rules", "explain", self.plan, "Desk lamp", "--rule", "error53")
        self.assertEqual((why["truth"], why["cases"], why["message"]), ("no", [], ""))
        self.assertNotIn("error53", [e["rule"] for e in self.json("rules", "explain", self.plan, "Desk lamp")])

    def test_rules_about_other_records_are_explained_too(self):
        self.new("blank")
        self.out("add", self.plan, "backup", "name=CrashPlan Home")
        (why,) = self.json("rules", "explain", self.plan, "--rule", "crashplan-home")
        self.assertEqual(why["subject_kind"], "backup")
        self.assertTrue(why["cases"][-1]["chosen"])
        self.assertIn("crashplan-home: ", self.out("rules", "explain", self.plan, "--rule", "crashplan-home"))

    def test_what_cannot_be_explained_is_said(self):
        self.new("blank")
        self.run_cli("rules", "explain", expect=2)
        self.run_cli("rules", "explain", self.plan, "--rule", "error54", expect=2)
        self.run_cli("rules", "explain", self.plan, "Nobody", expect=3)
        self.assertIn("owner_and_sponsor", self.run_cli("rules", "explain", self.plan, "--rule", "audit.owner-and-sponsor", expect=3).stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)

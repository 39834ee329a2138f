# SPDX-License-Identifier: MIT
"""Recalls from feeds are read, decided and kept on the command line: every test runs the real binary."""
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import CLI, DATA, data, Plan, run  # noqa: E402


class FeedServer:
    """Serves one folder on loopback, with ETags."""

    def __init__(self, folder):
        hits = self.hits = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = os.path.join(folder, self.path.strip("/").split("?")[0])
                if not os.path.isfile(path):
                    self.send_error(503)
                    return
                with open(path, "rb") as file:
                    body = file.read()
                tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
                status = 304 if self.headers.get("If-None-Match") == tag else 200
                hits.append(status)
                self.send_response(status)
                self.send_header("ETag", tag)
                if status == 200:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if status == 200:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, name):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{name}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Recalls(Plan):
    def stocked(self):
        self.new("blank")
        for name in ("snipe-it.csv", "ideviceinfo.txt", "intune-utf16.csv"):
            self.run_cli("import", self.plan, data("inventory", name))

    def fetch(self, name):
        return self.json("recall", self.plan, "fetch", data("recalls", name))

    def test_every_feed_is_read_and_the_same_recall_is_one(self):
        self.stocked()
        self.assertEqual(self.fetch("cpsc.json")["new"], 2)
        for name in ("cpsc.xml", "cpsc-site.csv", "accc.xml", "health-canada.json"):
            self.assertEqual(self.fetch(name)["new"], 0, name)
        self.assertEqual(self.fetch("safety-gate.xml")["new"], 1)
        # The iPhone 6 and Windows 10 are looked after by the carried packs, which tell of them without asking.
        for name, fresh in (("endoflife-iphone.json", 0), ("endoflife-windows.json", 2)):
            fetched = self.fetch(name)
            self.assertEqual((fetched["new"], fetched["carried"]), (fresh, 1), name)
        numbers = [r["number"] for r in self.json("recall", self.plan, "list")]
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertIn("recalls-rappels.canada.ca", self.json("recall", self.plan, "show", "26338")["note"])

    def test_a_recall_that_a_rule_pack_carries_is_no_candidate(self):
        self.stocked()
        path = os.path.join(self.folder, "carried.json")
        with open(data("recalls", "cpsc.json")) as file:
            text = file.read().replace('"26338"', '"25338"')
        with open(path, "w") as file:
            file.write(text)
        fetched = self.json("recall", self.plan, "fetch", path)
        self.assertEqual((fetched["new"], fetched["carried"]), (1, 1))

    def test_an_end_of_support_that_a_pack_tells_of_makes_no_second_finding_or_task_when_it_is_accepted(self):
        self.stocked()
        phone = next(d["id"] for d in self.json("show", self.plan, "device") if d.get("model") == "iPhone 6")
        self.out("add", self.plan, "recall", "authority=endoflife.date", "number=iphone-6", "title=End of support for Apple iPhone 6", "brand=Apple iPhone", "product=Apple iPhone 6", "announced=2023-01-23")
        self.assertIn("no second task", self.out("recall", self.plan, "accept", "iphone-6", "--devices", phone))
        self.run_cli("check", self.plan, "--sync", expect=1)
        about = [t["rule_id"] for t in self.json("task", self.plan, "list", "--all") if t["subject_id"] == phone and ("cycle" in t["rule_id"] or t["rule_id"].startswith("recall:"))]
        self.assertIn("apple-model-cycle", about)
        self.assertFalse([rule for rule in about if rule.startswith("recall:")], about)

    def test_accepting_makes_a_rule_a_finding_and_a_task(self):
        self.stocked()
        self.fetch("cpsc.json")
        self.assertEqual([f["rule"] for f in self.json("check", self.plan, "--pack", "recalls", expect=1)], ["recall.waiting"])
        accepted = self.json("recall", self.plan, "accept", "26-338")
        self.assertEqual(accepted["rule"], "recall:us-cpsc-26-338")
        self.assertEqual([f["severity"] for f in accepted["findings"]], ["critical"])
        self.assertEqual(accepted["tasks"], 1)
        self.assertEqual([t["rule_id"] for t in self.json("task", self.plan, "list")], ["recall:us-cpsc-26-338"])
        self.out("undo", self.plan)
        self.assertEqual(self.json("task", self.plan, "list"), [])
        self.assertIn("26-338", [r["number"] for r in self.json("recall", self.plan, "list")])
        self.out("redo", self.plan)
        tasks = [t for t in self.json("task", self.plan, "list") if t["rule_id"] == "recall:us-cpsc-26-338"]
        self.assertEqual(len(tasks), 1)
        self.assertIn("Travel power bank", tasks[0]["name"])
        self.run_cli("recall", self.plan, "dismiss", "26-338")
        self.assertEqual(self.json("task", self.plan, "list"), [])
        self.assertIn("on the checklist", self.out("recall", self.plan, "accept", "26-338"))
        self.run_cli("check", self.plan, "--sync", expect=1)
        self.assertEqual(len([t for t in self.json("task", self.plan, "list") if t["rule_id"] == "recall:us-cpsc-26-338"]), 1)

    def test_what_was_dismissed_is_not_asked_again(self):
        self.stocked()
        self.fetch("cpsc.json")
        self.run_cli("recall", self.plan, "dismiss", "26338", "--why", "Handed in last year")
        again = self.fetch("cpsc.json")
        self.assertEqual((again["new"], again["decided"]), (0, 1))
        self.assertEqual([r["number"] for r in self.json("recall", self.plan, "list")], ["03-059"])
        self.assertIn("Handed in last year", self.json("recall", self.plan, "show", "26-338")["note"])
        self.assertEqual(len(self.json("recall", self.plan, "list", "--all")), 2)

    def test_a_number_is_found_however_it_is_spelt(self):
        self.stocked()
        self.fetch("safety-gate.xml")
        (number,) = [r["number"] for r in self.json("recall", self.plan, "list")]
        self.assertIn("/", number)
        for spelt in (number, number.lower(), number.replace("/", "-"), number.replace("/", "-").lower(), number.replace("/", " ")):
            self.assertEqual(self.json("recall", self.plan, "show", spelt)["number"], number)
        self.run_cli("recall", self.plan, "dismiss", number.replace("/", "-").lower())
        self.assertEqual(self.json("recall", self.plan, "list"), [])

    def test_a_dismissal_holds_for_what_it_was_made_for(self):
        self.stocked()
        self.fetch("cpsc.json")
        self.run_cli("recall", self.plan, "dismiss", "03-059")
        self.assertEqual(self.fetch("cpsc.json")["reopened"], 0)
        self.out("add", self.plan, "device", "name=Strip", "brand=APC", "kind=surge_protector", "model_number=PRO8T2")
        self.assertEqual(self.fetch("cpsc.json")["reopened"], 0)
        with open(data("recalls", "cpsc.json")) as file:
            text = file.read().replace("have model BK350 or BK500.", "have model BK350, BK500 or PRO8T2.")
        path = os.path.join(self.folder, "cpsc.json")
        with open(path, "w") as file:
            file.write(text)
        self.assertEqual(self.json("recall", self.plan, "fetch", path)["reopened"], 1)
        recall = self.json("recall", self.plan, "show", "03-059")
        self.assertIn(recall["decision"], (None, ""))
        self.assertIn("It was dismissed on", recall["why"])
        self.assertIn("“Strip”", recall["why"])
        self.run_cli("recall", self.plan, "dismiss", "03059")
        self.assertEqual(self.json("recall", self.plan, "fetch", path)["reopened"], 0)
        # Another device of the kind is another question.
        self.out("add", self.plan, "device", "name=Second strip", "brand=APC", "kind=surge_protector", "model_number=PRO8T2")
        self.assertEqual(self.json("recall", self.plan, "fetch", path)["reopened"], 1)

    def test_a_condition_of_ones_own_stays_within_what_the_recall_is_about(self):
        self.stocked()
        self.fetch("cpsc.json")
        for name, more in (("Anker plain", ("brand=Anker",)), ("Other maker", ("brand=Belkin", "model_number=A1263B")), ("No brand", ("model_number=A1263",)), ("Nothing known", ())):
            self.out("add", self.plan, "device", "name=" + name, "kind=power_bank", *more)
        accepted = self.json("recall", self.plan, "accept", "26-338", "--match", '<glob field="model_number">A1263*</glob>')
        titles = {f["title"] for f in accepted["findings"]}
        self.assertEqual({t for t in titles if "whether" not in t}, {t for t in titles if t.startswith(("“Travel power bank” is recalled", "“No brand” is recalled"))}, titles)
        self.assertEqual(len(titles), 3, titles)
        (asked,) = [f for f in accepted["findings"] if f["verdict"] == "unknown"]
        self.assertTrue(asked["title"].startswith("Check whether “Anker plain” is recalled"), asked["title"])
        self.assertIn("Model number", asked["question"])
        self.assertFalse([s for s in asked["steps"] if s.startswith("Stop")], asked["steps"])

    def test_a_recall_that_a_pack_carries_is_asked_about_for_devices_that_its_rule_does_not_know(self):
        self.new("blank")
        self.out("add", self.plan, "device", "name=Odd", "brand=Anker", "kind=power_bank", "model=PowerCore 10000", "model_number=A1263H11")
        path = os.path.join(self.folder, "carried.json")
        with open(data("recalls", "cpsc.json")) as file:
            text = file.read().replace('"26338"', '"25338"')
        with open(path, "w") as file:
            file.write(text)
        # Its rule asks already.
        self.assertEqual((self.json("recall", self.plan, "fetch", path)["carried"]), 1)
        self.assertIn("anker-power-banks", [f["rule"] for f in self.json("check", self.plan, expect=1)])
        # Of this one its rule says that it is about others, and the feed that it fits: a person decides.
        self.out("add", self.plan, "device", "name=Named alike", "brand=Anker", "kind=power_bank", "model=PowerCore 10000", "model_number=A1229")
        fetched = self.json("recall", self.plan, "fetch", path)
        self.assertEqual((fetched["new"], fetched["carried"]), (1, 0))
        why = self.json("recall", self.plan, "show", "25-338")["why"]
        self.assertIn("Named alike", why)
        self.assertNotIn("Odd", why)

    def test_named_devices_alone_and_conditions_of_ones_own(self):
        self.stocked()
        self.fetch("cpsc.json")
        self.run_cli("recall", self.plan, "accept", "26338", "--devices", "Travel")
        self.assertIn("AK0001", self.json("recall", self.plan, "show", "26338")["match"])
        self.run_cli("recall", self.plan, "accept", "03-059", "--match", "<nonsense/>", expect=3)
        self.run_cli("recall", self.plan, "accept", "03-059", "--match", '<serial_range from="AB0048" to="AB0251"/>')
        self.run_cli("recall", self.plan, "accept", "03-059", "--devices", "nobody", expect=3)
        self.run_cli("recall", self.plan, "accept", "99-999", expect=3)
        self.run_cli("recall", self.plan, "burn", expect=2)

    def test_a_feed_is_fetched_once_while_it_stays_the_same(self):
        self.stocked()
        folder = os.path.join(self.folder, "feeds")
        shutil.copytree(data("recalls"), folder)
        server = FeedServer(folder)
        try:
            url = server.url("cpsc.json")
            self.assertEqual(self.json("recall", self.plan, "fetch", url)["new"], 2)
            # New in the inventory, so an unchanged feed must be held against it all the same.
            self.run_cli("add", self.plan, "device", "name=Charger", "brand=HP", "model_number=TPN-CA16")
            self.assertEqual(self.json("recall", self.plan, "fetch", url)["new"], 1)
            self.assertEqual(server.hits, [200, 304])
            with open(os.path.join(folder, "cpsc.json"), "w") as file:
                file.write("[]")
            self.run_cli("recall", self.plan, "fetch", url)
            self.assertEqual(server.hits, [200, 304, 200])
            before = self.json("show", self.plan, "feed")
            self.run_cli("recall", self.plan, "fetch", server.url("missing.json"), expect=3)
            self.assertEqual(self.json("show", self.plan, "feed"), before)
        finally:
            server.close()

    def test_hostile_feeds_are_one_sentence_and_change_nothing(self):
        self.stocked()
        whole = {}
        for name in os.listdir(data("recalls")):
            with open(data("recalls", name), "rb") as file:
                whole[name] = file.read()
        record = b'{"RecallID":1,"RecallNumber":"26606","Title":"Anker Recalls A1263","x":'
        bad = {"error.json": whole["cpsc-error.json"], "half.json": whole["cpsc.json"][:-40], "half.xml": whole["cpsc.xml"][:-40], "half.csv": whole["cpsc-site.csv"][:-30],
               "deep.json": b"[" + record + b"[" * 100 + b"]" * 100 + b"}]", "empty.json": b"", "page.html": b"<html><body>503</body></html>",
               "bomb.xml": b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ArrayOfRecall><Recall><Title>&b;</Title></Recall></ArrayOfRecall>',
               "letters.json": b"[" + record + b'"\xff\xfe"}]', "noise.bin": bytes(range(256)) * 50, "nul.json": b"[\x00" + record}
        for name, content in bad.items():
            with self.subTest(name):
                path = os.path.join(self.folder, name)
                with open(path, "wb") as file:
                    file.write(content)
                result = self.run_cli("recall", self.plan, "fetch", path, expect=3)
                self.assertTrue(result.stderr.startswith("mainstay-cli: "))
                self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertEqual(self.json("recall", self.plan, "list", "--all"), [])
        self.assertEqual(self.json("show", self.plan, "feed"), [])

    def test_a_feed_and_a_list_in_utf_16_say_what_they_say_in_utf_8(self):
        self.stocked()
        for name in ("cpsc.json", "cpsc-site.csv"):
            with open(os.path.join(DATA, "recalls", name), encoding="utf-8-sig") as file:
                text = file.read()
            plain = os.path.join(self.folder, name)
            with open(plain, "w", encoding="utf-8") as out:
                out.write(text)
            expected = self.json("recall", self.plan, "fetch", plain)["records"]
            for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
                path = os.path.join(self.folder, encoding + "-" + name)
                with open(path, "w", encoding=encoding) as out:
                    out.write(text)
                with self.subTest(path):
                    self.assertEqual(self.json("recall", self.plan, "fetch", path)["records"], expected)

    def at_once(self, *words, count=8):
        """The same command in several processes at once: what each printed, having ended well."""
        environment = {**os.environ, "MAINSTAY_AUTHOR": "Tess", "MAINSTAY_AS_OF": "2026-11-24", "XDG_CONFIG_HOME": self.folder + "/config", "XDG_DATA_HOME": self.folder + "/data"}
        running = [subprocess.Popen([CLI, *words, "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(count)]
        ended = [process.communicate(timeout=120) + (process.returncode,) for process in running]
        self.assertEqual([status for _, _, status in ended], [0] * count, [trouble for _, trouble, _ in ended])
        return [json.loads(out) for out, _, _ in ended]

    def test_several_programs_that_fetch_one_feed_at_once_all_end_well_and_keep_each_recall_once(self):
        self.new("blank")
        self.run_cli("add", self.plan, "device", "name=Pack", "kind=power_bank", "brand=Lumo", "model_number=LB1100")
        server = FeedServer(self.folder)
        records = [{"RecallID": n, "RecallNumber": f"26{n}", "RecallDate": "2026-09-01T00:00:00", "Title": "Lumo Recalls Power Banks Due to Fire Hazard",
                    "Description": "This recall involves Lumo power banks with model number LB1100. " + "More words. " * 2000} for n in range(700, 740)]
        with open(os.path.join(self.folder, "feed.json"), "w", encoding="utf-8") as file:
            json.dump(records, file)
        for source in (os.path.join(self.folder, "feed.json"), server.url("feed.json")):
            with self.subTest(source):
                answers = self.at_once("recall", self.plan, "fetch", source)
                self.assertEqual({answer["records"] for answer in answers}, {40})
                recalls = self.json("recall", self.plan, "list", "--all")
                self.assertEqual(len({recall["number"] for recall in recalls}), len(recalls))
        self.assertEqual(len(recalls), 40)
        self.assertEqual(len(self.json("show", self.plan, "feed")), 2)
        self.assertEqual([name for name in os.listdir(os.path.join(self.folder, "data", "mainstay", "feeds")) if ".part" in name], [])

    def test_several_programs_that_import_one_list_at_once_keep_each_device_once(self):
        self.new("blank")
        path = os.path.join(self.folder, "list.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Name,Serial Number,Manufacturer,Model\n" + "".join(f"PC {n},SER{n:05},Lenovo,ThinkPad T480\n" for n in range(200)))
        answers = self.at_once("import", self.plan, path)
        self.assertEqual(sorted(answer["added"] for answer in answers), [0] * 7 + [200])
        self.assertEqual(len(self.json("show", self.plan, "device")), 200)

    def test_a_feed_of_200_megabytes_streams(self):
        self.stocked()
        path = os.path.join(self.folder, "large.json")
        record = json.dumps({"RecallID": 7, "RecallNumber": "26606", "RecallDate": "2026-07-09T00:00:00", "Title": "X Recalls Y", "Description": "word " * 800})
        with open(path, "w") as file:
            file.write("[" + record)
            for _ in range(200_000_000 // len(record)):
                file.write("," + record)
            file.write("]")
        environment = {**os.environ, "MAINSTAY_AS_OF": "2026-11-24", "XDG_DATA_HOME": self.folder}
        process = subprocess.Popen([CLI, "recall", self.plan, "fetch", path], env=environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.assertEqual(status, 0)
        self.assertLess(usage.ru_maxrss, 200_000, "kB of memory for a feed of 200 MB")


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: MIT
"""Backups measured through services: the real binary against a server on loopback that answers as their makers document."""
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
import cli_plan  # noqa: E402
from cli_plan import NOW, PLANTED, Plan  # noqa: E402
from loopback_server import serve  # noqa: E402

SERVICES = {"synology": "Office to cloud", "truenas": "Offsite", "healthchecks": "Nightly dump", "duplicati": "Books"}


class Services(Plan):
    def serve(self, service, hours_ago=5):
        server = subprocess.Popen([cli_plan.REPLAY, "--service", service, "--hours-ago", str(hours_ago)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "MAINSTAY_AS_OF": NOW})
        self.addCleanup(lambda: (server.stdin.close(), server.terminate(), server.wait(10), server.stdout.close()))
        return re.search(r"http://\S+", server.stdout.readline()).group(0)

    def measured(self, kind, url, *more, secret="sample-secret", rpo="24 h"):
        self.new("blank")
        activity = self.out("add", self.plan, "activity", "name=Sell", f"rpo_minutes={rpo}")
        data = self.out("add", self.plan, "resource", "name=Orders", "kind=data")
        backup = self.out("add", self.plan, "backup", "name=Copy")
        self.run_cli("link", self.plan, activity, data)
        self.run_cli("link", self.plan, backup, data, "kind=protects")
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={backup}", f"type={kind}", f"url={url}", "account=watcher", "secret_name=it", *more)
        result = self.run_cli("probe", self.plan, "--json", expect=None, env={"MAINSTAY_SECRET_IT": secret})
        self.assertNotIn(secret, result.stdout + result.stderr)
        return json.loads(result.stdout)[0]

    def fresh(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)

    @unittest.skipUnless(cli_plan.REPLAY, "the replay server is not built")
    def test_each_service_tells_the_age_that_it_documents(self):
        for service, item in SERVICES.items():
            with self.subTest(service):
                self.fresh()
                status = self.measured(service, self.serve(service), f"item={item}", "time_zone=Europe/Berlin")
                self.assertEqual((status["state"], status["age_minutes"]), ("ok", 300), status)
                self.fresh()
                late = self.measured(service, self.serve(service, 30), f"item={item}", "time_zone=Europe/Berlin")
                self.assertEqual((late["state"], late["age_minutes"]), ("breached", 1800), late)

    @unittest.skipUnless(cli_plan.REPLAY, "the replay server is not built")
    def test_a_wrong_secret_is_never_well_and_never_shown(self):
        for service, item in {**SERVICES, "qnap": ""}.items():
            with self.subTest(service):
                self.fresh()
                status = self.measured(service, self.serve(service), f"item={item}", secret=PLANTED)
                self.assertEqual(status["state"], "unknown", status)
                self.assertIn("refuses", status["detail"])

    @unittest.skipUnless(cli_plan.REPLAY, "the replay server is not built")
    def test_the_health_of_a_qnap_is_no_age(self):
        status = self.measured("qnap", self.serve("qnap"))
        self.assertEqual(status["state"], "unknown", status)

    @unittest.skipUnless(cli_plan.REPLAY, "the replay server is not built")
    def test_one_service_at_the_address_of_another_is_not_understood(self):
        for asked in SERVICES:
            for answering in SERVICES:
                if asked != answering:
                    with self.subTest(asked=asked, answering=answering):
                        self.fresh()
                        self.assertEqual(self.measured(asked, self.serve(answering))["state"], "unknown")

    def test_every_way_to_measure_says_what_it_asks_for(self):
        types = self.json("show", "--probe-types")
        self.assertGreaterEqual(len(types), 12)
        for each in types:
            self.assertTrue(each["about"] and each["fields"], each)
        self.assertIn("MAINSTAY_PROBE_SECRET", self.out("show", "--probe-types"))

    def test_many_bundles_on_one_share_are_found_matched_and_measured(self):
        self.new("blank")
        share = os.path.join(self.folder, "TimeMachine")
        for name, uuid in (("Till iMac", "0A1B2C3D-1111"), ("Office", "0A1B2C3D-2222")):
            bundle = os.path.join(share, name + ".sparsebundle")
            os.makedirs(bundle)
            with open(os.path.join(bundle, "com.apple.TimeMachine.SnapshotHistory.plist"), "w") as file:
                file.write("<plist version='1.0'><dict><key>Snapshots</key><array><dict><key>com.apple.backupd.SnapshotCompletionDate</key><date>2026-11-24T04:00:00Z</date></dict></array></dict></plist>")
            with open(os.path.join(bundle, "com.apple.TimeMachine.MachineID.plist"), "w") as file:
                file.write(f"<plist version='1.0'><dict><key>com.apple.backupd.HostUUID</key><string>{uuid}</string></dict></plist>")
        till = self.out("add", self.plan, "device", "name=Till", "unique_id=0a1b2c3d-1111")
        self.run_cli("probe", self.plan, "--discover", expect=3)  # nothing to look through
        backup = self.out("add", self.plan, "backup", "name=NAS", "method=time_machine")
        self.run_cli("add", self.plan, "probe", "name=Share", f"backup_id={backup}", "type=time_machine", f"url={share}")
        shown = self.json("probe", self.plan, "--discover", "--dry-run")
        self.assertEqual((shown["added"], len(self.json("show", self.plan, "backup"))), (2, 1))
        found = self.json("probe", self.plan, "Share", "--discover")
        by_name = {match["computer"]: match for match in found["bundles"]}
        self.assertEqual((by_name["Till iMac"]["device_id"], by_name["Office"]["new_device"], found["added"]), (till, True, 2))
        self.assertEqual(len(self.json("show", self.plan, "backup")), 3)
        again = self.json("probe", self.plan, "Share", "--discover")
        self.assertEqual((again["added"], again["known"]), (0, 2))
        statuses = self.json("probe", self.plan, expect=1)
        self.assertEqual(len([s for s in statuses if s["age_minutes"] == 240]), 2, statuses)
        self.run_cli("undo", self.plan)
        self.assertEqual(len(self.json("show", self.plan, "backup")), 1)
        self.run_cli("probe", self.plan, "--dry-run", expect=2)

    def server(self, answer, certificate=None):
        """A server of our own: `answer` gets path and body and gives bytes and headers."""
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def reply(self):
                body, headers = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
                self.send_response(200)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_POST = do_HEAD = do_PROPFIND = reply

        server = serve(Handler, certificate)
        self.addCleanup(lambda: (server.shutdown(), server.server_close()))
        return f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"

    def test_a_refused_login_is_tried_once_and_then_only_by_hand_or_when_it_is_another(self):
        logins = []

        def dsm(path, body):
            if "SYNO.API.Info" in path + body:
                return b'{"success":true,"data":{"SYNO.API.Auth":{"path":"entry.cgi","minVersion":1,"maxVersion":7},"SYNO.Backup.Task":{"path":"entry.cgi","minVersion":1,"maxVersion":1}}}', {}
            if "method=login" in body:
                logins.append(body)
            return b'{"success":false,"error":{"code":400}}', {}

        url = self.server(dsm)
        self.new("blank")
        for name in ("Books", "Photos"):
            backup = self.out("add", self.plan, "backup", "name=" + name)
            self.run_cli("add", self.plan, "probe", "name=" + name, f"backup_id={backup}", "type=synology", f"url={url}", "account=watcher", "secret_name=it", "item=" + name)

        def due(secret, day):
            result = self.run_cli("probe", self.plan, "--due", expect=1, env={"MAINSTAY_SECRET_IT": secret}, now=f"2026-11-{day}T12:00:00Z")
            self.assertNotIn(secret, result.stdout + result.stderr)
            return result.stdout

        self.assertIn("not tried again by itself", due("wrong-word", 24))
        self.assertEqual(len(logins), 1)  # two probes, one login
        for day in (24, 25, 26):
            self.assertEqual("2 logins were refused before" in due("wrong-word", day), day > 24)
        self.assertEqual(len(logins), 1)
        due("other-word", 26)
        self.assertEqual(len(logins), 2)  # another secret is another login
        due("other-word", 27)
        self.assertEqual(len(logins), 2)
        self.run_cli("probe", self.plan, expect=1, env={"MAINSTAY_SECRET_IT": "other-word"}, now="2026-11-27T12:00:00Z")
        self.assertEqual(len(logins), 3)  # a person may
        for probe in self.json("show", self.plan, "probe"):
            self.run_cli("set", self.plan, "probe", probe["id"], "account=somebody-else")
        due("other-word", 28)
        self.assertEqual(len(logins), 4)

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_the_fingerprint_to_compare_is_one_and_the_same_and_a_trusted_device_is_read_at_once(self):
        def certificate():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3", "-subj", "/CN=nas", "-keyout", key, "-out", cert], check=True, capture_output=True)
            shown = subprocess.run(["openssl", "x509", "-in", cert, "-noout", "-fingerprint", "-sha256"], check=True, capture_output=True, text=True).stdout
            return shown.strip().split("=")[1]

        key, cert = os.path.join(self.folder, "key.pem"), os.path.join(self.folder, "cert.pem")
        fingerprint = certificate()

        def file(path, body):
            return b"data", {"Last-Modified": "Tue, 24 Nov 2026 04:00:00 GMT"}

        url = self.server(file, (cert, key)) + "/dump.zip"
        status = self.measured("url", url)
        self.assertEqual(status["state"], "unknown")
        self.assertIn(fingerprint, status["detail"])
        said = self.run_cli("probe", self.plan, "--trust", "--yes", env={"MAINSTAY_SECRET_IT": "sample-secret"}).stdout  # exit 0: it was read
        self.assertIn(f"the device shows the fingerprint {fingerprint}", said)
        self.assertIn("Copy is OK", said)
        self.assertTrue(self.json("show", self.plan, "probe")[0]["pin"].startswith("sha256//"))
        other = certificate()
        self.run_cli("set", self.plan, "probe", "Look", f"url={self.server(file, (cert, key))}/dump.zip")
        status = self.json("probe", self.plan, expect=1, env={"MAINSTAY_SECRET_IT": "sample-secret"}, now="2026-11-24T10:30:00Z")[0]
        self.assertEqual(status["state"], "unknown")  # however good the reading a moment before
        self.assertIn(other, status["detail"])
        self.run_cli("probe", self.plan, "--due", expect=1, now="2026-11-24T10:31:00Z")

    def test_a_key_file_is_told_of_where_one_looks_for_it(self):
        self.assertIn("key:", self.run_cli("show", "--probe-types").stdout)
        self.assertIn("key:", self.run_cli("secret", "--help").stdout)

    def test_a_report_larger_than_files_may_be_is_refused_in_a_sentence(self):
        self.new()
        path = os.path.join(self.folder, "plan.pdf")
        result = subprocess.run(["sh", "-c", 'ulimit -f 8; exec "$0" "$@"', cli_plan.CLI, "report", self.plan, "plan", "-o", path], capture_output=True, text=True)
        self.assertEqual(result.returncode, 3, result)
        self.assertIn("mainstay-cli: ", result.stderr)
        self.assertFalse(os.path.exists(path))

    def test_a_secret_is_kept_told_and_forgotten_without_being_shown(self):
        def secret(*words, given=None, expect=0):
            env = {**os.environ, "XDG_CONFIG_HOME": self.folder + "/config", "PATH": "/nowhere"}  # no keyring
            result = subprocess.run([cli_plan.CLI, "secret", *words], input=given, capture_output=True, text=True, env=env)
            self.assertEqual(result.returncode, expect, result.stderr)
            self.assertNotIn(PLANTED, result.stdout + result.stderr)
            return result.stdout

        secret("where", "it", expect=1)
        secret("keep", "it", given=PLANTED + "\n")
        path = os.path.join(self.folder, "config", "mainstay", "secrets")
        self.assertEqual((cli_plan.read_text(path), os.stat(path).st_mode & 0o777), (f"it={PLANTED}\n", 0o600))
        self.assertIn(path, secret("where", "it"))
        secret("forget", "it")
        secret("forget", "it", expect=1)
        secret("keep", "it", given="", expect=3)
        secret("keep", "a=b", given="x", expect=3)
        secret("lose", "it", expect=2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)

# SPDX-License-Identifier: MIT
"""Keys that changed are trusted by who means it, and two rounds at once do not measure one plan twice: real servers, the real binary, processes of its own."""
import base64
import hashlib
import http.server
import os
import pty
import shutil
import socket
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True  # leaves the source tree as it is
from cli_plan import CLI, NOW, Plan, read_text, run  # noqa: E402
from loopback_server import serve  # noqa: E402


def skip_without(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    return unittest.skipIf(missing, f"not installed: {missing}")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Keys(Plan):
    def setUp(self):
        super().setUp()
        self.new("blank", name="Corner Shop")
        activity = self.out("add", self.plan, "activity", "name=Sell", "rpo_minutes=48 h")
        data = self.out("add", self.plan, "resource", "name=Orders", "kind=data")
        self.backup = self.out("add", self.plan, "backup", "name=Copy")
        self.run_cli("link", self.plan, activity, data, "kind=needs")
        self.run_cli("link", self.plan, self.backup, data, "kind=protects")

    def environment(self):
        return {**os.environ, "XDG_CONFIG_HOME": self.folder + "/config", "XDG_DATA_HOME": self.folder + "/data", "MAINSTAY_AS_OF": NOW, "HOME": self.folder, **getattr(self, "secret", {})}

    def trust(self, *words, expect):
        return self.run_cli("probe", self.plan, "--trust", *words, expect=expect, env={"HOME": self.folder, **getattr(self, "secret", {})}).stdout

    def pin(self):
        return self.json("show", self.plan, "probe")[0]["pin"]

    def typed(self, word):
        """What is said to somebody at a terminal who types that word."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([CLI, "probe", self.plan, "--trust"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment())
        os.close(theirs)
        os.write(ours, (word + "\n").encode())
        out, err = process.communicate(timeout=60)
        os.close(ours)
        self.assertEqual(err, "")
        return out

    def check_changed(self, before, after, point):
        """The probe trusts `before`; what answers shows `after` now."""
        self.assertEqual(self.pin(), before)
        self.run_cli("probe", self.plan, "--changed-too", expect=2)
        said = self.trust("--yes", expect=1)
        self.assertIn("shows ANOTHER key than the one that was trusted before", said)
        self.assertIn(f"trusted before: {before}", said)
        self.assertIn(f"shown now:      {after}", said)
        self.assertIn("say --trust --yes --changed-too", said)
        self.assertNotIn("Copy is OK", said)
        self.assertIn("It was not trusted", self.trust(expect=1))  # nobody sits there who could be asked
        for word in ("", "y", "yes", "Changed it"):
            self.assertIn("ANOTHER key", self.typed(word))
            self.assertEqual(self.pin(), before)
        self.assertIn("The new key is trusted from now on, and the one before no more", self.typed("changed"))
        self.assertEqual(self.pin(), after)
        self.run_cli("undo", self.plan)
        said = self.trust("--yes", "--changed-too", expect=0)
        self.assertIn("The new key is trusted from now on, and the one before no more", said)
        self.assertIn("Copy is OK", said)
        self.assertEqual(self.pin(), after)
        self.assertIn("No device asked to be trusted", self.trust("--yes", expect=0))
        (status,) = self.json("probe", self.plan, env={"HOME": self.folder, **getattr(self, "secret", {})})
        self.assertEqual((status["state"], status["last_point"]), ("ok", point))

    @skip_without("openssl")
    def test_a_changed_certificate_is_trusted_only_by_who_says_so(self):
        key, cert = os.path.join(self.folder, "key.pem"), os.path.join(self.folder, "cert.pem")

        def renewed():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3", "-subj", "/CN=nas", "-keyout", key, "-out", cert], check=True, capture_output=True)
            public = subprocess.run(f"openssl x509 -in {cert} -pubkey -noout | openssl pkey -pubin -outform der", shell=True, check=True, capture_output=True).stdout
            server = serve(File, (cert, key))
            self.addCleanup(lambda: (server.shutdown(), server.server_close()))
            return f"https://127.0.0.1:{server.server_address[1]}/dump.zip", "sha256//" + base64.b64encode(hashlib.sha256(public).digest()).decode()

        class File(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self):
                self.send_response(200)
                self.send_header("Last-Modified", "Tue, 24 Nov 2026 04:00:00 GMT")
                self.send_header("Content-Length", "4")
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(b"data")

            do_GET = do_HEAD

            def log_message(self, *words):
                pass

        url, before = renewed()
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={self.backup}", "type=url", f"url={url}")
        self.assertIn("Trusted from now on", self.trust("--yes", expect=0))
        url, after = renewed()
        self.run_cli("set", self.plan, "probe", "Look", f"url={url}")
        self.check_changed(before, after, "2026-11-24T04:00:00Z")

    @skip_without("/usr/sbin/sshd", "ssh-keygen")
    def test_a_changed_host_key_is_trusted_only_by_who_says_so(self):
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        home, port = os.path.join(self.folder, "ssh"), free_port()
        os.mkdir(home, 0o700)
        dump = os.path.join(home, "dump.zip")
        with open(dump, "w") as file:
            file.write("data")
        os.utime(dump, (1795492800, 1795492800))  # 24 November 2026, 04:00
        self.server = None

        def make(path):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
            return "SHA256:" + base64.b64encode(hashlib.sha256(base64.b64decode(read_text(path + ".pub").split()[1])).digest()).decode().rstrip("=")

        def set_up():
            """The server with a new host key, at the same port."""
            stop()
            for path in (home + "/host", home + "/host.pub"):
                if os.path.exists(path):
                    os.remove(path)
            fingerprint = make(home + "/host")
            self.server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", home + "/sshd_config"], stderr=subprocess.DEVNULL)
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    return fingerprint
                except OSError:
                    time.sleep(0.05)
            self.fail("sshd does not answer")

        def stop():
            if self.server:
                self.server.terminate()
                self.server.wait(10)

        self.addCleanup(stop)
        make(home + "/user")
        with open(home + "/sshd_config", "w") as file:
            file.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nAuthorizedKeysFile {home}/user.pub\nPidFile {home}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                       "PermitRootLogin yes\nSubsystem sftp internal-sftp\nMaxStartups 200:30:400\n")
        before = set_up()
        self.secret = {"MAINSTAY_SECRET_IT": "key:" + home + "/user"}
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={self.backup}", "type=url", f"url=sftp://127.0.0.1:{port}{dump}", f"account={user}", "secret_name=it")
        self.assertIn("Trusted from now on", self.trust("--yes", expect=0))
        self.check_changed(before, set_up(), "2026-11-24T04:00:00Z")

    def test_two_rounds_at_once_do_not_measure_one_plan_twice(self):
        slow = socket.create_server(("127.0.0.1", 0))  # takes what comes and never answers
        slow.settimeout(30)
        self.run_cli("add", self.plan, "probe", "name=Look", f"backup_id={self.backup}", "type=url", f"url=http://127.0.0.1:{slow.getsockname()[1]}/x", "timeout_seconds=60")
        for where in (self.folder, self.plan):
            first = subprocess.Popen([CLI, "probe", "--due", where], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment())
            taken = slow.accept()[0]
            began = time.monotonic()
            for other in (self.folder, self.plan):
                said = self.run_cli("probe", "--due", other, expect=1).stdout
                self.assertIn("is being measured by another round, and was left to it", said)
            (round_two,) = self.json("probe", "--due", self.folder, expect=1)
            self.assertEqual((round_two["left_to_another"], round_two["read"]), (True, 0))
            self.assertLess(time.monotonic() - began, 20)
            slow.setblocking(False)
            with self.assertRaises(BlockingIOError):  # nobody else came to the server
                slow.accept()
            slow.settimeout(30)
            first.kill()  # a round that was killed holds nobody up
            first.communicate(timeout=30)
            taken.close()
        after = subprocess.Popen([CLI, "probe", "--due", self.folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment())
        slow.accept()[0].close()
        out, err = after.communicate(timeout=60)
        self.assertIn("1 read", out + err)
        slow.close()


if __name__ == "__main__":
    run()

# SPDX-License-Identifier: MIT
"""What the tests of the command line share: a plan in a folder of its own, and the real binary in processes of its own."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

CLI = os.path.abspath(sys.argv[1])
REPLAY = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else None
NOW = "2026-11-24T08:00:00Z"
PLANTED = "s3cr3t-planted-value"
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")


def data(*parts):
    """A file of the tests' own."""
    return os.path.join(DATA, *parts)


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def read_text(path):
    return read_bytes(path).decode()


def run():
    """Runs the tests of the file that was started; behind the two programs stand the words for unittest."""
    unittest.main(argv=[sys.argv[0]] + sys.argv[3:])


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


class SamplePlan(Plan):
    """The sample client, with the server that answers for its CrashPlan account."""

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

    def db(self, sql):
        with sqlite3.connect(self.plan) as db:
            return db.execute(sql).fetchone()[0]

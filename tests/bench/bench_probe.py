#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Benchmark 1: probing, through the real binary and with the readings stored in a plan, beside other tools in the same run.

    bench_probe.py BUILD_FOLDER [PART...] [--rounds N] [--quick]

Every part makes its own servers on 127.0.0.1 with a fixed delay for each answer (or each round trip). The tools take turns
(A B C A B C ...); printed are medians, the spread, and the ratio to curl -Z. Nothing here asserts a time.
"""
import argparse
import csv
import os
import pwd
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

NOW = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())  # files that it makes are of now, and no time in the future is believed
AIOHTTP = """
import asyncio, sys, ssl, aiohttp
async def main(many, limit, ca):
    gate = asyncio.Semaphore(limit)
    context = ssl.create_default_context(cafile=ca) if ca else None
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=context), timeout=aiohttp.ClientTimeout(total=float(sys.argv[2]))) as session:
        async def one(url):
            async with gate:
                try:
                    async with session.head(url) as reply: await reply.read()
                except Exception: pass
        await asyncio.gather(*(one(u) for u in many))
asyncio.run(main(open(sys.argv[1]).read().split(), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None))
"""


class Bench:
    def __init__(self, build, rounds, quick):
        self.cli = os.path.join(build, "app/cli/mainstay-cli")
        self.server = os.path.join(build, "tests/bench/bench_server")
        self.floor = os.path.join(build, "tests/bench/floor_probe")
        self.rounds, self.quick = rounds, quick
        self.home = tempfile.mkdtemp(prefix="bench-probe-")
        self.children = []

    def close(self):
        for child in self.children:
            child.terminate()
            child.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.home, name)

    def serve(self, *words):
        child = subprocess.Popen([self.server, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.children.append(child)
        return [int(p) for p in child.stdout.readline().split()]

    def run(self, *words, **options):
        return subprocess.run(words, check=True, capture_output=True, text=True, **options)

    def plan(self, name, addresses, **fields):
        """A plan with one backup and one probe for each address."""
        folder = self.path(name + "-csv")
        os.makedirs(folder)
        with open(folder + "/backup.csv", "w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["id", "name"])
            rows.writerows([f"backup-{i}", f"Backup {i}"] for i in range(len(addresses)))
        with open(folder + "/probe.csv", "w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["id", "name", "backup_id", "type", "url", *fields])
            rows.writerows([f"probe-{i}", f"Probe {i}", f"backup-{i}", "url", address, *fields.values()] for i, address in enumerate(addresses))
        plan = self.path(name + ".mainstay")
        self.run(self.cli, "new", plan, "--template", "blank", "--name", "Bench", env=self.environment())
        self.run(self.cli, "import", plan, folder, env=self.environment())
        with open(self.path(name + ".txt"), "w") as out:
            out.write("\n".join(addresses) + "\n")
        with open(self.path(name + ".curl"), "w") as out:
            for address in addresses:
                out.write(f'url = "{address}"\noutput = /dev/null\n')
        return plan

    def environment(self, **more):
        return {**os.environ, "MAINSTAY_AUTHOR": "Bench", "MAINSTAY_AS_OF": NOW, "XDG_CONFIG_HOME": self.home, "XDG_DATA_HOME": self.home, "HOME": self.home, **more}

    def measure(self, title, tools, check=None):
        """Runs the tools in turn and prints a table; `tools` maps a name to a function that does the work once."""
        times = {name: [] for name in tools}
        for turn in range(self.rounds):
            for name, work in tools.items():
                started = time.perf_counter()
                work(turn)
                times[name].append(time.perf_counter() - started)
        print(f"\n{title}")
        base = statistics.median(times["curl -Z"]) if "curl -Z" in times else None
        for name, seen in times.items():
            middle = statistics.median(seen)
            spread = (max(seen) - min(seen)) / 2
            ratio = f"{middle / base:6.2f} x curl -Z" if base else ""
            print(f"  {name:26} {middle:8.3f} s  +- {spread:6.3f}  {ratio}")
        if check:
            print("  " + check())
        sys.stdout.flush()

    def mainstay(self, plan, at_once, per_host=6, **env):
        def work(turn):
            copy = self.path("turn.mainstay")
            shutil.copyfile(plan, copy)
            subprocess.run([self.cli, "probe", copy, "--at-once", str(at_once), "--per-host", str(per_host)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment(**env))
        return work

    def states(self, expected):
        """What the last turn of Mainstay stored, held against what it should have seen."""
        import sqlite3
        rows = dict(sqlite3.connect(self.path("turn.mainstay")).execute("select outcome, count(*) from observation group by outcome").fetchall())
        right = all(rows.get(k, 0) == v for k, v in expected.items())
        return f"stored: {rows} - " + ("every state right" if right else f"WRONG, expected {expected}")

    def curl(self, name, at_once, *more):
        command = ["curl", "-s", "-Z", "--parallel-immediate", "--parallel-max", str(at_once), *more, "-K", self.path(name + ".curl")]
        return lambda turn: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def floor_of(self, name, at_once, seconds, ca=None, **env):
        command = [self.floor, str(at_once), str(seconds), *([ca] if ca else [])]
        return lambda turn: subprocess.run(command, stdin=open(self.path(name + ".txt")), stdout=subprocess.DEVNULL, env={**os.environ, **env})

    def peers(self, name, at_once, seconds, ca=None):
        found = {}
        if shutil.which("aria2c"):
            command = ["aria2c", "-q", "-j", str(at_once), "-x", "1", "--dry-run=true", "-i", self.path(name + ".txt"), *(["--ca-certificate=" + ca] if ca else []), f"--timeout={seconds}", "--max-tries=1"]
            found["aria2c"] = lambda turn: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.home)
        else:
            print("  (aria2c is not installed)")
        if subprocess.run([sys.executable, "-c", "import aiohttp"], capture_output=True).returncode == 0:
            command2 = [sys.executable, "-c", AIOHTTP, self.path(name + ".txt"), str(seconds), str(at_once), *([ca] if ca else [])]
            found["aiohttp"] = lambda turn: subprocess.run(command2, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        else:
            print("  (aiohttp is not installed)")
        for missing in ("blackbox_exporter", "check_http"):
            if not shutil.which(missing):
                print(f"  ({missing} is not installed)")
        return found

    # ---- the parts --------------------------------------------------------------------------------------------------------

    def http(self, count=1000, at_once=100):
        ports = self.serve("http", count, 50)
        addresses = [f"http://127.0.0.1:{ports[i]}/file-{i}" for i in range(count)]
        name = f"http{count}"
        plan = self.plan(name, addresses)
        self.measure(f"{count} HTTP endpoints, 50 ms, {at_once} at a time",
                     {"Mainstay (stored)": self.mainstay(plan, at_once), "curl -Z": self.curl(name, at_once, "-I"), "floor: easy in threads": self.floor_of(name, at_once, 10),
                      **self.peers(name, at_once, 10)}, lambda: self.states({"read": count}))

    def http_many(self):
        self.http(5000, 300)

    def mixed(self):
        ports = self.serve("http", 1000, 50)
        kind = lambda i: "never" if i % 100 == 0 else "reset" if i % 100 in (1, 2) else "404" if i % 100 in (3, 4, 5) else "slow" if i % 100 in (6, 7, 8, 9) else "file"
        addresses = [f"http://127.0.0.1:{port}/{kind(i)}" for i, port in enumerate(ports)]
        plan = self.plan("mixed", addresses, timeout_seconds=5)
        bad = sum(kind(i) in ("never", "reset", "404") for i in range(1000))
        self.measure("1,000 mixed (1 % never answer, 2 % reset, 3 % 404, 4 % slow), 5 s timeout, 100 at a time",
                     {"Mainstay (stored)": self.mainstay(plan, 100), "curl -Z": self.curl("mixed", 100, "-I", "-m", "5"), "floor: easy in threads": self.floor_of("mixed", 100, 5)},
                     lambda: self.states({"read": 1000 - bad, "unreadable": bad}))

    def authority(self):
        """A key, and a certificate for 127.0.0.1 by an authority of our own."""
        made = self.path("authority")
        if not os.path.isdir(made):
            os.makedirs(made)
            new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
            self.run("openssl", "req", "-x509", *new, "-keyout", made + "/ca.key", "-out", made + "/ca.pem", "-subj", "/CN=Bench authority")
            self.run("openssl", "req", "-new", *new[:-2], "-keyout", made + "/key", "-out", made + "/request", "-subj", "/CN=127.0.0.1")
            with open(made + "/names", "w") as out:
                out.write("subjectAltName=IP:127.0.0.1\n")
            self.run("openssl", "x509", "-req", "-in", made + "/request", "-CA", made + "/ca.pem", "-CAkey", made + "/ca.key", "-CAcreateserial", "-days", "2", "-out", made + "/cert", "-extfile", made + "/names")
            system = "/etc/ssl/certs/ca-certificates.crt"
            with open(made + "/system.pem", "w") as out:  # the whole bundle that this computer trusts, and ours
                out.write(open(system).read() if os.path.exists(system) else "")
                out.write(open(made + "/ca.pem").read())
        return made

    def https(self, bundle="ca.pem", title="one CA"):
        made = self.authority()
        ca = made + "/" + bundle
        ports = self.serve("https", 500, 50, made + "/cert", made + "/key")
        name = "https-" + bundle
        plan = self.plan(name, [f"https://127.0.0.1:{port}/file" for port in ports])
        self.measure(f"500 HTTPS endpoints, TLS 1.3, {title}, 50 ms, 100 at a time",
                     {"Mainstay (stored)": self.mainstay(plan, 100, SSL_CERT_FILE=ca), "curl -Z": self.curl(name, 100, "-I", "--cacert", ca), "floor: easy in threads": self.floor_of(name, 100, 10, ca),
                      **self.peers(name, 100, 10, ca)}, lambda: self.states({"read": 500}))

    def https_system(self):
        self.https("system.pem", "the system's CA bundle")

    def free_port(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def wait_for(self, port):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"nothing listens on {port}")

    def sftp(self):
        if not os.path.exists("/usr/sbin/sshd"):
            return print("\nSFTP: openssh-server is not installed, left out")
        home, port, user = self.path("ssh"), self.free_port(), pwd.getpwuid(os.geteuid()).pw_name
        os.makedirs(home, 0o700)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        for key in ("host", "user"):
            self.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{home}/{key}")
        shutil.copyfile(home + "/user.pub", home + "/authorized")
        with open(home + "/config", "w") as out:
            out.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nAuthorizedKeysFile {home}/authorized\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
                      "Subsystem sftp internal-sftp\nMaxStartups 500:30:600\n")
        self.children.append(subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", home + "/config"], stderr=subprocess.DEVNULL))
        self.wait_for(port)
        far = self.serve("proxy", 1, 50, port)[0]
        files = self.path("files")
        os.makedirs(files, exist_ok=True)
        for i in range(100):
            open(f"{files}/{i}.bin", "w").write("x")
        pin = self.run("ssh-keygen", "-l", "-f", home + "/host.pub").stdout.split()[1]
        with open(home + "/known", "w") as out:
            out.write(f"[127.0.0.1]:{far} " + " ".join(open(home + "/host.pub").read().split()[:2]) + "\n")
        os.makedirs(self.path(".ssh"), exist_ok=True)
        shutil.copyfile(home + "/known", self.path(".ssh/known_hosts"))
        plan = self.plan("sftp", [f"sftp://127.0.0.1:{far}{files}/{i}.bin" for i in range(100)], account=user, secret_name="nas", pin=pin)
        with open(self.path("sftp.txt"), "w") as out:
            out.write("\n".join(f"sftp://{user}@127.0.0.1:{far}{files}/{i}.bin" for i in range(100)) + "\n")
        one = f"echo 'ls -l {files}/{{}}.bin' | sftp -q -b - -i {home}/user -o UserKnownHostsFile={home}/known -P {far} {user}@127.0.0.1"
        self.measure("100 SFTP stats, 50 ms a round trip, 20 at a time",
                     {"Mainstay (stored)": self.mainstay(plan, 20, 20, MAINSTAY_SECRET_NAS=f"key:{home}/user"),
                      "curl -Z": self.curl("sftp", 20, "-I", "-u", user + ":", "--key", home + "/user", "--pubkey", home + "/user.pub", "--hostpubsha256", pin.split(":")[1]),
                      "floor: easy in threads": self.floor_of("sftp", 20, 30, FLOOR_KEY=home + "/user"),
                      "xargs sftp": lambda turn: subprocess.run(["xargs", "-P", "20", "-I", "{}", "sh", "-c", one], input="\n".join(map(str, range(100))), text=True, stdout=subprocess.DEVNULL,
                                                                stderr=subprocess.DEVNULL)}, lambda: self.states({"read": 100}))

    def ftp(self):
        if not os.path.exists("/usr/sbin/pure-ftpd") or os.geteuid() != 0:
            return print("\nFTP: pure-ftpd is not installed, or this is not root; left out")
        home, port = self.path("ftp"), self.free_port()
        files = home + "/files"
        os.makedirs(files)
        os.chmod(self.home, 0o755)
        for i in range(100):
            open(f"{files}/{i}.bin", "w").write("x")
        hashed = self.run("openssl", "passwd", "-6", "bench").stdout.strip()
        with open(home + "/users", "w") as out:
            out.write(f"bench:{hashed}:33:33::{files}/./::::::::::::\n")
        self.run("pure-pw", "mkdb", home + "/users.pdb", "-f", home + "/users")
        self.children.append(subprocess.Popen(["/usr/sbin/pure-ftpd", "-S", f"127.0.0.1,{port}", "-l", f"puredb:{home}/users.pdb", "-4", "-H", "-E", "-A", "-c", "200", "-C", "200", "-u", "1", "-g", home + "/pid"],
                                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        self.wait_for(port)
        far = self.serve("proxy", 1, 50, port)[0]
        plan = self.plan("ftp", [f"ftp://127.0.0.1:{far}/{i}.bin" for i in range(100)], account="bench", secret_name="nas")
        with open(self.path("ftp.txt"), "w") as out:
            out.write("\n".join(f"ftp://bench:bench@127.0.0.1:{far}/{i}.bin" for i in range(100)) + "\n")
        self.measure("100 FTP MDTM + SIZE, 50 ms a round trip, 20 at a time",
                     {"Mainstay (stored)": self.mainstay(plan, 20, 20, MAINSTAY_SECRET_NAS="bench"), "curl -Z": self.curl("ftp", 20, "-I", "-u", "bench:bench"),
                      "floor: easy in threads": self.floor_of("ftp", 20, 30),
                      "xargs curl": lambda turn: subprocess.run(["xargs", "-P", "20", "-n", "1", "curl", "-s", "-I", "-o", "/dev/null"], stdin=open(self.path("ftp.txt")), stdout=subprocess.DEVNULL,
                                                                stderr=subprocess.DEVNULL)}, lambda: self.states({"read": 100}))


PARTS = {"http": Bench.http, "http_many": Bench.http_many, "mixed": Bench.mixed, "https": Bench.https, "https_system": Bench.https_system, "sftp": Bench.sftp, "ftp": Bench.ftp}


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("build")
    words.add_argument("part", nargs="*", help=", ".join(PARTS))
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--quick", action="store_true", help="two rounds")
    given = words.parse_args()
    bench = Bench(os.path.abspath(given.build), 2 if given.quick else given.rounds, given.quick)
    try:
        for part in given.part or PARTS:
            PARTS[part](bench)
    finally:
        bench.close()


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: MIT
"""A restore test in the desktop, from the choice of files to the record and back by undo; and a notice on the desktop for a new breach.

usage: gui_restore.py MAINSTAY MAINSTAY_CLI
"""
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

from gui_desktop import CLI, Desktop, check


def cli(*words):
    return subprocess.run([CLI, *words], check=True, capture_output=True, text=True, env={**os.environ, "MAINSTAY_AUTHOR": "Mina Park"}).stdout.strip()


def says(desktop, words):
    return any(words in label.replace("\n", " ") for label in desktop.labels())  # lines break where the window ends


def make_plan(folder):
    plan, original = os.path.join(folder, "restore.mainstay"), os.path.join(folder, "Ledger")
    cli("new", plan, "--template", "blank", "--name", "Bakery")
    activity = cli("add", plan, "activity", "name=Take money", "rto_minutes=4 h", "rpo_minutes=1 d")
    data = cli("add", plan, "resource", "name=Books", "kind=data", f"folder={original}", "size_mb=300")
    backup = cli("add", plan, "backup", "name=Nightly")
    cli("link", plan, activity, data, "kind=needs")
    cli("link", plan, backup, data, "kind=protects")
    for n in range(12):
        path = os.path.join(original, str(n % 3), f"year {2010 + n}.db")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(os.urandom(2_000_000))
    return plan, original, backup


def restore_tests(plan):
    return json.loads(cli("show", plan, "restore_test", "--json"))


def start(desktop, plan):
    desktop.get("restore_test", seconds=20)
    desktop.press("restore_test")
    desktop.get("restore_start")
    check(not desktop.nameless(), "every control of the dialog has a name")
    desktop.picture("restore_1_choose")
    desktop.type_text("restore_files", "none")
    desktop.press("restore_start")
    check(says(desktop, "whole number"), "words that are no number are refused at their box")
    desktop.type_text("restore_files", "25")
    desktop.press("restore_start")
    desktop.get("restore_compare")
    check(len(json.loads(cli("restore", plan, "status", "--json"))) == 1, "the clock runs, also for the command line")
    check("year 2010.db" in desktop.text_of("restore_names"), "the files to restore are named")
    desktop.picture("restore_2_clock")


def compare(desktop, original, back):
    desktop.type_text("restore_at", original)
    desktop.press("restore_compare")
    desktop.wait_for(lambda: says(desktop, "proves nothing"), 10, "the original to be refused")
    print("ok: the original folder is refused and the clock goes on")
    desktop.picture("restore_3_refused")
    desktop.press("restore_close")
    desktop.press("restore_test")
    check(desktop.get("restore_compare") is not None, "a window that was closed goes on where the test was")
    time.sleep(1.2)
    shutil.copytree(original, back)
    desktop.type_text("restore_at", back)
    desktop.press("restore_compare")
    desktop.get("restore_times")
    check(says(desktop, "All 12 files of the sample came back the same"), "the result stands in a sentence")
    check(says(desktop, "Take money"), "and so does the activity that needs it")
    desktop.picture("restore_4_result")
    check(not desktop.nameless(), "every control of the result has a name")


def write_down(desktop, plan):
    check(restore_tests(plan) == [], "nothing is written before somebody says so")
    desktop.press("restore_write")
    desktop.wait_for(lambda: restore_tests(plan), 10, "the test in the file")
    data = json.loads(cli("show", plan, "resource", "--json"))[0]["id"]
    data = json.loads(cli("show", plan, "resource", data, "--json"))
    check(data["recovery_basis"] == "tested", "the data's time rests on a test now")
    cli("undo", plan)
    check(restore_tests(plan) == [], "one undo takes it all back")


def notice(folder):
    """A backup that gets into trouble while the window is open is told on the desktop, once."""
    daemon = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "notification_daemon.py")], stdout=subprocess.PIPE, text=True)
    try:
        assert daemon.stdout.readline().strip() == "ready"
        plan, point = os.path.join(folder, "notice.mainstay"), os.path.join(folder, "dump")
        cli("new", plan, "--template", "blank", "--name", "Bakery")
        activity = cli("add", plan, "activity", "name=Take money", "rpo_minutes=1 d")
        data = cli("add", plan, "resource", "name=Books", "kind=data")
        backup = cli("add", plan, "backup", "name=Nightly")
        cli("link", plan, activity, data, "kind=needs")
        cli("link", plan, backup, data, "kind=protects")
        with open(point, "w") as file:
            file.write("backup")
        os.utime(point, (time.time() - 3 * 86400,) * 2)
        cli("add", plan, "probe", "name=Look", f"backup_id={backup}", "type=url", f"url=file://{point}")
        with Desktop([plan, "--page", "backups"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
            desktop.get("backup_test_all", seconds=20)
            desktop.press("backup_test_all")
            assert select.select([daemon.stdout], [], [], 15)[0], "no notice came"
            told = json.loads(daemon.stdout.readline())
            check("Take money" in told["text"] and "trouble" in told["title"], "a new breach is told on the desktop, with the activity")
            desktop.press("backup_test_all")
            check(not select.select([daemon.stdout], [], [], 3)[0], "and told once")
            os.utime(point)
            desktop.press("backup_test_all")
            desktop.wait_for(lambda: any("inside the RPO" in label.replace("\n", " ") for label in desktop.labels()), 15, "the backup to be well again")
            os.utime(point, (time.time() - 4 * 86400,) * 2)
            desktop.press("backup_test_all")
            check(select.select([daemon.stdout], [], [], 15)[0], "the next breach, after it was well, is told anew")
    finally:
        daemon.terminate()
        daemon.wait(10)


def secret(folder):
    """A probe's password is kept on this computer, and only its name goes into the plan."""
    plan, tools = os.path.join(folder, "secret.mainstay"), os.path.join(folder, "tools")
    os.mkdir(tools)
    with open(os.path.join(tools, "secret-tool"), "w") as file:
        file.write("#!/bin/sh\nsleep 60\n")  # a keyring that never answers: the file is next
    os.chmod(file.name, 0o755)
    cli("new", plan, "--template", "blank", "--name", "Bakery")
    backup = cli("add", plan, "backup", "name=NAS copy")
    probe = cli("add", plan, "probe", "name=Shop NAS & co", f"backup_id={backup}", "type=synology", "url=https://127.0.0.1:1", "account=watcher")
    with Desktop([plan, "--page", "backups"], {"MAINSTAY_AUTHOR": "Mina Park", "PATH": tools + ":" + os.environ["PATH"]}) as desktop:
        desktop.get("probe_secret", seconds=20)
        desktop.press("probe_secret")
        desktop.get("secret_value")
        check(desktop.text_of("secret_label") == "shop-nas-co", "a name for the secret is proposed")
        check(not desktop.nameless(), "every control of the dialog has a name")
        desktop.press("secret_keep")
        check(says(desktop, "Type the password"), "an empty password is refused at its box")
        desktop.picture("secret_1_refused")
        desktop.type_text("secret_value", "pa55-word")
        desktop.press("secret_keep")
        desktop.wait_for(lambda: says(desktop, "Keeping the secret"), 3, "a word that it is being kept")
        desktop.press("backup_test")
        desktop.wait_for(lambda: says(desktop, "the test begins after that"), 3, "a word that the test waits")
        path = os.path.join(os.environ["XDG_CONFIG_HOME"], "mainstay", "secrets")
        desktop.wait_for(lambda: os.path.exists(path) and open(path).read() == "shop-nas-co=pa55-word\n", 20, "the secret in the file")
        check(os.stat(path).st_mode & 0o777 == 0o600, "the secret lies in a file for this user alone")
        desktop.wait_for(lambda: json.loads(cli("show", plan, "probe", probe, "--json"))["secret_name"] == "shop-nas-co", 5, "the name in the plan")
        desktop.wait_for(lambda: says(desktop, "could not be read at"), 20, "the test that waited")
        check(not says(desktop, "is not on this computer"), "the test that waited had the secret")
        check(b"pa55" not in open(plan, "rb").read(), "and not in the plan")
        desktop.picture("secret_2_kept")


def discover(folder):
    """The Macs that share one NAS are found, matched and measured."""
    plan, share = os.path.join(folder, "discover.mainstay"), os.path.join(folder, "TimeMachine")
    for name in ("Till iMac", "Office MacBook Air", "Warehouse"):
        bundle = os.path.join(share, name + ".sparsebundle")
        os.makedirs(bundle)
        with open(os.path.join(bundle, "com.apple.TimeMachine.SnapshotHistory.plist"), "w") as file:
            file.write("<plist version='1.0'><dict><key>Snapshots</key><array><dict><key>com.apple.backupd.SnapshotCompletionDate</key><date>2026-11-20T04:00:00Z</date></dict></array></dict></plist>")
    cli("new", plan, "--template", "blank", "--name", "Bakery")
    cli("add", plan, "device", "name=Office MacBook Air")
    backup = cli("add", plan, "backup", "name=Till to NAS", "method=time_machine")
    cli("add", plan, "probe", "name=Share", f"backup_id={backup}", "type=time_machine", f"url={share}", "item=Till iMac")
    with Desktop([plan, "--page", "backups"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
        desktop.get("probe_discover", seconds=20)
        desktop.press("probe_discover")
        desktop.wait_for(lambda: says(desktop, "3 bundles are on"), 15, "the bundles of the share")
        print("ok: every bundle on the share is found")
        check(not desktop.nameless(), "every control of the dialog has a name")
        desktop.picture("discover")
        desktop.press("discover_add")
        desktop.wait_for(lambda: len(json.loads(cli("show", plan, "probe", "--json"))) == 3, 10, "two more probes in the plan")
        print("ok: and the two new ones are measured from now on")
        cli("undo", plan)
        check(len(json.loads(cli("show", plan, "probe", "--json"))) == 1, "one undo takes it all back")


def main():
    with tempfile.TemporaryDirectory() as folder:
        notice(folder)
        secret(folder)
        discover(folder)
    with tempfile.TemporaryDirectory() as folder:
        plan, original, _ = make_plan(folder)
        with Desktop([plan, "--page", "backups"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
            start(desktop, plan)
            compare(desktop, original, os.path.join(folder, "back"))
            write_down(desktop, plan)


main()

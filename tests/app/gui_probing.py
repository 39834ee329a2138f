# SPDX-License-Identifier: MIT
"""The wizard's Backups page says how often a backup runs, keeps a secret, ends a test that hangs, and trusts a NAS of one's own.

usage: gui_probing.py MAINSTAY MAINSTAY_CLI
"""
import http.server
import os
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from gui_desktop import Desktop, check, cli, records, until
from loopback_server import serve


def server(certificate=None, slow=False):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *words):
            pass

        def do_HEAD(self):
            if slow:
                time.sleep(60)
            self.send_response(200)
            self.send_header("Last-Modified", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600)))
            self.send_header("Content-Length", "4")
            self.end_headers()

    return serve(Handler, certificate).server_address[1]


def says(desktop, words):
    return any(words in label.replace("\n", "") for label in desktop.labels())


def made_with_the_wizard(desktop, plan):
    desktop.type_text("new_backup_name", "Till to NAS")
    desktop.choose("new_backup_method", "Time Machine")
    desktop.press("add_backup")
    until(lambda: len(records(plan, "backup")) == 1, "the new backup in the file")
    backup = records(plan, "backup")[0]
    check(backup["interval_minutes"] == 60, "Time Machine runs every hour unless somebody says otherwise")
    asked = desktop.get("interval_minutes:" + backup["id"])
    check("How often does it run" in asked.get_name(), "the page asks how often it runs, in these words")
    desktop.choose("interval_minutes:" + backup["id"], "every 4 hours")
    until(lambda: records(plan, "backup")[0]["interval_minutes"] == 240, "another interval in the file")
    print("ok: what is answered is kept")
    return backup["id"]


def hangs_and_is_ended(desktop, plan, backup, port):
    desktop.choose("type:" + backup, "Age of a file at an address")
    desktop.get("url:" + backup)
    desktop.type_text("url:" + backup, f"http://127.0.0.1:{port}/dump.zip")
    desktop.press("test:" + backup)
    desktop.get("cancel_test:" + backup)
    desktop.picture("wizard_testing")
    began = time.monotonic()
    desktop.press("cancel_test:" + backup)
    desktop.wait_for(lambda: desktop.find("cancel_test:" + backup) is None, 10, "the end of the test")
    check(time.monotonic() - began < 8, "Cancel ends a test that hangs")


def keeps_its_secret(desktop, plan, backup):
    desktop.press("secret:" + backup)
    desktop.type_text("secret_value", "planted-word-77")
    desktop.type_text("secret_label", "till")
    desktop.picture("wizard_secret")
    desktop.press("secret_keep")
    until(lambda: records(plan, "probe")[0]["secret_name"] == "till", "the secret's name in the file")
    check("planted-word-77" not in open(plan, "rb").read().decode("latin-1"), "the plan holds the name alone")


def trusts(desktop, plan, backup, port, fingerprint):
    desktop.type_text("url:" + backup, f"https://127.0.0.1:{port}/dump.zip")
    desktop.press("test:" + backup)
    desktop.wait_for(lambda: says(desktop, fingerprint), 20, "the fingerprint in the sentence")
    desktop.get("trust:" + backup)
    desktop.picture("wizard_trust")
    desktop.press("trust:" + backup)
    desktop.wait_for(lambda: any(fingerprint in (node.get_name() or "") + text(node) for node in desktop.walk()), 10, "the same fingerprint in the question")
    print("ok: the question shows the fingerprint that the sentence names")
    desktop.press(name="Yes")
    until(lambda: records(plan, "probe")[0]["pin"].startswith("sha256//"), "the key in the file")
    desktop.wait_for(lambda: says(desktop, "Measured age: 1 h"), 20, "the age, read at once")
    print("ok: a trusted device is read at once")


def text(node):
    try:
        return node.get_text_iface().get_text(0, -1)
    except Exception:
        return ""


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan, key, cert = (os.path.join(folder, name) for name in ("p.mainstay", "key.pem", "cert.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3", "-subj", "/CN=nas", "-keyout", key, "-out", cert], check=True, capture_output=True)
        fingerprint = subprocess.run(["openssl", "x509", "-in", cert, "-noout", "-fingerprint", "-sha256"], check=True, capture_output=True, text=True).stdout.strip().split("=")[1]
        tools = os.path.join(folder, "tools")
        os.mkdir(tools)
        with open(os.path.join(tools, "secret-tool"), "w") as tool:
            tool.write("#!/bin/sh\nexit 1\n")  # a keyring that is locked
        os.chmod(os.path.join(tools, "secret-tool"), 0o700)
        cli("new", plan, "--template", "blank", "--name", "Corner Shop")
        cli("add", plan, "resource", "name=Till data", "kind=data")
        cli("set", plan, "organisation", "organisation", "wizard_page=backups")
        with Desktop([plan, "--page", "wizard"], {"MAINSTAY_AUTHOR": "Mina Park", "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder, "PATH": tools + ":" + os.environ["PATH"]}) as desktop:
            desktop.get("new_backup_name", seconds=20)
            backup = made_with_the_wizard(desktop, plan)
            hangs_and_is_ended(desktop, plan, backup, server(slow=True))
            keeps_its_secret(desktop, plan, backup)
            trusts(desktop, plan, backup, server((cert, key)), fingerprint)
            check(not desktop.nameless(), "every control has a name")


main()

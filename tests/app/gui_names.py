# SPDX-License-Identifier: MIT
"""Counts focusable controls without a name, on every page of the wizard and of the main window; there may be none.

usage: gui_names.py MAINSTAY MAINSTAY_CLI [PLAN]
"""
import os
import subprocess
import sys
import tempfile

from gui_desktop import CLI, Desktop

PAGES = ["today", "activities", "dependencies", "people", "places", "resources", "suppliers", "risks", "checklist", "backups", "devices", "audit", "procedures",
         "scenarios", "incidents", "reports", "history", "records"]


def fill(plan):
    """A plan in which every wizard page has something to show."""
    def run(*words):
        return subprocess.run([CLI, *words], capture_output=True, text=True, check=True).stdout.strip()
    run("new", plan, "--template", "shop", "--name", "Names and labels")
    run("add", plan, "person", "name=Mina Park", "phone=0412 555 010")
    run("add", plan, "device", "name=Phone", "kind=phone", "brand=Apple", "model=iPhone 6")
    run("add", plan, "backup", "name=Till to NAS", "method=time_machine")


def empty_kinds():
    """Each kind under All records with no record in it: the advice and the empty form must not be nameless stops."""
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "empty.mainstay")
        subprocess.run([CLI, "new", plan, "--template", "blank"], capture_output=True, check=True)
        with Desktop([plan, "--page", "records"]) as desktop:
            kinds = desktop.get("record_kind", seconds=20)
            menu = kinds.get_child_at_index(0)
            names = [menu.get_child_at_index(index).get_name() for index in range(menu.get_child_count())]
            for index, name in enumerate(names):
                kinds.get_selection_iface().select_child(index)
                desktop.settle()
                missing += [f"all records, {name}: {line}" for line in desktop.nameless()]
            print(f"all records, {len(names)} kinds without records: {len(missing)} nameless")
            if len(names) < 30:
                missing.append(f"only {len(names)} kinds were looked at")
    return missing


def main():
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "names.mainstay")
        fill(plan)
        with Desktop([plan, "--page", "wizard"]) as desktop:
            desktop.get("wizard_next")
            for number in range(1, 12):
                desktop.select_row("wizard_steps", number - 1)
                desktop.get(name=f"Step {number} of 11")
                found = desktop.nameless()
                print(f"wizard page {number}: {len(found)} nameless")
                missing += [f"wizard {number}: {line}" for line in found]
                desktop.picture(f"names_wizard_{number:02d}")
        for page in PAGES:
            with Desktop([plan, "--page", page]) as desktop:
                desktop.get("navigation", seconds=20)
                desktop.settle()
                found = desktop.nameless()
                print(f"page {page}: {len(found)} nameless")
                missing += [f"{page}: {line}" for line in found]
                desktop.picture(f"names_{page}")
    missing += empty_kinds()
    for line in missing:
        print("nameless:", line)
    sys.exit(1 if missing else 0)


main()

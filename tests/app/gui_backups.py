# SPDX-License-Identifier: MIT
"""The Backups page with five weeks of readings: a plot and words for each backup, 30 or 90 days, and the month's report beside it.

usage: gui_backups.py MAINSTAY MAINSTAY_CLI
"""
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from gui_desktop import CLI, Atspi, Desktop, check
from month_of_readings import last_hour, month


def words(cell):
    """What a screen reader says of a cell: its name, or those of its parts where a picture stands beside the words."""
    parts = [cell.get_child_at_index(index).get_name() or "" for index in range(cell.get_child_count())]
    return cell.get_name() or " ".join(part for part in parts if part)


def cells(desktop, key):
    table = desktop.get(key)
    table.clear_cache()
    return [words(table.get_child_at_index(index)) for index in range(table.get_child_count())]


def bars(desktop):
    """The cells that say how much of the limit is used: five boxes and a percentage."""
    return [cell for cell in cells(desktop, "backup_list") if cell.endswith(" %") and cell.count("▰") + cell.count("▱") == 5]


def backups(desktop):
    desktop.get("backup_list", seconds=20)
    desktop.wait_for(lambda: len(bars(desktop)) == 3, 10, "how much of its limit each backup has used")
    check(any(bar.startswith("▰▰▰▰▰") for bar in bars(desktop)), "each row has its bar in a window of the usual size, whole and with its percentage")
    desktop.select_row("backup_list", 0)
    told = desktop.get("backup_history").get_name()
    check("Age of the newest restorable copy: Till to NAS" in told and "Its greatest age was" in told, "a screen reader hears what the plot shows")
    check(any("Of " in label and "planned runs" in label for label in desktop.labels()), "the same words stand below the plot")
    check(any(label.startswith("Space: ") and "more days" in label for label in desktop.labels()), "how long the space lasts is told")
    desktop.picture("backups_history_30")
    thirty = desktop.get("backup_history").get_name()
    desktop.choose("backup_history_days", "Last 90 days")
    desktop.wait_for(lambda: desktop.get("backup_history").get_name() != thirty, 5, "the longer history")
    desktop.picture("backups_history_90")
    check("For " in desktop.get("backup_history").get_name(), "days before the first reading are told as not known")
    before, longer = cells(desktop, "backup_list"), desktop.get("backup_history").get_name()
    desktop.press("backup_test")
    desktop.wait_for(lambda: cells(desktop, "backup_list") != before, 20, "the new reading in the list")
    desktop.wait_for(lambda: desktop.get("backup_history").get_name() != longer, 10, "the new reading in the history")
    check(len(bars(desktop)) == 3, "a new reading renews the rows and the plot")
    last = desktop.get("backup_remove").get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    check(last.width > 100, "the last button below a backup has room for its words in a window of the usual size")


def report(plan):
    with Desktop([plan, "--page", "reports"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
        desktop.get("report_list", seconds=20)
        check(desktop.find("report_period") is None, "a report that tells of no time asks for none")
        names = cells(desktop, "report_list")
        desktop.select_row("report_list", names.index("Backup evidence") - names.index("Report") - 1)
        desktop.get("report_period")
        check(desktop.find("report_csv") is not None, "the evidence can be had as a table, too")
        entries = desktop.get("report_period").get_child_at_index(0)
        desktop.choose("report_period", entries.get_child_at_index(1).get_name())
        desktop.settle()
        desktop.picture("reports_backup_evidence")
        desktop.wait_for(lambda: "Backup evidence" in desktop.get("report_preview").get_name(), 10, "the month before")
        print("ok: the month before is shown")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan, carried = os.path.join(folder, "p.mainstay"), os.path.join(folder, "r.json")
        subprocess.run([CLI, "new", plan, "--template", "sample"], check=True, capture_output=True)
        with open(carried, "w") as out:
            json.dump(month(last_hour()), out)
        subprocess.run([CLI, "import", plan, carried], check=True, capture_output=True)
        with Desktop([plan, "--page", "backups"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
            backups(desktop)
        report(plan)


main()

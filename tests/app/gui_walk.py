# SPDX-License-Identifier: MIT
"""A newcomer walks the shop starter through the wizard to a first-hour page on paper, without the manual.

usage: gui_walk.py MAINSTAY MAINSTAY_CLI
"""
import os
import subprocess
import tempfile

from gui_desktop import CLI, Desktop, check, records, until


def next_page(desktop, number):
    desktop.press("wizard_next")
    desktop.get(name=f"Step {number} of 11")
    desktop.picture(f"walk_{number:02d}")


def add_person(desktop, name, phone, second):
    desktop.type_text("new_person_name", name)
    desktop.type_text("new_person_phone", phone)
    desktop.type_text("new_person_second", second)
    desktop.press("add_person")
    desktop.wait_for(lambda: desktop.find(name=f"Mobile phone, {name}"), 5, f"the row of {name}")


def walk(desktop, plan):
    desktop.get(name="Step 1 of 11")
    desktop.choose("starter_plan", "Shop")
    desktop.press("use_starter_plan")
    until(lambda: len(records(plan, "activity")) >= 6, "the starter plan's activities in the file")
    desktop.type_text("name", "Harbour Street Homewares")
    desktop.type_text("cash_cents", "20000")
    desktop.type_text("fixed_cost_per_month_cents", "9000")
    desktop.choose("region", "Australia")
    desktop.picture("walk_01")

    next_page(desktop, 2)
    check(records(plan, "organisation")[0]["name"] == "Harbour Street Homewares", "leaving page 1 writes what was typed on it")
    desktop.type_text("address:main", "12 Harbour Street, Fremantle")
    desktop.type_text("new_site_name", "Back room in Mill Road")
    desktop.choose("new_site_kind", "Alternate site")  # left without pressing Add: leaving the page must not lose it

    next_page(desktop, 3)
    check(any(site["name"] == "Back room in Mill Road" for site in records(plan, "site")), "a half-finished entry is kept when its page is left")
    add_person(desktop, "Mina Park", "+61 412 555 010", "messenger")
    add_person(desktop, "Tomás Reyes", "+61 412 555 020", "landline 08 5550 1234")
    desktop.choose("holder_id:role-coordinator", "Mina Park")
    desktop.choose("alternate_id:role-coordinator", "Tomás Reyes")
    desktop.choose("plan_owner_id", "Mina Park")

    next_page(desktop, 4)
    first = next(a for a in records(plan, "activity") if a["id"] == "take-payments")
    desktop.choose(f"mtpd_minutes:{first['id']}", "After 1 day")
    changed = until(lambda: next((a for a in records(plan, "activity") if a["id"] == first["id"] and str(a["mtpd_minutes"]) == "1440"), None), "the tolerance in the file")
    check(int(changed["rto_minutes"]) < 1440, "a shorter tolerance brings the recovery time inside it")
    check(changed["times_basis"] == "asserted", "times said in the wizard count as asserted")
    desktop.choose(f"rpo_minutes:{first['id']}", "I don't know")
    until(lambda: not next(a for a in records(plan, "activity") if a["id"] == first["id"]).get("rpo_minutes"), "an unknown loss in the file")

    next_page(desktop, 5)
    desktop.type_text("new_resource_name", "Float and receipt book")
    desktop.choose("new_resource_kind", "Money")
    desktop.press("add_resource")
    until(lambda: [r for r in records(plan, "resource") if r["name"] == "Float and receipt book"], "the new resource in the file")

    next_page(desktop, 6)
    desktop.type_text("new_backup_name", "Till to NAS")
    desktop.choose("new_backup_method", "Time Machine")
    desktop.press("add_backup")
    backup = until(lambda: next((b for b in records(plan, "backup") if b["name"] == "Till to NAS"), None), "the backup in the file")
    desktop.type_text(f"url:{backup['id']}", "/nowhere/at/all")
    desktop.press(f"test:{backup['id']}")
    until(lambda: records(plan, "probe"), "the probe in the file")

    next_page(desktop, 7)
    desktop.type_text("new_device_name", "Mina's phone")
    desktop.choose("new_device_kind", "Phone")
    desktop.type_text("new_device_brand", "Apple")
    desktop.type_text("new_device_model", "iPhone 6")
    desktop.press("add_device")
    until(lambda: records(plan, "device"), "the device in the file")

    next_page(desktop, 8)
    next_page(desktop, 9)
    desktop.choose("state:telephony", "No")
    desktop.type_text("next_action:telephony", "Ask what cloud telephony costs")
    next_page(desktop, 10)
    desktop.choose("reach_data", "Partly")
    desktop.choose("survive_two_weeks", "I don't know")
    check(desktop.find(key="two_week_chart") or any("Two weeks" in label for label in desktop.labels()), "the two-week test shows its result")
    next_page(desktop, 11)
    desktop.press("save_first-hour")
    desktop.wait_for(lambda: any("Saved:" in label for label in desktop.labels()), 20, "the sentence that says where the page is")
    desktop.picture("walk_saved")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "Harbour.mainstay")
        with Desktop(["--new", plan]) as desktop:
            walk(desktop, plan)
        check(next(s for s in records(plan, "strategy") if s["area"] == "telephony")["next_action"] == "Ask what cloud telephony costs", "solutions are kept")
        check(records(plan, "organisation")[0]["wizard_page"] == "result", "the wizard remembers its page")
        check(str(records(plan, "organisation")[0]["cash_cents"]) == "2000000", "20000 typed for cash is twenty thousand")
        history = subprocess.run([CLI, "undo", plan], capture_output=True, text=True)
        check(history.returncode == 0, "the last answer can be taken back, past the pages that were turned")
        subprocess.run([CLI, "redo", plan], capture_output=True, check=True)

        page = os.path.join(folder, "Harbour first hour.pdf")
        check(os.path.getsize(page) > 1000, "the first-hour page lies beside the plan")
        text = subprocess.run(["pdftotext", "-layout", page, "-"], capture_output=True, text=True, check=True).stdout
        for words in ("Harbour Street Homewares", "Mina Park", "+61 412 555 010"):
            check(words in text, f"the first-hour page says {words}")

        with Desktop([plan, "--page", "wizard"]) as again:
            again.get(name="Step 11 of 11")
            print("ok: the wizard resumes on the page where it was left")

        last = Desktop([plan, "--page", "places"])
        last.type_text("address", "13 Harbour Street, Fremantle")
        last.process.terminate()
        check(last.process.wait(10) == 0, "asked to end, the program ends well")
        check(any(s["address"] == "13 Harbour Street, Fremantle" for s in records(plan, "site")), "what was being typed when the system ends the program is kept")


main()

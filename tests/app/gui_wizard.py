# SPDX-License-Identifier: MIT
"""Someone who answers nothing: the wizard takes what was chosen, asks what is open, and leaves a checklist; it resumes where it was left.

usage: gui_wizard.py MAINSTAY MAINSTAY_CLI
"""
import os
import tempfile

from gui_desktop import Atspi, Desktop, check, cli, records, until


def says(desktop, words):
    return any(words in label for label in desktop.labels())


def see(desktop, words, sentence):
    desktop.wait_for(lambda: says(desktop, words), 8, sentence)
    print("ok:", sentence)


def unseen(desktop, words, sentence):
    desktop.wait_for(lambda: not says(desktop, words), 8, sentence)
    print("ok:", sentence)


def page_one(desktop, plan):
    desktop.get(name="Step 1 of 11")
    starters = desktop.get("starter_plan")
    check(starters.get_name() == "Starter plan" and chosen(starters) == "Not chosen yet", "the list of starter plans begins on none")
    desktop.wait_for(lambda: focused(desktop, "name"), 5, "the keyboard in the business's name")
    print("ok: the keyboard stands in the first question")
    desktop.choose("starter_plan", "Shop")
    see(desktop, "“Shop” is put in when you use it or go on.", "a choice that is not in yet says so")
    desktop.choose("region", "Australia")
    desktop.type_text("name", "Bakery")
    desktop.picture("wizard_chosen")
    desktop.press("wizard_next")
    desktop.get(name="Step 2 of 11")
    check(len(records(plan, "activity")) >= 6, "Next puts the chosen starter plan in")
    organisation = records(plan, "organisation")[0]
    check(organisation["name"] == "Bakery" and organisation["region"] == "australia" and organisation["template_id"] == "shop", "what was said about the business stays")
    contact = next(c for c in records(plan, "contact") if c["id"] == "contact-emergency")
    check(contact["phone"] == "000", "the region's emergency number stands in the plan")
    desktop.press("wizard_back")
    desktop.get(name="Step 1 of 11")
    see(desktop, "000", "page 1 says the number and where it comes from")
    desktop.choose("region", "United Kingdom")
    until(lambda: next(c for c in records(plan, "contact") if c["id"] == "contact-emergency")["phone"] == "999", "another region's number in the file")
    print("ok: another region brings its own number")
    check(desktop.find("starter_plan"), "the region's number does not count as work on the starter plan")


def refused(desktop):
    desktop.type_text("cash_cents", "plenty")
    desktop.type_text("fixed_cost_per_month_cents", "a lot")
    desktop.press("wizard_next")
    desktop.get(name="Step 2 of 11")
    see(desktop, "2 answers on “Your business” are not kept", "two wrong answers are both reported")
    desktop.press("wizard_next")
    desktop.get(name="Step 3 of 11")
    unseen(desktop, "are not kept: ", "the report goes when the next page is turned")
    desktop.select_row("wizard_steps", 0)
    desktop.get(name="Step 1 of 11")
    see(desktop, "2 answers are not kept yet.", "the foot of the page does not say that everything is kept")
    desktop.picture("wizard_refused")
    desktop.type_text("cash_cents", "12.345,67")
    desktop.type_text("fixed_cost_per_month_cents", "9000")
    desktop.press("wizard_next")
    desktop.get(name="Step 2 of 11")


def needs(desktop, plan):
    desktop.select_row("wizard_steps", 4)
    desktop.get(name="Step 5 of 11")
    activity = records(plan, "activity")[0]["id"]
    desktop.choose("needs_kind:supplier", "None of these")
    until(lambda: "supplier" in next(a for a in records(plan, "activity") if a["id"] == activity)["not_needed"], "no supplier needed, in the file")
    links = [link for link in records(plan, "link") if link["from_id"] == activity and link["kind"] == "needs"]
    suppliers = {s["id"] for s in records(plan, "supplier")}
    check(not any(link["to_id"] in suppliers for link in links), "“None of these” unticks what was ticked")
    desktop.choose("needs_kind:supplier", "I don't know")
    until(lambda: "supplier" not in next(a for a in records(plan, "activity") if a["id"] == activity)["not_needed"], "suppliers open again")
    print("ok: not needed and not known are told apart")


def finish(desktop, plan):
    check(not records(plan, "task"), "nothing has put tasks on the checklist so far")
    for number in range(6, 12):
        desktop.press("wizard_next")
        desktop.get(name=f"Step {number} of 11")
    tasks = until(lambda: records(plan, "task"), "tasks on the checklist")
    check(len(tasks) > 10, "reaching the last page puts what is open on the checklist")
    desktop.press("wizard_next")
    desktop.get("today_task", seconds=10)
    check(not says(desktop, "Nothing is due this week"), "Today does not say that nothing is due")
    before = cli("history", plan).count("checklist")
    desktop.select_row("navigation", 2)
    desktop.get("wizard_next")
    desktop.select_row("navigation", 0)
    desktop.get("today_all_gaps")
    check(cli("history", plan).count("checklist") == before, "leaving the wizard with nothing changed writes no revision")
    check("Step by step was left on “Your plan”" in cli("history", plan), "the history says in words where the wizard was left")
    check(cli("history", plan).count("Step by step was left on") == 1, "pages that were turned make no revisions of their own")


def chosen(box):
    menu = box.get_child_at_index(0)
    for index in range(menu.get_child_count()):
        if box.get_selection_iface().is_child_selected(index):
            return menu.get_child_at_index(index).get_name()
    return ""


def focused(desktop, key):
    node = desktop.find(key)
    return node is not None and node.get_state_set().contains(Atspi.StateType.FOCUSED)


def resumes(folder):
    plan = os.path.join(folder, "half.mainstay")
    cli("new", plan, "--template", "office", "--name", "Half done")
    with Desktop([plan]) as first:
        first.get("today_sync")
        check(not says(first, "Nothing is due this week"), "a checklist that was never filled is not called clear")
        first.picture("wizard_today_unsynced")
        first.select_row("navigation", 2)
        first.get(name="Step 1 of 11")
        first.select_row("wizard_steps", 5)
        first.get(name="Step 6 of 11")
        first.select_row("navigation", 0)
        first.get("today_wizard")
        check(says(first, "Step 6 of 11: Backups"), "Today offers to go on where the wizard was left")
        first.picture("wizard_today_resume")
    with Desktop([plan]) as again:
        again.get(name="Step 6 of 11", seconds=20)
        print("ok: a plan left halfway opens on the page where it was left")


def blank(folder):
    plan = os.path.join(folder, "blank.mainstay")
    cli("new", plan, "--template", "blank")
    with Desktop([plan, "--page", "wizard"]) as desktop:
        desktop.get("wizard_next")
        desktop.select_row("wizard_steps", 9)
        desktop.get(name="Step 10 of 11")
        check(says(desktop, "The plan has no activities yet"), "an empty plan says what is missing for the test, in a whole sentence")
        check(not says(desktop, "without  cannot"), "no sentence has a hole")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "Bakery.mainstay")
        with Desktop(["--new", plan]) as desktop:
            page_one(desktop, plan)
            refused(desktop)
            until(lambda: str(records(plan, "organisation")[0]["cash_cents"]) == "1234567", "a decimal comma after thousands is understood")
            needs(desktop, plan)
            finish(desktop, plan)
        resumes(folder)
        blank(folder)


main()

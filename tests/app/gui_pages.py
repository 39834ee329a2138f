# SPDX-License-Identifier: MIT
"""Pages of the main window: refused words stay in their box with the reason below it, and the picture of dependencies answers "what if".

usage: gui_pages.py MAINSTAY MAINSTAY_CLI
"""
import json
import os
import subprocess
import tempfile

from gui_desktop import CLI, Atspi, Desktop, check


def says(desktop, words):
    return any(words in label for label in desktop.labels())


def activate_row(desktop, key, row_name):
    """Activates the row with this text, as Enter does."""
    table = desktop.get(key)
    table.clear_cache()
    for index in range(table.get_child_count()):
        cell = table.get_child_at_index(index)
        if cell and cell.get_name() == row_name:
            action = cell.get_action_iface()
            names = [action.get_action_name(number) for number in range(action.get_n_actions())]
            action.do_action(names.index("activate"))
            desktop.settle()
            return
    raise AssertionError(f"no row {row_name} in {key}")


def refused_words(desktop):
    desktop.type_text("rto_minutes", "quite soon")
    desktop.press("activity_needs")  # leaves the page, so what was typed is to be written
    desktop.get("graph_picture")
    check(says(desktop, "“quite soon”"), "what the page refused is said above the next one, its box being out of sight")
    desktop.select_row("navigation", 3)
    desktop.get("rto_minutes")
    desktop.wait_for(lambda: all("Not kept:" in label for label in desktop.labels() if "“quite soon”" in label), 5, "the notice above to go with the page")
    check(desktop.text_of("rto_minutes") == "quite soon", "refused words stay in their box, even past another page")
    check(says(desktop, "Not kept:"), "the reason stands below the box")
    check((desktop.get("rto_minutes").get_description() or "").strip(), "a screen reader hears the reason at the box")
    desktop.picture("pages_refused")
    desktop.type_text("rto_minutes", "4 h")
    desktop.press("activity_needs")
    desktop.get("graph_picture")


def what_if(desktop, plan):
    before = open(plan, "rb").read()
    check(says(desktop, "everything runs"), "with nothing taken away, everything runs")
    desktop.choose("graph_activity", "All activities")
    activate_row(desktop, "graph_things", "Main premises")
    desktop.wait_for(lambda: says(desktop, "Without Main premises these stop"), 5, "the sentence of what stops")
    print("ok: what is taken away in the table stops what leans on it")
    desktop.picture("pages_what_if")
    desktop.press("graph_back")
    desktop.wait_for(lambda: says(desktop, "everything runs"), 5, "everything back")
    check(open(plan, "rb").read() == before, "asking what-if leaves the plan's file as it was")


def activate(desktop):
    """Activation as a screen reader does it: its press must end while the dialog stands."""
    desktop.press("activate")
    desktop.get("incident_name")
    print("ok: the activation dialog can be reached after the button's own action")
    title = desktop.find(name="Is everybody safe?")
    place = title.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    sentence = next(node for node in desktop.walk() if node.get_role_name() == "label" and (node.get_name() or "").startswith("People first."))
    below = sentence.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    check(place.height >= 1.2 * below.height / 2 and place.y + place.height <= below.y, "the dialog's heading has its whole height above the sentence")
    desktop.picture("pages_activate")
    desktop.press("incident_cancel")
    desktop.get("navigation")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "pages.mainstay")
        subprocess.run([CLI, "new", plan, "--template", "shop", "--name", "Pages"], check=True, capture_output=True)
        first = json.loads(subprocess.run([CLI, "show", plan, "activity", "--json"], check=True, capture_output=True, text=True).stdout)[0]
        with Desktop([plan, "--page", "activities"], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
            desktop.get("rto_minutes", seconds=20)
            refused_words(desktop)
            now = json.loads(subprocess.run([CLI, "show", plan, "activity", first["id"], "--json"], check=True, capture_output=True, text=True).stdout)
            now = now[0] if isinstance(now, list) else now
            check(str(now["rto_minutes"]) == "240", "what was put right is in the file")
            what_if(desktop, plan)
            activate(desktop)


main()

# SPDX-License-Identifier: MIT
"""Working by keyboard alone: the page list keeps the keyboard, Tab reaches every field, what has the keyboard is in view, and what is built again gives it back.

usage: gui_keyboard.py MAINSTAY MAINSTAY_CLI
"""
import os
import tempfile
import time

from gui_desktop import Atspi, Desktop, GLib, check, cli, records, until


def focused(desktop):
    """The accessible id of what has the keyboard."""
    for node in desktop.walk():
        try:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return node.get_accessible_id() or node.get_name()
        except GLib.Error:
            pass
    return ""


def focus(desktop, key):
    desktop.get(key).get_component_iface().grab_focus()
    desktop.wait_for(lambda: focused(desktop) == key, 5, "the keyboard on " + key)


def box(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)


def in_view(desktop, key, pane):
    field, around = box(desktop.get(key)), box(desktop.get(pane))
    return field.y >= around.y and field.y + field.height <= around.y + around.height


def tab_until(desktop, key, most):
    passed = []
    for _ in range(most):
        desktop.press_keys("Tab")
        passed.append(focused(desktop))
        if passed[-1] == key:
            return passed
    raise AssertionError(f"Tab never reached {key}, but {passed}")


def pages(desktop):
    """Every page is shown once by walking down the list; the keyboard stays in it."""
    focus(desktop, "navigation")
    desktop.press_keys("Home")
    for _ in range(20):
        desktop.press_keys("Down")
        time.sleep(0.3)
        if focused(desktop) != "navigation":
            raise AssertionError("a page that is shown for the first time takes the keyboard: " + focused(desktop))
    check(focused(desktop) == "navigation", "walking down the list of pages never loses the keyboard to a page")


def wizard(desktop, plan):
    focus(desktop, "wizard_next")
    desktop.press_keys("space")
    desktop.get(name="Step 2 of 11")
    desktop.wait_for(lambda: focused(desktop).startswith("name:"), 5, "the keyboard in the first field of step 2")
    passed = tab_until(desktop, "wizard_back", 40)
    check(any(key.startswith("address:") for key in passed) and "new_site_name" in passed, "Tab reaches the fields of a step that was opened later")
    focus(desktop, "wizard_next")
    for number in range(3, 8):
        desktop.press("wizard_next")
        desktop.get(name=f"Step {number} of 11")
    question = desktop.wait_for(lambda: next((n.get_accessible_id()[5:] for n in desktop.walk() if (n.get_accessible_id() or "").startswith("none:")), None), 10, "“Looked: nothing there” as a button in the wizard")
    check(desktop.get(question).get_name().count("Plugs") == 1, "a question's name says its place once")
    focus(desktop, "none:" + question)
    desktop.press_keys("space")
    attribute, subject = question.split(":", 1)
    until(lambda: any(a["name"] == attribute and a["value"] == "(none)" for a in records(plan, "attribute")), "the answer in the file")
    desktop.wait_for(lambda: focused(desktop) not in ("", "wizard_back"), 5, "the keyboard on the page")
    desktop.settle()
    check(":" in focused(desktop) or focused(desktop).startswith("new_"), "an answer keeps the keyboard beside its question, and not on Back: " + focused(desktop))


def panes(desktop):
    desktop.get("device_list")
    desktop.press("device_add")
    desktop.wait_for(lambda: focused(desktop) == "name", 5, "the keyboard in the new device's name")
    desktop.wait_for(lambda: in_view(desktop, "name", "details"), 5, "the name in view")
    print("ok: the field with the keyboard is in view after a device was added")
    for _ in range(12):
        desktop.press_keys("Tab")
        key = focused(desktop)
        if key and desktop.find(key=key):
            desktop.wait_for(lambda: in_view(desktop, key, "details"), 5, f"{key} in view")
    print("ok: the details scroll with the keyboard")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "Bakery.mainstay")
        cli("new", plan, "--template", "shop", "--name", "Bakery")
        cli("add", plan, "device", "name=Plugs", "kind=wall_plug", "brand=Apple", "count=1")
        with Desktop([plan]) as desktop:
            desktop.get("today_sync", seconds=20)
            pages(desktop)
        for page, steps in (("wizard", lambda d: wizard(d, plan)), ("devices", panes)):
            with Desktop([plan, "--page", page]) as desktop:
                desktop.get("navigation", seconds=20)
                steps(desktop)


main()

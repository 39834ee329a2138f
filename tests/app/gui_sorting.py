# SPDX-License-Identifier: MIT
"""Lists in another order: by a click on a column's title and by the keyboard, there, back and to the page's own; figures by value, days by date, states by weight; and filtered.

usage: gui_sorting.py MAINSTAY MAINSTAY_CLI
"""
import os
import tempfile
import time

from gui_desktop import Atspi, Desktop, check, cli, records


def words(cell):
    parts = [cell.get_child_at_index(index).get_name() or "" for index in range(cell.get_child_count())]
    return cell.get_name() or " ".join(part for part in parts if part)


def titles(desktop, key):
    """The titles of the columns, as objects that can be pressed."""
    table = desktop.get(key)
    table.clear_cache()
    return [child for child in (table.get_child_at_index(index) for index in range(table.get_table_iface().get_n_columns())) if child.get_role_name() == "table column header"]


def bare(header):
    """A title without the arrow that tells the order."""
    return words(header).rstrip(" ↑↓")


def column(desktop, key, title):
    """What stands below a title, from the top."""
    table = desktop.get(key)
    table.clear_cache()
    rows = table.get_table_iface()
    number = [bare(header) for header in titles(desktop, key)].index(title)
    return [words(rows.get_accessible_at(row, number)) for row in range(rows.get_n_rows())]


def click(desktop, node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    Atspi.generate_mouse_event(place.x + place.width // 2, place.y + place.height // 2, "b1c")
    desktop.settle()


def press_title(desktop, key, title):
    click(desktop, next(header for header in titles(desktop, key) if bare(header) == title))


def selected(desktop, key, title):
    """The selected row's cell below a title."""
    table = desktop.get(key)
    table.clear_cache()
    rows = table.get_table_iface().get_selected_rows()
    return column(desktop, key, title)[rows[0]] if rows else None


def in_order(desktop, key, title, wanted, sentence):
    desktop.wait_for(lambda: column(desktop, key, title) == wanted, 5, f"{wanted} below {title} in {key}, which shows {column(desktop, key, title)}")
    print("ok:", sentence)


def lengths_of_time(desktop):
    """Three presses: up, down, and the plan's own order, with what was selected still selected."""
    desktop.get("activity_list", seconds=20)
    own = column(desktop, "activity_list", "Activity")
    desktop.select_row("activity_list", own.index("Bake"))
    press_title(desktop, "activity_list", "RTO")
    in_order(desktop, "activity_list", "RTO", ["30 min", "4 h", "2 d", ""], "a click on a title sorts lengths of time by how long they are, what is not known last")
    check(selected(desktop, "activity_list", "Activity") == "Bake", "the selected row stays selected in another place")
    check([words(header) for header in titles(desktop, "activity_list") if words(header) != bare(header)] == ["RTO ↑"], "an arrow tells by what the list is sorted, and which way")
    press_title(desktop, "activity_list", "RTO")
    in_order(desktop, "activity_list", "RTO", ["2 d", "4 h", "30 min", ""], "a second click turns the order round, what is not known still last")
    check(selected(desktop, "activity_list", "Activity") == "Bake", "and the selected row is still the same")
    desktop.picture("sorting_activities")
    press_title(desktop, "activity_list", "RTO")
    in_order(desktop, "activity_list", "Activity", own, "a third click gives the page's own order back")


def by_keyboard(desktop):
    desktop.get("activity_list").get_component_iface().grab_focus()
    desktop.settle()
    desktop.press_keys("Shift_L", "Tab")
    for _ in range(8):
        if any(header.get_state_set().contains(Atspi.StateType.FOCUSED) and bare(header) == "RTO" for header in titles(desktop, "activity_list")):
            break
        desktop.press_keys("Right")
    desktop.press_keys("space")
    in_order(desktop, "activity_list", "RTO", ["30 min", "4 h", "2 d", ""], "the keyboard reaches a title and sorts by it")
    desktop.press_keys("space")
    desktop.press_keys("space")


def days(desktop):
    desktop.get("task_list", seconds=20)
    press_title(desktop, "task_list", "Due")
    press_title(desktop, "task_list", "Due")
    in_order(desktop, "task_list", "Task", ["In February", "In January", "In December", "Some day"], "days are sorted by date and not by their words")
    press_title(desktop, "task_list", "Due")
    press_title(desktop, "task_list", "Severity")
    in_order(desktop, "task_list", "Severity", ["Critical", "Error", "Warning", "Info"], "the most serious comes first")
    press_title(desktop, "task_list", "Severity")
    press_title(desktop, "task_list", "Severity")


def findings(desktop):
    desktop.get("finding_list", seconds=20)
    press_title(desktop, "finding_list", "Severity")
    weights = ["Critical", "Error", "Warning", "Info", "Not known"]
    shown = [next(weights.index(w) for w in weights if w in cell) for cell in column(desktop, "finding_list", "Severity")]
    check(shown == sorted(shown) and len(set(shown)) > 2, "findings are sorted by how serious they are")
    press_title(desktop, "finding_list", "Fix takes")
    order = ["A minute", "An hour", "A day", "Weeks"]
    efforts = [order.index(cell) for cell in column(desktop, "finding_list", "Fix takes")]
    check(efforts == sorted(efforts) and len(set(efforts)) > 1, "what is quickly done comes first")


def ages(desktop):
    desktop.get("backup_list", seconds=20)
    for title, first, wanted in (("Age", "the youngest", ["Young", "Middle", "Old", "Never read"]), ("Limit used", "the one with most room", ["Young", "Middle", "Old", "Never read"]),
                                 ("State", "the worst", ["Old", "Never read", "Young", "Middle"])):
        press_title(desktop, "backup_list", title)
        in_order(desktop, "backup_list", "Backup", wanted, f"sorted by “{title}”, {first} comes first")
    desktop.picture("sorting_backups")


def filtered(desktop):
    desktop.get("device_list", seconds=20)
    press_title(desktop, "device_list", "Device")
    in_order(desktop, "device_list", "Device", ["Till 2", "Till 9", "till 10", "Zoe’s laptop", "Ünsal’s laptop"], "names are sorted without regard to case, and their figures by value")
    desktop.select_row("device_list", 3)
    desktop.type_text("device_filter", "LAPTOP")
    in_order(desktop, "device_list", "Device", ["Zoe’s laptop", "Ünsal’s laptop"], "a filter without regard to case keeps the order")
    check(selected(desktop, "device_list", "Device") == "Zoe’s laptop", "the selected row stays selected where the filter leaves it")
    desktop.type_text("device_filter", "no such thing")
    in_order(desktop, "device_list", "Device", [], "a filter that fits nothing shows nothing")
    desktop.picture("sorting_nothing")
    desktop.type_text("device_filter", "")
    desktop.wait_for(lambda: len(column(desktop, "device_list", "Device")) == 5, 5, "every device again")


def make_plan(plan, folder):
    cli("new", plan, "--template", "blank", "--name", "Sorting")
    for name, time_of in (("Sell", "4 h"), ("Bake", "2 d"), ("Phone", ""), ("Pay", "30 min")):
        cli("add", plan, "activity", f"name={name}", f"rto_minutes={time_of}")
    for name, due, severity in (("In January", "2027-01-15", "warning"), ("In December", "2026-12-31", "info"), ("Some day", "", "critical"), ("In February", "2027-02-01", "error")):
        cli("add", plan, "task", f"name={name}", f"due_on={due}", f"severity={severity}")
    for name in ("till 10", "Zoe’s laptop", "Till 9", "Ünsal’s laptop", "Till 2"):
        cli("add", plan, "device", f"name={name}", "kind=other")
    data = cli("add", plan, "resource", "name=Books", "kind=data")
    activity = next(a["id"] for a in records(plan, "activity") if a["name"] == "Sell")
    cli("set", plan, "activity", activity, "rpo_minutes=1 d")
    cli("link", plan, activity, data, "kind=needs")
    for name, minutes in (("Old", 3 * 1440), ("Never read", None), ("Young", 50), ("Middle", 4 * 60)):
        backup = cli("add", plan, "backup", f"name={name}")
        cli("link", plan, backup, data, "kind=protects")
        if minutes is None:
            continue
        point = os.path.join(folder, name)
        with open(point, "w", encoding="utf-8") as file:
            file.write("backup")
        os.utime(point, (time.time() - minutes * 60,) * 2)
        cli("add", plan, "probe", f"name={name}", f"backup_id={backup}", "type=url", f"url=file://{point}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "sorting.mainstay")
        make_plan(plan, folder)
        with Desktop([plan, "--page", "activities"]) as desktop:
            lengths_of_time(desktop)
            by_keyboard(desktop)
        with Desktop([plan, "--page", "checklist"]) as desktop:
            days(desktop)
        with Desktop([plan, "--page", "audit"]) as desktop:
            findings(desktop)
        with Desktop([plan, "--page", "backups"]) as desktop:
            desktop.press("backup_test_all")
            desktop.wait_for(lambda: column(desktop, "backup_list", "Age").count("not known") == 1, 20, "the ages")
            ages(desktop)
        with Desktop([plan, "--page", "devices"]) as desktop:
            filtered(desktop)


main()

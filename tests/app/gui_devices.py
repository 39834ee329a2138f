# SPDX-License-Identifier: MIT
"""The Devices & recalls page: a list with headers nobody knows is imported, questions are answered in place, recalls are accepted, dismissed and taken back.

usage: gui_devices.py MAINSTAY MAINSTAY_CLI
"""
import functools
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time

from gui_desktop import CLI, Atspi, Desktop, check

HERE = os.path.dirname(os.path.abspath(__file__))

FEED = [{"RecallID": 99001, "RecallNumber": "26606", "RecallDate": "2026-08-06T00:00:00", "Title": "Keeper Recalls Network Storage Due to Fire Hazard",
         "Description": "This recall involves Keeper KX218 network storage. The model KX218 is printed on the label.", "URL": "https://www.cpsc.gov/Recalls/2026/Keeper",
         "Products": [{"Name": "Keeper KX218"}], "Hazards": [{"Name": "The power supply can overheat, posing a fire hazard."}], "Remedies": [{"Name": "Ask for a free replacement."}], "Manufacturers": [{"Name": "Keeper"}]},
        {"RecallID": 99002, "RecallNumber": "26607", "RecallDate": "2026-08-07T00:00:00", "Title": "Keeper Recalls KX219 Storage", "Description": "Keeper KX219 units.", "URL": "https://www.cpsc.gov/Recalls/2026/Keeper2",
         "Products": [{"Name": "Keeper KX219"}], "Hazards": [{"Name": "Fire."}], "Remedies": [{"Name": "Replace."}], "Manufacturers": [{"Name": "Keeper"}]}]


def cli(*words):
    return subprocess.run([CLI, *words], check=False, capture_output=True, text=True)


def records(plan, kind):
    return json.loads(cli("show", plan, kind, "--json").stdout or "[]")


def says(desktop, words):
    return any(words in label for label in desktop.labels())


def tab(desktop, number):
    desktop.get("device_tabs").get_selection_iface().select_child(number)
    desktop.settle()


def has_focus(desktop, key):
    node = desktop.find(key=key)
    return node is not None and node.get_state_set().contains(Atspi.StateType.FOCUSED)


def tab_order(desktop):
    """Tab reaches the buttons above the list before the list and the fields beside it."""
    desktop.get("import_inventory").get_component_iface().grab_focus()
    desktop.wait_for(lambda: has_focus(desktop, "import_inventory"), 5, "the keyboard on the first button")
    for key in ("plug_sheet", "device_add"):
        desktop.press_keys("Tab")
        desktop.wait_for(lambda: has_focus(desktop, key), 5, "the keyboard on " + key)
    reached = False
    for _ in range(3):
        desktop.press_keys("Tab")
        reached = reached or has_focus(desktop, "device_list")
    check(reached, "Tab goes from the buttons above the list into the list")


def mapped_import(desktop, plan):
    desktop.get("columns_confirm")
    desktop.picture("devices_columns")
    desktop.choose("column:Bezeichnung", "Name")
    desktop.choose("column:Typ", "Model number")
    desktop.choose("column:Geraet", "Serial number")
    check(not desktop.nameless(), "every control of the mapping has a name")
    desktop.press("columns_confirm")
    desktop.get("import_changes")
    desktop.picture("devices_preview")
    check(not desktop.nameless(), "every control of the preview has a name")
    before = len(records(plan, "device"))
    desktop.press("import_confirm")
    desktop.wait_for(lambda: len(records(plan, "device")) == before + 2, 10, "the devices in the file")
    check({d["serial"] for d in records(plan, "device")} >= {"SN0001", "SN0002"}, "columns that nobody knew are imported by what a person says of them")
    mappings = records(plan, "column_mapping")
    check(len(mappings) == 1 and "Typ=model_number" in mappings[0]["columns"], "what was said is remembered")


def menu_import(desktop, plan, folder):
    """File > Import asks and shows as the page does, and remembers what was said of the columns."""
    path = os.path.join(folder, "more.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("Bezeichnung;Hersteller;Typ;Geraet\nKeller;Keeper;KX220;SN0003\n")
    before = len(records(plan, "device"))
    for answer in ("import_cancel", "import_confirm"):
        desktop.press_menu("Import…")
        desktop.choose_file(path)
        desktop.get("import_changes")
        check(len(records(plan, "device")) == before, "the menu's import shows first what it would change")
        desktop.press(answer)
        desktop.wait_for(lambda: desktop.find(key="import_changes") is None, 5, "the preview to go")
    desktop.wait_for(lambda: [d for d in records(plan, "device") if d["serial"] == "SN0003" and d["model_number"] == "KX220"], 10, "the device of the second list")
    check(len(records(plan, "device")) == before + 1, "what was said of a list's columns holds for the next one, chosen in the menu")


def typed_values_stay(desktop, plan, folder):
    """What a person typed stays where a list says otherwise, unless the box is ticked; and joined lines are told."""
    cli("set", plan, "device", "Keller", "model_number=TYPED")
    path = os.path.join(folder, "twice.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("Bezeichnung;Hersteller;Typ;Geraet\nKeller;Keeper;KX221;SN0003\nNeu;Keeper;KX9;SN0009\nNeu;Keeper;KX9;SN0009\nFremd;Other;ZZ1;SN0009\n")
    number = lambda: next(d["model_number"] for d in records(plan, "device") if d["serial"] == "SN0003")
    for take, expected in ((False, "TYPED"), (True, "KX221")):
        desktop.press_menu("Import…")
        desktop.choose_file(path)
        desktop.get("import_changes")
        remarks = desktop.text_of("import_remarks")
        check("kept: you typed “TYPED”" in remarks and "line 3, line 4" in remarks, "the preview tells what it keeps and which lines it joins")
        check("SN0009" in remarks and "manufacturer" in remarks, "the preview tells which lines share a serial number and are two devices")
        if take:
            desktop.press("import_take_list")
            desktop.wait_for(lambda: "replaced: you typed “TYPED”" in desktop.text_of("import_remarks"), 5, "the remark that it is replaced")
        else:
            desktop.picture("devices_kept")
            check(not desktop.nameless(), "every control of the preview has a name")
        desktop.press("import_confirm")
        desktop.wait_for(lambda: desktop.find(key="import_changes") is None, 5, "the preview to go")
        desktop.wait_for(lambda: number() == expected, 5, "the model number " + expected)
    check(len([d for d in records(plan, "device") if d["serial"] == "SN0009"]) == 2, "two makes with one serial number both stay")


def questions(desktop, plan):
    tab(desktop, 1)
    desktop.get("question_list")
    desktop.picture("devices_questions")
    key = "site_plugs_count:" + records(plan, "site")[0]["id"]
    check(desktop.get(key), "a place is asked for its plugs as a whole")
    check(desktop.find(key="drawing:apple-two-prong-slot") is not None, "a drawing shows where to look")
    check("slid off" in (desktop.get("drawing:apple-two-prong-slot").get_name() or ""), "the drawing says in words what it shows")
    desktop.press("unknown:" + key)
    put_off = desktop.wait_for(lambda: [a for a in records(plan, "attribute") if a["name"] == "site_plugs_count"], 5, "the answer")
    check(put_off[0]["value"] == "" and put_off[0]["seen_on"], "“I don't know” is kept as an answer that leaves the question open")
    desktop.choose("question_filter", "Nobody knows")
    desktop.get(key)
    desktop.type_text(key, "3")
    desktop.press("question_subject")  # leaves the question, so that what was typed is written
    desktop.wait_for(lambda: [a for a in records(plan, "attribute") if a["name"] == "site_plugs_count" and a["value"] == "3"], 5, "the number")
    print("ok: a number typed is kept when the page is left")


def entries(desktop, key):
    menu = desktop.get(key).get_child_at_index(0)
    return [menu.get_child_at_index(index).get_name() for index in range(menu.get_child_count())]


def serve(folder):
    """The folder on a free port of this computer."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    handler.log_message = lambda *_: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def fetched(desktop, plan):
    """Fetches until the window has seen the feed's new address."""
    desktop.press("recall_fetch")
    time.sleep(1.5)
    return len(records(plan, "recall")) == 2


def recalls(desktop, plan, folder):
    feed = os.path.join(folder, "feed.json")
    with open(feed, "w", encoding="utf-8") as out:
        json.dump(FEED, out)
    server, address = serve(folder)
    cli("add", plan, "feed", "name=Our authority", "url=" + address + "/none.json")
    tab(desktop, 2)
    desktop.wait_for(lambda: "Our authority" in entries(desktop, "recall_feed"), 20, "the plan's own feed in the choice")
    desktop.choose("recall_feed", "Our authority")
    desktop.press("recall_fetch")
    desktop.wait_for(lambda: says(desktop, "status 404"), 10, "the sentence about a feed that is not there")
    check(records(plan, "recall") == [], "a feed that cannot be fetched changes nothing and says why")
    cli("set", plan, "feed", records(plan, "feed")[0]["id"], "url=" + address + "/feed.json")
    time.sleep(0.5)
    desktop.wait_for(lambda: fetched(desktop, plan), 30, "the candidates")
    server.shutdown()
    desktop.get("recall_accept")
    desktop.picture("devices_recalls")
    check(says(desktop, "Why it may concern you"), "a candidate says why it may concern the business")
    decisions = lambda: sorted(str(r["decision"]) for r in records(plan, "recall"))  # noqa: E731
    desktop.press("recall_accept")
    desktop.wait_for(lambda: "accepted" in decisions(), 5, "the acceptance")
    check(says(desktop, "a task on the checklist"), "the window says that accepting made a task")
    check([t["rule_id"][:7] for t in records(plan, "task")] == ["recall:"] and records(plan, "task")[0]["due_on"], "an accepted recall is a task with its day at once, and nothing else is")
    desktop.press(name="Undo")
    desktop.wait_for(lambda: "accepted" not in decisions(), 5, "the acceptance to be taken back")
    check(records(plan, "task") == [], "the task goes with the acceptance that is taken back")
    desktop.press("recall_accept")
    desktop.wait_for(lambda: "accepted" in decisions(), 5, "the acceptance, again")
    desktop.press("recall_dismiss")
    desktop.wait_for(lambda: decisions() == ["accepted", "dismissed"], 5, "the dismissal")
    print("ok: one recall is accepted and one dismissed")
    desktop.press(name="Undo")
    desktop.wait_for(lambda: "dismissed" not in decisions(), 5, "the dismissal to be taken back")
    print("ok: a decision can be undone")
    findings = json.loads(cli("check", plan, "--pack", "recalls", "--json").stdout)
    check(any("26-606" in json.dumps(f) or "26-607" in json.dumps(f) for f in findings), "an accepted recall is a finding about the device")


def checklist(desktop, plan):
    """What one device asks for goes on the checklist, of no other, and can be taken back."""
    desktop.type_text("device_filter", "Old Mac")
    desktop.wait_for(lambda: rows(desktop, "device_list") == 1, 5, "the one device that the filter leaves")
    print("ok: the list of devices can be filtered by what they are called")
    before = records(plan, "task")
    desktop.press("device_sync")
    desktop.wait_for(lambda: len(records(plan, "task")) > len(before), 10, "the tasks of the device")
    device = next(d["id"] for d in records(plan, "device") if d["name"] == "Old Mac")
    known = {t["id"] for t in before}
    check({t["subject_id"] for t in records(plan, "task") if t["id"] not in known} == {device}, "only what concerns this device is put on the checklist")
    desktop.press("undo")
    desktop.wait_for(lambda: len(records(plan, "task")) == len(before), 10, "the tasks to be taken back")
    print("ok: what was put on the checklist can be taken back")
    desktop.type_text("device_filter", "")
    desktop.wait_for(lambda: rows(desktop, "device_list") > 1, 5, "every device again")


def rows(desktop, key):
    return desktop.get(key).get_table_iface().get_n_rows()


def main():
    with tempfile.TemporaryDirectory() as folder:
        plan = os.path.join(folder, "devices.mainstay")
        cli("new", plan, "--name", "Devices")
        for site in records(plan, "site"):
            cli("remove", plan, site["id"])
        cli("add", plan, "site", "name=Shop", "region=australia")
        shop = records(plan, "site")[0]["id"]
        cli("add", plan, "device", "name=Old Mac", "kind=laptop", "brand=Apple", "model=MacBook Air", "purchased_on=2012-05-01", "site_id=" + shop)
        path = os.path.join(folder, "assets.csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write("Bezeichnung;Hersteller;Typ;Geraet\nLager;Keeper;KX218;SN0001\nBuero;Keeper;KX219;SN0002\n")
        with Desktop([plan, "--import", path], {"MAINSTAY_AUTHOR": "Mina Park"}) as desktop:
            mapped_import(desktop, plan)
            menu_import(desktop, plan, folder)
            typed_values_stay(desktop, plan, folder)
            desktop.get("device_list", seconds=20)
            check(not desktop.nameless(), "every control of the device list has a name")
            tab_order(desktop)
            questions(desktop, plan)
            recalls(desktop, plan, folder)
            tab(desktop, 0)
            desktop.get("device_list")
            check(says(desktop, "What leans on it"), "a device says what leans on it")
            checklist(desktop, plan)
            check(len([t for t in records(plan, "task") if t["rule_id"].startswith("recall:")]) == 1, "the task of the accepted recall is there once")
            check(not desktop.nameless(), "every control still has a name")


main()

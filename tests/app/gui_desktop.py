# SPDX-License-Identifier: MIT
"""Drives the real desktop program through AT-SPI, as a screen reader sees it."""
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Atspi, Gdk, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)

PROGRAM, CLI = sys.argv[1:3]  # the two programs that every test of the desktop is started with
TOOLKITS_OWN = ("gtk_notebook_get_tab_label: assertion 'list != NULL'",)  # where a tab goes while somebody listens: GTK tells so of its label, and looks for it among the tabs that are left
FILE_DIALOGS_OWN = ("gdk_window_get_window_type", "'GtkToplevelAccessible'", "gtk_accessible_get_widget")  # printed where the desktop's own file dialog was open
FOCUSABLE_ROLES_IGNORED = {"frame", "window", "application", "table cell", "menu bar"}


def check(condition, sentence):
    if not condition:
        raise AssertionError(sentence)
    print("ok:", sentence)


def cli(*words):
    """What the command line prints for these words, which must succeed."""
    return subprocess.run([CLI, *words], capture_output=True, text=True, check=True).stdout.strip()


def records(plan, kind):
    return json.loads(cli("show", plan, kind, "--json"))


def until(look, what, seconds=8):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


class Desktop:
    """One running program and what stands in its windows."""

    def __init__(self, arguments, environment=None):
        env = dict(os.environ, **(environment or {}))
        self.file_dialogs = 0
        self.said = tempfile.TemporaryFile("w+")  # what it prints; no pipe, which would stop it once full
        self.process = subprocess.Popen([PROGRAM, *arguments], env=env, stderr=self.said)
        self.application = self.wait_for(self._find_application, 20, "the program on the accessibility bus")

    def __enter__(self):
        return self

    def __exit__(self, kind, problem, trace):
        if kind is not None:
            self.picture(os.path.splitext(os.path.basename(sys.argv[0]))[0] + "_failed")
        self.close()
        if kind is None:
            check(not self.complaints(), "the toolkit has nothing to complain of" + "".join("\n  " + line for line in self.complaints()))

    def complaints(self):
        """The warnings that the toolkit printed, without those of its own making."""
        own = TOOLKITS_OWN + (FILE_DIALOGS_OWN if self.file_dialogs else ())
        self.said.seek(0)
        return [line.strip() for line in self.said if ("WARNING **" in line or "CRITICAL **" in line) and not any(words in line for words in own)]

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def pump(self):
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)

    def wait_for(self, look, seconds=10, what="something"):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode} while waiting for {what}")
            try:
                self.pump()
                found = look()
                if found:
                    return found
            except GLib.Error:
                pass  # the object went while we looked at it
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s in vain for {what}")

    def walk(self, node=None, showing=True):
        """Every accessible object below a node, those that are not on show left out."""
        node = node or self.application
        for index in range(node.get_child_count()):
            try:
                child = node.get_child_at_index(index)
                if child is None:
                    continue
                child.clear_cache()
                if showing and not child.get_state_set().contains(Atspi.StateType.VISIBLE):
                    continue
                yield child
                if child.get_role_name() not in ("combo box", "table", "tree table"):
                    yield from self.walk(child, showing)
            except GLib.Error:
                continue

    def find(self, key=None, name=None, role=None):
        for node in self.walk():
            if key is not None and node.get_accessible_id() != key:
                continue
            if name is not None and node.get_name() != name:
                continue
            if role is not None and node.get_role_name() != role:
                continue
            if not node.get_state_set().contains(Atspi.StateType.SHOWING):
                continue
            return node
        return None

    def get(self, key=None, name=None, role=None, seconds=10):
        return self.wait_for(lambda: self.find(key, name, role), seconds, f"control {key or name or role}")

    def press(self, key=None, name=None, role=None):
        node = self.get(key, name, role)
        self.wait_for(lambda: node.get_state_set().contains(Atspi.StateType.SENSITIVE), 5, f"{key or name} to be enabled")
        action = node.get_action_iface()
        assert action and action.do_action(0), f"{key or name} could not be pressed"
        self.settle()

    def type_text(self, key, text):
        node = self.get(key)
        editable = node.get_editable_text_iface()
        assert editable and editable.set_text_contents(text), f"{key} takes no text"
        self.settle()

    def text_of(self, key):
        node = self.get(key)
        return Atspi.Text.get_text(node, 0, -1)

    def choose(self, key, words):
        """Picks an entry of a closed list by its words."""
        node = self.get(key)
        menu = node.get_child_at_index(0)
        for index in range(menu.get_child_count()):
            entry = menu.get_child_at_index(index)
            if entry.get_name() == words:
                selection = node.get_selection_iface()
                assert selection.select_child(index), f"{key} does not take {words}"
                self.settle()
                return
        raise AssertionError(f"{key} has no entry {words}")

    def select_row(self, key, index):
        """Selects a row of a list box."""
        node = self.get(key)
        row = node.get_child_at_index(index)
        assert row, f"{key} has no row {index}"
        table = node.get_table_iface()
        assert table.is_row_selected(index) or table.add_row_selection(index), f"{key} does not take row {index}"
        self.settle()

    def press_keys(self, *names):
        """Presses keys together, such as "Control_L", "l", as a hand does."""
        display = Gdk.Display.get_default()
        codes = [Gdk.Keymap.get_for_display(display).get_entries_for_keyval(Gdk.keyval_from_name(name))[1][0].keycode for name in names]
        for code in codes:
            Atspi.generate_keyboard_event(code, None, Atspi.KeySynthType.PRESS)
        for code in reversed(codes):
            Atspi.generate_keyboard_event(code, None, Atspi.KeySynthType.RELEASE)
        self.settle()

    def press_menu(self, words):
        """Takes the entry of the menu bar that begins with these words."""
        entry = self.wait_for(lambda: next((n for n in self.walk(showing=False) if n.get_role_name() == "menu item" and (n.get_name() or "").startswith(words)), None), 10, f"the menu's {words}")
        assert entry.get_action_iface().do_action(0), f"{words} could not be taken"
        self.settle()

    def choose_file(self, path):
        """Answers the desktop's own file dialog by a path, typed."""
        self.wait_for(lambda: self.find(role="file chooser"), 10, "the file dialog")
        self.file_dialogs += 1
        time.sleep(0.5)
        self.press_keys("Control_L", "l")
        Atspi.generate_keyboard_event(0, path, Atspi.KeySynthType.STRING)
        self.settle()
        self.press_keys("Return")
        self.wait_for(lambda: self.find(role="file chooser") is None, 10, "the file dialog to go")

    def settle(self):
        time.sleep(0.15)
        self.pump()

    def nameless(self):
        """Focusable controls on show without a name, as readable lines."""
        missing = []
        for node in self.walk():
            states = node.get_state_set()
            role = node.get_role_name()
            if role in FOCUSABLE_ROLES_IGNORED or not states.contains(Atspi.StateType.SHOWING) or not states.contains(Atspi.StateType.FOCUSABLE):
                continue
            if not (node.get_name() or "").strip():
                missing.append(f"{role} id={node.get_accessible_id()!r} under {parents(node)}")
        return missing

    def labels(self):
        return [node.get_name() for node in self.walk() if node.get_role_name() == "label" and node.get_name()]

    def picture(self, name):
        folder = os.environ.get("MAINSTAY_PICTURES")
        if folder:
            time.sleep(0.4)
            subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")], check=False)

    def close(self):
        """Ends the program as closing its window does; returns its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


def parents(node):
    names = []
    while node is not None and len(names) < 6:
        node = node.get_parent()
        if node is not None:
            names.append(f"{node.get_role_name()}:{node.get_name() or node.get_accessible_id() or ''}")
    return " < ".join(names)


def fail(message):
    print(f"FAILED: {message}")
    sys.exit(1)

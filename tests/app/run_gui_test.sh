#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a command on a display of its own with a session bus, the accessibility bus and a window manager; what it started ends with it.
# usage: run_gui_test.sh SECONDS COMMAND [ARGUMENT...]
if [ "$1" = "--inside" ]; then
  shift
  seconds=$1
  shift
  openbox --sm-disable >/dev/null 2>&1 &
  manager=$!
  trap 'kill "$manager" 2>/dev/null' EXIT
  gsettings set org.gnome.desktop.interface toolkit-accessibility true >/dev/null 2>&1
  sleep 0.5
  timeout --kill-after=5 "$seconds" "$@"
  exit $?
fi
seconds=$1
shift
for tool in xvfb-run dbus-run-session openbox python3; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run"
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
export GDK_BACKEND=x11 NO_AT_BRIDGE=0 GTK_MODULES="" LC_ALL=C.UTF-8 GSETTINGS_BACKEND=memory
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
xvfb-run -a -s "-screen 0 ${SCREEN:-1400x900x24} -nolisten tcp" dbus-run-session -- "$0" --inside "$seconds" "$@"

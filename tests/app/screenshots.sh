#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Pictures of every page of the desktop on the sample client: light, dark, double scale, double text.
# usage: screenshots.sh FOLDER [MODE...]     modes: light dark scale2 text2 (default: light dark)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd); shift
modes=("$@"); [ ${#modes[@]} -gt 0 ] || modes=(light dark)
program=${MAINSTAY_PROGRAM:-$root/build/app/gui/mainstay} cli=${MAINSTAY_CLI:-$root/build/app/cli/mainstay-cli}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export MAINSTAY_AUTHOR="Mia Castellano"
"$cli" new "$work/sample.mainstay" --template sample >/dev/null
python3 "$root/tests/app/month_of_readings.py" "$work/readings.json" now
"$cli" import "$work/sample.mainstay" "$work/readings.json" >/dev/null
"$cli" probe "$work/sample.mainstay" >/dev/null || true
"$cli" check "$work/sample.mainstay" --sync >/dev/null || true
for mode in "${modes[@]}"; do
  size=1280x800x24
  unset GTK_THEME GDK_SCALE GDK_DPI_SCALE
  case $mode in
    dark) export GTK_THEME=Adwaita:dark ;;
    scale2) export GDK_SCALE=2; size=2560x1600x24 ;;
    text2) export GDK_DPI_SCALE=2 ;;
  esac
  SCREEN=$size SHOTS_PREFIX="$out" SHOTS_MODE=$mode "$root/tests/app/run_gui_test.sh" 240 python3 "$root/tests/app/screenshots.py" "$program" "$work/sample.mainstay"
done

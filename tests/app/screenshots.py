# SPDX-License-Identifier: MIT
"""One picture per page: opens the program on each page in turn and keeps what the display shows."""
import os
import subprocess
import sys
import time

program, plan = sys.argv[1:3]
pages = sys.argv[3:] or ["today", "wizard", "activities", "dependencies", "people", "resources", "risks", "checklist", "backups", "devices", "audit",
                         "procedures", "scenarios", "incidents", "reports", "history", "records"]
folder, mode = os.environ["SHOTS_PREFIX"], os.environ["SHOTS_MODE"]
for page in pages:
    print(page, flush=True)
    process = subprocess.Popen([program, plan, "--page", page])
    time.sleep(float(os.environ.get("SHOTS_WAIT", "3")))
    subprocess.run(["import", "-window", "root", f"{folder}/{page}-{mode}.png"], check=True)
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()

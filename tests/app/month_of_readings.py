# SPDX-License-Identifier: MIT
"""Five weeks of readings of the sample client's three backups, as they come out of a shop: hourly copies while the shop is open, a NAS that was off for a night,
a laptop whose backup died, a nightly online backup that missed two nights. Deterministic: the same for the same day.

usage: month_of_readings.py OUT.json [DAY|now]      the newest reading is of 12:20 UTC on DAY (default 2026-11-24), or of the last hour
"""
import datetime
import json
import sys

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Month:
    def __init__(self, last_day, days=36):
        self.end = last_day if isinstance(last_day, datetime.datetime) else datetime.datetime.combine(last_day, datetime.time(12, 20))
        self.begin = self.day(days, 0, 20)
        self.readings = []

    def day(self, ago, hour=0, minute=0):
        return datetime.datetime.combine(self.end.date() - ago * DAY, datetime.time(hour, minute))

    def add(self, probe, backup, at, point, **more):
        number = len(self.readings)
        reading = {"uuid": f"00000000-0000-4000-8000-{number:012}", "probe": probe, "backup": backup, "outcome": "read", "read_at": text(at), "alarm": False}
        if point:
            reading.update(last_attempt=text(point), last_point=text(point))
        reading.update(more)
        self.readings.append(reading)

    def hours(self, every=1):
        at = self.begin
        while at <= self.end:
            yield at
            at += every * HOUR

    def free(self, at):
        """Space on the NAS: it shrinks by eight gigabytes a day, with some noise."""
        days = (self.end - at).total_seconds() / 86400
        return int((118 + 8 * days + 0.9 * ((at.day * 7 + at.hour) % 5)) * 1e9)

    def till(self):
        points = 300
        point = None
        off_from, off_to = self.day(13, 14), self.day(12, 9)
        for at in self.hours():
            copied = at.replace(minute=5)
            if at.weekday() < 6 and 8 <= at.hour <= 18 and not off_from <= copied < off_to:
                point, points = copied, points + 1
            if off_from <= at < off_to:
                self.add("probe-till", "till-to-nas", at, None, outcome="unreadable", detail="The NAS did not answer within 30 seconds.")
            elif point:
                self.add("probe-till", "till-to-nas", at, point, item="Till iMac", history_count=points, bytes_free=self.free(at), bytes_total=2_000_000_000_000)

    def office(self):
        died = self.day(9, 16)
        points, point = 80, None
        off_from, off_to = self.day(13, 14), self.day(12, 9)
        for at in self.hours():
            copied = at.replace(minute=12)
            if at.weekday() < 5 and 9 <= at.hour <= 17 and copied < died and not off_from <= copied < off_to:
                point, points = copied, points + 1
            if off_from <= at < off_to:
                self.add("probe-office", "office-to-nas", at, None, outcome="unreadable", detail="The NAS did not answer within 30 seconds.")
            elif point:
                self.add("probe-office", "office-to-nas", at, point, item="Office MacBook", history_count=points, bytes_free=self.free(at), bytes_total=2_000_000_000_000)

    def accounts(self):
        missed = {self.day(20).date(), self.day(6).date()}
        points, point = 40, None
        for at in self.hours(4):
            night = self.begin.replace(hour=2, minute=58)
            while night <= at:
                if night.date() not in missed:
                    newest = night
                night += DAY
            if self.begin.replace(hour=2, minute=58) > at:
                continue
            if newest != point:
                point, points = newest, points + 1
            self.add("probe-accounts", "accounts-crashplan", at, point, item="HARBOUR-ACCOUNTS", history_count=points)


def last_hour():
    """Twenty past the hour, the last time it was."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return (now if now.minute >= 20 else now - HOUR).replace(minute=20, second=0, microsecond=0)


def month(last_day):
    made = Month(last_day)
    made.till()
    made.office()
    made.accounts()
    return {"format": "mainstay-readings", "version": 1, "business": "Harbour", "readings": made.readings}


if __name__ == "__main__":
    word = sys.argv[2] if len(sys.argv) > 2 else "2026-11-24"
    last = last_hour() if word == "now" else datetime.date.fromisoformat(word)
    with open(sys.argv[1], "w") as out:
        json.dump(month(last), out)

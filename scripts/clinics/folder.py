"""A clinic folder: CSV tables in plain spellings, and the words for times, dates and hours.

Times are minutes from Monday 00:00 of the planned week.
"""

import csv
import datetime
import os

DAY = 24 * 60
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

# Every table, with its columns in the order in which they are written.
TABLES = {
    "program.csv": ["setting", "value"],
    "services.csv": [
        "service_id", "name", "format", "category", "minutes", "min_size", "max_size", "leaders",
        "notes_minutes", "credentials", "room_features", "mode", "tags", "membership",
        "counts_hours", "weekly_max", "sessions_min", "sessions_max", "starts"],
    "patients.csv": [
        "patient_id", "name", "min_hours", "max_hours", "min_days", "max_days", "phase", "admitted",
        "discharged", "tags", "primary_therapist", "telehealth", "payer", "priority"],
    "phases.csv": [
        "phase", "from_week", "to_week", "min_hours", "max_hours", "min_days", "max_days"],
    "payers.csv": ["payer", "name", "day_min_hours", "day_min_services", "citation"],
    "therapists.csv": ["therapist_id", "name", "credentials", "max_hours_day", "max_hours_week"],
    "rooms.csv": ["room_id", "name", "capacity", "features"],
    "requirements.csv": [
        "applies_to", "service", "min_sessions", "max_sessions", "every_weeks", "first_week"],
    "availability.csv": ["kind", "id", "day", "start", "end", "preference"],
    "exceptions.csv": ["kind", "id", "date", "until", "start", "end", "effect"],
    "apart.csv": ["patient_id", "apart_from"],
    "fixed.csv": [
        "service_id", "day", "start", "therapist_id", "room_id", "patient_id", "week"],
}


def clock(minute):
    """HH:MM of a minute of a day (24:00 at its end)."""
    return "%02d:%02d" % divmod(minute, 60)


def day_of(minute):
    return minute // DAY


def hours(minutes):
    """Hours as a plain decimal: 90 is '1.5'."""
    return ("%d.%02d" % (minutes // 60, minutes % 60 * 100 // 60)).rstrip("0").rstrip(".")


def cell(items):
    """A list in one cell."""
    return ";".join(str(item) for item in items)


def monday_of(week):
    """The Monday of an ISO week such as 2026-W49."""
    year, number = week.upper().split("-W")
    return datetime.date.fromisocalendar(int(year), int(number), 1)


def week_after(week, n):
    """The ISO week n weeks after this one (before it, if n is negative)."""
    year, number, _ = (monday_of(week) + datetime.timedelta(days=7 * n)).isocalendar()
    return "%04d-W%02d" % (year, number)


def date_of(week, day):
    """The ISO date of a day of the week (0 is Monday; below 0 and above 6 too)."""
    return (monday_of(week) + datetime.timedelta(days=day)).isoformat()


class Folder:
    """The rows of all tables of one clinic; written in one go."""

    def __init__(self, about=()):
        self.about = list(about)
        self.tables = {name: [] for name in TABLES}

    def add(self, table, /, **row):
        unknown = [column for column in row if column not in TABLES[table]]
        assert not unknown, (table, unknown)
        self.tables[table].append(row)

    def setting(self, name, value):
        self.add("program.csv", setting=name, value=value)

    def write(self, path):
        os.makedirs(path, exist_ok=True)
        for name, columns in TABLES.items():
            target = os.path.join(path, name)
            rows = self.tables[name]
            if rows or name == "program.csv":
                about = self.about if name == "program.csv" else ()
                write_table(target, columns, rows, about)
            elif os.path.exists(target):
                os.remove(target)


def write_table(path, columns, rows, about=(), line_end="\n"):
    """Writes the columns that any row uses; `about` lines stand above them as comments."""
    used = [c for c in columns if any(row.get(c, "") not in ("", None) for row in rows)]
    with open(path, "w", encoding="utf-8", newline="") as out:
        for line in about:
            out.write(("# " + line).rstrip().replace(",", ";") + line_end)
        writer = csv.writer(out, lineterminator=line_end)
        writer.writerow(used or columns)
        for row in rows:
            writer.writerow(["" if row.get(c) is None else row.get(c, "") for c in used])

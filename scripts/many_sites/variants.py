"""What-if variants: a clinic with a few things changed.

A variant is a name and changes, separated by blanks:
  staff=0.9           every therapist's max_hours_day and max_hours_week, times this
  rooms=-1            so many rooms fewer: those of least capacity, on a tie the last listed
  without=ID          without this therapist or room
  SETTING=VALUE       a row of program.csv, such as visit_min_hours=3
"""

import csv
import os
import shutil
from fractions import Fraction

from many_sites.tables import Table, list_cell

MAX_HOURS = {"max_hours_day": "8", "max_hours_week": "40"}  # and their defaults


class BadVariant(Exception):
    """A change that cannot be made to this clinic, in words."""


def read_variants(path):
    """[(name, changes)] of a file with the columns variant and changes; without one, the clinics
    as they are."""
    if path is None:
        return [("base", "")]
    with open(path, encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines) if row and not row[0].startswith("#")]
    found = [(row[0].strip(), row[1].strip() if len(row) > 1 else "") for row in rows[1:]]
    if not rows or [cell.strip() for cell in rows[0]] != ["variant", "changes"] or not found:
        raise BadVariant("'%s' needs the columns variant,changes and a row" % path)
    for _, changes in found:
        parse(changes)
    return found


def parse(changes):
    """[(name, value)] of "staff=0.9 without=T03"."""
    pairs = [word.partition("=")[::2] for word in changes.split()]
    for name, value in pairs:
        if not name or not value:
            raise BadVariant("'%s' is no change: NAME=VALUE expected" % changes)
        if name == "staff":
            share_of(value)
        if name == "rooms" and not (value[0] == "-" and value[1:].isdigit()):
            raise BadVariant("rooms=%s: -1, -2 ... expected" % value)
    return pairs


def share_of(text):
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 <= share <= 10:
        raise BadVariant("staff=%s: a share such as 0.9 expected" % text)
    return share


def quarter_hours(hours):
    """Rounded down to a quarter of an hour, as a plain decimal."""
    quarters = hours * 4 // 1
    return ("%d.%02d" % (quarters // 4, quarters % 4 * 25)).rstrip("0").rstrip(".")


def cut_staff(folder, share):
    table = Table(folder, "therapists.csv")
    for row in table.rows:
        for column, default in MAX_HOURS.items():
            text = table.get(row, column) or default
            try:
                hours = Fraction(text.replace(",", "."))
            except ValueError:
                continue  # for the program to complain about
            table.set(row, column, quarter_hours(hours * share))
    table.write(folder)


def forget(folder, kind, name):
    """Takes every mention of a therapist or room out of the tables beside its own."""
    for file in ("availability.csv", "exceptions.csv"):
        table = Table(folder, file)
        if table.exists and table.keep(
                lambda row: (table.get(row, "kind").lower(), table.get(row, "id")) != (kind, name)):
            table.write(folder)
    clear(folder, "fixed.csv", kind + "_id", name)
    if kind == "therapist":
        clear(folder, "patients.csv", "primary_therapist", name)
        table = Table(folder, "apart.csv")
        if table.exists and table.keep(lambda row: table.get(row, "apart_from") != name):
            table.write(folder)


def clear(folder, file, column, name):
    table = Table(folder, file)
    changed = False
    for row in table.rows:
        items = table.items(row, column)
        if name in items:
            table.set(row, column, list_cell([item for item in items if item != name]))
            changed = True
    if changed:
        table.write(folder)


def remove(folder, name):
    for kind in ("therapist", "room"):
        table = Table(folder, kind + "s.csv")
        if table.keep(lambda row: table.get(row, kind + "_id") != name):
            table.write(folder)
            forget(folder, kind, name)
            return
    raise BadVariant("no therapist or room '%s'" % name)


def remove_rooms(folder, n):
    table = Table(folder, "rooms.csv")
    if n > len(table.rows):
        raise BadVariant("%d rooms fewer, of %d" % (n, len(table.rows)))

    def size(row):
        text = table.get(row, "capacity")
        return int(text) if text.isdigit() else 0
    for row in sorted(reversed(table.rows), key=size)[:n]:
        remove(folder, table.get(row, "room_id"))


def set_setting(folder, name, value):
    table = Table(folder, "program.csv")
    if not table.exists:
        table.columns = ["setting", "value"]
    table.keep(lambda row: table.get(row, "setting").lower() != name.lower())
    row = []
    table.set(row, "setting", name)
    table.set(row, "value", value)
    table.rows.append(row)
    table.write(folder)


def make_variant(clinic, changes, folder):
    """Copies a clinic's CSV files into a new folder, private, and makes the changes there."""
    os.makedirs(folder, mode=0o700)
    for name in sorted(os.listdir(clinic)):
        if name.endswith(".csv"):
            shutil.copyfile(os.path.join(clinic, name), os.path.join(folder, name))
    for name, value in parse(changes):
        if name == "staff":
            cut_staff(folder, share_of(value))
        elif name == "rooms":
            remove_rooms(folder, int(value[1:]))
        elif name == "without":
            remove(folder, value)
        else:
            set_setting(folder, name, value)

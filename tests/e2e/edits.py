"""Edits of a clinic's files."""

import csv
import pathlib
import shutil


def table(path):
    """(columns, rows) of a CSV file without its comments; empty if there is none."""
    if not path.exists():
        return [], []
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    read = csv.DictReader(lines)
    return list(read.fieldnames), list(read)


def write_table(path, rows, columns=None):
    """columns: those of the rows, unless given."""
    columns = columns or list(dict.fromkeys(column for row in rows for column in row))
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, restval="")
        out.writeheader()
        out.writerows(rows)


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def make_edit(folder, edit):
    """One that explain tells."""
    path = pathlib.Path(folder) / edit["file"]
    columns, rows = table(path)
    columns += [column for column in edit["row"] if column not in columns]
    there = [row for row in rows if edit["key"] and
             all(row.get(column) == edit["row"][column] for column in edit["key"])]
    if there:
        there[0].update(edit["row"])
        rows = [row for row in rows if all(row is not other for other in there[1:])]
    else:
        rows.append(dict(edit["row"]))
    write_table(path, rows, columns)


def made(clinic, folder, remedy):
    """A copy of the clinic with the remedy made, and what makes it the patient's if it is contested."""
    shutil.copytree(clinic, folder)
    for edit in remedy["edits"]:
        make_edit(folder, edit)
    return folder

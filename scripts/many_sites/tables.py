"""A clinic's tables as they stand in its files, whatever spreadsheet wrote them: read, changed in a
few cells and written again with the separator they came with. Comments and blank lines go."""

import csv
import os

SEPARATORS = ",;\t"
csv.field_size_limit(1 << 26)


def _meaningful(row):
    return any(cell.strip() for cell in row) and not row[0].strip().startswith("#")


def _separator(lines):
    """The most frequent one of the header line, comma on a tie."""
    for line in lines:
        cells = line.strip().strip(SEPARATORS).strip()
        if cells and not line.strip().strip('"').startswith("#"):
            return max(SEPARATORS, key=line.count)
    return ","


class Table:
    """A header and rows of cells. A file that is not there is a table without rows or columns."""

    def __init__(self, folder, name):
        self.path = os.path.join(folder, name)
        self.exists = os.path.exists(self.path)
        self.separator, self.columns, self.rows = ",", [], []
        if self.exists:
            self._read()

    def _read(self):
        # bytes that are no UTF-8 come out as they went in, for the program to complain about
        with open(self.path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            lines = file.readlines()
        self.separator = _separator(lines)
        rows = [row for row in csv.reader(lines, delimiter=self.separator)
                if row and _meaningful(row)]
        if rows:
            self.columns = [cell.strip().lower() for cell in rows[0]]
            self.rows = rows[1:]

    def get(self, row, column):
        """The cell without spaces around it; empty where there is none."""
        at = self.columns.index(column) if column in self.columns else len(row)
        return row[at].strip() if at < len(row) else ""

    def set(self, row, column, value):
        """Sets a cell; a column that is not there yet is added."""
        if column not in self.columns:
            self.columns.append(column)
        at = self.columns.index(column)
        row.extend([""] * (at + 1 - len(row)))
        row[at] = value

    def items(self, row, column):
        """The cell as a list."""
        parts = self.get(row, column).replace("|", ";").split(";")
        return [part.strip() for part in parts if part.strip()]

    def keep(self, wanted):
        """Drops the rows of which wanted(row) is false; returns how many."""
        before = len(self.rows)
        self.rows = [row for row in self.rows if wanted(row)]
        return before - len(self.rows)

    def write(self, folder):
        path = os.path.join(folder, os.path.basename(self.path))
        with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as out:
            writer = csv.writer(out, delimiter=self.separator, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(self.rows)


def list_cell(items):
    """A list in one cell, in a spelling that every separator allows."""
    return "|".join(items)

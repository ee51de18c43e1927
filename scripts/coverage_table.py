#!/usr/bin/env python3
"""From what gcovr wrote into FOLDER (summary.json, reached.json): table.txt, a row a source file, and
missed.txt, the lines and branches not reached; prints the rows below the aims, and the sum. Exits
with 1 if the sum is below the aims.   coverage_table.py FOLDER"""

import json
import pathlib
import sys

LINES, BRANCHES = 95, 85  # per cent, of all files together
ROW = "%-36s %11s %6.1f %% %13s %6.1f %%"


def share(covered, total):
    return 100 * covered / total if total else 100.0


def row(name, told):
    lines, branches = ((told[kind + "_covered"], told[kind + "_total"])
                       for kind in ("line", "branch"))
    return ROW % (name, "%d/%d" % lines, share(*lines), "%d/%d" % branches, share(*branches))


def below(told):
    return (share(told["line_covered"], told["line_total"]) < LINES or
            share(told["branch_covered"], told["branch_total"]) < BRANCHES)


def missed(file):
    """A row for each line that was not reached, or not in all its branches."""
    source = pathlib.Path(file["file"]).read_text(encoding="utf-8").splitlines()
    for line in file["lines"]:
        ways = [b["count"] for b in line["branches"]]
        if line.get("gcovr/noncode") or (line["count"] and all(ways)):
            continue
        what = "%d of %d branches" % (ways.count(0), len(ways)) if line["count"] else "line"
        yield "%s:%d: %s: %s" % (file["file"], line["line_number"], what,
                                 source[line["line_number"] - 1].strip())


def main():
    folder = pathlib.Path(sys.argv[1])
    told = json.loads((folder / "summary.json").read_text())
    files = json.loads((folder / "reached.json").read_text())["files"]
    rows = [row(file["filename"], file) for file in told["files"]]
    under = [row(file["filename"], file) for file in told["files"] if below(file)]
    total = row("all %d files" % len(rows), told)
    (folder / "table.txt").write_text("\n".join(rows + [total]) + "\n")
    (folder / "missed.txt").write_text("\n".join(m for f in files for m in missed(f)) + "\n")
    print("\n".join(under + [total]))
    print("%d files below %d %% of lines or %d %% of branches by themselves; see %s" %
          (len(under), LINES, BRANCHES, folder / "table.txt"))
    sys.exit(1 if below(told) else 0)


if __name__ == "__main__":
    main()

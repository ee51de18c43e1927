#!/usr/bin/env python3
"""What a soak counted: soak_counts.py FOLDER PART ...

FOLDER holds for each part PART.status ("STATUS COMMIT"), PART.log and, of tests, PART.xml, in which
tests left their counts as properties. Parts that differ after a dash alone make one row.
Exits with 1 if a part failed or was never run.
"""

import ast
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree


def add(counts, name, value):
    """Numbers are added up; so are those of a dictionary, key by key."""
    if re.fullmatch(r"\d+", value):
        counts[name] += int(value)
    elif value.startswith("{"):
        for key, number in ast.literal_eval(value).items():
            counts["%s, %s" % (name, key)] += number


def count_tests(path, counts):
    for case in ElementTree.parse(path).iter("testcase"):
        bad = case.find("failure") is not None or case.find("error") is not None
        counts["tests failed" if bad else "tests skipped" if case.find("skipped") is not None
               else "tests passed"] += 1
        for told in case.iter("property"):
            add(counts, told.get("name"), told.get("value"))


def count_fuzzing(log, counts):
    for n in re.findall(r"number_of_executed_units: *(\d+)", log):
        counts["inputs tried"] += int(n)
    for n in re.findall(r"peak_rss_mb: *(\d+)", log):
        counts["MB at most"] = max(counts["MB at most"], int(n))


def count_part(folder, part, counts):
    """(what befell it, its commit)"""
    try:
        status, commit = (folder / (part + ".status")).read_text().split()
    except OSError:
        return "not run", ""
    if (folder / (part + ".xml")).exists():
        count_tests(folder / (part + ".xml"), counts)
    count_fuzzing((folder / (part + ".log")).read_text(errors="replace"), counts)
    return "failed" if status != "0" else "", commit


def main():
    folder, parts = pathlib.Path(sys.argv[1]), sys.argv[2:]
    groups, trouble, commits = {}, [], set()
    for part in parts:
        kind = re.sub(r"-\d+$", "", part)
        befell, commit = count_part(folder, part, groups.setdefault(kind, collections.Counter()))
        commits |= {commit} if commit else set()
        trouble += ["%s: %s" % (part, befell)] if befell else []
    for kind, counts in groups.items():
        print("%-20s %s" % (kind, "; ".join("%s: %d" % item for item in counts.items())))
    print("at commit %s" % ", ".join(sorted(commits)))
    print("\n".join(trouble) or "all %d parts ended well" % len(parts))
    sys.exit(1 if trouble else 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Adds up test results: count_results.py FOLDER

FOLDER/unit holds for each unit test program NAME its exit status (NAME.status), its messages
(NAME.log) and its groups' results as cmocka writes them (NAME.GROUP.xml); FOLDER/e2e.xml is
pytest's. A program that ended badly without a failed test to show for it counts as one failed test.
Exits with 1 if anything failed or nothing ran.
"""

import glob
import os
import sys
import xml.etree.ElementTree as ElementTree


def count_xml(path):
    """(passed, failed, skipped) of a result file; None if it cannot be read."""
    try:
        cases = list(ElementTree.parse(path).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return None
    failed = sum(c.find("failure") is not None or c.find("error") is not None for c in cases)
    skipped = sum(c.find("skipped") is not None for c in cases)
    return len(cases) - failed - skipped, failed, skipped


def count_unit(folder, name):
    passed = failed = skipped = 0
    with open(os.path.join(folder, name + ".status"), encoding="ascii") as file:
        status = int(file.read())
    readable = True
    for path in sorted(glob.glob(os.path.join(folder, glob.escape(name) + ".*.xml"))):
        counts = count_xml(path)
        readable = readable and counts is not None
        more = counts or (0, 0, 0)
        passed, failed, skipped = passed + more[0], failed + more[1], skipped + more[2]
    if not readable or (status != 0 and failed == 0) or passed + failed + skipped == 0:
        failed += 1
        print("%s ended with status %d; its last lines:" % (name, status))
    if failed:
        with open(os.path.join(folder, name + ".log"), encoding="utf-8", errors="replace") as log:
            print("".join("  | " + line for line in log.readlines()[-40:]), end="")
        for path in glob.glob(os.path.join(folder, glob.escape(name) + ".*.xml")):
            print_failures(path)
    return passed, failed, skipped


def print_failures(path):
    if count_xml(path) is None:
        return
    for case in ElementTree.parse(path).iter("testcase"):
        failure = case.find("failure")
        if failure is not None:
            print("  | %s: %s" % (case.get("name"), (failure.text or "").strip()))


def main():
    folder = sys.argv[1]
    suites = []
    unit = os.path.join(folder, "unit")
    for path in sorted(glob.glob(os.path.join(unit, "*.status"))):
        name = os.path.basename(path)[:-len(".status")]
        suites.append((name, count_unit(unit, name)))
    suites.append(("end to end", count_xml(os.path.join(folder, "e2e.xml")) or (0, 1, 0)))
    for name, counts in suites:
        print("%-32s %d passed, %d failed, %d skipped" % ((name,) + tuple(counts)))
    total = tuple(sum(counts[i] for _, counts in suites) for i in range(3))
    print("%d passed, %d failed, %d skipped" % total)
    sys.exit(1 if total[1] or not total[0] else 0)


if __name__ == "__main__":
    main()

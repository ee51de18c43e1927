"""The README and the reference against the program: every column, setting, option and output that
is there is written down, and every one written down is there."""

import csv
import re
import subprocess
import sys

import pytest

from tools import ROOT, SAMPLES, commands, plan, run

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
INPUTS = ["program.csv", "services.csv", "patients.csv", "phases.csv", "payers.csv",
          "therapists.csv", "rooms.csv", "requirements.csv", "availability.csv", "exceptions.csv",
          "apart.csv", "fixed.csv"]
OUTPUTS = ["sessions.csv", "attendance.csv", "hours.csv", "unmet.csv", "changes.csv",
           "staff_changes.csv"]


def section(title):
    """The text under `### title...`, up to the next heading."""
    return re.search(r"^### %s.*?\n(.*?)(?=^##)" % re.escape(title), REFERENCE, re.S | re.M).group(1)


def first_cells(text):
    """Names in backquotes in the first column of the tables of a text."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}


def documented(name):
    """Columns of a table (of program.csv: settings) by the reference."""
    text = section(name)
    found = first_cells(text)
    if not found:  # phases.csv and apart.csv name them in their first sentence
        found = set(re.findall(r"`([a-z_]+)`", re.split(r"\. |: ", text)[0]))
    if name == "program.csv":
        cost = REFERENCE[REFERENCE.index("## Cost"):REFERENCE.index("## What a plan writes")]
        return found | {w for w in first_cells(cost) if w.startswith("weight_")}
    return found


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A clinic written by init, which has every column."""
    folder = tmp_path_factory.mktemp("init") / "clinic"
    assert run("init", folder).returncode == 0
    return folder


def test_rules_in_the_reference_are_the_programs():
    section = REFERENCE[REFERENCE.index("## Hard rules"):REFERENCE.index("## Cost")]
    written = re.findall(r"^\| (H[0-9]+) \|", section, re.M)
    listed = re.findall(r"^RULE\((\w+)\)$", (ROOT / "src/rules/rules.def").read_text(), re.M)
    files = [(ROOT / "src" / "rules" / (name + ".c")).read_text() for name in listed]
    assert written == [re.search(r'\.id = "(\w+)"', text).group(1) for text in files]


def header_and_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as lines:
        rows = [r for r in csv.reader(lines) if any(r) and not r[0].startswith("#")]
    return rows[0], rows[1:]


@pytest.mark.parametrize("name", INPUTS)
def test_columns_of_inputs_are_all_documented_and_all_there(started, name):
    header, rows = header_and_rows(started / name)
    there = {row[0] for row in rows} if name == "program.csv" else set(header)
    assert there == documented(name)


def test_columns_of_outputs_are_as_documented(tmp_path):
    for out, options in (("first", ()), ("second", ("--previous", tmp_path / "first"))):
        plan(SAMPLES / "tiny", tmp_path / out, "--work", "10", *options)
    for name in OUTPUTS:
        header, _ = header_and_rows(tmp_path / "second" / name)
        text = re.search(r"\*\*%s\*\*(.*?)\n\n" % re.escape(name), REFERENCE, re.S).group(1)
        named = dict.fromkeys(re.findall(r"`([a-z_]+)`", text))
        assert [n for n in named if n in header] == header, name


def options_of(command):
    told = run(command, "--help")
    assert told.returncode == 0
    return set(re.findall(r"--([a-z-]+)", "\n".join(
        line for line in told.stdout.splitlines() if re.match(r" +(-\w, +)?--", line))))


def test_commands_and_options_are_documented_and_there():
    text = REFERENCE[REFERENCE.index("## The command"):]
    told, to_come = text.split("To come, and not in this version")[0], text
    there = commands()
    assert sorted(re.findall(r"^\| `([a-z]+) [A-Z]", told, re.M)) == sorted(there)
    for command in there:
        for option in options_of(command) - {"version"}:
            assert "`--%s" % option in to_come, (command, option)
    table = text[text.index("Options of `plan`"):text.index("Commands that read a plan")]
    written = set(re.findall(r"--([a-z][a-z-]+)", table)) - {"version"}
    assert written == options_of("plan") - {"version"}


def test_weights_in_the_reference_are_the_programs(started):
    _, rows = header_and_rows(started / "program.csv")
    there = {row[0]: row[1] for row in rows if row[0].startswith("weight_")}
    written = dict(re.findall(r"^\| `(weight_[a-z_]+)` \| ([0-9.]+) \|", REFERENCE, re.M))
    assert written == there


def test_pictures_are_as_they_are_drawn(tmp_path):
    subprocess.run([sys.executable, str(ROOT / "docs" / "images" / "draw.py"), str(tmp_path)],
                   check=True)
    drawn = sorted(tmp_path.glob("*.svg"))
    assert len(drawn) == 5
    for path in drawn:
        assert path.read_bytes() == (ROOT / "docs" / "images" / path.name).read_bytes()

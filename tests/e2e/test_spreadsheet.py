"""A clinic that `init` writes, opened and saved by a spreadsheet: in an American and in a German
locale, as it was written and as a person would type it there. It plans as it did before."""

import csv
import re
import shutil
import subprocess

import pytest

from pages.heavy import program
from tools import plan, run

SEPARATORS = {"en-US": ",", "de-DE": ";"}
# Cells changed for the typed ones, so that there is more to type than round numbers.
FRACTIONS = {("patients.csv", "P3", "min_hours"): "9.25", ("patients.csv", "P5", "priority"): "1.5",
             ("rooms.csv", "G1", "x_square_feet"): "310.5"}
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>%s</value></prop></item>
</oor:items>
"""


def save(folder, out, locale, separator, into):
    """Opens every file of a folder, dates and times taken for what they are, and saves it."""
    home = out.parent / ("home-" + out.name)
    (home / "user").mkdir(parents=True)
    (home / "user" / "registrymodifications.xcu").write_text(SETTINGS % locale, encoding="utf-8")
    done = subprocess.run(
        [program("soffice", "libreoffice"), "-env:UserInstallation=file://%s" % home, "--headless",
         "--infilter=Text - txt - csv (StarCalc):%d,34,76,1,,0,false,true" % ord(separator),
         "--convert-to", "csv:Text - txt - csv (StarCalc):%d,34,76,1,,0,false,true" % ord(into),
         "--outdir", str(out), *map(str, sorted(folder.glob("*.csv")))], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, universal_newlines=True, timeout=300, check=False)
    assert sorted(p.name for p in out.glob("*")) == sorted(p.name for p in folder.iterdir()), \
        done.stdout


def typed(name, locale, cell):
    """A cell as a person in that locale types it."""
    date = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
    clock = re.fullmatch(r"(\d\d):(\d\d)", cell)
    if date:
        year, month, day = map(int, date.groups())
        return "%d/%d/%d" % (month, day, year) if locale == "en-US" else "%d.%d.%d" % (day, month,
                                                                                   year)
    if clock and locale == "en-US" and name != "program.csv":
        hour = int(clock.group(1))
        return "%d:%s %s" % ((hour + 11) % 12 + 1, clock.group(2), "PM" if hour > 11 else "AM")
    if clock:
        return "%d:%s" % (int(clock.group(1)), clock.group(2))
    if re.fullmatch(r"\d+\.\d+", cell):
        return cell.replace(".", ",") if locale == "de-DE" else cell
    return cell


def retype(folder, locale):
    """Writes all files of a folder anew as a person in that locale would have typed them."""
    for path in folder.iterdir():
        with open(path, encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=SEPARATORS[locale])
            for row in rows:
                writer.writerow([typed(path.name, locale, cell) for cell in row])


def add_fractions(folder):
    for (name, row_id, column), value in FRACTIONS.items():
        with open(folder / name, encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        header = next(row for row in rows if not row[0].startswith("#"))
        if column not in header:
            header.append(column)
        for row in rows:
            if row[0] == row_id:
                row += [""] * (len(header) - len(row))
                row[header.index(column)] = value
            elif row is not header and not row[0].startswith("#"):
                row += [""] * (len(header) - len(row))
        with open(folder / name, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)


def planned(clinic, out):
    """The plan's tables."""
    plan(clinic, out, "--work", "60", "--formats", "csv")
    return {name: (out / (name + ".csv")).read_bytes()
            for name in ("sessions", "attendance", "hours", "unmet")}


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """(clinic as init writes it, its plan)."""
    program("soffice", "libreoffice")
    folder = tmp_path_factory.mktemp("started")
    assert run("init", folder / "clinic", "-q").returncode == 0
    add_fractions(folder / "clinic")
    return folder / "clinic", planned(folder / "clinic", folder / "plan")


@pytest.mark.parametrize("locale, by_hand", [
    ("en-US", False), ("de-DE", True), pytest.param("en-US", True, marks=pytest.mark.soak),
    pytest.param("de-DE", False, marks=pytest.mark.soak)],
    ids=["written-en", "typed-de", "typed-en", "written-de"])
def test_a_spreadsheet_opens_and_saves_a_clinic(started, tmp_path, locale, by_hand):
    clinic, expected = started
    shutil.copytree(clinic, tmp_path / "before")
    if by_hand:
        retype(tmp_path / "before", locale)
        assert planned(tmp_path / "before", tmp_path / "typed") == expected
    separator = SEPARATORS[locale] if by_hand else ","
    save(tmp_path / "before", tmp_path / "saved", locale, separator, SEPARATORS[locale])
    text = (tmp_path / "saved" / "patients.csv").read_text(encoding="utf-8")
    assert SEPARATORS[locale].join(("patient_id", "name", "min_hours")) in text
    if by_hand and locale == "de-DE":
        assert ";9,25;" in text and ";1,5" in text and ";31.12.35;" in text
    comments = [sum(line.startswith("#") for line in (tmp_path / of / "services.csv").read_text(
        encoding="utf-8").splitlines()) for of in ("before", "saved")]
    assert comments[0] == comments[1] > 15
    told = run("check", tmp_path / "saved", "--week", "2026-W49")
    assert (told.returncode, told.stderr) == (0, "")
    assert planned(tmp_path / "saved", tmp_path / "plan") == expected

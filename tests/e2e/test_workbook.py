"""week.xlsx: its parts as a zip of XML, and in LibreOffice, cell by cell against the CSV files."""

import csv
import re
import zipfile

import pytest

from pages.heavy import office_csv
from pages.odd import NAMES
from tools import plan, rows, run, write_rows

LIMIT = ("--time-limit", "1", "--work", "1", "--formats", "xlsx")
SHEETS = ["By room", "By therapist", "Sessions", "Attendance", "Hours", "Unmet"]

pytestmark = pytest.mark.skipif(
    "for 'xlsx' install" in run("plan", "x", "-o", "y", "--formats", "xlsx").stderr,
    reason="the program is built without libxlsxwriter")


@pytest.fixture(scope="module")
def out(odd, tmp_path_factory):
    folder = tmp_path_factory.mktemp("book") / "out"
    plan(odd, folder, *LIMIT, "--names")
    return folder


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def test_parts(out):
    book = parts(out / "week.xlsx")
    assert re.findall(r'<sheet name="([^"]+)"', book["xl/workbook.xml"]) == SHEETS
    for name, text in book.items():
        assert "<f>" not in text, "a formula in " + name
        if name.startswith("docProps/"):
            assert not [n for p, n in NAMES.items() if n in text or ">%s<" % p in text]
            assert "alert" not in text
    assert "2026-11-30T00:00:00Z" in book["docProps/core.xml"]
    for number in range(1, 7):
        sheet = book["xl/worksheets/sheet%d.xml" % number]
        assert 'state="frozen"' in sheet and "<pageSetup" in sheet
        assert ("<autoFilter" in sheet) == (number > 2)
    assert "<conditionalFormatting" in book["xl/worksheets/sheet5.xml"]
    assert '<definedName name="_xlnm.Print_Titles"' in book["xl/workbook.xml"]


def test_the_same_plan_gives_the_same_bytes(odd, out, tmp_path):
    plan(odd, tmp_path / "again", *LIMIT, "--names")
    assert (tmp_path / "again" / "week.xlsx").read_bytes() == (out / "week.xlsx").read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["again"]
    assert ".scratch" not in [p.name for p in (tmp_path / "again").iterdir()]
    assert (out / "week.xlsx").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("profile, sheets", [
    ("therapist", ["By room", "By therapist", "Sessions"]), ("door", ["By room", "Sessions"]),
    ("patient", None)])
def test_profiles(odd, tmp_path, profile, sheets):
    plan(odd, tmp_path / "out", *LIMIT, "--profile", profile)
    path = tmp_path / "out" / "week.xlsx"
    assert path.exists() == (sheets is not None)
    if sheets:
        book = parts(path)
        assert re.findall(r'<sheet name="([^"]+)"', book["xl/workbook.xml"]) == sheets
        told = {p for p in NAMES if re.search(r">%s<|, %s\b" % (p, p), book["xl/sharedStrings.xml"])}
        assert bool(told) == (profile == "therapist")  # of their own individual sessions


def test_sessions_that_overlap_share_a_cell(odd, tmp_path):
    """As edits by hand may leave them: a workbook with cells merged twice would not open."""
    out = tmp_path / "out"
    plan(odd, out, *LIMIT)
    table = rows(out / "sessions.csv")
    day = [r for r in table if r["date"] == table[0]["date"] and r["room_id"]]
    one, other = day[0], day[1]
    other["start"], other["room_id"] = one["start"], one["room_id"]
    write_rows(out / "sessions.csv", table)
    assert run("render", odd, out, "--formats", "xlsx").returncode == 1
    book = parts(out / "week.xlsx")
    first, second = sorted([one["service_id"], other["service_id"]])
    assert re.search(r"<t[^>]*>(%s, [^<]*\n%s|%s, [^<]*\n%s), " % (first, second, second, first),
                     book["xl/sharedStrings.xml"])
    merged = re.findall(r'<mergeCell ref="([A-Z]+\d+):', book["xl/worksheets/sheet1.xml"])
    assert len(merged) == len(set(merged))


def plain(cell):
    """A cell of ours as a workbook shows it: no ' before what looks like a formula."""
    if cell[:1] == "'" and cell[1:2] in "=+-@\t\r":
        cell = cell[1:]
    return re.sub(r"\s+", " ", cell)


def same(shown, ours):
    if plain(shown) == plain(ours):
        return True
    try:
        return float(shown) == float(ours)
    except ValueError:
        return False


def assert_same_table(shown, path):
    ours = rows(path)
    header = shown[0]
    assert header == list(ours[0]) if ours else header
    assert len(shown) - 1 == len(ours)
    for got, row in zip(shown[1:], ours):
        for name, cell in zip(header, got):
            assert same(cell, row[name]), (name, cell, row)


def test_libreoffice_shows_what_the_csv_files_say(out, tmp_path):
    shown = office_csv(out / "week.xlsx", tmp_path / "office")
    assert sorted(shown) == sorted(SHEETS)
    for name in SHEETS[2:]:
        assert_same_table(shown[name], out / (name.lower() + ".csv"))
    sessions = rows(out / "sessions.csv")
    cells = [cell for row in shown["By room"][1:] for cell in row[2:] if cell]
    assert sum(len(cell.splitlines()) for cell in cells) == len(sessions)
    for row in shown["By room"][1:]:
        for room, cell in zip(shown["By room"][0][2:], row[2:]):
            if cell:
                assert [r for r in sessions if (r["date"], r["start"]) == (row[0], row[1])
                        and cell.startswith(r["service_id"] + ",")
                        and (r["room_id"] == room or room.startswith("online"))], (row, cell)


def clock(cell):
    """A time of day, which LibreOffice shows with seconds and by halves of the day, as ours."""
    time = re.fullmatch(r"(\d\d):(\d\d):00(?: ([AP])M)?", cell)
    if not time:
        return cell
    hour, minute, half = time.groups()
    hours = int(hour) if not half else int(hour) % 12 + (12 if half == "P" else 0)
    return "%02d:%s" % (hours, minute)


def test_libreoffice_opens_the_csv_files(odd, tmp_path):
    plan(odd, tmp_path / "out", *LIMIT, "--names", "--bom")
    for name in ("sessions", "attendance", "hours", "unmet"):
        path = tmp_path / "out" / (name + ".csv")
        (shown,) = office_csv(path, tmp_path / name).values()
        shown[0][0] = shown[0][0].lstrip("\ufeff")
        with open(path, encoding="utf-8-sig", newline="") as lines:
            ours = list(csv.reader(lines))
        assert len(shown) == len(ours)
        for got, row in zip(shown, ours):
            for cell, own in zip(got, row):
                assert same(clock(cell), own), (cell, own)

"""week.html against the CSV files, what each profile may see, and names that mean harm."""

import re

import pytest

from pages.odd import NAMES, SERVICE
from pages.read import read, sheets
from tools import plan, rows

LIMIT = ("--time-limit", "1", "--work", "1", "--formats", "html")


@pytest.fixture(scope="module")
def named(odd, tmp_path_factory):
    out = tmp_path_factory.mktemp("named") / "out"
    plan(odd, out, *LIMIT, "--names")
    return out


@pytest.fixture(scope="module")
def plain(odd, tmp_path_factory):
    out = tmp_path_factory.mktemp("plain") / "out"
    plan(odd, out, *LIMIT)
    return out


def blocks(article):
    """(id of the service, time) of each block of the grid, with the day; who has nothing has no
    grid."""
    found = []
    for grid in article.all("table", "grid"):
        for cell in grid.all("td"):
            for item in cell.all("li"):
                found.append((cell.attributes["data-day"], next(item.all("b")).text(),
                              next(item.all("span", "t")).text()))
    return sorted(found)


def expected_blocks(sessions):
    return sorted((r["day"], r["service_id"], "%s–%s" % (r["start"], r["end"])) for r in sessions)


def test_rooms_and_therapists_show_every_session_and_no_other(plain):
    page, sessions = read(plain / "week.html"), rows(plain / "sessions.csv")
    shown = sheets(page, "room")
    for room, article in shown.items():
        of_room = [r for r in sessions if r["room_id"] == ("" if room == "telehealth" else room)]
        assert blocks(article) == expected_blocks(of_room)
    assert set(shown) >= {r["room_id"] or "telehealth" for r in sessions}
    shown = sheets(page, "therapist")
    for therapist, article in shown.items():
        of_therapist = [r for r in sessions if therapist in r["therapist_ids"].split(";")]
        assert blocks(article) == expected_blocks(of_therapist)
        told = {(row[0], row[1]): row[3].split(", ") for t in article.all("table", "roster")
                for row in t.rows()}
        assert told == {("%s %s–%s" % (r["day"], r["start"], r["end"]), r["service_id"]):
                        [a["patient_id"] for a in rows(plain / "attendance.csv")
                         if a["session_id"] == r["session_id"]] for r in of_therapist}


def test_handouts_show_each_attendance_but_surprises(plain):
    page, attendance = read(plain / "week.html"), rows(plain / "attendance.csv")
    assert any(r["service_id"] == "UDS" for r in attendance)
    shown = sheets(page, "patient")
    assert set(shown) == {r["patient_id"] for r in rows(plain / "hours.csv")}
    for patient, article in shown.items():
        own = [r for r in attendance if r["patient_id"] == patient and r["service_id"] != "UDS"]
        assert blocks(article) == expected_blocks(own)
        listed = [row[-4:-2] for t in article.all("table", "list") for row in t.rows()]
        assert listed == [["%s–%s" % (r["start"], r["end"]), r["service"].replace("\n", " ")]
                          for r in own]
        assert "UDS" not in article.text() and "Drug test" not in article.text()
        others = [p for p in shown if p != patient]
        assert not re.search(r"\b(%s)\b" % "|".join(others), article.text())


def test_overview_says_what_the_tables_say(plain):
    page = read(plain / "week.html")
    hours = [[r["patient_id"], r["hours"], "%s–%s" % (r["min_hours"], r["max_hours"]), "",
              r["days"], "%s–%s" % (r["min_days"], r["max_days"]), r["idle_hours"],
              {"met": "✓ met", "short": "▲ short"}[r["status"]]]
             for r in rows(plain / "hours.csv")]
    assert next(page.all("table", "hours")).rows() == hours
    unmet = rows(plain / "unmet.csv")
    summary = next(s for s in page.all("section") if s.attributes["id"] == "summary")
    cards = [t.rows() for t in summary.all("table", "cards")]
    assert [(row[0], row[3]) for t in cards for row in t] == [
        (r["patient_id"] or "Program", r["reason"]) for r in unmet]


def test_harm_shows_as_text(named):
    page = read(named / "week.html")
    assert len(list(page.all("script"))) == 1
    assert not list(page.all("img")) and len(list(page.all("style"))) == 1
    assert not [a for node in page.all() for a in node.attributes if a.startswith("on")]
    known = {p: re.sub(r"\s+", " ", n) for p, n in NAMES.items()}
    for patient, article in sheets(page, "patient").items():
        assert known[patient] in article.text()
        assert not [p for p in known if p != patient and known[p] in article.text()]
    assert SERVICE in page.text() and "-1+1 <T1>" in page.text()


def test_no_name_without_leave(plain):
    text = (plain / "week.html").read_text(encoding="utf-8")
    assert "alert(1)" not in text and "longlong" not in text and "Zoë" not in text


@pytest.mark.parametrize("profile", ["therapist", "door", "patient"])
def test_profiles(odd, plain, tmp_path, profile):
    out = tmp_path / "out"
    plan(odd, out, *LIMIT, "--profile", profile)
    ids = {r["patient_id"] for r in rows(out / "hours.csv")}
    told = re.compile(r"\b(%s)\b" % "|".join(ids))
    if profile == "patient":
        assert not (out / "week.html").exists()
        assert {p.stem for p in (out / "handouts").iterdir()} == ids
        for path in (out / "handouts").iterdir():
            assert set(told.findall(path.read_text(encoding="utf-8"))) == {path.stem}
        return
    page = read(out / "week.html")
    assert not sheets(page, "patient") and not list(page.all("table", "hours"))
    assert sheets(page, "room").keys() == sheets(read(plain / "week.html"), "room").keys()
    assert not [a for a in sheets(page, "room").values() if told.search(a.text())]
    if profile == "door":
        assert not sheets(page, "therapist")
        assert not told.search((out / "week.html").read_text(encoding="utf-8"))
        assert not re.search(r"\d of \d", page.text())
    else:
        assert any(told.search(a.text()) for a in sheets(page, "therapist").values())


def test_the_same_plan_gives_the_same_page(odd, plain, tmp_path):
    plan(odd, tmp_path / "out", *LIMIT)
    assert (tmp_path / "out" / "week.html").read_bytes() == (plain / "week.html").read_bytes()

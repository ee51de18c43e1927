"""Who could not miss a few groups: in hours.csv, summary.json, week.html and on the terminal."""

import shutil

import pytest

from pages.read import read
from referee.clinic import Clinic
from referee.cost import of_one_patient
from referee.plan import read_plan
from tools import SAMPLES, WEEK, judged, plan, rows, run

QUICK = ("--work", "48", "--time-limit", "0", "--gap", "1", "--formats", "html")


def clinic_with(folder, **settings):
    shutil.copytree(SAMPLES / "riverside", folder)
    with open(folder / "program.csv", "a", encoding="utf-8") as file:
        file.writelines("%s,%s\n" % setting for setting in settings.items())
    return folder


@pytest.fixture(scope="module")
def cushioned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cushion")
    clinic = clinic_with(folder / "clinic", cushion_sessions=1, weight_cushion=4)
    plan(clinic, folder / "out", *QUICK)
    return clinic, folder / "out"


def test_fragile_is_who_would_fall_short(cushioned):
    clinic, out = cushioned
    mine = Clinic(str(clinic), WEEK)
    sessions = read_plan(mine, str(out))
    judged(clinic, out)
    told = {r["patient_id"]: r["fragile"] for r in rows(out / "hours.csv")}
    falls = {p.id: of_one_patient(mine, sessions, p)["weight_cushion"]
             for p in mine.patients.values() if p.id in told}
    assert told == {p: "yes" if falls[p] > 0 else "no" for p in falls}
    assert set(told.values()) == {"yes", "no"}, "a sample that shows both"
    for row in rows(out / "hours.csv"):
        left, least = float(row["hours_if_missed"]), float(row["min_hours"])
        assert left <= float(row["hours"])
        assert (row["fragile"] == "yes") == (left < min(least, float(row["hours"])))


def test_the_page_shows_it(cushioned):
    clinic, out = cushioned
    page = read(out / "week.html")
    shown = {row[0]: row[-2] for row in next(page.all("table", "hours")).rows()}
    assert shown == {r["patient_id"]: r["hours_if_missed"] +
                     (" ◇ fragile" if r["fragile"] == "yes" else "")
                     for r in rows(out / "hours.csv")}
    n = sum(r["fragile"] == "yes" for r in rows(out / "hours.csv"))
    assert "%d of %d" % (n, len(shown)) in next(page.all("dl", "tiles")).text()
    told = run("plan", clinic, "-o", out.parent / "again", "--week", WEEK, *QUICK[:-2],
               "--formats", "csv").stderr
    assert "fragile: %d of %d patients would fall short" % (n, len(shown)) in told


def test_nothing_is_said_where_no_cushion_is_asked(tmp_path):
    clinic = clinic_with(tmp_path / "clinic")
    plan(clinic, tmp_path / "none", *QUICK)
    assert {(r["hours_if_missed"], r["fragile"]) for r in rows(tmp_path / "none" / "hours.csv")} \
        == {("", "")}
    assert "ragile" not in (tmp_path / "none" / "week.html").read_text("utf-8").split("<body")[1]

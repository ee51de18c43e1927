"""capacity: N more fit, one more does not where it says so, and an hour of whom would help."""

import shutil

import pytest

import small
from pages.read import read
from tools import WEEK, rows, run, write_rows

QUICK = ("--week", WEEK, "--work", "96", "--time-limit", "0")


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """T1 sees two patients and has time for five."""
    folder = tmp_path_factory.mktemp("capacity")
    clinic = small.write_clinic(
        folder / "clinic", week=[],
        services=[{"service_id": "IND", "format": "individual", "weekly_max": "1",
                   "credentials": "LCSW"}],
        patients=[{"patient_id": p, "min_hours": "1", "max_hours": "1", "min_days": "1",
                   "max_days": "1"} for p in ("P1", "P2")],
        therapists=[{"therapist_id": "T1", "credentials": "LCSW", "max_hours_week": "5"}],
        availability=[{"kind": "therapist", "id": "T1", "day": "Mon;Tue", "start": "09:00",
                       "end": "12:00"},
                      {"kind": "patient", "id": "P1", "day": "all", "start": "08:00",
                       "end": "12:00"},
                      {"kind": "patient", "id": "P2", "day": "all", "start": "08:00",
                       "end": "12:00"}])
    done = run("capacity", clinic, "-o", folder / "out", *QUICK)
    assert done.returncode == 0, done.stderr
    return clinic, folder / "out", done


def with_more(clinic, folder, n):
    """The clinic with n more patients like P1, as files."""
    shutil.copytree(clinic, folder)
    for name, cell in (("patients", "patient_id"), ("availability", "id")):
        table = rows(folder / (name + ".csv"))
        own = [row for row in table if row[cell] == "P1"]
        write_rows(folder / (name + ".csv"),
                   table + [{**row, cell: "N%d" % i} for i in range(n) for row in own])
    return folder


def test_n_fit_and_one_more_does_not(measured, tmp_path):
    clinic, out, _ = measured
    kind, = rows(out / "capacity.csv")
    assert (kind["track"], kind["patients"], kind["more"], kind["together"]) == \
        ("morning", "2", "3", "3")
    assert kind["one_more_than_that"] == "proven not to fit"
    for n, status in ((3, 0), (4, 2)):
        done = run("plan", with_more(clinic, tmp_path / str(n), n), "-o", tmp_path / ("o%d" % n), "-q",
                   "--week", WEEK, "--time-limit", "5")
        assert done.returncode == status, (n, done.stderr)


def test_worth_and_bottleneck(measured):
    _, out, done = measured
    worth = rows(out / "worth.csv")
    helps = {(r["kind"], r["id"], r["day"], r["half"]) for r in worth if float(r["worth"]) > 0}
    assert ("credential", "LCSW", "Wed", "morning") in helps
    assert ("therapist", "T1", "Mon", "morning") in helps
    assert not any(r["kind"] == "room" for r in worth if float(r["worth"]) > 0)
    assert all(r["patients_seated"] == "1" for r in worth if float(r["worth"]) > 0)
    assert done.stdout.splitlines()[-1].startswith("the bottleneck is credential LCSW: an hour more")


def test_the_page(measured):
    _, out, _ = measured
    page = read(out / "capacity.html")
    kinds = next(page.all("table", "figures")).rows()
    assert [row[1:3] for row in kinds] == [["2", "3"]] and kinds[0][-1] == "proven not to fit"
    # What helps at some time of the week has a row; of rooms none does, and that is said.
    assert [row[0] for table in page.all("table", "heat") for row in table.rows()] == ["LCSW", "T1"]
    assert "Found to be worth nothing: G1" in (out / "capacity.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("words, status", [(["missing"], 66), ([], 64)])
def test_bad_input(tmp_path, words, status):
    done = run("capacity", *words, cwd=str(tmp_path))
    assert done.returncode == status and len(done.stderr.splitlines()) <= 2


def test_an_output_folder_of_another_kind_stays(measured, tmp_path):
    clinic, _, _ = measured
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    done = run("capacity", clinic, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 73 and (tmp_path / "out" / "mine.txt").exists()

"""admit: newcomers get what they need, and nobody who has a place is moved."""

import shutil

import pytest

import small
from referee import rules
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import SAMPLES, WEEK, plan, rows, run, summary, write_rows

RIVERSIDE = SAMPLES / "riverside"
QUICK = ("--work", "96", "--time-limit", "0")
CELLS = {"patients": ["patient_id"], "requirements": ["applies_to"], "availability": ["id"],
         "apart": ["patient_id", "apart_from"], "fixed": ["patient_id"]}


def without(clinic, folder, patients):
    """The clinic as it was before some patients came."""
    shutil.copytree(clinic, folder)
    for name, cells in CELLS.items():
        path = folder / (name + ".csv")
        if path.exists():
            write_rows(path, [r for r in rows(path) if not {r[c] for c in cells} & set(patients)])
    return folder


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = tmp_path_factory.mktemp("admit")
    newcomers = [r["patient_id"] for r in rows(RIVERSIDE / "patients.csv")][-3:]
    plan(without(RIVERSIDE, folder / "clinic", newcomers), folder / "out", *QUICK)
    return folder, newcomers


def places(out):
    """{session: (therapists, room)} and {(patient, session)}."""
    sessions = {r["session_id"]: (r["therapist_ids"], r["room_id"])
                for r in rows(out / "sessions.csv")}
    return sessions, {(r["patient_id"], r["session_id"]) for r in rows(out / "attendance.csv")}


def test_moves_nobody(before):
    folder, newcomers = before
    done = run("admit", RIVERSIDE, folder / "out", "-o", folder / "out2", *QUICK)
    assert done.returncode in (0, 2), done.stderr
    assert run("verify", RIVERSIDE, folder / "out2").returncode == 0
    clinic = Clinic(str(RIVERSIDE), WEEK)
    assert rules.breaches(clinic, read_plan(clinic, str(folder / "out2"))) == []
    had, now = places(folder / "out"), places(folder / "out2")
    assert all(now[0].get(session) == place for session, place in had[0].items())
    assert {a for a in now[1] if a[0] not in newcomers} == had[1]
    assert {r["kind"] for r in rows(folder / "out2" / "changes.csv")} == {"added"}
    assert {r["patient_id"] for r in rows(folder / "out2" / "changes.csv")} == set(newcomers)
    assert summary(folder / "out2")["bound"] is None
    assert int(summary(folder / "out2")["revision"]) == 1
    lacking = {r["patient_id"] for r in rows(folder / "out2" / "unmet.csv")} & set(newcomers)
    assert ("seated with all needs met: %d of 3 newcomers" % (3 - len(lacking))) in done.stdout
    assert "nobody is moved" in done.stdout
    assert not any(p in done.stderr for p in newcomers)


def test_the_same_again(before):
    folder, _ = before
    for name, threads in (("a", 1), ("b", 2)):
        run("admit", RIVERSIDE, folder / "out", "-o", folder / name, "--threads", threads, *QUICK)
    assert (folder / "a" / "attendance.csv").read_bytes() == \
        (folder / "b" / "attendance.csv").read_bytes()


def one_leader(folder, newcomer_day):
    """P1 has the only leader on Monday at nine, and could as well come on Tuesday."""
    services = [{"service_id": "IND", "format": "individual", "weekly_max": "1"}]
    patients = [{"patient_id": p, "min_hours": "1", "max_hours": "1", "min_days": "1",
                 "max_days": "1"} for p in ("P1", "P9")]
    hours = [("patient", "P1", "Mon;Tue"), ("patient", "P9", newcomer_day), ("therapist", "T1", "all")]
    clinic = small.write_clinic(
        folder / "clinic", week=[], services=services, patients=patients,
        therapists=[{"therapist_id": "T1"}],
        availability=[{"kind": k, "id": i, "day": d, "start": "09:00", "end": "10:00"}
                      for k, i, d in hours])
    write_rows(clinic / "fixed.csv", [small.fixed("IND", "Mon", "09:00", "P1")])
    plan(without(clinic, folder / "first", ["P9"]), folder / "out", *QUICK)
    (clinic / "fixed.csv").unlink()
    return clinic, folder / "out"


@pytest.mark.parametrize("day, moves, seated, changes", [
    ("Tue", 0, 1, [("added", "P9")]),
    ("Mon", 0, 0, []),
    ("Mon", 1, 1, [("moved", "P1"), ("added", "P9")]),
])
def test_moves_as_many_as_allowed(tmp_path, day, moves, seated, changes):
    clinic, out = one_leader(tmp_path, day)
    done = run("admit", clinic, out, "-o", tmp_path / "out2", "--move", moves, *QUICK)
    assert done.returncode == (0 if seated else 2), done.stderr
    assert "%d of 1 newcomer" % seated in done.stdout
    assert ("--move N" in done.stdout) == (not seated)
    found = rows(tmp_path / "out2" / "changes.csv")
    assert [(r["kind"], r["patient_id"]) for r in found] == changes
    assert run("verify", clinic, tmp_path / "out2").returncode == 0


def test_nobody_new(before, tmp_path):
    folder, _ = before
    done = run("admit", folder / "clinic", folder / "out", "-o", tmp_path / "out2", *QUICK)
    assert done.returncode in (0, 2) and "0 of 0 newcomers" in done.stdout
    assert places(tmp_path / "out2") == places(folder / "out")


@pytest.mark.parametrize("words, status, said", [
    (["riverside", "missing", "-o", "x"], 66, "there is no folder"),
    (["riverside", "out"], 64, "'admit' needs a folder to write"),
    (["riverside", "out", "-o", "x", "--move", "-1"], 64, "'-1' is not a whole number"),
    (["tiny", "out", "-o", "x"], 65, "is no plan of this clinic"),
])
def test_bad_input_in_a_line(before, tmp_path, words, status, said):
    names = {"riverside": RIVERSIDE, "tiny": SAMPLES / "tiny", "out": before[0] / "out"}
    done = run("admit", *(names.get(w, w) for w in words), cwd=str(tmp_path))
    assert done.returncode == status and said in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_plan_that_breaks_a_rule_is_refused(before, tmp_path):
    folder, _ = before
    shutil.copytree(folder / "out", tmp_path / "out")
    attendance = rows(tmp_path / "out" / "attendance.csv")
    busy = next(r for r in attendance if r["day"] == "Mon")
    other = next(r for r in attendance if r["start"] == busy["start"] and r["day"] == "Mon" and
                 r["session_id"] != busy["session_id"])
    attendance.append({**other, "patient_id": busy["patient_id"]})
    write_rows(tmp_path / "out" / "attendance.csv", attendance)
    done = run("admit", RIVERSIDE, tmp_path / "out", "-o", tmp_path / "out2", *QUICK)
    assert done.returncode == 65 and "sessions.csv: error: the plan breaks H" in done.stderr
    assert not (tmp_path / "out2").exists()

"""Generated clinics of all shapes and sizes: a second is enough for a plan, and it is valid."""

import shutil

import pytest

from referee import cost
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import WEEK, judged, plan, rows

SHAPES = [
    ("--patients", "6"), ("--patients", "20", "--seed", "4"), ("--patients", "40", "--slot", "15"),
    ("--patients", "60", "--seed", "2"), ("--patients", "150", "--seed", "7"),
    ("--shape", "conference"), ("--shape", "one-evening"), ("--shape", "one-room"),
    ("--shape", "one-hour-therapists"), ("--shape", "all-fixed")]
LARGE = [("--patients", "400"), ("--patients", "1000")] + [
    ("--patients", str(n), "--seed", str(seed), "--slot", slot)
    for n in (9, 33, 77, 200) for seed in range(5) for slot in ("30", "15")]


def plan_and_judge(made, out, words, seconds):
    """Plans a generated clinic and returns its summary; the hidden week is no better than the
    bound."""
    clinic, hidden = made(*words)
    plan(clinic, out, "--time-limit", seconds, "--formats", "csv,json")
    told = judged(clinic, out)
    mine = Clinic(str(clinic), WEEK)
    assert told["bound"] <= cost.cost(mine, read_plan(mine, str(hidden)))
    return told


@pytest.mark.parametrize("words", SHAPES, ids=" ".join)
def test_a_second_is_enough_for_a_plan(made, tmp_path, words):
    plan_and_judge(made, tmp_path / "plan", words, 1)


@pytest.mark.soak
@pytest.mark.parametrize("words", LARGE, ids=" ".join)
def test_plans_of_many_sizes(made, tmp_path, words):
    plan_and_judge(made, tmp_path / "plan", words, 20)


def test_a_week_that_is_fixed_stays_as_it_is(made, tmp_path):
    clinic, hidden = made("--shape", "all-fixed")
    plan(clinic, tmp_path / "plan", "--time-limit", "5")
    kept = {(r["session_id"], r["patient_id"]) for r in rows(tmp_path / "plan" / "attendance.csv")}
    assert kept >= {(r["session_id"], r["patient_id"]) for r in rows(hidden / "attendance.csv")}


@pytest.mark.parametrize("tightness", ["0.9", "0.7"])
def test_a_cut_of_staff_never_lowers_the_cost_below_the_bound(made, tmp_path, tightness):
    """What is valid with less staff is valid with more, so the bound of more staff holds."""
    whole, _ = made("--patients", "20")
    cut, _ = made("--patients", "20", "--tightness", tightness)
    for clinic, out in ((whole, "whole"), (cut, "cut")):
        plan(clinic, tmp_path / out, "--time-limit", "5", "--formats", "csv,json")
    more, less = (judged(c, tmp_path / out) for c, out in ((whole, "whole"), (cut, "cut")))
    assert more["bound"] <= less["cost"]


def test_the_empty_week_is_the_answer_where_nobody_can_lead(made, tmp_path):
    clinic = tmp_path / "clinic"
    shutil.copytree(made("--patients", "6")[0], clinic)
    (clinic / "therapists.csv").write_text("therapist_id,name\nT99,Nobody At All\n")
    for name in ("availability.csv", "fixed.csv", "exceptions.csv", "apart.csv"):
        (clinic / name).unlink() if (clinic / name).exists() else None
    lines = (clinic / "patients.csv").read_text().splitlines()
    place = lines[0].split(",").index("primary_therapist")
    kept = [",".join(c for i, c in enumerate(line.split(",")) if i != place) for line in lines]
    (clinic / "patients.csv").write_text("\n".join(kept) + "\n")
    done = plan(clinic, tmp_path / "plan", "--time-limit", "5")
    assert done.returncode == 2
    assert len(rows(tmp_path / "plan" / "unmet.csv")) >= 6
    judged(clinic, tmp_path / "plan")

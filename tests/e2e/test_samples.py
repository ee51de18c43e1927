"""Every sample clinic: checked, planned, verified, and judged once more by the referee."""

from fractions import Fraction

import pytest

from referee import cost
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import SAMPLES, WEEK, judged, plan, rows, run

SECONDS = {"tiny": 10, "riverside": 10, "harbor": 20, "metro": 30}
HIDDEN = {  # the generator's arguments in scripts/make-samples
    "riverside": ("--patients", "24", "--seed", "5", "--tracks", "day"),
    "harbor": ("--patients", "60", "--seed", "53"),
    "metro": ("--patients", "150", "--seed", "3")}


@pytest.fixture(scope="module", params=SECONDS)
def planned(request, tmp_path_factory):
    """(sample, clinic, folder of its plan, what the command said)"""
    clinic = SAMPLES / request.param
    out = tmp_path_factory.mktemp("plan") / request.param
    done = plan(clinic, out, "--time-limit", SECONDS[request.param])
    return request.param, clinic, out, done


@pytest.mark.parametrize("name", SECONDS)
def test_check_finds_nothing(name):
    done = run("check", SAMPLES / name, "--week", WEEK)
    assert (done.returncode, done.stderr) == (0, "")


def test_plan_is_valid_and_its_cost_right(planned):
    name, clinic, out, done = planned
    told = judged(clinic, out)
    assert told["week"] == WEEK
    assert done.stderr == ""
    assert told["status"] == ("optimal" if told["cost"] == told["bound"] else "feasible")


def test_every_need_is_met(planned):
    _, _, out, done = planned
    assert rows(out / "unmet.csv") == []
    assert done.returncode == 0


def test_tiny_is_planned_as_well_as_can_be(planned):
    """glpsol proves that the best week of tiny costs 61.5."""
    name, clinic, out, _ = planned
    if name == "tiny":
        told = judged(clinic, out)
        assert told["cost"] == Fraction("61.5")


def test_hours_are_those_of_the_referee(planned):
    name, clinic, out, _ = planned
    mine = Clinic(str(clinic), WEEK)
    sessions = read_plan(mine, str(out))
    told = {r["patient_id"]: r for r in rows(out / "hours.csv")}
    assert sorted(told) == sorted(mine.patients)
    for p in mine.patients.values():
        attended = [s for s in sessions if p.id in s.patients]
        hours = Fraction(sum(s.service.counted_minutes() for s in attended), 60)
        days = {s.day for s in attended}
        row = told[p.id]
        assert Fraction(row["min_hours"]) == Fraction(p.min_minutes, 60)
        assert (Fraction(row["hours"]), int(row["days"])) == (hours, len(days))
        assert (int(row["min_days"]), int(row["max_days"])) == (p.min_days, p.max_days)
        assert row["status"] == ("met" if hours * 60 >= p.min_minutes
                                 and len(days) >= p.min_days else "short")


def test_hidden_week_is_valid_to_the_program_and_above_its_bound(made, planned):
    name, clinic, out, _ = planned
    if name not in HIDDEN:
        return  # tiny is written by hand
    _, hidden = made(*HIDDEN[name])
    done = run("verify", clinic, hidden)
    assert done.returncode == 0, done.stdout + done.stderr
    mine = Clinic(str(clinic), WEEK)
    known = cost.cost(mine, read_plan(mine, str(hidden)))
    assert judged(clinic, out)["bound"] <= known

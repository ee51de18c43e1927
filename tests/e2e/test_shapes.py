"""Awkward clinics: everyone is read without complaint, planned within the time given, valid by two
judges, and what is planned makes sense for its shape."""

import time

import pytest

from edits import write_table
from referee import cost
from referee.clinic import DAY, Clinic
from referee.plan import read_plan
from tools import WEEK, judged, plan, rows, run, summary

SECONDS, SLACK = 3, 5  # slack: other work on the machine, and files to write
SHAPES = ["one-evening", "one-room", "one-hour-therapists", "all-fixed"]
SLOW = pytest.param("conference", marks=pytest.mark.soak)


@pytest.fixture(scope="module")
def shaped(made, tmp_path_factory):
    """shaped(SHAPE) -> (clinic, hidden week, plan, seconds taken): planned once."""
    known = {}

    def make(shape):
        if shape not in known:
            clinic, hidden = made("--shape", shape)
            out = tmp_path_factory.mktemp("shape") / "plan"
            began = time.monotonic()
            plan(clinic, out, "--time-limit", SECONDS, "--formats", "csv,json")
            known[shape] = clinic, hidden, out, time.monotonic() - began
        return known[shape]
    return make


def sessions_of(shaped, shape):
    clinic, _, out, _ = shaped(shape)
    mine = Clinic(str(clinic), WEEK)
    return mine, read_plan(mine, str(out))


@pytest.mark.parametrize("shape", SHAPES + ["conference"])
def test_nothing_is_wrong_with_the_clinic(made, shape):
    told = run("check", made("--shape", shape)[0], "--week", WEEK)
    assert told.returncode == 0
    assert "nothing wrong" in told.stdout + told.stderr


@pytest.mark.parametrize("shape", SHAPES + [SLOW])
def test_it_is_planned_within_the_time_given(shaped, shape):
    assert shaped(shape)[3] < SECONDS + SLACK


@pytest.mark.parametrize("shape", SHAPES + [SLOW])
def test_the_plan_is_valid_and_its_bound_holds(shaped, shape):
    clinic, hidden, out, _ = shaped(shape)
    told = judged(clinic, out)
    mine = Clinic(str(clinic), WEEK)
    assert told["bound"] <= cost.cost(mine, read_plan(mine, str(hidden)))


@pytest.mark.parametrize("shape, least", [
    ("one-evening", 0.95), ("one-room", 0.95), ("one-hour-therapists", 0.95), ("all-fixed", 1),
    pytest.param("conference", 0.95, marks=pytest.mark.soak)])
def test_nearly_all_care_is_given(shaped, shape, least):
    """In the hidden week all of it is; a few seconds must do for nearly all."""
    assert summary(shaped(shape)[2])["care_met"] >= least


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_conference_takes_a_minute(made, tmp_path, seed):
    """Each of 400 sessions takes place once, at a time at which all who need it can come."""
    clinic, _ = made("--shape", "conference", "--seed", str(seed))
    plan(clinic, tmp_path / "plan", "--time-limit", "60", "--formats", "csv,json")
    told = summary(tmp_path / "plan")
    assert told["care_met"] == 1
    assert told["status"] == "optimal" and told["cost"] == 400  # no session for less than its hour


def test_one_evening_is_one_evening(shaped):
    mine, sessions = sessions_of(shaped, "one-evening")
    assert len(mine.patients) == 300
    assert {s.day for s in sessions} == {3}
    assert all(17 * 60 <= s.start % DAY and s.end - s.day * DAY <= 21 * 60 for s in sessions)
    at = {}
    for s in sessions:
        at[s.start] = at.get(s.start, 0) + 1
    assert max(at.values()) > 10  # they come at the same time, to parallel groups


def test_one_room_is_never_in_use_twice(shaped):
    mine, sessions = sessions_of(shaped, "one-room")
    assert len(mine.rooms) == 1
    inside = sorted((s for s in sessions if s.room), key=lambda s: s.start)
    assert len(inside) > 40
    assert all(one.end <= other.start for one, other in zip(inside, inside[1:]))


def test_therapists_of_one_hour_lead_no_more(shaped):
    _, sessions = sessions_of(shaped, "one-hour-therapists")
    led = {}
    for s in sessions:
        for leader in s.leaders:
            led[leader] = led.get(leader, 0) + s.end - s.start
    assert max(led.values()) <= 60 and len(led) > 40


def test_a_week_that_is_fixed_gains_next_to_nothing(shaped):
    """Every fixed session with all its people; only what adds to it may be new."""
    clinic, hidden, out, _ = shaped("all-fixed")
    mine = Clinic(str(clinic), WEEK)
    before, after = (read_plan(mine, str(folder)) for folder in (hidden, out))
    held = {s.id: s for s in after}
    for s in before:
        assert set(s.patients) <= set(held[s.id].patients)
        assert sorted(s.leaders) == sorted(held[s.id].leaders) and s.room == held[s.id].room
    assert cost.cost(mine, after) <= cost.cost(mine, before)


@pytest.mark.soak
def test_a_conference_holds_each_session_once(shaped):
    mine, sessions = sessions_of(shaped, "conference")
    assert (len(mine.patients), len(mine.services), len(mine.rooms)) == (200, 400, 10)
    assert len({s.service.id for s in sessions}) == len(sessions) <= 400
    for p in mine.patients:
        starts = [s.start for s in sessions if p in s.patients]
        assert len(set(starts)) == len(starts)


# ---- too little staff ----

def short_clinic(folder, hours, priorities):
    """One therapist of so many hours; each patient needs nine of them alone, on three days."""
    folder.mkdir()
    names = ["P%d" % (n + 1) for n in range(len(priorities))]
    write_table(folder / "program.csv", [
        {"setting": s, "value": v} for s, v in (
            ("days", "Mon;Tue;Wed"), ("open", "08:00"), ("close", "20:00"),
            ("slot_minutes", "60"), ("visit_min_hours", "1"))])
    write_table(folder / "services.csv", [
        {"service_id": "S%d" % n, "name": "", "format": "individual", "weekly_max": "3"}
        for n in range(5)])
    write_table(folder / "patients.csv", [
        {"patient_id": name, "name": "", "min_hours": "9", "max_hours": "9", "min_days": "3",
         "max_days": "3", "priority": priority} for name, priority in zip(names, priorities)])
    write_table(folder / "therapists.csv", [
        {"therapist_id": "T1", "name": "", "max_hours_day": "12", "max_hours_week": str(hours)}])
    write_table(folder / "rooms.csv", [{"room_id": "R1", "name": "", "capacity": "2"}])
    return folder


def hours_short(out):
    return {r["patient_id"]: float(r["min_hours"]) - float(r["hours"])
            for r in rows(out / "hours.csv")}


@pytest.mark.parametrize("hours, short, least", [
    (27, {"P1": 0, "P2": 0, "P3": 0}, 27),
    (18, {"P1": 9, "P2": 0, "P3": 0}, 18 + 1200),        # nine hours and three days of P1's
    (12, {"P1": 9, "P2": 0, "P3": 6}, 12 + 1200 + 1200)  # P3 comes an hour each day
])
def test_where_staff_is_short_the_most_urgent_are_served_first(tmp_path, hours, short, least):
    """Who has priority 5 is served, then who has 2; and no plan could do better."""
    clinic = short_clinic(tmp_path / "clinic", hours, ("1", "5", "2"))
    plan(clinic, tmp_path / "plan", "--time-limit", "20", "--formats", "csv,json")
    told = judged(clinic, tmp_path / "plan")
    assert hours_short(tmp_path / "plan") == short
    assert told["cost"] == told["bound"] == least


@pytest.mark.parametrize("cut", ["0.9", "0.8", "0.7"])
def test_less_staff_is_never_planned_beyond_its_hours(made, tmp_path, cut):
    """Tight clinics: valid, and what is unmet is told with a reason each."""
    clinic, _ = made("--patients", "20", "--tightness", cut)
    plan(clinic, tmp_path / "plan", "--time-limit", "2", "--formats", "csv,json")
    told = judged(clinic, tmp_path / "plan")
    unmet = rows(tmp_path / "plan" / "unmet.csv")
    assert told["counts"]["unmet"] == len(unmet) and all(row["reason"] for row in unmet)
    care = sum(term["cost"] for name, term in told["terms"].items()
               if name in ("weight_hour_short", "weight_day_short", "weight_session_short",
                           "weight_offer_short"))
    assert (care > 0) == (len(unmet) > 0)

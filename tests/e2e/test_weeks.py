"""plan --weeks: each week valid and the previous of the next, phases and admissions moving on, and one
table of them all."""

import datetime
import json

import pytest

import small
from edits import write_table
from tools import SAMPLES, judged, plan, rows, run, summary

QUICK = ("--work", "24", "--time-limit", "0", "--gap", "1")
WEEKS = ["2026-W49", "2026-W50", "2026-W51"]
PHASES = [{"phase": "full", "from_week": "1", "to_week": "2", "min_hours": "3", "max_hours": "9",
           "min_days": "2", "max_days": "4"},
          {"phase": "less", "from_week": "3", "to_week": "", "min_hours": "1", "max_hours": "4",
           "min_days": "1", "max_days": "2"}]


def people(**dates):
    return [{"patient_id": p, "admitted": first, "discharged": last}
            for p, (first, last) in dates.items()]


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    """P1 and P2 step down in the second week; P3 comes then, and P2 leaves before the third."""
    folder = tmp_path_factory.mktemp("moving")
    services = [{"service_id": "GRP", "min_size": "2"},
                {"service_id": "IND", "format": "individual", "weekly_max": "5"}]
    clinic = small.write_clinic(
        folder / "clinic", week=[], services=services, phases=PHASES,
        settings={"days": "Mon;Tue;Wed;Thu;Fri", "open": "09:00", "close": "17:00",
                  "days_floor": "1", "hours_floor": "1"},
        patients=people(P1=("2026-11-23", ""), P2=("2026-11-23", "2026-12-12"),
                        P3=("2026-12-07", "2026-12-15")))
    done = run("plan", clinic, "-o", folder / "out", "--week", WEEKS[0], "--weeks", "3", *QUICK)
    assert done.returncode in (0, 2), done.stderr
    return clinic, folder / "out", done


def test_every_week_is_valid_and_counts_changes_against_the_last(moving):
    clinic, out, _ = moving
    for before, week in zip([None, *WEEKS], WEEKS):
        assert run("verify", clinic, out / week).returncode == 0
        told = summary(out / week)
        assert told["week"] == week and told["bound"] <= told["cost"]
        if before:
            said = run("verify", clinic, out / week, "--previous", out / before).stdout
            assert said.splitlines()[-1].split() == ["cost", "%g" % float(told["cost"])]
            assert (out / week / "changes.csv").exists()
        else:
            judged(clinic, out / week, week)


def test_phases_and_admissions_move_on(moving):
    _, out, _ = moving
    due = [{r["patient_id"]: r["min_hours"] for r in rows(out / w / "hours.csv")} for w in WEEKS]
    assert due[0] == {"P1": "3", "P2": "3"}
    assert due[1] == {"P1": "1", "P2": "1", "P3": "3"}  # week 3 of the treatment, and week 1
    assert due[2] == {"P1": "1", "P3": "1"}             # P3's share of a week that ends on Tuesday


def test_the_table_is_the_sum_of_the_weeks(moving):
    _, out, done = moving
    table = rows(out / "weeks.csv")
    assert [row["week"] for row in table] == WEEKS
    for row in table:
        week = out / row["week"]
        told, hours = summary(week), rows(week / "hours.csv")
        sessions = rows(week / "sessions.csv")
        leaders = [t for s in sessions for t in s["therapist_ids"].split(";")]
        assert float(row["cost"]) == float(told["cost"])
        assert int(row["sessions"]) == len(sessions) == told["counts"]["sessions"]
        assert int(row["attendances"]) == len(rows(week / "attendance.csv"))
        assert int(row["patients"]) == len(hours)
        assert float(row["hours"]) == sum(float(r["hours"]) for r in hours)
        assert float(row["hours_due"]) == sum(float(r["min_hours"]) for r in hours)
        assert int(row["unmet"]) == len(rows(week / "unmet.csv"))
        assert float(row["staff_hours"]) == float(told["terms"]["weight_staff_hour"]["amount"])
        assert int(row["therapists"]) == len(set(leaders))
        assert row["monday"] == monday_of(row["week"])
    assert [(r["admitted"], r["left"]) for r in table] == [("0", "0"), ("1", "0"), ("0", "1")]
    assert [line.split()[0] for line in done.stderr.splitlines()[-3:]] == WEEKS


def monday_of(week):
    return datetime.datetime.strptime(week + "-1", "%G-W%V-%u").strftime("%Y-%m-%d")


def test_a_group_that_falls_below_its_size_is_warned_of(moving):
    clinic, out, done = moving
    groups = {r["week"]: r for r in rows(out / "groups.csv") if r["service_id"] == "GRP"}
    assert [groups[w]["could_come_together"] for w in WEEKS] == ["2", "3", "2"]
    assert "falls below" not in done.stderr
    patients = rows(clinic / "patients.csv")
    patients[2]["discharged"] = "2026-12-12"
    write_table(clinic / "patients.csv", patients)
    try:
        told = run("plan", clinic, "-o", out.parent / "fewer", "--week", WEEKS[0], "--weeks", "3",
                   *QUICK, "--formats", "csv")
    finally:
        patients[2]["discharged"] = "2026-12-15"
        write_table(clinic / "patients.csv", patients)
    assert ("week 2026-W51: warning: group 'GRP' falls below its min_size: it needs 2 patients, and "
            "at most 1 can come together") in told.stderr
    last = rows(out.parent / "fewer" / "groups.csv")[-1]
    assert (last["week"], last["status"], last["sessions"]) == ("2026-W51", "below min_size", "0")


def test_written_again_the_calendars_go_on(moving):
    clinic, out, _ = moving
    run("plan", clinic, "-o", out, "--week", WEEKS[1], "--weeks", "2", "-q", "--seed", "5", *QUICK)
    assert sorted(p.name for p in out.iterdir()) == [*WEEKS[1:], "groups.csv", "weeks.csv"]
    assert [int(summary(out / w)["revision"]) for w in WEEKS[1:]] == [1, 1]
    assert "SEQUENCE:1" in (out / WEEKS[1] / "calendars" / "program.ics").read_text("utf-8")


def test_the_same_again(tmp_path):
    for name in ("a", "b"):
        plan(SAMPLES / "tiny", tmp_path / name, "--weeks", "3", *QUICK, "--formats", "ics,html")

    def texts(name):
        found = {}
        for path in sorted((tmp_path / name).rglob("*")):
            if path.name == "summary.json":
                told = json.loads(path.read_text("utf-8"))
                told.pop("seconds")
                found[str(path.relative_to(tmp_path / name))] = told
            elif path.is_file():
                found[str(path.relative_to(tmp_path / name))] = path.read_bytes()
        return found
    assert texts("a") == texts("b")


@pytest.mark.parametrize("words, status, said", [
    (["--weeks", "0"], 64, "'0' is not a whole number from 1 to 52"),
    (["--weeks", "2", "--write-lp", "x.lp"], 64, "'--write-lp' writes one week"),
])
def test_wrong_usage(tmp_path, words, status, said):
    done = run("plan", SAMPLES / "tiny", "-o", tmp_path / "out", *words)
    assert done.returncode == status and said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_fault_of_a_later_week_stops_it_before_the_first(tmp_path):
    clinic = small.write_clinic(
        tmp_path / "clinic", week=[], phases=PHASES,
        settings={"hours_floor": "1", "days_floor": "1"},
        patients=[{"patient_id": "P1", "admitted": "2026-11-30", "min_hours": "6"}])
    done = run("plan", clinic, "-o", tmp_path / "out", "--week", WEEKS[0], "--weeks", "3", *QUICK)
    assert done.returncode == 65 and not (tmp_path / "out").exists()
    assert "in week 2026-W50:" not in done.stderr and "in week 2026-W51:" in done.stderr
    assert "min_hours: error: '6' is above max_hours '4' of phase 'less'" in done.stderr


def test_folders_that_hold_something_else_stay(tmp_path):
    plan(SAMPLES / "tiny", tmp_path / "week", *QUICK, "--formats", "csv")
    done = run("plan", SAMPLES / "tiny", "-o", tmp_path / "week", "--weeks", "2", *QUICK)
    assert done.returncode == 73 and "holds no 'weeks.csv'" in done.stderr
    plan(SAMPLES / "tiny", tmp_path / "weeks", "--weeks", "2", *QUICK, "--formats", "csv")
    done = run("plan", SAMPLES / "tiny", "-o", tmp_path / "weeks", *QUICK)
    assert done.returncode == 73 and (tmp_path / "weeks" / "weeks.csv").exists()
    (tmp_path / "weeks" / "notes.txt").write_text("mine")
    done = run("plan", SAMPLES / "tiny", "-o", tmp_path / "weeks", "--weeks", "2", *QUICK)
    assert done.returncode == 73 and (tmp_path / "weeks" / "notes.txt").exists()

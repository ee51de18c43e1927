"""Two plans compared, by a second opinion on their tables."""

import csv
import io
import json
import shutil
from fractions import Fraction

import pytest

from small import WEEK as FIXED
from small import fixed, nothing_else, write_clinic
from tools import WEEK, plan, rows, run, summary, write_rows

WORK = ("--work", "60", "--time-limit", "0", "--formats", "csv,json")


@pytest.fixture(scope="module")
def plans(made, tmp_path_factory):
    """Two plans of one generated clinic."""
    clinic, _ = made("--patients", "20", "--seed", "3")
    folder = tmp_path_factory.mktemp("plans")
    for seed in "12":
        plan(clinic, folder / seed, "--seed", seed, *WORK)
    return folder / "1", folder / "2"


def attended(out):
    return {(r["patient_id"], r["service_id"], r["date"], r["start"])
            for r in rows(out / "attendance.csv")}


def led(out):
    return {(t, r["service_id"], r["date"], r["start"]) for r in rows(out / "sessions.csv")
            for t in r["therapist_ids"].split(";")}


def table(first, second):
    done = run("diff", first, second, "--format", "csv")
    assert done.returncode in (0, 1) and done.stderr == ""
    return list(csv.DictReader(io.StringIO(done.stdout, newline="")))


def made_of(was, changes, who):
    """What `was` becomes by the rows about people."""
    now = set(was)
    for row in changes:
        if row["about"] != who:
            continue
        if row["kind"] != "added":
            now.remove((row["id"], row["service_id"], row["was_date"], row["was_start"]))
        if row["kind"] != "removed":
            now.add((row["id"], row["service_id"], row["date"], row["start"]))
    return now


def test_changes_lead_from_the_first_to_the_second(plans):
    for first, second in (plans, plans[::-1]):
        changes = table(first, second)
        assert made_of(attended(first), changes, "patient") == attended(second)
        assert made_of(led(first), changes, "therapist") == led(second)
        costs = {r["id"]: (Fraction(r["was_cost"]), Fraction(r["cost"])) for r in changes
                 if r["about"] == "cost"}
        was, now = summary(first), summary(second)
        assert costs.pop("cost") == (was["cost"], now["cost"])
        assert costs == {n: (was["terms"][n]["cost"], now["terms"][n]["cost"])
                         for n in was["terms"]}


def test_sessions_lead_from_the_first_to_the_second(plans):
    def known(out):
        there = {}
        for row in rows(out / "attendance.csv"):
            there.setdefault(row["session_id"], set()).add(row["patient_id"])
        return sorted((r["service_id"], r["date"], r["start"], r["therapist_ids"], r["room_id"],
                       sorted(there.get(r["session_id"], ()))) for r in rows(out / "sessions.csv"))

    first, second = plans
    found = known(first)
    for row in table(first, second):
        if row["about"] != "session":
            continue
        gained, lost = ([p for p in row[key].split(";") if p] for key in ("gained", "lost"))
        patients = set()
        if row["kind"] != "added":
            old = [s for s in found if s[:5] == (row["service_id"], row["was_date"],
                                                 row["was_start"], row["was_therapist_ids"],
                                                 row["was_room_id"])]
            assert len(old) == 1
            found.remove(old[0])
            patients = set(old[0][5])
        assert set(lost) <= patients and not patients & set(gained)
        if row["kind"] == "removed":
            assert set(lost) == patients
        else:
            found.append((row["service_id"], row["date"], row["start"], row["therapist_ids"],
                          row["room_id"], sorted(patients - set(lost) | set(gained))))
    assert sorted(found) == known(second)


def test_json_says_what_the_table_says(plans):
    done = run("diff", *plans, "--format", "json")
    told, changes = json.loads(done.stdout), table(*plans)
    assert done.returncode == 1
    assert told["week"] == {"was": WEEK, "now": WEEK}
    for key, about in (("patients", "patient"), ("therapists", "therapist"),
                       ("sessions", "session")):
        mine = [(r["kind"], r.get("was", {}).get("start", ""), r.get("now", {}).get("start", ""),
                 ";".join(r.get("now", {}).get("therapist_ids", ())), ";".join(r.get("gained", ())))
                for r in told[key]]
        assert mine == [(r["kind"], r["was_start"], r["start"], r["therapist_ids"], r["gained"])
                        for r in changes if r["about"] == about]
    assert {n: (t["was"], t["now"]) for n, t in told["terms"].items()} == {
        r["id"]: (float(r["was_cost"]), float(r["cost"])) for r in changes
        if r["about"] == "cost" and r["id"] != "cost"}


def test_text_of_a_few_changes(tmp_path):
    clinic = write_clinic(tmp_path / "clinic", week=FIXED, requirements=nothing_else(FIXED))
    plan(clinic, tmp_path / "was", *WORK)
    week = [fixed("REL", "Mon", "10:00", "P1 P2"), fixed("ONL", "Tue", "18:00", "P1 P3", room=""),
            fixed("REL", "Wed", "11:00", "P1 P3", "T2", "L1"),
            fixed("REL", "Thu", "08:00", "P2", "T2"), fixed("LONG", "Sun", "00:30", "P1 P3")]
    write_clinic(clinic, week=week, requirements=nothing_else(week))
    plan(clinic, tmp_path / "now", *WORK)
    done = run("diff", "was", "now", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("""\
was: week 2026-W49, 7 sessions, 12 attendances
now: week 2026-W49, 5 sessions, 9 attendances
patients whose times differ: 2
  P1: REL moves from Mon 09:00 to Mon 10:00 in G1 with T1; UDS no more on Wed 10:00; \
REL no more on Sun 12:00
  P2: REL moves from Mon 09:00 to Mon 10:00 in G1 with T1; ONL no more on Tue 18:00; \
REL moves from Sat 23:00 to Thu 08:00 in G1 with T2
therapists whose times differ: 2
""")
    assert """\
sessions that differ: 6
  REL Mon 09:00 in G1 with T1, moved to Mon 10:00 in G1 with T1
  ONL Tue 18:00 with T1, now Tue 18:00 with T1; - P2
  UDS Wed 10:00 in L1 with T2: gone
  REL Wed 11:00 in G1 with T1, now Wed 11:00 in L1 with T2
  REL Sat 23:00 in G1 with T1, moved to Thu 08:00 in G1 with T2
  REL Sun 12:00 in G1 with T1: gone
""" in done.stdout
    assert run("diff", "now", "now", cwd=tmp_path).returncode == 0
    assert "the same sessions" in run("diff", "now", "now", cwd=tmp_path).stdout
    assert run("diff", "was", "now", "-q", cwd=tmp_path).stdout == ""


def test_plans_of_two_weeks(tmp_path):
    clinic = write_clinic(tmp_path / "clinic", week=FIXED)
    plan(clinic, tmp_path / "was", *WORK)
    plan(clinic, tmp_path / "now", *WORK, week="2026-W50")
    done = run("diff", "was", "now", cwd=tmp_path)
    assert done.returncode == 1
    assert "week 2026-W50" in done.stdout and "the same sessions" in done.stdout
    assert [r for r in table(tmp_path / "was", tmp_path / "now") if r["about"] != "cost"] == []


def test_plans_edited_by_hand_and_faulty_ones(plans, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    shutil.copytree(plans[0], first)
    shutil.copytree(plans[0], second)
    (second / "summary.json").unlink()
    told = rows(second / "sessions.csv")
    told[0] = dict(told[0], session_id="ours", room_id="ELSEWHERE", therapist_ids="=cmd;T99")
    write_rows(second / "sessions.csv", told)
    attendance = [dict(r, session_id="ours") if r["session_id"] == rows(
        first / "sessions.csv")[0]["session_id"] else r for r in rows(second / "attendance.csv")]
    write_rows(second / "attendance.csv", attendance)
    done = run("diff", first, second)
    assert done.returncode == 1
    assert "ELSEWHERE" in done.stdout and "cost: not known of both plans" in done.stdout
    assert "'=cmd;T99" in run("diff", first, second, "--format", "csv").stdout
    (second / "attendance.csv").write_text("patient_id,session_id\nP001,nowhere\n")
    done = run("diff", first, second)
    assert (done.returncode, done.stdout) == (65, "")
    assert "'nowhere' is no session of sessions.csv" in done.stderr
    (second / "attendance.csv").unlink()
    assert run("diff", first, second).returncode == 66
    assert run("diff", first, tmp_path / "none").returncode == 66
    assert run("diff", first).returncode == 64
    assert run("diff", first, second, "--format", "xml").returncode == 64

"""Repairs of planned weeks, judged by the referee: the absent are absent, the past is kept, little
else moves; and plans made again from the one before."""

import csv
import random
import shutil

import pytest

from calendars.readers import READERS
from referee import cost, rules
from referee.clinic import DAYS, Clinic
from referee.plan import read_plan
from small import WEEK as FIXED
from small import fixed, write_clinic
from test_calendars import QUICK
from test_calendars_again import events, told
from tools import SAMPLES, WEEK, plan, rows, run, summary

SMALL, LARGER = ("--patients", "20", "--seed", "3"), ("--patients", "60", "--seed", "1")
DATES = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"]
QUIET = ("-q", "--formats", "csv,json")
WORK = ("--work", "60", "--time-limit", "0")


@pytest.fixture(scope="module")
def planned(made, tmp_path_factory):
    """planned(ARGUMENT, ...) -> (clinic, plan): a generated clinic and its plan, made once."""
    known = {}

    def make(*words):
        if words not in known:
            out = tmp_path_factory.mktemp("planned") / "out"
            clinic = made(*words)[0]
            plan(clinic, out, *WORK, "--formats", "csv,json")
            known[words] = clinic, out
        return known[words]
    return make


def repair(clinic, out, again, *options):
    done = run("repair", clinic, out, "-o", again, *options)
    assert done.returncode in (0, 2), done.stderr
    return done


def keys(folder, column="patient_id"):
    """{(person, service, day, start)} of a plan."""
    return {(r[column], r["service_id"], r["day"], r["start"])
            for r in rows(folder / "attendance.csv")}


def with_absence(clinic, folder, kind, who, day, start="", end=""):
    """The clinic with the absence in exceptions.csv, so that H1, H2 and H3 are about it, too."""
    shutil.copytree(clinic, folder)
    path, columns = folder / "exceptions.csv", ["kind", "id", "date", "until", "start", "end",
                                                "effect"]
    known = rows(path) if path.exists() else []
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        table.writeheader()
        table.writerows(known)
        table.writerow({"kind": kind, "id": who, "date": DATES[DAYS.index(day.lower())],
                        "start": start, "end": end, "effect": "off"})
    return folder


def referee_is_content(clinic, was, now):
    """Valid, and the cost is what summary.json says, changes counted against the plan before."""
    mine = Clinic(str(clinic), WEEK)
    sessions = read_plan(mine, str(now))
    assert rules.breaches(mine, sessions) == []
    before = {(p, s.service.id, s.start) for s in read_plan(mine, str(was)) for p in s.patients}
    found = summary(now)
    assert found["cost"] == cost.cost(mine, sessions, before)
    assert {n: t["amount"] for n, t in found["terms"].items()} == cost.amounts(mine, sessions,
                                                                               before)
    assert found["bound"] is None and found["gap"] is None
    assert found["revision"] == summary(was)["revision"] + 1


def past(folder, day):
    """All that sessions.csv and attendance.csv say of the days before one."""
    first = DAYS.index(day.lower())
    return [[r for r in rows(folder / name) if DAYS.index(r["day"].lower()) < first]
            for name in ("sessions.csv", "attendance.csv")]


def in_fixed(clinic, who):
    path = clinic / "fixed.csv"
    return path.exists() and any(who in ";".join(r.values()) for r in rows(path))


def pick(clinic, out, kind, chance):
    """Someone, or a room, with a session on a day that is not the first; fixed rows spare them."""
    column = {"patient": "patient_id", "therapist": "therapist_ids", "room": "room_id"}[kind]
    table = "attendance.csv" if kind == "patient" else "sessions.csv"
    there = sorted({(r[column].split(";")[0], r["day"]) for r in rows(out / table)
                    if r[column] and r["day"] != "Mon"})
    return chance.choice([(who, day) for who, day in there if not in_fixed(clinic, who)])


@pytest.mark.parametrize("kind, span", [("patient", ""), ("therapist", ""), ("room", "08:00-13:00"),
                                        ("therapist", "09:00-12:30")])
def test_the_absent_are_absent_and_the_past_is_kept(planned, tmp_path, kind, span):
    clinic, out = planned(*SMALL)
    who, day = pick(clinic, out, kind, random.Random(kind + span))
    absent = "%s:%s%s" % (who, day, ":" + span if span else "")
    now = tmp_path / "now"
    repair(clinic, out, now, "--absent", absent, "--from", day, *WORK, *QUIET)
    start, end = span.split("-") if span else ("", "")
    without = with_absence(clinic, tmp_path / "clinic", kind, who, day, start, end)
    referee_is_content(without, out, now)
    assert past(now, day) == past(out, day)
    changed = {r["patient_id"] for r in rows(now / "changes.csv")}
    assert changed == {key[0] for key in keys(out) ^ keys(now)}
    assert len(keys(out) ^ keys(now)) < len(keys(out)) / 5


def spares(clinic, out):
    """(patient, day) whose sessions of that day can all do without the patient."""
    services = {r["service_id"]: r for r in rows(clinic / "services.csv")}
    firm = {r["session_id"] for r in rows(out / "sessions.csv") if r["format"] == "group" and (
        int(r["enrolled"]) <= int(services[r["service_id"]].get("min_size") or 3)
        or services[r["service_id"]].get("membership") == "closed")}
    attended = rows(out / "attendance.csv")
    bound = {(r["patient_id"], r["day"]) for r in attended if r["session_id"] in firm}
    return sorted({(r["patient_id"], r["day"]) for r in attended
                   if not in_fixed(clinic, r["patient_id"])} - bound)


def test_absences_of_days_that_stay_take_away_what_they_must(planned, tmp_path):
    clinic, out = planned(*SMALL)
    who, day = random.Random(5).choice([pair for pair in spares(clinic, out) if pair[1] != "Fri"])
    later = DAYS[DAYS.index(day.lower()) + 1].capitalize()
    now = tmp_path / "now"
    repair(clinic, out, now, "--absent", "%s:%s" % (who, day), "--from", later, *WORK, *QUIET)
    referee_is_content(with_absence(clinic, tmp_path / "clinic", "patient", who, day), out, now)
    was, is_now = (past(folder, later)[1] for folder in (out, now))
    assert is_now == [r for r in was if (r["patient_id"], r["day"]) != (who, day)]


def test_whom_to_call_stands_on_standard_output(made, tmp_path):
    clinic, out = made(*LARGER)
    who, day = pick(clinic, out, "therapist", random.Random(2))
    done = repair(clinic, out, tmp_path / "now", "--absent", "%s:%s" % (who, day),
                  *WORK, "--formats", "csv")
    told_of = {line.split(":")[0].strip() for line in done.stdout.splitlines()
               if line.startswith("  ")}
    changes, staff = (rows(tmp_path / "now" / name) for name in ("changes.csv",
                                                                 "staff_changes.csv"))
    assert told_of == {r["patient_id"] for r in changes} | {r["therapist_id"] for r in staff}
    assert who in told_of
    sessions = {(r["service_id"], r["day"], r["start"], r["therapist_ids"])
                for r in rows(out / "sessions.csv")}
    for row in changes + staff:
        assert (row["kind"] != "added") == bool(row["was_start"]) == bool(row["was_therapist_ids"])
        assert (row["kind"] != "removed") == bool(row["start"]) == bool(row["therapist_ids"])
        if row["was_start"]:
            was_day = DAYS[DATES.index(row["was_date"])].capitalize()
            assert (row["service_id"], was_day, row["was_start"],
                    row["was_therapist_ids"]) in sessions


def test_where_nobody_is_absent_nobody_is_called(made, tmp_path):
    """All care is met in the week that the clinic was made from, so that nothing comes before
    leaving people in peace, whatever it costs."""
    clinic, out = made(*LARGER)
    done = repair(clinic, out, tmp_path / "now", *WORK, "--formats", "csv")
    assert done.returncode == 0
    assert done.stdout == "nobody needs to be called\n"
    assert keys(tmp_path / "now") == keys(out)
    assert rows(tmp_path / "now" / "changes.csv") == []


def test_equal_work_gives_equal_bytes(planned, tmp_path):
    clinic, out = planned(*SMALL)
    absent = "%s:%s" % pick(clinic, out, "therapist", random.Random(1))
    told_by = []
    for threads in "1", "2", "8":
        now = tmp_path / threads
        done = repair(clinic, out, now, "--absent", absent, *WORK,
                      "--threads", threads, "--formats", "csv")
        files = {p.name: p.read_bytes() for p in now.iterdir() if p.suffix == ".csv"}
        told_by.append((done.stdout, files))
    assert told_by[0] == told_by[1] == told_by[2]


@pytest.mark.parametrize("reader", READERS)
def test_calendars_are_a_revision_on(tmp_path, reader):
    """A patient who is ill on Wednesday finds that day cancelled, whoever else goes on."""
    free = [dict(row, patient_id="") if (row["service_id"], row["day"]) == ("REL", "Wed") else row
            for row in FIXED]
    clinic, out, now = write_clinic(tmp_path / "clinic", week=FIXED), tmp_path / "out", \
        tmp_path / "now"
    plan(clinic, out, *QUICK)
    write_clinic(clinic, week=[row for row in free if row["day"] not in ("Wed", "Sun")]
                 + [fixed("REL", "Sun", "12:00", "")])
    repair(clinic, out, now, "--absent", "P1:Wed", "-q", *WORK)
    found = told(events(now, "patients/P1", reader))
    assert found["12-02T11:00"] == ("CANCELLED", 1)
    assert found["11-30T09:00"] == ("CONFIRMED", 1)
    assert told(events(now, "patients/P3", reader))["12-02T11:00"] == ("CONFIRMED", 1)
    assert summary(now)["revision"] == 1


def test_a_repair_may_take_the_plans_place(tmp_path):
    clinic, out = write_clinic(tmp_path / "clinic", week=[fixed("REL", "Mon", "09:00", "P1 P2")]), \
        tmp_path / "out"
    plan(clinic, out, *QUICK)
    repair(clinic, out, out, "--absent", "P2:Mon", "-q", *WORK)
    assert [r["patient_id"] for r in rows(out / "attendance.csv")] == ["P1"]
    assert summary(out)["revision"] == 1
    assert told(events(out, "patients/P2")) == {"11-30T09:00": ("CANCELLED", 1)}


# ---- faulty input ----

@pytest.mark.parametrize("words, status, said", [
    (("--absent", "P01:Mon"), 65, "there is no patient, therapist or room 'P01': did you mean 'P1'?"),
    (("--absent", "nobody:Mon"), 65, "there is no patient, therapist or room 'nobody'"),
    (("--absent", "P1"), 64, "who and when"),
    (("--absent", "P1:"), 64, "who and when"),
    (("--absent", "P1:Someday"), 64, "who and when"),
    (("--absent", "P1:Mon:12:00-09:00"), 64, "who and when"),
    (("--absent", "P1:Mon:09:00"), 64, "who and when"),
    (("--absent", "P1:all:09:00-10:00"), 64, "who and when"),
    (("--from", "yesterday"), 64, "a day such as Wed"),
])
def test_faulty_words(tmp_path, words, status, said):
    clinic, out = write_clinic(tmp_path / "clinic", week=[fixed("REL", "Mon", "09:00", "P1")]), \
        tmp_path / "out"
    plan(clinic, out, *QUICK)
    done = run("repair", clinic, out, "-o", tmp_path / "now", *words)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    assert not (tmp_path / "now").exists()


def test_plans_of_somewhere_else(planned, tmp_path):
    clinic, out = planned(*SMALL)
    now = tmp_path / "now"
    done = run("repair", SAMPLES / "tiny", out, "-o", now, "-q")
    assert done.returncode == 65
    assert "is no plan of this clinic" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert run("repair", clinic, tmp_path / "none", "-o", now).returncode == 66
    assert run("repair", clinic, out).returncode == 64
    assert not now.exists()


def test_services_that_are_gone_are_said(planned, tmp_path):
    """Later sessions of a service that the clinic has no more are left out, and counted."""
    clinic, out = planned(*SMALL)
    told_rows = rows(clinic / "services.csv")
    needed = {r["service"] for r in rows(clinic / "requirements.csv")}
    needed |= {r["service_id"] for r in rows(clinic / "fixed.csv")
               } if (clinic / "fixed.csv").exists() else set()
    used = {r["service_id"] for r in rows(out / "sessions.csv")}
    gone = sorted(used - needed)[0]
    fewer = tmp_path / "clinic"
    shutil.copytree(clinic, fewer)
    with open(fewer / "services.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(told_rows[0]))
        table.writeheader()
        table.writerows(r for r in told_rows if r["service_id"] != gone)
    for command in (("repair", fewer, out), ("plan", fewer, "--previous", out, "--week", WEEK)):
        now = tmp_path / command[0]
        done = run(*command, "-o", now, *WORK, "--formats", "csv")
        assert done.returncode in (0, 2), done.stderr
        assert "left out what this clinic does not have" in done.stderr
        assert gone not in {r["service_id"] for r in rows(now / "sessions.csv")}


def test_a_past_that_breaks_rules_is_said(planned, tmp_path):
    clinic, out = planned(*SMALL)
    spoilt = tmp_path / "out"
    shutil.copytree(out, spoilt)
    text = (spoilt / "attendance.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    monday = {r["session_id"]: int(r["enrolled"]) for r in rows(out / "sessions.csv")
              if r["day"] == "Mon" and int(r["enrolled"]) > 3}
    session = sorted(monday)[0]
    kept, left = [], 1
    for line in text:
        if line.split(",")[1] == session:
            left -= 1
            if left < 0:
                continue
        kept.append(line)
    (spoilt / "attendance.csv").write_text("".join(kept), encoding="utf-8")
    done = run("repair", clinic, spoilt, "-o", tmp_path / "now", "--from", "Tue", "-q")
    assert done.returncode == 65
    assert "the days before Tue break H4" in done.stderr
    assert not (tmp_path / "now").exists()


def test_fixed_rows_give_way_to_absences(tmp_path):
    clinic = write_clinic(tmp_path / "clinic", week=[fixed("REL", "Tue", "09:00", "P1 P2"),
                                                     fixed("UDS", "Wed", "10:00", "P1", "T2", "L1")])
    out = tmp_path / "out"
    plan(clinic, out, *QUICK)
    done = repair(clinic, out, tmp_path / "now", "--absent", "T1:Tue", "--absent", "P1:Wed",
                  "--formats", "csv")
    assert "fixed.csv:2: warning: holds without 'T1'" in done.stderr
    assert "fixed.csv:3: warning: 'P1' is absent: the row is left out" in done.stderr
    found = {(r["session_id"], r["therapist_ids"], r["status"])
             for r in rows(tmp_path / "now" / "sessions.csv")}
    assert found == {("REL-Tue-0900-G1", "T2", "fixed")}


# ---- planned again from the plan before ----

def test_planned_again_nothing_moves_but_for_less(planned, tmp_path):
    clinic, out = planned(*SMALL)
    again = tmp_path / "again"
    plan(clinic, again, "--previous", out, *WORK, "--formats", "csv,json")
    was, now = summary(out), summary(again)
    assert now["cost"] <= was["cost"]  # changes included
    if now["cost"] == was["cost"]:
        for name in ("sessions.csv", "attendance.csv"):
            assert (again / name).read_bytes() == (out / name).read_bytes()
        assert rows(again / "changes.csv") == rows(again / "staff_changes.csv") == []
    # The next week, planned from this one: the same again, at its own dates.
    after = tmp_path / "after"
    plan(clinic, after, "--previous", out, *WORK, "--formats", "csv,json", week="2026-W50")
    changed = [r for r in rows(after / "changes.csv") if r["kind"] != "removed"]
    assert summary(after)["terms"]["weight_change"]["amount"] == len(changed)
    assert len(changed) < len(keys(out)) / 3

"""explain: every change it proposes is made in the files, planned again and judged by the referee."""

import csv
import io
import itertools
import json
import shutil

import pytest

import edits
import small
from referee import rules
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import SAMPLES, WEEK, plan, rows, run, summary

SETTINGS = {"days": "Mon;Tue;Wed;Thu;Fri", "open": "09:00", "close": "17:00"}
GROUP = {"service_id": "GRP", "name": "Skills group", "min_size": "1", "max_size": "12"}
SINGLE = {"service_id": "IND", "name": "Individual counseling", "format": "individual"}
PEOPLE = ("P1", "P2", "P3")


def patients(*ids, **cells):
    return [dict({"patient_id": p, "name": "Zzyzx %s" % p, "min_hours": "0", "max_hours": "20",
                  "min_days": "0", "max_days": "5"}, **cells) for p in ids]


def needs(service, *ids, least="1"):
    return [{"applies_to": p, "service": service, "min_sessions": least, "max_sessions": "2"}
            for p in ids]


def hours(kind, id, day, start, end):
    return {"kind": kind, "id": id, "day": day, "start": start, "end": end}


def away(kind, id):
    """An exception for the whole week: nobody would ask for what it takes away."""
    return {"kind": kind, "id": id, "date": "2026-11-30", "until": "2026-12-06"}


def only(kind, id, start, end):
    """There at these times of Monday, and not to be had at any other."""
    return [dict(away(kind, id), start="00:00", end=start),
            dict(away(kind, id), start=end, end="24:00"),
            dict(away(kind, id), date="2026-12-01")]


ONE_ROOM = [{"room_id": "G1", "name": "Group room", "capacity": "8"}]
ONE_THERAPIST = [{"therapist_id": "T1", "name": "Ines Moreau"}]

# name: (tables, need, the first remedy's edits as (file, cells))
CASES = {
    "a seat more": (
        {"services": [dict(GROUP, sessions_max="1")], "patients": patients(*PEOPLE),
         "rooms": [dict(ONE_ROOM[0], capacity="2")], "requirements": needs("GRP", *PEOPLE)},
        "session:GRP", [("rooms.csv", {"room_id": "G1", "capacity": "3"})]),
    "a larger group": (
        {"services": [dict(GROUP, sessions_max="1", max_size="2")], "patients": patients(*PEOPLE),
         "requirements": needs("GRP", *PEOPLE)},
        "session:GRP", [("services.csv", {"service_id": "GRP", "max_size": "3"})]),
    "a smaller group": (
        {"services": [dict(GROUP, min_size="3")], "patients": patients("P1", "P2"),
         "requirements": needs("GRP", "P1", "P2")},
        "session:GRP", [("services.csv", {"service_id": "GRP", "min_size": "2"})]),
    "one session more": (
        {"services": [dict(SINGLE, sessions_max="1")], "patients": patients("P1", "P2"),
         "requirements": needs("IND", "P1", "P2")},
        "session:IND", [("services.csv", {"service_id": "IND", "sessions_max": "2"})]),
    "the patient comes an hour longer": (
        {"services": [SINGLE], "patients": patients("P1"), "requirements": needs("IND", "P1"),
         "availability": [hours("patient", "P1", "Mon", "09:00", "12:00"),
                          hours("therapist", "T1", "Mon", "12:00", "17:00")]},
        "session:IND", [("exceptions.csv", {"kind": "patient", "id": "P1", "date": "2026-11-30",
                                            "start": "12:00", "end": "13:00", "effect": "on"})]),
    "the therapist comes an hour earlier": (
        {"services": [SINGLE], "patients": patients("P1"), "requirements": needs("IND", "P1"),
         "exceptions": only("patient", "P1", "09:00", "12:00"),
         "availability": [hours("therapist", "T1", "Mon", "12:00", "17:00")]},
        "session:IND", [("exceptions.csv", {"kind": "therapist", "id": "T1", "date": "2026-11-30",
                                            "start": "11:00", "end": "12:00", "effect": "on"})]),
    "the therapist works an hour more": (
        {"services": [SINGLE], "patients": patients("P1", "P2"),
         "therapists": [dict(ONE_THERAPIST[0], max_hours_week="1")],
         "requirements": needs("IND", "P1", "P2")},
        "session:IND", [("therapists.csv", {"therapist_id": "T1", "max_hours_week": "2"})]),
    "a credential": (
        {"services": [dict(SINGLE, credentials="LCSW")], "patients": patients("P1"),
         "therapists": [{"therapist_id": "T1", "credentials": "LCSW"},
                        {"therapist_id": "T2", "credentials": "DBT"}],
         "exceptions": [away("therapist", "T1")], "requirements": needs("IND", "P1")},
        "session:IND", [("therapists.csv", {"therapist_id": "T2", "credentials": "LCSW;DBT"})]),
    "a room's equipment": (
        {"services": [dict(SINGLE, room_features="sofa")], "patients": patients("P1"),
         "requirements": needs("IND", "P1")},
        "session:IND", [("rooms.csv", {"room_id": "G1", "features": "sofa"})]),
    "a room's hour": (
        {"services": [SINGLE], "patients": patients("P1"), "requirements": needs("IND", "P1"),
         "exceptions": only("patient", "P1", "09:00", "10:00"),
         "availability": [hours("room", "G1", "Mon", "10:00", "17:00")]},
        "session:IND", [("exceptions.csv", {"kind": "room", "id": "G1", "date": "2026-11-30",
                                            "start": "09:00", "end": "10:00", "effect": "on"})]),
    "one more room": (
        {"services": [SINGLE], "patients": patients("P1", "P2"),
         "requirements": needs("IND", "P1", "P2"),
         "therapists": [{"therapist_id": "T1"}, {"therapist_id": "T2"}],
         "exceptions": only("patient", "P1", "09:00", "10:00") +
         only("patient", "P2", "09:00", "10:00")},
        "session:IND", [("rooms.csv", {"room_id": "NEW", "capacity": "8"})]),
    "one more day": (
        {"services": [GROUP], "patients": patients("P1", min_days="2"),
         "availability": [hours("patient", "P1", "Mon", "09:00", "12:00")]},
        "days", [("exceptions.csv", {"kind": "patient", "id": "P1", "date": "2026-12-01",
                                     "start": "09:00", "end": "10:00", "effect": "on"})]),
    "an hour less": (
        {"services": [GROUP], "patients": patients("P1", min_hours="3"),
         "exceptions": only("patient", "P1", "09:00", "11:00")},
        "hours", [("patients.csv", {"patient_id": "P1", "min_hours": "1"})]),
    "an offer": (
        {"services": [dict(GROUP, sessions_min="1")], "patients": patients("P1"),
         "exceptions": only("patient", "P1", "09:00", "10:00"),
         "availability": [hours("therapist", "T1", "Mon", "10:00", "17:00")]},
        "offer:GRP", [("exceptions.csv", {"kind": "therapist", "id": "T1", "date": "2026-11-30",
                                          "start": "09:00", "end": "10:00", "effect": "on"})]),
    "two at once": (
        {"services": [SINGLE], "patients": patients("P1"), "requirements": needs("IND", "P1"),
         "exceptions": only("patient", "P1", "09:00", "10:00"),
         "availability": [hours("therapist", "T1", "Mon", "10:00", "17:00"),
                          hours("room", "G1", "Mon", "10:00", "17:00")]},
        "session:IND", [("exceptions.csv", {"kind": "room", "id": "G1", "date": "2026-11-30",
                                            "start": "09:00", "end": "10:00", "effect": "on"}),
                        ("exceptions.csv", {"kind": "therapist", "id": "T1", "date": "2026-11-30",
                                            "start": "09:00", "end": "10:00", "effect": "on"})]),
}


def explained(clinic, out, *options):
    done = run("explain", clinic, out, "--format", "json", "--time-limit", "0", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check_made(clinic, out, folder, need, remedy, *options, seeds=("1", "2")):
    """The remedy made in the files, and planned again from the plan, meets the need: with the rows of
    fixed.csv that are told with it if others would gain from it as well, else by itself."""
    fixes = [edit for edit in remedy["edits"] if edit["file"] == "fixed.csv"]
    assert remedy["contested"] == bool(fixes)
    edits.made(clinic, folder / "clinic", remedy)
    for seed in seeds:
        again = folder / ("plan-" + seed)
        plan(folder / "clinic", again, "--previous", out, "--formats", "csv,json", "--seed", seed,
             *options)
        judged_valid(folder / "clinic", again)
        left = [(row["patient_id"], row["need"]) for row in rows(again / "unmet.csv")]
        assert (need["patient_id"] or "", need["need"]) not in left, (remedy["text"], seed)


def judged_valid(clinic, out):
    """By the rules; the costs of a plan with a previous one are not the referee's to tell."""
    mine = Clinic(str(clinic), WEEK)
    assert rules.breaches(mine, read_plan(mine, str(out))) == []
    assert run("verify", clinic, out).returncode == 0


@pytest.mark.parametrize("name", CASES)
def test_the_remedy_that_one_would_expect_comes_first(tmp_path, name):
    tables, need_name, expected = CASES[name]
    clinic = small.write_clinic(tmp_path / "clinic", week=[], settings=SETTINGS, **{
        "rooms": ONE_ROOM, "therapists": ONE_THERAPIST, **tables})
    plan(clinic, tmp_path / "plan", "--work", "100", "--formats", "csv,json")
    told = explained(clinic, tmp_path / "plan")
    need = next(n for n in told["needs"] if n["need"] == need_name)
    first = need["remedies"][0]
    found = [(e["file"], e["row"]) for e in first["edits"]]
    assert [(f, {c: v for c, v in row.items() if c in cells})
            for (f, row), (_, cells) in zip(found, expected)] == expected, first["text"]
    assert len(found) == len(expected)
    for i, remedy in enumerate(need["remedies"]):
        check_made(clinic, tmp_path / "plan", tmp_path / str(i), need, remedy, "--work", "400")


def tight(made, folder, *words, work="300"):
    clinic, _ = made(*words)
    plan(clinic, folder / "plan", "--work", work, "--time-limit", "0", "--formats", "csv,json")
    return clinic, folder / "plan"


@pytest.fixture(scope="module")
def tight_plan(made, tmp_path_factory):
    return tight(made, tmp_path_factory.mktemp("tight"), "--patients", "8", "--tightness", "0.7")


def check_all(clinic, out, told, tmp_path, work, most=None):
    n = 0
    for i, need in enumerate(told["needs"]):
        efforts = [remedy["effort"] for remedy in need["remedies"]]
        assert efforts == sorted(efforts) and len(efforts) <= 3
        for j, remedy in enumerate(need["remedies"]):
            if most is not None and n == most:
                return n
            check_made(clinic, out, tmp_path / ("%d-%d" % (i, j)), need, remedy, "--work", work,
                       "--time-limit", "0")
            n += 1
    return n


def test_remedies_of_a_tight_clinic(tight_plan, tmp_path):
    """Of one patient after another, until three remedies have been made and tried."""
    clinic, out = tight_plan
    listed = [(row["patient_id"], row["need"]) for row in rows(out / "unmet.csv")]
    tried = 0
    for patient in sorted({patient for patient, _ in listed}):
        told = explained(clinic, out, "--patient", patient)
        assert told["unmet"] == len(listed) > 0
        assert {(n["patient_id"], n["need"]) for n in told["needs"]} == {
            (who, need) for who, need in listed if who == patient}
        assert all(n["obstacles"] for n in told["needs"])
        (tmp_path / patient).mkdir()
        made = check_all(clinic, out, told, tmp_path / patient, "300")
        assert made == sum(len(need["remedies"]) for need in told["needs"])
        tried += made
        if tried >= 3:
            return
    assert tried >= 3


SOAKED = [("--patients", str(n), "--seed", str(seed), "--tightness", tightness)
          for n, seed, tightness in ((8, 2, "0.8"), (12, 1, "0.8"), (12, 3, "0.7"), (16, 4, "0.9"),
                                     (20, 1, "0.8"))]


@pytest.mark.soak
@pytest.mark.parametrize("words", SOAKED, ids=" ".join)
def test_remedies_of_many_tight_clinics(made, tmp_path, words):
    clinic, out = tight(made, tmp_path, *words, work="1500")
    assert check_all(clinic, out, explained(clinic, out), tmp_path, "1500") > 0


def test_the_same_is_told_on_one_thread_and_on_two(tight_plan):
    clinic, out = tight_plan
    patient = rows(out / "unmet.csv")[-1]["patient_id"]
    told = [run("explain", clinic, out, "--time-limit", "0", "--work", "8", "--threads", threads,
                "--patient", patient) for threads in ("1", "2")]
    assert told[0].stdout == told[1].stdout and told[0].returncode == told[1].returncode == 0


@pytest.fixture(scope="module")
def shorthanded(tmp_path_factory):
    """One therapist who has one hour for three patients."""
    folder = tmp_path_factory.mktemp("short")
    clinic = small.write_clinic(
        folder / "clinic", week=[], settings=SETTINGS, services=[SINGLE, GROUP], rooms=ONE_ROOM,
        therapists=[dict(ONE_THERAPIST[0], max_hours_week="1")], patients=patients(*PEOPLE),
        requirements=needs("IND", *PEOPLE))
    plan(clinic, folder / "plan", "--work", "100")
    return clinic, folder / "plan"


def test_text_names_staff_and_services_and_no_patient(shorthanded):
    done = run("explain", *shorthanded)
    assert done.returncode == 0 and done.stderr == ""
    assert "Ines Moreau (T1)" in done.stdout and "'Individual counseling' (IND)" in done.stdout
    assert "max_hours_week of Ines Moreau (T1) from 1 to 2" in done.stdout
    assert "[H2]" in done.stdout
    for form in ("text", "csv", "json"):
        assert "Zzyzx" not in run("explain", *shorthanded, "--format", form).stdout


def test_csv_has_a_row_for_each_reason_obstacle_and_remedy(shorthanded):
    told = explained(*shorthanded)
    done = run("explain", *shorthanded, "--format", "csv")
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    for kind, n in (("reason", len(told["needs"])),
                    ("obstacle", sum(len(n["obstacles"]) for n in told["needs"])),
                    ("remedy", sum(len(n["remedies"]) for n in told["needs"]))):
        assert len([row for row in table if row["kind"] == kind]) == n > 0
    assert any(row["edits"].startswith("therapists.csv: therapist_id=T1, max_hours_week=2; ")
               for row in table)


def test_what_others_want_as_well_is_contested(shorthanded, tmp_path):
    """Of three patients one has the only hour: an hour more is for one of the two others."""
    told = explained(*shorthanded)["needs"]
    short = [need["patient_id"] for need in told]
    text = run("explain", *shorthanded).stdout
    table = list(csv.DictReader(io.StringIO(run("explain", *shorthanded, "--format", "csv").stdout)))
    for need, other in zip(told, reversed(short)):
        own, first = need["patient_id"], need["remedies"][0]
        assert first["contested"] and first["gainers"] == [other]
        assert [edit["file"] for edit in first["edits"]] == ["therapists.csv", "fixed.csv"]
        claim = first["edits"][1]["row"]
        assert (claim["service_id"], claim["patient_id"], claim["week"]) == ("IND", own, WEEK)
        assert ("contested: %s would gain from it as well. What makes it %s's, tried likewise: "
                "fixed.csv with 'Individual counseling' (IND) %s %s\n"
                % (other, own, claim["day"], claim["start"])) in text
        row = next(r for r in table if (r["patient_id"], r["kind"]) == (own, "remedy"))
        assert (row["contested"], row["gainers"]) == ("yes", other)
        assert "fixed.csv: service_id=IND" in row["edits"]
        assert first["effort"] == 2  # an hour more, and one more edit
        check_made(*shorthanded, tmp_path / own, need, first, "--work", "100")


def test_what_nobody_else_could_use_is_not_contested(tmp_path):
    """Only P1 can come when the therapist could stay longer."""
    clinic = small.write_clinic(
        tmp_path / "clinic", week=[], settings=SETTINGS, services=[SINGLE], rooms=ONE_ROOM,
        therapists=ONE_THERAPIST, patients=patients("P1", "P2"),
        requirements=needs("IND", "P1", "P2"),
        availability=[hours("therapist", "T1", "Mon", "09:00", "12:00")],
        exceptions=only("patient", "P1", "12:00", "13:00") + [away("patient", "P2")])
    plan(clinic, tmp_path / "plan", "--work", "100", "--formats", "csv,json")
    told = explained(clinic, tmp_path / "plan", "--patient", "P1")["needs"]
    first = told[0]["remedies"][0]
    assert "12:00-13:00" in first["text"]
    assert not first["contested"] and first["gainers"] == []


def test_some_needs_alone(shorthanded):
    every = explained(*shorthanded)["needs"]
    assert len(every) == 2
    one = every[0]["patient_id"]
    assert [n["patient_id"] for n in explained(*shorthanded, "--patient", one)["needs"]] == [one]
    met = set(PEOPLE) - {n["patient_id"] for n in every}
    assert explained(*shorthanded, "--patient", met.pop())["needs"] == []
    assert len(explained(*shorthanded, "--service", "IND")["needs"]) == 2
    assert explained(*shorthanded, "--service", "GRP")["needs"] == []


def test_where_every_need_is_met(tmp_path):
    plan(SAMPLES / "tiny", tmp_path / "plan", "--work", "400")
    done = run("explain", SAMPLES / "tiny", tmp_path / "plan")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "week 2026-W49 of 'Tiny Steps': every need is met\n"


def why(clinic, out, *words):
    done = run("explain", clinic, out, "--why", *words, "--format", "json", "--work", "100")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_why_not(shorthanded):
    clinic, out = shorthanded
    attended = rows(out / "attendance.csv")[0]
    told = why(clinic, out, attended["patient_id"], "IND", attended["day"], attended["start"])
    assert told["verdict"] == "is so" and "Ines Moreau" in told["text"]
    text = run("explain", clinic, out, "--why", attended["patient_id"], "IND", attended["day"],
               attended["start"])
    assert text.stdout == told["text"] + "\n"
    other = next(p for p in PEOPLE if p != attended["patient_id"])
    told = why(clinic, out, other, "ind", "Tuesday", "9:00 AM")
    assert told["verdict"] == "costs"
    assert any(attended["patient_id"] in effect for effect in told["effects"])
    assert told["obstacles"][0]["rule"] == "H2"


@pytest.mark.parametrize("day, start, rule", [
    ("Sun", "10:00", "H12"), ("Mon", "16:30", "H12"), ("Mon", "10:10", "H12"), ("Tue", "10:00", "H1"),
    ("Mon", "09:00", "H2")])
def test_why_names_the_rule_that_forbids_it(tmp_path, day, start, rule):
    clinic = small.write_clinic(
        tmp_path / "clinic", week=[], settings=SETTINGS, services=[SINGLE], rooms=ONE_ROOM,
        therapists=ONE_THERAPIST, patients=patients("P1"), requirements=needs("IND", "P1"),
        availability=[hours("patient", "P1", "Mon", "09:00", "17:00"),
                      hours("therapist", "T1", "Mon", "10:00", "17:00")])
    plan(clinic, tmp_path / "plan", "--work", "10")
    told = why(clinic, tmp_path / "plan", "P1", "IND", day, start)
    assert told["verdict"] == "forbidden" and told["obstacles"][0]["rule"] == rule


def test_why_tells_a_cost_that_a_plan_has(tight_plan, tmp_path):
    """With the attendance fixed in the files, planning comes to no more than was told."""
    clinic, out = tight_plan
    mine = {(r["patient_id"], r["service_id"], r["day"]) for r in rows(out / "attendance.csv")}
    for session, person in itertools.product(rows(out / "sessions.csv"),
                                             edits.table(clinic / "patients.csv")[1]):
        key = person["patient_id"], session["service_id"], session["day"]
        if session["format"] != "group" or session["status"] == "fixed" or key in mine:
            continue
        told = why(clinic, out, *key, session["start"])
        if told["verdict"] == "costs":
            break
    shutil.copytree(clinic, tmp_path / "clinic")
    edits.make_edit(tmp_path / "clinic", {"file": "fixed.csv", "key": [], "row": {
        "service_id": key[1], "day": key[2], "start": session["start"], "patient_id": key[0]}})
    plan(tmp_path / "clinic", tmp_path / "with", "--previous", out, "--work", "200",
         "--formats", "csv,json")
    judged_valid(tmp_path / "clinic", tmp_path / "with")
    terms = summary(tmp_path / "with")["terms"]
    cost = sum(t["cost"] for name, t in terms.items() if name != "weight_change")
    assert float(cost) <= told["cost_with_it"] + 25


FAULTS = [
    (("--patient", "P9"), 65, "iopsched: there is no patient 'P9' in '{}'\n"),
    (("--service", "XXX"), 65, "iopsched: there is no service 'XXX' in '{}'\n"),
    (("--why", "P9", "IND", "Mon", "09:00"), 65, "iopsched: there is no patient 'P9' in '{}'\n"),
    (("--why", "P1", "IND", "Moon", "09:00"), 64,
     "iopsched: option '--why': 'Moon' is not a day such as Tue\n"),
    (("--why", "P1", "IND", "Mon", "nine"), 64,
     "iopsched: option '--why': 'nine' is not a time such as 09:00\n"),
    (("--why", "P1", "IND"), 64, "iopsched: option '--why' needs PATIENT SERVICE DAY HH:MM\n"),
    (("--format", "xml"), 64, "iopsched: option '--format': 'xml' is not text, csv or json\n"),
]


@pytest.mark.parametrize("words, status, told", FAULTS, ids=lambda case: str(case)[:30])
def test_faults_are_told_in_one_line(shorthanded, words, status, told):
    clinic, out = shorthanded
    done = run("explain", clinic, out, *words)
    assert done.returncode == status and done.stdout == ""
    help_line = "iopsched: try 'iopsched explain --help'\n" if status == 64 else ""
    assert done.stderr == told.format(clinic) + help_line


def test_plans_that_are_none_of_the_clinics(shorthanded, tmp_path):
    clinic, out = shorthanded
    assert run("explain", clinic, tmp_path / "nothing").returncode == 66
    plan(SAMPLES / "riverside", tmp_path / "other", "--work", "4")
    done = run("explain", clinic, tmp_path / "other")
    assert done.returncode == 65 and done.stdout == ""
    assert done.stderr == (
        "iopsched: '%s' is no plan of this clinic: it knows none of its attendances\n"
        % (tmp_path / "other"))


def test_a_plan_that_breaks_a_rule_is_explained_and_that_is_said(shorthanded, tmp_path):
    clinic, out = shorthanded
    broken = tmp_path / "plan"
    broken.mkdir()
    for name in ("sessions.csv", "attendance.csv", "summary.json"):
        text = (out / name).read_text()
        (broken / name).write_text(text.replace(",T1,", ",,") if name == "sessions.csv" else text)
    done = run("explain", clinic, broken)
    assert done.returncode == 1 and "breaks a hard rule (H2)" in done.stderr
    assert "needs unmet" in done.stdout

"""What follows a repair: whoever was absent stays so when the plan is explained, repaired or added to
again, without a word in the clinic's files."""

import random

import pytest

import edits
import small
from referee.clinic import DAYS
from test_explain import GROUP, ONE_ROOM, SETTINGS, SINGLE, explained, hours, needs, patients, why
from test_repair import in_fixed, past, referee_is_content, with_absence
from tools import WEEK, plan, rows, run, summary

WORK = ("--work", "100", "--time-limit", "0", "-q", "--formats", "csv,json")
COLUMNS = {"patient": ("attendance.csv", "patient_id"),
           "therapist": ("sessions.csv", "therapist_ids"), "room": ("sessions.csv", "room_id")}
TUESDAY = {"id": "T1", "day": "Tue", "start": "00:00", "end": "24:00"}


def there(kind, id, *days):
    return [hours(kind, id, day, "09:00", "12:00") for day in days]


@pytest.fixture(scope="module")
def repaired(tmp_path_factory):
    """P1 has T1 on Tuesday morning, when T1 is ill; T1 is there on Monday and Tuesday, P1 from then on.
    A group of both patients on Monday and a fixed one of T1's on Tuesday."""
    folder = tmp_path_factory.mktemp("repaired")
    clinic = small.write_clinic(
        folder / "clinic", week=[small.fixed("GRP", "Tue", "10:00", "P1 P2", "T1")],
        settings=SETTINGS, services=[dict(GROUP, min_size="1"), dict(SINGLE, credentials="LCSW")],
        rooms=ONE_ROOM + [{"room_id": "G2", "capacity": "8"}],
        therapists=[{"therapist_id": "T1", "credentials": "LCSW"}, {"therapist_id": "T2"}],
        patients=patients("P1", "P2"), requirements=needs("IND", "P1", "P2"),
        availability=there("therapist", "T1", "Mon", "Tue") + there("patient", "P1", "Tue", "Wed")
        + there("patient", "P2", "Mon", "Tue"))
    edits.make_edit(clinic, {"file": "fixed.csv", "key": [], "row": {
        "service_id": "IND", "day": "Mon", "start": "09:00", "patient_id": "P2"}})
    plan(clinic, folder / "plan", "--work", "100", "--formats", "csv,json")
    assert rows(folder / "plan" / "unmet.csv") == []
    done = run("repair", clinic, folder / "plan", "-o", folder / "now", "--absent", "T1:Tue",
               "--from", "Tue", *WORK)
    assert done.returncode == 2, done.stderr
    return clinic, folder / "now"


def test_summary_tells_for_whom(repaired):
    told = summary(repaired[1])
    assert told["absences"] == [TUESDAY] and told["from"] == "Tue"


def test_explain_is_about_the_week_as_repaired(repaired):
    clinic, now = repaired
    text = run("explain", clinic, now)
    assert (text.returncode, text.stderr) == (0, "")  # rows that gave way are no breach
    assert ("as repaired: without 'T1' on Tue; the days before Tue stay as they were\n"
            in text.stdout)
    need, = explained(clinic, now)["needs"]
    assert (need["patient_id"], need["need"]) == ("P1", "session:IND")
    assert any("(T1)" in o["text"] or "T1 is not there" in o["text"] for o in need["obstacles"])
    offered = [e["row"] for r in need["remedies"] for e in r["edits"]]
    assert offered
    for row in offered:  # nothing on the day that is past, nothing of T1's on the day that T1 is ill
        assert row.get("date") != "2026-11-30" and row.get("day") != "Mon"
        assert (row.get("id"), row.get("date")) != ("T1", "2026-12-01")


def test_why_knows_who_is_absent_and_what_is_past(repaired):
    clinic, now = repaired
    told = why(clinic, now, "P1", "IND", "Tue", "09:00")
    assert (told["verdict"], told["obstacles"][0]["rule"]) == ("forbidden", "H2")
    told = why(clinic, now, "P2", "IND", "Mon", "11:00")
    assert told["verdict"] == "forbidden"
    assert told["text"] == ("it cannot be: Mon 11:00 is past: the plan was repaired from Tue on, and the "
                            "days before stay")


def by_t1_on_tuesday(out):
    return [r for r in rows(out / "sessions.csv")
            if r["day"] == "Tue" and "T1" in r["therapist_ids"].split(";")]


def test_a_second_repair_adds_to_the_first(repaired, tmp_path):
    clinic, now = repaired
    done = run("repair", clinic, now, "-o", tmp_path / "later", "--absent", "G1:Wed:09:00-10:00",
               "--from", "Wed", *WORK)
    assert done.returncode == 2, done.stderr  # also: the row that gave way on Tuesday is no fault
    told = summary(tmp_path / "later")
    assert told["absences"] == [TUESDAY, {"id": "G1", "day": "Wed", "start": "09:00", "end": "10:00"}]
    assert told["from"] == "Wed"
    done = run("repair", clinic, now, "-o", tmp_path / "again", "--absent", "T1:Tue", *WORK)
    assert done.returncode == 2 and by_t1_on_tuesday(tmp_path / "again") == []
    assert summary(tmp_path / "again")["absences"] == [TUESDAY]


def test_newcomers_get_nothing_from_the_absent(repaired, tmp_path):
    clinic, now = repaired
    with_p3 = edits.made(clinic, tmp_path / "clinic", {"edits": [
        {"file": "patients.csv", "key": [], "row": {
            "patient_id": "P3", "min_hours": "0", "max_hours": "9", "min_days": "0",
            "max_days": "3"}},
        {"file": "requirements.csv", "key": [], "row": {
            "applies_to": "P3", "service": "IND", "min_sessions": "1"}},
        {"file": "availability.csv", "key": [], "row": hours("patient", "P3", "Tue", "09:00",
                                                             "12:00")}]})
    done = run("admit", with_p3, now, "-o", tmp_path / "out", *WORK)
    assert done.returncode == 2, done.stderr
    assert by_t1_on_tuesday(tmp_path / "out") == []
    assert summary(tmp_path / "out")["absences"] == [TUESDAY]


def test_all_week_and_whom_the_clinic_does_not_have(repaired, tmp_path):
    clinic, now = repaired
    done = run("repair", clinic, now, "-o", tmp_path / "out", "--absent", "T2:all", *WORK)
    assert done.returncode == 2, done.stderr
    assert "without 'T1' on Tue, without 'T2' on Mon to Sun\n" in run("explain", clinic,
                                                                      tmp_path / "out").stdout
    summary_file = tmp_path / "out" / "summary.json"
    summary_file.write_text(summary_file.read_text().replace('"T2"', '"T9"'))
    done = run("explain", clinic, tmp_path / "out")
    assert done.returncode == 0
    assert "absent whom this clinic does not have is left out" in done.stderr


def test_a_plan_of_its_own_has_no_absences(repaired, tmp_path):
    clinic, now = repaired
    plan(clinic, tmp_path / "out", "--previous", now, *WORK, week=WEEK)
    assert "absences" not in summary(tmp_path / "out")


def of_open_groups(clinic, tables):
    """Without closed groups: who misses one session of those is out of them for the week."""
    closed = {r["service_id"] for r in edits.table(clinic / "services.csv")[1]
              if r.get("membership") == "closed"}
    return [[r for r in table if r["service_id"] not in closed] for table in tables]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 13))
def test_days_of_repairs_of_random_clinics(made, tmp_path, seed):
    """Three repairs, one after another, each from the next day on: the referee finds each valid in the
    clinic with all absences so far, and the days that were past stay."""
    chance = random.Random(seed)
    clinic, _ = made("--patients", str(chance.choice((12, 20, 30))), "--seed", str(seed),
                     "--tightness", chance.choice(("0.8", "1.0")))
    out = tmp_path / "plan"
    plan(clinic, out, "--work", "200", "--time-limit", "0", "--formats", "csv,json")
    absent = []
    for n, day in enumerate(("Tue", "Wed", "Thu")):
        kind = chance.choice(("patient", "therapist", "room"))
        there = sorted({(r[column].split(";")[0], r["day"])
                        for name, column in (COLUMNS[kind],) for r in rows(out / name)
                        if r[column] and DAYS.index(r["day"].lower()) >= DAYS.index(day.lower())})
        who, when = chance.choice([pair for pair in there if not in_fixed(clinic, pair[0])])
        now = tmp_path / ("now-%d" % n)
        done = run("repair", clinic, out, "-o", now, "--absent", "%s:%s" % (who, when), "--from",
                   day, *WORK)
        assert done.returncode in (0, 2), done.stderr
        absent.append({"id": who, "day": when, "start": "00:00", "end": "24:00"})
        assert summary(now)["absences"] == absent
        clinic_now = with_absence(clinic if n == 0 else tmp_path / ("clinic-%d" % (n - 1)),
                                  tmp_path / ("clinic-%d" % n), kind, who, when)
        referee_is_content(clinic_now, out, now)
        assert of_open_groups(clinic, past(now, day)) == of_open_groups(clinic, past(out, day))
        out = now
    assert run("explain", clinic, out, "--work", "4", "--time-limit", "60").returncode == 0

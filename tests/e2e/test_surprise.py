"""Services with `surprise`: when they take place is left to chance, and the patient is not told."""

import csv
import shutil
from collections import defaultdict

import pytest

from tools import SAMPLES, judged, plan, rows

QUICK = ["--work", "48", "--time-limit", "0", "--gap", "1"]
SEEDS = 12
TECHNICIAN = {"Mon", "Tue", "Thu"}  # days of the one therapist who takes tests


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """Riverside, where everybody who is screened has one unannounced test a week."""
    folder = tmp_path_factory.mktemp("surprise") / "riverside"
    shutil.copytree(SAMPLES / "riverside", folder)
    services = rows(folder / "services.csv")
    with open(folder / "services.csv", "w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, [*services[0], "surprise"])
        table.writeheader()
        for row in services:
            table.writerow({**row, "surprise": "yes" if row["service_id"] == "UDS" else ""})
    return folder


@pytest.fixture(scope="module")
def weeks(clinic, tmp_path_factory):
    """A plan for each of some seeds."""
    top = tmp_path_factory.mktemp("weeks")
    for seed in range(SEEDS):
        plan(clinic, top / str(seed), "--seed", seed, "--formats", "ics,html", *QUICK)
    return [top / str(seed) for seed in range(SEEDS)]


def screens(out):
    return {row["patient_id"]: (row["day"], row["start"]) for row in rows(out / "attendance.csv")
            if row["service_id"] == "UDS"}


def starts_at(calendar, moment):
    return any(line.startswith("DTSTART") and line.endswith(moment)
               for line in calendar.splitlines())


def test_every_week_is_valid(clinic, weeks):
    for out in weeks:
        judged(clinic, out)


def test_days_differ_and_are_attended_anyway(weeks):
    """Seen over the seeds, who comes on several of the technician's days is tested on several."""
    possible, drawn = defaultdict(list), defaultdict(list)
    for out in weeks:
        attendances = rows(out / "attendance.csv")
        for patient, (day, _) in screens(out).items():
            attended = {row["day"] for row in attendances
                        if row["patient_id"] == patient and row["service_id"] != "UDS"}
            assert day in attended and day in TECHNICIAN
            possible[patient].append(attended & TECHNICIAN)
            drawn[patient].append(day)
    several = [p for p in possible if sum(len(days) > 1 for days in possible[p]) > SEEDS // 2]
    assert len(several) >= 5
    assert all(len(set(drawn[patient])) > 1 for patient in several)


def test_the_patient_is_not_told(weeks):
    for out in weeks:
        for patient, (_, start) in screens(out).items():
            told = (out / "calendars" / "patients" / (patient + ".ics")).read_text("utf-8")
            day = next(row["date"] for row in rows(out / "attendance.csv")
                       if row["service_id"] == "UDS" and row["patient_id"] == patient)
            moment = "%sT%s00" % (day.replace("-", ""), start.replace(":", ""))
            staff = (out / "calendars" / "program.ics").read_text("utf-8")
            assert starts_at(staff, moment) and not starts_at(told, moment)


def test_drawn_once_a_week(clinic, weeks, tmp_path):
    """A new plan of the same week leaves what was drawn where the search leaves it; a run again with
    the same seed draws the same."""
    plan(clinic, tmp_path / "again", "--seed", 3, "--formats", "csv", *QUICK)
    assert screens(tmp_path / "again") == screens(weeks[3])
    plan(clinic, tmp_path / "next", "--seed", 4, "--previous", weeks[3], "--formats", "csv",
         "--time-limit", "0", "--work", "240")
    kept = {row["patient_id"] for row in rows(tmp_path / "next" / "changes.csv")
            if row["service_id"] == "UDS"}
    before, after = screens(weeks[3]), screens(tmp_path / "next")
    assert all(before[p] == after[p] for p in before if p not in kept)
    assert len(kept) < len(before)

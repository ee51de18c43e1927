"""Clinics in which a good week is known beforehand.

Of a large clinic nobody knows what its best week costs. So a week that was found is planted: the
clinic is changed where that week is less than perfect (the days it takes are the days that are
asked for, who sees a patient is their own therapist, no time is liked more than another), and the
week costs little more there than its staff. Planned from scratch, the clinic tells how far a plan
is from that week, and how far the bound."""

import csv
import shutil

from clinics.folder import write_table


def read_table(path):
    with open(path, encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def change_table(path, change):
    """Every row through `change`, a function that changes it in place."""
    rows = read_table(path)
    columns = list(rows[0]) if rows else []
    for row in rows:
        change(row)
    write_table(path, columns, rows)


def minutes(clock):
    return 60 * int(clock[:2]) + int(clock[3:5])


def seen_alone_by(clinic, plan):
    """{patient: therapists} of the sessions that are no groups."""
    formats = {row["service_id"]: row["format"] for row in read_table(clinic / "services.csv")}
    seen = {}
    for row in read_table(plan / "attendance.csv"):
        if formats[row["service_id"]] != "group":
            seen.setdefault(row["patient_id"], set()).update(row["therapist_ids"].split(";"))
    return seen


def outside_preferred(clinic, plan):
    """Patients with a session that is not within a window that they prefer."""
    liked = {}
    for row in read_table(clinic / "availability.csv"):
        if row["kind"] == "patient" and row.get("preference") == "preferred":
            liked.setdefault(row["id"], []).append(row)

    def within(session, window):
        return (session["day"] in window["day"].split(";")
                and minutes(window["start"]) <= minutes(session["start"])
                and minutes(session["end"]) <= minutes(window["end"]))
    return {session["patient_id"] for session in read_table(plan / "attendance.csv")
            if session["patient_id"] in liked
            and not any(within(session, window) for window in liked[session["patient_id"]])}


def plant(clinic, plan, planted):
    """Writes into the folder `planted` the clinic in which the plan's week is a good one."""
    weeks = {row["patient_id"]: row for row in read_table(plan / "hours.csv")}
    seen, unpleased = seen_alone_by(clinic, plan), outside_preferred(clinic, plan)

    def suit_patient(row):
        week, therapists = weeks.get(row["patient_id"]), seen.get(row["patient_id"])
        if week and int(week["days"]) > int(week["min_days"]):
            row["min_days"], row["max_days"] = week["days"], week["max_days"]
        if therapists and row.get("primary_therapist") not in ("", None, *therapists):
            row["primary_therapist"] = min(therapists)

    def suit_window(row):
        if row["kind"] == "patient" and row["id"] in unpleased:
            row["preference"] = ""

    shutil.copytree(clinic, planted)
    change_table(planted / "patients.csv", suit_patient)
    change_table(planted / "availability.csv", suit_window)

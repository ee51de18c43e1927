"""A clinic of a handful of people, open at all hours, whose week is fixed row by row: what a test
wants to see in a plan is simply written down."""

import pathlib

from edits import write_table

SETTINGS = {
    "program_name": "Small Steps", "timezone": "America/New_York",
    "days": "Mon;Tue;Wed;Thu;Fri;Sat;Sun", "open": "00:00", "close": "24:00", "slot_minutes": "30",
    "visit_min_hours": "0", "day_max_hours": "24", "hours_floor": "0", "hours_ceiling": "80",
    "days_floor": "0", "days_ceiling": "7", "weight_idle_hour": "0",
}
SERVICES = [
    {"service_id": "REL", "name": "Relapse prevention", "min_size": "1"},
    {"service_id": "LONG", "name": "Family, friends; and you", "minutes": "150", "min_size": "1"},
    {"service_id": "ONL", "name": "Education online", "mode": "telehealth", "min_size": "1"},
    {"service_id": "UDS", "name": "Drug test", "format": "individual", "minutes": "30",
     "counts_hours": "no", "weekly_max": "7", "notes_minutes": "30", "surprise": "yes"},
]
PATIENTS = [{"patient_id": p, "name": n, "min_hours": "0", "max_hours": "60", "min_days": "0",
             "max_days": "7"} for p, n in (("P1", "Ada Quill"), ("P2", "Bo Reed"), ("P3", ""))]
THERAPISTS = [{"therapist_id": "T1", "name": "Ines Moreau"}, {"therapist_id": "T2", "name": ""}]
ROOMS = [{"room_id": "G1", "name": "Group room", "capacity": "8"},
         {"room_id": "L1", "name": "", "capacity": "2"}]


def fixed(service, day, start, patients, therapist="T1", room="G1"):
    return {"service_id": service, "day": day, "start": start, "therapist_id": therapist,
            "room_id": room, "patient_id": ";".join(patients.split())}


WEEK = [
    fixed("REL", "Mon", "09:00", "P1 P2"),
    fixed("ONL", "Tue", "18:00", "P1 P2 P3", room=""),
    fixed("UDS", "Wed", "10:00", "P1", therapist="T2", room="L1"),
    fixed("REL", "Wed", "11:00", "P1 P3"),
    fixed("REL", "Sat", "23:00", "P2"),            # ends at 24:00
    fixed("LONG", "Sun", "00:30", "P1 P3"),        # across the hour that clocks skip or repeat
    fixed("REL", "Sun", "12:00", "P1"),
]


def nothing_else(week):
    """Requirements by which nobody attends more groups than the week names: it would cost nothing."""
    groups = [s["service_id"] for s in SERVICES if s.get("format") != "individual"]
    return [{"applies_to": p["patient_id"], "service": service, "max_sessions": sum(
        p["patient_id"] in row["patient_id"].split(";") for row in week
        if row["service_id"] == service)} for p in PATIENTS for service in groups]


def write_clinic(folder, week=None, settings=None, **tables):
    """settings: to change or, with None, to leave out; tables: instead of those above."""
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    chosen = {**SETTINGS, **(settings or {})}
    write_table(folder / "program.csv", [{"setting": s, "value": v} for s, v in chosen.items()
                                         if v is not None])
    rows = {"services": SERVICES, "patients": PATIENTS, "therapists": THERAPISTS, "rooms": ROOMS,
            "fixed": WEEK if week is None else week, **tables}
    for name, table in rows.items():
        if table:
            write_table(folder / (name + ".csv"), table)
        elif (folder / (name + ".csv")).exists():
            (folder / (name + ".csv")).unlink()
    return folder

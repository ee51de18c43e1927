"""A plan's sessions and who is in them, read back from sessions.csv and attendance.csv."""

from dataclasses import dataclass

from .clinic import DAY, DAYS, items, minute, read


@dataclass
class Session:
    id: str
    service: object
    start: int
    end: int
    leaders: list       # ids
    room: str           # id, or "" for none
    patients: list      # ids

    @property
    def day(self):
        return self.start // DAY


def read_plan(clinic, folder):
    sessions = {}
    for row in read(folder, "sessions.csv"):
        service = clinic.services[row["service_id"]]
        start = DAYS.index(row["day"].lower()) * DAY + minute(row["start"])
        sessions[row["session_id"]] = Session(
            row["session_id"], service, start, start + service.minutes,
            items(row["therapist_ids"]), row["room_id"], [])
    for row in read(folder, "attendance.csv"):
        sessions[row["session_id"]].patients.append(row["patient_id"])
    return list(sessions.values())

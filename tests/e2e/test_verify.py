"""verify against the referee: weeks spoilt at random, and both must find the same rules broken."""

import random

import pytest

from referee import rules
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import WEEK, rows, run, write_rows

CLINICS = [("--patients", "20"), ("--patients", "40", "--slot", "15", "--seed", "2"),
           ("--patients", "60", "--seed", "53")]
SPOILT = 100


class Spoiler:
    """The rows of a plan's two tables, and ways to spoil them."""

    def __init__(self, clinic, hidden, seed):
        self.clinic = clinic
        self.chance = random.Random(seed)
        self.sessions = rows(hidden / "sessions.csv")
        self.attendance = rows(hidden / "attendance.csv")

    def attended(self, session):
        return [r for r in self.attendance if r["session_id"] == session["session_id"]]

    def move(self, session):
        """To another time of the same day, or to the same time of another day."""
        start = clock = None
        if self.chance.random() < 0.5:
            other = self.chance.choice(self.sessions)
            day, date, start = other["day"], other["date"], session["start"]
        else:
            day, date = session["day"], session["date"]
            start = self.chance.choice(["08:00", "10:30", "12:00", "16:00", "19:30", "20:30"])
        minutes = self.clinic.services[session["service_id"]].minutes
        clock = int(start[:2]) * 60 + int(start[3:]) + minutes
        if clock > 24 * 60:
            return
        when = dict(day=day, date=date, start=start, end="%02d:%02d" % divmod(clock, 60))
        for row in [session] + self.attended(session):
            row.update(when)

    def change_room(self, session):
        self.set(session, "room_id", self.chance.choice(list(self.clinic.rooms)))

    def change_leader(self, session):
        ids = session["therapist_ids"].split(";")
        ids[self.chance.randrange(len(ids))] = self.chance.choice(list(self.clinic.therapists))
        if len(set(ids)) == len(ids):
            self.set(session, "therapist_ids", ";".join(ids))

    def drop_leader(self, session):
        ids = session["therapist_ids"].split(";")
        if len(ids) > 1:
            self.set(session, "therapist_ids", ids[0])

    def set(self, session, column, value):
        for row in [session] + self.attended(session):
            row[column] = value

    def drop_patients(self, session):
        here = self.attended(session)
        for row in self.chance.sample(here, self.chance.randint(1, len(here))):
            self.attendance.remove(row)

    def add_patients(self, session):
        here = {r["patient_id"] for r in self.attended(session)}
        others = [p for p in self.clinic.patients if p not in here]
        for patient in self.chance.sample(others, min(len(others), self.chance.randint(1, 6))):
            row = {name: session[name] for name in session if name in self.attendance[0]}
            self.attendance.append(dict(row, patient_id=patient, counted_hours="0"))

    def drop_session(self, session):
        for row in self.attended(session):
            self.attendance.remove(row)
        self.sessions.remove(session)

    def double(self, session):
        twin = dict(session, session_id="twin-" + session["session_id"])
        self.sessions.append(twin)
        for row in self.attended(session):
            self.attendance.append(dict(row, session_id=twin["session_id"]))

    def spoil(self):
        ways = [self.move, self.change_room, self.change_leader, self.drop_leader,
                self.drop_patients, self.add_patients, self.drop_session, self.double]
        for _ in range(self.chance.randint(1, 3)):
            self.chance.choice(ways)(self.chance.choice(self.sessions))

    def write(self, folder):
        folder.mkdir()
        write_rows(folder / "sessions.csv", self.sessions)
        write_rows(folder / "attendance.csv", self.attendance)


@pytest.mark.parametrize("words", CLINICS, ids=" ".join)
def test_the_same_rules_are_broken_to_both(made, tmp_path, words):
    clinic, hidden = made(*words)
    mine = Clinic(str(clinic), WEEK)
    seen = set()
    for seed in range(SPOILT):
        spoiler = Spoiler(mine, hidden, seed)
        spoiler.spoil()
        folder = tmp_path / str(seed)
        spoiler.write(folder)
        broken = {rule for rule, _ in rules.breaches(mine, read_plan(mine, str(folder)))}
        done = run("verify", clinic, folder)
        told = {line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("H")}
        assert done.returncode == (1 if broken else 0), (seed, done.stdout)
        assert told == broken, (seed, done.stdout)
        seen |= broken
    assert seen >= {"H1", "H2", "H3", "H4", "H6", "H7"}

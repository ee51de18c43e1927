"""The hidden week: a schedule kept free of conflicts while a clinic is made up around it.

A clinic is generated backwards: first a week that works, then the staff, rooms, windows and
requirements which that week satisfies. So every need of the clinic can be met, and it is known how.

Busy time is a bit mask over the slots of the week.
"""

from dataclasses import dataclass, field

from clinics.folder import DAY, DAYS, day_of


@dataclass
class Service:
    id: str
    name: str
    format: str = "group"
    category: str = ""
    minutes: int = 60
    min_size: int = 3
    max_size: int = 12
    roles: tuple = ((),)  # for each leader the credentials that qualify; () is anyone
    leaders: int = 0      # written only if above 0 (roles of co-leaders give their own number)
    notes: int = 0
    features: tuple = ()
    telehealth: bool = False
    tags: tuple = ()
    closed: bool = False
    counted: bool = True
    weekly_max: int = None
    sessions_min: int = None
    sessions_max: int = None
    starts: tuple = ()


@dataclass
class Patient:
    id: str
    name: str
    days: list = field(default_factory=list)       # days attended in the hidden week
    window: tuple = (0, DAY)                       # minutes of the day in which they can come
    max_minutes: int = 20 * 60
    max_minutes_day: int = 5 * 60
    busy: int = 0
    minutes: int = 0
    minutes_day: list = field(default_factory=lambda: [0] * 7)
    attended: list = field(default_factory=list)   # sessions
    facts: dict = field(default_factory=dict)      # other columns of patients.csv
    tags: list = field(default_factory=list)
    online: bool = False


@dataclass
class Therapist:
    id: str
    name: str
    credentials: list
    windows: dict                                  # day -> (from, to), minutes of the day
    cap_week: int                                  # most minutes in session that are given to them
    cap_day: int
    busy: int = 0                                  # notes time included
    taught: int = 0
    minutes: int = 0
    minutes_day: list = field(default_factory=lambda: [0] * 7)


@dataclass
class Room:
    id: str
    name: str
    capacity: int
    features: tuple = ()
    busy: int = 0


@dataclass
class Session:
    service: Service
    start: int
    leaders: list
    room: Room
    patients: list

    @property
    def end(self):
        return self.start + self.service.minutes


class Week:
    """Who is where when, with everything checked that a valid week must keep."""

    def __init__(self, slot, break_after=0, break_minutes=0):
        self.slot = slot
        self.break_after = break_after
        self.stretch = break_after + break_minutes if break_after and break_minutes else 0
        self.sessions = []

    def mask(self, start, minutes):
        return ((1 << (minutes // self.slot)) - 1) << (start // self.slot)

    def rests(self, mask, day):
        """True if a day's sessions leave the breaks that the rules ask for."""
        if not self.stretch:
            return True
        slots = DAY // self.slot
        today = (mask >> (day * slots)) & ((1 << slots) - 1)
        limit = self.break_after // self.slot
        width = min(self.stretch // self.slot, slots)
        if bin(today).count("1") <= limit:
            return True
        part = (1 << width) - 1
        return all(bin((today >> at) & part).count("1") <= limit
                   for at in range(slots - width + 1))

    def patient_free(self, patient, service, start):
        mask = self.mask(start, service.minutes)
        day = day_of(start)
        if patient.busy & mask or not self.rests(patient.busy | mask, day):
            return False
        if any(s.service is service and day_of(s.start) == day for s in patient.attended):
            return False
        counted = service.minutes if service.counted else 0
        return (patient.minutes_day[day] + counted <= patient.max_minutes_day
                and patient.minutes + counted <= patient.max_minutes)

    def therapist_free(self, therapist, service, role, start):
        """True if the therapist can fill that role of a session then."""
        wanted = service.roles[role]
        if wanted and not any(c in therapist.credentials for c in wanted):
            return False
        day = day_of(start)
        if day not in therapist.windows:
            return False
        opens, closes = therapist.windows[day]
        of_day = start - day * DAY
        if of_day < opens or of_day + service.minutes + service.notes > closes:
            return False
        if therapist.busy & self.mask(start, service.minutes + service.notes):
            return False
        if therapist.minutes + service.minutes > therapist.cap_week:
            return False
        if therapist.minutes_day[day] + service.minutes > therapist.cap_day:
            return False
        return self.rests(therapist.taught | self.mask(start, service.minutes), day)

    def room_free(self, room, service, start, size):
        return (size <= room.capacity and all(f in room.features for f in service.features)
                and not room.busy & self.mask(start, service.minutes))

    def add(self, service, start, leaders, room, patients):
        """Adds a session; the caller has made sure that everyone and everything is free."""
        assert service.min_size <= len(patients) <= service.max_size, (service.id, len(patients))
        mask = self.mask(start, service.minutes)
        day = day_of(start)
        session = Session(service, start, leaders, room, patients)
        for therapist in leaders:
            therapist.busy |= self.mask(start, service.minutes + service.notes)
            therapist.taught |= mask
            therapist.minutes += service.minutes
            therapist.minutes_day[day] += service.minutes
        if room:
            room.busy |= mask
        for patient in patients:
            assert self.patient_free(patient, service, start), (patient.id, service.id, start)
            patient.busy |= mask
            patient.attended.append(session)
            if service.counted:
                patient.minutes += service.minutes
                patient.minutes_day[day] += service.minutes
        self.sessions.append(session)
        return session


def session_rows(week, date):
    """Rows of sessions.csv and attendance.csv of the hidden week; date(day) gives the date."""
    from clinics.folder import clock, cell, hours
    sessions, attendance = [], []
    for s in sorted(week.sessions, key=lambda s: (s.start, s.service.id, place(s))):
        day = day_of(s.start)
        at = s.start - day * DAY
        when = dict(date=date(day), day=DAYS[day], start=clock(at),
                    end=clock(at + s.service.minutes), service_id=s.service.id,
                    service=s.service.name, therapist_ids=cell(t.id for t in s.leaders),
                    room_id=s.room.id if s.room else "")
        when["session_id"] = "%s-%s-%s-%s" % (
            s.service.id, DAYS[day], clock(at).replace(":", ""), place(s))
        capacity = min(s.service.max_size, s.room.capacity) if s.room else s.service.max_size
        sessions.append(dict(
            when, format=s.service.format, mode="telehealth" if s.service.telehealth else "onsite",
            therapists=cell(t.name for t in s.leaders), room=s.room.name if s.room else "",
            enrolled=len(s.patients), capacity=capacity, status="planned"))
        for p in s.patients:
            attendance.append(dict(
                when, patient_id=p.id,
                counted_hours=hours(s.service.minutes if s.service.counted else 0)))
    return sessions, attendance


def place(session):
    return session.room.id if session.room else session.leaders[0].id

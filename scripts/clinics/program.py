"""A realistic clinic, made backwards from a hidden week that meets every need.

Patients belong to cohorts of about twelve, and a cohort to a track (day, afternoon, evening,
online). On the days that its patients attend, a cohort goes through a block of three hours of
groups; individual sessions lie before or after the block. Staff and rooms are engaged only when
nobody and nothing there is free, so the clinic has what it needs and little more.
"""

from dataclasses import dataclass, field

from clinics import curriculum, people
from clinics.chance import Chance
from clinics.folder import DAY
from clinics.staff import Staff
from clinics.week import Patient, Week

COHORT = 12
# track: (share in 100, first starts of the block, window around it)
TRACKS = {
    "day": (38, (9 * 60, 9 * 60 + 30, 10 * 60), (8 * 60, 15 * 60)),
    "afternoon": (20, (13 * 60, 13 * 60 + 30), (11 * 60 + 30, 18 * 60)),
    "evening": (30, (17 * 60 + 30, 18 * 60), (16 * 60, 21 * 60)),
    "online": (12, (16 * 60 + 30, 17 * 60, 17 * 60 + 30), (15 * 60, 21 * 60)),
}
# phase: (first week, last week, min hours, max hours, min days, max days, days in the hidden week)
PHASES = {
    "intensive": (1, 3, 14, 20, 4, 5, 5),
    "stepdown": (4, 8, 11, 15, 3, 5, 4),
    "transition": (9, None, 9, 12, 3, 4, 3),
}


@dataclass
class Profile:
    """What kind of clinic is wanted."""
    patients: int
    seed: int = 1
    slot: int = 30
    tightness: int = 100           # staff hours, in hundredths of what the hidden week was given
    tracks: tuple = ("day", "afternoon", "evening", "online")
    week: str = "2026-W49"
    days: tuple = (0, 1, 2, 3, 4)  # days of operation
    open: int = 8 * 60
    close: int = 21 * 60
    phases: bool = True
    cap_week: int = None           # minutes that a therapist may lead; None: as the trade has it
    counseled: int = 100           # of 100 patients, where there are no extras
    one_room: bool = False
    extras: bool = True            # women's and family groups, closed groups, tests, medication
    all_fixed: bool = False
    title: str = ""
    about: tuple = ()


@dataclass
class Cohort:
    track: str
    start: int                     # of the block, minute of the day
    patients: list
    blocks: list                   # per day of the week: ids of services
    starts: dict = field(default_factory=dict)

    @property
    def online(self):
        return self.track == "online"


class Program:
    """A clinic in the making: `make()` fills it, `clinics.tables` writes it down."""

    def __init__(self, profile):
        self.profile = profile
        self.chance = Chance(profile.seed * 1000003 + profile.patients)
        self.week = Week(profile.slot, 240, 30)
        self.staff = Staff(self.chance, self.week, profile.cap_week, profile.one_room)
        self.services = curriculum.services(profile.slot)
        self.cohorts = []
        self.patients = []
        self.needs = []            # rows of requirements.csv: (applies_to, service, min, max, ...)

    def make(self):
        for track in self.tracks_of_cohorts():
            self.add_cohort(track)
        for cohort in self.cohorts:
            self.run_blocks(cohort)
        if self.profile.extras:
            from clinics import extras
            extras.add_special_groups(self)
            extras.add_single_sessions(self)
            if self.profile.patients >= 40:
                self.staff.build(self.services["IND"], 1)  # a spare office, as most have
        else:
            of_100 = self.profile.counseled
            self.add_counseling([p for p in self.patients if self.chance.percent(of_100)])
        return self

    # Cohorts and their days

    def tracks_of_cohorts(self):
        """The track of each cohort, by the shares of the tracks (largest remainder)."""
        total = max(1, (self.profile.patients + COHORT - 1) // COHORT)
        shares = [(track, TRACKS[track][0]) for track in self.profile.tracks]
        whole = sum(share for _, share in shares)
        counts = {track: total * share // whole for track, share in shares}
        by_rest = sorted(shares, key=lambda pair: -(total * pair[1] % whole))
        for track, _ in by_rest[:total - sum(counts.values())]:
            counts[track] += 1
        return [track for track, _ in shares for _ in range(counts[track])]

    def add_cohort(self, track):
        chance, profile = self.chance, self.profile
        cohorts = max(1, (profile.patients + COHORT - 1) // COHORT)
        done, left = len(self.cohorts), profile.patients - len(self.patients)
        size = left // (cohorts - done)
        start = chance.pick(self.block_starts(track))
        before = [c for c in self.cohorts if c.track == track]
        if len(before) % 2:
            start = before[-1].start  # cohorts go in pairs, which share women's and family groups
        if profile.one_room:
            start = (9 * 60, 17 * 60, 13 * 60)[done % 3]
        members = [self.add_patient(track, start) for _ in range(size)]
        blocks = curriculum.blocks_of_a_week(
            chance, profile.slot, track == "online", profile.cap_week is not None)
        cohort = Cohort(track, start, members, blocks + [(), ()])
        self.choose_days(cohort)
        self.cohorts.append(cohort)

    def block_starts(self, track):
        profile = self.profile
        if len(profile.days) == 1:  # all on one day: early and late blocks
            return [profile.open, profile.close - 180]
        starts = list(TRACKS[track][1])
        return starts + [s + 15 for s in starts[:1]] if profile.slot == 15 else starts

    def add_patient(self, track, start):
        chance, profile = self.chance, self.profile
        width = max(3, len(str(profile.patients)))
        patient = Patient("P%0*d" % (width, len(self.patients) + 1), people.name(chance))
        opens, closes = TRACKS[track][2]
        if profile.one_room or len(profile.days) == 1:
            opens, closes = profile.open, profile.close
        patient.window = (max(opens, profile.open), min(closes, profile.close))
        patient.online = track == "online"
        patient.facts["track"] = track
        patient.facts["start"] = start
        self.patients.append(patient)
        return patient

    def choose_days(self, cohort):
        """Phases and days; on every day that the cohort meets, at least three of it attend."""
        chance, days = self.chance, list(self.profile.days)
        turn = chance.below(5)
        for place, patient in enumerate(cohort.patients):
            phase = chance.weighted([("intensive", 30), ("stepdown", 35), ("transition", 35)])
            if len(cohort.patients) < 6:
                phase = "intensive"
            patient.facts["phase"] = phase
            n = min(PHASES[phase][6], len(days))
            patient.days = sorted(days[(turn + place + 2 * k) % len(days)] for k in range(n))
            patient.max_minutes = 60 * PHASES[phase][3]
        if self.profile.phases and len(cohort.patients) >= 8:
            for patient in cohort.patients:
                if chance.percent(4):
                    self.cut_short(patient)
        for day in days:
            here = [p for p in cohort.patients if day in p.days]
            absent = [p for p in cohort.patients if day not in p.days and "from" not in p.facts]
            for patient in absent[:max(0, 3 - len(here))]:
                patient.days = sorted(patient.days + [day])
                patient.facts["phase"] = "intensive" if len(patient.days) == 5 else "stepdown"
                patient.max_minutes = 60 * PHASES[patient.facts["phase"]][3]

    def cut_short(self, patient):
        """Admitted or discharged within the week."""
        chance = self.chance
        patient.facts["phase"] = "intensive"
        patient.max_minutes = 60 * PHASES["intensive"][3]
        if chance.percent(50):
            patient.facts["from"], patient.facts["until"] = chance.between(1, 2), None
            patient.days = [d for d in self.profile.days if d >= patient.facts["from"]]
        else:
            patient.facts["from"], patient.facts["until"] = None, chance.between(2, 3)
            patient.days = [d for d in self.profile.days if d <= patient.facts["until"]]

    # Groups of the cohorts, and counseling

    def run_blocks(self, cohort):
        for day in self.profile.days:
            here = [p for p in cohort.patients if day in p.days]
            at = day * DAY + cohort.start
            for name in cohort.blocks[day]:
                service = self.services[name]
                if len(here) >= service.min_size:
                    self.hold(service, at, here)
                at += service.minutes

    def hold(self, service, start, patients, first=()):
        """A session of whoever is given, with leaders and room, engaged if need be."""
        leaders = self.staff.leaders(service, start, first)
        room = None if service.telehealth else self.staff.room(service, start, len(patients))
        assert service.telehealth or room, (service.id, start)
        return self.week.add(service, start, leaders, room, patients)

    def add_counseling(self, patients):
        for patient in patients:
            service = self.services["OIN" if patient.online else "IND"]
            session = self.place(patient, service)
            if session is not None:
                patient.facts["primary"] = session.leaders[0]

    def place(self, patient, service, first=()):
        """A session alone with the patient, with as little waiting as can be had."""
        options = self.options(patient, service)
        for engage, build in ((False, False), (False, True), (True, False), (True, True)):
            for start in options:
                room = None
                if not service.telehealth:
                    room = self.staff.room(service, start, 1, build=False)
                    if room is None and not build:
                        continue
                leaders = self.staff.leaders(service, start, first, engage)
                if leaders is None:
                    continue
                if not service.telehealth and room is None:
                    room = self.staff.room(service, start, 1)
                    if room is None:
                        continue
                return self.week.add(service, start, leaders, room, [patient])
        return None

    def options(self, patient, service):
        """Possible starts of a session of one patient, least waiting first."""
        slot, found = self.profile.slot, []
        for day in self.chance.shuffled(patient.days):
            today = [s for s in patient.attended if s.start // DAY == day]
            if not today:
                continue
            opens, closes = min(s.start for s in today), max(s.end for s in today)
            first, last = (day * DAY + minute for minute in patient.window)
            for start in range(first, last - service.minutes + 1, slot):
                if self.week.patient_free(patient, service, start):
                    wait = max(0, opens - start - service.minutes, start - closes)
                    found.append((wait, len(found), start))
        limit = DAY if self.profile.one_room else 90
        return [start for wait, _, start in sorted(found) if wait <= limit]

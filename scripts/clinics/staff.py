"""Staff and rooms of a hidden week, engaged one by one when nobody there can take a session."""

from clinics import people
from clinics.folder import DAY, day_of
from clinics.week import Room, Therapist

# Shifts in minutes of the day; a window reaches half an hour past closing, for writing notes.
EARLY = (8 * 60, 16 * 60 + 30)
MIDDLE = (11 * 60, 19 * 60 + 30)
LATE = (13 * 60, 21 * 60 + 30)
COUNSELOR = ("LCSW", "LMHC", "LADC")


def shift_for(of_day, minutes):
    """The shift that holds a session with time to spare."""
    for opens, closes in (EARLY, MIDDLE, LATE):
        if opens <= of_day and of_day + minutes <= closes - 60:
            return opens, closes
    return (8 * 60, 21 * 60 + 30)


def part_time(therapist):
    return therapist.cap_week <= 16 * 60


class Staff:
    def __init__(self, chance, week, cap_week=None, one_room=False):
        self.chance = chance
        self.week = week
        self.cap_week = cap_week  # minutes that anybody may lead; None: as the trade has it
        self.one_room = one_room
        self.therapists = []
        self.rooms = []
        self.n_rooms_of = {}

    def credentials(self, wanted):
        """Credentials of somebody engaged for the sake of one of those wanted."""
        chance = self.chance
        first = chance.pick(wanted) if wanted else chance.pick(COUNSELOR)
        if first in ("MD", "NP", "TECH", "PEER", "CM"):
            return [first]
        own = [first] if first in COUNSELOR else [chance.pick(COUNSELOR)]
        for extra, percent in (("DBT", 35), ("LMFT", 25), ("TRAUMA", 25)):
            if extra == first or chance.percent(percent):
                own.append(extra)
        return own

    def engage(self, service, role, start):
        """Somebody new who can lead then."""
        chance = self.chance
        day, of_day = day_of(start), start % DAY
        wanted = service.roles[role]
        own = self.credentials(wanted)
        shift = shift_for(of_day, service.minutes + service.notes)
        few_hours = own[0] not in COUNSELOR or chance.percent(25)
        n_days = chance.between(2, 3) if few_hours else chance.between(4, 5)
        cap = 60 * (chance.between(12, 16) if few_hours else chance.between(23, 27))
        if self.cap_week:
            n_days, cap = 1, self.cap_week
        if wanted and wanted[0].startswith("SPEAKER"):
            own = [chance.pick(wanted)]
        others = [d for d in range(5) if d != day]
        days = sorted([day] + chance.shuffled(others)[:n_days - 1])
        therapist = Therapist("T%02d" % (len(self.therapists) + 1), people.name(chance), own,
                              {d: shift for d in days}, cap, min(cap, 6 * 60))
        self.therapists.append(therapist)
        return therapist

    def widen(self, service, role, start, but):
        """Somebody of the staff who could, with a day more or a certificate more; or None."""
        day = day_of(start)
        wanted = service.roles[role]
        for therapist in sorted(self.therapists, key=lambda t: -t.minutes):
            if self.cap_week or therapist in but or therapist.cap_week - therapist.minutes < 60:
                continue
            days, own = dict(therapist.windows), list(therapist.credentials)
            few_days = own[0] in COUNSELOR and part_time(therapist)
            if day not in days and len(days) < (3 if few_days else 5):
                days[day] = shift_for(start % DAY, service.minutes + service.notes)
            if wanted and not any(c in own for c in wanted):
                extra = [c for c in wanted if c in ("DBT", "LMFT", "TRAUMA")]
                if not extra or own[0] not in COUNSELOR or len(own) > 2:
                    continue
                own.append(extra[0])
            before = therapist.windows, therapist.credentials
            therapist.windows, therapist.credentials = days, own
            if self.week.therapist_free(therapist, service, role, start):
                return therapist
            therapist.windows, therapist.credentials = before
        return None

    def leader(self, service, role, start, first=(), but=(), engage=True):
        """Who leads then: one of `first` if free, else the busiest who is; else somebody new."""
        others = sorted(self.therapists, key=lambda t: -t.minutes)
        for therapist in list(first) + others:
            if therapist in but:
                continue
            if self.week.therapist_free(therapist, service, role, start):
                return therapist
        if not engage:
            return None
        return self.widen(service, role, start, but) or self.engage(service, role, start)

    def leaders(self, service, start, first=(), engage=True):
        """One leader for each role, or None."""
        found = []
        for role in range(len(service.roles)):
            one = self.leader(service, role, start, first, found, engage)
            if one is None:
                return None
            found.append(one)
        return found

    def room(self, service, start, size, build=True):
        """The smallest free room that fits; else a new one; None if there is to be none."""
        for room in sorted(self.rooms, key=lambda r: (r.capacity, len(r.features), r.id)):
            if self.week.room_free(room, service, start, size):
                return room
        if not build or (self.one_room and self.rooms):
            return None
        return self.build(service, size)

    def build(self, service, size):
        chance = self.chance
        group = service.format == "group" or self.one_room
        kind = "G" if group else "L" if "lab" in service.features else "C"
        self.n_rooms_of[kind] = number = self.n_rooms_of.get(kind, 0) + 1
        capacity = {"G": max(size, chance.pick([12, 12, 13, 14])), "L": 1}.get(kind, 4)
        features = list(service.features)
        if group and "projector" not in features and number % 2 == 1:
            features.append("projector")
        if kind == "C" and "quiet" not in features and chance.percent(50):
            features.append("quiet")
        name = {"G": "Group room %d", "L": "Lab %d", "C": "Office %d"}[kind] % number
        room = Room("%s%d" % (kind, number), name, capacity, tuple(features))
        self.rooms.append(room)
        return room

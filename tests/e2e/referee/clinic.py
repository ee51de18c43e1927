"""A clinic folder (comma, Mon, HH:MM, ISO dates) as it stands in one week."""

import csv
import datetime
import os
from dataclasses import dataclass, field
from fractions import Fraction

DAY = 24 * 60
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEIGHTS = {
    "weight_hour_short": 100, "weight_day_short": 100, "weight_session_short": 100,
    "weight_offer_short": 100, "weight_staff_hour": 1, "weight_idle_hour": 2,
    "weight_staff_idle_hour": 0, "weight_stranded_day": 20, "weight_extra_day": 1,
    "weight_not_primary": 3, "weight_not_preferred_hour": 1, "weight_change": 2,
    "weight_cushion": 0}


def read(folder, name):
    """Rows of a table as dictionaries; every cell a stripped string, absent columns missing."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8-sig", newline="") as lines:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    rows = [row for row in rows if any(row) and not row[0].startswith("#")]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def items(cell):
    return [part.strip() for part in cell.replace("|", ";").split(";") if part.strip()]


def minute(cell):
    hour, minutes = cell.split(":")
    return int(hour) * 60 + int(minutes)


def minutes(cell):
    """Hours as minutes."""
    return int(Fraction(cell) * 60)


def day_list(cell):
    if cell.lower() == "all":
        return list(range(7))
    return [DAYS.index(word[:3].lower()) for word in items(cell)]


def monday(week):
    year, number = week.upper().split("-W")
    return datetime.date.fromisocalendar(int(year), int(number), 1)


def yes(cell):
    return cell.lower() in ("yes", "y", "true", "1")


def span(start, end):
    """[start, end) as a mask of the week's minutes."""
    return ((1 << max(0, end - start)) - 1) << start


@dataclass
class Person:
    """A patient, therapist or room: whoever has hours."""
    id: str
    row: dict
    free: int = 0                 # mask of the week's slots
    preferred: int = 0
    needs: list = field(default_factory=list)


@dataclass
class Need:
    """Sessions of one service or of one category in the week; most None: no limit."""
    kind: str                     # "session" or "category"
    name: str
    least: int
    most: int = None


class Clinic:
    def __init__(self, folder, week):
        self.folder, self.week, self.monday = folder, week, monday(week)
        self.settings = {r["setting"]: r["value"] for r in read(folder, "program.csv")}
        get = self.settings.get
        self.slot = int(get("slot_minutes") or 30)
        self.days = day_list(get("days") or "Mon;Tue;Wed;Thu;Fri")
        self.weights = {w: Fraction(get(w) or d) for w, d in WEIGHTS.items()}
        self.visit_min = minutes(get("visit_min_hours") or "2")
        self.day_max = minutes(get("day_max_hours") or "5")
        self.break_after = int(get("break_after_minutes") or 0)
        self.break_minutes = int(get("break_minutes") or 0)
        self.travel = int(get("travel_minutes") or 60)
        self.cushion = int(get("cushion_sessions") or 0)
        self.availability = read(folder, "availability.csv")
        self.exceptions = read(folder, "exceptions.csv")
        self.payers = {r["payer"]: r for r in read(folder, "payers.csv")}
        self.phases = read(folder, "phases.csv")
        self.services = {}
        for row in read(folder, "services.csv"):
            service = Service(row, self)
            self.services[service.id] = service
        self.read_opening()
        self.read_people()
        self.read_needs()
        self.apart = {tuple(sorted((r["patient_id"], r["apart_from"])))
                      for r in read(folder, "apart.csv")}
        self.fixed = self.read_fixed()

    # Time

    def mask(self, start, end):
        """Slots that lie wholly within [start, end), minutes of the week."""
        first, last = -(-start // self.slot), end // self.slot
        return ((1 << (last - first)) - 1) << first if last > first else 0

    def day_mask(self, day):
        return self.mask(day * DAY, (day + 1) * DAY)

    def to_grid(self, exact):
        """Slots all of whose minutes are in a mask of minutes: windows shrink inward."""
        whole, result = (1 << self.slot) - 1, 0
        for slot in range(7 * DAY // self.slot):
            if (exact >> (slot * self.slot)) & whole == whole:
                result |= 1 << slot
        return result

    def windows(self, kind, name, preference):
        """Minutes of the rows of availability.csv, and whether there are any."""
        result, any_row = 0, False
        for row in self.availability:
            if row["kind"].lower() != kind or row.get("id", "").lower() != name.lower():
                continue
            if (row.get("preference") or "available").lower() != preference:
                continue
            any_row = True
            for day in day_list(row["day"]):
                result |= span(day * DAY + minute(row["start"]), day * DAY + minute(row["end"]))
        return result, any_row

    def exception(self, kind, name, effect):
        """Minutes of the rows of exceptions.csv that fall into this week."""
        result = 0
        for row in self.exceptions:
            if row["kind"].lower() != kind or row.get("id", "").lower() != name.lower():
                continue
            if (row.get("effect") or "off").lower() != effect:
                continue
            first = datetime.date.fromisoformat(row["date"])
            last = datetime.date.fromisoformat(row["until"]) if row.get("until") else first
            start = minute(row["start"]) if row.get("start") else 0
            end = minute(row["end"]) if row.get("end") else DAY
            for day in range(7):
                if first <= self.monday + datetime.timedelta(days=day) <= last:
                    result |= span(day * DAY + start, day * DAY + end)
        return result

    def read_opening(self):
        opens = minute(self.settings.get("open") or "08:00")
        closes = minute(self.settings.get("close") or "21:00")
        own = {day for row in self.availability if row["kind"].lower() == "program"
               for day in day_list(row["day"])}
        given, _ = self.windows("program", "", "available")
        self.exact_opening = 0
        for day in self.days:
            hours = span(day * DAY + opens, day * DAY + closes)
            today = span(day * DAY, (day + 1) * DAY)
            self.exact_opening |= given & today if day in own else hours
        self.exact_opening &= ~self.exception("program", "", "off")
        self.opening = self.to_grid(self.exact_opening)
        self.closed = {day for day in range(7)
                       if not self.exact_opening & span(day * DAY, (day + 1) * DAY)}

    def hours_of(self, kind, person):
        available, any_available = self.windows(kind, person.id, "available")
        preferred, _ = self.windows(kind, person.id, "preferred")
        free = available | preferred if any_available else self.exact_opening
        free |= self.exception(kind, person.id, "on") & self.exact_opening
        free &= ~self.exception(kind, person.id, "off")
        if kind != "therapist":
            free &= self.exact_opening
        person.free, person.preferred = self.to_grid(free), self.to_grid(preferred)

    # People

    def read_people(self):
        self.patients, self.therapists, self.rooms = {}, {}, {}
        for row in read(self.folder, "therapists.csv"):
            person = Person(row["therapist_id"], row)
            person.credentials = items(row.get("credentials", ""))
            person.max_day = minutes(row.get("max_hours_day") or "8")
            person.max_week = minutes(row.get("max_hours_week") or "40")
            self.hours_of("therapist", person)
            self.therapists[person.id] = person
        for row in read(self.folder, "rooms.csv"):
            room = Person(row["room_id"], row)
            room.capacity = int(row["capacity"])
            room.features = items(row.get("features", ""))
            self.hours_of("room", room)
            self.rooms[room.id] = room
        for row in read(self.folder, "patients.csv"):
            self.add_patient(Person(row["patient_id"], row))

    def add_patient(self, p):
        row = p.row
        p.tags = items(row.get("tags", ""))
        p.priority = Fraction(row.get("priority") or 1)
        p.telehealth = (row.get("telehealth") or "yes").lower()
        p.telehealth = {"y": "yes", "n": "no"}.get(p.telehealth, p.telehealth)
        first = last = None
        if row.get("admitted"):
            first = datetime.date.fromisoformat(row["admitted"])
        if row.get("discharged"):
            last = datetime.date.fromisoformat(row["discharged"])
        p.here = [d for d in range(7)
                  if (first is None or self.monday + datetime.timedelta(days=d) >= first)
                  and (last is None or self.monday + datetime.timedelta(days=d) <= last)]
        operating = [d for d in self.days if d in p.here]
        if not operating:
            return
        p.share = Fraction(len(operating), len(self.days))
        phase = self.phase_of(row, first)
        cell = {c: row.get(c) or (phase or {}).get(c) for c in
                ("min_hours", "max_hours", "min_days", "max_days")}
        p.min_minutes = int(minutes(cell["min_hours"]) * p.share) // 15 * 15
        if p.share == 1:
            p.min_minutes = minutes(cell["min_hours"])
        p.max_minutes = minutes(cell["max_hours"])
        p.min_days, p.max_days = int(int(cell["min_days"]) * p.share), int(cell["max_days"])
        self.hours_of("patient", p)
        for day in range(7):
            if day not in p.here:
                p.free &= ~self.day_mask(day)
        self.patients[p.id] = p

    def phase_of(self, row, admitted):
        if row.get("phase"):
            return next(r for r in self.phases if r["phase"].lower() == row["phase"].lower())
        if not admitted:
            return None
        number = max(0, (self.monday - admitted).days // 7) + 1
        for r in self.phases:
            last = int(r["to_week"]) if r.get("to_week") else number
            if int(r["from_week"]) <= number <= last:
                return r
        return None

    # Needs

    def eligible(self, patient, service):
        if service.tags and not set(service.tags) & set(patient.tags):
            return False
        return patient.telehealth != ("no" if service.telehealth else "only")

    def holds(self, row):
        every = int(row.get("every_weeks") or 1)
        if every == 1:
            return True
        weeks = (self.monday - monday(row["first_week"])).days // 7
        return weeks >= 0 and weeks % every == 0

    def read_needs(self):
        rows = {}
        for row in read(self.folder, "requirements.csv"):
            if self.holds(row):
                rows.setdefault(row["service"].lower(), []).append(row)
        categories = sorted({s.category for s in self.services.values() if s.category})
        for p in self.patients.values():
            p.weekly_max = {}
            for service in self.services.values():
                able = self.eligible(p, service)
                p.weekly_max[service.id] = service.weekly_max if able else 0
                need = self.need_of(p, rows, service.id, "session", service.id) if able else None
                if need:
                    p.weekly_max[service.id] = need.most
                    p.needs.append(need)
            for category in categories:
                members = [s for s in self.services.values() if s.category == category]
                if any(self.eligible(p, s) for s in members):
                    need = self.need_of(p, rows, "category:" + category, "category", category)
                    if need:
                        p.needs.append(need)

    def need_of(self, p, rows, word, kind, name):
        ranks = [[], [], []]
        for row in rows.get(word.lower(), []):
            same = row["service"].lower() == word.lower() if kind == "session" \
                else row["service"] == word
            who = row["applies_to"]
            if not same:
                continue
            if who.lower() == "all":
                ranks[2].append(row)
            elif who.startswith("tag:"):
                if who[4:].strip() in p.tags:
                    ranks[1].append(row)
            elif who.lower() == p.id.lower():
                ranks[0].append(row)
        winners = next((rank for rank in ranks if rank), None)
        if winners is None:
            return None
        least = max(int(r.get("min_sessions") or 0) for r in winners)
        mosts = [int(r["max_sessions"]) if r.get("max_sessions") else None for r in winners]
        return Need(kind, name, int(least * p.share), None if None in mosts else max(mosts))

    # What is decided already

    def read_fixed(self):
        """[(service, start, therapists, room, patients)], rows of one session together."""
        sessions, singles = {}, []
        for row in read(self.folder, "fixed.csv"):
            if row.get("week") and monday(row["week"]) != self.monday:
                continue
            day = day_list(row["day"])[0]
            who = items(row.get("patient_id", ""))
            if day not in self.days or day in self.closed:
                continue
            if any(p not in self.patients or day not in self.patients[p].here for p in who):
                continue
            service = self.services[row["service_id"]]
            start = day * DAY + minute(row["start"])
            therapists = tuple(sorted(items(row.get("therapist_id", ""))))
            key = (service.id, start, therapists, row.get("room_id", ""))
            if service.format == "group":
                sessions.setdefault(key, set()).update(who)
            else:
                singles.append((key, set(who)))
        return [(*key, who) for key, who in list(sessions.items()) + singles]


class Service:
    def __init__(self, row, clinic):
        self.id, self.row = row["service_id"], row
        self.format = (row.get("format") or "group").lower()
        self.category = row.get("category", "")
        self.minutes = int(row.get("minutes") or 60)
        group = self.format == "group"
        self.min_size = int(row.get("min_size") or (3 if group else 1))
        self.max_size = int(row.get("max_size") or (12 if group else 1))
        roles = [items(part) for part in row.get("credentials", "").split("+")]
        self.roles = roles if len(roles) > 1 else roles * int(row.get("leaders") or 1)
        self.notes = int(row.get("notes_minutes") or 0)
        self.features = items(row.get("room_features", ""))
        self.telehealth = (row.get("mode") or "onsite").lower() == "telehealth"
        self.tags = items(row.get("tags", ""))
        self.closed = (row.get("membership") or "open").lower() == "closed"
        self.counted = yes(row.get("counts_hours") or "yes")
        default = len(clinic.days) if group else 0
        self.weekly_max = int(row["weekly_max"]) if row.get("weekly_max") else default
        self.sessions_min = int(row.get("sessions_min") or 0)
        self.sessions_max = int(row["sessions_max"]) if row.get("sessions_max") else None
        self.starts = []
        for word in items(row.get("starts", "")):
            day, _, time = word.rpartition(" ")
            self.starts.append((DAYS.index(day.strip()[:3].lower()) if day else None, minute(time)))

    def counted_minutes(self):
        return self.minutes if self.counted else 0

    def may_lead(self, therapist):
        return any(not role or set(role) & set(therapist.credentials) for role in self.roles)

"""Clinics with odd features: tiny ones, whose best week a general solver proves in a moment, and
larger ones, which have to be searched.

Nothing sees to it that needs can be met; only that the folder is valid, and that what is fixed can
take place.
"""

from collections import namedtuple

from clinics import people
from clinics.chance import Chance
from clinics.folder import DAYS, Folder, cell, clock, date_of, hours, week_after

CREDENTIALS = ("A", "B", "C")
TAGS = ("red", "blue")
CATEGORIES = ("talk", "skill", "")

# How much of each thing there is, from and to; days are pairs of how many and how often. Hours are
# a therapist's, seats a room's, and spare is how many a group takes beyond its least.
Size = namedtuple("Size", "patients days slots therapists day_hours week_hours rooms seats services"
                          " spare requirements")
TINY = Size(patients=(3, 6), days=((2, 5), (3, 3), (1, 2)), slots=(3, 5), therapists=(2, 3),
            day_hours=(2, 4), week_hours=(2, 8), rooms=(1, 2), seats=(2, 5), services=(2, 4),
            spare=(0, 3), requirements=(1, 5))


def size_for(patients):
    """Enough of all to keep so many patients busy, and not always enough."""
    return Size(patients=(patients, patients), days=((3, 2), (4, 3), (5, 5)), slots=(6, 10),
                therapists=(2 + patients // 8, 3 + patients // 5), day_hours=(3, 7),
                week_hours=(6, 30), rooms=(2, 2 + patients // 6), seats=(3, 10), services=(4, 8),
                spare=(0, 8), requirements=(3, 10))


class Micro:
    """A clinic in the making; rows are kept as dictionaries with what later rows need to know."""

    def __init__(self, seed, week, patients=None):
        self.chance = chance = Chance(seed * 7919 + 11)
        self.week = week
        self.size = size = size_for(patients) if patients else TINY
        self.folder = Folder(["Made by scripts/generate.py --micro %s--seed %d --week %s"
                              % ("--patients %d " % patients if patients else "", seed, week)])
        self.slot = chance.weighted([(60, 7), (30, 3)])
        self.days = chance.sample([0, 1, 2, 3, 4], chance.weighted(size.days))
        self.open = 9 * 60
        self.close = self.open + self.slot * chance.between(*size.slots)
        self.closed_hours = {}  # (kind, id) -> [(day, start, end)] taken away
        self.given_hours = {}   # (kind, id) -> [(day, start, end)] if any are given

    def maybe(self, percent, value, otherwise=""):
        return value if self.chance.percent(percent) else otherwise

    def make(self):
        self.settings()
        self.therapists()
        self.rooms()
        self.services()
        self.patients()
        self.requirements()
        self.availability()
        self.exceptions()
        self.apart()
        self.fixed()
        return self.folder

    def settings(self):
        chance, put = self.chance, self.folder.setting
        put("program_name", "Micro")
        put("days", cell(DAYS[d] for d in self.days))
        put("open", clock(self.open))
        put("close", clock(self.close))
        put("slot_minutes", self.slot)
        put("hours_floor", 1)
        put("days_floor", 1)
        self.day_max = chance.between(2, 4)
        put("day_max_hours", self.day_max)
        self.visit_min = chance.weighted([(0, 4), (1, 4), (2, 2)])
        put("visit_min_hours", self.visit_min)
        self.break_after = 0
        if chance.percent(35):
            self.break_after = self.slot * chance.between(2, 3)
            put("break_after_minutes", self.break_after)
            put("break_minutes", self.slot)
        put("travel_minutes", chance.pick([0, 30, 60, 120]))
        if chance.percent(25):
            put("weight_cushion", chance.pick(["0.5", "3", "12.125"]))
            put("cushion_sessions", chance.between(0, 2))
        if chance.percent(30):
            put("weight_staff_idle_hour", chance.pick(["0.25", "1", "4"]))
        for name, values in (
                ("hour_short", ["10", "40.5"]), ("day_short", ["3", "60"]),
                ("session_short", ["7", "55"]), ("offer_short", ["5", "30"]),
                ("staff_hour", ["0", "2.5"]), ("idle_hour", ["0", "1", "6"]),
                ("stranded_day", ["1", "33"]), ("extra_day", ["0", "4"]),
                ("not_primary", ["0", "9"]), ("not_preferred_hour", ["0", "3"])):
            if chance.percent(20):
                put("weight_" + name, chance.pick(values))

    def therapists(self):
        chance = self.chance
        self.staff = []
        for n in range(chance.between(*self.size.therapists)):
            own = [c for c in CREDENTIALS if chance.percent(70)]
            most = chance.between(*self.size.day_hours)
            week = chance.between(*self.size.week_hours)
            self.staff.append(dict(id="T%d" % (n + 1), credentials=own, day=most, week=week))
            self.folder.add("therapists.csv", therapist_id="T%d" % (n + 1),
                            name=people.name(chance), credentials=cell(own), max_hours_day=most,
                            max_hours_week=week)

    def rooms(self):
        chance = self.chance
        self.places = []
        for n in range(chance.between(*self.size.rooms)):
            features = self.maybe(40, "quiet")
            room = dict(id="R%d" % (n + 1), capacity=chance.between(*self.size.seats),
                        features=features)
            self.places.append(room)
            self.folder.add("rooms.csv", room_id=room["id"], capacity=room["capacity"],
                            features=features)

    def services(self):
        chance = self.chance
        self.offer = []
        for n in range(chance.between(*self.size.services)):
            group = chance.percent(70) or n == 0
            least = chance.between(1, 3 if n else 2)
            s = dict(
                service_id="S%d" % (n + 1),
                format="group" if group else chance.pick(["individual", "family"]),
                category=chance.pick(CATEGORIES), minutes=self.slot * chance.weighted(
                    [(1, 7), (2, 3)]),
                min_size=least if group else "", max_size=least + chance.between(*self.size.spare)
                if group else "", notes_minutes=self.maybe(20, self.slot),
                credentials=chance.weighted([("", 4), ("A", 2), ("A;B", 2), ("C", 1),
                                             ("A + B", 1)]),
                room_features=self.maybe(15, "quiet"),
                mode=self.maybe(20, "telehealth", "onsite"), tags=self.maybe(20 if n else 0, chance.pick(TAGS)),
                membership=self.maybe(15 if group else 0, "closed"),
                counts_hours=self.maybe(12, "no"), weekly_max=self.maybe(30, chance.between(1, 2)),
                sessions_min=self.maybe(15, chance.between(1, 2)),
                sessions_max=self.maybe(25, chance.between(2, 3)), starts=self.starts())
            if group and not s["credentials"] and chance.percent(15):
                s["leaders"] = 2
            if not group and not s["weekly_max"]:
                s["weekly_max"] = self.maybe(60, 1)
            self.offer.append(s)
            self.folder.add("services.csv", **s)

    def starts(self):
        chance = self.chance
        times = range(self.open, self.close, self.slot)
        kind = chance.weighted([("any", 6), ("times", 3), ("days", 1)])
        if kind == "any":
            return ""
        some = chance.sample(list(times), chance.between(1, 3))
        if kind == "times":
            return cell(clock(t) for t in some)
        return cell("%s %s" % (DAYS[chance.pick(self.days)], clock(t)) for t in some)

    def patients(self):
        chance = self.chance
        self.people = []
        if chance.percent(40):
            self.folder.add("payers.csv", payer="PAY", day_min_hours=chance.between(0, 2),
                            day_min_services=chance.between(0, 2), citation="")
        payer = "PAY" if self.folder.tables["payers.csv"] else ""
        phases = chance.percent(25)
        if phases:
            self.folder.add("phases.csv", phase="one", from_week=1, to_week=2, min_hours=3,
                            max_hours=5, min_days=2, max_days=3)
            self.folder.add("phases.csv", phase="two", from_week=3, min_hours=1, max_hours=3,
                            min_days=1, max_days=2)
        for n in range(chance.between(*self.size.patients)):
            low = chance.between(4, 16) * 15
            days = chance.between(1, len(self.days))
            p = dict(
                patient_id="P%d" % (n + 1), name=people.name(chance),
                tags=cell(t for t in TAGS if chance.percent(40)),
                primary_therapist=self.maybe(50, chance.pick(self.staff)["id"]),
                telehealth=chance.weighted([("", 7), ("no", 2), ("only", 1)]),
                payer=self.maybe(50, payer), priority=chance.weighted(
                    [("", 5), ("2", 2), ("0.125", 1), ("10", 1)]),
                admitted=self.admitted(phases), discharged=self.discharged())
            if p["discharged"] and p["discharged"] < p["admitted"]:
                p["discharged"] = p["admitted"]
            if not phases or chance.percent(30):
                p.update(min_hours=hours(max(low, 60)),
                         max_hours=hours(max(low, 60) + 15 * chance.between(0, 12)),
                         min_days=days, max_days=chance.between(days, max(days, 3)))
            self.people.append(p)
            self.folder.add("patients.csv", **p)

    def admitted(self, needed):
        """A date before or within the week; always one, where it decides the phase."""
        if self.chance.percent(10):
            return date_of(self.week, self.chance.pick(self.days))
        return date_of(self.week, -self.chance.between(0, 30)) if needed else ""

    def discharged(self):
        return self.maybe(8, date_of(self.week, self.chance.pick(self.days + [5, 30])))

    def eligible(self, p, s):
        if s["tags"] and s["tags"] not in p["tags"].split(";"):
            return False
        return p["telehealth"] != ("no" if s["mode"] == "telehealth" else "only")

    def requirements(self):
        chance = self.chance
        for _ in range(chance.between(*self.size.requirements)):
            who = chance.weighted([("all", 3), ("tag:" + chance.pick(TAGS), 3), ("one", 5)])
            category = chance.pick(CATEGORIES[:2]) if chance.percent(25) else ""
            of_category = [s for s in self.offer if s["category"] == category]
            service = chance.pick(self.offer)
            if category and not of_category:
                continue
            if who == "one":
                p = chance.pick(self.people)
                who = p["patient_id"]
                wanted = of_category if category else [service]
                if not any(self.eligible(p, s) for s in wanted):
                    continue
            if who.startswith("tag:") and not any(
                    who[4:] in p["tags"].split(";") for p in self.people):
                continue
            least = chance.between(0, 2)
            row = dict(applies_to=who, service="category:" + category if category
                       else service["service_id"], min_sessions=least,
                       max_sessions=self.maybe(60, max(1, least + chance.between(0, 1))))
            if chance.percent(15):
                row.update(every_weeks=2, first_week=week_after(self.week, -chance.between(0, 3)))
            self.folder.add("requirements.csv", **row)

    def kinds(self):
        yield from (("patient", p["patient_id"]) for p in self.people)
        yield from (("therapist", t["id"]) for t in self.staff)
        yield from (("room", r["id"]) for r in self.places)

    def window(self):
        """Some hours of the day, off the grid now and then."""
        chance = self.chance
        n = (self.close - self.open) // self.slot
        first = chance.below(2)
        start = self.open + first * self.slot
        end = start + chance.between(min(2, n - first), n - first) * self.slot
        if chance.percent(10) and end - start > self.slot:
            start, end = start + 10, end - 5
        return start, end

    def availability(self):
        chance = self.chance
        for kind, name in self.kinds():
            if not chance.percent(30):
                continue
            self.given_hours[kind, name] = given = []
            for day in self.days:
                if chance.percent(80):
                    start, end = self.window()
                    end = end + self.slot if kind == "therapist" and chance.percent(30) else end
                    given.append((day, start, end))
            given = given or [(self.days[0], self.open, self.close)]
            self.given_hours[kind, name] = given
            for day, start, end in given:
                self.hours_row(kind, name, day, start, end)
        for p in self.people:
            if chance.percent(25):
                start, end = self.window()
                self.hours_row("patient", p["patient_id"], chance.pick(self.days), start, end,
                               "preferred")
        if chance.percent(20):
            self.hours_row("program", "", chance.pick(self.days), self.open,
                           self.close - self.slot)
            self.closed_hours["program", ""] = [(d, self.close - self.slot, self.close)
                                                for d in self.days]

    def hours_row(self, kind, name, day, start, end, preference=""):
        self.folder.add("availability.csv", kind=kind, id=name, day=DAYS[day], start=clock(start),
                        end=clock(end), preference=preference)

    def exceptions(self):
        chance = self.chance
        for kind, name in self.kinds():
            if not chance.percent(10):
                continue
            day, (start, end) = chance.pick(self.days), self.window()
            effect = chance.weighted([("off", 3), ("on", 1)])
            if effect == "off":
                self.closed_hours.setdefault((kind, name), []).append((day, start, end))
            self.folder.add("exceptions.csv", kind=kind, id=name, date=date_of(self.week, day),
                            start=clock(start), end=clock(end), effect=effect)

    def apart(self):
        chance = self.chance
        self.any_apart = chance.percent(30)
        if self.any_apart:
            a, b = chance.sample(self.people, 2)
            self.folder.add("apart.csv", patient_id=a["patient_id"], apart_from=b["patient_id"])
            if chance.percent(40):
                self.folder.add("apart.csv", patient_id=b["patient_id"],
                                apart_from=chance.pick(self.staff)["id"])

    # One session that is decided already, where it is plain that it can take place.

    def free(self, kind, name, day, start, end):
        given = self.given_hours.get((kind, name))
        if given is not None and not any(
                d == day and a <= start and end <= b for d, a, b in given):
            return False
        if given is None and end > self.close:
            return False
        away = self.closed_hours.get((kind, name), []) + self.closed_hours.get(("program", ""), [])
        return not any(d == day and a < end and start < b for d, a, b in away)

    def fixed(self):
        chance = self.chance
        if self.any_apart or chance.percent(60):
            return
        for _ in range(20):
            service, day = chance.pick(self.offer), chance.pick(self.days)
            start = chance.pick(list(range(self.open, self.close, self.slot)))
            leader, room = chance.pick(self.staff), chance.pick(self.places)
            if not self.plain(service, leader, room, day, start):
                continue
            telehealth = service["mode"] == "telehealth"
            self.folder.add("fixed.csv", service_id=service["service_id"], day=DAYS[day],
                            start=clock(start), therapist_id=leader["id"],
                            room_id="" if telehealth else self.maybe(60, room["id"]),
                            week=self.maybe(50, self.week))
            return

    def plain(self, service, leader, room, day, start):
        """True if the session can be held by this leader in this room, whatever else happens."""
        end = start + service["minutes"]
        roles = service["credentials"]
        qualified = not roles or set(roles.split(";")) & set(leader["credentials"])
        if "+" in roles or service.get("leaders") or not qualified or service["membership"]:
            return False
        starts = service["starts"].split(";")
        if starts != [""] and clock(start) not in starts and (
                "%s %s" % (DAYS[day], clock(start)) not in starts):
            return False
        counted = 0 if service["counts_hours"] else service["minutes"]
        if counted < 60 * self.visit_min and service["mode"] != "telehealth":
            return False
        most = 60 * min(leader["day"], leader["week"], self.day_max)
        if service["minutes"] > most or end > self.close:
            return False
        if self.break_after and service["minutes"] > self.break_after:
            return False
        least = service["min_size"] or 1
        if not service["mode"] == "telehealth" and (
                room["capacity"] < least or service["room_features"] not in ("", room["features"])
                or not self.free("room", room["id"], day, start, end)):
            return False
        notes = service["notes_minutes"] or 0
        if not self.free("therapist", leader["id"], day, start, end + notes):
            return False
        able = [p for p in self.people if self.eligible(p, service) and not p["discharged"]
                and not p["admitted"] and float(p.get("max_hours", 0)) * 60 >= service["minutes"]
                and self.free("patient", p["patient_id"], day, start, end)]
        if service["format"] != "group" and not service["weekly_max"]:
            return False
        return len(able) >= least


def micro_folder(seed, week, patients=None):
    """The folder of one clinic with odd features: a tiny one, or one of so many patients."""
    return Micro(seed, week, patients).make()

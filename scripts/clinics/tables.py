"""Writes a made program down as a clinic folder whose every need the hidden week meets."""

from clinics.folder import DAY, DAYS, Folder, cell, clock, date_of, day_of, hours, week_after
from clinics.program import PHASES

PAYERS = [
    ("MEDICAID", "State plan", 3, 2, "Provider manual 4.2 (made up)"),
    ("HARBOR", "Harbor Health", 3, 1, "Contract 2026 annex B (made up)"),
    ("UNITY", "Unity Mutual", 2, 2, "Policy 11-7 (made up)"),
]


def clinic_folder(program):
    profile = program.profile
    folder = Folder(profile.about)
    add_settings(program, folder)
    tag_patients(program)
    tables = [add_therapists, add_rooms, add_patients, add_patient_hours, add_requirements,
              add_services, add_exceptions, add_apart, add_fixed]
    for table in tables:
        table(program, folder)
    if profile.phases:
        for phase, (first, last, low, high, few, many, _) in PHASES.items():
            folder.add("phases.csv", phase=phase, from_week=first, to_week=last, min_hours=low,
                       max_hours=high, min_days=few, max_days=many)
    return folder


def add_settings(program, folder):
    profile = program.profile
    folder.setting("program_name", profile.title or "Program of %d" % profile.patients)
    folder.setting("timezone", "America/New_York")
    folder.setting("days", cell(DAYS[d] for d in profile.days))
    folder.setting("open", clock(profile.open))
    folder.setting("close", clock(profile.close))
    folder.setting("slot_minutes", profile.slot)
    folder.setting("break_after_minutes", program.week.break_after)
    folder.setting("break_minutes", program.week.stretch - program.week.break_after)
    if len(profile.days) < 3:
        folder.setting("hours_floor", 1)
        folder.setting("days_floor", 1)


def tag_patients(program):
    """Tags that follow from the hidden week: for whom a requirement may ask what."""
    for patient in program.patients:
        if patient.online:
            patient.tags.append("online")
        if count(patient, "DBT") and program.chance.percent(40):
            patient.tags.append("dual")


def count(patient, service):
    return sum(s.service.id == service for s in patient.attended)


def count_category(patient, category):
    return sum(s.service.category == category for s in patient.attended)


# People and rooms

def add_therapists(program, folder):
    profile, chance = program.profile, program.chance
    staff = program.staff.therapists
    if profile.cap_week and profile.tightness < 100:
        staff = chance.sample(staff, len(staff) * profile.tightness // 100)
    for t in staff:
        given = profile.cap_week or (t.minutes * 105 // 100 + 29) // 30 * 30
        if not profile.cap_week:
            given = max(60, given * profile.tightness // 100 // 30 * 30)
        most = max(t.minutes_day + [min(given, t.cap_day)])
        folder.add("therapists.csv", therapist_id=t.id, name=t.name,
                   credentials=cell(t.credentials), max_hours_day=hours(most),
                   max_hours_week=hours(given))
        add_windows(folder, "therapist", t.id, t.windows)


def add_windows(folder, kind, name, windows, preference=""):
    """Rows of availability.csv, days with equal hours together."""
    by_hours = {}
    for day in sorted(windows):
        by_hours.setdefault(windows[day], []).append(DAYS[day])
    for (opens, closes), days in by_hours.items():
        folder.add("availability.csv", kind=kind, id=name, day=cell(days), start=clock(opens),
                   end=clock(min(closes, DAY)), preference=preference)


def add_rooms(program, folder):
    for room in program.staff.rooms:
        folder.add("rooms.csv", room_id=room.id, name=room.name, capacity=room.capacity,
                   features=cell(room.features))


def add_patients(program, folder):
    profile, chance = program.profile, program.chance
    payers = [p[0] for p in PAYERS] + [""]
    for name, title, low, services, citation in PAYERS:
        folder.add("payers.csv", payer=name, name=title, day_min_hours=low,
                   day_min_services=services, citation=citation)
    counselors = [t for t in program.staff.therapists if "LCSW" in t.credentials
                  or "LMHC" in t.credentials or "LADC" in t.credentials]
    for p in program.patients:
        row = dict(patient_id=p.id, name=p.name, tags=cell(p.tags))
        row.update(own_hours(program, p))
        primary = p.facts.get("primary")
        luck = chance.below(100)
        if luck >= 95 or not counselors:
            primary = None
        elif luck >= 88:
            primary = chance.pick(counselors)
        if profile.cap_week:
            primary = None
        row["primary_therapist"] = primary.id if primary else ""
        row["telehealth"] = chance.pick(["only", "yes"]) if p.online else (
            "no" if chance.percent(15) else "")
        row["payer"] = chance.pick(payers)
        row["priority"] = chance.weighted([("", 88), ("2", 7), ("3", 3), ("5", 2)])
        folder.add("patients.csv", **row)


def own_hours(program, p):
    """The cells that say how many hours and days, and since when."""
    profile, chance = program.profile, program.chance
    if not profile.phases:
        n_days = len({day_of(s.start) for s in p.attended})
        low = p.minutes // 60 * 60
        return dict(min_hours=hours(low), max_hours=hours(min(low + 180, 20 * 60)),
                    min_days=n_days, max_days=min(5, n_days + (1 if len(profile.days) > 1 else 0)))
    first, last = PHASES[p.facts["phase"]][:2]
    weeks = chance.between(first, last or first + 6)
    back = 7 * (weeks - 1) + chance.below(7)
    cells = dict(admitted=date_of(profile.week, -back))
    if p.facts.get("from"):
        cells["admitted"] = date_of(profile.week, p.facts["from"])
    if p.facts.get("until"):
        cells["discharged"] = date_of(profile.week, p.facts["until"])
    elif "from" not in p.facts and chance.percent(30):
        cells["discharged"] = date_of(profile.week, 7 + chance.below(60))
    if "from" not in p.facts and chance.percent(12):  # agreed with this patient alone
        low = min(p.minutes, PHASES[p.facts["phase"]][3] * 60) // 30 * 30 - chance.pick([0, 30, 60])
        cells["min_hours"] = hours(max(low, 9 * 60))
        cells["max_hours"] = PHASES[p.facts["phase"]][3]  # holds when the phase steps down, too
    return cells


def add_patient_hours(program, folder):
    """Windows that hold the patient's hidden week, and some room around it."""
    profile, chance = program.profile, program.chance
    for p in program.patients:
        early = min(s.start % DAY for s in p.attended)
        late = max((s.end - 1) % DAY + 1 for s in p.attended)
        lo, hi = p.window
        opens = lo + chance.below((early - lo) // 30 + 1) * 30
        closes = hi - chance.below((hi - late) // 30 + 1) * 30
        if chance.percent(10):
            continue  # nothing said: any time
        days = [d for d in profile.days if d in p.days or chance.percent(55)]
        p.facts["hours"] = {d: (opens, closes) for d in days}
        add_windows(folder, "patient", p.id, p.facts["hours"])
        if chance.percent(20):
            liked = {d: (early, min(late, early + 240)) for d in days if d in p.days}
            add_windows(folder, "patient", p.id, liked, "preferred")


# What is asked for

def add_requirements(program, folder):
    chance, everybody = program.chance, program.patients
    full = [p for p in everybody if "from" not in p.facts]

    def require(who, service, low, high="", every="", first=""):
        folder.add("requirements.csv", applies_to=who, service=service, min_sessions=low,
                   max_sessions=high, every_weeks=every, first_week=first)

    if all(count_category(p, "individual") for p in full):
        require("all", "category:individual", 1, 1)
    else:
        for p in everybody:
            if count_category(p, "individual"):
                require(p.id, "category:individual", 1, 1)
    for category in ("process", "skills"):
        least = min(count_category(p, category) for p in full)
        if least:
            require("all", "category:" + category, min(least, 2))
    for tag, service in (("women", "WOM"), ("family", "FED"), ("new", "CAS"), ("screen", "UDS")):
        if any(tag in p.tags for p in everybody):
            require("tag:" + tag, service, 1, 1)
    for service in program.services.values():
        if service.closed:
            require("tag:" + service.tags[0], service.id, 2, 2)
    if any("dual" in p.tags for p in everybody):
        require("tag:dual", "DBT", 1)
    for p in everybody:
        for name, weeks, offset in p.facts.get("periodic", []):
            first = week_after(program.profile.week, -offset - weeks * chance.below(3))
            require(p.id, name, 1, 1, weeks, first)
        wanted = [s for s in ("REL", "CBT", "MOT", "EDU") if count(p, s)]
        if wanted and p in full and chance.percent(10):
            service = chance.pick(wanted)
            require(p.id, service, max(1, count(p, service) - 1))


def add_services(program, folder):
    held = {}
    for session in program.week.sessions:
        held[session.service.id] = held.get(session.service.id, 0) + 1
    for patient in program.patients:
        for name, *_ in patient.facts.get("periodic", []):
            held.setdefault(name, 0)  # asked for, though due for nobody this week
    for s in program.services.values():
        if s.id not in held:
            continue
        offered = {"EDU": 1, "FED": 1}.get(s.id)
        if s.closed:
            s.sessions_max = held[s.id]
        elif s.id == "PEER":
            s.sessions_max = held[s.id] + 2
        add_service(folder, s, offered)


def add_service(folder, s, offered=None):
    group = s.format == "group"
    folder.add(
        "services.csv", service_id=s.id, name=s.name, format=s.format, category=s.category,
        minutes=s.minutes, min_size=s.min_size if group else "",
        max_size=s.max_size if group else "", leaders=s.leaders or "",
        notes_minutes=s.notes or "", credentials=" + ".join(cell(r) for r in s.roles),
        room_features=cell(s.features), mode="telehealth" if s.telehealth else "onsite",
        tags=cell(s.tags), membership="closed" if s.closed else "",
        counts_hours="" if s.counted else "no", weekly_max=s.weekly_max,
        sessions_min=s.sessions_min or offered or "", sessions_max=s.sessions_max,
        starts=cell(s.starts))


# This week, separations, what is decided already

def add_exceptions(program, folder):
    profile, chance = program.profile, program.chance

    def off(kind, name, busy, hours_of):
        day = chance.pick(list(profile.days))
        opens, closes = hours_of(day)
        starts = [at for at in range(opens, closes - 59, 30)
                  if not busy & program.week.mask(day * DAY + at, 60)]
        if starts:
            at = chance.pick(starts)
            folder.add("exceptions.csv", kind=kind, id=name, date=date_of(profile.week, day),
                       start=clock(at), end=clock(at + 60))

    for p in program.patients:
        if chance.percent(6):
            off("patient", p.id, p.busy, lambda day: p.window)
        elif chance.percent(3) and "hours" in p.facts:
            free = [d for d in profile.days if d not in p.facts["hours"]]
            if free:
                folder.add("exceptions.csv", kind="patient", id=p.id, effect="on",
                           date=date_of(profile.week, free[0]), start=clock(p.window[0]),
                           end=clock(p.window[1]))
    for t in program.staff.therapists:
        if chance.percent(12) and not profile.cap_week:
            off("therapist", t.id, t.busy, lambda day: t.windows.get(day, (0, 0)))
    if len(program.staff.rooms) > 3:
        room = chance.pick(program.staff.rooms)
        off("room", room.id, room.busy, lambda day: (profile.open, profile.close))
    folder.add("exceptions.csv", kind="program", date="2026-12-24", until="2026-12-25")


def add_apart(program, folder):
    chance, patients = program.chance, program.patients
    if not program.profile.extras or program.profile.all_fixed:
        return
    for _ in range(len(patients) // 15):
        a, b = chance.sample(patients, 2)
        if not any(a in s.patients for s in b.attended):
            folder.add("apart.csv", patient_id=a.id, apart_from=b.id)
    for _ in range(len(patients) // 30):
        a, t = chance.pick(patients), chance.pick(program.staff.therapists)
        if not any(t in s.leaders for s in a.attended):
            folder.add("apart.csv", patient_id=a.id, apart_from=t.id)


def add_fixed(program, folder):
    profile, chance = program.profile, program.chance
    if not (profile.extras or profile.all_fixed):
        return
    for s in program.week.sessions:
        row = dict(service_id=s.service.id, day=DAYS[day_of(s.start)], start=clock(s.start % DAY))
        if profile.all_fixed:
            row.update(therapist_id=cell(t.id for t in s.leaders),
                       room_id=s.room.id if s.room else "",
                       patient_id=cell(p.id for p in s.patients))
        elif s.service.closed:
            row.update(therapist_id=cell(t.id for t in s.leaders), room_id=s.room.id)
        elif s.service.format == "individual" and s.service.counted and chance.percent(3):
            row.update(therapist_id=s.leaders[0].id, patient_id=s.patients[0].id,
                       week=profile.week)
        elif s.service.format == "group" and s.room and chance.percent(3):
            row.update(room_id=s.room.id)
        else:
            continue
        folder.add("fixed.csv", **row)

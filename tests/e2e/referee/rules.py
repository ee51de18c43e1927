"""The hard rules H1 ... H12 on a finished plan: breaches as (rule, words)."""

from .clinic import DAY


def breaches(clinic, plan):
    found = []
    for rule in (h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, h11, h12):
        found += [(rule.__name__.upper(), words) for words in rule(clinic, plan)]
    return found


def of_patient(plan, patient):
    return sorted((s for s in plan if patient in s.patients), key=lambda s: s.start)


def of_therapist(plan, therapist):
    return sorted((s for s in plan if therapist in s.leaders), key=lambda s: s.start)


def by_day(sessions):
    days = {}
    for s in sessions:
        days.setdefault(s.day, []).append(s)
    return days


def clashes(clinic, who, timed, free):
    """Words for times taken twice or not free; timed: [(session, end)]."""
    taken = 0
    for s, end in timed:
        mask = clinic.mask(s.start, end)
        if taken & mask:
            yield "%s is in two sessions during %s" % (who, s.id)
        if mask & ~free:
            yield "%s is not available for %s" % (who, s.id)
        taken |= mask


def h1(clinic, plan):
    for p in clinic.patients.values():
        mine = of_patient(plan, p.id)
        yield from clashes(clinic, p.id, [(s, s.end) for s in mine], p.free)
    for s in plan:
        for name in s.patients:
            if name not in clinic.patients:
                yield "%s takes no part" % name
        if clinic.mask(s.start, s.end) & ~clinic.opening:
            yield "%s outside opening hours" % s.id


def can_fill(roles, leaders):
    """True if the leaders can fill the roles, one each."""
    if not roles:
        return True
    return any(not roles[0] or set(roles[0]) & set(one.credentials)
               for one in leaders) and any(
        (not roles[0] or set(roles[0]) & set(one.credentials))
        and can_fill(roles[1:], [x for x in leaders if x is not one]) for one in leaders)


def h2(clinic, plan):
    for t in clinic.therapists.values():
        mine = of_therapist(plan, t.id)
        timed = [(s, s.end + s.service.notes) for s in mine]
        yield from clashes(clinic, t.id, timed, t.free)
        if sum(s.service.minutes for s in mine) > t.max_week:
            yield "%s leads too long in the week" % t.id
        for day, today in by_day(mine).items():
            if sum(s.service.minutes for s in today) > t.max_day:
                yield "%s leads too long on day %d" % (t.id, day)
    for s in plan:
        leaders = [clinic.therapists[name] for name in s.leaders]
        if len(set(s.leaders)) != len(s.service.roles) or len(leaders) != len(s.service.roles):
            yield "%s has %d leaders" % (s.id, len(s.leaders))
        elif not can_fill(s.service.roles, leaders):
            yield "%s is led without the credentials" % s.id


def h3(clinic, plan):
    for room in clinic.rooms.values():
        mine = sorted((s for s in plan if s.room == room.id), key=lambda s: s.start)
        yield from clashes(clinic, room.id, [(s, s.end) for s in mine], room.free)
        for s in mine:
            if len(s.patients) > room.capacity:
                yield "%s is too full for its room" % s.id
            if set(s.service.features) - set(room.features):
                yield "%s is in a room without its features" % s.id
    for s in plan:
        if s.service.telehealth == bool(s.room):
            yield "%s: room %r" % (s.id, s.room)


def h4(clinic, plan):
    for s in plan:
        n = len(s.patients)
        if n != len(set(s.patients)):
            yield "%s has someone twice" % s.id
        if not s.service.min_size <= n <= s.service.max_size:
            yield "%s has %d patients" % (s.id, n)


def h5(clinic, plan):
    for p in clinic.patients.values():
        mine = of_patient(plan, p.id)
        if sum(s.service.counted_minutes() for s in mine) > p.max_minutes:
            yield "%s has too many hours" % p.id
        days = by_day(mine)
        if len(days) > p.max_days:
            yield "%s comes on too many days" % p.id
        for day, today in days.items():
            if sum(s.service.counted_minutes() for s in today) > clinic.day_max:
                yield "%s has too many hours on day %d" % (p.id, day)


def h6(clinic, plan):
    for p in clinic.patients.values():
        for day, today in by_day(of_patient(plan, p.id)).items():
            counted = sum(s.service.counted_minutes() for s in today)
            if counted < clinic.visit_min and any(not s.service.telehealth for s in today):
                yield "%s comes for too little on day %d" % (p.id, day)


def h7(clinic, plan):
    for p in clinic.patients.values():
        mine = of_patient(plan, p.id)
        for today in by_day(mine).values():
            names = [s.service.id for s in today]
            if len(names) != len(set(names)):
                yield "%s has a service twice on one day" % p.id
        for name, most in p.weekly_max.items():
            able = clinic.eligible(p, clinic.services[name])  # else a matter of H8
            if able and most is not None and sum(s.service.id == name for s in mine) > most:
                yield "%s has %s too often" % (p.id, name)
        for need in p.needs:
            if need.kind == "category" and need.most is not None:
                if sum(s.service.category == need.name for s in mine) > need.most:
                    yield "%s has category %s too often" % (p.id, need.name)


def h8(clinic, plan):
    for s in plan:
        for name in s.patients:
            if name in clinic.patients and not clinic.eligible(clinic.patients[name], s.service):
                yield "%s is not eligible for %s" % (name, s.id)
    for service in clinic.services.values():
        if service.closed:
            held = [s for s in plan if s.service is service]
            for name in {name for s in held for name in s.patients}:
                if not all(name in s.patients for s in held):
                    yield "%s attends closed %s in part" % (name, service.id)


def rests(clinic, sessions):
    """True if the sessions of one day leave the breaks."""
    if not clinic.break_after or not clinic.break_minutes:
        return True
    stretch = min(clinic.break_after + clinic.break_minutes, DAY)
    day, busy = sessions[0].day * DAY, 0
    for s in sessions:
        busy |= clinic.mask(s.start, s.end)
    for start in range(day, day + DAY - stretch + 1, clinic.slot):
        inside = bin(busy & clinic.mask(start, start + stretch)).count("1") * clinic.slot
        if inside > clinic.break_after:
            return False
    return True


def h9(clinic, plan):
    for who, sessions in (
            [(p, of_patient(plan, p)) for p in clinic.patients]
            + [(t, of_therapist(plan, t)) for t in clinic.therapists]):
        for day, today in by_day(sessions).items():
            if not rests(clinic, today):
                yield "%s has no break on day %d" % (who, day)
    for p in clinic.patients:
        for day, today in by_day(of_patient(plan, p)).items():
            for a in today:
                for b in today:
                    if a.service.telehealth and not b.service.telehealth:
                        if max(a.start, b.start) - min(a.end, b.end) < clinic.travel:
                            yield "%s cannot travel on day %d" % (p, day)


def h10(clinic, plan):
    for s in plan:
        for a in s.patients:
            for b in s.patients + s.leaders:
                if a != b and tuple(sorted((a, b))) in clinic.apart:
                    yield "%s and %s meet in %s" % (a, b, s.id)


def h11(clinic, plan):
    """Every fixed session is a session of its own: a matching by augmenting paths."""
    fits = []
    for service, start, therapists, room, patients in clinic.fixed:
        fits.append([i for i, s in enumerate(plan)
                     if s.service.id == service and s.start == start
                     and set(therapists) <= set(s.leaders) and room in ("", s.room)
                     and patients <= set(s.patients)])
    holder = {}

    def seat(row, seen):
        for i in fits[row]:
            if i not in seen:
                seen.add(i)
                if i not in holder or seat(holder[i], seen):
                    holder[i] = row
                    return True
        return False

    for row, fixed in enumerate(clinic.fixed):
        if not seat(row, set()):
            yield "fixed %s at %d does not take place" % fixed[:2]


def h12(clinic, plan):
    for service in clinic.services.values():
        held = [s for s in plan if s.service is service]
        if service.sessions_max is not None and len(held) > service.sessions_max:
            yield "%s is held too often" % service.id
        for s in held:
            if service.starts and not any(
                    day in (None, s.day) and at == s.start % DAY for day, at in service.starts):
                yield "%s starts when it may not" % s.id
            if s.start % clinic.slot or s.day not in clinic.days or s.end > (s.day + 1) * DAY:
                yield "%s is off the grid" % s.id

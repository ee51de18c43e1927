"""Groups across cohorts, and sessions of one patient: what lies around the blocks of groups."""

from clinics import curriculum
from clinics.folder import DAY


def add_special_groups(program):
    """Closed trauma groups, women's groups and family education, beside the blocks."""
    n_closed = max(1, program.profile.patients // 80) if program.profile.patients >= 20 else 0
    on_site = [c for c in program.cohorts if not c.online]
    for number in range(n_closed):
        service = curriculum.closed_group(number + 1, program.profile.slot)
        cohort = on_site[number * len(on_site) // n_closed]
        if add_closed_group(program, service, cohort):
            program.services[service.id] = service
    for first in range(0, len(on_site), 2):
        pair = [c for c in on_site[first:first + 2] if c.track == on_site[first].track
                and c.start == on_site[first].start]
        members = [p for cohort in pair for p in cohort.patients]
        for name, tag, percent in (("WOM", "women", 45), ("FED", "family", 35)):
            share = [p for p in members if program.chance.percent(percent)]
            add_weekly_group(program, program.services[name], tag, share)


def beside(program, service, patients, day):
    """A start right after or right before the patients' block when all of them are free."""
    block = [s for s in patients[0].attended if s.start // DAY == day]
    if not block:
        return None
    for start in (max(s.end for s in block), min(s.start for s in block) - service.minutes):
        lo, hi = (day * DAY + minute for minute in patients[0].window)
        if (lo <= start and start + service.minutes <= hi
                and all(program.week.patient_free(p, service, start) for p in patients)):
            return start
    return None


def add_weekly_group(program, service, tag, candidates):
    """One session a week, on the day on which most can come; those who can get the tag."""
    best = []
    for day in program.profile.days:
        here = [p for p in candidates if day in p.days]
        here = [p for p in here if p.minutes + service.minutes <= p.max_minutes - 60]
        here = here[:min(service.max_size, 12)]
        if len(here) > max(len(best), service.min_size - 1) and beside(program, service, here, day):
            best, at = here, beside(program, service, here, day)
    if best:
        program.hold(service, at, best)
        for patient in best:
            patient.tags.append(tag)


def add_closed_group(program, service, cohort):
    """Two sessions a week that the whole roster attends."""
    need = 2 * service.minutes + 60
    days = list(program.profile.days)
    for first in days:
        for second in days[days.index(first) + 2:]:
            roster = [p for p in cohort.patients if first in p.days and second in p.days
                      and p.minutes + need <= p.max_minutes][:6]
            if len(roster) < service.min_size:
                continue
            starts = [beside(program, service, roster, day) for day in (first, second)]
            if None in starts:
                continue
            leaders = program.hold(service, starts[0], roster).leaders
            program.hold(service, starts[1], roster, leaders)
            for patient in roster:
                patient.tags.append(service.tags[0])
            return True
    return False


def add_single_sessions(program):
    """Counseling, family sessions, medication, case management, drug tests."""
    chance = program.chance
    program.add_counseling(program.patients)
    for patient in program.patients:
        primary = [patient.facts["primary"]] if "primary" in patient.facts else []
        if not patient.online and chance.percent(28):
            add_periodic(program, patient, "FSE", 2, 1, primary)
        if chance.percent(60):
            add_periodic(program, patient, "OMD" if patient.online else "MED", 4, 1, [])
        if not patient.online and patient.facts["phase"] == "intensive":
            add_tagged(program, patient, "CAS", "new")
        if not patient.online and chance.percent(50):
            add_tagged(program, patient, "UDS", "screen")


def add_periodic(program, patient, name, weeks, here, first):
    """A session every so many weeks: due this week for one patient in so many."""
    service, chance = program.services[name], program.chance
    offset = chance.below(weeks)
    if offset == 0 and (patient.minutes + service.minutes > patient.max_minutes
                        or program.place(patient, service, first) is None):
        offset = 1
    patient.facts.setdefault("periodic", []).append((name, weeks, offset))


def add_tagged(program, patient, name, tag):
    service = program.services[name]
    if service.counted and patient.minutes + service.minutes > patient.max_minutes:
        return
    if program.place(patient, service) is not None:
        patient.tags.append(tag)

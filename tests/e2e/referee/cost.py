"""The cost of a plan: exact amounts by term."""

from fractions import Fraction

from .clinic import WEIGHTS
from .rules import by_day, of_patient, of_therapist


def amounts(clinic, plan, previous=None):
    """{weight: amount}; previous: {(patient, service, start)} or None."""
    total = dict.fromkeys(WEIGHTS, Fraction(0))
    for p in clinic.patients.values():
        for name, amount in of_one_patient(clinic, plan, p).items():
            total[name] += amount
    for service in clinic.services.values():
        held = sum(s.service is service for s in plan)
        total["weight_offer_short"] += max(0, service.sessions_min - held)
    for s in plan:
        total["weight_staff_hour"] += Fraction(s.service.minutes * len(s.leaders), 60)
    for t in clinic.therapists:
        for today in by_day(of_therapist(plan, t)).values():
            total["weight_staff_idle_hour"] += staff_idle(today)
    if previous is not None:
        known = {key[0] for key in previous}
        total["weight_change"] += sum(
            (p, s.service.id, s.start) not in previous
            for s in plan for p in s.patients if p in known)
    return total


def cost(clinic, plan, previous=None):
    found = amounts(clinic, plan, previous)
    return sum(clinic.weights[name] * amount for name, amount in found.items())


def of_one_patient(clinic, plan, p):
    mine = of_patient(plan, p.id)
    days = by_day(mine)
    counted = sum(s.service.counted_minutes() for s in mine)
    short = max(0, p.min_minutes - counted)
    missing = 0
    for need in p.needs:
        have = sum((s.service.id if need.kind == "session" else s.service.category) == need.name
                   for s in mine)
        missing += max(0, need.least - have)
    groups = sorted((s.service.counted_minutes() for s in mine if s.service.format == "group"),
                    reverse=True)
    lost = sum(groups[:clinic.cushion])
    return {
        "weight_hour_short": Fraction(short, 60) * p.priority,
        "weight_day_short": max(0, p.min_days - len(days)) * p.priority,
        "weight_session_short": missing * p.priority,
        "weight_idle_hour": sum(idle(today) for today in days.values()),
        "weight_stranded_day": sum(stranded(clinic, p, today) for today in days.values()),
        "weight_extra_day": max(0, len(days) - p.min_days),
        "weight_not_primary": sum(not_primary(clinic, p, s) for s in mine),
        "weight_not_preferred_hour": sum(not_preferred(clinic, p, s) for s in mine),
        "weight_cushion": Fraction(max(0, p.min_minutes - counted + lost) - short, 60),
    }


def idle(today):
    span = max(s.end for s in today) - min(s.start for s in today)
    return Fraction(span - sum(s.service.minutes for s in today), 60)


def staff_idle(today):
    """Hours from first start to last end, less sessions and notes in between."""
    first, last = min(s.start for s in today), max(s.end for s in today)
    busy = set()
    for s in today:
        busy.update(range(s.start, min(s.end + s.service.notes, last)))
    return Fraction(last - first - len(busy), 60)


def stranded(clinic, p, today):
    payer = clinic.payers.get(p.row.get("payer", ""))
    counted = [s for s in today if s.service.counted]
    if not payer or not counted:
        return 0
    hours = Fraction(sum(s.service.minutes for s in counted), 60)
    return int(hours < Fraction(payer.get("day_min_hours") or 0)
               or len({s.service.id for s in counted}) < int(payer.get("day_min_services") or 0))


def not_primary(clinic, p, s):
    name = p.row.get("primary_therapist", "")
    if s.service.format == "group" or not name or name in s.leaders:
        return 0
    return int(s.service.may_lead(clinic.therapists[name])
               and tuple(sorted((p.id, name))) not in clinic.apart)


def not_preferred(clinic, p, s):
    if not p.preferred:
        return 0
    outside = clinic.mask(s.start, s.end) & ~p.preferred
    return Fraction(bin(outside).count("1") * clinic.slot, 60)

"""The services of a made-up program, and the blocks of groups that its cohorts go through."""

from clinics.week import Service

CLINICAL = ("LCSW", "LMHC", "LADC")
LICENSED = ("LCSW", "LMHC")


def services(slot):
    """All services by id, on a grid of 30 or 15 minutes."""
    fine = slot == 15
    listed = [
        Service("CHK", "Check-in and goals", category="education", minutes=15 if fine else 30,
                roles=(CLINICAL,)),
        Service("PRO", "Process group", category="process", minutes=90, roles=(CLINICAL,)),
        Service("CBT", "CBT skills", category="skills", roles=(LICENSED,)),
        Service("DBT", "DBT skills", category="skills", minutes=90, roles=(("DBT",),)),
        Service("REL", "Relapse prevention", category="skills", roles=(CLINICAL,)),
        Service("MOT", "Motivational enhancement", category="skills", minutes=45 if fine else 60,
                roles=(CLINICAL,)),
        Service("TSF", "Twelve-step facilitation", category="recovery",
                minutes=45 if fine else 60, roles=(("LADC", "PEER"),)),
        Service("EDU", "Addiction education", category="education", minutes=75 if fine else 60,
                features=("projector",), max_size=14, leaders=1),
        Service("LIF", "Life skills", category="education", roles=(("CM", "PEER", "LADC"),)),
        Service("PEER", "Recovery circle", category="recovery", roles=(CLINICAL, ("PEER",))),
        Service("WOM", "Women's group", category="process", tags=("women",), roles=(LICENSED,)),
        Service("FED", "Family education", category="family", tags=("family",), max_size=14,
                roles=(("LMFT", "LCSW"),), features=("projector",)),
        Service("OCK", "Check-in online", category="education", minutes=30, telehealth=True,
                roles=(CLINICAL,)),
        Service("OPR", "Process group online", category="process", minutes=90, telehealth=True,
                roles=(CLINICAL,)),
        Service("OSK", "CBT skills online", category="skills", telehealth=True,
                roles=(LICENSED,)),
        Service("IND", "Individual counseling", "individual", "individual", 60, 1, 1,
                roles=(CLINICAL,), notes=15 if fine else 0, weekly_max=1),
        Service("OIN", "Individual counseling online", "individual", "individual", 60, 1, 1,
                roles=(CLINICAL,), telehealth=True, weekly_max=1),
        Service("FSE", "Family session", "family", "family", 60, 1, 1, roles=(("LMFT", "LCSW"),),
                notes=slot, features=("quiet",)),
        Service("MED", "Medication management", "individual", "medical", 30, 1, 1,
                roles=(("MD", "NP"),)),
        Service("OMD", "Medication management online", "individual", "medical", 30, 1, 1,
                roles=(("MD", "NP"),), telehealth=True),
        Service("CAS", "Case management", "individual", "case", 45 if fine else 30, 1, 1,
                roles=(("CM", "LADC"),)),
        Service("UDS", "Drug test", "individual", "medical", 15 if fine else 30, 1, 1,
                roles=(("TECH",),), features=("lab",), counted=False),
    ]
    return {s.id: s for s in listed}


def closed_group(number, slot):
    """A closed trauma group with its roster as a tag, led by two roles."""
    return Service("SAFE%d" % number, "Seeking safety, cohort %d" % number, category="process",
                   minutes=60, max_size=10, roles=(("TRAUMA",), CLINICAL), closed=True,
                   tags=("safe%d" % number,), notes=slot)


# Blocks of three hours, with and without the process group; a cohort draws from them.
WITH_PROCESS = {
    30: [("CHK", "PRO", "CBT"), ("PRO", "DBT"), ("CHK", "PRO", "REL"), ("PRO", "CHK", "EDU"),
         ("CHK", "PRO", "PEER"), ("DBT", "PRO"), ("CHK", "PRO", "LIF"), ("PRO", "CHK", "TSF"),
         ("CHK", "PRO", "MOT")],
    15: [("CHK", "PRO", "EDU"), ("PRO", "DBT"), ("MOT", "PRO", "TSF"), ("DBT", "PRO"),
         ("TSF", "MOT", "PRO"), ("PRO", "MOT", "TSF")],
}
WITHOUT_PROCESS = {
    30: [("REL", "EDU", "PEER"), ("CBT", "REL", "TSF"), ("CBT", "LIF", "MOT"),
         ("DBT", "CHK", "REL"), ("REL", "CBT", "EDU")],
    15: [("CBT", "REL", "PEER"), ("REL", "LIF", "CBT"), ("CBT", "PEER", "LIF")],
}
ONLINE = [("OCK", "OPR", "OSK"), ("OSK", "OPR", "OCK"), ("OPR", "OCK", "OSK")]
# Where nobody leads for longer than an hour.
HOURLY = [("CBT", "REL", "MOT"), ("REL", "LIF", "CBT"), ("TSF", "CBT", "EDU"),
          ("MOT", "REL", "TSF"), ("EDU", "CBT", "LIF")]


def blocks_of_a_week(chance, slot, online=False, hourly=False):
    """The block of each day of operation, Monday to Friday; four of five have a process group."""
    if online:
        return [chance.pick(ONLINE) for _ in range(5)]
    if hourly:
        return [chance.pick(HOURLY) for _ in range(5)]
    blocks = chance.shuffled(WITH_PROCESS[slot])[:4]
    while len(blocks) < 4:
        blocks.append(chance.pick(WITH_PROCESS[slot]))
    blocks.append(chance.pick(WITHOUT_PROCESS[slot]))
    return chance.shuffled(blocks)

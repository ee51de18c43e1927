"""Awkward clinics: a conference, one evening, one room, therapists of one hour, all fixed."""

from dataclasses import replace

from clinics import people
from clinics.chance import Chance
from clinics.folder import DAY, Folder, cell, day_of
from clinics.tables import add_service
from clinics.week import Patient, Room, Service, Therapist, Week


def conference_profile(profile, patients):
    return replace(profile, patients=patients or 200)


def one_evening(profile, patients):
    """Everybody comes on the same evening."""
    return replace(profile, patients=patients or 300, days=(3,), open=17 * 60, close=21 * 60,
                   tracks=("evening",), phases=False, extras=False, counseled=10)


def one_room(profile, patients):
    """Groups and counseling all day long in a single room."""
    return replace(profile, patients=patients or 20, tracks=("day",), one_room=True, extras=False)


def one_hour_therapists(profile, patients):
    """Nobody of the staff leads for more than one hour in the week."""
    return replace(profile, patients=patients or 24, cap_week=60, extras=False, phases=False)


def all_fixed(profile, patients):
    """The whole week is decided already."""
    if profile.tightness < 100:
        raise SystemExit("generate.py: a week that is fixed needs all of its staff")
    return replace(profile, patients=patients or 60, all_fixed=True)


SHAPES = {"conference": conference_profile, "one-evening": one_evening, "one-room": one_room,
          "one-hour-therapists": one_hour_therapists, "all-fixed": all_fixed}

N_TALKS, N_ROOMS, HOURS_A_DAY = 400, 10, 9


def conference(profile):
    """400 services of one session each, and for everybody 13 to 20 that must be attended.

    In the hidden week nobody has a clash; what it costs is the staff's hours alone.
    """
    chance = Chance(profile.seed * 1000003 + 77)
    week = Week(profile.slot)
    rooms = [Room("R%02d" % (n + 1), "Hall %d" % (n + 1), 14) for n in range(N_ROOMS)]
    starts = [day * DAY + (9 + hour) * 60 for day in range(5) for hour in range(HOURS_A_DAY)]
    places = chance.sample([(at, room) for at in starts for room in rooms], N_TALKS)
    speakers = [Therapist("T%02d" % (n + 1), people.name(chance), [], {}, 0, 0)
                for n in range(60)]
    talks = chance_talks(chance, places, speakers)
    patients = [Patient("P%03d" % (n + 1), people.name(chance)) for n in range(profile.patients)]
    rosters = choose_talks(chance, patients, talks, starts)
    for (service, at, room, speaker), roster in zip(talks, rosters):
        week.add(service, at, [speaker], room, roster)
    return conference_folder(profile, talks, patients, speakers, rooms, rosters), week


def chance_talks(chance, places, speakers):
    """[(service, start, room, speaker)]: nobody speaks twice at a time."""
    talks, busy = [], set()
    titles = chance.shuffled(range(len(places)))
    for (at, room), number in zip(places, titles):
        free = [t for t in speakers if (at, t.id) not in busy and t.minutes < 8 * 60]
        speaker = chance.pick(free[:20])
        busy.add((at, speaker.id))
        speaker.minutes += 60  # only to share the talks out; week.add() counts anew
        service = Service("S%03d" % (number + 1), "Session %d" % (number + 1), minutes=60,
                          min_size=1, max_size=14, sessions_max=1, weekly_max=1,
                          roles=(("BY-" + speaker.id,),))
        talks.append((service, at, room, speaker))
    for speaker in speakers:
        speaker.minutes = 0
        speaker.credentials = ["BY-" + speaker.id]
        speakers.sort(key=lambda t: t.id)
    return talks


def choose_talks(chance, patients, talks, starts):
    """Who attends which talk: 13 to 20 each, at different starts, at most five on one day."""
    rosters = [[] for _ in talks]
    at_start = {}
    for index, talk in enumerate(talks):
        at_start.setdefault(talk[1], []).append(index)
    for patient in patients:
        n, per_day = chance.between(13, 20), [0] * 7
        for at in chance.shuffled(starts):
            open_talks = [i for i in at_start.get(at, []) if len(rosters[i]) < 14]
            if n == 0 or not open_talks or per_day[day_of(at)] == 5:
                continue
            rosters[min(open_talks, key=lambda i: (len(rosters[i]), i))].append(patient)
            per_day[day_of(at)] += 1
            n -= 1
    return rosters


def conference_folder(profile, talks, patients, speakers, rooms, rosters):
    folder = Folder(profile.about)
    for name, value in (("program_name", profile.title or "Conference"),
                        ("days", "Mon;Tue;Wed;Thu;Fri"), ("open", "09:00"), ("close", "18:00"),
                        ("slot_minutes", 60), ("visit_min_hours", 1), ("weight_idle_hour", 0)):
        folder.setting(name, value)
    for service, *_ in sorted(talks, key=lambda talk: talk[0].id):
        add_service(folder, service)
    for p in patients:
        n_days = len({day_of(s.start) for s in p.attended})
        folder.add("patients.csv", patient_id=p.id, name=p.name, min_hours=len(p.attended),
                   max_hours=len(p.attended), min_days=n_days, max_days=n_days)
        for service in sorted(s.service.id for s in p.attended):
            folder.add("requirements.csv", applies_to=p.id, service=service, min_sessions=1,
                       max_sessions=1)
    for t in speakers:
        folder.add("therapists.csv", therapist_id=t.id, name=t.name,
                   credentials=cell(t.credentials), max_hours_day=8, max_hours_week=40)
    for room in rooms:
        folder.add("rooms.csv", room_id=room.id, name=room.name, capacity=room.capacity)
    return folder

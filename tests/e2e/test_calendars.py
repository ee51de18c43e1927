"""iCalendar files, through a strict checker and two unrelated readers, against the plan's CSV."""

import datetime
import os
import re
import zoneinfo

import pytest

from calendars import strict
from calendars.readers import FIELDS, READERS
from small import WEEK, nothing_else, write_clinic
from tools import SAMPLES, plan, rows, run

QUICK = ("--time-limit", "2", "--gap", "0.05")
# Around both changes of the clocks in New York: the Sundays of W10 and W44, and the weeks after.
WEEKS = ("2026-W10", "2026-W11", "2026-W44", "2026-W45", "2026-W49")


def ics_files(out):
    return sorted((out / "calendars").rglob("*.ics"))


def read(reader, paths):
    """{file: its calendar}, events by start."""
    found = READERS[reader]([str(p) for p in paths])
    for calendar in found:
        calendar["events"].sort(key=lambda e: (e["start"], e["uid"]))
    return dict(zip(paths, found))


def moment(row, clock):
    day = datetime.datetime.strptime(row["date"], "%Y-%m-%d")
    hour, minute = map(int, row[clock].split(":"))
    return day + datetime.timedelta(hours=hour, minutes=minute)


def expected_times(row, zone):
    """What an event must say of when a row of a CSV file takes place."""
    told = {"tzid": zone if zone and zone != "UTC" else None}
    for clock in ("start", "end"):
        told[clock] = moment(row, clock).strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if zone == "UTC" else
                                                                          "")
        if zone and zone != "UTC":
            at = moment(row, clock).replace(tzinfo=zoneinfo.ZoneInfo(zone))
            if at.utcoffset() == at.replace(fold=1).utcoffset():
                told[clock + "_unix"] = int(at.timestamp())
            # else clocks show this time twice, and readers differ in which one they take
    return told


def by_start(table):
    return sorted(table, key=lambda r: (r["date"], r["start"]))


def compare(events, expected):
    told = [{k: event[k] for k in wanted} for event, wanted in zip(events, expected)]
    assert told == expected
    assert len(events) == len(expected)


@pytest.fixture(scope="module", params=WEEKS)
def planned(request, tmp_path_factory):
    """(clinic, out, week) of the small clinic."""
    folder = tmp_path_factory.mktemp("calendars")
    clinic = write_clinic(folder / "clinic", requirements=nothing_else(WEEK))
    plan(clinic, folder / "out", *QUICK, week=request.param)
    return clinic, folder / "out", request.param


def stamp(week, revision=0):
    monday = datetime.datetime.strptime(week + "-1", "%G-W%V-%u")
    return (monday - datetime.timedelta(days=7)
            + datetime.timedelta(seconds=revision)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_every_line_is_right(planned):
    files = ics_files(planned[1])
    assert len(files) == 1 + 3 + 2 + 2
    assert {str(f): strict.faults(f.read_bytes()) for f in files} == {str(f): [] for f in files}


@pytest.mark.parametrize("reader", READERS)
def test_patients_calendars_are_attendance_csv(planned, reader):
    _, out, week = planned
    attendance = [r for r in rows(out / "attendance.csv") if r["service_id"] != "UDS"]
    assert len(attendance) == len("P1 P2 P1 P2 P3 P1 P3 P2 P1 P3 P1".split())
    for path, calendar in read(reader, ics_files(out)).items():
        if path.parent.name != "patients":
            continue
        own = by_start(r for r in attendance if r["patient_id"] == path.stem)
        compare(calendar["events"], [
            {**expected_times(r, "America/New_York"), "summary": "Appointment",
             "location": None if r["room_id"] else "Online", "description": None, "sequence": 0,
             "status": "CONFIRMED", "class": "PRIVATE", "stamp": stamp(week)} for r in own])
        assert (calendar["name"], calendar["method"]) == ("Appointments", "PUBLISH")


@pytest.mark.parametrize("reader", READERS)
def test_staff_calendars_are_sessions_csv(planned, reader):
    _, out, _ = planned
    attendance = rows(out / "attendance.csv")
    for path, calendar in read(reader, ics_files(out)).items():
        kind = path.parent.name
        if kind == "patients":
            continue
        column = {"rooms": "room_id", "therapists": "therapist_ids"}.get(kind)
        own = by_start(r for r in rows(out / "sessions.csv")
                       if not column or path.stem in r[column].split(";"))
        expected = []
        for row in own:
            who = [a["patient_id"] for a in attendance if a["session_id"] == row["session_id"]]
            lines = ["Session " + row["session_id"],
                     "Led by " + row["therapists"].replace(";", ", ")]
            if kind == "therapists" and row["service_id"] == "UDS":
                lines.append("Notes: 30 minutes after it")
            lines.append("Patients: %d" % len(who) if kind == "rooms" else
                         "Patients (%d): %s" % (len(who), ", ".join(who)))
            expected.append({**expected_times(row, "America/New_York"), "summary": row["service"],
                             "location": row["room"] or "Online", "status": "CONFIRMED",
                             "class": "PRIVATE", "description": "\n".join(lines)})
        compare(calendar["events"], expected)


def test_both_readers_see_the_same(planned):
    files = ics_files(planned[1])
    one, other = (read(reader, files) for reader in READERS)
    for path in files:
        for field in FIELDS + ("start_unix", "end_unix"):
            assert ([e[field] for e in one[path]["events"]]
                    == [e[field] for e in other[path]["events"]])
        assert one[path]["name"] == other[path]["name"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sample, week", [("tiny", w) for w in WEEKS]
                         + [("riverside", w) for w in WEEKS[2:]])  # before, too few are there
def test_samples(tmp_path, sample, week, reader):
    plan(SAMPLES / sample, tmp_path / "out", "--time-limit", "2", "--gap", "1", week=week)
    files = ics_files(tmp_path / "out")
    assert [f for f in files if strict.faults(f.read_bytes())] == []
    calendars = read(reader, files)
    attendance = rows(tmp_path / "out" / "attendance.csv")
    for path in files:
        if path.parent.name == "patients":
            own = by_start(r for r in attendance if r["patient_id"] == path.stem)
            compare(calendars[path]["events"],
                    [expected_times(r, "America/New_York") for r in own])
    assert attendance


@pytest.mark.parametrize("zone", [
    None, "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca",
    "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham", "America/Santiago", "Asia/Tokyo",
    "America/Phoenix", "US/Eastern"])
@pytest.mark.parametrize("week", ["2026-W10", "2026-W13", "2026-W14", "2026-W43", "2026-W44"])
def test_zones(tmp_path, zone, week):
    """Both readers come to the very second at which the machine's own zone database has it."""
    clinic = write_clinic(tmp_path / "clinic", settings={"timezone": zone})
    plan(clinic, tmp_path / "out", *QUICK, "--formats", "ics", week=week)
    program = tmp_path / "out" / "calendars" / "program.ics"
    assert strict.faults(program.read_bytes()) == []
    sessions = by_start(rows(tmp_path / "out" / "sessions.csv"))
    assert len(sessions) == len(WEEK)
    for reader in READERS:
        compare(read(reader, [program])[program]["events"],
                [expected_times(r, zone) for r in sessions])


@pytest.mark.parametrize("reader", READERS)
def test_full_detail(tmp_path, reader):
    clinic = write_clinic(tmp_path / "clinic", settings={"calendar_detail": "full"})
    out = tmp_path / "out"
    plan(clinic, out, *QUICK)
    path = out / "calendars" / "patients" / "P1.ics"
    calendar = read(reader, [path])[path]
    assert calendar["name"] == "Small Steps"
    told = [(e["summary"], e["location"], e["description"]) for e in calendar["events"]]
    assert told[:2] == [("Small Steps: Relapse prevention", "Group room", "With Ines Moreau"),
                        ("Small Steps: Education online", "Online", "With Ines Moreau")]
    assert ("Small Steps: Family, friends; and you", "Group room", "With Ines Moreau") in told
    assert not any("Drug" in t[0] for t in told), "a surprise that is none"


def test_neutral_files_tell_nothing(planned):
    """Not the program, a service, a therapist, a room, nor an id of any of them, also not in UIDs."""
    for path in (planned[1] / "calendars" / "patients").iterdir():
        text = path.read_text(encoding="utf-8")
        for word in ("Small", "REL", "UDS", "LONG", "G1", "T1", "Ines", "Group", "Drug"):
            assert not re.search(r"\b%s\b" % word, text)


def test_uids(tmp_path):
    """Stable for a session of a week; other in another week, program, and patient's calendar."""
    def uids(name, week, program="Small Steps", only=None):
        clinic = write_clinic(tmp_path / "clinic", settings={"program_name": program})
        plan(clinic, tmp_path / name, *QUICK, "--formats", "ics", week=week)
        files = ics_files(tmp_path / name)
        return {(p.parent.name, p.stem): {e["uid"] for e in calendar["events"]}
                for p, calendar in read("python3-icalendar", files).items()}

    first, again = uids("a", "2026-W49"), uids("b", "2026-W49")
    assert first == again
    staff = first["calendars", "program"]
    assert len(staff) == len(WEEK)
    assert staff == first["therapists", "T1"] | first["therapists", "T2"]
    own = [first["patients", p] for p in ("P1", "P2", "P3")]
    assert sum(map(len, own)) == len(own[0] | own[1] | own[2])
    assert not staff & (own[0] | own[1] | own[2])
    for other in (uids("c", "2026-W50"), uids("d", "2026-W49", "Other Steps")):
        assert not set().union(*first.values()) & set().union(*other.values())


def test_bytes_do_not_depend_on_the_surroundings(tmp_path):
    clinic = write_clinic(tmp_path / "clinic")
    told = []
    for name, env in (("a", {"TZ": "Asia/Tokyo", "LC_ALL": "C"}),
                      ("b", {"TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE"})):
        plan(clinic, tmp_path / name, *QUICK, env=dict(os.environ, **env))
        told.append([(f.relative_to(tmp_path / name), f.read_bytes())
                     for f in ics_files(tmp_path / name)])
    assert told[0] == told[1]


@pytest.mark.parametrize("zone", [None, "America/New_York"])
def test_nobody_comes(tmp_path, zone):
    """A calendar without events is a valid file, so that a subscription does not break."""
    clinic = write_clinic(tmp_path / "clinic", week=[], settings={"timezone": zone})
    plan(clinic, tmp_path / "out", *QUICK)
    files = ics_files(tmp_path / "out")
    assert len(files) == 8
    for path in files:
        assert strict.faults(path.read_bytes()) == []
        assert b"VEVENT" not in path.read_bytes()
    for reader in READERS:
        assert all(c["events"] == [] for c in read(reader, files).values())


@pytest.mark.parametrize("profile, files", [
    ("director", {"program", "G1", "L1", "T1", "T2", "P1", "P2", "P3"}),
    ("therapist", {"program", "G1", "L1", "T1", "T2"}),
    ("door", {"program", "G1", "L1"}),
    ("patient", {"P1", "P2", "P3"}),
])
@pytest.mark.parametrize("names", [(), ("--names",)])
def test_profiles(tmp_path, profile, files, names):
    clinic = write_clinic(tmp_path / "clinic")
    out = tmp_path / "out"
    plan(clinic, out, *QUICK, "--profile", profile, *names)
    assert {f.stem for f in ics_files(out)} == files
    telling = {"director": {"program", "T1", "T2"}, "therapist": {"T1", "T2"}}.get(profile, set())
    word = "Ada Quill" if names else "P1"
    for path in ics_files(out):
        text = path.read_bytes().replace(b"\r\n ", b"").decode("utf-8")
        assert (word in text) == (path.stem in telling), path
        assert "Bo Reed" not in text or names
        if profile == "door":
            assert "Patients" not in text


def test_without_libical(tmp_path):
    program = os.environ.get("IOPSCHED_BARE")
    if not program:
        pytest.skip("IOPSCHED_BARE names no program built without libical")
    clinic = write_clinic(tmp_path / "clinic")
    done = run("plan", clinic, "-o", tmp_path / "out", "--formats", "ics", program=program)
    assert done.returncode == 64
    assert "libical-dev" in done.stderr
    plan(clinic, tmp_path / "out", *QUICK, program=program)
    assert not (tmp_path / "out" / "calendars").exists()


def spoilt():
    """(what is wrong, how to make it so): each must be seen by the checker."""
    def swap(old, new):
        return lambda data: data.replace(old, new, 1)
    return {
        "bare LF": swap(b"CLASS:PRIVATE\r\n", b"CLASS:PRIVATE\n"),
        "bare CR": swap(b"SUMMARY:Appointment", b"SUMMARY:Appoint\rment"),
        "long line": swap(b"SUMMARY:Appointment", b"SUMMARY:" + b"A" * 70),
        "control character": swap(b"SUMMARY:Appointment", b"SUMMARY:App\x01ointment"),
        "split character": swap(b"SUMMARY:Appointment", b"SUMMARY:\xc3\r\n \xa9"),
        "no UID": swap(b"UID:", b"X-UID:"),
        "no DTSTAMP": swap(b"DTSTAMP:", b"X-DTSTAMP:"),
        "local DTSTAMP": lambda d: d.replace(b"T000000Z\r\nDTSTART", b"T000000\r\nDTSTART", 1),
        "no METHOD": swap(b"METHOD:PUBLISH\r\n", b""),
        "no VERSION": swap(b"VERSION:2.0\r\n", b""),
        "two SEQUENCE": swap(b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:0\r\n"),
        "not balanced": swap(b"END:VEVENT\r\n", b""),
        "crossed": swap(b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR\r\nEND:VEVENT"),
        "cut off": lambda d: d[:-20],
        "unknown zone": swap(b"DTSTART;TZID=America/New_York", b"DTSTART;TZID=Mars/Olympus"),
        "UTC in a zone": lambda d: d.replace(b"0000\r\nDTEND", b"0000Z\r\nDTEND", 1),
        "no end": swap(b"DTEND;", b"X-DTEND;"),
        "raw comma": swap(b"SUMMARY:Appointment", b"SUMMARY:One, two"),
        "lone backslash": swap(b"SUMMARY:Appointment", b"SUMMARY:C\\:x"),
        "no content line": swap(b"SUMMARY:Appointment", b"SUMMARY Appointment"),
        "UID twice": lambda d: d.replace(d.split(b"UID:")[2][:36], d.split(b"UID:")[1][:36]),
        "public": swap(b"CLASS:PRIVATE", b"CLASS:PUBLIC"),
        "no offset": swap(b"TZOFFSETTO:", b"X-TZOFFSETTO:"),
        "late zone": lambda d: d.replace(b"DTSTART:2", b"DTSTART:3"),
    }


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    plan(write_clinic(folder / "clinic"), folder / "out", *QUICK, "--formats", "ics")
    return (folder / "out" / "calendars" / "patients" / "P1.ics").read_bytes()


@pytest.mark.parametrize("what", spoilt())
def test_the_checker_sees(good, what):
    assert strict.faults(good) == []
    bad = spoilt()[what](good)
    assert bad != good
    assert strict.faults(bad) != []

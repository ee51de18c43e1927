"""Who may learn of whom: canaries as ids and names of patients, and texts that mean harm."""

import hashlib
import os
import re
import zipfile

import pytest

from calendars import strict
from calendars.readers import READERS
from edits import table, write_table
from small import PATIENTS, ROOMS, SERVICES, THERAPISTS, WEEK, write_clinic
from test_calendars import QUICK, ics_files, read
from tools import SAMPLES, plan, rows, run

SOAK = bool(os.environ.get("IOPSCHED_SOAK"))


def canary(kind, seed, old):
    return kind + hashlib.sha256(("%s %s %s" % (kind, seed, old)).encode()).hexdigest()[:12]


def with_canaries(sample, seed, to, **settings):
    """A sample with a canary as each patient's id and name; {id: name}."""
    to.mkdir()
    ids = {r["patient_id"]: canary("id", seed, r["patient_id"])
           for r in table(sample / "patients.csv")[1]}
    for path in sample.glob("*.csv"):
        changed = table(path)[1]
        for row in changed:
            for column, cell in row.items():
                row[column] = ";".join(ids.get(word, word) for word in (cell or "").split(";"))
            if path.name == "patients.csv":
                row["name"] = canary("name", seed, row["patient_id"])
        if path.name == "program.csv":
            changed = [r for r in changed if r["setting"] not in settings]
            changed += [{"setting": s, "value": v} for s, v in settings.items()]
        write_table(to / path.name, changed)
    return {r["patient_id"]: r["name"] for r in rows(to / "patients.csv")}


CANARY = re.compile(rb"(?:id|name)[0-9a-f]{12}")


def canaries(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            whole = b"".join(parts.read(name) for name in parts.namelist())
    else:
        whole = path.read_bytes().replace(b"\r\n ", b"")
    return {c.decode() for c in CANARY.findall(whole)}


def may_hold(path, known, names, profile):
    """The canaries that a file may hold: of whom it is about, and by what they are called."""
    if path.parent.name in ("patients", "handouts"):
        return {path.stem, known[path.stem]}
    if path.parent.name == "rooms" or profile in ("door", "patient"):
        return set()
    if not names:
        return set(known)
    return set(known.values()) if path.suffix == ".ics" else set(known) | set(known.values())


def check_folder(out, known, names, profile):
    """Every file but the director's own tables; the number of files looked at."""
    looked = 0
    for path in out.rglob("*"):
        assert not any(name in path.name for name in known.values())
        if path.is_file() and path.suffix not in (".csv", ".json"):
            looked += 1
            assert canaries(path) <= may_hold(path, known, names, profile), path
    return looked


VARIANTS = [(profile, names, detail) for profile in ("director", "therapist", "door", "patient")
            for names in ((), ("--names",)) for detail in ("neutral", "full")]


@pytest.mark.parametrize("seed", range(30 if SOAK else 1))
def test_no_file_holds_whom_it_must_not(tmp_path, seed, record_property):
    """10,000 calendars of patients and staff, when run by scripts/soak.sh; hundreds otherwise."""
    looked = 0
    sample = SAMPLES / ("harbor" if SOAK else "riverside")
    for detail in ("neutral", "full"):
        clinic = tmp_path / detail
        known = with_canaries(sample, seed, clinic, calendar_detail=detail)
        out = tmp_path / ("out-" + detail)
        done = run("plan", clinic, "-o", out, "--week", "2026-W49", "--time-limit", "3",
                   "--seed", str(seed + 1))
        assert done.returncode in (0, 2)
        messages = done.stdout + done.stderr
        for profile, names, wanted in VARIANTS:
            if wanted != detail:
                continue
            done = run("render", clinic, out, "--profile", profile, *names)
            assert done.returncode == 0, done.stderr
            messages += done.stdout + done.stderr
            looked += check_folder(out, known, names, profile)
        assert not CANARY.search(messages.encode())
    record_property("files looked at", looked)
    assert looked > (340 if SOAK else 150)


def test_staff_calendars_do_hold_canaries(tmp_path):
    """What the test above looks for is really there, where it may be."""
    known = with_canaries(SAMPLES / "riverside", 0, tmp_path / "clinic")
    out = tmp_path / "out"
    plan(tmp_path / "clinic", out, "--time-limit", "2", "--names")
    found = set().union(*(canaries(p) for p in (out / "calendars" / "therapists").iterdir()))
    present = {r["patient_id"] for r in rows(out / "attendance.csv")}
    assert found == {known[p] for p in present}


HOSTILE = ["<script>alert(1)</script>", "../../x", "=cmd|' /C calc'!A0", "x" * 10240,
           "\U0001F9E1 \U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F1FA\U0001F1F8",
           "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0639\u0644\u064a\u0643\u0645",
           "one\r\ntwo\nEND:VEVENT\rthree\u2028four\u2029five\x85six",
           "END:VCALENDAR", "a;b,c\\d:e\"f\"", "ÄÖÜéèê" * 40, "BEGIN:VALARM", "%s%n%x {0} $(id) `id`",
           "TZID=x:1\tq"]
# The loader makes spaces of control characters; other line breaks are such in a description alone.
CONTROL, BREAK = re.compile("[\x00-\x1f\x7f]"), re.compile("[\x85\u2028\u2029]")


def shown(name, for_break):
    return BREAK.sub(for_break, CONTROL.sub(" ", name))


def hostile_clinic(folder):
    def named(table, start):
        return [dict(r, name=HOSTILE[(i + start) % len(HOSTILE)]) for i, r in enumerate(table)]

    patients = [dict(PATIENTS[0], patient_id="P%d" % (i + 1), name=n)
                for i, n in enumerate(HOSTILE)]
    week = [dict(r, patient_id=";".join("P%d" % (i + 1) for i in range(len(HOSTILE))))
            if r["service_id"] == "ONL" else r for r in WEEK]
    services = [dict(s, max_size="40") if s["service_id"] == "ONL" else s for s in SERVICES]
    return write_clinic(folder, week=week, patients=patients, services=named(services, 6),
                        therapists=named(THERAPISTS, 2), rooms=named(ROOMS, 6),
                        settings={"program_name": HOSTILE[8], "calendar_detail": "full"})


@pytest.mark.parametrize("reader", READERS)
def test_hostile_names_are_text(tmp_path, reader):
    clinic = hostile_clinic(tmp_path / "clinic")
    out = tmp_path / "out"
    plan(clinic, out, *QUICK, "--names")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clinic", "out"]
    files = ics_files(out)
    for path in files:
        assert strict.faults(path.read_bytes()) == []
    program = out / "calendars" / "program.ics"
    calendar = read(reader, [program])[program]
    services = {s["service_id"]: shown(s["name"], " ") for s in rows(clinic / "services.csv")}
    expected = sorted((r["date"] + "T" + r["start"] + ":00", services[r["service_id"]])
                      for r in rows(out / "sessions.csv"))
    assert [(e["start"], e["summary"]) for e in calendar["events"]] == expected
    online = next(e for e in calendar["events"] if e["location"] == "Online")
    names = ", ".join(shown(n, "\n") for n in HOSTILE)
    assert online["description"].endswith("Patients (%d): %s" % (len(HOSTILE), names))


@pytest.mark.parametrize("bad", HOSTILE + ["..", ".", "", "a/b", "-rf", "P1\0"])
def test_hostile_ids_are_refused(tmp_path, bad):
    if "\0" in bad:
        bad = "P\x01"
    clinic = write_clinic(tmp_path / "clinic", week=[], patients=[dict(PATIENTS[0],
                                                                       patient_id=bad)])
    done = run("plan", clinic, "-o", tmp_path / "out", "--week", "2026-W49")
    assert done.returncode == 65
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clinic"]


@pytest.mark.parametrize("odd", ["P..1", "CON", "a.b-c_d", "7", "x" * 64, "P1.", "program"])
def test_odd_ids_are_names_of_files(tmp_path, odd):
    clinic = write_clinic(tmp_path / "clinic", patients=[dict(PATIENTS[0], patient_id=odd)],
                          week=[dict(WEEK[0], patient_id=odd)])
    plan(clinic, tmp_path / "out", *QUICK)
    patients = tmp_path / "out" / "calendars" / "patients"
    assert [p.name for p in patients.iterdir()] == [odd + ".ics"]

"""A week planned or rendered again: revisions, cancelled events, edits by hand, whole or nothing."""

import fcntl
import json

import pytest

from calendars import strict
from calendars.readers import READERS
from edits import write_table
from small import WEEK, fixed, write_clinic
from test_calendars import QUICK, ics_files, read, stamp
from tools import WEEK as PLANNED_WEEK
from tools import plan, rows, run, summary


@pytest.fixture
def planned(tmp_path):
    clinic, out = write_clinic(tmp_path / "clinic"), tmp_path / "out"
    plan(clinic, out, *QUICK)
    return clinic, out


def events(out, who, reader="python3-icalendar"):
    """{start: event} of a calendar, which is checked as well."""
    path = out / "calendars" / (who + ".ics")
    assert strict.faults(path.read_bytes()) == []
    return {e["start"]: e for e in read(reader, [path])[path]["events"]}


def told(found):
    return {start[5:16]: (e["status"], e["sequence"]) for start, e in sorted(found.items())}


def without(*gone):
    return [row for row in WEEK if (row["service_id"], row["day"]) not in gone]


def snapshot(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("given", ["found in the output folder", "given as --previous"])
def test_planned_again(planned, tmp_path, reader, given):
    clinic, out = planned
    before = events(out, "program", reader)
    write_clinic(clinic, week=without(("REL", "Wed")) + [fixed("REL", "Thu", "08:00", "P1")])
    if given == "given as --previous":
        again, more = tmp_path / "again", ("--previous", out)
    else:
        again, more = out, ()
    plan(clinic, again, *QUICK, *more)
    assert summary(again)["revision"] == 1
    for who in ("program", "rooms/G1", "therapists/T1", "patients/P1"):
        found = told(events(again, who, reader))
        assert found["12-02T11:00"] == ("CANCELLED", 1)
        assert found["12-03T08:00"] == found["11-30T09:00"] == ("CONFIRMED", 1)
    assert told(events(again, "patients/P3", reader))["12-02T11:00"] == ("CANCELLED", 1)
    assert ("CANCELLED", 1) not in told(events(again, "patients/P2", reader)).values()
    after = events(again, "program", reader)
    assert {s: e["uid"] for s, e in before.items()}.items() <= {
        s: e["uid"] for s, e in after.items()}.items()
    assert {e["stamp"] for e in after.values()} == {stamp(PLANNED_WEEK, 1)}
    # once more, and no more
    plan(clinic, again, *QUICK)
    found = told(events(again, "program", reader))
    assert "12-02T11:00" not in found
    assert set(found.values()) == {("CONFIRMED", 2)}


def test_a_patient_who_leaves_a_session_that_stays(planned):
    clinic, out = planned
    write_clinic(clinic, week=without(("REL", "Mon")) + [fixed("REL", "Mon", "09:00", "P2")])
    plan(clinic, out, *QUICK)
    assert told(events(out, "patients/P1"))["11-30T09:00"] == ("CANCELLED", 1)
    assert told(events(out, "patients/P2"))["11-30T09:00"] == ("CONFIRMED", 1)
    assert told(events(out, "program"))["11-30T09:00"] == ("CONFIRMED", 1)


def test_a_patient_who_is_gone_altogether(planned, tmp_path):
    """Discharged before the week: their file comes once more, with nothing but what is off."""
    clinic, out = planned
    patients = rows(clinic / "patients.csv")
    for row in patients:
        row["discharged"] = "2026-11-01" if row["patient_id"] == "P2" else ""
    week = [dict(r, patient_id=r["patient_id"].replace("P1;P2", "P1")) for r in WEEK
            if r["patient_id"] != "P2"]
    write_clinic(clinic, week=week, patients=patients)
    plan(clinic, out, *QUICK)
    found = told(events(out, "patients/P2"))
    assert len(found) == 3
    assert set(found.values()) == {("CANCELLED", 1)}
    plan(clinic, out, *QUICK)
    assert not (out / "calendars" / "patients" / "P2.ics").exists()


def test_another_week_cancels_nothing(planned, tmp_path):
    clinic, out = planned
    write_clinic(clinic, week=without(("REL", "Wed")))
    for folder, more in ((tmp_path / "next", ("--previous", out)), (out, ())):
        plan(clinic, folder, *QUICK, *more, week="2026-W50")
        assert set(told(events(folder, "program")).values()) == {("CONFIRMED", 0)}


@pytest.mark.parametrize("spoil", [
    lambda data: data[:len(data) // 2], lambda data: b"", lambda data: b"\0\xff" * 1000,
    lambda data: data.replace(b"UID:", b"UID:../../"), lambda data: data * 3,
    lambda data: data.replace(b"2026", b"9999"), lambda data: data.replace(b"BEGIN", b"BEGUN"),
    lambda data: b"BEGIN:VEVENT\r\n" * 5000,
])
def test_spoilt_calendars_of_the_earlier_plan(planned, spoil):
    clinic, out = planned
    for path in ics_files(out):
        path.write_bytes(spoil(path.read_bytes()))
    write_clinic(clinic, week=without(("REL", "Wed")))
    plan(clinic, out, *QUICK)
    for path in ics_files(out):
        assert strict.faults(path.read_bytes()) == []
    assert "12-06T12:00" in told(events(out, "program"))


def test_render_writes_the_same_but_the_revision(planned):
    clinic, out = planned
    before = snapshot(out)
    done = run("render", clinic, out)
    assert (done.returncode, done.stdout) == (0, "")
    after = snapshot(out)
    assert after.keys() == before.keys()
    for name, data in after.items():
        if name.endswith(".csv"):
            assert data == before[name]
    for path in ics_files(out):
        name = str(path.relative_to(out))
        assert after[name] == before[name].replace(b"SEQUENCE:0", b"SEQUENCE:1").replace(
            b"DTSTAMP:20261123T000000Z", b"DTSTAMP:20261123T000001Z")
    was, now = (json.loads(s["summary.json"]) for s in (before, after))
    assert now.pop("revision") == was.pop("revision") + 1
    assert now == was
    assert list(now) == list(was)


def edit(out, name, change):
    table = rows(out / name)
    change(table)
    write_table(out / name, table)
    return (out / name).read_bytes()


def test_render_after_edits_by_hand(planned):
    """A session moved and a patient taken out of another in a spreadsheet."""
    clinic, out = planned
    fixed_week = without(("REL", "Mon"), ("LONG", "Sun"))
    write_clinic(clinic, week=fixed_week)
    was = events(out, "patients/P1")

    def move(table):
        for row in table:
            if row["session_id"] == "REL-Mon-0900-G1":
                row["start"], row["end"] = "9:30 AM", "10:30"

    def leave(table):
        table[:] = [r for r in table
                    if (r["patient_id"], r["service_id"]) != ("P3", "LONG")]

    sessions = edit(out, "sessions.csv", move)
    attendance = edit(out, "attendance.csv", leave)
    done = run("render", clinic, out)
    assert done.returncode == 0, done.stderr
    assert (out / "sessions.csv").read_bytes() == sessions
    assert (out / "attendance.csv").read_bytes() == attendance
    found = events(out, "patients/P1")
    assert found["2026-11-30T09:30:00"]["uid"] == was["2026-11-30T09:00:00"]["uid"]
    assert told(events(out, "patients/P3"))["12-06T00:30"] == ("CANCELLED", 1)
    assert "P3" not in events(out, "therapists/T1")["2026-12-06T00:30:00"]["description"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "../../x", "x" * 300, "a;b,c\\d",
                                  "=1+1", "\U0001F9E1"])
def test_render_with_session_ids_of_any_text(planned, text):
    clinic, out = planned

    def rename(table):
        for row in table:
            row["session_id"] = row["session_id"].replace("REL-Mon-0900-G1", text)

    edit(out, "sessions.csv", rename)
    edit(out, "attendance.csv", rename)
    assert run("render", clinic, out, "--formats", "ics").returncode == 0
    program = out / "calendars" / "program.ics"
    assert strict.faults(program.read_bytes()) == []
    lines = {(e["status"], (e["description"] or "").split("\n")[0])
             for e in read("ical.js", [program])[program]["events"]
             if e["start"] == "2026-11-30T09:00:00"}
    assert lines == {("CONFIRMED", "Session " + text), ("CANCELLED", "")}
    assert sorted(p.name for p in out.parent.iterdir()) == ["clinic", "out"]


def test_render_with_the_previous_plan_of_another_week(planned, tmp_path):
    clinic, out = planned
    plan(clinic, tmp_path / "last", *QUICK, week="2026-W48")
    assert run("render", clinic, out, "--previous", tmp_path / "last").returncode == 0
    assert set(told(events(out, "program")).values()) == {("CONFIRMED", 1)}


def test_render_of_a_plan_that_breaks_a_rule(planned):
    """The director's decision stands; it is said, by rule and without anyone's id."""
    clinic, out = planned

    def crowd(table):
        table.extend(dict(r, patient_id="P2") for r in list(table) if r["session_id"][:3] == "UDS")

    edit(out, "attendance.csv", crowd)
    done = run("render", clinic, out, "-q")
    assert done.returncode == 1
    assert "H4" in done.stderr
    assert not any(word in done.stderr for word in ("P1", "P2", "Ada", "Bo", "UDS-"))
    text = events(out, "program")["2026-12-02T10:00:00"]["description"]
    assert "Patients (2): P1, P2" in text


def test_render_of_what_is_faulty(planned, tmp_path):
    clinic, out = planned

    def unknown(table):
        table[0]["patient_id"] = "P99"

    edit(out, "attendance.csv", unknown)
    before = snapshot(out)
    assert run("render", clinic, out).returncode == 65
    assert run("render", clinic, tmp_path / "missing").returncode == 66
    (tmp_path / "empty").mkdir()
    assert run("render", clinic, tmp_path / "empty").returncode == 66
    assert snapshot(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clinic", "empty", "out"]


def test_render_of_what_holds_more(planned):
    clinic, out = planned
    (out / "notes.txt").write_text("mine")
    before = snapshot(out)
    done = run("render", clinic, out)
    assert (done.returncode, "notes.txt" in done.stderr) == (73, True)
    assert snapshot(out) == before


def test_render_while_another_run_writes(planned):
    clinic, out = planned
    before = snapshot(out)
    with open(out.parent / ".out.iopsched-lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("render", clinic, out).returncode == 75
    assert snapshot(out) == before


def test_render_follows_no_links(planned, tmp_path):
    clinic, out = planned
    (tmp_path / "secret.csv").write_text("patient_id\r\n")
    (out / "hours.csv").unlink()
    (out / "hours.csv").symlink_to(tmp_path / "secret.csv")
    done = run("render", clinic, out)
    assert done.returncode == 74
    assert (tmp_path / "secret.csv").read_text() == "patient_id\n"


def test_render_for_one_reader_only(planned):
    clinic, out = planned
    assert run("render", clinic, out, "--profile", "door", "--formats", "ics").returncode == 0
    assert {f.stem for f in ics_files(out)} == {"program", "G1", "L1"}
    assert (out / "attendance.csv").exists()
    done = run("render", clinic, out, "--profile", "doors")
    assert (done.returncode, "director, therapist, door or patient" in done.stderr) == (64, True)

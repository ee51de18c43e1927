"""Input far beyond what a clinic has: a clear error or a right answer, in time proportional to the
file. Times are of the processor, with room for a slow machine."""

import resource
import shutil

import pytest

from tools import SAMPLES, run

TINY = SAMPLES / "tiny"


@pytest.fixture
def clinic(tmp_path):
    """The small sample, with nothing fixed: its windows are changed here."""
    folder = shutil.copytree(TINY, tmp_path / "clinic")
    (folder / "fixed.csv").unlink()
    return folder


def check(clinic, **more):
    """(exit status, standard error, seconds of the processor) of `check`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run("check", clinic, "--week", "2026-W49", timeout=120, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.returncode, done.stderr, (after.ru_utime + after.ru_stime
                                          - before.ru_utime - before.ru_stime)


def add(clinic, name, text):
    with open(clinic / name, "a", encoding="utf-8") as file:
        file.write(text)


def test_a_million_availability_rows_load_in_two_seconds(clinic):
    rows = "patient,P1,Mon,09:00,10:00,\ntherapist,T1,Tue,10:00,12:30,\n"
    add(clinic, "availability.csv", rows * 500000)
    status, told, seconds = check(clinic)
    assert status == 0, told[:500]
    print("%.2f s" % seconds)
    assert seconds < 2 * 2  # 2 s on a machine of its own


def test_time_grows_with_the_file_and_no_faster(clinic):
    took = []
    for n in (100000, 400000):
        shutil.copy(TINY / "availability.csv", clinic / "availability.csv")
        add(clinic, "availability.csv", "".join(
            "patient,P%d,%s,%02d:00,%02d:30,\n" % (i % 3 + 1, ("Mon", "Tue", "Wed")[i % 3],
                                                   9 + i % 8, 9 + i % 8) for i in range(n)))
        status, told, seconds = check(clinic)
        assert status == 0, told[:500]
        took.append(seconds)
    assert took[1] < 8 * took[0] + 0.5


def test_a_field_of_a_megabyte(clinic):
    for cell in ("x" * 1000000, '"' + "x" * 1000000 + '"', '"' + "x\n" * 500000):
        shutil.copy(TINY / "rooms.csv", clinic / "rooms.csv")
        add(clinic, "rooms.csv", "BIG,%s,5,\n" % cell)
        status, told, seconds = check(clinic)
        assert status == 65 and "a cell longer than 32767 bytes" in told
        assert len(told) < 2000 and seconds < 2


def test_a_hundred_thousand_columns(clinic):
    header, row = (TINY / "rooms.csv").read_text().splitlines()[:2]
    (clinic / "rooms.csv").write_text(header + ",x_a" * 100000 + "\n" + row + "," * 100000 + "\n")
    status, told, seconds = check(clinic)
    assert status == 65 and "columns, at most 256 are read" in told and seconds < 2
    (clinic / "rooms.csv").write_text(header + "\n" + row + ",x" * 100000 + "\n")
    status, told, seconds = check(clinic)
    assert status == 65 and "cells where the header names" in told and seconds < 2


def test_a_million_faults_end(clinic):
    add(clinic, "availability.csv", "patient,NOBODY,Mon,25:00,10:00,\n" * 200000)
    status, told, seconds = check(clinic)
    assert status == 65 and seconds < 10
    assert "NOBODY" in told


def test_ids_that_differ_in_case_alone(clinic):
    add(clinic, "patients.csv", "p1,,9,12,3,4,,,,,,,,\n")
    status, told, _ = check(clinic)
    assert status == 65 and "p1" in told and "P1" in told


SIZES = [
    ("rooms.csv", "BIG,,100000,", None), ("rooms.csv", "BIG,,2000000000,", "capacity"), ("rooms.csv", "BIG,,99999999999,", "capacity"),
    ("rooms.csv", "BIG,,0,", "capacity"), ("rooms.csv", "BIG,,-3,", "capacity"),
    ("rooms.csv", "BIG,,1e400,", "capacity"), ("rooms.csv", "BIG,,nan,", "capacity"),
    ("rooms.csv", "BIG,,0x10,", "capacity"), ("rooms.csv", "BIG,,9223372036854775808,", "capacity"),
    ("rooms.csv", "BIG,,1.5,", "capacity"), ("rooms.csv", "BIG,,inf,", "capacity"),
    ("availability.csv", "patient,P1,Mon,24:00,00:00,", "end"),
    ("availability.csv", "patient,P1,Mon,09:00,24:01,", "end"),
    ("availability.csv", "patient,P1,Mon,09:00,09:00,", "end"),
    ("program.csv", "weight_hour_short,1e400", "value"),
    ("program.csv", "weight_hour_short,99999999999999999999", "value"),
    ("program.csv", "weight_idle_hour,nan", "value"), ("program.csv", "open,0x10", "value"),
    ("program.csv", "slot_minutes,0", "value"), ("program.csv", "day_max_hours,1e400", "value"),
    ("program.csv", "travel_minutes,-1", "value"),
    ("services.csv", "BAD,,group,,0,,,,,,,,,,,,,", "minutes"),
    ("services.csv", "BAD,,group,,2000000000,,,,,,,,,,,,,", "minutes"),
    ("services.csv", "BAD,,group,,60,9,3,,,,,,,,,,,", "max_size"),
    ("services.csv", "BAD,,group,,60,0,3,,,,,,,,,,,", "min_size"),
]


@pytest.mark.parametrize("name, row, column", SIZES, ids=[row for _, row, _ in SIZES])
def test_sizes_that_cannot_be(clinic, name, row, column):
    header = next(line for line in (clinic / name).read_text().splitlines()
                  if line and not line.startswith("#"))
    columns = header.split(",")
    cells = (row.split(",") + [""] * len(columns))[:len(columns)]
    if name == "program.csv":
        kept = [line for line in (clinic / name).read_text().splitlines()
                if not line.startswith(cells[0] + ",")]
        (clinic / name).write_text("\n".join(kept) + "\n")
    if name == "services.csv":
        given = dict(zip(("service_id", "name", "format", "category", "minutes", "min_size",
                          "max_size"), row.split(",")))
        cells = [given.get(c, "") for c in columns]
    add(clinic, name, ",".join(cells) + "\n")
    status, told, seconds = check(clinic)
    assert seconds < 5
    if column is None:
        assert status == 0, told
    else:
        assert status == 65
        assert any(line.startswith(name + ":") and ": error: " in line
                   for line in told.splitlines()), told


def test_sums_that_would_overflow_are_refused_or_right(clinic):
    add(clinic, "program.csv", "".join("%s,100000\n" % w for w in (
        "weight_day_short", "weight_session_short", "weight_offer_short", "weight_stranded_day")))
    add(clinic, "requirements.csv", "all,REL,2000000000,2000000000,,\n")
    status, told, _ = check(clinic)
    assert status in (0, 65) and "Traceback" not in told


def test_memory_is_in_proportion(clinic):
    """A million rows within half a gigabyte."""
    add(clinic, "availability.csv", "patient,P1,Mon,09:00,10:00,\n" * 1000000)

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
    status, told, _ = check(clinic, preexec_fn=limit)
    assert status == 0, told[:300]

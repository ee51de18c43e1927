"""What cannot be told is an error: standard output that takes nothing, files beside the plan."""

import csv
import io
import subprocess

import pytest
from tools import PROGRAM, SAMPLES, WEEK, plan, run

TINY = SAMPLES / "tiny"
SHORT = ("--work", "1", "--threads", "1")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refusals") / "out"
    plan(TINY, folder, *SHORT)
    return folder


def attended(out):
    with open(out / "attendance.csv", encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    return row["patient_id"], row["service_id"], row["day"], row["start"]


COMMANDS = {
    "check": ("check", TINY, "--week", WEEK),
    "verify": ("verify", TINY, "OUT"),
    "explain": ("explain", TINY, "OUT", *SHORT),
    "explain as JSON": ("explain", TINY, "OUT", *SHORT, "--format", "json"),
    "why": ("explain", TINY, "OUT", "--why", "P1", "REL", "Mon", "09:00", *SHORT),
    "capacity": ("capacity", TINY, "--week", WEEK, *SHORT, "--time-limit", "5"),
    "diff": ("diff", "OUT", "OUT"),
    "admit": ("admit", TINY, "OUT", "-o", "NEW", *SHORT),
    "repair": ("repair", TINY, "OUT", "-o", "NEW", "--absent", "P1:Fri", *SHORT),
    "help": ("--help",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_under_standard_output(name, out, tmp_path):
    place = {"OUT": out, "NEW": tmp_path / "new"}
    words = [str(place.get(word, word)) for word in COMMANDS[name]]
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE,
                              universal_newlines=True, check=False)
    assert done.returncode == 74, done
    assert "standard output" in done.stderr


def test_why_as_a_table(out):
    """The verdict first, then what stands in the way and what it would do to the week."""
    is_so = run("explain", TINY, out, "--why", *attended(out), "--format", "csv", *SHORT)
    told = list(csv.DictReader(io.StringIO(is_so.stdout)))
    assert [(row["kind"], row["rule"]) for row in told] == [("is so", "")]
    assert told[0]["text"].startswith("it is so: ")
    patient, service, _, _ = attended(out)
    never = run("explain", TINY, out, "--why", patient, service, "Sun", "03:00", "--format", "csv")
    told = list(csv.DictReader(io.StringIO(never.stdout)))
    assert [(row["kind"], row["rule"]) for row in told] == [("forbidden", ""), ("obstacle", "H12")]


def test_one_file_beside_the_plan_fails_and_no_other_is_left(tmp_path):
    """The other is open by then, and would be an empty promise."""
    done = run("plan", TINY, "-o", tmp_path / "out", "--week", WEEK, *SHORT, "--write-duals",
               tmp_path / "duals.csv", "--write-lp", "none/week.lp", cwd=str(tmp_path))
    assert done.returncode == 73 and "none/week.lp" in done.stderr, done
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_a_file_beside_the_plan(tmp_path):
    done = run("plan", TINY, "-o", tmp_path / "out", "--week", WEEK, *SHORT, "--write-lp", tmp_path)
    assert done.returncode == 73 and "Is a directory" in done.stderr, done
    assert list(tmp_path.iterdir()) == []

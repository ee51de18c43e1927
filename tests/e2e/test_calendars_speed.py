"""Calendars of large clinics, in seconds of processor time: other work on the machine and its disk
do not count."""

import os
import resource

import pytest

from tools import run


def render(clinic, out, *options):
    """Processor seconds of a run of render."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run("render", clinic, out, "-q", *options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize("patients, seconds", [(150, 1), (1000, 5)])
def test_seconds(made, tmp_path, patients, seconds):
    clinic, hidden = made("--patients", str(patients), "--seed", "3", "--week", "2026-W49")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("sessions.csv", "attendance.csv"):
        (out / name).write_bytes((hidden / name).read_bytes())
    (out / "summary.json").write_text('{"week": "2026-W49", "revision": 0}')
    # the second time there are calendars to be read and compared with
    assert render(clinic, out, "--formats", "ics") < seconds
    assert render(clinic, out, "--formats", "ics") < seconds
    assert len(os.listdir(out / "calendars" / "patients")) == patients

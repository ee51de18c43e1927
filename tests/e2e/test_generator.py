"""The generator: same bytes everywhere, folders that are what they should be, hidden weeks that
keep every rule and meet every need."""

import filecmp
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from referee import cost, rules
from referee.clinic import Clinic
from referee.plan import read_plan
from tools import ROOT, SAMPLES, WEEK, generate

CARE = ("weight_hour_short", "weight_day_short", "weight_session_short", "weight_offer_short")
CLINICS = [
    ("--patients", "6"), ("--patients", "7", "--seed", "3"), ("--patients", "20"),
    ("--patients", "24", "--tracks", "day"), ("--patients", "40", "--slot", "15"),
    ("--patients", "60"), ("--patients", "61", "--seed", "9", "--tracks", "evening,online"),
    ("--patients", "150", "--seed", "2"), ("--shape", "conference"), ("--shape", "one-evening"),
    ("--shape", "one-room"), ("--shape", "one-hour-therapists"),
    ("--shape", "all-fixed", "--patients", "30")]


def same_files(one, other):
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    assert filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], [])


@pytest.mark.parametrize("words", CLINICS, ids=" ".join)
def test_hidden_week_is_valid_and_meets_every_need(made, words):
    clinic, hidden = made(*words)
    mine = Clinic(str(clinic), WEEK)
    sessions = read_plan(mine, str(hidden))
    assert rules.breaches(mine, sessions) == []
    amounts = cost.amounts(mine, sessions)
    assert {name: amounts[name] for name in CARE} == dict.fromkeys(CARE, 0)


def test_size_is_as_asked(made):
    for n in (6, 20, 60, 150):
        clinic, _ = made("--patients", str(n))
        assert len(rows_of(clinic, "patients.csv")) == n
        assert len(Clinic(str(clinic), WEEK).patients) == n  # everybody takes part


def rows_of(clinic, name):
    from referee.clinic import read
    return read(str(clinic), name)


def test_staff_is_not_lavish(made):
    """Therapists may lead little more than the hidden week has them lead."""
    clinic, hidden = made("--patients", "150", "--seed", "2")
    mine = Clinic(str(clinic), WEEK)
    led = sum(s.service.minutes * len(s.leaders) for s in read_plan(mine, str(hidden)))
    may = sum(t.max_week for t in mine.therapists.values())
    assert led <= may <= 1.1 * led


def test_tightness_cuts_staff_hours_and_nothing_else(made):
    whole, _ = made("--patients", "60")
    hours = []
    for tightness in ("0.9", "0.8", "0.7"):
        cut, _ = made("--patients", "60", "--tightness", tightness)
        for name in sorted(path.name for path in whole.iterdir()):
            if name not in ("therapists.csv", "program.csv"):
                assert filecmp.cmp(whole / name, cut / name, shallow=False), name
        assert rows_of(whole, "program.csv") == rows_of(cut, "program.csv")
        before = {r["therapist_id"]: float(r["max_hours_week"])
                  for r in rows_of(whole, "therapists.csv")}
        for row in rows_of(cut, "therapists.csv"):
            assert float(row["max_hours_week"]) <= before[row["therapist_id"]]
        hours.append(sum(float(r["max_hours_week"]) for r in rows_of(cut, "therapists.csv")))
    full = sum(float(r["max_hours_week"]) for r in rows_of(whole, "therapists.csv"))
    for part, hour in zip((0.9, 0.8, 0.7), hours):
        assert (part - 0.05) * full <= hour <= part * full + 1


@pytest.mark.parametrize("words", [("--patients", "60"), ("--shape", "conference"),
                                   ("--micro", "--seed", "5"),
                                   ("--micro", "--patients", "20")], ids=" ".join)
def test_same_bytes_under_any_python(tmp_path, words):
    generate(*words, tmp_path / "first", env=dict(os.environ, PYTHONHASHSEED="1"))
    generate(*words, tmp_path / "again", env=dict(os.environ, PYTHONHASHSEED="2", LC_ALL="C",
                                                  TZ="Asia/Tokyo"))
    same_files(tmp_path / "first", tmp_path / "again")
    for minor in range(9, 14):
        python = shutil.which("python3.%d" % minor)
        if python and minor != sys.version_info[1] and subprocess.run(
                [python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            generate(*words, tmp_path / str(minor), python=python)
            same_files(tmp_path / "first", tmp_path / str(minor))


def test_seeds_differ(made):
    one, _ = made("--patients", "20", "--seed", "1")
    other, _ = made("--patients", "20", "--seed", "2")
    assert not filecmp.cmp(one / "patients.csv", other / "patients.csv", shallow=False)


def test_micro_clinics_have_odd_features_of_every_kind(tmp_path):
    sys.path.insert(0, str(ROOT / "scripts"))
    from clinics.micro import micro_folder
    seen = set()
    for seed in range(150):
        micro_folder(seed, WEEK).write(str(tmp_path / str(seed)))
        clinic = Clinic(str(tmp_path / str(seed)), WEEK)
        for path in (tmp_path / str(seed)).iterdir():
            seen.add(path.name)
        for s in clinic.services.values():
            seen |= {s.format, "telehealth" if s.telehealth else "onsite"}
            seen |= {word for word, there in (
                ("closed", s.closed), ("uncounted", not s.counted), ("notes", s.notes),
                ("two leaders", len(s.roles) > 1), ("starts", s.starts), ("tags", s.tags),
                ("offered", s.sessions_min), ("at most", s.sessions_max)) if there}
    assert seen >= {"fixed.csv", "apart.csv", "payers.csv", "phases.csv", "exceptions.csv",
                    "individual", "family", "group", "telehealth", "onsite", "closed", "uncounted",
                    "notes", "two leaders", "starts", "tags", "offered", "at most"}


def test_samples_are_made_again_byte_for_byte(tmp_path):
    subprocess.run([str(ROOT / "scripts" / "make-samples"), str(tmp_path)], check=True,
                   env=dict(os.environ, PYTHON=sys.executable))
    made_again = sorted(path.name for path in tmp_path.iterdir())
    assert made_again == ["harbor", "metro", "riverside"]
    for name in made_again:
        same_files(SAMPLES / name, tmp_path / name)


def test_samples_hold_what_they_show():
    harbor = Clinic(str(SAMPLES / "harbor"), WEEK)
    assert (len(harbor.patients), len(harbor.therapists), len(harbor.rooms)) == (60, 13, 9)
    assert any(s.closed for s in harbor.services.values())
    assert any(len(s.roles) > 1 for s in harbor.services.values())
    assert any(s.notes for s in harbor.services.values())
    assert any(s.telehealth for s in harbor.services.values())
    assert harbor.break_after and harbor.phases and harbor.payers and harbor.exceptions
    assert harbor.apart and harbor.fixed
    assert len(Clinic(str(SAMPLES / "riverside"), WEEK).patients) == 24
    assert len(Clinic(str(SAMPLES / "metro"), WEEK).patients) == 150
    assert pathlib.Path(SAMPLES / "tiny").is_dir()

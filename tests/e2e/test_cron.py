"""Runs that nobody watches: the example crontab and systemd units, run as cron and systemd run them."""

import fcntl
import os
import re
import shlex
import subprocess

import pytest

from edits import replace
from installed import needs
from tools import PROGRAM, ROOT, rows, run

EXAMPLES = ROOT / "share" / "examples"
# In place of the program, for want of time, and of mail.
QUICK = """#!/bin/sh
exec '%s' "$@" --work 100
"""
MAIL = """#!/bin/sh
printf '%s\\n' "$@" >"$HOME/mail-words"
cat >"$HOME/mail-text"
"""


def crontab():
    """(settings, jobs) of the example."""
    settings, jobs = {}, []
    for line in (EXAMPLES / "crontab").read_text(encoding="ascii").splitlines():
        setting = re.match(r"([A-Z]+)=(.*)", line)
        job = re.match(r"\S+ \S+ \S+ \S+ \S+ +(.*)", line)
        if setting:
            settings[setting.group(1)] = setting.group(2)
        elif job and not line.startswith("#"):
            jobs.append(job.group(1))
    return settings, jobs


SETTINGS, (JOB, MAIL_JOB) = crontab()


@pytest.fixture
def home(tmp_path):
    """The account's home: two clinics, and the programs."""
    for name in ("harbor", "riverside"):
        (tmp_path / name).mkdir()
        assert run("init", tmp_path / name / "clinic", "-q").returncode == 0
    (tmp_path / "bin").mkdir()
    for name, text in (("iopsched", QUICK % PROGRAM), ("mail", MAIL)):
        (tmp_path / "bin" / name).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def as_cron(home, job):
    """Runs a job as cron does: sh, no terminal, an environment of five, nothing to read."""
    assert "%" not in job  # cron would read it as a line's end
    env = {"HOME": str(home), "LOGNAME": "iopsched", "SHELL": "/bin/sh", "USER": "iopsched",
           "PATH": "%s:%s" % (home / "bin", SETTINGS["PATH"])}
    return subprocess.run(["/bin/sh", "-c", job], env=env, cwd=str(home), check=False, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True, start_new_session=True)


def log(home):
    return (home / "harbor" / "runs.log").read_text(encoding="utf-8").splitlines()


def one_line(done, status):
    """Not all is well: one line on standard error says so."""
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert done.stderr.count("\n") == 1 and done.stderr.endswith("\n"), done.stderr
    return done.stderr


def test_silent_when_all_is_well(home):
    for runs in (1, 2):  # the second has a plan before it
        done = as_cron(home, JOB)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert len(log(home)) == runs
    for line in log(home):
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ plan exit=0 week=\d{4}-W\d\d unmet=0 cost=[0-9.]+ "
            r"bound=[0-9.]+ seconds=[0-9.]+ revision=\d+ clinic='clinic' output='week': every need "
            r"is met", line)
    assert "revision=1" in log(home)[1]
    assert (home / "harbor" / "week" / "changes.csv").exists()
    assert (home / "harbor" / "week.previous" / "summary.json").exists()
    assert (home / "harbor" / "runs.log").stat().st_mode & 0o777 == 0o600


def test_one_line_for_unmet_needs(home):
    replace(home / "harbor" / "clinic" / "therapists.csv", "LCSW,6,25", "LCSW,1,2")
    told = one_line(as_cron(home, JOB), 2)
    n = len(rows(home / "harbor" / "week" / "unmet.csv"))
    assert "%d need%s unmet" % (n, "s" * (n > 1)) in told and "'week/unmet.csv'" in told
    assert " exit=2 " in log(home)[0] and " unmet=%d " % n in log(home)[0]


def test_one_line_for_all_faults_and_the_plan_stays(home):
    assert as_cron(home, JOB).returncode == 0
    before = (home / "harbor" / "week" / "summary.json").read_bytes()
    replace(home / "harbor" / "clinic" / "patients.csv", "P3,Casey Lindqvist,9,12", "P3,Casey,9,8")
    replace(home / "harbor" / "clinic" / "rooms.csv", "video", "video,,x")
    replace(home / "harbor" / "clinic" / "therapists.csv", "LCSW,6", "LCSW,six")
    told = one_line(as_cron(home, JOB), 65)
    assert re.search(r"\.csv:\d+: .*error: .*and [1-9]\d* more: 'iopsched check' tells them", told)
    assert (home / "harbor" / "week" / "summary.json").read_bytes() == before
    assert " exit=65 " in log(home)[1] and "cost" not in log(home)[1]


def break_clinic(home):
    (home / "harbor" / "clinic" / "rooms.csv").unlink()


def break_output(home):
    (home / "harbor" / "week").mkdir()
    (home / "harbor" / "week" / "thesis.txt").write_text("years of work", encoding="ascii")


@pytest.mark.parametrize("spoil, status", [(break_clinic, 66), (break_output, 73)])
def test_one_line_for_other_failures(home, spoil, status):
    spoil(home)
    job = JOB.replace("$(test ! -d week || echo --previous week)", "")
    one_line(as_cron(home, job), status)
    assert " exit=%d " % status in log(home)[0]


def test_one_line_where_another_run_is_at_work(home):
    lock = os.open(home / "harbor" / ".week.iopsched-lock", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert "another run" in one_line(as_cron(home, JOB), 75)
    assert "exit=75" in log(home)[0] and "another run holds the output" in log(home)[0]
    os.close(lock)


@pytest.mark.parametrize("path, status, planned", [("none/runs.log", 73, False),
                                                   ("/dev/full", 74, True)])
def test_a_log_that_cannot_be_written(home, path, status, planned):
    told = one_line(as_cron(home, JOB.replace("runs.log", path)), status)
    assert path in told
    assert (home / "harbor" / "week").exists() == planned


def test_a_link_in_the_logs_place_is_not_followed(home):
    (home / "harbor" / "runs.log").symlink_to(home / "theirs")
    (home / "theirs").write_text("theirs", encoding="ascii")
    one_line(as_cron(home, JOB), 73)
    assert (home / "theirs").read_text(encoding="ascii") == "theirs"


# --- mail ----------------------------------------------------------------------------------------

def mail(home):
    """(words that mail was run with, text)."""
    text = (home / "mail-text").read_bytes()
    assert all(byte < 0x80 for byte in text)
    return ((home / "mail-words").read_text(encoding="ascii").splitlines(),
            text.decode("ascii").splitlines())


def reveals(text, home):
    """Patients' ids and names in a text."""
    told = (home / "riverside" / "clinic" / "patients.csv").read_text(encoding="utf-8")
    people = re.findall(r"^(P\d+),([^,]+),", told, re.M)
    assert len(people) == 8
    return [word for pair in people for word in pair if re.search(r"\b%s\b" % word, text)]


def test_a_mail_of_a_plan(home):
    replace(home / "riverside" / "clinic" / "program.csv", "Harbor Street IOP", "Clínica Ñandú – Øst")
    for _ in (1, 2):
        done = as_cron(home, MAIL_JOB)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    words, lines = mail(home)
    assert words == ["-s", "Next week's plan", SETTINGS["MAILTO"]]
    assert re.fullmatch(r"Clinica Nandu \? \?st, week \d{4}-W\d\d: planned, every need is met",
                        lines[0])
    text = "\n".join(lines)
    assert lines[1] == "" and max(map(len, lines)) <= 72
    assert "care met: 100 %" in text and "week/week.html" in text
    assert "against the last plan: " in text
    assert reveals(text, home) == []


def test_a_mail_of_unmet_needs_counts_patients(home):
    replace(home / "riverside" / "clinic" / "therapists.csv", "LCSW,6,25", "LCSW,1,2")
    done = as_cron(home, MAIL_JOB)
    assert done.stderr.count("\n") == 1
    _, lines = mail(home)
    assert re.search(r": planned, \d+ needs? unmet$", lines[0])
    assert max(map(len, lines)) <= 72 and reveals("\n".join(lines), home) == []
    assert any(re.search(r"short for \d patients?", line) for line in lines)


def test_a_mail_of_no_plan_says_why(home):
    replace(home / "riverside" / "clinic" / "therapists.csv", "LCSW,6", "LCSW,six")
    done = as_cron(home, MAIL_JOB)
    assert done.stderr.count("\n") == 1
    _, lines = mail(home)
    assert lines[0].startswith("No plan of 'clinic': the input is faulty")
    assert any("'week' is as it was" in line for line in lines)


def test_the_mail_goes_to_standard_output_and_nothing_else_does(tmp_path):
    done = run("init", tmp_path / "clinic", "-q")
    done = run("plan", tmp_path / "clinic", "-o", tmp_path / "week", "--work", "50",
               "--mail-summary")
    assert done.returncode in (0, 2)
    assert done.stdout.splitlines()[0].startswith("Harbor Street IOP, week ")
    assert done.stderr.startswith("week ")  # the account, for whoever is there


def test_several_weeks_are_told_together(home):
    job = MAIL_JOB.replace("-o week", "--weeks 3 --week 2026-W49 -o weeks")
    replace(home / "riverside" / "clinic" / "exceptions.csv", "program,,2027-01-01,,",
         "therapist,T5,2026-12-07,2026-12-11,")  # nobody reviews medication then
    replace(home / "riverside" / "clinic" / "requirements.csv", "P5,MED,1,1,4,2026-W02",
         "P5,MED,1,1,2,2026-W50")
    done = as_cron(home, job)
    unmet = [len(rows(home / "riverside" / "weeks" / week / "unmet.csv"))
             for week in ("2026-W49", "2026-W50", "2026-W51")]
    assert unmet[1] > 0
    needs_unmet = "%d need%s unmet" % (sum(unmet), "s" * (sum(unmet) > 1))
    assert done.stderr == ("iopsched: weeks 2026-W49 to 2026-W51: %s, each with its reason in "
                           "'weeks/WEEK/unmet.csv'\n" % needs_unmet)
    _, lines = mail(home)
    assert lines[0] == "Harbor Street IOP, weeks 2026-W49 to 2026-W51: planned, " + needs_unmet
    assert sum("to read and print: weeks/2026-W" in line for line in lines) == 3
    told = (home / "riverside" / "runs.log").read_text(encoding="utf-8")
    assert told.count("\n") == 1
    assert " exit=2 week=2026-W49 weeks=3 unmet=%d cost=" % sum(unmet) in told


# --- systemd -------------------------------------------------------------------------------------

def test_systemd_takes_the_units(tmp_path):
    needs("systemd-analyze")
    for kind in ("service", "timer"):
        unit = tmp_path / ("iopsched@harbor." + kind)
        unit.write_bytes((EXAMPLES / ("iopsched@." + kind)).read_bytes())
    for kind in ("service", "timer"):
        done = subprocess.run(["systemd-analyze", "verify", "--man=no",
                               str(tmp_path / ("iopsched@harbor." + kind))], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              universal_newlines=True)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_service_plans(home):
    unit = (EXAMPLES / "iopsched@.service").read_text(encoding="ascii")
    words = shlex.split(re.search(r"^ExecStart=(.*)$", unit, re.M).group(1))
    env = {"PATH": "%s:/usr/bin:/bin" % (home / "bin"), "LANG": "C.UTF-8", "INVOCATION_ID": "1"}
    for _ in (1, 2):
        done = subprocess.run(words, env=env, cwd=str(home / "harbor"), check=False, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, start_new_session=True)
        assert (done.returncode, done.stdout) == (0, b"")
    assert len(log(home)) == 2
    assert "SuccessExitStatus=2\n" in unit  # written, some need unmet: no failure

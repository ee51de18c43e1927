"""The command line: what it takes, what it says and where, and how it ends."""

import csv
import fcntl
import json
import os
import pty
import signal
import shutil
import subprocess
import time

import pytest

from edits import replace
from small import write_clinic
from tools import PROGRAM, ROOT, SAMPLES, WEEK, plan, rows, run, summary

TINY = SAMPLES / "tiny"
QUICK = ("--week", WEEK, "--time-limit", "0.5")


@pytest.fixture
def clinic(tmp_path):
    """A copy of the tiny clinic, to be spoiled."""
    shutil.copytree(TINY, tmp_path / "clinic")
    return tmp_path / "clinic"


def left_over(folder):
    """What a run left beside its output."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith("."))


# --- usage ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("words", [
    (), ("plan",), ("plan", TINY), ("pln", TINY), ("plan", TINY, "x", "-o", "y"),
    ("plan", TINY, "-o"), ("plan", TINY, "--gapp", "1"), ("plan", TINY, "--t", "1"),
    ("plan", TINY, "-o", "x", "--gap", "one"), ("plan", TINY, "-o", "x", "--week", "next"),
    ("plan", TINY, "-o", "x", "--formats", "csv,doc"), ("check", TINY, "--names"),
    ("check", TINY, "-Z"), ("check", TINY, "--quiet=1"), ("ponder", TINY, "x"), ("render", TINY),
    ("--nonsense",)],
    ids=lambda words: " ".join(map(str, words)) or "nothing")
def test_wrong_usage_is_said_in_two_lines(words, tmp_path):
    done = run(*words, cwd=str(tmp_path))
    assert done.returncode == 64
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert 1 <= len(lines) <= 2
    assert all(line.startswith("iopsched: ") for line in lines)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words, said", [
    (("pln", "x"), "did you mean 'plan'?"), (("plan", "x", "--gapp=1"), "did you mean '--gap'?"),
    (("plan", "x", "--t=1"), "ambiguous: '--time-limit', '--threads'"),
    (("check", "x", "--gap=1"), "'check' takes no option '--gap'"),
    (("plan", "x", "--seed=1x"), "option '--seed': '1x' is not a whole number"),
    (("plan", "x", "-o"), "option '--output' needs a value"),
    (("plan", "x"), "-o OUT"), (("check",), "'check' needs CLINIC")])
def test_usage_messages_help(words, said):
    assert said in run(*words).stderr


def test_help_names_every_command_and_option():
    told = run("--help")
    assert (told.returncode, told.stderr) == (0, "")
    commands = [line.split()[0] for line in told.stdout.splitlines()
                if line.startswith("  ") and not line.lstrip().startswith("-")]
    assert {"init", "check", "plan", "verify"} <= set(commands)
    for command in commands:
        done = run(command, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Usage: iopsched %s " % command)
        assert "--quiet" in done.stdout
    for option in ("--week", "--previous", "--time-limit", "--gap", "--seed", "--threads", "--work",
                   "--formats", "--names", "--bom", "--output"):
        assert option in run("plan", "--help").stdout


def test_version():
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("iopsched ") and done.stdout.count("\n") == 1


def test_options_stand_anywhere(tmp_path):
    for words in ((*QUICK, "-q", "plan", TINY, "-o", tmp_path / "a"),
                  ("plan", "-o", tmp_path / "b", "-q", *QUICK, "--", TINY)):
        assert run(*words, env=dict(os.environ, POSIXLY_CORRECT="1")).returncode in (0, 2)
    assert (tmp_path / "a" / "summary.json").exists() and (tmp_path / "b" / "summary.json").exists()


# --- check ---------------------------------------------------------------------------------------

def test_check_sums_up_on_standard_output():
    done = run("check", TINY, "--week", WEEK)
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 patients" in done.stdout and WEEK in done.stdout
    silent = run("check", TINY, "--week", WEEK, "-q")
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "")


def test_check_tells_every_fault_of_every_file(clinic):
    replace(clinic / "rooms.csv", "Group room,5", "Group room,none")
    replace(clinic / "patients.csv", "Dan Quill,5.5,8", "Dan Quill,9,8")
    for quiet in ((), ("-q",)):
        done = run("check", clinic, "--week", WEEK, *quiet)
        assert (done.returncode, done.stdout) == (65, "")
        assert "rooms.csv:2: capacity: error: 'none'" in done.stderr
        assert "patients.csv:5: " in done.stderr
        assert "Dan Quill" not in done.stderr


def test_warnings_come_before_the_plan_but_not_when_quiet(clinic, tmp_path):
    with open(clinic / "availability.csv", "a", encoding="utf-8") as file:
        file.write("patient,P5,Fri,09:00,10:00,\n")
    for command in (("check", clinic), ("plan", clinic, "-o", tmp_path / "out", "--time-limit", "1")):
        assert "P5" in run(*command, "--week", WEEK).stderr
        assert "warning" in run(*command, "--week", WEEK).stderr
        assert run(*command, "--week", WEEK, "-q").stderr == ""


@pytest.mark.parametrize("path", [".", "./", "../mine/", "../mine/.", "../../{}/mine//", "mine"])
def test_a_clinic_without_a_name_is_called_after_its_folder(path, tmp_path):
    folder = write_clinic(tmp_path / "mine", settings={"program_name": None})
    done = run("check", path.format(tmp_path.name), "--week", WEEK,
               cwd=str(tmp_path if path == "mine" else folder))
    assert done.returncode == 0 and done.stdout.startswith("mine, week"), done


@pytest.mark.parametrize("words", [("check",), ("plan", "-o", "out")])
def test_no_such_clinic(words, tmp_path):
    done = run(*words, tmp_path / "none", cwd=str(tmp_path))
    assert done.returncode == 66
    assert "none" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_under_standard_output_is_an_error():
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([PROGRAM, "check", str(TINY), "--week", WEEK], stdout=full,
                              stderr=subprocess.PIPE, check=False)
    assert done.returncode == 74
    assert b"standard output" in done.stderr


# --- plan ----------------------------------------------------------------------------------------

def test_quiet_is_silent_and_else_the_account_goes_to_standard_error(tmp_path):
    done = run("plan", TINY, "-o", tmp_path / "out", *QUICK)
    assert done.returncode in (0, 2) and done.stdout == ""
    for word in ("care met", "cost", "gap", "weight_staff_hour", str(tmp_path / "out")):
        assert word in done.stderr
    assert "\r" not in done.stderr
    again = run("plan", TINY, "-o", tmp_path / "out", *QUICK, "-q")
    assert (again.returncode, again.stdout, again.stderr) == (done.returncode, "", "")


def unmet_clinic(clinic):
    """P4 may come for one hour only."""
    replace(clinic / "availability.csv", "patient,P4,all,09:00,14:00,", "patient,P4,Fri,09:00,10:00,")
    replace(clinic / "patients.csv", "P4,Dan Quill,5.5,8,2,3", "P4,Dan Quill,5.5,8,1,3")


def test_unmet_needs_end_with_2_and_have_reasons(clinic, tmp_path):
    unmet_clinic(clinic)
    done = run("plan", clinic, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 2
    found = {(r["patient_id"], r["need"]): r for r in rows(tmp_path / "out" / "unmet.csv")}
    assert found["P4", "hours"]["required"] == "5.5"
    assert found["P4", "hours"]["reason"].startswith("available for only 1 hour this week")
    hours = {r["patient_id"]: r for r in rows(tmp_path / "out" / "hours.csv")}
    assert hours["P4"]["status"] == "short"
    assert "unmet" in done.stderr and "hours: " in done.stderr


def test_ids_of_patients_are_told_only_to_those_who_ask(clinic, tmp_path):
    unmet_clinic(clinic)
    replace(clinic / "patients.csv", "P4,Dan", "CANARY4,Dan")
    for name in ("availability.csv", "apart.csv"):
        replace(clinic / name, "P4", "CANARY4")
    replace(clinic / "requirements.csv", "P4,FSE", "CANARY4,FSE")
    account = run("plan", clinic, "-o", tmp_path / "a", *QUICK).stderr.split("care met")[1]
    assert "CANARY4" not in account and "Dan" not in account
    told = run("plan", clinic, "-o", tmp_path / "b", *QUICK, "-v").stderr
    assert "CANARY4, hours:" in told and "Dan Quill" not in told


def test_faulty_input_writes_nothing(clinic, tmp_path):
    replace(clinic / "rooms.csv", "Group room,5", "Group room,none")
    assert run("plan", clinic, "-o", tmp_path / "out", *QUICK).returncode == 65
    assert not (tmp_path / "out").exists() and left_over(tmp_path) == []


def test_names_and_byte_order_mark(tmp_path):
    plan(TINY, tmp_path / "out", "--time-limit", "0.5", "--names", "--bom")
    for name in ("attendance.csv", "hours.csv", "unmet.csv"):
        data = (tmp_path / "out" / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"patient_id,patient_name," in data.splitlines()[0]
    assert b"Ada Fenn" in (tmp_path / "out" / "hours.csv").read_bytes()
    plan(TINY, tmp_path / "out", "--time-limit", "0.5")
    for path in (tmp_path / "out").rglob("*"):
        assert path.is_dir() or b"Ada" not in path.read_bytes()


def test_files_are_private(tmp_path):
    plan(TINY, tmp_path / "out", "--time-limit", "0.5", preexec_fn=lambda: os.umask(0))
    for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_revision_counts_plans_of_one_week(tmp_path):
    out, other = tmp_path / "out", tmp_path / "other"
    for revision in (0, 1, 2):
        plan(TINY, out, "--time-limit", "0.3")
        assert summary(out)["revision"] == revision
    plan(TINY, other, "--time-limit", "0.3", "--previous", out)
    assert summary(other)["revision"] == 3
    plan(TINY, out, "--time-limit", "0.3", week="2026-W50")
    assert summary(out)["revision"] == 0


def test_changes_are_those_between_the_two_plans(tmp_path):
    plan(TINY, tmp_path / "first", "--time-limit", "0.3", "--seed", "5")
    plan(TINY, tmp_path / "second", "--time-limit", "1", "--previous", tmp_path / "first")
    was, now = (sorted((r["patient_id"], r["service_id"], r["date"], r["start"])
                       for r in rows(tmp_path / name / "attendance.csv"))
                for name in ("first", "second"))
    for row in rows(tmp_path / "second" / "changes.csv"):
        who = row["patient_id"], row["service_id"]
        if row["kind"] != "added":
            was.remove((*who, row["was_date"], row["was_start"]))
        if row["kind"] != "removed":
            was.append((*who, row["date"], row["start"]))
    assert sorted(was) == now
    assert not (tmp_path / "first" / "changes.csv").exists()


def test_the_default_week_is_that_of_the_next_monday(tmp_path):
    done = run("plan", TINY, "-o", tmp_path / "out", "--time-limit", "0.3", "-q")
    assert done.returncode in (0, 2)
    told = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["week"]
    days = {time.strftime("%G-W%V", time.gmtime(time.time() + hours * 3600))
            for hours in (7 * 24 - 30, 7 * 24 + 30)}
    assert told in days


# --- the output folder ---------------------------------------------------------------------------

def test_a_folder_of_others_is_left_alone(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="ascii")
    started = time.monotonic()
    done = run("plan", TINY, "-o", out, "--week", WEEK)
    assert (done.returncode, done.stdout) == (73, "")
    assert "not empty" in done.stderr and time.monotonic() - started < 5
    assert [p.name for p in out.iterdir()] == ["thesis.txt"] and left_over(tmp_path) == []
    assert run("init", out).returncode == 73


def test_a_note_within_a_plan_is_not_lost(tmp_path):
    plan(TINY, tmp_path / "out", "--time-limit", "0.3")
    (tmp_path / "out" / "notes.txt").write_text("call P3", encoding="ascii")
    done = run("plan", TINY, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 73 and "notes.txt" in done.stderr
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="ascii") == "call P3"


def test_a_clinic_is_no_output_folder(clinic):
    assert run("plan", clinic, "-o", clinic, *QUICK).returncode == 73
    assert (clinic / "patients.csv").exists()


@pytest.mark.parametrize("out", ["none/out", "file", "file/out", ""])
def test_places_where_nothing_can_be_written(tmp_path, out):
    (tmp_path / "file").write_text("theirs", encoding="ascii")
    done = run("plan", TINY, "-o", out, "--week", WEEK, cwd=str(tmp_path))
    assert done.returncode == 73 and done.stderr.startswith("iopsched: ")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_second_run_on_the_same_folder_ends_with_75(tmp_path):
    lock = os.open(tmp_path / ".out.iopsched-lock", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    done = run("plan", TINY, "-o", tmp_path / "out", "--week", WEEK)
    assert done.returncode == 75 and "another run" in done.stderr
    os.close(lock)
    plan(TINY, tmp_path / "out", "--time-limit", "0.3")
    assert left_over(tmp_path) == []


# --- interrupted ---------------------------------------------------------------------------------

def heed_signals():
    """What runs in the background or under nohup passes ignored signals on to its children."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def begin(tmp_path, *options):
    return subprocess.Popen([PROGRAM, "plan", str(SAMPLES / "riverside"), "-o",
                             str(tmp_path / "out"), "--week", WEEK, "--time-limit", "100", "--gap",
                             "0", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=heed_signals)


def wait_for_search(tmp_path):
    """Until the new folder stands, and half a second more."""
    for _ in range(200):
        if any(".iopsched-new." in p.name for p in tmp_path.iterdir()):
            time.sleep(0.5)
            return
        time.sleep(0.05)
    raise AssertionError("the run did not begin")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE])
def test_a_signal_ends_the_search_and_the_plan_is_whole(tmp_path, number):
    going = begin(tmp_path)
    wait_for_search(tmp_path)
    going.send_signal(number)
    started = time.monotonic()
    _, told = going.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert going.returncode in (0, 2), told
    assert b"cut short" in told
    assert run("verify", SAMPLES / "riverside", tmp_path / "out").returncode == 0
    assert left_over(tmp_path) == []


def test_a_killed_run_leaves_the_old_plan_and_the_next_sweeps(tmp_path):
    plan(TINY, tmp_path / "out", "--time-limit", "0.3")
    before = (tmp_path / "out" / "summary.json").read_bytes()
    going = begin(tmp_path, "-q")
    wait_for_search(tmp_path)
    going.kill()
    going.communicate()
    assert (tmp_path / "out" / "summary.json").read_bytes() == before
    assert left_over(tmp_path) != []
    plan(TINY, tmp_path / "out", "--time-limit", "0.3")
    assert left_over(tmp_path) == []


def test_ignored_hangups_stay_ignored(tmp_path):
    going = subprocess.Popen(
        [PROGRAM, "plan", str(TINY), "-o", str(tmp_path / "out"), "--week", WEEK, "--time-limit",
         "2", "--gap", "0", "-q"], preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    wait_for_search(tmp_path)
    going.send_signal(signal.SIGHUP)
    assert going.wait(timeout=20) in (0, 2)
    assert (tmp_path / "out" / "summary.json").exists()


def on_a_terminal(*words):
    """Exit status and everything written to a terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(PROGRAM, [PROGRAM, *map(str, words)])
    told = b""
    try:
        while True:
            piece = os.read(terminal, 4096)
            if not piece:
                break
            told += piece
    except OSError:
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), told.decode()


def test_a_live_line_on_a_terminal(tmp_path):
    words = ("plan", SAMPLES / "riverside", "-o", tmp_path / "out", "--week", WEEK, "--time-limit",
             "1.5", "--gap", "0")
    status, told = on_a_terminal(*words)
    assert status in (0, 2)
    before, after = told.split("week ", 1)
    assert "cost " in before and before.endswith("\r\x1b[K") and "\x1b" not in after
    assert on_a_terminal(*words, "-q")[1] == ""


# --- verify --------------------------------------------------------------------------------------

@pytest.fixture
def planned(tmp_path):
    plan(TINY, tmp_path / "plan", "--time-limit", "1")
    return tmp_path / "plan"


def test_verify_tells_the_cost_by_term(planned):
    done = run("verify", TINY, planned)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("valid: ")
    told = summary(planned)
    lines = [line.split() for line in done.stdout.splitlines()]
    by_name = {line[0]: line for line in lines if line}
    for name, term in told["terms"].items():
        if term["amount"]:
            assert float(by_name[name][3]) == pytest.approx(float(term["cost"]), abs=0.006)
    assert float(by_name["cost"][1]) == pytest.approx(float(told["cost"]), abs=0.006)
    quiet = run("verify", TINY, planned, "-q")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_verify_names_what_an_edit_breaks(planned):
    sessions = rows(planned / "sessions.csv")
    group = next(s for s in sessions if s["service_id"] == "PRO")
    replace(planned / "sessions.csv", group["session_id"] + ",", "moved by hand,")
    replace(planned / "attendance.csv", "," + group["session_id"] + ",", ",moved by hand,")
    assert run("verify", TINY, planned).returncode == 0
    data = (planned / "sessions.csv").read_text(encoding="utf-8")
    kept = [line.replace("," + group["therapist_ids"] + ",", ",T5,", 1)
            if line.startswith("moved by hand,") else line for line in data.splitlines()]
    (planned / "sessions.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    for quiet in ((), ("-q",)):
        done = run("verify", TINY, planned, *quiet)
        assert done.returncode == 1
        assert "H2: " in done.stdout and "moved by hand" in done.stdout and "T5" in done.stdout
        assert ("therapist_ids" in done.stderr) == (not quiet)  # attendance.csv differs now


def test_verify_of_what_is_no_plan(planned, tmp_path):
    assert run("verify", TINY, tmp_path / "none").returncode == 66
    assert run("verify", tmp_path / "none", planned).returncode == 66
    replace(planned / "attendance.csv", "P1,", "P11,")
    done = run("verify", TINY, planned)
    assert done.returncode == 65 and "'P11' is no patient of this clinic" in done.stderr
    (planned / "attendance.csv").unlink()
    assert run("verify", TINY, planned).returncode == 66


def test_verify_counts_changes_against_a_previous_plan(planned, tmp_path):
    assert "weight_change" not in run("verify", TINY, planned, "--previous", planned).stdout
    plan(TINY, tmp_path / "other", "--time-limit", "0.2", "--seed", "9", week="2026-W50")
    shutil.copytree(planned, tmp_path / "moved")
    replace(tmp_path / "moved" / "sessions.csv", ",11:30,12:30,", ",11:00,12:00,")
    assert "weight_change" in run("verify", TINY, planned, "--previous", tmp_path / "moved").stdout


# --- init ----------------------------------------------------------------------------------------

def test_init_plans_at_once_with_every_need_met(tmp_path):
    done = run("init", tmp_path / "mine")
    assert (done.returncode, done.stdout) == (0, "")
    assert run("init", tmp_path / "mine").returncode == 73
    for week in ("2026-W49", "2026-W53", "2027-W05"):
        told = run("check", tmp_path / "mine", "--week", week)
        assert (told.returncode, told.stderr) == (0, "")
        done = run("plan", tmp_path / "mine", "-o", tmp_path / "out", "--week", week,
                   "--time-limit", "3")
        assert done.returncode == 0, done.stderr


def test_init_shows_every_column_and_explains_it(tmp_path):
    run("init", tmp_path / "mine", "-q")
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    files = sorted(p.name for p in (tmp_path / "mine").iterdir())
    assert len(files) == 12
    for name in files:
        assert name in reference
        with open(tmp_path / "mine" / name, encoding="utf-8", newline="") as lines:
            told = list(csv.reader(lines))
        header, *cells = (row for row in told if not row[0].startswith("#"))
        if name == "program.csv":  # beside each setting
            assert [row for row in cells if len(row) != 3 or len(row[2]) < 4] == []
        else:  # in a comment for each column, in their order
            explained = [row[0][2:] for row in told if row[0].startswith("# ") and len(row) > 1]
            assert explained == header
            assert min(len(row[1]) for row in told if row[0][2:] in header) >= 4


# --- --write-lp ----------------------------------------------------------------------------------

def test_the_integer_program_is_written_beside_the_plan(tmp_path):
    plan(TINY, tmp_path / "out", "--time-limit", "0.3", "--write-lp", tmp_path / "week.lp")
    text = (tmp_path / "week.lp").read_text(encoding="ascii")
    assert "\nMinimize\n" in text and text.endswith("End\n")
    assert (tmp_path / "week.lp").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("path, status", [("/dev/full", 74), ("none/week.lp", 73)])
def test_an_integer_program_that_cannot_be_written(tmp_path, path, status):
    done = run("plan", TINY, "-o", tmp_path / "out", *QUICK, "--write-lp", path, cwd=str(tmp_path))
    assert done.returncode == status and path in done.stderr
    assert list(tmp_path.iterdir()) == []

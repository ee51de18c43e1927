"""Signals at any moment: the search ends with the best plan so far, a kill leaves the old plan or
the new one, and of several runs on one folder one wins."""

import os
import random
import signal
import subprocess
import time

import pytest
from faults import SOAK, STEADY, TINY, Stage, contents
from tools import PROGRAM, SAMPLES, WEEK, judged, run

HARBOR = SAMPLES / "harbor"
ENDLESS = ("--week", WEEK, "-q", "--time-limit", "0", "--gap", "0", "--threads", "2")
GONE_WITHIN = 2  # seconds


def patience():
    """Seconds that a process which asks for few may take here, with others at work beside it."""
    return GONE_WITHIN * max(1, os.getloadavg()[0] / os.cpu_count())


def heed_signals():
    """A shell's background jobs ignore INT, those under nohup HUP: so would whatever they start."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def start(words):
    return subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, universal_newlines=True,
                            preexec_fn=heed_signals)


def end_by(running, number):
    """Sends the signal, which must end the program in time; seconds it took, and what was said."""
    running.send_signal(number)
    began = time.monotonic()
    _, said = running.communicate(timeout=60)
    took = time.monotonic() - began
    assert took < patience(), "gone after %.1f s" % took
    assert running.returncode in (0, 2, -number), (running.returncode, said)
    return took, said


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.005)


@pytest.mark.parametrize("name", ["TERM", "INT", "HUP", "PIPE"])
def test_a_signal_at_any_moment(name, tmp_path, record_property):
    """Before the search it ends the program, from then on the search."""
    dice, out, slowest = random.Random(name), tmp_path / "out", 0
    ended = {"old": 0, "new": 0}
    number = getattr(signal, "SIG" + name)
    assert run("plan", HARBOR, "-o", out, *STEADY).returncode in (0, 2)
    for _ in range(100 if SOAK else 3):
        old = contents(out)
        running = start(("plan", HARBOR, "-o", out, *ENDLESS))
        time.sleep(dice.uniform(0, 1.5 if SOAK else 0.4))
        assert running.poll() is None, running.communicate()
        took, said = end_by(running, number)
        slowest = max(slowest, took)
        if running.returncode == -number:
            assert contents(out) == old
            ended["old"] += 1
        else:
            assert said == "" and contents(out) != old
            ended["new"] += 1
            judged(HARBOR, out)
    assert ended["new"] > 0
    run("plan", HARBOR, "-o", out, *STEADY)
    assert os.listdir(tmp_path) == ["out"]
    print("SIG%s: %s, gone after %.2f s at most" % (name, ended, slowest))
    record_property("signals " + name, str(ended))
    record_property("signals %s, ms to the end at most" % name, str(round(1000 * slowest)))


@pytest.mark.parametrize("patients", [150, 400] if SOAK else [150])
def test_a_large_clinic_is_gone_in_time(patients, made, tmp_path, record_property):
    """While it is read, makes its first plan, searches or writes: with all files."""
    clinic, _ = made("--patients", str(patients))
    dice, out, slowest = random.Random(patients), tmp_path / "out", 0
    for _ in range(25 if SOAK else 2):
        running = start(("plan", clinic, "-o", out, *ENDLESS))
        time.sleep(dice.uniform(0, 8 if SOAK else 4))
        took, _ = end_by(running, signal.SIGTERM)
        slowest = max(slowest, took)
    judged(clinic, out)
    assert os.listdir(tmp_path) == ["out"]
    print("%d patients: gone after %.2f s at most" % (patients, slowest))
    record_property("signals to %d patients, ms to the end at most" % patients,
                    str(round(1000 * slowest)))


def test_the_second_signal_kills(tmp_path):
    """While the first one's plan is being written, say: what was there stays."""
    out = tmp_path / "out"
    running = start(("plan", HARBOR, "-o", out, *ENDLESS))
    wait_for(lambda: len(os.listdir(tmp_path)) >= 2)  # the lock and the new folder: it has begun
    time.sleep(0.5)
    running.send_signal(signal.SIGTERM)
    time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert running.returncode in (-signal.SIGTERM, 0, 2)
    if running.returncode == -signal.SIGTERM:
        assert not out.exists()
    assert run("plan", TINY, "-o", out, *STEADY).returncode in (0, 2)
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("name", ["TERM", "INT", "HUP"])
def test_signals_ignored_by_the_caller_stay_so(name, tmp_path):
    """As under nohup: the run goes on to its own end."""
    script = 'trap "" %s; exec "$@"' % name
    running = subprocess.Popen(
        ["sh", "-c", script, "sh", PROGRAM, "plan", str(HARBOR), "-o", str(tmp_path / "out"),
         "--week", WEEK, "-q", "--time-limit", "1.5", "--gap", "0"])
    wait_for(lambda: os.listdir(tmp_path))
    time.sleep(0.3)
    running.send_signal(getattr(signal, "SIG" + name))
    assert running.wait(timeout=60) in (0, 2)
    judged(HARBOR, tmp_path / "out")


@pytest.mark.parametrize("work", [1, 400])
def test_killed_at_random(work, made, tmp_path, record_property):
    """With much work most die in the search or with a solver at work, with little while writing."""
    clinic = TINY if work == 1 else made("--micro", "--seed", "4")[0]
    stage = Stage(tmp_path, "--work", str(work), clinic=clinic)
    began = time.monotonic()
    stage.run()
    lasts = time.monotonic() - began
    stage.set_old()
    dice, seen = random.Random(work), {"old": 0, "new": 0, "done": 0}
    for _ in range(500 if SOAK else 15):
        running = start(stage.command()[1:])
        time.sleep(dice.uniform(0, 1.2 * lasts))
        running.kill()
        _, said = running.communicate(timeout=60)
        assert running.returncode in (stage.done, -signal.SIGKILL), (running.returncode, said)
        stands = stage.stands()
        seen["done" if running.returncode == stage.done else stands] += 1
        assert running.returncode != stage.done or stands == "new"
        if stands == "new":
            stage.set_old()
    stage.finish()
    assert seen["old"] > 0
    print("kills at random, %d of work: %s" % (work, seen))
    record_property("kills at random, %d of work" % work, str(seen))


def test_one_of_several_runs_wins(tmp_path, record_property):
    """The winner works on until the others have gone; then it is asked for its plan."""
    trials, n = (200, 4) if SOAK else (6, 3)
    out = tmp_path / "out"
    for _ in range(trials):
        old = contents(out)
        runs = [start(("plan", HARBOR, "-o", out, *ENDLESS, "--formats", "csv")) for _ in range(n)]
        wait_for(lambda: sum(r.poll() is not None for r in runs) >= n - 1)
        losers = [r for r in runs if r.poll() is not None]
        assert [r.returncode for r in losers] == [75] * (n - 1)
        assert all("another run" in r.communicate()[1] for r in losers)
        assert contents(out) == old
        winner = next(r for r in runs if r not in losers)
        time.sleep(0.05)
        winner.send_signal(signal.SIGTERM)
        winner.communicate(timeout=60)
        assert winner.returncode in (0, 2, -signal.SIGTERM)
        if winner.returncode != -signal.SIGTERM:
            assert contents(out) != old
        assert not any(name.endswith("-lock") for name in os.listdir(tmp_path)
                       if winner.returncode != -signal.SIGTERM)
    judged(HARBOR, out)
    print("concurrent runs: %d trials of %d" % (trials, n))
    record_property("concurrent runs", trials)

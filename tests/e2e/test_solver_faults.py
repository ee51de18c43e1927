"""GLPK in its own process is killed, hangs, lies or runs out of memory, and clocks jump: that costs
an answer at most, never the plan."""

import os
import sys
import time

import pytest
from faults import SOAK, TINY, contents, preload  # noqa: F401 (a fixture)
from tools import WEEK, judged, run

# A small clinic whose search asks the solver several times.
MICRO = ("--micro", "--seed", "4")
SEARCH = ("--week", WEEK, "-q", "--work", "400", "--formats", "csv")
LIMIT = 5  # seconds, for those that hang


def planned(clinic, out, *options, timeout=60, **more):
    began = time.monotonic()
    done = run("plan", clinic, "-o", out, *SEARCH, *options, timeout=timeout, **more)
    assert done.returncode in (0, 2), done
    assert done.stdout == "" and done.stderr == "", done
    judged(clinic, out)
    return time.monotonic() - began


def number(path):
    return int.from_bytes(path.read_bytes(), sys.byteorder)


def environment(settings):
    return dict(os.environ, **settings)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("how", ["kill", "abort", "segv", "exit", "half", "lie", "garble"])
def test_a_solver_ends_badly(how, threads, made, tmp_path, preload):  # noqa: F811
    """Each of the first solves in turn, and all of them."""
    clinic, _ = made(*MICRO)
    log = tmp_path / "log"
    planned(clinic, tmp_path / "good", "--threads", threads,
            env=environment(preload("solver", SOLVER_DOES="nothing", SOLVER_AT=0, SOLVER_LOG=log)))
    n_solves = number(log)
    assert n_solves >= 3
    for at in range(0, min(n_solves, 20 if SOAK else 3)):
        log.unlink()
        planned(clinic, tmp_path / "out", "--threads", threads,
                env=environment(preload("solver", SOLVER_DOES=how, SOLVER_AT=at, SOLVER_LOG=log)))
        assert number(log) > at
    assert sorted(p.name for p in tmp_path.iterdir()) == ["good", "log", "out"]


@pytest.mark.parametrize("how", ["hang", "spin"])
def test_a_solver_is_stuck(how, made, tmp_path, preload):  # noqa: F811
    """The clock ends it, though it never answers; so does a watchdog of its own."""
    clinic, _ = made(*MICRO)
    took = planned(clinic, tmp_path / "out", "--time-limit", LIMIT, "--threads", 2, "--work", 0,
                   "--gap", 0, env=environment(preload("solver", SOLVER_DOES=how, SOLVER_AT=2,
                                                       SOLVER_LOG=tmp_path / "log")))
    assert number(tmp_path / "log") >= 2
    assert took < LIMIT + 5


def test_the_solver_is_out_of_memory(made, tmp_path, preload, record_property):  # noqa: F811
    clinic, _ = made(*MICRO)
    hits, at, survived = tmp_path / "hits", 1, 0
    while True:
        planned(clinic, tmp_path / "out", "--threads", 1,
                env=environment(preload("no_memory", NO_MEMORY_IN_CHILD=at, NO_MEMORY_HITS=hits)))
        if number(hits) == 0:
            break
        survived += number(hits)
        hits.unlink()
        at += 1 + at // (40 if SOAK else 3)  # most are in the tree of a large program, all alike
    assert survived > 20
    print("failed allocations of the solver survived: %d" % survived)
    record_property("failed allocations of the solver survived", survived)


@pytest.mark.parametrize("jump", [-10 * 365 * 86400, 3600, 10 * 365 * 86400])
def test_the_time_of_day_jumps(jump, made, tmp_path, preload):  # noqa: F811
    """The same plan, and the limit stays what it is. (GLPK knows no limit of over 24 days: a jump by
    years costs its answer.)"""
    clinic, _ = made(*MICRO)
    planned(clinic, tmp_path / "still")
    planned(clinic, tmp_path / "jumped", env=environment(preload("clock", CLOCK_JUMPS=jump)))
    if abs(jump) < 24 * 86400:
        assert contents(tmp_path / "still") == contents(tmp_path / "jumped")
    took = planned(TINY, tmp_path / "limited", "--time-limit", 1, "--gap", 0, "--work", 0,
                   env=environment(preload("clock", CLOCK_JUMPS=jump)))
    assert took < 10


@pytest.mark.parametrize("after", [2, 13, 50, 120])
def test_the_steady_clock_jumps(after, tmp_path, preload):  # noqa: F811
    """After a suspended machine's awakening, say: the search is over, and its plan is whole. The
    first come before there is any plan: the fixed sessions lack patients still."""
    took = planned(TINY, tmp_path / "out", "--time-limit", 3000, "--gap", 0, "--work", 0, "--threads",
                   2, env=environment(preload("clock", STEADY_JUMPS=86400, STEADY_AFTER=after)))
    assert took < 30

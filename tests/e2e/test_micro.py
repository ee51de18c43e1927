"""Hundreds of random tiny clinics: the planner's optimum is that of a general solver on the ILP
which the program writes, its plan valid, its cost and its bound right."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools import generate, judged, plan, solve

MANY = 3000 if os.environ.get("IOPSCHED_SOAK") else 300
SECONDS = 10  # for the general solver


def compare(folder, seed):
    """Plans one clinic; the least cost by glpsol (None: not in time) and the plan's summary."""
    clinic, out, lp = folder / "clinic", folder / "plan", folder / "week.lp"
    generate("--micro", "--seed", str(seed), clinic)
    plan(clinic, out, "--gap", "0", "--time-limit", "20", "--threads", "1", "--formats", "csv,json",
         "--write-lp", lp)
    return solve(lp, SECONDS), judged(clinic, out)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("micro")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {}
        for seed in range(MANY):
            own = folder / str(seed)
            own.mkdir()
            jobs[seed] = pool.submit(compare, own, seed)
        yield jobs


@pytest.mark.parametrize("seed", range(MANY))
def test_optimum_is_that_of_a_general_solver(results, seed):
    least, told = results[seed].result()
    if least is None:
        pytest.skip("glpsol needs more than %d s" % SECONDS)
    assert abs(told["cost"] - least) <= 1e-6 * max(1, abs(least))
    assert told["bound"] <= least + least / 10**6


def test_nearly_all_are_proved_optimal_by_the_planner_itself(results):
    proved = sum(results[seed].result()[1]["status"] == "optimal" for seed in range(MANY))
    assert proved >= 0.9 * MANY


def test_nearly_all_are_compared(results):
    assert sum(results[seed].result()[0] is not None for seed in range(MANY)) >= 0.9 * MANY

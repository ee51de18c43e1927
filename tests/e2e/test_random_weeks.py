"""Structured fuzzing: valid random clinics with every feature, planned for a second at most, and
judged by the program's verifier and by the referee. None may be broken: 40 here, 10,000 in
scripts/soak.sh. Every other one is planned a second time, against its own first plan."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools import ROOT, WEEK, judged, plan

sys.path.insert(0, str(ROOT / "scripts"))
from clinics.micro import micro_folder  # noqa: E402

MANY = int(os.environ.get("IOPSCHED_RANDOM_WEEKS")
           or (10000 if os.environ.get("IOPSCHED_SOAK") else 40))
FIRST = int(os.environ.get("IOPSCHED_RANDOM_FIRST") or 1000000)  # seeds of its own
AT_ONCE = 20     # clinics in one test


def plan_and_judge(folder, seed):
    micro_folder(seed, WEEK).write(str(folder / "clinic"))
    options = ("--time-limit", "1", "--threads", "1", "--formats", "csv,json", "--seed", seed % 97)
    plan(folder / "clinic", folder / "plan", *options)
    judged(folder / "clinic", folder / "plan")
    if seed % 2:
        plan(folder / "clinic", folder / "again", *options, "--previous", folder / "plan")
        assert (folder / "again" / "changes.csv").exists()


@pytest.mark.parametrize("first", range(FIRST, FIRST + MANY, AT_ONCE))
def test_random_weeks_are_valid(tmp_path, first, record_property):
    seeds = range(first, min(first + AT_ONCE, FIRST + MANY))
    for seed in seeds:
        (tmp_path / str(seed)).mkdir()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {seed: pool.submit(plan_and_judge, tmp_path / str(seed), seed) for seed in seeds}
    broken = {seed: repr(job.exception()) for seed, job in jobs.items() if job.exception()}
    record_property("clinics planned and judged", len(jobs))
    assert not broken

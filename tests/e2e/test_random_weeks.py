"""Structured fuzzing: valid random clinics with every feature, planned for a second at most, and
judged by the program's verifier and by the referee. None may be broken: 40 here, 10,000 in
scripts/soak.sh. Every other one is planned a second time against its own first plan, the others
with other dice: no bound may exceed the other's cost."""

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


def write_clinic(seed, path):
    """Tiny ones are solved whole. Every fourth has 7 to 35 patients; above 12 they are searched."""
    micro_folder(seed, WEEK, 7 + seed % 30 if seed % 4 == 2 else None).write(str(path))
    return path


def plan_and_judge(folder, seed):
    clinic = write_clinic(seed, folder / "clinic")
    options = ("--time-limit", "1", "--threads", "1", "--formats", "csv,json", "--seed")
    plan(clinic, folder / "plan", *options, seed % 97)
    first = judged(clinic, folder / "plan")
    if seed % 2:
        plan(clinic, folder / "again", *options, seed % 97, "--previous", folder / "plan")
        assert (folder / "again" / "changes.csv").exists()
    else:
        plan(clinic, folder / "other", *options, seed % 97 + 1)
        other = judged(clinic, folder / "other")
        assert max(first["bound"], other["bound"]) <= min(first["cost"], other["cost"])


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

"""The samples under valgrind's memory checker, children and all: nothing read that was never
written, nothing lost. The small one in every run, the others in scripts/soak.sh."""

import shutil
import subprocess

import pytest

from tools import PROGRAM, SAMPLES

WORK = {"tiny": "3", "riverside": "1", "harbor": "1", "metro": "1"}


def clean(tmp_path, *words):
    if not shutil.which("valgrind"):
        pytest.skip("no valgrind")
    done = subprocess.run(
        ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full",
         "--errors-for-leak-kinds=definite,indirect", "--trace-children=yes", PROGRAM,
         *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        universal_newlines=True, check=False)
    assert done.returncode in (0, 2), done.stderr[-3000:]
    assert "==" not in done.stderr, done.stderr[-3000:]


def run_all(tmp_path, sample):
    out = tmp_path / "out"
    clean(tmp_path, "check", SAMPLES / sample, "--week", "2026-W49", "-q")
    clean(tmp_path, "plan", SAMPLES / sample, "-o", out, "--week", "2026-W49", "--work",
          WORK[sample], "--threads", "2", "-q")
    clean(tmp_path, "verify", SAMPLES / sample, out, "-q")
    clean(tmp_path, "render", SAMPLES / sample, out, "-q")


def test_the_small_sample_is_clean(tmp_path):
    run_all(tmp_path, "tiny")


@pytest.mark.soak
@pytest.mark.parametrize("sample", ["riverside", "harbor", "metro"])
def test_the_samples_are_clean(tmp_path, sample):
    run_all(tmp_path, sample)

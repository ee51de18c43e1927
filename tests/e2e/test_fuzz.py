"""A short pass of every fuzz target, the same inputs each time: no crash, no sanitizer's word, no
assertion, and the time that an input may take. scripts/fuzz.sh looks longer, and with coverage."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

from tools import PROGRAM, ROOT

sys.path.insert(0, str(ROOT / "tests" / "fuzz"))
from seeds import TABLES, write_seeds  # noqa: E402

TARGETS = ["clinic", "plan", "duals", "render", "calendar", "options"] + ["table_" + t for t in TABLES]
FOLDER = pathlib.Path(os.environ.get("IOPSCHED_FUZZ") or ROOT / "build" / "asan" / "fuzz")
LONGER = 20 if os.environ.get("IOPSCHED_SOAK") else 1


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "seeds"
    write_seeds(PROGRAM, folder)
    return folder


def runs(target):
    """An exporter's round takes as long as twenty tables."""
    return LONGER * (25 if target == "render" else 300)


@pytest.mark.parametrize("target", TARGETS)
def test_odd_bytes_do_no_harm(seeds, tmp_path, target, record_property):
    if not (FOLDER / target).exists():
        pytest.skip("not built: make fuzz-targets (scripts/test.sh does)")
    last = tmp_path / "last"
    done = subprocess.run([FOLDER / target, seeds / target, str(runs(target)), last], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
                          check=False)
    told = done.stdout.decode(errors="replace")
    assert done.returncode == 0, "%s\nthe input was:\n%r" % (told[-3000:], last.read_bytes()[:2000])
    assert "inputs of" in told
    record_property("inputs tried", re.search(r"(\d+) inputs of", told).group(1))

"""Memory runs out, at each allocation in turn, in libraries too."""

import os
import subprocess

import pytest
from faults import SOAK, STEADY, TINY, Stage, preload  # noqa: F401 (a fixture)
from tools import PROGRAM, WEEK, plan

ENOUGH_KB = 400000


def every_allocation(words, place, preload):
    """Each allocation of the command fails in a copy of the process; how many that were."""
    log = place / "each"
    done = subprocess.run([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, universal_newlines=True, timeout=1800,
                          check=False, env=dict(os.environ, **preload("no_memory",
                                                                      NO_MEMORY_EACH=log)))
    *otherwise, last = log.read_text().splitlines()
    log.unlink()
    assert not otherwise, "%d allocations did not end with 71: %s" % (len(otherwise),
                                                                      otherwise[:20])
    assert done.returncode in (0, 2)
    complaints = done.stderr.count("iopsched: out of memory\n")
    tried = int(last.split()[1])
    assert complaints == tried
    return tried


QUICK = ("-q", "--work", "1", "--threads", "1")
COMMANDS = {
    "plan": ("plan", TINY, "-o", "OUT", *STEADY, "--formats", "csv,html"),
    "check": ("check", TINY, "--week", WEEK),
    "verify": ("verify", TINY, "OUT"),
    "render": ("render", TINY, "OUT", "-q", "--formats", "html"),
    "init": ("init", "NEW"),
}
LONG = {
    "plan, all formats": ("plan", TINY, "-o", "OUT", *STEADY),
    "plan, with a previous one": ("plan", TINY, "-o", "OUT", "--previous", "OUT", *STEADY),
    "render, all formats": ("render", TINY, "OUT", "-q"),
    "diff": ("diff", "OUT", "OUT"),
    "explain": ("explain", TINY, "OUT", *QUICK),
    "repair": ("repair", TINY, "OUT", "-o", "NEW", "--absent", "P1:Fri", "--formats", "csv", *QUICK),
    "capacity": ("capacity", TINY, "-o", "NEW", *QUICK),
    "admit": ("admit", TINY, "OUT", "-o", "NEW", "--formats", "csv", *QUICK),
}


@pytest.mark.parametrize("name", [*COMMANDS, *(LONG if SOAK else ())])
def test_every_allocation_fails(name, tmp_path, preload, record_property):  # noqa: F811
    plan(TINY, tmp_path / "out", "--work", "1")
    place = {"OUT": tmp_path / "out", "NEW": tmp_path / "new"}
    words = [place.get(w, w) for w in {**COMMANDS, **LONG}[name]]
    tried = every_allocation(words, tmp_path, preload)
    assert tried > 50
    print("failed allocations survived by %s: %d" % (name, tried))
    record_property("failed allocations survived", tried)


def test_what_stands_when_memory_runs_out(tmp_path):
    """The address space is limited, from too little to begin with to enough."""
    stage = Stage(tmp_path)
    seen = []
    for kb in range(20000, ENOUGH_KB, 4000 if SOAK else 40000):
        limit = ["sh", "-c", 'ulimit -v "$1" && shift && exec "$@"', "sh", str(kb)]
        seen.append(stage.judge(stage.run(around=limit)))
    stage.finish()
    assert seen[-1] == stage.done and (71 in seen or 127 in seen), seen

"""Making the program fail in the middle: what stands in its output folder then, and how it ends."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from tools import PROGRAM, ROOT, SAMPLES, WEEK

TINY = SAMPLES / "tiny"
SOAK = bool(os.environ.get("IOPSCHED_SOAK"))
# A short search that no clock ends, in one thread, so that each run makes the same calls.
STEADY = ("--week", WEEK, "-q", "--work", "1", "--threads", "1")
# Where nothing is written, or nothing may have been: usage errors and invalid plans not among them.
REFUSALS = (65, 66, 70, 71, 73, 74, 75)
LOADER_FAILED = 127


def contents(folder):
    """{path: bytes} of a plan's files, the search's seconds left out; None if there is no folder."""
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        return None
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    if "summary.json" in found:
        told = json.loads(found["summary.json"])
        told.pop("seconds", None)
        found["summary.json"] = json.dumps(told).encode()
    return found


def apart_from_proof(found):
    """The same without what was proven of the plan, and the bound."""
    told = json.loads(found["summary.json"])
    bound = told.pop("bound", None)
    for name in ("gap", "quality_gap"):
        told.pop(name, None)
    return {**found, "summary.json": told}, bound


class Stage:
    """A folder `out` in which a plan stands, an older one, and what a new one would be."""

    def __init__(self, place, *options, clinic=TINY):
        self.place, self.out, self.clinic = place, place / "stage" / "out", clinic
        self.previous = place / "stage" / "out.previous"
        self.out.parent.mkdir()
        self.options = (*STEADY, *options)
        self.keeps = "--keep" in options
        self.kept = place / "kept"
        run = self.run("--seed", "7")
        assert run.returncode in (0, 2), run.stderr
        shutil.copytree(self.out, self.kept)
        self.old = contents(self.out)
        run = self.run()
        assert run.returncode in (0, 2), run.stderr
        self.new = contents(self.out)
        self.done = run.returncode
        assert self.old != self.new
        self.set_old()

    def command(self, *more):
        return [PROGRAM, "plan", str(self.clinic), "-o", str(self.out), *self.options, *more]

    def run(self, *more, around=(), env=None, timeout=60):
        return subprocess.run([*around, *self.command(*more)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True, timeout=timeout,
                              check=False, env=dict(os.environ, **(env or {})))

    def set_old(self):
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(self.previous, ignore_errors=True)
        shutil.copytree(self.kept, self.out)

    def names(self):
        return sorted(os.listdir(self.out.parent))

    def is_new(self, now):
        """The new plan, whole. A solver's process that is lost may cost proof, and nothing else."""
        if not now or "summary.json" not in now:
            return False
        plan, bound = apart_from_proof(now)
        whole_plan, whole_bound = apart_from_proof(self.new)
        return plan == whole_plan and bound <= whole_bound

    def stands(self):
        """'old' or 'new'; fails if the folder holds anything else, or if strangers lie beside it."""
        now = contents(self.out)
        assert now == self.old or self.is_new(now), "neither the old plan nor the new one"
        own = ("out", "out.previous") if self.keeps else ("out",)
        strangers = [n for n in self.names() if n not in own and
                     not n.startswith(".out.iopsched-")]
        assert not strangers, strangers
        return "old" if now == self.old else "new"

    def judge(self, run):
        """What must hold after a run in which something failed."""
        stands = self.stands()
        assert run.returncode in (self.done, *REFUSALS, LOADER_FAILED), \
            "status %d: %s" % (run.returncode, run.stderr)
        if run.returncode == self.done:
            assert stands == "new", "a plan was promised and is not there"
        else:
            assert run.stderr.strip(), "not a word about the failure"
        if stands == "new":
            self.set_old()
        return run.returncode

    def finish(self):
        """A run that nothing befalls sweeps what the others left."""
        run = self.run()
        assert run.returncode == self.done, run.stderr
        assert self.stands() == "new"
        assert self.names() == (["out", "out.previous"] if self.keeps else ["out"])
        assert not self.keeps or contents(self.previous) == self.old
        self.set_old()


@pytest.fixture(scope="session")
def preload():
    """preload(NAME) -> environment in which tests/faults/NAME.c interferes with the program."""
    made = set()

    def environment(name, **settings):
        target = "build/faults/%s.so" % name
        if name not in made:
            subprocess.run(["make", "-s", "-C", str(ROOT), target], check=True)
            made.add(name)
        return {"LD_PRELOAD": str(ROOT / target), **{k: str(v) for k, v in settings.items()}}
    return environment


def can_trace():
    """Can strace run the program here?"""
    try:
        done = subprocess.run(["strace", "-o", os.devnull, PROGRAM, "--version"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return done.returncode == 0


needs_strace = pytest.mark.skipif(not can_trace(), reason="strace cannot trace the program here")


def injecting(call, what):
    """The words before a command that make strace do `what` to one of its system calls."""
    quick = [] if "signal" in what else ["--seccomp-bpf"]  # with it, no signal is delivered
    return ["strace", "-f", "-qq", *quick, "-o", os.devnull, "-e", "trace=" + call,
            "-e", "inject=%s:%s" % (call, what)]


def count_calls(stage):
    """{system call: how often a run makes it}, the program's own process alone: a solver that dies
    is another matter."""
    log = stage.place / "calls"
    run = stage.run(around=["strace", "-ff", "-qq", "-o", str(log)])
    assert run.returncode == stage.done, run.stderr
    stage.set_old()
    first = min(stage.place.glob("calls.*"), key=lambda p: int(p.suffix[1:]))
    counts = {}
    for line in first.read_text(errors="replace").splitlines():
        call = re.match(r"(\w+)\(", line)
        if call:
            counts[call.group(1)] = counts.get(call.group(1), 0) + 1
    for path in stage.place.glob("calls.*"):
        path.unlink()
    return counts

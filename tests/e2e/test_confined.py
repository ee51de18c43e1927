"""What the process can still do once it has read its input, shown by a library loaded into it that
tries: next to nothing where the kernel knows Landlock and seccomp, and all is as ever where not."""

import os
import shutil
import subprocess

import pytest

from tools import ROOT, SAMPLES, plan, run

TINY = SAMPLES / "tiny"
PLAN = ("--time-limit", "1", "--week", "2026-W49")
FILES = {"wrote to a file", "emptied a file", "made a file", "made a link", "made a file in /tmp"}
OTHERS = {"has a socket", "has a datagram socket", "has a local socket", "has a pair of sockets",
          "ran a program"}


@pytest.fixture(scope="module")
def intruder(tmp_path_factory):
    library = tmp_path_factory.mktemp("intruder") / "intruder.so"
    source = ROOT / "tests" / "e2e" / "confined" / "intruder.c"
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", str(library),
                    str(source), "-ldl"], check=True)
    return library


@pytest.fixture
def intrude(intruder, tmp_path):
    """intrude(WORD, ...) -> (rounds, what was not refused): runs the program with the intruder."""
    work, log = tmp_path / "work.csv", tmp_path / "log"

    def go(*words, **environment):
        work.write_text("somebody's work")
        log.write_text("")
        done = run(*words, env={**os.environ, "LD_PRELOAD": str(intruder),
                                "INTRUDER_WORK": str(work), "INTRUDER_LOG": str(log),
                                **environment})
        assert done.returncode in (0, 2), done.stderr
        told = log.read_text().splitlines()
        for path in (tmp_path / "work.csv.new", "/tmp/iopsched-intruder"):
            os.unlink(path) if os.path.lexists(path) else None
        rounds = [line for line in told if line in ("child", "end")]
        return rounds, set(told) - {"child", "end"}, done
    return go


@pytest.fixture(scope="module")
def kernel_can(tmp_path_factory):
    """Skips where this kernel has not both, or the program was built without libseccomp."""
    trace = tmp_path_factory.mktemp("trace") / "trace"
    if not shutil.which("strace"):
        pytest.skip("no strace to see what the kernel can do")
    done = subprocess.run(["strace", "-o", str(trace), "-e", "trace=seccomp,landlock_restrict_self",
                           os.environ.get("IOPSCHED", str(ROOT / "iopsched")), "check", str(TINY)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    told = trace.read_text() if done.returncode == 0 else ""
    for words in ("landlock_restrict_self(", "SECCOMP_SET_MODE_FILTER, 0, {"):
        if not any(words in line and line.endswith("= 0") for line in told.splitlines()):
            pytest.skip("this kernel or this build is without Landlock or seccomp")


def test_the_intruder_finds_an_open_door_in_an_ordinary_program(intruder, tmp_path):
    """So that what follows can fail at all."""
    (tmp_path / "work").write_text("")
    (tmp_path / "log").write_text("")
    subprocess.run(["/bin/true"], check=True, env={
        **os.environ, "LD_PRELOAD": str(intruder), "INTRUDER_WORK": str(tmp_path / "work"),
        "INTRUDER_LOG": str(tmp_path / "log")})
    os.unlink("/tmp/iopsched-intruder")
    told = set((tmp_path / "log").read_text().splitlines())
    assert told >= {"end", "wrote to a file", "made a file", "made a file in /tmp", "has a socket",
                    "ran a program"}


@pytest.mark.usefixtures("kernel_can")
@pytest.mark.parametrize("more", [(), ("--weeks", "2"), ("--log", "LOG", "--write-lp", "LP")],
                         ids=" ".join)
def test_plan_leaves_an_intruder_nothing(intrude, tmp_path, more):
    more = [tmp_path / word if word in ("LOG", "LP") else word for word in more]
    rounds, got, _ = intrude("plan", TINY, "-o", tmp_path / "out", *PLAN, *more)
    assert rounds.count("end") == 1 and "child" in rounds
    assert got == set()


@pytest.mark.usefixtures("kernel_can")
def test_a_plan_in_place_of_an_older_one_leaves_nothing_either(intrude, tmp_path):
    for _ in range(2):
        _, got, _ = intrude("plan", TINY, "-o", tmp_path / "out", *PLAN)
        assert got == set()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log", "out", "work.csv"]


@pytest.mark.usefixtures("kernel_can")
@pytest.mark.parametrize("command", ["check", "verify", "render", "init", "explain", "capacity",
                                     "repair", "admit", "diff"])
def test_other_commands_leave_nothing(intrude, tmp_path, command):
    words = {"check": [TINY], "verify": [TINY, tmp_path / "out"],
             "explain": [TINY, tmp_path / "out", "--work", "1"],
             "capacity": [TINY, "-o", tmp_path / "worth", "--work", "1", "--time-limit", "5"],
             "render": [TINY, tmp_path / "out"], "init": [tmp_path / "clinic"],
             "repair": [TINY, tmp_path / "out", "-o", tmp_path / "out2", "--absent", "T1:Tue"],
             "admit": [TINY, tmp_path / "out", "-o", tmp_path / "out2"],
             "diff": [tmp_path / "out", tmp_path / "out"]}[command]
    if command not in ("check", "init"):
        plan(TINY, tmp_path / "out", "--time-limit", "0.5")
    rounds, got, _ = intrude(command, *words)
    assert rounds.count("end") == 1 and got == set()


def test_a_kernel_without_either_is_no_trouble(intrude, tmp_path):
    rounds, got, done = intrude("plan", TINY, "-o", tmp_path / "out", "-q", *PLAN, OLD_KERNEL="1")
    assert "child" in rounds and got >= {"wrote to a file", "has a socket", "ran a program"}
    assert done.stderr == "" and done.stdout == ""
    assert run("verify", TINY, tmp_path / "out").returncode == 0

"""The program and the solvers it is measured against: where they are, how an expert calls them,
and what their lines say of cost and bound.

The peers get the whole week as one integer program from `plan --write-lp`; writing it is not
counted in their time. Every one has all processors, the same clock, and runs until it proves its
plan the best or the clock ends it.
"""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEERS_FOLDER = pathlib.Path(os.environ.get("IOPSCHED_PEERS") or ROOT / "build" / "peers")
VENV_PYTHON = PEERS_FOLDER / "bin" / "python"  # as scripts/install-peers.sh makes it
NUMBER = r"([-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf))"
ABSURD = 1e40  # cbc says 1e+50 where it has none


def figure(text):
    """A cost or bound as a solver writes it; None where it has none."""
    if text is None:
        return None
    value = float(text)
    return None if abs(value) > ABSURD else value


def match_first(line, *patterns):
    """The figures (cost, bound) that the first pattern to match finds; a group it lacks is None."""
    for pattern in patterns:
        found = re.search(pattern, line)
        if found:
            groups = found.groupdict()
            return figure(groups.get("cost")), figure(groups.get("bound"))
    return None


def named(name):
    return NUMBER.replace("(", "(?P<%s>" % name, 1)


class Solver:
    """name: in tables and on the command line; title: for people."""
    name = title = ""
    peer = True

    def missing(self):
        """What is not there, in words; None if the solver can run."""
        raise NotImplementedError

    def version(self):
        raise NotImplementedError

    def command(self, lp, seconds, threads, gap):
        raise NotImplementedError

    def figures(self, line):
        """(cost or None, bound or None) if the line tells either; else None."""
        raise NotImplementedError

    def proves(self, line):
        """True if the line says that the best plan is found and proven."""
        raise NotImplementedError

    def begins(self, line):
        """True if the clock starts at this line, not with the program."""
        return False


def output_of(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, universal_newlines=True, check=False)
    return done.stdout


def version_in(command, pattern):
    found = re.search(pattern, output_of(command))
    return found.group(1) if found else "unknown"


class Glpsol(Solver):
    name, title = "glpsol", "GLPK"

    def missing(self):
        return None if shutil.which("glpsol") else "no command 'glpsol'"

    def version(self):
        return version_in(["glpsol", "--version"], r"Solver,? v?(\S+)")

    def command(self, lp, seconds, threads, gap):
        return ["stdbuf", "-oL", "glpsol", "--lp", lp, "--cuts", "--fpump", "--mipgap", gap,
                "--tmlim", max(1, round(seconds))]  # knows one thread alone

    def figures(self, line):
        return match_first(
            line, r"^\+.*(?:>>>>>|mip =) +" + named("cost") + r" >= +" + named("bound"),
            r"^\+.*(?:>>>>>|mip =) +" + named("cost") + r" >= +tree is empty",
            r"^\+.*mip = +not found yet >= +" + named("bound"))

    def proves(self, line):
        return line.startswith("INTEGER OPTIMAL SOLUTION FOUND")


class Cbc(Solver):
    name, title = "cbc", "CBC"

    def missing(self):
        return None if shutil.which("cbc") else "no command 'cbc'"

    def version(self):
        return version_in(["cbc", "-quit"], r"Version: (\S+)")

    def command(self, lp, seconds, threads, gap):
        return ["stdbuf", "-oL", "cbc", lp, "-threads", threads, "-timeMode", "elapsed",
                "-seconds", seconds, "-ratioGap", gap, "-solve", "-quit"]

    def figures(self, line):
        return match_first(
            line, r"Integer solution of " + named("cost"),
            named("cost") + r" best solution, best possible " + named("bound"),
            r"best objective " + named("cost") + r" \(best possible " + named("bound"),
            r"Search completed - best objective " + named("cost"),
            r"cuts changed objective from \S+ to " + named("bound"),
            r"Continuous objective value is " + named("bound"))

    def proves(self, line):
        return line.startswith("Result - Optimal solution found")


def python_with(module):
    """A Python that has the module: this one or the peers' own; None if neither has."""
    if importlib.util.find_spec(module):
        return sys.executable
    if VENV_PYTHON.exists() and subprocess.run(
            [str(VENV_PYTHON), "-c", "import " + module], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return str(VENV_PYTHON)
    return None


class Highs(Solver):
    """The command `highs`, or Python's highspy where there is none."""
    name, title = "highs", "HiGHS"

    def missing(self):
        if shutil.which("highs") or python_with("highspy"):
            return None
        return "neither a command 'highs' nor Python's highspy"

    def version(self):
        if shutil.which("highs"):
            return version_in(["highs", "--version"], r"(\d+\.\d+\.\d+)")
        return output_of([python_with("highspy"), "-c",
                          "import highspy; print(highspy.Highs().version())"]).split()[-1]

    def command(self, lp, seconds, threads, gap):
        if not shutil.which("highs"):
            return ["stdbuf", "-oL", python_with("highspy"), "-B", HERE / "solve_highs.py", lp,
                    seconds, threads, gap]
        options = pathlib.Path(str(lp) + ".options")
        options.write_text("threads = %s\nmip_rel_gap = %s\nmip_lp_solver = ipm\n" % (threads, gap))
        return ["stdbuf", "-oL", "highs", "--parallel", "on", "--time_limit", seconds,
                "--options_file", options, lp]

    def figures(self, line):
        """Rows of its table: the three figures after the explored share are bound, cost, gap."""
        return match_first(
            line, r"^ .{0,2} +\d+ +\d+ +\d+ +[\d.]+% +" + named("bound") + " +" + named("cost"),
            r"^  Primal bound +" + named("cost"), r"^  Dual bound +" + named("bound"))

    def proves(self, line):
        return re.match(r"  Status +Optimal", line) is not None


class CpSat(Solver):
    name, title = "cpsat", "OR-tools CP-SAT"

    def missing(self):
        return None if python_with("ortools") else "Python has no ortools"

    def version(self):
        return output_of([python_with("ortools"), "-c",
                          "import ortools; print(ortools.__version__)"]).split()[-1]

    def command(self, lp, seconds, threads, gap):
        workers = max(8, int(threads))  # its makers' advice: below 8 it lacks part of its portfolio
        return [python_with("ortools"), "-B", HERE / "solve_cpsat.py", lp, seconds, workers, gap]

    def figures(self, line):
        return match_first(line, r"^cost (?:none|" + named("cost") + ") bound " + named("bound"))

    def proves(self, line):
        return line == "optimal"

    def begins(self, line):
        return line == "converted"  # that it reads no LP file is not to its disadvantage


class Iopsched(Solver):
    """The program itself, from CSV files read to all files written."""
    name = title = "iopsched"
    peer = False

    def __init__(self, program):
        self.program = program

    def missing(self):
        return None if os.access(str(self.program), os.X_OK) else "no program '%s'" % self.program

    def version(self):
        return version_in([str(self.program), "--version"], r"(\d+\.\S+)")

    def command_of(self, clinic, out, week, seconds, threads, gap, seed):
        return [self.program, "plan", clinic, "-o", out, "--week", week, "--time-limit", seconds,
                "--threads", threads, "--gap", gap, "--seed", seed, "-v"]

    def figures(self, line):
        return match_first(
            line, r"^ *[\d.]+ s  cost " + named("cost") + "  bound " + named("bound"),
            r"^ *[\d.]+ s  cost " + named("cost"))

    def proves(self, line):
        return False  # summary.json tells


PEERS = [Glpsol(), Cbc(), Highs(), CpSat()]

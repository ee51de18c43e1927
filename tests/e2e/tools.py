"""Running the program, the generator and a general solver; reading what a plan wrote."""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys
from fractions import Fraction

from referee import cost, rules
from referee.clinic import Clinic
from referee.plan import read_plan

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("IOPSCHED") or str(ROOT / "iopsched")
SAMPLES = ROOT / "samples"
WEEK = "2026-W49"


def run(*words, program=PROGRAM, timeout=300, **more):
    """Runs the program; output as text."""
    return subprocess.run([program, *map(str, words)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True, timeout=timeout,
                          check=False, **more)


def generate(*words, python=sys.executable, env=None):
    subprocess.run([python, "-B", str(ROOT / "scripts" / "generate.py"), *map(str, words)],
                   check=True, env=env)


def commands():
    """By the program's help."""
    return re.findall(r"^  ([a-z]+) [A-Z]", run("--help").stdout, re.M)


def plan(clinic, out, *options, week=WEEK, **more):
    """Plans without messages; the exit status must say that a plan was written."""
    done = run("plan", clinic, "-o", out, "--week", week, "-q", *options, **more)
    assert done.returncode in (0, 2), "exit status %d\n%s" % (done.returncode, done.stderr)
    return done


def rows(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def summary(out):
    """summary.json with its numbers exact."""
    with open(pathlib.Path(out) / "summary.json", encoding="utf-8") as file:
        return json.load(file, parse_float=Fraction, parse_int=Fraction)


def judged(clinic, out, week=WEEK):
    """Asserts that program and referee both find a plan valid, and agree on the cost of each term.
    Returns summary.json."""
    done = run("verify", clinic, out)
    assert done.returncode == 0, done.stdout + done.stderr
    mine = Clinic(str(clinic), week)
    sessions = read_plan(mine, str(out))
    assert rules.breaches(mine, sessions) == []
    told = summary(out)
    amounts = cost.amounts(mine, sessions)
    assert {n: t["amount"] for n, t in told["terms"].items()} == amounts
    assert {n: t["weight"] for n, t in told["terms"].items()} == mine.weights
    assert told["cost"] == cost.cost(mine, sessions)
    assert told["bound"] <= told["cost"]
    return told


def solve(lp, seconds):
    """The least cost that glpsol proves for an LP file; None if it does not within the time."""
    solution = str(lp) + ".sol"
    done = subprocess.run(
        ["glpsol", "--lp", str(lp), "--cuts", "--tmlim", str(seconds), "-w", solution],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    with open(solution, encoding="ascii") as lines:
        for line in lines:
            told = re.match(r"s (?:mip \d+ \d+ (.)|bas \d+ \d+ (. .)) (\S+)$", line)
            if told:  # mip: integer optimal; bas: no integers, and primal and dual feasible
                proved = told.group(1) == "o" or told.group(2) == "f f"
                return Fraction(told.group(3)) if proved else None
    raise AssertionError("glpsol wrote no status line")


def write_rows(path, table):
    """Writes rows as a plan's tables are written."""
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(table[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(table)

"""One measured run after the other; each is kept as a file of its own, so that parts measured at
different times come together in one table."""

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import time

from bench.cases import WEEK
from bench.planted import plant
from bench.solvers import ROOT
from bench.watch import watch

GRACE = 1.1         # gains count that come within this share of the clock
GRACE_SECONDS = 15  # who runs longer than that by so much is ended
SECONDS_OF_LISTENING = 2
CARE = ("weight_hour_short", "weight_day_short", "weight_session_short", "weight_offer_short")


def say(text):
    print(text, flush=True)


def machine():
    """What the figures were measured on, in words."""
    model, memory = platform.machine(), 0
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = " ".join(line.split(":", 1)[1].split())
                break
    with open("/proc/meminfo", encoding="ascii") as lines:
        memory = int(next(line for line in lines if line.startswith("MemTotal")).split()[1])
    system = "Linux"
    if os.path.exists("/etc/os-release"):
        with open("/etc/os-release", encoding="utf-8") as lines:
            facts = dict(line.rstrip().split("=", 1) for line in lines if "=" in line)
        system = facts.get("PRETTY_NAME", system).strip('"')
    return "%s, %d processors, %d GB, %s" % (
        model, len(os.sched_getaffinity(0)), round(memory / 1e6), system)


def ticks():
    """(processor time that did nothing, all processor time) since the machine started."""
    with open("/proc/stat", encoding="ascii") as lines:
        counts = [int(word) for word in lines.readline().split()[1:9]]
    return counts[3] + counts[4], sum(counts)


def busy_processors():
    """How many processors others keep busy just now. Not the load average, which remembers the run
    before."""
    idle, whole = ticks()
    time.sleep(SECONDS_OF_LISTENING)
    idle_then, whole_then = ticks()
    return os.cpu_count() * (1 - (idle_then - idle) / max(1, whole_then - whole))


def commit():
    if not shutil.which("git"):
        return ""
    done = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          universal_newlines=True, check=False)
    return done.stdout.strip()


def curve_of(solver, lines, latest):
    """[[seconds, best cost or None, best bound or None]]: a point for every gain until `latest`."""
    curve, cost, bound = [], None, None
    for seconds, line in lines:
        told = solver.figures(line)
        if told is None or seconds > latest:
            continue
        new_cost = cost if told[0] is None or (cost is not None and cost <= told[0]) else told[0]
        new_bound = bound if told[1] is None or (bound is not None and bound >= told[1]) else told[1]
        if (new_cost, new_bound) != (cost, bound):
            cost, bound = new_cost, new_bound
            curve.append([round(seconds, 3), cost, bound])
    return curve


class Bench:
    """The folder of results and what all runs have in common."""

    def __init__(self, folder, program, threads, gap, keep):
        self.folder = pathlib.Path(folder).resolve()
        self.program, self.threads, self.gap, self.keep = program, threads, gap, keep
        self.about = {"machine": machine(), "commit": commit()}
        (self.folder / "runs").mkdir(parents=True, exist_ok=True)

    def clinic(self, case):
        clinic = self.folder / "work" / case.name / "clinic"
        if not clinic.exists():
            if case.planted:
                self.plant(case, clinic)
            else:
                case.make(clinic)
        return clinic

    def plant(self, case, clinic):
        """A week is found in the case's time, if there is none yet, and stands beside the clinic."""
        found = dataclasses.replace(case, planted=False)
        plain, known = self.clinic(found), clinic.parent / "known"
        plan = plain.parent / "plan"
        if not plan.exists():
            subprocess.run(
                list(map(str, self.program.command_of(plain, plan, WEEK, case.seconds, self.threads,
                                                      self.gap, case.seed))),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not (plan / "attendance.csv").exists():
            raise SystemExit("bench: no week of %s to be planted" % found.name)
        shutil.rmtree(known, ignore_errors=True)
        shutil.copytree(plan, known)
        plant(plain, known, clinic)

    def cost_of(self, clinic, plan):
        """What a plan costs in a clinic, as `verify` tells it; None if it is not valid there."""
        told = subprocess.run([str(self.program.program), "verify", str(clinic), str(plan)],
                              stdout=subprocess.PIPE, universal_newlines=True, check=False)
        cost = re.search(r"^ +cost +([0-9.]+)$", told.stdout, re.MULTILINE)
        return float(cost.group(1)) if told.returncode == 0 and cost else None

    def program_file(self, case):
        """The week as an LP file; written once."""
        lp = self.folder / "work" / case.name / "week.lp"
        if not lp.exists():
            done = subprocess.run(
                [str(self.program.program), "plan", str(self.clinic(case)), "-o",
                 str(lp.parent / "scratch"), "--week", WEEK, "-q", "--work", "1", "--formats",
                 "csv", "--write-lp", str(lp)], check=False)
            if done.returncode not in (0, 2):
                raise SystemExit("bench: no LP file of %s: exit status %d" % (
                    case.name, done.returncode))
        return lp

    def path_of(self, case, solver, clock):
        extra = "" if clock == 1 else ".x%g" % clock
        return self.folder / "runs" / ("%s.%s%s.json" % (case.name, solver.name, extra))

    def measure(self, case, solver, seconds, clock=1):
        """Runs a solver on a case; `clock`: how many times the usual clock it has."""
        path = self.path_of(case, solver, clock)
        if self.keep and path.exists():
            return
        say("%s: %s, %g s" % (case.name, solver.title, seconds))
        clinic = self.clinic(case)
        out = clinic.parent / ("plan" if clock == 1 else "plan-x%g" % clock)
        if solver.peer:
            command = solver.command(self.program_file(case), seconds, self.threads, self.gap)
        else:
            command = solver.command_of(clinic, out, WEEK, seconds, self.threads, self.gap,
                                        case.search_seed)
        busy = busy_processors()
        told = watch(command, seconds * GRACE + GRACE_SECONDS, solver.begins)
        run = self.record(case, solver, seconds, clock, told)
        run["busy_before"] = round(busy, 2)
        if not solver.peer:
            self.read_plan(run, clinic, out, told)
        if case.planted:
            run["known"] = self.cost_of(clinic, clinic.parent / "known")
        path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
        (path.parent / (path.stem + ".log")).write_text(
            "".join("%9.3f  %s\n" % line for line in told.lines), encoding="utf-8")
        say("  " + in_words(run))

    def record(self, case, solver, seconds, clock, told):
        latest = seconds * GRACE
        curve = curve_of(solver, told.lines, latest)
        cost, bound = curve[-1][1:] if curve else (None, None)
        proven = any(solver.proves(line) for at, line in told.lines if at <= latest)
        if proven and self.gap == 0:
            bound = cost
        status = "proven" if proven else "overdue" if told.overdue else "clock"
        if told.status != 0 and not told.overdue and solver.peer:
            status = "failed: exit status %d" % told.status
        return dict(self.about, case=case.name, patients=case.patients, grid=case.grid,
                    cut=case.cut, shape=case.shape, solver=solver.name, title=solver.title,
                    version=solver.version(), clock=clock, limit=seconds,
                    date=datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
                    seconds=round(told.seconds, 3), cpu_seconds=round(told.cpu_seconds, 3),
                    memory_mb=round(told.memory / 1e6, 1), status=status, cost=cost, bound=bound,
                    care=None, known=None, curve=curve)

    def read_plan(self, run, clinic, out, told):
        """What the program wrote of its plan, exactly; and whether the plan is valid."""
        if told.status not in (0, 2):
            run["status"] = "failed: exit status %d" % told.status
            run["cost"] = run["bound"] = None
            return
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        run["patients"] = summary["counts"]["patients"]
        run["cost"], run["bound"] = summary["cost"], summary["bound"]
        run["care"] = sum(summary["terms"][term]["cost"] for term in CARE)
        run["unmet"] = summary["counts"]["unmet"]
        run["curve"].append([run["seconds"], summary["cost"], summary["bound"]])
        run["status"] = "proven" if summary["status"] == "optimal" else "clock"
        if self.cost_of(clinic, out) is None:
            run["status"] = "failed: the plan is not valid"


def in_words(run):
    cost = "no plan" if run["cost"] is None else "cost %.2f" % run["cost"]
    bound = "" if run["bound"] is None else ", bound %.2f" % run["bound"]
    return "%s%s, %s after %.1f s, %.0f MB" % (
        cost, bound, run["status"], run["seconds"], run["memory_mb"])


def read_runs(folder):
    """All runs that the folder holds, by case and solver."""
    runs = []
    for path in sorted((pathlib.Path(folder) / "runs").glob("*.json")):
        runs.append(json.loads(path.read_text(encoding="utf-8")))
    return runs

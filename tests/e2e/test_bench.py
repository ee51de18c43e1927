"""The benchmark measures what it says: LP files read exactly, solvers' logs understood, the clock,
the tables; on a tiny clinic, with solvers that are not there passed over aloud."""

import csv
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from fractions import Fraction

import pytest

from tools import PROGRAM, ROOT, SAMPLES, WEEK, plan, run, solve, summary

sys.path.insert(0, str(ROOT / "scripts"))

from bench import planted, plots, tables  # noqa: E402
from bench.lpfile import LpError, read_lp  # noqa: E402
from bench.runs import curve_of  # noqa: E402
from bench.solvers import PEERS, Cbc, CpSat, Glpsol, Highs, Iopsched  # noqa: E402
from bench.watch import watch  # noqa: E402

COST_ONE = 60000000

LP = r"""\ a comment: with a colon
Minimize
 cost: + 0.5 n(A,Mon_0800) + 0.333333333333333333 x(P.1)
  - 3 y
Subject To
 H1[a]: + 2 x(P.1) - n(A,Mon_0800)
  + y <= 4
 is.lo: + x(P.1) >= -2
 eq: + y = 1
Bounds
 0 <= n(A,Mon_0800) <= 3
 y >= -1
General
 n(A,Mon_0800)
Binary
 x(P.1)
End
"""


def written(tmp_path, text):
    path = tmp_path / "program.lp"
    path.write_text(text)
    return path


def test_an_lp_file_is_read_exactly(tmp_path):
    program = read_lp(written(tmp_path, LP))
    assert program.names == ["n(A,Mon_0800)", "x(P.1)", "y"]
    assert program.lower == [0, 0, -1] and program.upper == [3, 1, None]
    assert program.integer == [True, True, False]
    assert [(r.name, r.terms, r.relation, r.bound) for r in program.rows] == [
        ("H1[a]", [(2, 1), (-1, 0), (1, 2)], "<=", 4), ("is.lo", [(1, 1)], ">=", -2),
        ("eq", [(1, 2)], "=", 1)]
    assert program.cost[0] == (Fraction(1, 2), 0) and program.cost[2] == (-3, 2)


def test_costs_become_whole_and_thirds_are_meant(tmp_path):
    costs, unit = read_lp(written(tmp_path, LP)).whole_costs(COST_ONE)
    assert [value * unit for value, _ in costs] == [Fraction(1, 2), Fraction(1, 3), -3]
    assert [value for value, _ in costs] == [3, 2, -18]


@pytest.mark.parametrize("old, new", [
    ("End\n", ""), ("Bounds", "Borders"), (" y >= -1", " y < 7"), (" y >= -1", " y free"),
    (" eq: + y = 1", " eq: + y = one"), ("+ y <= 4", "+ y^2 <= 4"), ("0.5 n", "0,5 n"),
    ("0.333333333333333333", "0.00000001")])
def test_what_is_no_such_lp_file_is_refused(tmp_path, old, new):
    assert old in LP
    with pytest.raises(LpError):
        read_lp(written(tmp_path, LP.replace(old, new))).whole_costs(COST_ONE)


def lp_of(clinic, folder):
    done = run("plan", clinic, "-o", folder / "plan", "--week", WEEK, "-q", "--work", "1",
               "--formats", "csv", "--write-lp", folder / "week.lp")
    assert done.returncode in (0, 2), done.stderr
    return folder / "week.lp"


def columns_of(solution):
    """Values of a glpsol solution file, in its order of columns."""
    with open(solution, encoding="ascii") as lines:
        return [Fraction(line.split()[2]) for line in lines if line.startswith("j ")]


def test_a_solution_of_the_file_is_one_of_what_was_read(made, tmp_path):
    """glpsol's reader and ours: its optimum keeps every row that we read, and costs as much."""
    lp = lp_of(made("--micro", "--seed", "5")[0], tmp_path)
    best = solve(lp, 60)
    values = [round(v) for v in columns_of(str(lp) + ".sol")]
    program = read_lp(lp)
    assert len(values) == len(program.names)
    for row in program.rows:
        total = sum(a * values[c] for a, c in row.terms)
        assert {"<=": total <= row.bound, ">=": total >= row.bound,
                "=": total == row.bound}[row.relation], row.name
    for low, value, high in zip(program.lower, values, program.upper):
        assert low <= value and (high is None or value <= high)
    assert sum(a * values[c] for a, c in program.cost) == best


LINES = [
    (Glpsol(), "+  1168: mip =     not found yet >=              -inf        (1; 0)", None, None),
    (Glpsol(), "+  1168: mip =     not found yet >=   3.6e+01        (1; 0)", None, 36),
    (Glpsol(), "+  3281: >>>>>   6.550000000e+01 >=   3.607815139e+01  44.9% (15; 0)", 65.5,
     36.07815139),
    (Glpsol(), "+ 13713: mip =   6.550000000e+01 >=   3.994565067e+01  39.0% (38; 16)", 65.5,
     39.94565067),
    (Glpsol(), "+ 22408: mip =   6.150000000e+01 >=     tree is empty   0.0% (0; 211)", 61.5, None),
    (Cbc(), "Continuous objective value is 26.1951 - 0.02 seconds", None, 26.1951),
    (Cbc(), "Cbc0012I Integer solution of 287.5 found by feasibility pump after 0 iterations and 0 "
            "nodes (1.52 seconds)", 287.5, None),
    (Cbc(), "Cbc0013I At root node, 21 cuts changed objective from 26.195076 to 38.184227 in 71 "
            "passes", None, 38.184227),
    (Cbc(), "Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible 38.184227 "
            "(14.96 seconds)", None, 38.184227),
    (Cbc(), "Cbc0005I Partial search - best objective 63.5 (best possible 41.2), took 9 iterations",
     63.5, 41.2),
    (Cbc(), "Cbc0001I Search completed - best objective 61.5, took 19502 iterations and 87 nodes",
     61.5, None),
    (Highs(), " J       0       0         0   0.00%   -inf            4327.5             Large     "
              "   0      0      0         0     0.3s", 4327.5, None),
    (Highs(), "         0       0         0   0.00%   23.66964286     4327.5            99.45%     "
              "   0      0      2         0     0.5s", 4327.5, 23.66964286),
    (Highs(), "         0       0         0   0.00%   276             inf                  inf     "
              "   0      0      2         0     0.5s", None, 276),
    (Highs(), "  Dual bound        61.5", None, 61.5),
    (CpSat(), "cost 61.5 bound -27.0", 61.5, -27),
    (CpSat(), "cost none bound 27.5", None, 27.5),
    (Iopsched("x"), "    0.034 s  cost 570.5  bound 16.23  gap 97.2 %", 570.5, 16.23),
    (Iopsched("x"), "    0.008 s  cost 872", 872, None),
]


@pytest.mark.parametrize("solver, line, cost, bound", LINES, ids=lambda x: getattr(x, "name", ""))
def test_lines_of_solvers_are_understood(solver, line, cost, bound):
    assert solver.figures(line) == (cost, bound)


@pytest.mark.parametrize("solver, line", [
    (Glpsol(), "Cuts on level 0: gmi = 13; mir = 8; cov = 1; clq = 2;"),
    (Cbc(), "Cbc0038I Full problem 1166 rows 880 columns, reduced to 672 rows 386 columns"),
    (Highs(), "   968 rows"), (CpSat(), "optimal"), (Iopsched("x"), "cost 61.5, no plan costs less")],
    ids=lambda x: getattr(x, "name", ""))
def test_other_lines_tell_nothing(solver, line):
    assert solver.figures(line) is None


def test_a_curve_keeps_the_best_of_each_until_the_clock_ends():
    lines = [(1.0, "cost 90 bound 10"), (2.0, "cost none bound 9"), (3.0, "hello"),
             (4.0, "cost 95 bound 20"), (5.0, "cost 80 bound 20"), (11.5, "cost 70 bound 30")]
    assert curve_of(CpSat(), lines, 11) == [[1.0, 90, 10], [4.0, 90, 20], [5.0, 80, 20]]


def test_the_clock_ends_whom_it_must_and_tells_memory_and_status():
    told = watch(["sh", "-c", "echo one; sleep 0.3; echo two; exit 3"], 20)
    assert [line for _, line in told.lines] == ["one", "two"]
    assert told.lines[1][0] >= 0.3 and told.seconds >= 0.3
    assert told.status == 3 and not told.overdue and 1e5 < told.memory < 1e8
    late = watch(["sh", "-c", "echo begun; sleep 60 & sleep 60"], 0.3)
    assert late.overdue and late.seconds < 30 and late.status != 0


def test_the_clock_can_begin_with_a_line():
    told = watch(["sh", "-c", "sleep 1; echo ready; echo cost"], 20, lambda line: line == "ready")
    assert told.lines[1][0] < 0.9


def test_memory_counts_all_processes():
    hold = "import time; x = b'1' * 40000000; time.sleep(0.7)"
    command = ["sh", "-c", "\"$0\" -c \"$1\" & \"$0\" -c \"$1\"; wait", sys.executable, hold]
    assert watch(command, 20).memory > 8e7


def test_the_exponent_is_that_of_a_power_law():
    assert tables.fit_exponent([(n, 0.3 * n ** 1.7) for n in (20, 60, 150)]) == pytest.approx(1.7)
    assert tables.fit_exponent([(20, 3.0)]) is None
    assert tables.fit_exponent([(20, 3.0), (20, 4.0)]) is None


def measured(solver="iopsched", patients=20, **more):
    made_up = dict(case="p%d-g30" % patients, patients=patients, grid=30, cut=0, shape="",
                   solver=solver, title=solver, version="1", clock=1, limit=30, date="2026-11-22",
                   machine="one machine", commit="abc", seconds=30.0, cpu_seconds=60.0,
                   memory_mb=100.0, busy_before=0.1, status="clock", cost=100.0, bound=97.0,
                   care=40.0, curve=[[0.1, 500.0, None], [4.0, 100.0, 96.0], [30.0, 100.0, 97.0]])
    return dict(made_up, **more)


def test_figures_that_follow_from_a_run():
    own, peer = tables.with_figures([
        measured(), measured("cbc", cost=80.0, bound=-5.0, care=None, curve=[[9.0, 80.0, -5.0]])])
    assert own["gap"] == pytest.approx(0.03) and own["quality_gap"] == pytest.approx(0.05)
    assert own["first_plan"] == 0.1 and own["seconds_to_5_percent"] == 4.0
    assert own["seconds_to_20_percent"] == 4.0
    assert own["above_best"] == pytest.approx(0.25) and peer["above_best"] == 0
    assert peer["quality_gap"] is None and peer["seconds_to_5_percent"] is None


def test_the_table_of_known_weeks():
    table = tables.report([measured(case="p20-g30-planted", known=80.0, cost=84.0, bound=60.0)], [])
    assert "## Where a good week is known" in table and "## Growth" not in table
    assert "| 20 | 30 s | 80 | 84 | 60 | 5.0 % | 25.0 % |" in table
    assert "known" not in tables.report([measured(known=None)], []).replace("above best known", "")


def test_a_missed_aim_is_told():
    missed = tables.report([measured(bound=50.0, memory_mb=500.0)], [])
    assert "50.0 % (aim: 3)" in missed and "500 MB (aim: 200)" in missed
    assert "(aim" not in tables.report([measured()], [])


def test_the_table_of_the_readme():
    runs = [measured(), measured(patients=60), measured("cbc", cost=None, bound=None, curve=[]),
            measured(case="odd-g30", shape="odd"), measured(clock=10)]
    table = tables.readme_table(runs)
    assert "2026-11-22" in table and "one machine" in table and "abc" in table
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) == 3 and rows[1].endswith("| none |") and rows[2].endswith("|  |")
    mixed = tables.readme_table([measured(), measured(patients=60, commit="def")])
    assert "| commit |" in mixed and "| def |" in mixed and "| commit |" not in table
    text = "before\n%s\nold\n%s\nafter\n" % (tables.BEGIN, tables.END)
    new = tables.put_between(text, table)
    assert new.startswith("before\n") and new.endswith("after\n") and "old" not in new
    assert tables.put_between(new, table) == new
    assert tables.put_between("no marks", table) is None


# ---- the whole script, on a tiny clinic ----

FAKE_GLPSOL = """#!/bin/sh
echo "GLPSOL--GLPK LP/MIP Solver 5.0"
echo "+   10: >>>>>   9.000000000e+02 >=   1.000000000e+01  44.9% (15; 0)"
"""


def bench(folder, path, *options):
    """Runs the benchmark where only the commands in `path` are to be found."""
    environment = dict(os.environ, PATH=str(path), IOPSCHED_PEERS=str(path / "none"))
    return subprocess.run(
        [sys.executable, "-B", str(ROOT / "scripts" / "measure.py"), str(folder), "--program",
         PROGRAM, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        universal_newlines=True, env=environment, check=False)


@pytest.fixture(scope="module")
def benched(tmp_path_factory):
    """(folder of results, folder of commands, what the first run told): a glpsol, nothing else."""
    path, folder = tmp_path_factory.mktemp("path"), tmp_path_factory.mktemp("bench")
    (path / "glpsol").write_text(FAKE_GLPSOL)
    (path / "glpsol").chmod(stat.S_IRWXU)
    for name in ("sh", "stdbuf"):
        (path / name).symlink_to(shutil.which(name))
    told = bench(folder, path, "--sizes", "6,7", "--grids", "30", "--peer-sizes", "6",
                 "--peers", "cbc,glpsol", "--parts", "growth,peers", "--limit", "1")
    assert told.returncode == 0, told.stdout
    return folder, path, told.stdout


def test_peers_that_are_missing_are_passed_over_aloud(benched):
    _, _, told = benched
    assert "skipped: CBC: no command 'cbc' (scripts/install-peers.sh)" in told
    assert "Not measured: CBC: no command 'cbc'" in told
    assert "GLPK 5.0" in told


def test_the_table_holds_every_run(benched):
    folder, _, told = benched
    with open(folder / "runs.csv", encoding="utf-8", newline="") as lines:
        rows = {(row["case"], row["solver"]): row for row in csv.DictReader(lines)}
    assert sorted(rows) == [("p6-g30", "glpsol"), ("p6-g30", "iopsched"), ("p7-g30", "iopsched")]
    own = rows["p6-g30", "iopsched"]
    assert 0 < float(own["first_plan"]) <= float(own["seconds"]) < 20
    assert 0 <= float(own["bound"]) <= float(own["cost"]) and float(own["memory_mb"]) > 1
    assert float(rows["p6-g30", "glpsol"]["cost"]) == 900
    table = (folder / "table.md").read_text(encoding="utf-8")
    assert table.startswith("# Benchmark\n\n")
    assert table.split("\n\n", 1)[1] in told and own["date"] in table and "patients^" in table


def test_the_cost_in_the_table_is_that_of_the_plan(benched):
    folder, _, _ = benched
    told = json.loads((folder / "runs" / "p6-g30.iopsched.json").read_text())
    out = folder / "work" / "p6-g30" / "plan"
    assert told["cost"] == json.loads((out / "summary.json").read_text())["cost"]
    verified = run("verify", folder / "work" / "p6-g30" / "clinic", out)
    assert verified.returncode == 0
    assert float(re.search(r"^ +cost +([0-9.]+)$", verified.stdout, re.M).group(1)) == told["cost"]


def test_parts_come_together_and_what_is_there_can_be_kept(benched, tmp_path):
    folder, path, _ = benched
    before = (folder / "runs" / "p6-g30.iopsched.json").read_bytes()
    told = bench(folder, path, "--keep", "--parts", "growth,tight", "--sizes", "6", "--grids", "30",
                 "--tight-sizes", "6", "--cuts", "30", "--limit", "1")
    assert told.returncode == 0, told.stdout
    assert (folder / "runs" / "p6-g30.iopsched.json").read_bytes() == before
    assert "30 % of staff cut" in told.stdout and "GLPK 5.0" in told.stdout
    readme, document = tmp_path / "README.md", tmp_path / "measured.md"
    for file in (readme, document):
        file.write_text("%s\n%s\n" % (tables.BEGIN, tables.END))
    assert bench(folder, path, "--report", "--readme", str(readme), "--document",
                 str(document)).returncode == 0
    assert re.search(r"^\| 6 \| 30 min \|.*\| 900 \|$", readme.read_text(), re.M)
    assert "30 % of staff cut" in document.read_text() and "## Side by side" in document.read_text()
    readme.write_text("no marks\n")
    assert bench(folder, path, "--report", "--readme", str(readme)).returncode != 0


def test_a_planted_week_is_a_good_one_of_its_clinic(benched):
    """Own therapists and preferences are as the week has them, and verify says so."""
    folder, path, _ = benched
    told = bench(folder, path, "--keep", "--parts", "planted", "--planted-sizes", "7",
                 "--limit", "1")
    assert told.returncode == 0, told.stdout
    assert "## Where a good week is known" in told.stdout
    plain, place = folder / "work" / "p7-g30", folder / "work" / "p7-g30-planted"
    sessions = [planted.read_table(week / "sessions.csv")
                for week in (place / "known", plain / "plan")]
    assert sessions[0] == sessions[1] != []
    verified = run("verify", place / "clinic", place / "known").stdout
    assert "weight_not_primary" not in verified and "weight_not_preferred_hour" not in verified
    measured_run = json.loads((folder / "runs" / "p7-g30-planted.iopsched.json").read_text())
    known = float(re.search(r"^ +cost +([0-9.]+)$", verified, re.M).group(1))
    assert measured_run["known"] == known
    assert known <= json.loads((folder / "runs" / "p7-g30.iopsched.json").read_text())["cost"]
    if measured_run["status"] == "proven":
        assert measured_run["cost"] <= known


def test_plots_are_drawn_or_passed_over_aloud(benched):
    folder, _, told = benched
    if subprocess.run([sys.executable, "-c", "import matplotlib"], stderr=subprocess.DEVNULL,
                      check=False).returncode != 0:
        assert "skipped: plots: Python has no matplotlib" in told
        pytest.skip("Python has no matplotlib (python3-matplotlib)")
    for name in ("cost-p6-g30.svg", "cost-p7-g30.svg", "growth.svg"):
        assert (folder / name).read_text(encoding="utf-8").rstrip().endswith("</svg>")
    assert "skipped: plots" not in told


def test_without_matplotlib_there_are_tables_alone(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert "no matplotlib" in plots.draw(tmp_path, tables.with_figures([measured()]))
    assert list(tmp_path.iterdir()) == []


def test_nothing_measured_is_an_error(tmp_path):
    assert bench(tmp_path / "none", tmp_path, "--report").returncode != 0
    assert bench(tmp_path / "none", tmp_path, "--parts", "growht").returncode != 0


# ---- the solvers themselves, where they are installed ----

@pytest.mark.soak
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_peer_finds_what_the_program_proves(peer, tmp_path):
    """The tiny sample's optimum, from each solver's own conversion of the same file."""
    if peer.missing():
        pytest.skip(peer.missing())
    lp = lp_of(SAMPLES / "tiny", tmp_path)
    plan(SAMPLES / "tiny", tmp_path / "best")
    best = summary(tmp_path / "best")
    assert best["status"] == "optimal"
    told = watch(peer.command(lp, 300, 2, 0), 330, peer.begins)
    curve = curve_of(peer, told.lines, 330)
    assert any(peer.proves(line) for _, line in told.lines), told.lines[-5:]
    assert curve[-1][1] == pytest.approx(float(best["cost"]))

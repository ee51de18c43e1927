#!/usr/bin/env python3
"""Measures the program, alone and beside other solvers: measure.py FOLDER [OPTION ...]

scripts/bench.sh builds the program and calls this. Every run is kept in FOLDER/runs, so parts can
be measured one at a time, on any day; each call makes table.md, runs.csv and the plots again from
all that FOLDER holds.
"""

import argparse
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from bench import cases, plots, tables  # noqa: E402
from bench.runs import Bench, read_runs, say  # noqa: E402
from bench.solvers import PEERS, ROOT, Iopsched  # noqa: E402

PARTS = ("growth", "tight", "shapes", "planted", "peers", "long")
LONG = 10  # times the usual clock


def numbers(text):
    return [int(word) for word in text.split(",")]


def words_of(known):
    def read(text):
        words = [word for word in text.split(",") if word]
        for word in words:
            if word not in known:
                raise argparse.ArgumentTypeError(
                    "'%s' is none of %s" % (word, ", ".join(known)))
        return words
    return read


def arguments():
    parser = argparse.ArgumentParser(prog="bench.sh", description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("folder", help="where the results are kept")
    add("--parts", type=words_of(PARTS), default="growth,tight,shapes,planted,peers",
        help="some of %s (long: ten times the clock)" % ", ".join(PARTS))
    add("--sizes", type=numbers, default="20,60,150,400,1000", help="of growth and long: patients")
    add("--grids", type=numbers, default="30,15", help="of growth and long: minutes")
    add("--tight-sizes", type=numbers, default="20,60", help="of tight: patients")
    add("--cuts", type=numbers, default="10,20,30", help="of tight: percent of staff hours")
    add("--shapes", type=words_of(cases.SHAPES), default=",".join(cases.SHAPES),
        help="of shapes")
    add("--planted-sizes", type=numbers, default="20,60,150",
        help="of planted, clinics in which a good week is known: patients")
    add("--peer-sizes", type=numbers, default="20,60,150", help="of peers: patients")
    add("--peers", type=words_of([peer.name for peer in PEERS]),
        default=",".join(peer.name for peer in PEERS), help="of peers: which")
    add("--no-peers", action="store_true", help="leave that part out")
    add("--limit", type=float, help="seconds for every run (default: by size)")
    add("--gap", type=float, default=0.0, help="a gap at which everyone may stop")
    add("--seed", type=int, default=1, help="of the clinics")
    add("--threads", type=int, default=len(os.sched_getaffinity(0)))
    add("--keep", action="store_true", help="measure only what FOLDER does not hold yet")
    add("--report", action="store_true", help="measure nothing: tables and plots alone")
    add("--readme", metavar="FILE", help="also write the table between the marks of this file")
    add("--document", metavar="FILE",
        help="also write the whole report between the marks of this file")
    add("--program", default=str(ROOT / "iopsched"), help="the program to measure")
    return parser.parse_args()


def whole_cases(args):
    return cases.growth(args.sizes, args.grids, args.seed)


def measure_part(bench, part, args, peers):
    """The solvers one after the other on each case: side by side, never at the same time."""
    def run(case, solver, clock=1):
        bench.measure(case, solver, (args.limit or case.seconds) * clock, clock)

    if part == "peers":
        for case in cases.growth(args.peer_sizes, [30], args.seed):
            if "growth" not in args.parts or case not in whole_cases(args):
                run(case, bench.program)
            for peer in peers:
                run(case, peer)
        return
    of_part = {"growth": whole_cases(args), "long": whole_cases(args),
               "tight": cases.tight(args.tight_sizes, args.cuts, args.seed),
               "shapes": cases.shaped(args.shapes, args.seed),
               "planted": cases.planted(args.planted_sizes, args.seed)}[part]
    for case in of_part:
        run(case, bench.program, LONG if part == "long" else 1)


def there(solvers):
    """(those that can run, what is missing of the others, in words and told)"""
    able, missing = [], []
    for solver in solvers:
        lack = solver.missing()
        if lack is None:
            able.append(solver)
        else:
            missing.append("%s: %s (scripts/install-peers.sh)" % (solver.title, lack))
            say("skipped: " + missing[-1])
    return able, missing


def measure(args):
    """What could not be measured, in words."""
    bench = Bench(args.folder, Iopsched(args.program), args.threads, args.gap, args.keep)
    if bench.program.missing():
        sys.exit("bench.sh: " + bench.program.missing())
    parts = [part for part in args.parts if part != "peers" or not args.no_peers]
    peers, missing = [], []
    if "peers" in parts:
        peers, missing = there([peer for peer in PEERS if peer.name in args.peers])
    for part in parts:
        measure_part(bench, part, args, peers)
    return missing


def write_between_marks(path, part):
    path = pathlib.Path(path)
    text = tables.put_between(path.read_text(encoding="utf-8"), part)
    if text is None:
        sys.exit("bench.sh: '%s' has no line '%s' with a line '%s' after it" % (
            path, tables.BEGIN, tables.END))
    path.write_text(text, encoding="utf-8")


def main():
    args = arguments()
    missing = [] if args.report else measure(args)
    folder, runs = pathlib.Path(args.folder), read_runs(args.folder)
    if not runs:
        sys.exit("bench.sh: '%s' holds no runs" % args.folder)
    lack = plots.draw(folder, tables.with_figures(runs))
    if lack:
        say("skipped: " + lack)
    report = tables.report(runs, missing)
    (folder / "table.md").write_text("# Benchmark\n\n" + report, encoding="utf-8")
    tables.write_csv(folder / "runs.csv", runs)
    if args.readme:
        write_between_marks(args.readme, tables.readme_table(runs))
    if args.document:
        write_between_marks(args.document, report)
    say("\n" + report)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Solves an LP file with HiGHS through highspy: solve_highs.py FILE SECONDS THREADS GAP

HiGHS writes its own log to standard output, as its command does.
"""

import sys

import highspy


def main():
    path, seconds, threads, gap = sys.argv[1], *map(float, sys.argv[2:5])
    solver = highspy.Highs()
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("threads", int(threads))
    solver.setOptionValue("parallel", "on")
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_lp_solver", "ipm")  # at these sizes several times faster
    solver.readModel(path)
    solver.run()


if __name__ == "__main__":
    main()

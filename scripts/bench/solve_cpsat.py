#!/usr/bin/env python3
"""Solves an LP file of ours with OR-tools CP-SAT: solve_cpsat.py FILE SECONDS WORKERS GAP

The same program, exactly: whole coefficients as they are, costs as whole multiples of their common
divisor, no hint. All columns become integers, which loses nothing: some optimal solution of these
programs has whole values in every column. Prints `converted` when the model stands, `cost COST
bound BOUND` for every gain, and `optimal` where that is proven.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from ortools.sat.python import cp_model  # noqa: E402

from bench.lpfile import LpError, read_lp  # noqa: E402

COST_ONE = 60000000  # the program's own unit: its costs are whole multiples of 1/COST_ONE


def whole(value, what):
    if value is None or value.denominator != 1:
        raise LpError("%s is %s, not a whole number" % (what, value))
    return int(value)


def build(program):
    """(model, what one unit of its objective costs)"""
    model = cp_model.CpModel()
    columns = [model.new_int_var(whole(low, "bound of " + name), whole(high, "bound of " + name),
                                 name)
               for name, low, high in zip(program.names, program.lower, program.upper)]
    for row in program.rows:
        total = cp_model.LinearExpr.weighted_sum(
            [columns[c] for _, c in row.terms], [whole(a, row.name) for a, _ in row.terms])
        bound = whole(row.bound, row.name)
        model.add(total <= bound if row.relation == "<=" else
                  total >= bound if row.relation == ">=" else total == bound)
    costs, unit = program.whole_costs(COST_ONE)
    model.minimize(cp_model.LinearExpr.weighted_sum(
        [columns[c] for _, c in costs], [a for a, _ in costs]))
    return model, unit


class Teller(cp_model.CpSolverSolutionCallback):
    def __init__(self, unit):
        super().__init__()
        self.unit = unit

    def on_solution_callback(self):
        tell(self.objective_value, self.best_objective_bound, self.unit)


def tell(cost, bound, unit):
    print("cost %s bound %s" % (
        "none" if cost is None else float(round(cost) * unit), float(round(bound) * unit)),
        flush=True)


def main():
    path, seconds, workers, gap = sys.argv[1], *map(float, sys.argv[2:5])
    model, unit = build(read_lp(path))
    print("converted", flush=True)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = int(workers)
    solver.parameters.relative_gap_limit = gap
    solver.best_bound_callback = lambda bound: tell(None, bound, unit)
    status = solver.solve(model, Teller(unit))
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    tell(solver.objective_value if found else None, solver.best_objective_bound, unit)
    if status == cp_model.OPTIMAL and gap == 0:
        print("optimal")


if __name__ == "__main__":
    main()

"""The runs of a folder as tables: for people in Markdown, for spreadsheets as CSV."""

import csv
import math

from bench.cases import AIMS

SHARES = (20, 5)  # percent: gaps whose time is told


def time_to(percent):
    """The figure that tells when the gap was first no larger."""
    return "seconds_to_%d_percent" % percent


COLUMNS = ["case", "patients", "grid", "cut", "shape", "solver", "version", "clock", "limit",
           "status", "first_plan", "seconds", "cpu_seconds", "memory_mb", "cost", "bound", "gap",
           "quality_gap", "care", *map(time_to, SHARES), "above_best", "known", "date", "machine",
           "commit", "busy_before"]
FIGURES = (("first_plan", "first plan, seconds"),
           *((time_to(percent), "gap of %d %%, seconds" % percent) for percent in SHARES),
           ("memory_mb", "memory, MB"))


# ---- figures of one run ----

def gap(cost, bound, of=None):
    """(cost - bound) / cost; None where one is missing."""
    if cost is None or bound is None:
        return None
    whole = cost if of is None else of
    return 0.0 if cost - bound <= 0 or whole <= 0 else (cost - bound) / whole


def first_plan(run):
    return next((seconds for seconds, cost, _ in run["curve"] if cost is not None), None)


def seconds_to(run, share):
    """When the gap was first no larger than a share; None if never."""
    for seconds, cost, bound in run["curve"]:
        reached = gap(cost, bound)
        if reached is not None and reached <= share:
            return seconds
    return None


def best_known(runs):
    """{case: the least cost that any run found}, of cases with more than one run."""
    costs = {}
    for run in runs:
        costs.setdefault(run["case"], []).append(run["cost"])
    return {case: min(cost for cost in found if cost is not None)
            for case, found in costs.items()
            if len(found) > 1 and any(cost is not None for cost in found)}


def with_figures(runs):
    """The runs, each with what follows from it and the others."""
    best, told = best_known(runs), []
    for run in runs:
        cost, bound, care = run["cost"], run["bound"], run["care"]
        quality = None if cost is None or care is None else cost - care
        known = best.get(run["case"])
        told.append(dict(
            run, gap=gap(cost, bound), first_plan=first_plan(run),
            quality_gap=None if quality is None else gap(cost, bound, quality),
            above_best=cost / known - 1 if cost is not None and known else None,
            **{time_to(percent): seconds_to(run, percent / 100) for percent in SHARES}))
    return told


# ---- growth ----

def fit_exponent(points):
    """The slope of the least-squares line through (log x, log y): y grows as x to that power.
    None below two different x."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return (sum((x - mean_x) * (y - mean_y) for x, y in logs)
            / sum((x - mean_x) ** 2 for x, _ in logs))


def is_planted(run):
    return run["case"].endswith("-planted")


def growth_runs(runs, grid):
    """The program's own runs of whole clinics, by size."""
    return sorted((r for r in runs if r["solver"] == "iopsched" and r["clock"] == 1
                   and r["grid"] == grid and not r["shape"] and not r["cut"]
                   and not is_planted(r)),
                  key=lambda run: run["patients"])


def growth_points(runs, grid, figure):
    return [(r["patients"], r[figure]) for r in growth_runs(runs, grid) if r[figure]]


# ---- in words ----

def seconds_text(value):
    if value is None:
        return "-"
    return "%.2f s" % value if value < 1 else "%.1f s" % value if value < 10 else "%.0f s" % value


def share_text(value):
    return "-" if value is None else "%.1f %%" % (100 * value)


def cost_text(value):
    return "none" if value is None else ("%.2f" % value).rstrip("0").rstrip(".")


def memory_text(value):
    return "%.0f MB" % value


def missed(text, value, aim):
    """The text, and the aim beside it where it is missed."""
    return text if value is not None and value <= aim else "%s (aim: %g)" % (text, aim)


def markdown(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def growth_row(run):
    aim = AIMS.get(run["patients"])
    first, reached = seconds_text(run["first_plan"]), share_text(run["gap"])
    memory = memory_text(run["memory_mb"])
    if aim:
        first = missed(first, run["first_plan"], aim[0])
        reached = missed(reached, None if run["gap"] is None else 100 * run["gap"], aim[2])
        memory = missed(memory, run["memory_mb"], aim[3])
    return [str(run["patients"]), "%d min" % run["grid"], first, seconds_text(run["seconds"]),
            cost_text(run["cost"]), cost_text(run["bound"]), reached,
            share_text(run["quality_gap"]),
            *(seconds_text(run[time_to(percent)]) for percent in SHARES),
            memory, share_text(run["above_best"])]


GROWTH_HEADER = ["patients", "grid", "first plan", "clock", "cost", "bound", "gap", "quality gap",
                 *("gap of %d %% after" % percent for percent in SHARES), "memory",
                 "above best known"]


def growth_table(runs):
    rows = [run for grid in grids_of(runs) for run in growth_runs(runs, grid)]
    header, commits = commits_of(rows)
    return markdown(GROWTH_HEADER + header,
                    [growth_row(run) + commit for run, commit in zip(rows, commits)]) if rows else ""


def commits_of(rows):
    """A column that tells the version of each row, ([heading], [[cell], ...]), where they differ."""
    if len({run["commit"] for run in rows}) < 2:
        return [], [[]] * len(rows)
    return ["commit"], [[run["commit"] or "unknown"] for run in rows]


def grids_of(runs):
    return sorted({run["grid"] for run in runs}, reverse=True)


def exponents(runs):
    """A line a grid: how time and memory grow."""
    lines = []
    for grid in grids_of(runs):
        told = []
        for figure, name in FIGURES:
            points = growth_points(runs, grid, figure)
            power = fit_exponent(points)
            if power is not None:
                told.append("%s: patients^%.2f (%d sizes)" % (name, power, len(points)))
        if told:
            lines.append("- %d-minute grid: %s" % (grid, "; ".join(told)))
    return "\n".join(lines) + "\n" if lines else ""


def odd_table(runs):
    """Tight clinics and awkward shapes."""
    rows = [r for r in runs if r["solver"] == "iopsched" and r["clock"] == 1
            and (r["cut"] or r["shape"])]
    return markdown(
        ["clinic", "patients", "first plan", "clock", "cost", "of it unmet care", "bound", "gap",
         "quality gap", "memory"],
        [[r["shape"] or "%d %% of staff cut" % r["cut"], str(r["patients"]),
          seconds_text(r["first_plan"]), seconds_text(r["seconds"]), cost_text(r["cost"]),
          cost_text(r["care"]), cost_text(r["bound"]), share_text(r["gap"]),
          share_text(r["quality_gap"]), memory_text(r["memory_mb"])] for r in rows]) if rows else ""


def planted_table(runs):
    """Where a good week is known: how far plan and bound are from it."""
    rows = sorted(filter(is_planted, runs), key=lambda r: r["patients"])
    return markdown(
        ["patients", "clock", "known week", "cost", "bound", "cost above known",
         "bound below known"],
        [[str(r["patients"]), seconds_text(r["seconds"]), cost_text(r["known"]),
          cost_text(r["cost"]), cost_text(r["bound"]),
          share_text(None if r["cost"] is None or not r["known"] else r["cost"] / r["known"] - 1),
          share_text(gap(r["known"], r["bound"]))] for r in rows]) if rows else ""


def side_by_side(runs):
    """The cases that any peer was measured on: all solvers, the program first."""
    cases = {run["case"] for run in runs if run["solver"] != "iopsched"}
    rows = [run for run in runs if run["case"] in cases]
    rows.sort(key=lambda r: (r["shape"], r["patients"], -r["grid"], r["cut"], r["case"],
                             r["solver"] != "iopsched", r["title"], r["clock"]))
    return rows


def peers_table(runs):
    rows = side_by_side(runs)
    return markdown(
        ["clinic", "solver", "clock", "first plan", "cost", "bound", "gap", "above best known",
         "memory", "end"],
        [[r["case"], "%s %s" % (r["title"], r["version"]), seconds_text(r["seconds"]),
          seconds_text(r["first_plan"]), cost_text(r["cost"]), cost_text(r["bound"]),
          share_text(r["gap"]), share_text(r["above_best"]), memory_text(r["memory_mb"]),
          r["status"]] for r in rows]) if rows else ""


def longer_table(runs):
    """What more time gains, of the program itself."""
    rows = sorted((r for r in runs if r["clock"] != 1), key=lambda r: (r["patients"], -r["grid"]))
    return markdown(
        ["clinic", "times the clock", "clock", "cost", "bound", "gap", "above best known"],
        [[r["case"], "%g" % r["clock"], seconds_text(r["seconds"]), cost_text(r["cost"]),
          cost_text(r["bound"]), share_text(r["gap"]), share_text(r["above_best"])]
         for r in rows]) if rows else ""


def measured_on(runs):
    """Machine, date and version of the runs; every one where they differ."""
    def all_of(key):
        return "; ".join(sorted({str(run[key]) for run in runs}))
    busiest = max(run.get("busy_before", 0) for run in runs)
    text = "Measured on %s (%s), iopsched %s." % (
        all_of("date"), all_of("machine"),
        "; ".join(sorted({"%s, commit %s" % (r["version"], r["commit"] or "unknown")
                          for r in runs if r["solver"] == "iopsched"})) or "not measured")
    if busiest > 0.2:
        text += " The machine was not idle: %.1f processors busy when a run began." % busiest
    return text + "\n"


def report(runs, missing):
    """The whole report in Markdown, without a title."""
    runs = with_figures(runs)
    parts = [("", measured_on(runs)),
             ("Growth", growth_table(runs)),
             ("How it grows", exponents(runs)),
             ("Tight clinics and awkward shapes", odd_table(runs)),
             ("Where a good week is known", planted_table(runs)),
             ("Side by side", peers_table(runs)),
             ("More time", longer_table(runs))]
    text = ""
    for heading, part in parts:
        if part:
            text += "\n## %s\n\n%s" % (heading, part) if heading else part
    for line in missing:
        text += "\nNot measured: %s\n" % line
    return text


# ---- documents ----

BEGIN, END = "<!-- benchmark: written by scripts/bench.sh -->", "<!-- end of benchmark -->"


def readme_table(runs):
    """One row a size and grid; of the peers the cost that each reached on the same clock."""
    runs = with_figures(runs)
    titles = sorted({(r["title"], r["solver"]) for r in runs if r["solver"] != "iopsched"})
    rows, own = [], [r for grid in grids_of(runs) for r in growth_runs(runs, grid)]
    heading, commits = commits_of(own)
    for run, commit in zip(own, commits):
        others = {r["solver"]: r for r in runs if r["case"] == run["case"]}
        rows.append(
            [str(run["patients"]), "%d min" % run["grid"], seconds_text(run["first_plan"]),
             seconds_text(run["seconds"]), cost_text(run["cost"]), cost_text(run["bound"]),
             share_text(run["gap"]), share_text(run["quality_gap"]),
             memory_text(run["memory_mb"])]
            + [cost_text(others[name]["cost"]) if name in others else "" for _, name in titles]
            + commit)
    header = ["patients", "grid", "first plan", "clock", "cost", "bound", "gap",
              "quality gap", "memory"]
    return measured_on(runs) + "\n" + markdown(header + [title for title, _ in titles] + heading,
                                                 rows)


def put_between(text, table):
    """The text with the table between its two marks; None if it lacks them."""
    begin, end = text.find(BEGIN), text.find(END)
    if begin < 0 or end < begin:
        return None
    return text[:begin + len(BEGIN)] + "\n" + table + text[end:]


def write_csv(path, runs):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(with_figures(runs))

"""The runs of a folder as pictures: cost and bound over time for each case, and growth."""

from bench.tables import (FIGURES, fit_exponent, grids_of, growth_points, growth_runs,
                          side_by_side)

COLOURS = {"iopsched": "#b3123f", "glpsol": "#3b6fb6", "cbc": "#2a8c55", "highs": "#c27c0e",
           "cpsat": "#7a4fa3"}


def draw_steps(axes, run, last):
    """Cost as a line, bound dashed, from the first of each until the last second shown."""
    colour = COLOURS[run["solver"]]
    label = run["title"] if run["clock"] == 1 else "%s, %g times the clock" % (
        run["title"], run["clock"])
    for column, style in ((1, "-"), (2, ":")):
        points = [(max(p[0], 0.01), p[column]) for p in run["curve"]
                  if p[column] is not None and p[column] > 0]
        if points:
            xs, ys = zip(*(points + [(max(last, points[-1][0]), points[-1][1])]))
            axes.plot(xs, ys, style, color=colour, drawstyle="steps-post",
                      label=label if column == 1 else None)
    if all(p[1] is None for p in run["curve"]):
        axes.plot([], [], "-", color=colour, label=label + " (no plan)")


def cost_over_time(plotting, runs, path):
    last = max(run["seconds"] for run in runs)
    figure, axes = plotting.subplots(figsize=(7.5, 4.5))
    for run in runs:
        draw_steps(axes, run, last)
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="cost (dotted: bound)",
             title=runs[0]["case"])
    axes.grid(True, which="both", alpha=0.25)
    axes.legend()
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plotting.close(figure)


def draw_growth(axes, runs, figure, name):
    for grid, marker in zip(grids_of(runs), "os^v"):
        points = growth_points(runs, grid, figure)
        power = fit_exponent(points)
        label = "%d-minute grid" % grid
        if power is not None:
            label += ": patients^%.2f" % power
        if points:
            axes.plot(*zip(*points), marker=marker, label=label)
    axes.set(xscale="log", yscale="log", xlabel="patients", title=name)
    finish(axes, "no run got there")


def draw_gaps(axes, runs):
    """What was reached in the end, for the sizes that did not get down to 5 %."""
    for grid, marker in zip(grids_of(runs), "os^v"):
        points = [(r["patients"], 100 * r["gap"]) for r in growth_runs(runs, grid)
                  if r["gap"] is not None]
        if points:
            axes.plot(*zip(*points), marker=marker, label="%d-minute grid" % grid)
    axes.set(xscale="log", ylim=(0, None), xlabel="patients", title="gap in the end, %")
    finish(axes, "no run has a gap")


def finish(axes, where_empty):
    axes.grid(True, which="both", alpha=0.25)
    if not axes.lines:
        axes.text(0.5, 0.5, where_empty, ha="center", transform=axes.transAxes)
        axes.set(xticks=[], yticks=[])
        return
    sizes = sorted({x for line in axes.lines for x in line.get_xdata()})
    axes.set_xticks(sizes, labels=[str(size) for size in sizes], minor=False)
    axes.set_xticks([], minor=True)
    for ticks in (axes.yaxis.set_major_formatter, axes.yaxis.set_minor_formatter):
        ticks("{x:g}")
    axes.legend()


def growth(plotting, runs, path):
    n = len(FIGURES) + 1
    figure, all_axes = plotting.subplots(1, n, figsize=(5 * n, 4))
    for axes, (key, name) in zip(all_axes, FIGURES):
        draw_growth(axes, runs, key, name)
    draw_gaps(all_axes[-1], runs)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plotting.close(figure)


def draw(folder, runs):
    """Writes cost-CASE.svg and growth.svg; returns why not, or None. runs: with their figures."""
    try:
        import matplotlib
    except ImportError:
        return "plots: Python has no matplotlib (package python3-matplotlib)"
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "iopsched"  # the same bytes every time
    from matplotlib import pyplot
    beside = side_by_side(runs)
    for case in sorted({run["case"] for run in runs}):
        of_case = [r for r in beside if r["case"] == case] or [
            r for r in runs if r["case"] == case]
        if any(run["curve"] for run in of_case):
            cost_over_time(pyplot, of_case, folder / ("cost-%s.svg" % case))
    if any(growth_points(runs, grid, "memory_mb") for grid in grids_of(runs)):
        growth(pyplot, runs, folder / "growth.svg")
    return None

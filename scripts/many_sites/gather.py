"""One table over all jobs of a run, one over its variants, and a picture of whose needs are met."""

import csv
import html
import os
from fractions import Fraction

from many_sites.jobs import read_result

COLUMNS = ["job", "site", "variant", "status", "exit", "care_met", "patients", "met", "unmet",
           "cost", "bound", "gap", "quality_gap", "seconds", "reason"]
VARIANT_COLUMNS = ["variant", "sites", "met", "unmet", "failed", "missing", "care_met", "cost",
                   "seconds"]
CELL, GUTTER, HEADER, LEGEND = 14, 150, 120, 460


def table_row(job):
    """What became of a job; status is met, unmet, failed or missing (not run, or killed)."""
    result = read_result(job)
    row = {"job": job.number, "site": job.site, "variant": job.variant, "status": "missing"}
    if result is None:
        return row
    row.update((name, result[name]) for name in COLUMNS
               if name not in row and result.get(name) is not None)
    row["status"] = {0: "met", 2: "unmet"}.get(result["exit"], "failed")
    return row


def write_table(path, columns, rows):
    with open(path + ".new", "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(path + ".new", path)


def decimal(value, places):
    """Rounded half up, as text; exact until then."""
    scaled = (value * 10 ** places * 2 + 1) // 2
    return "%d.%0*d" % (scaled // 10 ** places, places, scaled % 10 ** places)


def variant_row(variant, rows):
    """Counts, and over the sites that were planned: the mean of care met, cost and seconds."""
    planned = [row for row in rows if row["status"] in ("met", "unmet")]
    told = {"variant": variant, "sites": len(rows)}
    for status in ("met", "unmet", "failed", "missing"):
        told[status] = sum(row["status"] == status for row in rows)
    for name, places in (("care_met", 4), ("cost", 2), ("seconds", 2)):
        if planned:
            total = sum(Fraction(row[name]) for row in planned)
            told[name] = decimal(total / len(planned), places)
    return told


def colour(row):
    """From red over yellow to green by the share of patients whose needs are all met, the lower half
    of it all red; grey where there is no plan."""
    if row["status"] in ("failed", "missing"):
        return "#555" if row["status"] == "failed" else "#ccc"
    if row["status"] == "met":
        return "#1a7f37"
    share = Fraction(row["met"], max(1, row["patients"]))
    return "hsl(%d 85%% 55%%)" % max(0, int((share - Fraction(1, 2)) * 200))


def label(x, y, text, turn=""):
    return '<text x="%d" y="%d"%s>%s</text>' % (x, y, turn, html.escape(text))


def cell(x, y, row):
    title = "%s, %s: %s" % (row["site"], row["variant"], row["status"])
    if "care_met" in row:
        title += ", %d of %d patients met, %s of the hours due, cost %s" % (
            row["met"], row["patients"], row["care_met"], row["cost"])
    if row.get("reason"):
        title += " (%s)" % row["reason"]
    box = '<rect x="%d" y="%d" width="%d" height="%d" fill="%s"><title>%s</title></rect>' % (
        x, y, CELL - 1, CELL - 1, colour(row), html.escape(title))
    if row["status"] != "failed":
        return box
    cross = '<path d="M%d %dl%d %dm0 -%dl-%d %d" stroke="#fff"/>' % (
        x + 3, y + 3, CELL - 7, CELL - 7, CELL - 7, CELL - 7, CELL - 7)
    return box + cross


def picture(rows):
    """An SVG: a line a site, a column a variant; point at a cell to read what it says."""
    sites = list(dict.fromkeys(row["site"] for row in rows))
    variants = list(dict.fromkeys(row["variant"] for row in rows))
    width = max(GUTTER + CELL * len(variants) + HEADER, LEGEND)
    height = HEADER + CELL * len(sites) + 48
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" '
             'font-family="sans-serif" font-size="11">' % (width, height, width, height),
             "<title>Patients whose needs are met, by site and variant</title>",
             '<rect width="100%" height="100%" fill="#fff"/>']
    for i, variant in enumerate(variants):
        x = GUTTER + CELL * i + CELL - 4
        parts.append(label(x, HEADER - 6, variant, ' transform="rotate(-50 %d %d)"' %
                           (x, HEADER - 6)))
    for i, site in enumerate(sites):
        parts.append(label(4, HEADER + CELL * i + CELL - 4, site[:22]))
    for row in rows:
        parts.append(cell(GUTTER + CELL * variants.index(row["variant"]),
                          HEADER + CELL * sites.index(row["site"]), row))
    parts.append(label(4, height - 24, "dark green: every need met; green to red: of all patients to "
                       "half of them or less"))
    parts.append(label(4, height - 8, "crossed: failed; light grey: not run"))
    return "\n".join(parts + ["</svg>\n"])


def gather(run, jobs, seconds=True):
    """Writes RUN/table.csv, variants.csv and picture.svg; returns the rows of the two tables."""
    rows = [table_row(job) for job in jobs]
    names = dict.fromkeys(row["variant"] for row in rows)
    by_variant = [variant_row(name, [row for row in rows if row["variant"] == name])
                  for name in names]
    without = () if seconds else ("seconds",)
    write_table(os.path.join(run, "table.csv"), [c for c in COLUMNS if c not in without], rows)
    write_table(os.path.join(run, "variants.csv"),
                [c for c in VARIANT_COLUMNS if c not in without], by_variant)
    path = os.path.join(run, "picture.svg")
    with open(path + ".new", "w", encoding="utf-8") as out:
        out.write(picture(rows))
    os.replace(path + ".new", path)
    return rows, by_variant

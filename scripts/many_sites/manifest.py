"""The manifest: which sites are planned in which variants, a row a job; and where its files are."""

import csv
import os
import re

COLUMNS = ["job", "site", "variant", "clinic", "changes", "options"]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")


class BadManifest(Exception):
    """What is wrong with sites, variants or a manifest, in words."""


class Job:
    """One site in one variant; number counts from 1."""

    def __init__(self, run, row):
        self.run, self.row = run, row
        self.number = int(row["job"])
        self.site, self.variant = row["site"], row["variant"]
        self.clinic, self.changes = row["clinic"], row["changes"]
        self.options = row["options"].split()

    def _at(self, *parts):
        return os.path.join(self.run, *parts)

    @property
    def plan(self):
        return self._at("plans", self.site, self.variant)

    @property
    def result(self):
        return self._at("results", self.site, self.variant + ".json")

    @property
    def lock(self):
        return self._at("results", self.site, "." + self.variant + ".lock")

    @property
    def changed_clinic(self):
        """Named after the site, whose name heads calendars where program.csv gives none."""
        return self._at("clinics", self.variant, self.site)


def sites_of(folders):
    """{name: clinic folder} of clinics, and of folders of clinics, sorted by name."""
    found = {}
    for folder in folders:
        inner = [os.path.join(folder, name) for name in os.listdir(folder)]
        is_clinic = any(name.endswith(".csv") for name in os.listdir(folder))
        for clinic in [folder] if is_clinic else filter(os.path.isdir, inner):
            clinic = os.path.realpath(clinic)
            name = os.path.basename(clinic)
            if name.startswith("."):
                continue
            if not NAME.match(name):
                raise BadManifest("'%s': a site's folder is named by letters, digits, . _ -" % name)
            if found.setdefault(name, clinic) != clinic:
                raise BadManifest("two sites are named '%s'" % name)
    if not found:
        raise BadManifest("no clinic in %s" % ", ".join("'%s'" % folder for folder in folders))
    return dict(sorted(found.items()))


def write_manifest(run, sites, variants, options):
    """Writes RUN/manifest.csv and returns its number of jobs."""
    names = [name for name, _ in variants]
    for name in names:
        if not NAME.match(name) or names.count(name) > 1:
            raise BadManifest("variant '%s': named twice, or not by letters, digits, . _ -" % name)
    if any(re.search(r"\s", word) for word in options):
        raise BadManifest("an option of plan must not hold a blank")
    os.makedirs(run, mode=0o700, exist_ok=True)
    rows = [[site, variant, clinic, changes, " ".join(options)]
            for site, clinic in sites.items() for variant, changes in variants]
    path = os.path.join(run, "manifest.csv")
    with open(path + ".new", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([number, *row] for number, row in enumerate(rows, 1))
    os.replace(path + ".new", path)
    return len(rows)


def read_manifest(run):
    """The jobs of a run, in order."""
    path = os.path.join(run, "manifest.csv")
    try:
        with open(path, encoding="utf-8", newline="") as lines:
            return [Job(os.path.realpath(run), row) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise BadManifest("cannot read '%s': %s" % (path, error)) from error

"""Run folders of many small sites, and the processes that run their jobs."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import tools
from tools import PROGRAM, ROOT, WEEK

sys.path.insert(0, str(ROOT / "scripts"))

from clinics import micro  # noqa: E402

SITES = ROOT / "scripts" / "sites.py"
OPTIONS = ("--week", WEEK, "--work", "1", "--threads", "1")
ENVIRONMENT = dict(os.environ, IOPSCHED=PROGRAM)
VARIANTS = ["variant,changes", "base,", "staff-50,staff=0.5", "one-room-fewer,rooms=-1"]


def small_sites(folder, n):
    """n clinics of a handful of patients, named site001 and so on."""
    for number in range(1, n + 1):
        micro.micro_folder(number, WEEK).write(str(folder / ("site%03d" % number)))
    return folder


def break_site(clinic):
    """Makes a clinic faulty: a patient without columns enough."""
    with open(clinic / "patients.csv", "a", encoding="utf-8") as file:
        file.write("P99,nobody\n")


def sites(*words, status=0):
    done = subprocess.run([sys.executable, "-B", str(SITES), *map(str, words)], env=ENVIRONMENT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    assert status is None or done.returncode == status, done.stdout + done.stderr
    return done


def manifest(run, clinics, variants=None, options=OPTIONS):
    """Makes the run folder; variants: lines of its file."""
    more = []
    if variants:
        path = pathlib.Path(str(run) + ".variants.csv")
        path.write_text("\n".join(variants) + "\n", encoding="utf-8")
        more = ["--variants", path]
    sites("manifest", run, clinics, *more, "--", *options)
    return run


def tables(run):
    """The bytes of both tables and the picture without the clock."""
    sites("gather", run, "--no-seconds", status=None)
    return [(run / name).read_bytes() for name in ("table.csv", "variants.csv", "picture.svg")]


def results(run):
    """How many jobs have noted a result."""
    return len(list((run / "results").glob("*/*.json")))


def statuses(run):
    return [row["status"] for row in tools.rows(run / "table.csv")]


def processes(run, program):
    """Ids of the processes of this program (python3, iopsched, perl: GNU parallel) that work in
    this run folder."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue  # gone meanwhile
        text = b" ".join(words).decode("utf-8", "replace")
        if str(run) in text and pathlib.Path(words[0].decode()).name.startswith(program):
            found.append(int(path.parent.name))
    return sorted(found)


def kill_one(run, program, chance, patience=30):
    """Kills one of these processes at random with SIGKILL; True if there was one in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = processes(run, program)
        if found:
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
                return True
            except ProcessLookupError:
                pass
        time.sleep(0.005)
    return False

"""Runs one job of a manifest: makes the variant, plans it, and notes the result. Idempotent: a job
whose result is there, of the same input, does nothing; killed at any moment it can be run again.

A result is a JSON file, whole or not there, with the digest of all that it came from."""

import csv
import fcntl
import functools
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from many_sites.variants import BadVariant, make_variant

BUSY, FAULTY = 75, 65
FIGURES = ["care_met", "cost", "bound", "gap", "quality_gap"]


def digest(job, program):
    """Of the clinic's files, the changes, the options and the program."""
    parts = [job.changes, " ".join(job.options), digest_of_file(program)]
    mix = hashlib.sha256("\n".join(parts).encode("utf-8"))
    try:
        names = sorted(name for name in os.listdir(job.clinic) if name.endswith(".csv"))
        for name in names:
            with open(os.path.join(job.clinic, name), "rb") as file:
                content = file.read()
            mix.update(("\n%s %d\n" % (name, len(content))).encode("utf-8"))
            mix.update(content)
    except OSError as error:
        mix.update(str(error.errno).encode("ascii"))  # the program will say so
    return mix.hexdigest()


@functools.lru_cache(maxsize=None)
def digest_of_file(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_result(job):
    """The job's last result, or None."""
    try:
        with open(job.result, encoding="utf-8") as file:
            return json.load(file, parse_float=str)
    except (OSError, ValueError):
        return None


def is_done(job, program):
    result = read_result(job)
    if result is None or result["exit"] not in (0, 2):
        return False
    return result["input"] == digest(job, program) and os.path.exists(
        os.path.join(job.plan, "summary.json"))


def write_result(job, result):
    """Under its name only when all of it is on the disk."""
    fresh = job.result + ".new"
    with open(fresh, "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, job.result)


def figures_of(job):
    """What summary.json and unmet.csv of a plan say, as they say it."""
    with open(os.path.join(job.plan, "summary.json"), encoding="utf-8") as file:
        told = json.load(file, parse_float=str)
    kinds = {}
    with open(os.path.join(job.plan, "unmet.csv"), encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kind = row["need"].partition(":")[0]
            kinds[kind] = kinds.get(kind, 0) + 1
    figures = {name: told[name] for name in FIGURES}
    figures.update(patients=told["counts"]["patients"], met=told["counts"]["patients_met"],
                   unmet=told["counts"]["unmet"],
                   reason="; ".join("%d %s" % (n, kind) for kind, n in sorted(kinds.items())))
    return figures


def first_error(text, status):
    """The program's first line with an error, and how many follow; files without their folders."""
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if ": error: " in line] or lines[:1]
    if not errors:
        return "killed by signal %d" % -status if status < 0 else "no message"
    return errors[0] + (" (and %d more)" % (len(errors) - 1) if len(errors) > 1 else "")


def run_plan(job, clinic, program):
    """(exit status, standard error, seconds) of one plan; a signal to end is passed on to it."""
    os.makedirs(os.path.dirname(job.plan), mode=0o700, exist_ok=True)
    words = [program, "plan", clinic, "-o", job.plan, "-q", "--formats", "csv,json", *job.options]
    start = time.monotonic()
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, errors="replace") as child:
        def stop(number, _):
            child.send_signal(number)
            child.wait()
            os._exit(128 + number)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stop)
        errors = child.communicate()[1]
    return child.returncode, errors, time.monotonic() - start


def attempt(job, program):
    """Plans once and returns the exit status; BUSY notes nothing."""
    result = {"input": digest(job, program), "host": socket.gethostname(), "seconds": "0.00"}
    clinic = job.clinic
    try:
        if job.changes:
            clinic = job.changed_clinic
            shutil.rmtree(clinic, ignore_errors=True)
            make_variant(job.clinic, job.changes, clinic)
        status, errors, seconds = run_plan(job, clinic, program)
        result["seconds"] = "%.2f" % seconds
    except BadVariant as error:
        status, errors = FAULTY, "error: variant '%s': %s" % (job.variant, error)
    except OSError as error:
        status, errors = 74, "error: %s" % error.strerror
    if status == BUSY:
        return status
    result["exit"] = status
    if status in (0, 2):
        result.update(figures_of(job))
    else:
        result["reason"] = first_error(errors, status)
    write_result(job, result)
    return 0 if status in (0, 2) else status if status > 0 else 128 - status


def run_job(job, program, tries=6):
    """Runs a job unless its result is there; waits and tries again while another run has the
    site's lock. The exit status: 0 with a plan, else the program's (75 if the lock stayed)."""
    os.umask(0o077)
    os.makedirs(os.path.dirname(job.result), mode=0o700, exist_ok=True)
    status = BUSY
    for pause in [2 ** n for n in range(tries - 1)] + [0]:
        with open(job.lock, "a", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                status = 0 if is_done(job, program) else attempt(job, program)
            except BlockingIOError:
                status = BUSY
        if status != BUSY:
            return status
        time.sleep(pause)
    print("%s, %s: another run holds it" % (job.site, job.variant), file=sys.stderr)
    return status

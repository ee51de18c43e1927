#!/usr/bin/env python3
"""Writes what each fuzz target starts from into FOLDER/TARGET, made from the samples:
seeds.py PROGRAM FOLDER. What a target once stumbled over stands in tests/fuzz/found/TARGET and is
among its seeds."""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "samples"
TABLES = ("program", "services", "patients", "phases", "payers", "therapists", "rooms",
          "requirements", "availability", "exceptions", "apart", "fixed")
LINES = [
    "check CLINIC", "plan CLINIC -o OUT --week 2026-W49 --time-limit 1.5 --gap 0.01 -q",
    "plan --formats csv,json,ics,html,xlsx --profile door --names --bom -o OUT -- CLINIC",
    "plan CLINIC -oOUT --previous OUT0 --seed 7 --threads 2 --work 100 --write-lp FILE -v",
    "verify CLINIC OUT --previous OUT0", "render CLINIC OUT --formats html", "init DIR", "--help",
    "repair CLINIC OUT -o OUT2 --absent T03:Tue --absent R2:Wed:09:00-12:00 --from Wed",
    "plan CLINIC -o OUT --weeks 4 --log FILE --mail-summary", "--version", "plan --help", "chekc X"]


def sections(folder):
    return b"".join(b"%%%%%% %s\n%s\n" % (path.name.encode(), path.read_bytes().rstrip(b"\n"))
                    for path in sorted(folder.glob("*.csv")) + sorted(folder.glob("*.json")))


def as_a_spreadsheet_saves(text):
    """Semicolons, CRLF, a byte order mark: as where the comma is decimal."""
    lines = [line if b'"' in line else line.replace(b",", b";") for line in
             text.replace(b";", b"|").splitlines()]
    return b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n"


def plan_of_the_sample(program, folder):
    subprocess.run([program, "plan", str(SAMPLES / "tiny"), "-o", str(folder), "--week",
                    "2026-W49", "--work", "20", "--threads", "1", "-q"], check=False)
    return folder


def repaired(program, plan, folder):
    subprocess.run([program, "repair", str(SAMPLES / "tiny"), str(plan), "-o", str(folder),
                    "--absent", "T1:Tue", "--absent", "P2:Wed:09:00-11:00", "--from", "Tue",
                    "--work", "1", "--threads", "1", "-q"], check=False)
    return folder


PRICES = ("kind,patient_id,service_id,day,start,amount\nbound,,,,,7200000\n"
          "place,P1,REL,Mon,09:00,60000000\nplace,P2,PRO,Tue,13:30,35184372088832\n")


def seeds(program, work):
    """(target, name, bytes) of each."""
    for sample in ("tiny", "riverside", "harbor"):
        yield "clinic", sample, sections(SAMPLES / sample)
        for table in TABLES:
            path = SAMPLES / sample / (table + ".csv")
            if path.exists():
                yield "table_" + table, sample, path.read_bytes()
                yield "table_" + table, sample + "-other", as_a_spreadsheet_saves(path.read_bytes())
    plan = plan_of_the_sample(program, work)
    yield "plan", "tiny", sections(plan)
    yield "plan", "repaired", sections(repaired(program, plan, work.with_name(".repaired")))
    yield "duals", "tiny", PRICES.encode()
    yield "duals", "as-saved", as_a_spreadsheet_saves(PRICES.encode())
    yield "plan", "no-rows", b"%%% sessions.csv\nsession_id\n"
    yield "render", "tiny", sections(plan)
    yield "render", "with-clinic", sections(SAMPLES / "tiny") + sections(plan)
    for path in sorted(plan.glob("calendars/**/*.ics")):
        yield "calendar", path.parent.name + "-" + path.name, path.read_bytes()
    for number, line in enumerate(LINES):
        yield "options", str(number), line.replace(" ", "\n").encode()


def write_seeds(program, folder):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = [(path.parent.name, "found-" + path.name, path.read_bytes())
             for path in sorted(HERE.glob("found/*/*"))]
    for target, name, text in list(seeds(program, folder / ".plan")) + found:
        (folder / target).mkdir(exist_ok=True)
        (folder / target / name).write_bytes(text)


if __name__ == "__main__":
    write_seeds(*sys.argv[1:])

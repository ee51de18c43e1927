#!/usr/bin/env python3
"""Plans many sites, and what-if variants of them.

  sites.py manifest RUN CLINIC-OR-FOLDER ... [--variants FILE] [-- PLAN-OPTION ...]
  sites.py job RUN [NUMBER ...]      runs these jobs, or all of them, one after another
  sites.py todo RUN                  the numbers of the jobs that still have no plan
  sites.py gather RUN                table.csv, variants.csv and picture.svg of all jobs

RUN is a folder; scripts/sites-parallel.sh and scripts/sites-slurm.sh run its jobs side by side.
The program is the one that the environment variable IOPSCHED names, else iopsched of this folder,
else the installed one.
"""

import argparse
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from many_sites import gather, jobs, manifest, variants  # noqa: E402


def program():
    beside = os.path.join(os.path.dirname(HERE), "iopsched")
    found = os.environ.get("IOPSCHED") or (beside if os.path.exists(beside) else None)
    found = shutil.which(found or "iopsched")
    if not found:
        sys.exit("sites.py: no program 'iopsched': build it, install it or set IOPSCHED")
    return os.path.abspath(found)


def make_manifest(args):
    n_jobs = manifest.write_manifest(args.run, manifest.sites_of(args.clinics),
                                     variants.read_variants(args.variants), args.options)
    print("%d jobs in %s" % (n_jobs, os.path.join(args.run, "manifest.csv")))
    return 0


def run_jobs(args):
    """The exit status is that of the last job that failed, or 0."""
    listed = manifest.read_manifest(args.run)
    numbers = args.numbers or range(1, len(listed) + 1)
    if any(not 1 <= number <= len(listed) for number in numbers):
        raise manifest.BadManifest("there are jobs 1 to %d" % len(listed))
    status = 0
    for number in numbers:
        status = jobs.run_job(listed[number - 1], program()) or status
    return status


def list_todo(args):
    listed = manifest.read_manifest(args.run)
    numbers = [job.number for job in listed if not jobs.is_done(job, program())]
    if args.joblog:
        forget_lines(args.joblog, set(numbers))
        numbers = [job.number for job in listed]
    print("".join("%d\n" % number for number in numbers), end="")
    return 0


def forget_lines(joblog, numbers):
    """Takes the lines of these jobs out of a joblog: --resume-failed then runs them again."""
    try:
        with open(joblog, encoding="utf-8") as file:
            lines = file.readlines()
    except FileNotFoundError:
        return
    kept = [line for line in lines[1:]
            if line.endswith("\n") and int(line.split("\t", 1)[0]) not in numbers]
    with open(joblog + ".new", "w", encoding="utf-8") as out:
        out.writelines(lines[:1] + kept)
    os.replace(joblog + ".new", joblog)


def gather_all(args):
    """Exit status 1 if a job failed or has not been run."""
    os.umask(0o077)
    rows, by_variant = gather.gather(args.run, manifest.read_manifest(args.run),
                                     seconds=not args.no_seconds)
    columns = [c for c in gather.VARIANT_COLUMNS if not (args.no_seconds and c == "seconds")]
    lines = [columns] + [[str(row.get(c, "-")) for c in columns] for row in by_variant]
    widths = [max(map(len, column)) for column in zip(*lines)]
    for line in lines:
        print("  ".join([line[0].ljust(widths[0])] +
                        [text.rjust(width) for text, width in zip(line[1:], widths[1:])]))
    for row in rows:
        if row["status"] in ("failed", "missing"):
            print("%s, %s: %s" % (row["site"], row["variant"],
                                  row.get("reason", "not run, or killed")))
    return int(any(row["status"] in ("failed", "missing") for row in rows))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("manifest")
    command.add_argument("run")
    command.add_argument("clinics", nargs="+")
    command.add_argument("--variants", help="CSV file with the columns variant,changes")
    command.set_defaults(does=make_manifest)
    command = commands.add_parser("job")
    command.add_argument("run")
    command.add_argument("numbers", nargs="*", type=int)
    command.set_defaults(does=run_jobs)
    command = commands.add_parser("todo")
    command.add_argument("run")
    command.add_argument("--joblog",
                         help="take these jobs out of GNU parallel's joblog, and list all jobs")
    command.set_defaults(does=list_todo)
    command = commands.add_parser("gather")
    command.add_argument("run")
    command.add_argument("--no-seconds", action="store_true",
                         help="leave the clock out: equal runs then give equal bytes")
    command.set_defaults(does=gather_all)
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    args = parser.parse_args(words[:at])
    args.options = words[at + 1:]
    return args


def main():
    args = arguments()
    try:
        return args.does(args)
    except (manifest.BadManifest, variants.BadVariant) as error:
        sys.exit("sites.py: %s" % error)
    except OSError as error:
        sys.exit("sites.py: %s: %s" % (error.filename, error.strerror))


if __name__ == "__main__":
    sys.exit(main())

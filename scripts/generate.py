#!/usr/bin/env python3
"""Makes up a clinic to plan: generate.py --patients 60 --seed 1 OUTDIR

The same arguments give the same bytes, under any Python from 3.9 on. At tightness 1.0 there is a
week in which every need is met (--hidden writes it down as a plan); below that, staff hours are
cut.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from clinics import micro, shapes  # noqa: E402
from clinics.folder import TABLES, date_of, write_table  # noqa: E402
from clinics.program import TRACKS, Profile, Program  # noqa: E402
from clinics.tables import clinic_folder  # noqa: E402
from clinics.week import session_rows  # noqa: E402

PLAN_TABLES = {
    "sessions.csv": [
        "session_id", "date", "day", "start", "end", "service_id", "service", "format", "mode",
        "therapist_ids", "therapists", "room_id", "room", "enrolled", "capacity", "status"],
    "attendance.csv": [
        "patient_id", "session_id", "date", "day", "start", "end", "service_id", "service",
        "therapist_ids", "room_id", "counted_hours"],
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("outdir")
    parser.add_argument("--patients", type=int, help="how many (default: as the shape has it)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slot", type=int, choices=(15, 30), default=30, help="grid in minutes")
    parser.add_argument("--tightness", type=float, default=1.0,
                        help="staff hours, as a part of what is needed: 0.9, 0.8 ...")
    parser.add_argument("--tracks", default="day,afternoon,evening,online",
                        help="some of day,afternoon,evening,online")
    parser.add_argument("--week", default="2026-W49", help="the week that is planned")
    parser.add_argument("--shape", choices=sorted(shapes.SHAPES), help="an awkward clinic")
    parser.add_argument("--micro", action="store_true",
                        help="a clinic with odd features, tiny without --patients")
    parser.add_argument("--name", default="", help="the program's name")
    parser.add_argument("--hidden", metavar="DIR",
                        help="write the week that the clinic was made from, as a plan's two tables")
    return parser.parse_args()


def profile_of(args):
    tracks = tuple(track for track in TRACKS if track in args.tracks.split(","))
    if not tracks or len(tracks) != len(args.tracks.split(",")):
        sys.exit("generate.py: --tracks takes some of " + ",".join(TRACKS))
    about = ("Made by scripts/generate.py %s" % described(args),
             "Everybody and everything in it is invented")
    return Profile(patients=args.patients or 60, seed=args.seed, slot=args.slot,
                   tightness=round(args.tightness * 100), tracks=tracks, week=args.week,
                   title=args.name, about=about)


def described(args):
    """The arguments, as one would type them, without folders."""
    words = []
    for name in ("patients", "seed", "slot", "tightness", "tracks", "week", "shape", "name"):
        value = getattr(args, name)
        if value not in (None, ""):
            words.append("--%s %s" % (name, "'%s'" % value if " " in str(value) else value))
    return " ".join(words)


def main():
    args = arguments()
    if args.micro:
        micro.micro_folder(args.seed, args.week, args.patients).write(args.outdir)
        return
    profile = profile_of(args)
    if args.shape:
        profile = shapes.SHAPES[args.shape](profile, args.patients)
    if profile.patients < 6:
        sys.exit("generate.py: at least 6 patients (or --micro)")
    if args.shape == "conference":
        folder, week = shapes.conference(profile)
    else:
        program = Program(profile).make()
        folder, week = clinic_folder(program), program.week
    folder.write(args.outdir)
    if args.hidden:
        os.makedirs(args.hidden, exist_ok=True)
        tables = session_rows(week, lambda day: date_of(profile.week, day))
        for (name, columns), rows in zip(PLAN_TABLES.items(), tables):
            write_table(os.path.join(args.hidden, name), columns, rows, line_end="\r\n")


if __name__ == "__main__":
    main()

"""What is measured: clinics from the generator, and how long each may take."""

import subprocess
import sys
from dataclasses import dataclass

from bench.solvers import ROOT

WEEK = "2026-W49"
# patients: (seconds until a first plan, seconds, gap in percent, megabytes) aimed at
AIMS = {20: (0.2, 30, 3, 200), 60: (0.5, 60, 5, 400), 150: (2, 180, 5, 800),
        400: (5, 600, 6, 2000), 1000: (20, 1800, 8, 4000)}
SHAPES = ("conference", "one-evening", "one-room", "one-hour-therapists", "all-fixed")
SHAPE_SECONDS = 60


@dataclass(frozen=True)
class Case:
    patients: int = 0    # 0: as the shape has it
    grid: int = 30       # minutes
    cut: int = 0         # of the staff's hours, in percent
    shape: str = ""
    seed: int = 1
    planted: bool = False  # a good week of it is known: planted.py

    @property
    def name(self):
        words = [self.shape or "p%d" % self.patients, "g%d" % self.grid]
        if self.cut:
            words.append("cut%d" % self.cut)
        if self.seed != 1:
            words.append("seed%d" % self.seed)
        if self.planted:
            words.append("planted")
        return "-".join(words)

    @property
    def seconds(self):
        """The clock: that of the nearest size which is no smaller."""
        if self.shape:
            return SHAPE_SECONDS
        sizes = [size for size in AIMS if size >= self.patients] or [max(AIMS)]
        return AIMS[min(sizes)][1]

    @property
    def search_seed(self):
        """Another course than the one that found the planted week."""
        return self.seed + self.planted

    def make(self, folder):
        words = ["--slot", self.grid, "--seed", self.seed, "--week", WEEK]
        if self.shape:
            words += ["--shape", self.shape]
        else:
            words += ["--patients", self.patients]
        if self.cut:
            words += ["--tightness", (100 - self.cut) / 100]
        subprocess.run([sys.executable, "-B", str(ROOT / "scripts" / "generate.py"),
                        *map(str, words), str(folder)], check=True)


def growth(sizes, grids, seed):
    return [Case(patients=size, grid=grid, seed=seed) for grid in grids for size in sizes]


def tight(sizes, cuts, seed):
    return [Case(patients=size, cut=cut, seed=seed) for size in sizes for cut in cuts]


def shaped(shapes, seed):
    return [Case(shape=shape, seed=seed) for shape in shapes]


def planted(sizes, seed):
    return [Case(patients=size, seed=seed, planted=True) for size in sizes]

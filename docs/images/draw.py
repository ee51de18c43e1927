#!/usr/bin/env python3
"""Draws the pictures of docs/how-it-works.md: draw.py [FOLDER]   (default: beside this file)"""

import html
import os
import sys

INK, SOFT, PAPER = "#1f2937", "#6b7280", "#ffffff"
BLUE, GREEN, AMBER, GREY, RED = "#bfdbfe", "#bbf7d0", "#fde68a", "#e5e7eb", "#fecaca"


class Picture:
    """Shapes and text in an SVG of so many pixels."""

    def __init__(self, name, width, height, title):
        self.name = name
        self.parts = [
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" '
            'font-family="sans-serif" font-size="13">' % (width, height, width, height),
            "<title>%s</title>" % html.escape(title),
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
            'markerHeight="8" orient="auto"><path d="M0 0l8 4l-8 4z" fill="%s"/></marker></defs>'
            % INK,
            '<rect width="%d" height="%d" fill="%s"/>' % (width, height, PAPER)]

    def box(self, x, y, width, height, fill, *lines, dashed=False, bold=False):
        self.parts.append(
            '<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="%s" stroke="%s"%s%s/>' % (
                x, y, width, height, fill, INK, ' stroke-dasharray="4 3"' if dashed else "",
                ' stroke-width="2.5"' if bold else ""))
        top = y + height / 2 - 8 * (len(lines) - 1) + 4.5
        for number, line in enumerate(lines):
            self.text(x + width / 2, top + 16 * number, line, middle=True, bold=number == 0)

    def text(self, x, y, words, middle=False, bold=False, colour=INK, size=13):
        self.parts.append('<text x="%g" y="%g" fill="%s" font-size="%d"%s%s>%s</text>' % (
            x, y, colour, size, ' text-anchor="middle"' if middle else "",
            ' font-weight="bold"' if bold else "", html.escape(words)))

    def line(self, points, colour=INK, tip=False, dashed=False, width=1.5):
        self.parts.append('<path d="M%s" fill="none" stroke="%s" stroke-width="%g"%s%s/>' % (
            " L".join("%g %g" % point for point in points), colour, width,
            ' marker-end="url(#tip)"' if tip else "",
            ' stroke-dasharray="5 4"' if dashed else ""))

    def dot(self, x, y, colour):
        self.parts.append('<circle cx="%d" cy="%d" r="5" fill="%s" stroke="%s"/>' % (
            x, y, colour, INK))

    def write(self, folder):
        with open(os.path.join(folder, self.name), "w", encoding="utf-8") as out:
            out.write("\n".join(self.parts) + "\n</svg>\n")


def way_of_the_data():
    picture = Picture("way.svg", 860, 190, "The way of the data: load, check, plan, verify, write")
    stages = [("load", "CSV folder", "to a clinic"), ("check", "faults: 65", "warnings"),
              ("plan", "search", "and bound"), ("verify", "every rule,", "every cost"),
              ("write", "one folder,", "whole or not")]
    for number, stage in enumerate(stages):
        x = 20 + 170 * number
        picture.box(x, 30, 130, 70, BLUE if number != 3 else GREEN, *stage)
        if number:
            picture.line([(x - 38, 65), (x - 4, 65)], tip=True)
    picture.box(445, 130, 300, 40, GREY, "rules: one file each, listed once")
    picture.line([(520, 130), (440, 104)], tip=True, colour=SOFT)
    picture.line([(595, 130), (595, 104)], tip=True, colour=SOFT)
    picture.text(20, 150, "a stage knows those before it,", colour=SOFT)
    picture.text(20, 167, "never those after", colour=SOFT)
    return picture


def day():
    picture = Picture("day.svg", 860, 300, "One patient's day: the cheapest chain of priced offers")
    hours = ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"]
    for number, hour in enumerate(hours):
        x = 90 + 120 * number
        picture.line([(x, 30), (x, 232)], colour="#d1d5db", width=1)
        picture.text(x, 22, hour, middle=True, colour=SOFT)
    offers = [  # row, from hour, hours, words, price, chosen
        (0, 0, 1, "skills", "2", True), (0, 2, 1, "skills", "1", False),
        (1, 0, 1.5, "process", "9", False), (1, 1.5, 1.5, "process", "3", True),
        (2, 1, 1, "relapse", "12", False), (2, 3, 1, "relapse", "0", True),
        (3, 0.5, 1, "family", "never", False), (3, 4, 1, "family", "4", False)]
    for row, start, length, words, price, chosen in offers:
        picture.box(92 + 120 * start, 40 + 48 * row, 120 * length - 4, 38,
                    AMBER if chosen else GREY, "%s  %s" % (words, price), bold=chosen,
                    dashed=price == "never")
    picture.line([(210, 59), (268, 107)], tip=True)
    picture.line([(430, 127), (460, 155)], tip=True)
    picture.text(90, 255, "The chain skills, process, relapse costs 2 + 3 + 0, and half an hour of "
                 "waiting. A label for each")
    picture.text(90, 273, "(time it ends, what it has given so far) keeps the cheapest chain that "
                 "comes to it; visit minimum,")
    picture.text(90, 291, "day maximum, breaks, travel and the payer's day are looked at as the "
                 "chain grows.")
    return picture


def step():
    picture = Picture("step.svg", 860, 300, "A step of the search: dissolve, seat anew, keep")
    titles = ["1. some of it is taken apart", "2. the patients are seated anew",
              "3. kept, if not much worse"]
    boards = [
        [(0, 0, "REL 5", RED, True), (1, 0, "DBT 9", GREY, False), (2, 1, "REL 4", RED, True),
         (0, 2, "CBT 11", GREY, False), (2, 2, "PRO 8", GREY, False)],
        [(1, 0, "DBT 9", GREY, False), (0, 2, "CBT 11", GREY, False), (2, 2, "PRO 8", GREY, False),
         (1, 1, "REL ?", AMBER, True)],
        [(1, 0, "DBT 10", GREY, False), (0, 2, "CBT 11", GREY, False), (2, 2, "PRO 8", GREY, False),
         (1, 1, "REL 8", GREEN, False)]]
    for number, (title, board) in enumerate(zip(titles, boards)):
        x = 20 + 285 * number
        picture.text(x, 24, title, bold=True)
        picture.parts.append('<rect x="%d" y="36" width="250" height="170" fill="none" stroke="%s"'
                             "/>" % (x, SOFT))
        for column, row, words, fill, dashed in board:
            picture.box(x + 8 + 80 * column, 44 + 54 * row, 74, 46, fill, words, dashed=dashed)
        if number:
            picture.line([(x - 30, 120), (x - 5, 120)], tip=True)
    notes = [("Two thin groups of one service,", "a therapist's day, patients who",
              "share sessions, what stands in", "the way of somebody short ..."),
             ("One after another: each offer gets", "a price (join: nothing; open: a share",
              "of its staff), the best week at these", "prices is found, and taken."),
             ("One session less to lead. The plan", "may become a little worse for a while;",
              "how much cools down over rounds,", "then it begins at the best again.")]
    for number, lines in enumerate(notes):
        for k, line in enumerate(lines):
            picture.text(20 + 285 * number, 228 + 17 * k, line, colour=SOFT)
    return picture


def rounds():
    picture = Picture("rounds.svg", 860, 250, "A round: four searches and the bound, side by side")
    picture.box(20, 90, 110, 60, BLUE, "the plan", "so far")
    for number in range(4):
        y = 14 + 46 * number
        picture.box(200, y, 260, 36, AMBER, "search %d: some steps, its own dice" % (number + 1))
        picture.line([(130, 120), (196, y + 18)], tip=True)
        picture.line([(460, y + 18), (536, 112)], tip=True)
    picture.box(200, 204, 260, 36, GREEN, "bound: new prices, new value")
    picture.box(540, 76, 140, 76, BLUE, "put together", "best one, then what", "the others gained")
    picture.line([(680, 114), (726, 114)], tip=True)
    picture.text(732, 110, "next round, until")
    picture.text(732, 127, "gap, clock, --work")
    picture.line([(460, 222), (606, 222), (606, 156)], tip=True, colour=SOFT)
    picture.text(614, 200, "cost to aim at, gap", colour=SOFT)
    return picture


def bound():
    picture = Picture("bound.svg", 860, 330, "The bound: two sides that must agree, and the gap")
    picture.text(20, 24, "each patient picks a cheapest week", bold=True)
    picture.text(20, 212, "each group is opened for who pays most", bold=True)
    seats = [(60, "P1"), (150, "P2"), (240, "P3"), (330, "P4")]
    for number, (x, name) in enumerate(seats):
        picture.dot(x, 60, BLUE)
        picture.text(x + 9, 64, name)
        for k, y in ((0, 160), (1, 160)):
            agrees = (number + k) % 3 != 1
            picture.line([(x, 66), (105 + 180 * k, y)], colour=SOFT if agrees else "#dc2626",
                         dashed=not agrees, width=1 if agrees else 1.8)
    picture.box(45, 160, 120, 34, GREY, "REL Mon 09:00")
    picture.box(225, 160, 120, 34, GREY, "REL Tue 10:00")
    picture.text(20, 240, "Where they disagree (red) the price of that patient at that", colour=SOFT)
    picture.text(20, 257, "session moves. Both minima added up are below the cost of", colour=SOFT)
    picture.text(20, 274, "every valid week, whatever the prices: in whole numbers.", colour=SOFT)
    left, base = 480, 290
    picture.line([(left, 30), (left, base), (840, base)])
    picture.text(820, 308, "time", colour=SOFT)
    picture.text(left + 6, 40, "cost", colour=SOFT)
    found = [(left, 40), (left + 15, 90), (left + 40, 130), (left + 80, 155), (left + 150, 172),
             (left + 240, 180), (left + 350, 183)]
    proved = [(left, base), (left + 20, 262), (left + 60, 238), (left + 120, 222),
              (left + 220, 214), (left + 350, 211)]
    picture.line(found, colour="#1d4ed8", width=2.5)
    picture.line(proved, colour="#15803d", width=2.5)
    picture.text(left + 150, 160, "best plan found", colour="#1d4ed8")
    picture.text(left + 150, 240, "proven bound", colour="#15803d")
    picture.line([(left + 340, 186), (left + 340, 208)], tip=True)
    picture.text(left + 310, 203, "gap", middle=True)
    return picture


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for draw in (way_of_the_data, day, step, rounds, bound):
        draw().write(folder)


if __name__ == "__main__":
    main()

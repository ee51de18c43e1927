"""Reads an LP file as the program writes them, exactly: every number a Fraction, every row whole.

Not a reader of the whole format: what it does not know it refuses.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

SECTIONS = {"minimize": "objective", "subject to": "rows", "bounds": "bounds",
            "general": "general", "binary": "binary", "end": "end"}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.,()]*\Z")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


class LpError(Exception):
    """The text is no LP file of the kind that is read here."""


@dataclass
class Row:
    name: str
    terms: list          # (coefficient, column index)
    relation: str        # "<=", ">=" or "="
    bound: Fraction


@dataclass
class Program:
    names: list = field(default_factory=list)    # of the columns
    lower: list = field(default_factory=list)
    upper: list = field(default_factory=list)    # None: no bound
    integer: list = field(default_factory=list)  # declared so
    cost: list = field(default_factory=list)     # [(coefficient, column index)], minimised
    rows: list = field(default_factory=list)
    index: dict = field(default_factory=dict)    # name -> column index

    def column(self, name):
        if name not in self.index:
            if not NAME.match(name):
                raise LpError("'%s' is no name of a column" % name)
            self.index[name] = len(self.names)
            self.names.append(name)
            self.lower.append(Fraction(0))
            self.upper.append(None)
            self.integer.append(False)
        return self.index[name]

    def whole_costs(self, units):
        """Costs as whole numbers of 1/units, and the largest divisor of all of them taken out:
        ([(whole, column index)], what one of it is worth). The file rounds thirds to 18 decimals,
        so the whole number that is meant is the nearest one."""
        whole = []
        for cost, column in self.cost:
            scaled = cost * units
            nearest = round(scaled)
            if abs(scaled - nearest) > Fraction(1, 10 ** 6):
                raise LpError("cost %s of '%s' is no multiple of 1/%d" % (
                    cost, self.names[column], units))
            whole.append((nearest, column))
        divisor = gcd_of(value for value, _ in whole)
        return ([(value // divisor, column) for value, column in whole],
                Fraction(divisor, units))


def gcd_of(values):
    divisor = 0
    for value in values:
        a, b = divisor, abs(value)
        while b:
            a, b = b, a % b
        divisor = a
    return divisor or 1


def number(word):
    if not NUMBER.match(word):
        raise LpError("'%s' is no number" % word)
    return Fraction(word)


def read_terms(program, words):
    """`+ 2 x - y` as [(2, x), (-1, y)]."""
    terms, sign, size = [], 1, Fraction(1)
    for word in words:
        if word in "+-":
            sign, size = (1 if word == "+" else -1), Fraction(1)
        elif NUMBER.match(word):
            size = number(word)
        else:
            terms.append((sign * size, program.column(word)))
            sign, size = 1, Fraction(1)
    return terms


def read_row(program, words):
    if len(words) < 4 or not words[0].endswith(":") or words[-2] not in ("<=", ">=", "="):
        raise LpError("no row: '%s'" % " ".join(words))
    program.rows.append(Row(words[0][:-1], read_terms(program, words[1:-2]), words[-2],
                            number(words[-1])))


def read_bound(program, words):
    if len(words) == 5 and words[1] == words[3] == "<=":
        column = program.column(words[2])
        program.lower[column], program.upper[column] = number(words[0]), number(words[4])
    elif len(words) == 3 and words[1] == ">=":
        program.lower[program.column(words[0])] = number(words[2])
    else:
        raise LpError("no bound: '%s'" % " ".join(words))


def statements(lines):
    """(section, words) of each objective, row, bound and list of names; rows span lines."""
    section, pending = None, []
    for line in lines:
        line = line.split("\\")[0].strip()
        heading = SECTIONS.get(line.lower())
        words = line.split()
        begins = section in ("objective", "rows") and words and words[0].endswith(":")
        if pending and (heading or begins or section not in ("objective", "rows")):
            yield section, pending
            pending = []
        if heading:
            section = heading
        elif words:
            if section in (None, "end"):
                raise LpError("'%s' stands outside every section" % line)
            pending += words
    if section != "end":
        raise LpError("the file has no end")


def read_lp(path):
    """The program of a file; raises LpError."""
    program = Program()
    with open(path, encoding="ascii") as lines:
        for section, words in statements(lines):
            if section == "objective":
                program.cost = read_terms(program, words[1:])
            elif section == "rows":
                read_row(program, words)
            elif section == "bounds":
                read_bound(program, words)
            else:
                for word in words:
                    column = program.column(word)
                    program.integer[column] = True
                    if section == "binary":
                        program.lower[column], program.upper[column] = Fraction(0), Fraction(1)
    return program

"""A document as a session at a terminal, from its first line to its last, in one folder.

  `./iopsched ...`        in backquotes: is run, and must succeed (exit status 0, or 2 where it plans)
  ```console              `$ ` begins a command, `> ` goes on with it; the rest is what it prints,
                          standard error included. A status other than 0 must be shown by `echo $?`
                          (but 2 where it plans: the tests give it less time than the reader has)
  ```LANGUAGE write=FILE  FILE is written with this text
  ```LANGUAGE show=FILE   FILE reads like this
  ```diff                 is applied to the files it names
  ```text, ```csv         to be looked at
  ```sh                   the two set-up commands alone: one runs this, a test runs the other

In what is printed or shown, `...` stands for any text, on a line of its own for any lines. A block
below `<!-- needs: PROGRAM ... -->` is passed over, and said to be, where a program is missing."""

import re
import shutil
import subprocess
from dataclasses import dataclass, field

LOOKED_AT = ("text", "csv")
SET_UP = {"./scripts/demo.sh", "./scripts/test.sh"}
PLAN = "./iopsched plan "
FENCE = re.compile(r"^```(\S*) *(.*)$")


@dataclass
class Step:
    """Something to run; shown: the lines from index first to last of the document."""
    line: int
    kind: str                     # inline, console, write, show, diff
    words: str                    # the command, or a file's name
    shown: list = field(default_factory=list)
    first: int = 0
    needs: list = field(default_factory=list)


class BadDocument(AssertionError):
    """What the document says is not so."""


def read_steps(lines):
    """The steps of a document, in order."""
    steps, at, needs = [], 0, []
    while at < len(lines):
        fence = FENCE.match(lines[at])
        told = re.match(r"<!-- needs: (.*) -->$", lines[at])
        if told:
            needs = told.group(1).split()
        if not fence:
            steps += inline_steps(lines, at)
            at += 1
            continue
        end = lines.index("```", at + 1)
        steps += block_steps(fence, lines[at + 1:end], at + 1, needs)
        at, needs = end + 1, []
    return steps


def inline_steps(lines, at):
    """Commands in backquotes that begin on this line; they may wrap onto the next."""
    text = lines[at] + " " + (lines[at + 1] if at + 1 < len(lines) else "")
    return [Step(at + 1, "inline", " ".join(found.group(1).split()))
            for found in re.finditer(r"`(\./iopsched [^`]*)`", text)
            if found.start() <= len(lines[at])]


def block_steps(fence, block, first, needs):
    language, role = fence.groups()
    if language == "console":
        return console_steps(block, first, needs)
    what, _, name = role.partition("=")
    if what in ("write", "show") and name:
        return [Step(first, what, name, block, first, needs)]
    if language == "diff":
        return [Step(first, "diff", "", block, first, needs)]
    if language in LOOKED_AT and not role:
        return []
    if language == "sh" and {line.split("#")[0].strip() for line in block} <= SET_UP:
        return []
    raise BadDocument("line %d: a block '%s %s' is not known" % (first, language, role))


def console_steps(block, first, needs):
    steps = []
    for offset, line in enumerate(block):
        if line.startswith("$ "):
            steps.append(Step(first + offset + 1, "console", line[2:], [], first + offset + 1,
                              needs))
        elif not steps:
            raise BadDocument("line %d: output before any command" % (first + offset + 1))
        elif line.startswith("> ") and not steps[-1].shown:
            steps[-1].words += "\n" + line[2:]
            steps[-1].first += 1
        else:
            steps[-1].shown.append(line)
    return steps


def matches(shown, told):
    """Do these lines read like those? `...` stands for any text, alone for any lines."""
    pattern = ""
    for line in shown:
        if line.strip() == "...":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part.rstrip() if last else part) for part, last in
                                 parts_of(line)) + r"[ \r]*\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in told)) is not None


def parts_of(line):
    parts = line.split("...")
    return [(part, number == len(parts) - 1) for number, part in enumerate(parts)]


class Book:
    """A document being run in a folder."""

    def __init__(self, path, folder, env, refresh=False):
        self.path, self.folder, self.env, self.refresh = path, folder, env, refresh
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.steps = read_steps(self.lines)
        self.status, self.skipped, self.changes = 0, [], []

    def run(self):
        """Runs all steps; raises BadDocument where one does not do as it is written."""
        for number, step in enumerate(self.steps):
            lacking = [name for name in step.needs if not shutil.which(name)]
            if lacking:
                self.skipped.append("%s:%d: %s missing" % (self.path.name, step.line,
                                                           " ".join(lacking)))
                continue
            getattr(self, "_" + step.kind)(step)
            if self._status_is_well(step):
                continue
            if not self._told_next(number):
                self._fail(step, "exit status %d is not shown" % self.status)
        if self.changes:
            self._rewrite()

    def _status_is_well(self, step):
        return step.kind != "console" or self.status == 0 or (
            self.status == 2 and PLAN in step.words)

    def _told_next(self, number):
        return number + 1 < len(self.steps) and self.steps[number + 1].words == "echo $?"

    def _fail(self, step, what, told=()):
        raise BadDocument("%s:%d: %s: %s\n%s" % (self.path.name, step.line, step.words or step.kind,
                                                what, "\n".join(told)))

    def _shell(self, words):
        done = subprocess.run(["bash", "-c", "(exit %d)\n%s" % (self.status, words)],
                              cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=600, check=False)
        self.status = done.returncode
        return done.stdout.splitlines()

    def _compare(self, step, told):
        if matches(step.shown, told):
            return
        if not self.refresh:
            self._fail(step, "the document shows otherwise; it is", told)
        self.changes.append((step.first, len(step.shown), told))

    def _inline(self, step):
        told = self._shell(step.words)
        if not (self.status == 0 or self.status == 2 and step.words.startswith(PLAN)):
            self._fail(step, "exit status %d" % self.status, told)
        self.status = 0

    def _console(self, step):
        self._compare(step, self._shell(step.words))

    def _write(self, step):
        (self.folder / step.words).write_text("\n".join(step.shown) + "\n", encoding="utf-8")

    def _show(self, step):
        text = (self.folder / step.words).read_text(encoding="utf-8")
        self._compare(step, text.splitlines())

    def _diff(self, step):
        done = subprocess.run(["patch", "-p1", "--no-backup-if-mismatch"], cwd=self.folder,
                              input="\n".join(step.shown) + "\n", stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            self._fail(step, "does not apply", [done.stdout])

    def _rewrite(self):
        """Puts what was printed in the place of what was shown."""
        for first, length, told in reversed(self.changes):
            self.lines[first:first + length] = [line.rstrip() for line in told]
        self.path.write_text("\n".join(self.lines), encoding="utf-8")

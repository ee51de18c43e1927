"""The program as `make install` puts it, and shells that are typed into."""

import os
import pty
import select
import shutil
import subprocess
import time

import pytest

from tools import ROOT


def needs(*programs):
    """Skips the test, naming what is missing, unless all programs are there."""
    missing = [name for name in programs if not shutil.which(name)]
    if missing:
        pytest.skip("not installed: " + ", ".join(missing))


def make(*words):
    """Runs make in the checkout; output as text."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    done = subprocess.run(["make", "-s", "-C", str(ROOT), *map(str, words)], env=env, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def files_below(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


class Shell:
    """A shell on a terminal of its own."""

    def __init__(self, words, env, cwd):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(str(cwd))
            os.execvpe(words[0], words, env)
        self.ask("stty -echo; PS1=; PS2=")

    def read(self, until, seconds=20):
        """What comes, up to and with `until`."""
        seen, end = "", time.monotonic() + seconds
        while until not in seen and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.2)[0]:
                seen += os.read(self.terminal, 4096).decode("utf-8", "replace")
        assert until in seen, seen
        return seen

    def type(self, text):
        os.write(self.terminal, text.encode("utf-8"))

    def ask(self, line):
        """Runs a line; what it prints."""
        self.type(line + "; echo e'n'd\n")
        return self.read("end\r\n")

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)

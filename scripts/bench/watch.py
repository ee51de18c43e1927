"""Runs a program against the clock: its lines as they come, its memory, its end.

Every program is watched alike: time counts from its start, input read and output written included;
memory is the most that its processes of one moment sum up to, looked at ten times a second: the first by
its peak (VmHWM), the others by what they share with nobody, so that no page counts twice.
"""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_TO_END = 10  # after which who was asked to end is ended


@dataclass
class Watched:
    lines: list = field(default_factory=list)  # (seconds, text)
    seconds: float = 0.0                       # from start to end
    cpu_seconds: float = 0.0
    memory: int = 0                            # bytes
    status: int = 0                            # exit status; negative: the signal that ended it
    overdue: bool = False                      # ended from outside


def processes_of(session):
    """Ids of the processes of a session."""
    found = []
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.getsid(int(name)) == session:
                found.append(int(name))
        except OSError:
            pass  # gone by now
    return found


def memory_in(path, words):
    """Bytes in the lines that begin with the words; 0 if the process is gone."""
    try:
        with open(path, encoding="ascii", errors="replace") as lines:
            return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(words))
    except OSError:
        return 0


def memory_of(processes, first):
    return sum(memory_in("/proc/%d/status" % process, ("VmHWM:",)) if process == first else
               memory_in("/proc/%d/smaps_rollup" % process, ("Private_Clean:", "Private_Dirty:"))
               for process in processes)


class Watch:
    def __init__(self, command, limit, begins):
        self.limit = limit
        self.begins = begins
        self.told = Watched()
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, encoding="utf-8", errors="replace")
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def elapsed(self):
        return time.monotonic() - self.began

    def read(self):
        for line in self.process.stdout:
            if self.begins(line.rstrip("\n")):
                self.began = time.monotonic()
            self.told.lines.append((self.elapsed(), line.rstrip("\n")))

    def look(self):
        now = memory_of(processes_of(self.process.pid), self.process.pid)
        self.told.memory = max(self.told.memory, now)

    def tell_all(self, sign):
        """Sends a signal to all processes of the session."""
        for process in processes_of(self.process.pid):
            try:
                os.kill(process, sign)
            except ProcessLookupError:
                pass

    def end_if_overdue(self):
        if not self.told.overdue and self.elapsed() > self.limit:
            self.told.overdue = True
            self.tell_all(signal.SIGTERM)
        elif self.told.overdue and self.elapsed() > self.limit + SECONDS_TO_END:
            self.tell_all(signal.SIGKILL)

    def run(self):
        while True:
            self.look()
            done, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if done:
                break
            self.end_if_overdue()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        self.told.seconds = self.elapsed()
        self.tell_all(signal.SIGKILL)  # whom it left behind
        self.reader.join()
        self.process.stdout.close()
        self.process.returncode = self.told.status = os.waitstatus_to_exitcode(status)
        self.told.cpu_seconds = usage.ru_utime + usage.ru_stime
        return self.told


def watch(command, limit, begins=lambda line: False):
    """Runs a command (a list of words) to its end, or ends it when the clock shows `limit` seconds.
    The clock starts with the command, and anew at a line that `begins`."""
    return Watch([str(word) for word in command], limit, begins).run()

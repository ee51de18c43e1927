"""Slurm with one node, this machine, and munge beside it: all daemons listen on loopback, keep
everything in a folder of their own and are stopped with it."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time

NEEDED = {"munged": "munge", "slurmctld": "slurmctld", "slurmd": "slurmd",
          "sbatch": "slurm-client"}
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
CONFIGURATION = """\
ClusterName=loopback
SlurmctldHost=%(host)s(127.0.0.1)
SlurmctldPort=%(controller)d
SlurmdPort=%(node)d
SlurmUser=%(user)s
SlurmdUser=%(user)s
AuthType=auth/munge
AuthInfo=socket=%(folder)s/munge.socket
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=%(folder)s/state
SlurmdSpoolDir=%(folder)s/spool
SlurmctldPidFile=%(folder)s/slurmctld.pid
SlurmdPidFile=%(folder)s/slurmd.pid
SlurmctldLogFile=%(folder)s/slurmctld.log
SlurmdLogFile=%(folder)s/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
ReturnToService=2
KillWait=2
MaxArraySize=%(max_array)d
MinJobAge=300
NodeName=%(host)s NodeAddr=127.0.0.1 CPUs=%(cpus)d State=UNKNOWN
PartitionName=all Nodes=%(host)s Default=YES MaxTime=INFINITE State=UP
"""


def missing():
    """The Debian packages that are not there."""
    return sorted(package for name, package in NEEDED.items() if not shutil.which(name, path=PATH))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Slurm:
    """with Slurm(folder) as slurm: slurm.run("sbatch", ...)

    max_array: the largest array that it takes has one task less."""

    def __init__(self, folder, max_array=1001):
        self.folder, self.max_array, self.daemons = folder, max_array, []
        self.env = dict(os.environ, PATH=PATH, SLURM_CONF=str(folder / "slurm.conf"))

    def __enter__(self):
        os.chmod(self.folder, 0o755)  # munge wants its socket to be within everybody's reach
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        settings = {"host": socket.gethostname().split(".")[0], "controller": free_port(),
                    "node": free_port(), "user": getpass.getuser(), "folder": self.folder,
                    "cpus": os.cpu_count(), "max_array": self.max_array}
        (self.folder / "slurm.conf").write_text(CONFIGURATION % settings)
        (self.folder / "munge.key").write_bytes(os.urandom(1024))
        os.chmod(self.folder / "munge.key", 0o600)
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        munge = ["--%s=%s" % (option, self.folder / name) for option, name in
                 (("socket", "munge.socket"), ("key-file", "munge.key"), ("log-file", "munge.log"),
                  ("pid-file", "munge.pid"), ("seed-file", "munge.seed"))]
        self._daemon("munged", "--foreground", "--force", *munge)
        self._wait((self.folder / "munge.socket").exists, "munge's socket")
        self._daemon("slurmctld", "-D")
        self._daemon("slurmd", "-D")
        self._wait(lambda: "idle" in self.run("sinfo", "-h", "-o", "%T", check=False),
                   "an idle node")

    def _daemon(self, *words):
        log = open(self.folder / (words[0] + ".out"), "w", encoding="utf-8")
        self.daemons.append(subprocess.Popen(words, env=self.env, stdin=subprocess.DEVNULL,
                                             stdout=log, stderr=log, cwd=self.folder))
        log.close()

    def _wait(self, ready, what, seconds=60):
        for _ in range(seconds * 5):
            if ready():
                return
            time.sleep(0.2)
        logs = [path.read_text(errors="replace")[-2000:] for path in self.folder.glob("*.*o*")]
        raise AssertionError("no %s within %d s\n%s" % (what, seconds, "\n".join(logs)))

    def __exit__(self, *_):
        """Stops what was started, last first, and nothing else."""
        for daemon in reversed(self.daemons):
            if daemon.poll() is None:
                daemon.send_signal(signal.SIGTERM)
        for daemon in self.daemons:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def run(self, *words, check=True):
        """Standard output of a command that knows this cluster."""
        done = subprocess.run(list(map(str, words)), env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False, timeout=120)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def wait_for(self, job, seconds=600):
        """Until a job is no longer in the queue."""
        self._wait(lambda: not self.run("squeue", "-h", "-j", job, "-t", "PD,R,CG", check=False),
                   "end of job %s" % job, seconds)

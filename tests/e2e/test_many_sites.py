"""Many sites and variants: jobs one by one, through GNU parallel and on a real Slurm."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from cluster import slurm
from cluster.running import (ENVIRONMENT, OPTIONS, VARIANTS, break_site, kill_one, manifest,
                             processes, results, sites, small_sites, statuses, tables)
from tools import PROGRAM, ROOT, SAMPLES, WEEK, rows, run

SCRIPTS = ROOT / "scripts"


def changed(tmp_path, clinic, changes):
    """A variant of a clinic, as a folder."""
    from many_sites.variants import make_variant
    folder = tmp_path / "changed"
    make_variant(str(clinic), changes, str(folder))
    return folder


def copy_of_tiny(tmp_path, name="tiny"):
    shutil.copytree(SAMPLES / "tiny", tmp_path / name)
    return tmp_path / name


# ---- variants

def test_less_staff(tmp_path):
    clinic = copy_of_tiny(tmp_path)
    (clinic / "therapists.csv").write_text(
        "Therapist_ID;Name;Credentials;max_hours_week\n# who\nT1;Ann;LCSW;30,5\nT2;Bo;A|B;\n")
    table = rows(changed(tmp_path, clinic, "staff=0.9") / "therapists.csv")
    assert list(table[0]) == ["therapist_id;name;credentials;max_hours_week;max_hours_day"]
    assert [list(row.values()) for row in table] == [["T1;Ann;LCSW;27.25;7"], ["T2;Bo;A|B;36;7"]]


def test_without_a_therapist_nothing_names_them(tmp_path):
    tables_with_t2 = {path.name for path in (SAMPLES / "tiny").glob("*.csv")
                      if "T2" in path.read_text()}
    assert len(tables_with_t2) == 5
    folder = changed(tmp_path, SAMPLES / "tiny", "without=T2")
    assert not [path.name for path in folder.glob("*.csv") if "T2" in path.read_text()]
    assert run("check", folder, "--week", WEEK).returncode == 0


def test_the_smallest_room_goes(tmp_path):
    clinic = copy_of_tiny(tmp_path)
    sizes = {row["room_id"]: int(row["capacity"]) for row in rows(clinic / "rooms.csv")}
    smallest = min(reversed(sizes), key=sizes.get)
    folder = changed(tmp_path, clinic, "rooms=-1")
    left = [row["room_id"] for row in rows(folder / "rooms.csv")]
    assert left == [room for room in sizes if room != smallest]
    assert run("check", folder, "--week", WEEK).returncode == 0


def test_a_setting_replaces_the_one_there(tmp_path):
    folder = changed(tmp_path, SAMPLES / "tiny", "visit_min_hours=1 staff=1")
    told = {row["setting"]: row["value"] for row in rows(folder / "program.csv")}
    assert told["visit_min_hours"] == "1"
    assert run("check", folder, "--week", WEEK).returncode == 0


@pytest.mark.parametrize("changes, said", [
    ("staff", "NAME=VALUE"), ("staff=many", "a share"), ("rooms=2", "-1, -2")])
def test_changes_that_are_none(tmp_path, changes, said):
    path = tmp_path / "variants.csv"
    path.write_text("variant,changes\nodd,%s\n" % changes)
    done = sites("manifest", tmp_path / "run", SAMPLES, "--variants", path, status=1)
    assert said in done.stderr
    assert not (tmp_path / "run").exists()


# ---- jobs

@pytest.fixture(name="three")
def three_sites(tmp_path):
    """Two sound sites and a faulty one."""
    clinics = small_sites(tmp_path / "clinics", 3)
    break_site(clinics / "site002")
    return clinics


def test_a_job_that_is_done_does_nothing_until_its_clinic_changes(tmp_path, three):
    folder = manifest(tmp_path / "run", three)
    assert sites("job", folder, status=65).stdout == ""
    done = sites("gather", folder, status=1)
    assert "site002, base: patients.csv:" in done.stdout
    assert [row["status"] for row in rows(folder / "table.csv")][1] == "failed"
    summaries = [folder / "plans" / site / "base" / "summary.json"
                 for site in ("site001", "site003")]
    before = [path.read_bytes() for path in summaries]
    sites("job", folder, 1, 3)
    assert [path.read_bytes() for path in summaries] == before
    assert sites("todo", folder).stdout == "2\n"
    with open(three / "site003" / "program.csv", "a", encoding="utf-8") as file:
        file.write("weight_idle_hour,3\n")
    assert sites("todo", folder).stdout == "2\n3\n"
    sites("job", folder, 1, 3)
    assert summaries[0].read_bytes() == before[0] and summaries[1].read_bytes() != before[1]


def test_what_a_run_writes_is_private(tmp_path, three):
    folder = manifest(tmp_path / "run", three, VARIANTS[:2] + ["half,staff=0.5"])
    sites("job", folder, status=None)
    sites("gather", folder, status=1)
    (folder / "manifest.csv").chmod(0o600)
    for path in [folder, *folder.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_site_that_another_run_holds_is_waited_for(tmp_path, three):
    folder = manifest(tmp_path / "run", three, options=OPTIONS[:2] + ("--time-limit", "1"))
    out = folder / "plans" / "site001" / "base"
    out.parent.mkdir(parents=True)
    other = subprocess.Popen([PROGRAM, "plan", str(SAMPLES / "metro"), "-o", str(out), "--week",
                              WEEK, "-q", "--time-limit", "60", "--formats", "csv,json"])
    try:
        end = time.monotonic() + 20
        while not list(out.parent.glob(".base.*lock")) and time.monotonic() < end:
            time.sleep(0.02)
        job = subprocess.Popen([str(SCRIPTS / "sites.py"), "job", str(folder), "1"],
                               env=ENVIRONMENT)
        time.sleep(1.5)
        assert job.poll() is None and results(folder) == 0
    finally:
        other.send_signal(signal.SIGTERM)
        other.wait(30)
    assert job.wait(60) == 0
    assert sites("todo", folder).stdout == "2\n3\n"


def test_a_lock_that_stays_ends_in_75(tmp_path, three):
    import fcntl
    from many_sites import jobs
    from many_sites.manifest import read_manifest
    job = read_manifest(manifest(tmp_path / "run", three))[0]
    os.makedirs(os.path.dirname(job.lock))
    with open(job.lock, "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert jobs.run_job(job, PROGRAM, tries=2) == 75
    assert not os.path.exists(job.result)


# ---- GNU parallel

def start_parallel(folder, *options):
    return subprocess.Popen([str(SCRIPTS / "sites-parallel.sh"), str(folder), "--jobs", "3",
                             *map(str, options)], env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def kill_through(folder, n_kills, chance):
    """Kills so many processes at random moments of the first half of a run: jobs, planners, and as
    the last one GNU parallel itself."""
    n_jobs = len(rows(folder / "manifest.csv"))
    moments = sorted(chance.sample(range(1, n_jobs // 2), n_kills - 1)) + [n_jobs // 2]
    script = start_parallel(folder)
    for number, moment in enumerate(moments):
        while results(folder) < moment and script.poll() is None:
            time.sleep(0.01)
        last = number == n_kills - 1
        program = "perl" if last else chance.choice(["python3", "iopsched"])
        assert kill_one(folder, program, chance), "nothing to kill at %d" % moment
    script.wait(60)
    while processes(folder, "python3"):
        time.sleep(0.05)


def parallel_trial(tmp_path, n_sites, n_kills):
    if not shutil.which("parallel"):
        pytest.skip("GNU parallel is not installed")
    clinics = small_sites(tmp_path / "clinics", n_sites)
    serial = manifest(tmp_path / "serial", clinics, VARIANTS)
    sites("job", serial, status=None)  # what is fixed may need the room that goes
    folder = manifest(tmp_path / "run", clinics, VARIANTS)
    kill_through(folder, n_kills, random.Random(n_sites))
    sites("gather", folder, status=1)
    assert "missing" in statuses(folder)
    (tmp_path / "hosts").write_text("3/:\n")  # this machine, without ssh
    assert start_parallel(folder, "--sshloginfile", tmp_path / "hosts").wait(1200) in (0, 1)
    assert tables(folder) == tables(serial)
    table = rows(folder / "table.csv")
    assert [(row["site"], row["variant"]) for row in table] == [
        ("site%03d" % site, variant) for site in range(1, n_sites + 1)
        for variant in ("base", "staff-50", "one-room-fewer")]
    assert {row["status"] for row in table} <= {"met", "unmet", "failed"}
    assert {row["status"] for row in table if row["variant"] == "base"} <= {"met", "unmet"}


def test_killed_and_resumed_a_few_sites_gather_as_one_by_one(tmp_path):
    parallel_trial(tmp_path, 5, 3)


@pytest.mark.soak
def test_killed_20_times_and_resumed_300_sites_gather_as_one_by_one(tmp_path):
    parallel_trial(tmp_path, 300, 20)


# ---- Slurm

def slurm_trial(tmp_path, n_sites, max_array):
    if slurm.missing():
        pytest.skip("Slurm is not installed: " + " ".join(slurm.missing()))
    clinics = small_sites(tmp_path / "clinics", n_sites - 1)
    break_site(clinics / "site002")
    shutil.copytree(SAMPLES / "harbor", clinics / "harbor")
    serial = manifest(tmp_path / "serial", clinics)
    sites("job", serial, status=65)
    folder = manifest(tmp_path / "run", clinics)
    (tmp_path / "slurm").mkdir()
    # the first task is killed in its first job: all of its jobs are missing, and site 2 is faulty
    killed = range(1, n_sites + 1, min(n_sites, max_array - 1))
    before = ["missing" if number in killed else status
              for number, status in enumerate(statuses(serial_table(serial)), 1)]
    with slurm.Slurm(tmp_path / "slurm", max_array) as cluster:
        cluster.env["IOPSCHED"] = PROGRAM
        gathered = cluster.run(SCRIPTS / "sites-slurm.sh", folder).strip()
        kill_task(cluster, folder, 1)
        cluster.wait_for(gathered)
        assert statuses(folder) == before and before[2] == "failed"
        left = sorted({3, *killed})
        assert sites("todo", folder).stdout == "".join("%d\n" % number for number in left)
        cluster.wait_for(cluster.run(SCRIPTS / "sites-slurm.sh", folder).strip())
    assert tables(folder) == tables(serial)
    assert statuses(folder).count("failed") == 1 and "missing" not in statuses(folder)
    assert len(statuses(folder)) == n_sites


def serial_table(serial):
    tables(serial)
    return serial


def kill_task(cluster, folder, number):
    """Kills a task of the array with all its processes while it plans."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if processes(folder / "plans" / "harbor", "iopsched"):
            running = cluster.run("squeue", "-h", "-r", "-n", "iopsched", "-t", "R", "-o",
                                  "%F_%K").split()
            task = [name for name in running if name.endswith("_%d" % number)]
            cluster.run("scancel", "--full", "--signal=KILL", *task)
            return
        time.sleep(0.01)
    raise AssertionError("harbor was not planned")


def test_a_few_sites_on_slurm_one_faulty_one_killed(tmp_path):
    slurm_trial(tmp_path, 5, 4)


@pytest.mark.soak
def test_40_sites_on_slurm_one_faulty_one_killed(tmp_path):
    slurm_trial(tmp_path, 40, 1001)

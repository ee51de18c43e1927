"""Where a run's traces may be: in the output folder, for its owner alone, and nowhere else."""

import os
import re
import shutil
import stat
import subprocess

import pytest

from edits import replace, table
from tools import PROGRAM, SAMPLES, plan, rows, run

TINY = SAMPLES / "tiny"
WRITES = re.compile(r'^\d+ +(?:openat|open|creat)\((?:AT_FDCWD|\d+)?,? ?"([^"]*)", [^)]*'
                    r'(?:O_WRONLY|O_RDWR|O_CREAT)')
MAKES = re.compile(r'^\d+ +(?:mkdir|mkdirat|symlink|symlinkat|mknod|mknodat|link|linkat)\((.*)\) = 0')


def test_all_is_private_under_any_umask(tmp_path):
    for mask in (0, 0o077, 0o777):
        out, lp, log = (tmp_path / (name + oct(mask)) for name in ("out", "lp", "log"))
        plan(TINY, out, "--time-limit", "0.5", "--write-lp", lp,
             preexec_fn=lambda mask=mask: os.umask(mask))
        for path in [out, lp, *out.rglob("*")]:
            want = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == want, path


def test_an_older_open_file_for_the_integer_program_is_closed_to_others(tmp_path):
    (tmp_path / "lp").write_text("old")
    os.chmod(tmp_path / "lp", 0o644)
    plan(TINY, tmp_path / "out", "--time-limit", "0.5", "--write-lp", tmp_path / "lp")
    assert stat.S_IMODE((tmp_path / "lp").stat().st_mode) == 0o600


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace")
def test_nothing_is_written_but_beside_and_in_the_output_folder(tmp_path):
    """Every call of the process and its libraries that opens for writing or makes something."""
    trace, home = tmp_path / "trace", tmp_path / "elsewhere"
    home.mkdir()
    subprocess.run(["strace", "-f", "-o", str(trace), "-e",
                    "trace=open,openat,creat,mkdir,mkdirat,symlink,symlinkat,link,linkat,mknod,"
                    "mknodat", PROGRAM, "plan", str(TINY), "-o", str(tmp_path / "out"), "--week",
                    "2026-W49", "--work", "20", "--names", "-q"],
                   env={**os.environ, "TMPDIR": str(home), "HOME": str(home)}, check=False)
    assert (tmp_path / "out" / "week.xlsx").exists()
    written = 0
    for line in trace.read_text(errors="replace").splitlines():
        opened = WRITES.match(line)
        made = MAKES.match(line)
        for path in ([opened.group(1)] if opened else []) + (
                re.findall(r'"([^"]*)"', made.group(1)) if made else []):
            written += 1
            inside = not os.path.isabs(path) or path.startswith(str(tmp_path) + "/.out.iopsched-")
            assert inside or path == "/dev/null", line
            assert ".." not in path.split("/"), line
    assert written > 20
    assert list(home.iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["elsewhere", "out", "trace"]


def test_messages_name_no_patient(tmp_path):
    """Of runs that go well, that miss care, and that cannot write."""
    clinic = shutil.copytree(TINY, tmp_path / "clinic")
    people = {row["patient_id"]: row["name"] for row in table(clinic / "patients.csv")[1]}
    (tmp_path / "file").write_text("")
    out = tmp_path / "out"
    told = [plan(clinic, out, "--time-limit", "0.5").stderr]
    runs = [("plan", clinic, "-o", out, "--week", "2026-W49", "--work", "20"),
            ("render", clinic, out), ("verify", clinic, out), ("check", clinic),
            ("plan", clinic, "-o", tmp_path / "file", "--work", "20"),
            ("plan", clinic, "-o", tmp_path / "no" / "where", "--work", "20")]
    for words in runs:
        done = run(*words)
        told.append(done.stderr)
    for text in told:
        for patient, name in people.items():
            assert not re.search(r"\b%s\b" % re.escape(patient), text), text
            assert not name or name not in text, text


@pytest.mark.parametrize("bad", ["../../etc/passwd", "..", ".hidden", "a/b", "-o", "a b", "ü", "=1"])
def test_ids_that_could_be_paths_are_refused(tmp_path, bad):
    for name, column in (("rooms.csv", "room_id"), ("therapists.csv", "therapist_id"),
                         ("patients.csv", "patient_id"), ("services.csv", "service_id")):
        clinic = shutil.copytree(TINY, tmp_path / ("clinic-" + name))
        lines = (clinic / name).read_text().splitlines()
        at = next(i for i, line in enumerate(lines) if line and not line.startswith("#"))
        cells = lines[at + 1].split(",")
        cells[lines[at].split(",").index(column)] = bad
        (clinic / name).write_text("\n".join(lines[:at + 1] + [",".join(cells)] + lines[at + 2:]))
        done = run("check", clinic)
        assert done.returncode == 65 and "%s: error: " % column in done.stderr


def test_no_core_file_even_where_they_are_wanted(tmp_path):
    """The limit is zero and fixed whatever the caller allowed; nobody's /proc shows the memory."""
    trace = tmp_path / "trace"
    if not shutil.which("strace"):
        pytest.skip("no strace")
    subprocess.run(["strace", "-o", str(trace), "-e", "trace=prlimit64,setrlimit,prctl", PROGRAM,
                    "check", str(TINY)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=True)
    told = trace.read_text()
    assert re.search(r"RLIMIT_CORE, \{rlim_cur=0, rlim_max=0\}.* = 0", told)
    assert re.search(r"PR_SET_DUMPABLE, SUID_DUMP_DISABLE.* = 0", told)


def test_formulas_in_cells_are_defused_in_what_is_written(tmp_path):
    clinic = shutil.copytree(TINY, tmp_path / "clinic")
    name = table(clinic / "therapists.csv")[1][0]["name"]
    replace(clinic / "therapists.csv", name, "=cmd|'/c calc'!A1")
    plan(clinic, tmp_path / "out", "--time-limit", "0.5")
    found = 0
    for path in (tmp_path / "out").glob("*.csv"):
        for row in rows(path):
            for cell in row.values():
                assert not (cell or "").startswith(("=", "+", "@", "\t", "\r")), (path, cell)
                found += (cell or "").startswith("'=cmd")
    assert found > 0

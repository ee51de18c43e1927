"""The system refuses, or the process is killed, at each call in turn: the output folder holds the old
plan or the new one, whole, and nothing is left that the next run would not sweep."""

import os
import subprocess

import pytest
from faults import (SOAK, STEADY, TINY, Stage, can_trace, contents, count_calls, injecting,
                    needs_strace)
from tools import run

# In soak with all formats; else with those that show every way of writing a file but a library's.
FORMATS = () if SOAK else ("--formats", "csv")
REFUSED = {
    "openat": ("EMFILE", "EACCES"), "read": ("EIO",), "write": ("ENOSPC", "EIO"),
    "fsync": ("EIO", "ENOSPC"), "close": ("EIO",), "fchmod": ("EPERM",), "fchmodat": ("EPERM",),
    "mkdirat": ("ENOSPC", "EROFS"), "renameat": ("EIO", "ENOSPC"), "renameat2": ("EIO", "EINVAL"),
    "flock": ("EAGAIN", "ENOLCK"), "unlinkat": ("EIO",), "unlink": ("EIO",),
    "newfstatat": ("EIO", "EACCES"), "fstat": ("EIO",), "sync_file_range": ("EIO",),
    "getdents64": ("EIO",), "readlink": ("EACCES",), "lseek": ("EIO",), "fcntl": ("EMFILE",),
    "clone": ("EAGAIN",), "clone3": ("EAGAIN",), "pipe2": ("EMFILE",), "poll": ("EINVAL",),
    "wait4": ("EINTR",), "kill": ("EPERM",),
    "getrandom": ("ENOSYS",), "sched_getaffinity": ("EINVAL",), "prlimit64": ("EPERM",),
    "clock_gettime": ("EINVAL",), "rt_sigaction": ("EINVAL",), "getcwd": ("ERANGE",),
}
OUTPUT = ("openat", "write", "fsync", "close", "fchmod", "fchmodat", "mkdirat", "renameat",
          "renameat2", "unlinkat", "unlink", "sync_file_range", "flock")


@needs_strace
@pytest.mark.parametrize("keep", [False, True])
def test_a_call_is_refused(tmp_path, keep, record_property):
    if keep and not SOAK:
        pytest.skip("with --keep: in scripts/soak.sh")
    stage = Stage(tmp_path, *FORMATS, *(("--keep",) if keep else ()))
    counts = count_calls(stage)
    points, bad = 0, []
    for call, errors in REFUSED.items():
        for error in errors if SOAK else errors[:1]:
            for n in range(1, counts.get(call, 0) + 1):
                points += 1
                try:
                    stage.judge(stage.run(around=injecting(call, "error=%s:when=%d" % (error, n))))
                except (AssertionError, subprocess.TimeoutExpired) as fault:
                    bad.append("%s %s at %d: %s" % (call, error, n, fault))
                    stage.set_old()
    assert not bad, "%d of %d\n%s" % (len(bad), points, "\n".join(bad[:40]))
    stage.finish()
    print("refused calls survived: %d" % points)
    record_property("refused calls survived", points)


@needs_strace
@pytest.mark.parametrize("keep", [False, True])
def test_killed_at_a_call(tmp_path, keep, record_property):
    stage = Stage(tmp_path, *FORMATS, *(("--keep",) if keep else ()))
    counts = count_calls(stage)
    seen = {"old": 0, "new": 0}
    for call in OUTPUT:
        for n in range(1, counts.get(call, 0) + 1):
            if keep and not SOAK and not call.startswith("rename"):
                continue
            stage.run(around=injecting(call, "signal=KILL:when=%d" % n))
            stands = stage.stands()
            seen[stands] += 1
            if stands == "old":
                continue
            if keep:  # on its way, the old plan arrives with any other run
                assert run("plan", TINY, "-o", stage.out, *STEADY).returncode == stage.done
                assert contents(stage.previous) == stage.old, "%s at %d" % (call, n)
            stage.set_old()
    stage.finish()
    assert seen["old"] > 0 and seen["new"] > 0, seen
    print("kills at calls survived: %d" % sum(seen.values()))
    record_property("kills at calls survived", sum(seen.values()))


def mounted(words, setting, place):
    """The command run with a file system of its own at `place`; None where that is not allowed."""
    script = 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"'
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", setting, str(place),
            *words]


def can_mount(place):
    try:
        return subprocess.run(mounted(["true"], "size=64k", place), check=False,
                              stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


# Inside: an old plan is put there while there is room, then the room is taken.
FILL = """
set -u
cp -r "$KEPT" "$ROOM/out" || exit 99
dd if=/dev/zero of="$ROOM/ballast" bs=4k count="$BALLAST" 2>/dev/null
status=0
"$@" || status=$?
rm -f "$ROOM/ballast"
cp -r "$ROOM/out" "$BACK" || exit 99
ls -A "$ROOM" >"$BACK.names"
exit $status
"""


def test_a_full_disk(tmp_path):
    stage = Stage(tmp_path, "--formats", "csv,html")
    room, back = tmp_path / "room", tmp_path / "back"
    room.mkdir()
    if not can_mount(room):
        pytest.skip("no file system of one's own can be mounted here")
    seen = set()
    total = 100  # pages of 4 KB: two plans fit, with ballast only one
    for ballast in range(0, total, 3 if SOAK else 12):
        stage.out = room / "out"
        words = mounted(["sh", "-c", FILL, "sh", *stage.command()], "size=%dk" % (4 * total), room)
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
            check=False, timeout=60, env=dict(os.environ, KEPT=str(stage.kept), ROOM=str(room),
                                              BACK=str(back), BALLAST=str(ballast)))
        stage.out = back
        assert done.returncode in (stage.done, 73, 74), done
        now = contents(back)
        assert now == (stage.new if done.returncode == stage.done else stage.old)
        if done.returncode != stage.done:
            assert "No space left" in done.stderr, done.stderr
            assert (tmp_path / "back.names").read_text() == "out\n"
        seen.add(done.returncode)
        subprocess.run(["rm", "-rf", str(back)], check=True)
    assert stage.done in seen and 74 in seen, seen


def test_a_read_only_folder(tmp_path):
    stage = Stage(tmp_path, "--formats", "csv")
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh",
             str(stage.out.parent)]
    try:
        allowed = subprocess.run([*words, "true"], stderr=subprocess.DEVNULL, check=False)
    except OSError:
        allowed = None
    if allowed is None or allowed.returncode != 0:
        pytest.skip("no file system can be made read-only here")
    done = stage.run(around=words)
    assert done.returncode == 73 and "Read-only file system" in done.stderr, done
    assert stage.stands() == "old" and stage.names() == ["out"]


def test_a_folder_without_rights(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    stage = Stage(tmp_path, "--formats", "csv")
    stage.out.parent.chmod(0o500)
    done = stage.run()
    stage.out.parent.chmod(0o700)
    assert done.returncode == 73 and "Permission denied" in done.stderr, done
    assert stage.stands() == "old" and stage.names() == ["out"]


def test_strace_is_at_hand():
    """Says aloud where the tests above are skipped for want of it."""
    if not can_trace():
        pytest.skip("strace cannot trace the program here: calls are not made to fail")

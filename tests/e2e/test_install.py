"""What is installed: by make, and as a Debian package that is built, installed and removed."""

import os
import re
import shutil
import subprocess

import pytest

from installed import files_below, make, needs
from test_completion import commands, options
from test_documents import INPUTS, documented
from tools import PROGRAM, ROOT, run

VERSION = re.match(r"iopsched \((.*?)\)", (ROOT / "debian" / "changelog").read_text("utf-8"))[1]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stage")
    make("install", "PREFIX=/usr", "DESTDIR=%s" % folder)
    return folder


def shown(page):
    """A manual page as a reader sees it, in one line."""
    done = subprocess.run(["mandoc", "-T", "ascii", "-O", "width=1000", str(page)], check=True,
                          stdout=subprocess.PIPE, universal_newlines=True)
    return " ".join(re.sub(".\b", "", done.stdout).split())


# --- make install --------------------------------------------------------------------------------

def test_make_installs_under_destdir_and_prefix_alone(stage):
    there = files_below(stage)
    for path in ("bin/iopsched", "share/man/man1/iopsched.1", "share/man/man5/iopsched-clinic.5",
                 "share/bash-completion/completions/iopsched",
                 "share/zsh/site-functions/_iopsched", "share/doc/iopsched/reference.md"):
        assert "usr/" + path in there
    assert all(path.startswith("usr/") for path in there)
    for path in there:
        assert (stage / path).stat().st_mode & 0o777 == (0o755 if "/bin/" in path else 0o644), path
    installed = run("--version", program=str(stage / "usr" / "bin" / "iopsched"))
    assert installed.stdout == run("--version").stdout


def test_make_uninstalls_all_that_it_installed(tmp_path):
    make("install", "DESTDIR=%s" % tmp_path)
    assert "usr/local/bin/iopsched" in files_below(tmp_path)
    (tmp_path / "usr" / "local" / "bin" / "other").write_text("theirs", encoding="ascii")
    make("uninstall", "DESTDIR=%s" % tmp_path)
    assert files_below(tmp_path) == ["usr/local/bin/other"]


def test_the_version_comes_from_one_place(stage, tmp_path):
    assert run("--version").stdout == "iopsched %s\n" % VERSION
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## ([0-9.]+)", changes, re.M).group(1) == VERSION
    for page in ("man1/iopsched.1", "man5/iopsched-clinic.5"):
        text = (stage / "usr" / "share" / "man" / page).read_text(encoding="ascii")
        assert "This page is of iopsched %s." % VERSION in text
    found = subprocess.run(["git", "-C", str(ROOT), "grep", "-lFw", VERSION, "--", "Makefile", "src",
                            "include", "share", "scripts"],
                           stdout=subprocess.PIPE, universal_newlines=True, check=False)
    assert found.stdout == ""


# --- manual pages --------------------------------------------------------------------------------

@pytest.mark.parametrize("page", ["man1/iopsched.1", "man5/iopsched-clinic.5"])
def test_manual_pages_are_clean(stage, page):
    needs("mandoc")
    pages = stage / "usr" / "share" / "man"
    done = subprocess.run(["mandoc", "-T", "lint", str(pages / page)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, universal_newlines=True, check=False)
    # mandoc looks for pages referred to among the system's own.
    told = [line for line in done.stdout.splitlines()
            if not re.search("referenced manual not found: Xr iopsched", line)]
    assert told == []
    for name, number in re.findall(r"^\.Xr (\S+) (\d)", (pages / page).read_text("ascii"), re.M):
        assert (pages / ("man" + number) / (name + "." + number)).exists()


def test_the_manual_page_has_every_command_and_option(stage):
    needs("mandoc")
    text = shown(stage / "usr" / "share" / "man" / "man1" / "iopsched.1")
    for command in commands():
        assert re.search(r"\b%s (CLINIC|DIR|OUT)" % command, text), command
        for option in options(command):
            assert re.search(r"%s(?![a-z-])" % option, text), (command, option)
    for status in re.findall(r"^  EXIT_\w+ = (\d+)", (ROOT / "src" / "cli" / "exit_status.h")
                             .read_text("ascii"), re.M):
        assert re.search(r"\b%s\b" % status, text), status


@pytest.mark.parametrize("name", INPUTS)
def test_the_manual_page_of_files_has_every_column(stage, name):
    needs("mandoc")
    text = shown(stage / "usr" / "share" / "man" / "man5" / "iopsched-clinic.5")
    assert name in text
    for column in documented(name):
        assert re.search(r"\b%s\b" % column, text), column


def test_links_of_what_is_said_to_contributors_lead_somewhere():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r"`((?:src|tests)/[^`]+)`", text):
        assert (ROOT / target).exists(), target


# --- the Debian package --------------------------------------------------------------------------

@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package file, built from what a checkout holds. Not optimised: for want of time."""
    needs("dpkg-buildpackage", "dh", "git")
    source = tmp_path_factory.mktemp("package") / "iopsched"
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], stdout=subprocess.PIPE,
                            check=True).stdout.decode("utf-8").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(ROOT / name), str(source / name))
    env = dict(os.environ, DEB_BUILD_OPTIONS="noopt parallel=%d" % len(os.sched_getaffinity(0)))
    done = subprocess.run(["dpkg-buildpackage", "-b", "-us", "-uc"], cwd=str(source), env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          universal_newlines=True)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "warning: " not in done.stdout
    return next(source.parent.glob("iopsched_%s_*.deb" % VERSION))


def test_the_package_is_built_with_what_the_scripts_install():
    scripts = (ROOT / "scripts" / "lib.sh").read_text(encoding="utf-8")
    installed = re.search(r"^build_packages=\((.*?)\)", scripts, re.M | re.S).group(1).split()
    control = (ROOT / "debian" / "control").read_text(encoding="utf-8")
    needed = re.search(r"^Build-Depends: (.*?)\n(?=\S)", control, re.M | re.S).group(1)
    assert sorted(name.strip() for name in needed.split(",")) == sorted(["debhelper-compat (= 13)", *(
        name for name in installed if name not in ("gcc", "libc6-dev", "make", "tzdata"))])


def test_lintian_finds_nothing(package):
    needs("lintian")
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", *map(
        str, package.parent.glob("*.changes"))], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          universal_newlines=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.soak
def test_the_package_on_a_machine_with_nothing_else():
    needs("debootstrap", "chroot")
    if os.geteuid() != 0:
        pytest.skip("not root: no other release can be unpacked")
    done = subprocess.run([str(ROOT / "scripts" / "releases.sh"), "bookworm"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=3600,
                          universal_newlines=True)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "week/calendars" in done.stdout and "well on: bookworm" in done.stdout


def dpkg(root, *words):
    done = subprocess.run(["dpkg", "--root=%s" % root, "--force-not-root", "--force-depends",
                           "--force-script-chrootless", "--log=%s" % (root / "dpkg.log"), *map(
                               str, words)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          universal_newlines=True, env=dict(os.environ, LC_ALL="C"))
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_package_installs_plans_and_is_removed(package, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("not root: dpkg gives what it installs to root")
    root = tmp_path / "root"
    for folder in ("info", "updates", "triggers"):
        (root / "var" / "lib" / "dpkg" / folder).mkdir(parents=True)
    for name in ("status", "available"):
        (root / "var" / "lib" / "dpkg" / name).write_text("", encoding="ascii")
    # From the package file to a calendar in three commands.
    dpkg(root, "--install", package)
    program = str(root / "usr" / "bin" / "iopsched")
    assert run("init", "myclinic", program=program, cwd=str(tmp_path)).returncode == 0
    assert run("plan", "myclinic", "-o", "week", "--time-limit", "5", program=program,
               cwd=str(tmp_path)).returncode in (0, 2)
    if "'ics' needs" not in run("plan", "x", "--formats", "ics", program=PROGRAM).stderr:
        assert (tmp_path / "week" / "calendars" / "patients" / "P1.ics").exists()
    assert VERSION in dpkg(root, "--status", "iopsched")
    dpkg(root, "--purge", "iopsched")
    assert [p for p in files_below(root) if not p.startswith(("var/lib/dpkg/", "dpkg.log"))] == []

"""What shells offer behind the words typed so far: the program's own answers, and bash and zsh as
they are typed into."""

import csv
import re
import shutil

import pytest

from installed import Shell, make, needs
from tools import PROGRAM, SAMPLES, commands, run

TINY = str(SAMPLES / "tiny")


def offered(*words):
    """Candidates for the last word."""
    done = run("--complete", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def options(command):
    """{option: what its value is called, or ''} by the command's help."""
    told = run(command, "--help").stdout
    return dict(re.findall(r"^ +(?:-\w, +)?(--[a-z-]+)(?:=(\S+))?", told, re.M))


def test_every_command_is_offered():
    assert offered() == offered("") == commands()
    assert offered("ver") == ["verify"]
    assert offered("nonsense") == [] and offered("nonsense", "") == []


@pytest.mark.parametrize("command", commands())
def test_every_option_is_offered_to_its_command_and_no_other(command):
    told = options(command)
    assert len(told) >= 4
    assert offered(command, "-") == offered(command, "--") == [
        name + ("=" if value else "") for name, value in told.items()]
    for name, value in told.items():
        assert (name + ("=" if value else "")) in offered(command, name)


# What the help calls a value, and whether something can be offered in its place.
FREE = {"N", "SHARE", "SECONDS"}


@pytest.mark.parametrize("command", commands())
def test_a_value_is_offered_wherever_one_can_be_known(command):
    for name, value in options(command).items():
        if value:
            words = (command, TINY, name)
            assert bool(offered(*words, "")) == (value not in FREE), (command, name, value)
            assert bool(offered(command, TINY, name + "=")) == (value not in FREE)
    assert offered(command, "") == [":folder"]  # a clinic, a plan or a folder to make


def test_values():
    assert offered("plan", "x", "--formats=") == [
        "--formats=" + f for f in ("csv", "json", "ics", "html", "xlsx")
        if "'%s' needs" % f not in run("plan", "x", "--formats", f).stderr]
    assert "csv,json" in offered("plan", "x", "--formats", "csv,")
    assert "csv,csv" not in offered("plan", "x", "--formats", "csv,")
    assert offered("plan", "x", "--profile", "d") == ["director", "door"]
    assert offered("plan", "x", "-o", "") == offered("plan", "x", "-qo", "") == [":folder"]
    assert offered("plan", "x", "--write-lp", "") == [":file"]
    weeks = offered("plan", "x", "--week", "")
    assert len(weeks) == 4 and all(re.fullmatch(r"\d{4}-W\d\d", week) for week in weeks)
    assert offered("plan", "x", "--week", weeks[2][:7] + "x") == []


def test_ids_of_the_clinic(tmp_path):
    assert offered("repair", TINY, "x", "--absent", "") == [
        row[0] + ":" for name in ("therapists", "rooms", "patients")
        for row in csv.reader(open(SAMPLES / "tiny" / (name + ".csv"), encoding="utf-8"))
        if re.match("[A-Z]+[0-9]", row[0])]
    assert offered("repair", TINY, "x", "--absent=T3:T") == ["--absent=T3:Tue", "--absent=T3:Thu"]
    assert offered("repair", "none", "x", "--absent", "T") == []
    shutil.copytree(TINY, tmp_path / "faulty")  # ids are offered whatever else is wrong
    (tmp_path / "faulty" / "rooms.csv").write_text("# mine\ncapacity;room_id\nmany;Attic\n")
    assert "Attic:" in offered("repair", tmp_path / "faulty", "x", "--absent", "")


def test_words_in_between():
    assert offered("verify", "a", "") == [":folder"] and offered("verify", "a", "b", "") == []
    assert offered("-q", "plan", "--week", "check", "") == [":folder"]
    assert offered("plan", "--", "-") == [":folder"]
    assert offered("plan", "--", "a", "--we") == []
    assert offered("plan", "x", "--week=2026-W49", "--write-l") == ["--write-lp="]


# --- shells --------------------------------------------------------------------------------------

# In place of the program once installed: asked for candidates it answers, run it shows its words.
SHOW = """#!/bin/sh
[ "$1" = --complete ] && exec '%s' "$@"
printf '<%%s>' "$@"
echo
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stage")
    make("install", "PREFIX=", "DESTDIR=%s" % folder)
    (folder / "bin" / "iopsched").write_text(SHOW % PROGRAM, encoding="utf-8")
    shutil.copytree(TINY, str(folder / "samples" / "tiny"))
    (folder / "my clinic").mkdir()
    return folder


@pytest.fixture(scope="module", params=["bash", "zsh"])
def shell(request, stage):
    """A shell that has read the completion where it is installed."""
    needs(request.param)
    env = {"PATH": "%s:/usr/bin:/bin" % (stage / "bin"), "TERM": "dumb", "HOME": str(stage),
           "LC_ALL": "C.UTF-8"}
    if request.param == "bash":
        shell = Shell(["bash", "--norc", "--noprofile", "-i"], env, stage)
        shell.ask("bind 'set bell-style none'; bind 'set page-completions off'; . %s" %
                  (stage / "share" / "bash-completion" / "completions" / "iopsched"))
    else:
        shell = Shell(["zsh", "-f", "-i"], env, stage)
        shell.ask("fpath=(%s $fpath); autoload -Uz compinit; compinit -D -u; LISTMAX=10000; "
                  "setopt no_beep" % (stage / "share" / "zsh" / "site-functions"))
    yield shell
    shell.close()


@pytest.mark.parametrize("typed, words", [
    ("pl", ["plan"]),
    ("verify sam", ["verify", "samples/"]),
    ("plan samples/ti", ["plan", "samples/tiny/"]),
    ("plan my", ["plan", "my clinic/"]),
    ("plan x --prof", ["plan", "x", "--profile="]),
    ("plan x --profile=th", ["plan", "x", "--profile=therapist"]),
    ("plan x --previous=samples/ti", ["plan", "x", "--previous=samples/tiny/"]),
    ("plan x --profile pat", ["plan", "x", "--profile", "patient"]),
    ("plan x --formats=csv,j", ["plan", "x", "--formats=csv,json"]),
    ("plan x -o sam", ["plan", "x", "-o", "samples/"]),
    ("repair samples/tiny x --absent T4", ["repair", "samples/tiny", "x", "--absent", "T4:"]),
    ("repair samples/tiny x --absent=T4:Tu", ["repair", "samples/tiny", "x", "--absent=T4:Tue"])])
def test_shells_complete(shell, typed, words):
    shell.type("iopsched " + typed + "\t\n")
    seen = shell.read(">\r\n")
    # zsh takes a folder's slash away again when the line ends there.
    assert [w.rstrip("/") for w in re.findall("<(.*?)>", seen)] == [w.rstrip("/") for w in words]


def test_shells_list_what_fits(shell):
    shell.type("iopsched plan x --\t\t\t")
    wanted = [name for name in offered("plan", "--")]
    seen = shell.read(wanted[-1])
    shell.type("\x15")
    seen += shell.ask(":")
    assert [name for name in wanted if name not in seen] == []

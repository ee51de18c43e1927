"""Every command and every output in the README and in docs/, run as a reader would.

IOPSCHED_DOCS=refresh writes what is printed now into the documents where they show otherwise."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from documents.book import Book, BadDocument, matches, read_steps
from tools import PROGRAM, ROOT

BOOKS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SOAK = bool(os.environ.get("IOPSCHED_SOAK"))
# Where a document leaves plan its minute, the tests leave it less, unless they are the long ones.
WRAPPER = """#!/bin/sh
case "$1 $*" in
  plan*--time-limit*|plan*--work*) exec '%(program)s' "$@" ;;
  plan*) exec '%(program)s' "$@" --time-limit 2 ;;
  *) exec '%(program)s' "$@" ;;
esac
"""


def not_of_the_tree(folder, names):
    """What a copy does without: of what is built, it needs the program's own objects only."""
    if pathlib.Path(folder) == ROOT / "build":
        return set(names) - {"release"}
    return {".git"} & set(names)


def desk(folder, book):
    """The folder that a document's reader sits in: the checkout as they see it, or a copy of it."""
    if "<!-- runs in a copy of the tree -->" in book.read_text(encoding="utf-8"):
        shutil.copytree(ROOT, folder, symlinks=True, dirs_exist_ok=True, ignore=not_of_the_tree)
        return folder
    for name in ("samples", "scripts", "docs"):
        (folder / name).symlink_to(ROOT / name)
    program = folder / "iopsched"
    if SOAK:
        program.symlink_to(PROGRAM)
    else:
        program.write_text(WRAPPER % {"program": PROGRAM})
        program.chmod(0o755)
    return folder


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_what_a_document_shows_is_so(tmp_path, book):
    env = dict(os.environ, IOPSCHED=PROGRAM, LC_ALL="C.UTF-8", TZ="UTC")
    read = Book(book, desk(tmp_path, book), env, os.environ.get("IOPSCHED_DOCS") == "refresh")
    read.run()
    if read.skipped:
        pytest.skip("; ".join(read.skipped))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_links_lead_somewhere(book):
    text = book.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (book.parent / target).exists(), target
    for source in re.findall(r"<img src=\"([^\"]+)\"", text):
        assert (book.parent / source).exists(), source


def test_the_demonstration_runs():
    done = subprocess.run([str(ROOT / "scripts" / "demo.sh"), "tiny", "1"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
    assert "the week's first sessions" in done.stdout and "sessions.csv" in done.stdout


# ---- the reader of documents itself

def read(tmp_path, *lines):
    path = tmp_path / "book.md"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = Book(path, pathlib.Path(tmp_path), dict(os.environ))
    found.run()
    return found


@pytest.mark.parametrize("lines, said", [
    (["```console", "$ echo one", "two", "```"], "shows otherwise"),
    (["```console", "$ echo one", "```"], "shows otherwise"),
    (["```console", "$ (exit 3)", "```"], "exit status 3 is not shown"),
    (["```python", "print()", "```"], "is not known"),
    (["```sh", "rm -r week", "```"], "is not known"),
    (["`./iopsched check nowhere`"], "exit status"),
    (["```text show=file", "one", "```"], "shows otherwise"),
    (["```diff", "--- a/file", "+++ b/file", "@@ -1 +1 @@", "-one", "+two", "```"], "not apply"),
])
def test_a_document_that_is_wrong_is_caught(tmp_path, lines, said):
    (tmp_path / "file").write_text("other\n")
    with pytest.raises(BadDocument, match=said):
        read(tmp_path, *lines)


def test_a_document_that_is_right_passes(tmp_path):
    found = read(tmp_path, "```text write=notes", "a", "b", "```", "", "```console", "$ cat notes",
                 "a", "b", "$ (echo x 12 y; \\", "> echo z; exit 3)", "x ... y", "...", "$ echo $?",
                 "3", "```", "<!-- needs: no-such-program -->", "```console", "$ false", "```")
    assert found.skipped == ["book.md:19: no-such-program missing"]


def test_dots_stand_for_any_text_and_any_lines():
    assert matches(["a ... c", "...", "z"], ["a b c", "1", "2", "z"])
    assert matches(["...", "z"], ["z"])
    assert not matches(["a ... c", "..."], ["a b d"])
    assert not matches(["a"], ["a", "b"])


def test_commands_in_backquotes_may_wrap():
    steps = read_steps(["Say `./iopsched", "check here`, then `./iopsched verify a b`."])
    assert [step.words for step in steps] == ["./iopsched check here", "./iopsched verify a b"]

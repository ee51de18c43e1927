"""scripts/count_results.py: what it makes of results, good and bad."""

import subprocess
import sys

import pytest

from tools import ROOT

GOOD = ('<testsuites><testsuite><testcase name="a"></testcase><testcase name="b"><skipped/>'
        '</testcase></testsuite></testsuites>')
BAD = ('<testsuites><testsuite><testcase name="a"><failure><![CDATA[1 != 2]]></failure></testcase>'
       '</testsuite></testsuites>')


def count(folder):
    done = subprocess.run([sys.executable, "-B", str(ROOT / "scripts" / "count_results.py"),
                           str(folder)], stdout=subprocess.PIPE, universal_newlines=True,
                          check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def results(tmp_path):
    def write(status, xml, e2e=GOOD):
        unit = tmp_path / "unit"
        unit.mkdir(exist_ok=True)
        (unit / "test_x.status").write_text("%d\n" % status)
        (unit / "test_x.log").write_text("a last line\n")
        if xml is not None:
            (unit / "test_x.tests.xml").write_text(xml)
        if e2e is not None:
            (tmp_path / "e2e.xml").write_text(e2e)
        return tmp_path
    return write


@pytest.mark.parametrize("status, xml, e2e, last, code", [
    (0, GOOD, GOOD, "2 passed, 0 failed, 2 skipped", 0),
    (1, BAD, GOOD, "1 passed, 1 failed, 1 skipped", 1),
    (139, GOOD, GOOD, "2 passed, 1 failed, 2 skipped", 1),  # crashed after a group that passed
    (134, None, GOOD, "1 passed, 1 failed, 1 skipped", 1),  # crashed before anything was written
    (0, None, GOOD, "1 passed, 1 failed, 1 skipped", 1),    # ran nothing
    (0, GOOD[:60], GOOD, "1 passed, 1 failed, 1 skipped", 1),
    (0, GOOD, None, "1 passed, 1 failed, 1 skipped", 1),    # pytest itself did not end
    (0, GOOD, BAD, "1 passed, 1 failed, 1 skipped", 1),
])
def test_counts(results, status, xml, e2e, last, code):
    told, lines = count(results(status, xml, e2e))
    assert (told, lines[-1]) == (code, last)


def test_shows_why_a_program_failed(results):
    _, lines = count(results(1, BAD))
    assert any("1 != 2" in line for line in lines)
    assert any("a last line" in line for line in lines)

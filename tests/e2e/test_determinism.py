"""Equal input, options and seed give equal bytes: whenever, wherever, on however many threads."""

import json
import os

import pytest

from tools import SAMPLES, plan

WORK = {"tiny": "200", "riverside": "60", "harbor": "20"}


def contents(out):
    """{path: bytes} of a plan; without the seconds in summary.json."""
    found = {}
    for path in sorted(out.rglob("*")):
        if path.is_file():
            found[str(path.relative_to(out))] = path.read_bytes()
    told = json.loads(found["summary.json"])
    assert told.pop("seconds") >= 0
    found["summary.json"] = json.dumps(told)
    return found


def planned(name, out, *options, **more):
    plan(SAMPLES / name, out, "--work", WORK[name], "--time-limit", "600", *options, **more)
    return contents(out)


@pytest.mark.parametrize("name", WORK)
def test_same_bytes_again_and_on_two_threads(tmp_path, name):
    first = planned(name, tmp_path / "a", "--threads", "1")
    assert first == planned(name, tmp_path / "b", "--threads", "1")
    assert first == planned(name, tmp_path / "c", "--threads", "2")


def test_same_bytes_in_another_locale_time_zone_and_folder(tmp_path):
    first = planned("riverside", tmp_path / "a")
    for language, zone in (("de_DE.UTF-8", "Asia/Tokyo"), ("tr_TR.UTF-8", "America/Los_Angeles")):
        elsewhere = dict(os.environ, LC_ALL=language, LANG=language, TZ=zone)
        where = tmp_path / zone.replace("/", "-")
        assert first == planned("riverside", where, env=elsewhere, cwd=str(tmp_path))

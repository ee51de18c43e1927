"""Two readers of calendar files that share no code: python3-icalendar and ical.js. Both give
[{name, method, events: [{uid, start, end, ...}]}] in the same form, or say why they are not here."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

from tools import ROOT

ICAL_JS = "ical.js@2.2.1"
CACHE = pathlib.Path(os.environ.get("IOPSCHED_NPM_CACHE") or ROOT / "build" / "npm") / "ical.js"
FIELDS = ("uid", "start", "end", "tzid", "sequence", "status", "class", "stamp", "summary",
          "location", "description")


def _text(event, name):
    value = event.get(name)
    return None if value is None else str(value)


def _python_event(event, zone):
    start, end = event.decoded("dtstart"), event.decoded("dtend")
    found = {name: _text(event, name)
             for name in ("uid", "status", "class", "summary", "location", "description")}
    found["sequence"] = event.decoded("sequence")
    found["stamp"] = event.decoded("dtstamp").strftime("%Y-%m-%dT%H:%M:%SZ")
    found["tzid"] = event["dtstart"].params.get("TZID")
    utc = start.tzinfo is not None and found["tzid"] is None
    found["start"], found["end"] = (t.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if utc else "")
                                    for t in (start, end))
    if found["tzid"]:
        # The zone as the file tells it, not as this machine knows it; of an hour that clocks repeat
        # RFC 5545 means the first.
        found["start_unix"], found["end_unix"] = (
            int(zone.localize(t.replace(tzinfo=None), is_dst=True).timestamp())
            for t in (start, end))
    return found


def with_python(paths):
    icalendar = pytest.importorskip("icalendar", reason="python3-icalendar is not installed")
    read = []
    for path in paths:
        with open(path, "rb") as file:
            calendar = icalendar.Calendar.from_ical(file.read())
        zones = [z.to_tz() for z in calendar.walk("VTIMEZONE")]
        read.append({"name": _text(calendar, "x-wr-calname"), "method": _text(calendar, "method"),
                     "events": [_python_event(e, zones[0] if zones else None)
                                for e in calendar.walk("VEVENT")]})
    return read


def _ical_js():
    """The path of ical.js, installed from npm into the cache at need; skips without it."""
    module = CACHE / "node_modules" / "ical.js" / "dist" / "ical.js"
    if not shutil.which("node"):
        pytest.skip("no ical.js: node is not installed")
    if not module.exists():
        if not shutil.which("npm"):
            pytest.skip("no ical.js: npm is not installed")
        CACHE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["npm", "install", "--prefix", str(CACHE), "--no-save", "--no-audit",
                               "--no-fund", "--ignore-scripts", ICAL_JS], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, timeout=300,
                              check=False)
        if not module.exists():
            pytest.skip("no ical.js: npm cannot install it: " + done.stdout[-200:])
    return module


def with_ical_js(paths):
    script = pathlib.Path(__file__).with_name("read_ical.mjs")
    # floating times would else be shifted by the machine's own zone
    done = subprocess.run(["node", str(script), str(_ical_js())],
                          input="".join("%s\n" % p for p in paths), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True, check=False,
                          env=dict(os.environ, TZ="UTC"))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n") if line]


READERS = {"python3-icalendar": with_python, "ical.js": with_ical_js}

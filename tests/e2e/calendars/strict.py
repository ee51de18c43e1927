"""A strict checker of iCalendar files (RFC 5545): lines, grammar, components, properties.

Readers forgive; this does not. It knows what the program may write and takes all else for a fault.
"""

import datetime
import re

LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)"
                  r"(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)", re.DOTALL)
TEXT_PROPERTIES = {"UID", "SUMMARY", "LOCATION", "DESCRIPTION", "NAME", "X-WR-CALNAME", "PRODID",
                   "TZID", "TZNAME", "X-LIC-LOCATION"}
# Of each component: required once; allowed at most once; components within it.
COMPONENTS = {
    "VCALENDAR": ({"PRODID", "VERSION", "METHOD"}, {"CALSCALE", "NAME", "X-WR-CALNAME"},
                  {"VTIMEZONE", "VEVENT"}),
    "VTIMEZONE": ({"TZID"}, {"X-LIC-LOCATION", "TZUNTIL", "LAST-MODIFIED"},
                  {"STANDARD", "DAYLIGHT"}),
    "STANDARD": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, {"TZNAME", "RRULE"}, set()),
    "DAYLIGHT": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, {"TZNAME", "RRULE"}, set()),
    "VEVENT": ({"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "CLASS", "SUMMARY"},
               {"LOCATION", "DESCRIPTION"}, set()),
}
VALUES = {
    "VERSION": re.compile(r"2\.0"),
    "CALSCALE": re.compile(r"GREGORIAN"),
    "METHOD": re.compile(r"PUBLISH"),
    "STATUS": re.compile(r"CONFIRMED|CANCELLED"),
    "CLASS": re.compile(r"PRIVATE"),
    "SEQUENCE": re.compile(r"0|[1-9][0-9]{0,9}"),
    "DTSTAMP": re.compile(r"[0-9]{8}T[0-9]{6}Z"),
    "DTSTART": re.compile(r"[0-9]{8}T[0-9]{6}Z?"),
    "DTEND": re.compile(r"[0-9]{8}T[0-9]{6}Z?"),
    "TZUNTIL": re.compile(r"[0-9]{8}T[0-9]{6}Z"),
    "TZOFFSETFROM": re.compile(r"[+-][0-9]{4}([0-9]{2})?"),
    "TZOFFSETTO": re.compile(r"[+-][0-9]{4}([0-9]{2})?"),
    "TZID": re.compile(r"[A-Za-z0-9_+/-]+"),
    "RRULE": re.compile(r"FREQ=YEARLY;[A-Z0-9=;,+-]+"),
    "UID": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
}


class Node:
    """A component with its properties [(name, parameters, value)] and components."""

    def __init__(self, name):
        self.name, self.properties, self.components = name, [], []

    def all(self, name):
        return [p for p in self.properties if p[0] == name]

    def value(self, name):
        found = self.all(name)
        return found[0][2] if found else None

    def parameters(self, name):
        found = self.all(name)
        return found[0][1] if found else {}


def _lines(data, faults):
    """Unfolded lines of a file."""
    if not data.endswith(b"\r\n"):
        faults.append("does not end in CRLF")
    unfolded = []
    for number, line in enumerate(data.split(b"\r\n")[:-1], 1):
        if b"\r" in line or b"\n" in line:
            faults.append("line %d: a bare CR or LF" % number)
        if len(line) > 75:
            faults.append("line %d: %d octets" % (number, len(line)))
        if not line:
            faults.append("line %d: empty" % number)
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            faults.append("line %d: no UTF-8, or folded within a character" % number)
            text = line.decode("utf-8", "replace")
        if any(ord(c) < 32 and c != "\t" or ord(c) == 127 for c in text.strip("\r\n")):
            faults.append("line %d: a control character" % number)
        if text[:1] in " \t" and text:
            if not unfolded:
                faults.append("line %d: folded, but the first" % number)
                continue
            unfolded[-1] += text[1:]
        else:
            unfolded.append(text)
    return unfolded


def _parameters(text, faults):
    found = {}
    for name, value in re.findall(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)", text):
        if name in found:
            faults.append("parameter %s twice" % name)
        found[name] = value
    return found


def _tree(lines, faults):
    root = Node("")
    stack = [root]
    for line in lines:
        match = LINE.fullmatch(line)
        if not match:
            faults.append("no content line: %r" % line[:60])
            continue
        name, value = match.group(1), match.group(3)
        if name == "BEGIN":
            node = Node(value)
            stack[-1].components.append(node)
            stack.append(node)
        elif name == "END":
            if len(stack) < 2 or stack[-1].name != value:
                faults.append("END:%s does not match" % value)
                return root
            stack.pop()
        elif len(stack) == 1:
            faults.append("%s outside of any component" % name)
        else:
            if stack[-1].components:
                faults.append("%s: property %s after a component" % (stack[-1].name, name))
            stack[-1].properties.append((name, _parameters(match.group(2), faults), value))
    if len(stack) > 1:
        faults.append("%s has no END" % stack[-1].name)
    return root


def _check_text(name, value, faults):
    if re.search(r"\\(?![\\;,nN])", re.sub(r"\\\\", "", value)):
        faults.append("%s: a lone backslash" % name)
    if re.search(r"(?<!\\)[;,]", re.sub(r"\\\\", "", value)):
        faults.append("%s: ';' or ',' not escaped" % name)


def _check_properties(node, faults):
    required, allowed, within = COMPONENTS[node.name]
    counts = {}
    for name, parameters, value in node.properties:
        counts[name] = counts.get(name, 0) + 1
        if name not in required and name not in allowed:
            faults.append("%s: unexpected %s" % (node.name, name))
        if name in VALUES and not VALUES[name].fullmatch(value):
            faults.append("%s: %s is %r" % (node.name, name, value[:40]))
        if name in TEXT_PROPERTIES:
            _check_text(name, value, faults)
        if set(parameters) - ({"TZID"} if name in ("DTSTART", "DTEND") else set()):
            faults.append("%s: unexpected parameter of %s" % (node.name, name))
    faults.extend("%s: no %s" % (node.name, n) for n in sorted(required) if n not in counts)
    faults.extend("%s: %s %d times" % (node.name, n, c) for n, c in counts.items() if c > 1)
    for child in node.components:
        if child.name in within:
            _check_properties(child, faults)
        else:
            faults.append("%s within %s" % (child.name, node.name))


def _moment(value, faults):
    try:
        return datetime.datetime.strptime((value or "").rstrip("Z"), "%Y%m%dT%H%M%S")
    except ValueError:
        faults.append("no moment: %r" % value)
        return None


def _check_event(event, zones, faults):
    start = _moment(event.value("DTSTART"), faults)
    end = _moment(event.value("DTEND"), faults)
    zone = event.parameters("DTSTART").get("TZID")
    if start and end and end <= start:
        faults.append("an event ends before it starts")
    if event.parameters("DTEND").get("TZID") != zone:
        faults.append("start and end differ in TZID")
    if zone is None:
        return
    if (event.value("DTSTART") or "").endswith("Z") or (event.value("DTEND") or "").endswith("Z"):
        faults.append("UTC with a TZID")
    if zone not in zones:
        faults.append("no VTIMEZONE for TZID %s" % zone)
        return
    onsets = [_moment(o.value("DTSTART"), faults) for o in zones[zone].components]
    if start and not any(o and o <= start for o in onsets):
        faults.append("no observance begins before %s" % start)


def _check_calendar(calendar, faults):
    _check_properties(calendar, faults)
    zones, uids = {}, set()
    if not calendar.components:
        faults.append("no component")
    for child in calendar.components:
        if child.name == "VTIMEZONE":
            if child.value("TZID") in zones:
                faults.append("two VTIMEZONE of one TZID")
            zones[child.value("TZID")] = child
            if not child.components:
                faults.append("a VTIMEZONE without observance")
    for child in calendar.components:
        if child.name == "VEVENT":
            _check_event(child, zones, faults)
            if child.value("UID") in uids:
                faults.append("a UID twice")
            uids.add(child.value("UID"))


def faults(data):
    """What is wrong with a file, as a list of sentences."""
    found = []
    root = _tree(_lines(data, found), found)
    if [c.name for c in root.components] != ["VCALENDAR"]:
        found.append("not one VCALENDAR: %s" % [c.name for c in root.components])
        return found
    _check_calendar(root.components[0], found)
    return found

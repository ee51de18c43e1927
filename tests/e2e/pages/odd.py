"""The tiny sample with names that mean harm."""

import shutil

from edits import table, write_table
from tools import SAMPLES

NAMES = {
    "P1": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "P2": "=cmd|'/C calc'!A0",
    "P3": "long" * 2500,
    "P4": "Zoë 🙂 \"quoted\" & 'single' %s %n",
    "P5": "\u202eעברית\u202c ادم",
    "P6": "line\nbreak\r\n]]> --> &lt;b&gt;",
}
SERVICE = "</style><b>Process</b> & \"group\""


def odd_clinic(folder):
    shutil.copytree(SAMPLES / "tiny", folder)
    for name, column, changes in (("patients.csv", "name", NAMES),
                                  ("services.csv", "name", {"PRO": SERVICE}),
                                  ("therapists.csv", "name", {"T1": "-1+1 <T1>"})):
        (first, *_), rows = table(folder / name)
        for row in rows:
            row[column] = changes.get(row[first], row[column])
            if row[first] == "UDS":
                row["surprise"] = "yes"
        write_table(folder / name, rows)
    return folder

"""Browser, validator and office program: used where they are to be had, else a test is skipped."""

import csv
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from tools import ROOT

HERE = pathlib.Path(__file__).parent
CACHE = pathlib.Path(os.environ.get("IOPSCHED_NPM_CACHE") or ROOT / "build" / "npm") / "pages"
NPM = ("puppeteer-core@24.43.1", "axe-core@4.14.1", "html-validate@9.7.1")


def program(*names):
    """The first of the programs that is installed; skips without one."""
    for name in names:
        if shutil.which(name):
            return shutil.which(name)
    return pytest.skip("not installed: " + " or ".join(names))


def npm_folder():
    """A folder with the packages of NPM in node_modules, installed at need."""
    program("node")
    done = CACHE / "-".join(re.sub(r"\W", "_", name) for name in NPM)
    if not done.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        told = subprocess.run([program("npm"), "install", "--prefix", str(CACHE), "--no-save",
                               "--no-audit", "--no-fund", "--ignore-scripts",
                               "--no-package-lock", *NPM], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, timeout=300,
                              check=False)
        if told.returncode != 0:
            pytest.skip("npm cannot install %s: %s" % (" ".join(NPM), told.stdout[-200:]))
        done.touch()
    return CACHE


def browse(jobs, folder):
    """Has Chromium look at pages: see browse.cjs. Answers in the order of the jobs."""
    modules = npm_folder() / "node_modules"
    work = {"modules": str(modules), "browser": program("chromium", "chromium-browser"),
            "profile": str(folder / "chromium"), "jobs": jobs}
    done = subprocess.run(["node", str(HERE / "browse.cjs")], input=json.dumps(work),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=400,
                          universal_newlines=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def validate(paths):
    """What html-validate complains of."""
    modules = npm_folder() / "node_modules"
    done = subprocess.run(["node", str(modules / "html-validate" / "bin" / "html-validate.mjs"),
                           "--config", str(HERE / "htmlvalidate.json"), "--formatter", "json",
                           *map(str, paths)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True, timeout=200, check=False)
    assert done.returncode in (0, 1), done.stderr[-2000:]
    return [(m["ruleId"], m["message"], m["line"]) for report in json.loads(done.stdout)
            for m in report["messages"]]


def pages_of(pdf):
    """The text of each page."""
    done = subprocess.run([program("pdftotext"), "-layout", str(pdf), "-"], check=True,
                          stdout=subprocess.PIPE, universal_newlines=True)
    return done.stdout.split("\f")[:-1]


def office_csv(path, folder):
    """What LibreOffice shows of a workbook's sheets, or of a CSV file: {sheet: rows}."""
    folder.mkdir()
    done = subprocess.run(
        [program("soffice", "libreoffice"), "-env:UserInstallation=file://%s" % (folder / "home"),
         "--headless", "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
         if str(path).endswith(".csv") else "--norestore", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1",
         "--outdir", str(folder / "out"), str(path)], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, universal_newlines=True, timeout=200, check=False)
    found = {}
    for name in glob.glob(str(folder / "out" / "*.csv")):
        with open(name, encoding="utf-8", newline="") as lines:
            stem = pathlib.Path(name).stem
            found[stem[len(pathlib.Path(path).stem) + 1:]] = list(csv.reader(lines))
    assert found, done.stdout
    return found

"""week.html in a real browser, on paper, and before a validator."""

import pytest

from pages.heavy import browse, pages_of, program, validate
from pages.odd import odd_clinic
from pages.read import read, sheets
from tools import plan

LIMIT = ("--time-limit", "1", "--work", "1", "--formats", "html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def outs(folder):
    """Folders of plans: for everybody with names that mean harm, for the patients, for doors."""
    clinic = odd_clinic(folder / "clinic")
    plan(clinic, folder / "all", *LIMIT)
    plan(clinic, folder / "named", *LIMIT, "--names")
    plan(clinic, folder / "patient", *LIMIT, "--profile", "patient")
    plan(clinic, folder / "door", *LIMIT, "--profile", "door")
    return folder


@pytest.fixture(scope="module")
def seen(outs):
    """One start of the browser for all looks."""
    program("chromium", "chromium-browser")
    week = str(outs / "all" / "week.html")
    jobs = {
        "all": {"page": week, "widths": [1280, 390],
                "pdf": {p: str(outs / (p + ".pdf")) for p in ("letter", "a4")}},
        "still": {"page": week, "script": False},
        "filter": {"page": week, "type": "p4", "pdf": {"letter": str(outs / "one.pdf")}},
        "named": {"page": str(outs / "named" / "week.html"), "widths": [1280, 390]},
        "door": {"page": str(outs / "door" / "week.html"), "widths": [390],
                 "pdf": {"letter": str(outs / "door.pdf")}},
        "patient": {"page": str(outs / "patient" / "handouts" / "P4.html"), "widths": [390],
                    "pdf": {"letter": str(outs / "patient.pdf")}},
    }
    return dict(zip(jobs, browse(list(jobs.values()), outs)))


@pytest.mark.parametrize("name", ["all", "named", "door", "patient"])
def test_accessible_and_no_wider_than_the_screen(seen, name):
    assert seen[name]["violations"] == []
    assert seen[name]["wider"] == []


def test_one_file_and_no_network(seen):
    for answer in seen.values():
        assert len(answer["requests"]) == 1 and answer["requests"][0].startswith("file://")


def test_reads_without_script(seen, outs):
    for article in sheets(read(outs / "all" / "week.html"), "patient"):
        assert article in seen["still"]["text"]
    assert "Print these" not in seen["still"]["text"]


def test_filter_leaves_one_person(seen, outs):
    assert seen["filter"]["sheets"] == ["patient-P4"]
    assert len(pages_of(outs / "one.pdf")) <= 2  # with the row of the table of hours


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_each_sheet_is_a_page(seen, outs, paper):
    page = read(outs / "all" / "week.html")
    titles = [next(a.all("h3")).text() for a in page.all("article")]
    printed = [" ".join(text.split()) for text in pages_of(outs / (paper + ".pdf"))]
    on_sheets = printed[-len(titles):]
    assert [title in text for title, text in zip(titles, on_sheets)] == [True] * len(titles)
    assert not [text for text in printed[:-len(titles)] if "Week of 30 November" in text]
    for title, text in zip(titles, on_sheets):
        if "42 CFR" in text and "Who comes" not in text:
            assert not [p for p in ("P1", "P2", "P3", "P4", "P5", "P6")
                        if p in text.split() and p != title]


def test_door_and_handout_print_as_sheets_alone(seen, outs):
    assert len(pages_of(outs / "door.pdf")) == len(sheets(
        read(outs / "door" / "week.html"), "room")) + 1  # the services
    assert len(pages_of(outs / "patient.pdf")) == 1


def test_valid_html(outs):
    assert validate([outs / "all" / "week.html", outs / "named" / "week.html",
                     outs / "door" / "week.html", outs / "patient" / "handouts" / "P1.html"]) == []

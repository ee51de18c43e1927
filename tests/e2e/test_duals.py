"""The bound's proof: `plan --write-duals` stores prices, `verify --bound` adds them up anew."""

import re
import shutil
from fractions import Fraction

import pytest

from tools import SAMPLES, WEEK, plan, rows, run, summary, write_rows

COST_ONE = 60000000


@pytest.fixture(scope="module")
def proven(made, tmp_path_factory):
    """(clinic, plan, prices) of a clinic too large to be solved by trying everything."""
    clinic, _ = made("--patients", "14", "--tracks", "day")
    folder = tmp_path_factory.mktemp("duals")
    plan(clinic, folder / "plan", "--work", "1500", "--time-limit", "600", "--formats", "csv",
         "--write-duals", folder / "duals.csv")
    return clinic, folder / "plan", folder / "duals.csv"


def verified(clinic, out, duals):
    return run("verify", clinic, out, "--bound", duals)


def bound_in(told):
    return Fraction(re.search(r"no plan costs less than ([0-9.]+)", told.stdout).group(1))


def test_the_bound_is_confirmed(proven):
    told = verified(*proven)
    assert told.returncode == 0 and "bound: confirmed" in told.stdout
    claimed = summary(proven[1])["bound"]
    assert claimed > 0
    assert bound_in(told) >= claimed - Fraction(1, 100)  # told with two decimals
    assert bound_in(told) <= summary(proven[1])["cost"]


def test_the_file_says_what_the_plan_says(proven):
    table = rows(proven[2])
    assert [row["kind"] for row in table[:2]] == ["bound", "place"]
    assert abs(Fraction(table[0]["amount"]) / COST_ONE - summary(proven[1])["bound"]) < 1e-6
    assert proven[2].stat().st_mode & 0o777 == 0o600
    patients = {row["patient_id"] for row in rows(proven[0] / "patients.csv")}
    places = [row for row in table if row["kind"] == "place"]
    assert {row["patient_id"] for row in places} <= patients


def changed(proven, tmp_path, change):
    table = rows(proven[2])
    change(table)
    write_rows(tmp_path / "duals.csv", table)
    return verified(proven[0], proven[1], tmp_path / "duals.csv")


def test_a_claim_too_high_is_not_confirmed(proven, tmp_path):
    def claim_more(table):
        table[0]["amount"] = str(int(table[0]["amount"]) * 2)
    told = changed(proven, tmp_path, claim_more)
    assert told.returncode == 1
    assert "bound: not confirmed" in told.stdout and "which claims" in told.stdout


def test_a_claim_too_high_is_told_quietly_too(proven, tmp_path):
    table = rows(proven[2])
    table[0]["amount"] = str(10 ** 15)
    write_rows(tmp_path / "duals.csv", table)
    told = run("verify", *proven[:2], "--bound", tmp_path / "duals.csv", "-q")
    assert told.returncode == 1 and "not confirmed" in told.stdout
    assert run("verify", *proven[:2], "--bound", proven[2], "-q").stdout == ""


@pytest.mark.parametrize("factor", [0, 2, 1000])
def test_other_prices_prove_something_else_and_never_too_much(proven, tmp_path, factor):
    def scale(table):
        table[0]["amount"] = "0"
        for row in table[1:]:
            row["amount"] = str(int(row["amount"]) * factor)
    told = changed(proven, tmp_path, scale)
    assert told.returncode == 0
    assert bound_in(told) < bound_in(verified(*proven)) <= summary(proven[1])["cost"]


FAULTS = [
    ("patient_id", "NOBODY", "'NOBODY' is no patient of this clinic"),
    ("service_id", "NONE", "'NONE' is no service of this clinic"),
    ("service_id", "IND", "'IND' is not a group"),
    ("day", "Someday", "'Someday' is not a day"),
    ("start", "08:07", "'08:07' is not a time on the clinic's grid"),
    ("start", "24:00", "is not a time on the clinic's grid"),
    ("amount", "-5", "'-5' is not a price"),
    ("amount", "1.5", "'1.5' is not a price"),
    ("amount", "99999999999999999999", "is not a price"),
    ("kind", "seat", "'seat' is not 'bound' or a kind of price"),
]


@pytest.mark.parametrize("column, value, words", FAULTS)
def test_faults_are_told_with_their_line(proven, tmp_path, column, value, words):
    def spoil(table):
        table[3][column] = value
    told = changed(proven, tmp_path, spoil)
    assert told.returncode == 65
    assert "duals.csv:5: %s: error: " % column in told.stderr and words in told.stderr


def test_a_place_paid_for_twice_is_a_fault(proven, tmp_path):
    told = changed(proven, tmp_path, lambda table: table.append(dict(table[1])))
    assert told.returncode == 65 and "two prices" in told.stderr


def test_what_is_no_such_file(proven, tmp_path):
    assert verified(proven[0], proven[1], tmp_path / "none.csv").returncode == 66
    (tmp_path / "empty.csv").write_text("")
    assert verified(proven[0], proven[1], tmp_path / "empty.csv").returncode == 65
    (tmp_path / "half.csv").write_text("kind,patient_id,amount\nbound,,1\n")
    told = verified(proven[0], proven[1], tmp_path / "half.csv")
    assert told.returncode == 65 and "column 'service_id' is missing" in told.stderr


def test_where_it_cannot_be_written_nothing_is_planned(proven, tmp_path):
    told = run("plan", proven[0], "-o", tmp_path / "plan", "--week", WEEK, "--work", "1",
               "--write-duals", tmp_path / "none" / "duals.csv")
    assert told.returncode == 73 and not (tmp_path / "plan").exists()


def test_no_file_is_left_where_there_is_no_plan(tmp_path):
    clinic = tmp_path / "clinic"
    shutil.copytree(SAMPLES / "tiny", clinic)
    fixed = (clinic / "fixed.csv").read_text()
    (clinic / "fixed.csv").write_text(fixed + fixed.splitlines()[-1].replace("P", "Q") + "\n")
    told = run("plan", clinic, "-o", tmp_path / "plan", "--week", WEEK, "--write-duals",
               tmp_path / "duals.csv")
    assert told.returncode == 65 and not (tmp_path / "duals.csv").exists()


def test_changes_count_where_they_did(proven, tmp_path):
    """A bound with --previous counts changes, and is confirmed with the same --previous."""
    clinic, out, _ = proven
    plan(clinic, tmp_path / "plan", "--previous", out, "--work", "600", "--time-limit", "600",
         "--formats", "csv", "--write-duals", tmp_path / "duals.csv")
    told = run("verify", clinic, tmp_path / "plan", "--previous", out, "--bound",
               tmp_path / "duals.csv")
    assert told.returncode == 0 and "bound: confirmed" in told.stdout


@pytest.mark.soak
@pytest.mark.parametrize("words", [
    ("--patients", "60"), ("--patients", "150", "--seed", "3"), ("--patients", "40", "--slot", "15"),
    ("--shape", "one-evening"), ("--shape", "one-room"), ("--shape", "all-fixed"),
    ("--patients", "60", "--tightness", "0.8")], ids=" ".join)
def test_bounds_of_many_clinics_are_confirmed(made, tmp_path, words):
    clinic, _ = made(*words)
    plan(clinic, tmp_path / "plan", "--time-limit", "30", "--formats", "csv", "--write-duals",
         tmp_path / "duals.csv")
    told = verified(clinic, tmp_path / "plan", tmp_path / "duals.csv")
    assert told.returncode == 0 and "bound: confirmed" in told.stdout
    assert bound_in(told) <= summary(tmp_path / "plan")["cost"]

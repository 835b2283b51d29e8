"""The figures of five reports: every mistake is found, and nothing that is right raises an alarm."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

import dueregard as dr

HERE = Path(__file__).parent
FACTS = HERE.parents[2] / "shared" / "golden" / "seeds_facts.json"
DOCUMENTS = {
    "000": "esps-review-2011",
    "001": "equality-standard-2008",
    "002": "equality-duty-review",
    "003": "performance-2011",
    "004": "operational-support-2003",
}
ALARMS = ("inconsistent", "rounding")
NOT_FIGURES = {("esps-review-2011", 34), ("esps-review-2011", 94), ("equality-standard-2008", 100)}
"""Mistakes that are of words alone: a date of the future, "over half" of what is a half, a stray line of a list."""


@pytest.fixture(scope="module")
def found():
    return dr.audit(dr.data.load("claims"))


def test_what_is_found_stands_in_the_repository(found):
    with (HERE / "expected_claims.csv").open() as lines:
        expected = {(row["document"], int(row["line"]), row["verdict"]) for row in csv.DictReader(lines)}
    told = [row for row in found.rows() if row["measure"] != "share"]  # shares need the census
    seen = {(row["document"], row["line"], row["verdict"]) for row in told}
    assert {each for each in seen if each[2] not in ("consistent", "derivable")} == expected
    assert [row["verdict"] for row in found.rows() if row["measure"] == "share"] == ["cannot tell"] * 3


def test_the_five_mistakes_and_what_they_should_be(found):
    notes = {row["line"]: row["note"] for row in found.filter(verdict="inconsistent").rows()}
    assert notes[90] == "22 of 32 is 68.75%, not the 67% printed; 22 is 67% of 33"
    assert notes[232] == "1 + 1 + 8 + 7 is 17, not the 18 printed"
    assert "mean 77.91%, median 80.5%" in notes[181]
    assert notes[252].endswith("names 21B, which does not belong; leaves out 22B")
    assert notes[176] == "6B published; leaves out 7B"


def test_every_claim_stands_in_a_document_and_is_about_something(found):
    documents = set(dr.data.load("documents")["document"].tolist())
    assert set(found["document"]) <= documents
    assert all(line is not None for line in found["line"])
    assert max(map(len, repr(found.filter(verdict="inconsistent")).splitlines())) <= 80


@pytest.fixture(scope="module")
def facts():
    if not FACTS.exists():
        pytest.skip("the list of claims is not here")
    by_line = defaultdict(list)
    for fact in json.loads(FACTS.read_text())["facts"]:
        by_line[DOCUMENTS[fact["seed"][:3]], fact["line"]].append(fact["verdict"])
    return by_line


def test_nothing_that_is_right_raises_an_alarm(found, facts):
    for row in found.rows():
        verdicts = facts.get((row["document"], row["line"]), ["consistent"])
        if row["verdict"] in ALARMS:
            assert row["verdict"] in verdicts, row["note"]


def test_every_mistake_among_figures_is_found(found, facts):
    alarmed = {(row["document"], row["line"], row["verdict"]) for row in found.rows()}
    for place, verdicts in facts.items():
        for verdict in set(verdicts) & set(ALARMS):
            assert (*place, verdict) in alarmed or place in NOT_FIGURES, place


def test_nearly_every_claim_of_the_list_is_there(found, facts):
    places = {(row["document"], row["line"]) for row in found.rows()}
    left_out = set(facts) - places
    # beside those of words alone: two that compare what cannot be compared, and one that defines a word
    assert left_out == NOT_FIGURES | {
        ("equality-standard-2008", 71),
        ("performance-2011", 33),
        ("performance-2011", 104),
    }

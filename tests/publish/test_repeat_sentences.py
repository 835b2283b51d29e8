"""Repeats in plain English."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.repeat_sentences import repeat_sentence

START = np.datetime64("2016-01-01")


def burglaries(n=1500, people=1000, days=700, seed=3):
    rng = np.random.default_rng(seed)
    who = rng.integers(0, people, n)
    return {
        "home": who,
        "when": START + rng.integers(0, days, n),
        "area": np.array(["Bexley", "Sutton"])[who % 2],
        "tenure": np.array(["owned", "rented", "social"])[who % 3],
    }


def found(data=None, **options):
    options = {"window": "12 months", "name": "burglaries"} | options
    return dr.repeats(burglaries() if data is None else data, person="home", date="when", **options)


def said(findings, **equal):
    return [repeat_sentence(row, findings.by) for row in findings.filter(**equal).rows()]


def test_shares_of_people_say_what_chance_alone_would_give():
    findings = found()
    (row,) = findings.filter(statistic="people").rows()
    value, low, high, chance = (f"{row[name]:.0f}" for name in ("value", "low", "high", "by_chance"))
    assert said(findings, statistic="people") == [
        f"Share of people with 2 or more burglaries was {value}% (95% interval {low} to {high}); if chance alone "
        f"decided how many each of them has, it would be about {chance}%."
    ]


def test_the_plain_share_says_that_it_is_too_low():
    findings = found()
    (row,) = findings.filter(statistic="plain risk").rows()
    assert said(findings, statistic="plain risk") == [
        f"Share seen to have a repeat within 12 months was {row['value']:.0f}%; it is too low, for only "
        f"{row['followed']} of {row['nobs']} were followed for that long."
    ]
    whole = found(until="2020-01-01")
    assert said(whole, statistic="plain risk")[0].endswith("%.")


def test_groups_areas_and_periods_are_named():
    findings = found(group="tenure", by="area", period="2016 and 2017")
    (text,) = said(findings, statistic="risk", area="Sutton", group="rented")
    assert text.startswith("In 2016 and 2017, risk of a repeat within 12 months in Sutton was ")
    assert text.endswith(" for the rented group.")
    assert said(findings, statistic="risk", area=[None], group="rented")[0].startswith(
        "In 2016 and 2017, risk of a repeat within 12 months in all areas together was "
    )


def test_fewer_than_ten_people_are_not_described():
    nine = {"home": [*range(9), 0], "when": START + np.arange(10)}
    assert {text.partition(": ")[2] for text in said(found(nine, window=7))} == {"too few people to describe."}


def test_few_among_many_are_not_described_either():
    data = {"home": [*range(200), *([0] * 6)], "when": START + np.arange(206)}
    findings = found(data, window=7)
    assert said(findings, statistic="number of events")[3] == (
        "Share of people with 5 or more burglaries: too few people to describe."
    )
    top = said(findings, statistic="most affected")
    assert top[0] == "Share of burglaries of the most affected 1%: too few people to describe."
    assert top[1].startswith("Share of burglaries of the most affected 5% was ")  # ten people
    assert said(findings, statistic="people") == [
        "Share of people with 2 or more burglaries: too few people to describe."  # one person
    ]


def test_what_cannot_be_given_says_why():
    nobody = found({"home": ["", None], "when": [START, START]}, window=7)
    assert said(nobody)[0] == (
        "Share of people with 2 or more burglaries cannot be given: no people with events that can be linked."
    )
    short = found(burglaries(days=60))
    assert said(short, statistic="risk") == [
        "Risk of a repeat within 12 months cannot be given: nobody was followed for the whole of it."
    ]


def test_rows_with_a_reference_are_comparisons_and_not_for_here():
    findings = found(group="tenure", by="area", reference="owned")
    rows = [row for row in findings.rows() if row["row_type"] != "variation"]
    here = [repeat_sentence(row, findings.by) is not None for row in rows]
    assert here == [row["reference"] is None for row in rows] and not all(here)


@pytest.mark.parametrize("options", [{}, {"group": "tenure", "by": "area"}, {"index": "every"}, {"inference": "none"}])
def test_every_number_is_one_of_the_findings(options):
    findings = found(**options)
    for text in said(findings):
        assert unsupported_numbers(text, findings) == [], text

"""Verdicts: each one reached, and the smallest multiple of the present numbers that changes one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family
from dueregard.inference.two_groups.multiplicity import adjust_pvalues
from dueregard.measures.verdicts import MULTIPLES, Rule, multiple_words

RULE, HOLM, ALONE = Rule(0.95, 5.0), Family("holm"), Family("none")


def contrast(*tables, measure="difference", method="score"):
    x1, n1, x2, n2 = np.array(tables, float).T
    return Contrast(x1, n1, x2, n2, np.zeros(len(tables)), measure, method)


@pytest.mark.parametrize(
    "table, text",
    [
        ((300, 400, 360, 400), "lower"),
        ((360, 400, 300, 400), "higher"),
        ((7300, 10000, 7500, 10000), "lower by less than 5 points"),
        ((7500, 10000, 7300, 10000), "higher by less than 5 points"),
        ((7500, 10000, 7500, 10000), "no difference that matters"),
    ],
)
def test_each_verdict(table, text):
    assert RULE.texts(contrast(table), HOLM) == [text]


def test_too_few_says_how_many_more_are_needed():
    (text,) = RULE.texts(contrast((30, 40, 32, 40)), HOLM)
    assert text.startswith("too few to tell: ") and text.endswith(" times the present numbers needed")


def test_no_cases_have_no_verdict():
    assert RULE.texts(contrast((0, 0, 5, 10)), HOLM) == [None]


def test_the_threshold_is_in_the_words():
    assert Rule(0.95, 2.5).texts(contrast((7350, 10000, 7500, 10000)), ALONE) == ["lower"]
    assert Rule(0.95, 7.5).texts(contrast((7300, 10000, 7500, 10000)), ALONE) == ["lower by less than 7.5 points"]


def plain_verdict(tables, rule, adjust="holm"):
    """The rule as the design words it, one row at a time."""
    found = contrast(*tables).compare(rule.confidence_level)
    low, high = found.low, found.high
    p = adjust_pvalues(found.pvalue) if adjust == "holm" else found.pvalue
    texts = []
    for i in range(len(tables)):
        inside = -rule.threshold < 100 * low[i] and 100 * high[i] < rule.threshold
        if p[i] < 1 - rule.confidence_level:
            direction = "higher" if found.estimate[i] > 0 else "lower"
            texts.append(direction + (f" by less than {rule.threshold:g} points" if inside else ""))
        else:
            texts.append("no difference that matters" if inside else "too few to tell")
    return texts


TABLES = st.lists(
    st.tuples(st.integers(5, 400), st.floats(0, 1), st.integers(5, 400), st.floats(0, 1)).map(
        lambda t: (round(t[0] * t[1]), t[0], round(t[2] * t[3]), t[2])
    ),
    min_size=1,
    max_size=4,
)


@given(TABLES, st.sampled_from(["holm", "none"]))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_verdicts_are_those_of_the_plain_rule(tables, adjust):
    found = RULE.texts(contrast(*tables), Family(adjust))
    assert [text.split(":")[0] for text in found] == plain_verdict(tables, RULE, adjust)


@given(TABLES)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_the_multiple_is_the_first_that_changes_the_verdict(tables):
    found = contrast(*tables)
    needed = RULE.multiples_needed(found, HOLM, RULE.judge(found, HOLM))
    for i, text in enumerate(plain_verdict(tables, RULE)):
        if text != "too few to tell":
            assert np.isnan(needed[i])
            continue
        tried = MULTIPLES[needed[i] >= MULTIPLES]
        for multiple in tried[[0, len(tried) // 2, -2, -1]] if len(tried) > 1 else tried:
            grown = [(x * multiple, n * multiple, y * multiple, m * multiple) for x, n, y, m in tables]
            same = plain_verdict(grown, RULE)[i] == "too few to tell"
            assert same == (multiple < needed[i])


def test_beyond_a_thousand_times_it_is_said():
    assert multiple_words(np.inf) == "more than 1,000 times"
    (far,) = Rule(0.95, 0.01).texts(contrast((5, 10, 5, 10)), ALONE)
    assert far == "too few to tell: more than 1,000 times the present numbers needed"


def test_multiples_are_written_as_they_are_tried():
    assert (multiple_words(1.1), multiple_words(9.9), multiple_words(10.0), multiple_words(1000.0)) == (
        "1.1 times",
        "9.9 times",
        "10 times",
        "1,000 times",
    )


@pytest.mark.parametrize(
    "table, text",
    [
        ((60, 400, 100, 400), "lower"),
        ((100, 400, 60, 400), "higher"),
        ((7300, 10000, 7500, 10000), "lower by less than a factor of 1.25"),
        ((7500, 10000, 7500, 10000), "no difference that matters"),
    ],
)
@pytest.mark.parametrize("measure", ["ratio", "odds-ratio"])
def test_ratios_are_held_against_a_factor(measure, table, text):
    assert Rule(0.95, 1.25, measure).texts(contrast(table, measure=measure), HOLM) == [text]


def test_a_ratio_to_nobody_has_a_verdict():
    """20 of 40 against 0 of 40: the ratio is infinite, and higher."""
    assert Rule(0.95, 1.25, "ratio").texts(contrast((20, 40, 0, 40), measure="ratio"), HOLM) == ["higher"]


def test_methods_of_whole_counts_take_their_multiples_from_the_score():
    tables = ((9, 17, 12, 17),)
    exact = contrast(*tables, measure="odds-ratio", method="central")
    (text,) = Rule(0.95, 1.25, "odds-ratio").texts(exact, ALONE)
    rule, score = Rule(0.95, 1.25, "odds-ratio"), contrast(*tables, measure="odds-ratio")
    assert rule.texts(score, ALONE) == [text]

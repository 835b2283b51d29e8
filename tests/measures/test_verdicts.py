"""Verdicts: each one reached, and the smallest multiple of the present numbers that changes one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.surveys.intervals.edge_intervals import survey_shares
from dueregard.inference.two_groups.comparisons import METHODS
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family, against_all
from dueregard.inference.two_groups.multiplicity import adjust_pvalues
from dueregard.measures.verdicts import CANNOT_TELL, MULTIPLES, WHOLE_COUNTS_ONLY, Rule, multiple_words

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


def by_trying_all(rule, found, family):
    """The slow way: every multiple in turn, the whole family with it."""
    waiting = rule.judge(found, family) == CANNOT_TELL
    settled = rule.judge(found.times(MULTIPLES[:, np.newaxis]), family) != CANNOT_TELL
    assert (np.diff(settled[:, waiting].astype(int), axis=0) >= 0).all(), "what is settled at one is so at all above"
    first = np.where(settled.any(axis=0), MULTIPLES[np.argmax(settled, axis=0)], np.inf)
    return np.where(waiting, first, np.nan)


ADJUSTED = st.sampled_from(
    ["holm", "none", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "maximum"]
)
KINDS = [(measure, method) for measure, names in METHODS.items() for method in names if method not in WHOLE_COUNTS_ONLY]


def family_of(adjust, tables):
    sizes = np.array([[table[1] for table in tables]], float)
    return Family(adjust, against_all(sizes, np.ones(sizes.shape, bool)) if adjust == "maximum" else ())


@pytest.mark.parametrize(("measure", "method"), KINDS)
@given(tables=TABLES, adjust=ADJUSTED, level=st.sampled_from([0.8, 0.95]), matters=st.sampled_from([1.05, 1.25, 2.0]))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_halving_finds_what_trying_all_finds(measure, method, tables, adjust, level, matters):
    rule = Rule(level, matters * (3 if measure == "difference" else 1), measure)
    found, family = contrast(*tables, measure=measure, method=method), family_of(adjust, tables)
    needed = rule.multiples_needed(found, family, rule.judge(found, family))
    np.testing.assert_array_equal(needed, by_trying_all(rule, found, family))


@pytest.mark.parametrize("method", ["mover", "wald", "score"])
@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
@given(seed=st.integers(0, 10**6), adjust=ADJUSTED.filter(lambda name: name != "maximum"))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_halving_finds_the_same_in_a_survey(measure, method, seed, adjust):
    found = of_a_survey(np.random.default_rng(seed), measure, method)
    rule, family = Rule(0.95, 5.0 if measure == "difference" else 1.25, measure), Family(adjust)
    needed = rule.multiples_needed(found, family, rule.judge(found, family))
    np.testing.assert_array_equal(needed, by_trying_all(rule, found, family))


def of_a_survey(rng, measure, method, n=6):
    """Groups of few and many people, at the edge too, in clusters that tell and that do not."""

    def side():
        share, nobs = rng.choice([0.0, 0.02, 0.3, 0.55, 1.0], n), rng.integers(1, 300, n).astype(float)
        kish, clusters = nobs * rng.uniform(0.5, 1, n), np.ceil(nobs / rng.integers(1, 6, n))
        variance = share * (1 - share) / kish * rng.uniform(0.3, 4, n)
        return survey_shares(share, variance, nobs, kish, clusters, np.maximum(clusters - rng.integers(1, 4, n), 0.0))

    first, second = side(), side()
    covariance = rng.uniform(-0.3, 0.6, n) * np.sqrt(first.variance * second.variance)
    degrees = first.degrees_of_freedom + second.degrees_of_freedom
    return DesignContrast(first, second, covariance, degrees, np.zeros(n), measure, method)


def test_it_costs_less_than_trying_all():
    """By comparisons that are made: halving asks for each row once a step, whatever the answer is."""
    tables = [(30 + i, 100, 35, 100) for i in range(40)]
    found, made = contrast(*tables), []

    class Counted:
        method = "score"

        def compare(self, level):
            made.append(len(tables))
            return found.compare(level)

        def times(self, multiple):
            made.append(np.broadcast(multiple, found.nobs1).size)
            return found.times(multiple)

    RULE.multiples_needed(Counted(), HOLM, RULE.judge(found, HOLM))
    assert sum(made) <= 18 * len(tables) and len(tables) * len(MULTIPLES) > 6 * sum(made)


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

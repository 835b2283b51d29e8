"""The score methods of comparing two proportions: right, one story, and never at a loss."""

import json
from itertools import product
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import binom

from dueregard import _core
from dueregard.reference.score_comparisons import restricted
from dueregard.reference.two_proportions import Table

GOLDEN = json.loads((Path(__file__).parent / "r_score_limits.json").read_text())
MEASURES = ("difference", "ratio", "odds-ratio")
METHODS = ("score", "score-uncorrected", "skewness-corrected")
CASES = list(product(MEASURES, METHODS))
NULLS = {"difference": (0.0, 0.1, -0.35), "ratio": (1.0, 0.8, 2.5), "odds-ratio": (1.0, 0.5, 3.0)}
LEVELS = (0.8, 0.95, 0.998)
RANGE = {"difference": (-1.0, 1.0), "ratio": (0.0, np.inf), "odds-ratio": (0.0, np.inf)}
HUGE = 2.0**53


def compare(tables, measure, method, null=None, level=0.95, alternative="two-sided"):
    """Rows estimate, low, high, statistic and p, by way of the core: any number of tables, fractions too."""
    null = NULLS[measure][0] if null is None else null
    nulls = np.ascontiguousarray(np.broadcast_to(np.asarray(null, float), tables[0].shape))
    return _core.compare_proportions(*tables, nulls, measure, method, level, alternative)


def every_table(most, first=None):
    """All tables with both groups up to ``most``, or those whose first group has one size and the second no less."""
    sizes = range(most + 1) if first is None else [first]
    one = np.array([(x, n) for n in sizes for x in range(n + 1)], float)
    two = np.array([(x, n) for n in range(first or 0, most + 1) for x in range(n + 1)], float)
    i, j = (index.ravel() for index in np.indices((len(one), len(two))))
    return [np.ascontiguousarray(column) for column in (one[i, 0], one[i, 1], two[j, 0], two[j, 1])]


def random_tables(seed, n, fractions=False):
    rng = np.random.default_rng(seed)
    n1, n2 = np.floor(np.exp(rng.uniform(0, 6, (2, n))))
    x1, x2 = rng.binomial(n1.astype(int), rng.random(n)), rng.binomial(n2.astype(int), rng.random(n))
    times = rng.uniform(0.3, 3, n) if fractions else np.ones(n)
    return [x1 * times, n1 * times, x2 * times, n2 * times]


def exchanged(tables):
    return [*tables[2:], *tables[:2]]


def turned(tables):
    """Cases become the others."""
    x1, n1, x2, n2 = tables
    return [n1 - x1, n1, n2 - x2, n2]


@pytest.mark.parametrize("source", ["bisection", "contingencytables", "ratesci"])
def test_limits_that_others_found(source):
    for name, rows in GOLDEN[source].items():
        measure, method = name.split()
        *tables, low, high = np.array([[float(value) for value in row] for row in rows]).T
        found = compare([np.ascontiguousarray(column) for column in tables], measure, method)
        tolerance = 1e-9 if source == "bisection" else 1e-6
        np.testing.assert_allclose(found[1], low, rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(found[2], high, rtol=tolerance, atol=tolerance)


def check_there_is_an_answer(tables, found, measure):
    empty = (tables[1] == 0) | (tables[3] == 0)
    assert (np.isnan(found[1:]).any(axis=0) == empty).all()
    estimate, low, high, _, p = found[:, ~empty]
    low_end, high_end = RANGE[measure]
    assert ((low_end <= low) & (low < high) & (high <= high_end) & (p >= 0) & (p <= 1)).all()
    unknown = np.isnan(estimate)
    assert ((low == 0) & (high == np.inf) & (p == 1))[unknown].all()
    assert ((low <= estimate) & (estimate <= high))[~unknown].all()
    assert measure != "difference" or not unknown.any()


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_every_table_to_30_has_an_answer_and_one_story(measure, method):
    """The p of a null value is the same at every level, so each level is asked about one and held against all."""
    tables = every_table(30)
    found = [compare(tables, measure, method, null, level) for null, level in zip(NULLS[measure], LEVELS, strict=True)]
    for answer in found:
        check_there_is_an_answer(tables, answer, measure)
    for (_, low, high, _, _), level in zip(found, LEVELS, strict=True):
        for (_, _, _, _, p), null in zip(found, NULLS[measure], strict=True):
            outside, rejected = (null < low) | (null > high), p < 1 - level
            assert not (outside & ~rejected).any()
            assert method == "skewness-corrected" or not (rejected & ~outside).any()


def test_every_table_to_60_by_the_default_method():
    """Half of them: the others are these with the groups exchanged, which negates every limit exactly."""
    for first in range(61):
        tables = every_table(60, first)
        check_there_is_an_answer(tables, compare(tables, "difference", "score"), "difference")


@pytest.mark.thorough
@pytest.mark.parametrize(("measure", "method"), CASES[1:])
def test_every_table_to_60_by_every_other_method(measure, method):
    for first in range(61):
        tables = every_table(60, first)
        check_there_is_an_answer(tables, compare(tables, measure, method), measure)


@pytest.mark.parametrize(("measure", "method"), CASES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_limit_put_back_gives_the_critical_value(measure, method, level):
    z = NormalDist().inv_cdf(0.5 + level / 2)
    end = RANGE[measure]
    for tables in (every_table(9), random_tables(1, 3000), random_tables(2, 1000, fractions=True)):
        tables = [column[(tables[1] > 0) & (tables[3] > 0)] for column in tables]
        _, low, high, _, _ = compare(tables, measure, method, level=level)
        for limit, critical in ((low, z), (high, -z)):
            inside = (limit > end[0]) & (limit < end[1])
            if measure == "difference":
                inside &= np.abs(limit) < 1 - 2e-6
            here = [column[inside] for column in tables]
            error = np.abs(compare(here, measure, method, limit[inside])[3] - critical)
            below = compare(here, measure, method, np.nextafter(limit[inside], -2))[3]
            above = compare(here, measure, method, np.nextafter(limit[inside], np.inf))[3]
            assert (inside.sum() > 0) and ((error < 1e-8) | ((below >= critical) & (critical >= above))).all()


@pytest.mark.parametrize(("measure", "method"), CASES)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_exchanging_groups_and_turning_the_question_around(measure, method, alternative):
    tables, null = random_tables(3, 2000), NULLS[measure][1]
    back = {"less": "greater", "greater": "less"}.get(alternative, alternative)
    _, low, high, statistic, p = compare(tables, measure, method, null, alternative=alternative)
    mirrored = -null if measure == "difference" else 1 / null
    others = [("groups", exchanged(tables))] + ([("cases", turned(tables))] if measure != "ratio" else [])
    for what, changed in others:
        other = compare(changed, measure, method, mirrored, alternative=back)
        ends = (-other[2], -other[1]) if measure == "difference" else (invert(other[2]), invert(other[1]))
        tolerance = 1e-15 if what == "groups" and measure == "difference" else 1e-12
        np.testing.assert_allclose(low, ends[0], rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(high, ends[1], rtol=tolerance, atol=tolerance)
        np.testing.assert_allclose(statistic, -other[3], rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(p, other[4], rtol=1e-7, atol=1e-12)


def invert(values):
    with np.errstate(divide="ignore"):
        return 1 / values


@pytest.mark.parametrize("measure", MEASURES)
def test_at_equality_it_is_the_pooled_z(measure):
    tables = random_tables(4, 2000)
    x1, n1, x2, n2 = tables
    pooled, n = (x1 + x2) / (n1 + n2), n1 + n2
    some = (pooled > 0) & (pooled < 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (x1 / n1 - x2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    z[~some] = 0
    plain = compare(tables, measure, "score-uncorrected")[3]
    np.testing.assert_allclose(plain, z, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(compare(tables, measure, "score")[3], z * np.sqrt((n - 1) / n), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_a_higher_level_is_a_wider_interval(measure, method):
    tables = random_tables(5, 2000)
    before = compare(tables, measure, method, level=0.5)
    for level in (0.7, 0.9, 0.95, 0.99, 0.998, 0.99999):
        wider = compare(tables, measure, method, level=level)
        assert ((wider[1] <= before[1]) & (wider[2] >= before[2])).all()
        before = wider


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_one_side_at_a_level_is_two_sides_at_twice_the_tail(measure, method):
    tables = random_tables(6, 1000)
    both = compare(tables, measure, method, level=0.9)
    less = compare(tables, measure, method, level=0.95, alternative="less")
    greater = compare(tables, measure, method, level=0.95, alternative="greater")
    np.testing.assert_allclose([greater[1], less[2]], both[1:3], rtol=1e-12, atol=1e-14)
    assert (less[1] == RANGE[measure][0]).all() and (greater[2] == RANGE[measure][1]).all()
    np.testing.assert_allclose(less[4] + greater[4], 1, atol=1e-14)
    np.testing.assert_allclose(np.minimum(2 * np.minimum(less[4], greater[4]), 1), both[4], atol=1e-14)


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_answers_move_smoothly_with_fractional_sizes(measure, method):
    x1, n1, x2, n2 = tables = random_tables(7, 2000, fractions=True)
    inner = (x1 > 0) & (x1 < n1) & (x2 > 0) & (x2 < n2)
    tables = [column[inner] for column in tables]
    nearby = [column * (1 + 1e-11) for column in tables]
    here, there = (compare(t, measure, method, NULLS[measure][1]) for t in (tables, nearby))
    np.testing.assert_allclose(there, here, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_fractions_of_one_observation_say_nothing(measure, method):
    table = [np.array([value]) for value in (0.2, 0.4, 0.5, 0.6)]
    _, low, high, _, p = compare(table, measure, method)[:, 0]
    if method == "score-uncorrected":
        assert RANGE[measure][0] < low < high < RANGE[measure][1]
    else:
        assert (low, high, p) == (*RANGE[measure], 1)


@pytest.mark.parametrize(("measure", "method"), CASES)
def test_the_largest_counts(measure, method):
    few = [0.0, 1.0, 30.0, HUGE / 3, HUGE - 7, HUGE]
    tables = [np.array(column) for column in zip(*product(few, [HUGE], few, [HUGE]), strict=True)]
    for null in NULLS[measure]:
        check_there_is_an_answer(tables, compare(tables, measure, method, null), measure)


@pytest.mark.parametrize("measure", MEASURES)
def test_rare_events_among_very_many_are_poisson(measure):
    """What 3 and 9 in n say does not depend on n once it is large."""
    limits = []
    for n in (1e9, HUGE):
        table = [np.array([value]) for value in (3.0, n, 9.0, n)]
        _, low, high, statistic, _ = compare(table, measure, "score")[:, 0]
        scale = n if measure == "difference" else 1.0
        limits.append([low * scale, high * scale, statistic])
    np.testing.assert_allclose(limits[0], limits[1], rtol=1e-7)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("counts", [(7, 11, 3, 8), (2, 9, 4, 6), (10, 12, 1, 5)])
def test_the_skewness_is_that_of_the_score_over_every_table(measure, counts):
    """Third moment of the score, freed of its correlation with the other parameter, by adding up all tables."""
    null = NULLS[measure][1]
    _, n1, _, n2 = counts
    p1, p2 = restricted(Table(*map(float, counts)), measure, null)
    v1, v2 = p1 * (1 - p1), p2 * (1 - p2)
    other = {"difference": 1.0, "ratio": null, "odds-ratio": v1 / v2}[measure]  # how p1 moves with p2
    along = {"difference": 1.0, "ratio": p2, "odds-ratio": v1 / null}[measure]  # and with the measure
    a, b = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    chance = binom.pmf(a, n1, p1) * binom.pmf(b, n2, p2)
    score1, score2 = (a - n1 * p1) / v1, (b - n2 * p2) / v2
    measured, nuisance = along * score1, other * score1 + score2
    free = measured - nuisance * (chance * measured * nuisance).sum() / (chance * nuisance**2).sum()
    skewness = (chance * free**3).sum() / (chance * free**2).sum() ** 1.5 / ((n1 + n2) / (n1 + n2 - 1)) ** 1.5
    table = [np.array([float(value)]) for value in counts]
    plain = compare(table, measure, "score", null)[3, 0]
    z = compare(table, measure, "skewness-corrected", null)[3, 0]
    assert z + skewness / 6 * (z**2 - 1) == pytest.approx(plain, abs=1e-9)
    assert abs(skewness) > 1e-3

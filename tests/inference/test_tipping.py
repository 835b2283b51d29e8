"""How far from random: closed forms, the verdict on both sides of the point, and what no odds can change."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dueregard.inference.unknowns.allotments import DOWN, UP, Strata
from dueregard.inference.unknowns.tipping import tipping_point


def events(own, reference, other, unknown, exposures=(1000, 3000)):
    cells = (np.array([[each]], float) for each in (own, reference, other, unknown))
    first, second = (np.array([float(each)]) for each in exposures)
    return Strata(*cells, np.array([True]), "ratio", exposure1=first, exposure2=second)


def above(limit):
    """Whether the estimate is above a limit: 1 or 0."""
    return lambda contrast: (contrast.compare(0.95).estimate > limit).astype(np.int64)


def odds_by_formula(own, reference, other, unknown, ratio, limit):
    """Odds for the reference at which ratio becomes limit, solved by hand from the allotted numbers."""
    part, rest = limit / ratio, own + other
    below = part * (reference + unknown) - reference
    return (rest * (1 - part) + unknown) / below if below > 0 else np.inf


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 80), st.floats(0.5, 1.5))
def test_the_point_is_where_the_formula_says(own, reference, other, unknown, limit):
    ratio = (own / 1000) / (reference / 3000)
    assume(ratio > limit * 1.001)
    found = tipping_point(events(own, reference, other, unknown), above(limit))
    by_hand = odds_by_formula(own, reference, other, unknown, ratio, limit)
    if by_hand > 1e10:
        assert found.direction[0] in (0, DOWN)
        return
    assert found.direction[0] == DOWN and found.odds[0] == pytest.approx(by_hand, rel=1e-6)


def test_a_known_case():
    # 30 and 30 events of 1,000 and 3,000 people: the ratio is 3. With 100 unknown it is 1 when the reference has
    # (30 + u) / 3000 = (30 + v) / 1000, u = 60 + 3 v, u + v = 100: v = 10, u = 90, odds (90 / 30) / (10 / 30) = 9
    found = tipping_point(events(30, 30, 0, 100), above(1))
    assert (found.direction[0], found.odds[0]) == (DOWN, pytest.approx(9))


def test_the_other_direction_is_found():
    # the ratio is 1/3, and rises above 1 once the group has more than three times as many as the reference
    found = tipping_point(events(30, 30, 0, 100, (3000, 1000)), above(1))
    assert (found.direction[0], found.odds[0]) == (UP, pytest.approx(9))


def test_what_no_allotment_changes_has_no_odds():
    found = tipping_point(events(300, 900, 200, 280, (5000, 60_000)), above(1))
    assert found.direction[0] == 0 and np.isinf(found.odds[0])


def test_a_verdict_changes_at_the_point_and_not_before():
    strata = events(60, 100, 40, 80)

    def clear(contrast):
        return (contrast.compare(0.95).pvalue < 0.05).astype(np.int64)

    found = tipping_point(strata, clear)
    just = np.log(found.odds)
    before, after = (clear(strata.tilted(just * part, int(found.direction[0])))[0] for part in (0.999, 1.001))
    assert before == clear(strata.at_random())[0] != after


def test_a_group_without_a_stated_case_is_out_of_reach_of_odds():
    found = tipping_point(events(0, 30, 5, 100), lambda c: (c.compare(0.95).estimate > 0).astype(np.int64))
    assert found.direction[0] == 0

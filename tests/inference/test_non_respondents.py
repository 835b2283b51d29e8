"""Those who did not answer: how different they would have to be for a gap to vanish."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dueregard.inference.unknowns.non_respondents import departure_needed

SHARE = st.integers(0, 20).map(lambda k: k / 20)


def needed(*numbers):
    return [float(each[0]) for each in departure_needed(*(np.array([number]) for number in numbers))]


def gap_of_all(d, share1, silent1, share2, silent2, *, alone=False):
    """The gap of everybody when those who did not answer differ by d, towards each other's group."""
    sign = 1 if share1 < share2 else -1
    first = share1 + silent1 * (np.clip(share1 + sign * d, 0, 1) - share1)
    second = share2 + (0 if alone else silent2 * (np.clip(share2 - sign * d, 0, 1) - share2))
    return first - second


@given(SHARE, SHARE, SHARE, SHARE)
def test_the_gap_of_everybody_is_zero_there_and_nowhere_before(share1, silent1, share2, silent2):
    assume(share1 != share2)
    cases = (share1, silent1, share2, silent2)
    for d, alone in zip(needed(*cases), (False, True), strict=True):
        gaps = [gap_of_all(x, *cases, alone=alone) for x in (np.linspace(0, 1, 101) if np.isnan(d) else [d])]
        if np.isnan(d):
            assert all(gap * (share1 - share2) > -1e-12 for gap in gaps) and abs(gaps[-1]) > -1e-12
            assert abs(gap_of_all(1.0, *cases, alone=alone)) > 1e-12
        else:
            assert gaps[0] == pytest.approx(0, abs=1e-12)
            assert d == 0 or gap_of_all(0.99 * d, *cases, alone=alone) * (share1 - share2) > 0


@given(SHARE, SHARE, SHARE, SHARE)
def test_two_groups_need_less_than_one_and_their_order_does_not_matter(share1, silent1, share2, silent2):
    both, alone = needed(share1, silent1, share2, silent2)
    assert np.isnan(alone) or both <= alone + 1e-12
    turned, _ = needed(share2, silent2, share1, silent1)
    assert both == pytest.approx(turned, nan_ok=True)


def test_no_gap_needs_nothing_and_no_silence_has_no_room():
    assert needed(0.5, 0.3, 0.5, 0.2) == [0, 0]
    assert all(map(np.isnan, needed(0.4, 0.0, 0.6, 0.0)))
    assert all(map(np.isnan, needed(np.nan, 0.3, 0.6, 0.2)))


def test_beyond_the_bend_of_the_nearer_side():
    both, alone = needed(0.9, 0.5, 0.2, 0.9)  # the reference can rise by 0.8, the group fall by 0.9
    assert both == pytest.approx(0.5) and gap_of_all(both, 0.9, 0.5, 0.2, 0.9) == pytest.approx(0)
    assert np.isnan(alone)
    both, _ = needed(0.95, 0.1, 0.3, 0.88)
    assert both == pytest.approx(0.65 / 0.98)

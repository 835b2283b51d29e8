"""Unknown cases allotted to groups: at random, at one end, and on the way between."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.unknowns.allotments import DOWN, UP, Strata

COUNTS = st.integers(1, 60)


def strata(own, reference, other, unknown, positive, measure="ratio", exposures=None):
    """One comparison, each argument a list over strata."""
    cells = (np.array(each, float).reshape(len(positive), 1) for each in (own, reference, other, unknown))
    first, second = exposures or (None, None)
    return Strata(
        *cells,
        np.array(positive),
        measure,
        exposure1=None if first is None else np.array([first], float),
        exposure2=None if second is None else np.array([second], float),
    )


def events(own=300, reference=900, other=200, unknown=280, measure="ratio"):
    return strata([own], [reference], [other], [unknown], [True], measure, (5000, 60_000))


def people(measure, unknown=(6, 4)):
    return strata([37, 13], [81, 19], [5, 6], unknown, [True, False], measure)


def answer(contrast):
    return [float(each[0]) for each in contrast.compare(0.95)]


def at(log_odds):
    return np.array([float(log_odds)])


def test_events_allotted_in_proportion_tell_what_the_stated_ones_do():
    found = events()
    assert answer(found.at_random()) == pytest.approx(answer(found.stated_only()))


@given(COUNTS, COUNTS, st.integers(0, 60), st.integers(0, 60))
def test_the_law_holds_for_all_numbers_of_events(own, reference, other, unknown):
    found = events(own, reference, other, unknown)
    assert answer(found.at_random()) == pytest.approx(answer(found.stated_only()), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("direction", [UP, DOWN])
@pytest.mark.parametrize("made", [events, *(lambda m=m: people(m) for m in ("difference", "ratio", "odds-ratio"))])
def test_the_path_leads_from_random_to_the_end(made, direction):
    found = made()
    assert answer(found.tilted(at(0), direction)) == pytest.approx(answer(found.at_random()))
    assert answer(found.tilted(at(30), direction)) == pytest.approx(answer(found.extreme(direction)))


@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("made", [events, *(lambda m=m: people(m) for m in ("difference", "ratio", "odds-ratio"))])
def test_estimate_and_limits_move_one_way_along_the_path(made, column):
    found = made()
    up = [answer(found.tilted(at(odds), UP))[column] for odds in np.arange(0, 8, 0.25)]
    down = [answer(found.tilted(at(odds), DOWN))[column] for odds in np.arange(0, 8, 0.25)]
    assert all(a < b for a, b in pairwise(up)) and all(a > b for a, b in pairwise(down))


def test_the_numbers_on_the_way():
    # odds of 2 for the reference: weights 300, 1800, 200 of 2300, of 280 unknown events
    found = events().tilted(at(np.log(2)), DOWN)
    ratio = ((300 + 280 * 300 / 2300) / 5000) / ((900 + 280 * 1800 / 2300) / 60_000)
    assert answer(found)[0] == pytest.approx(ratio)


def test_a_second_recording_allots_within_its_levels():
    found = strata([280, 20], [40, 860], [10, 190], [140, 140], [True, True], exposures=(5000, 60_000))
    own = 300 + 140 * 280 / 330 + 140 * 20 / 1070
    reference = 900 + 140 * 40 / 330 + 140 * 860 / 1070
    assert answer(found.at_random())[0] == pytest.approx((own / 5000) / (reference / 60_000))
    alone = strata([300], [900], [200], [280], [True], exposures=(5000, 60_000))
    assert answer(found.merged().at_random()) == pytest.approx(answer(alone.at_random()))


def test_unknown_cases_of_a_level_in_which_nobody_is_known_follow_all_others():
    found = strata([280, 20, 0], [40, 860, 0], [10, 190, 0], [140, 110, 30], [True] * 3, exposures=(5000, 60_000))
    moved = found.spread()
    assert moved.unknown[:, 0] == pytest.approx([140 + 30 * 330 / 1400, 110 + 30 * 1070 / 1400, 0])
    assert np.isnan(answer(found.at_random())[0]) and not np.isnan(answer(moved.at_random())[0])


def test_where_nobody_is_known_at_all_there_is_nothing_in_proportion():
    found = strata([0, 13], [0, 19], [0, 6], [6, 4], [True, False], "difference")
    assert np.isnan(answer(found.at_random())).all()
    assert np.isnan(answer(found.spread().at_random())).all()
    assert answer(found.stated_only())[0] == 0


def test_every_case_is_allotted_once_at_the_ends():
    for direction in (UP, DOWN):
        end = people("difference").extreme(direction)
        assert float(end.nobs1[0] + end.nobs2[0]) == 50 + 100 + 10
        assert float(end.count1[0] + end.count2[0]) == 37 + 81 + 6


def test_of_a_whole_the_ends_have_one_total():
    whole = Strata(*(np.array([[n]], float) for n in (300, 1100, 0, 280)), np.array([True]), "ratio",
                   exposure1=np.array([5000.0]), exposure2=np.array([72_000.0]), whole=True)  # fmt: skip
    everyone = 1680 / 77_000
    assert answer(whole.extreme(UP))[0] == pytest.approx(580 / 5000 / everyone)
    assert answer(whole.extreme(DOWN))[0] == pytest.approx(300 / 5000 / everyone)

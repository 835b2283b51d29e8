"""Response rates: exact where the numbers are known, bounded where they are not."""

from math import inf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr


def test_exact_counts_give_an_exact_rate():
    rate = dr.response_rate(110, 333)
    assert rate.is_exact and rate.rate == (100 * 110 / 333,) * 2
    assert rate.returned == (110, 110) and rate.sent == (333, 333)


def test_what_over_110_and_over_33_percent_say():
    assert dr.response_rate(110, rate_at_least=33).sent == (110, 333)
    over = dr.response_rate(returned_at_least=110, rate_at_least=33)
    assert over.returned == (110, inf) and over.sent == (110, inf) and over.rate == (33.0, 100.0)
    assert over.most_sent(110) == 333 and over.most_sent(119) == 360
    assert not over.is_exact


def test_bounds_with_the_number_sent():
    assert dr.response_rate(sent=300, rate_at_least=33).returned == (99, 300)
    assert dr.response_rate(sent=300, returned_at_least=110).rate == (pytest.approx(110 / 3), 100.0)


def test_nothing_sent_has_no_rate():
    assert all(map(isnan, dr.response_rate(0, 0).rate))


@given(sent=st.integers(1, 5000), data=st.data())
def test_the_truth_is_within_the_bounds(sent, data):
    returned = data.draw(st.integers(0, sent))
    percent = 100 * returned // sent
    fewer = data.draw(st.integers(0, returned))
    for known in (
        {"returned": returned, "rate_at_least": percent},
        {"returned_at_least": fewer, "rate_at_least": percent},
        {"sent": sent, "rate_at_least": percent},
        {"sent": sent, "returned_at_least": fewer},
    ):
        rate = dr.response_rate(**known)
        assert rate.returned[0] <= returned <= rate.returned[1]
        assert rate.sent[0] <= sent <= rate.sent[1]
        assert rate.rate[0] - 1e-9 <= 100 * returned / sent <= rate.rate[1] + 1e-9
        assert sent <= rate.most_sent(returned)


@pytest.mark.parametrize(
    ("known", "error", "words"),
    [
        ({}, ValueError, "returned: needed, or returned_at_least, or rate_at_least"),
        ({"returned": 74, "sent": 73}, ValueError, "returned: 74 of 73 sent is more than all"),
        ({"returned": -1, "sent": 73}, ValueError, "returned: -1 is negative"),
        ({"returned": 1.5, "sent": 73}, TypeError, "returned: 1.5 is not a whole number"),
        ({"returned": True, "sent": 73}, TypeError, "returned: True is not a whole number"),
        ({"returned": 1, "rate_at_least": 101}, ValueError, "rate_at_least: 101 is outside 0 to 100"),
        ({"returned": 10, "sent": 100, "rate_at_least": 33}, ValueError, "returned: 10 is less than 33"),
        ({"returned": 10, "returned_at_least": 11}, ValueError, "returned: 10 is less than 11"),
        ({"returned_at_least": 80, "sent": 73}, ValueError, "returned: 80 of 73 sent is more than all"),
    ],
)
def test_what_cannot_be(known, error, words):
    with pytest.raises(error, match=words):
        dr.response_rate(**known)

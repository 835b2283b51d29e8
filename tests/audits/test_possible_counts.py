"""dr.consistent: every count that prints as a percentage and no other, whatever the rounding."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

WAYS = {"half-up": [ROUND_HALF_UP], "half-even": [ROUND_HALF_EVEN], "either": [ROUND_HALF_UP, ROUND_HALF_EVEN]}
sizes = st.integers(1, 400)
decimals_of = st.integers(0, 6)
roundings = st.sampled_from(sorted(WAYS))


def printings(count, of, decimals, rounding):
    """Every way a percentage may be printed, by whole numbers: the quotient, and what becomes of a half."""
    scaled = Fraction(100 * 10**decimals * count, of)
    down, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    if twice:
        return {Decimal(down + (twice > 0)).scaleb(-decimals)}
    half = Decimal(down) + Decimal("0.5")
    return {half.quantize(Decimal(1), way).scaleb(-decimals) for way in WAYS[rounding]}


@given(sizes, st.data(), decimals_of, roundings)
def test_what_is_printed_of_a_count_is_always_consistent(of, data, decimals, rounding):
    count = data.draw(st.integers(0, of))
    for printed in printings(count, of, decimals, rounding):
        found = dr.consistent(float(printed), of=of, decimals=decimals, rounding=rounding)
        assert found.possible and count in found.counts
        assert dr.consistent(float(printed), of=of, count=count, decimals=decimals, rounding=rounding).possible


@given(st.integers(0, 60), st.integers(0, 1000), st.integers(0, 1), roundings)
def test_no_other_count_is_possible(of, tenths, decimals, rounding):
    percent = Decimal(tenths // (1 if decimals else 10)).scaleb(-decimals)
    expected = [k for k in range(of + 1) if of and percent in printings(k, of, decimals, rounding)]
    found = dr.consistent(float(percent), of=of, decimals=decimals, rounding=rounding)
    assert list(found.counts) == expected
    assert found.possible == bool(expected)


@given(st.integers(1, 200), st.integers(0, 100))
def test_the_nearest_is_the_nearest(of, percent):
    found = dr.consistent(percent, of=of)
    best = min(range(of + 1), key=lambda k: (abs(Fraction(100 * k, of) - percent), k))
    assert found.nearest == best
    assert found.nearest_percent == pytest.approx(100 * best / of)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 300)), min_size=1, max_size=20), roundings)
def test_arrays_are_scalars_side_by_side(pairs, rounding):
    percents, bases = map(np.array, zip(*pairs, strict=True))
    found = dr.consistent(percents, of=bases, rounding=rounding)
    for i, (percent, of) in enumerate(pairs):
        one = dr.consistent(percent, of=of, rounding=rounding)
        assert found.possible[i] == one.possible
        for name in ("low", "high", "nearest"):
            value = getattr(one, name)
            assert getattr(found, name)[i] == value or (value is None and np.isnan(getattr(found, name)[i]))


def test_the_published_example():
    found = dr.consistent(67, of=32)
    assert (found.possible, found.counts, found.low, found.high) == (False, (), None, None)
    assert (found.nearest, found.nearest_percent) == (21, 65.625)
    assert dr.consistent(67, of=range(1, 101), count=22).bases == (33,)
    assert dr.consistent(69, of=32).counts == (22,)


def test_halves_belong_where_the_rounding_puts_them():
    # 1 of 8 is 12.5%, 3 of 8 is 37.5%
    assert dr.consistent(13, of=8, rounding="half-up").counts == (1,)
    assert dr.consistent(13, of=8, rounding="half-even").counts == ()
    assert dr.consistent(12, of=8, rounding="half-even").counts == (1,)
    assert dr.consistent(12, of=8, rounding="half-up").counts == ()
    assert [dr.consistent(p, of=8).possible for p in (12, 13, 37, 38)] == [True, True, False, True]
    # 1 of 200 is half a percent, and floating point has no 14.285
    assert dr.consistent(0, of=200, rounding="half-up").counts == (0,)
    assert dr.consistent(0, of=200).counts == (0, 1)
    assert dr.consistent(14.29, of=20_000, decimals=2, rounding="half-up").low == 2857
    assert dr.consistent(14.285, of=20_000, decimals=3).counts == (2857,)


def test_a_base_of_nobody_has_no_percentage():
    found = dr.consistent(0, of=0)
    assert (found.possible, found.counts, found.nearest) == (False, (), None)
    assert np.isnan(found.nearest_percent)


@pytest.mark.parametrize("percent", [-1, -0.5, 101, 250, 1e300])
def test_outside_0_to_100_nothing_is_possible(percent):
    found = dr.consistent(percent, of=40, decimals=1)
    assert not found.possible and found.nearest == (0 if percent < 0 else 40)


def test_the_largest_base_is_exact():
    of = 10**10
    assert dr.consistent(33.333333, of=of, decimals=6).low == 3333333250
    assert dr.consistent(100, of=of, decimals=6).high == of


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16])
def test_what_a_binary_number_adds_to_a_decimal_is_none(kind):
    one = dr.consistent(kind(14.2), of=1000, decimals=1)
    assert (one.counts, one.percent, repr(one)) == ((142,), 14.2, "Consistent: 14.2% of 1,000: 142")
    assert dr.consistent(np.array([14.2, 33.3], kind), of=[1000, 3], decimals=1).possible.all()
    assert dr.consistent(0.29 * 100, of=100).counts == (29,)
    with pytest.raises(ValueError, match="has more than 0 decimals"):
        dr.consistent(kind(14.2), of=1000)
    with pytest.raises(ValueError, match="has more than 1 decimals"):
        dr.consistent(np.float32(14.2001), of=1000, decimals=1)


def test_it_says_itself():
    assert repr(dr.consistent(67, of=32)) == "Consistent: 67% of 32: no whole count; the nearest is 21, 65.63%"
    assert repr(dr.consistent(13, of=300)) == "Consistent: 13% of 300: 38 to 40"
    assert repr(dr.consistent(13, of=300, count=41)) == "Consistent: 13% of 300: not this count, but 38 to 40"
    assert repr(dr.consistent([13, 67], of=[300, 32])) == "Consistent: 1 of 2 possible"
    with pytest.raises(ValueError, match="counts: of one percentage and one base"):
        _ = dr.consistent([1, 2], of=3).counts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"percent": float("nan"), "of": 3}, "percent: nan is not a number"),
        ({"percent": "67", "of": "many"}, "of: 'many' is not a number"),
        ({"percent": 66.7, "of": 3}, "percent: 66.7 has more than 0 decimals"),
        ({"percent": 67, "of": -1}, "of: -1 is not a whole number from 0"),
        ({"percent": 67, "of": 2.5}, "of: 2.5 is not a whole number"),
        ({"percent": 67, "of": 10**11}, "of: 100000000000 is not a whole number from 0 to 10,000,000,000"),
        ({"percent": 67, "of": 3, "count": 0.5}, "count: 0.5 is not a whole number"),
        ({"percent": [1, 2], "of": [1, 2, 3]}, "do not broadcast"),
        ({"percent": 67, "of": 3, "decimals": 7}, "decimals must be a whole number from 0 to 6, not 7"),
        ({"percent": 67, "of": 3, "decimals": True}, "decimals must be"),
        (
            {"percent": 67, "of": 3, "rounding": "down"},
            "rounding must be one of half-up, half-even, either, not 'down'",
        ),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        dr.consistent(arguments.pop("percent"), **arguments)

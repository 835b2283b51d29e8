"""How many answers to check: by enumeration in whole numbers, and what cannot be asked."""

from fractions import Fraction
from math import comb

import pytest

import dueregard as dr

LEVEL = Fraction(19, 20)


def chance(count, sampled, number, total):
    return Fraction(comb(number, count) * comb(total - number, sampled - count), comb(total, sampled))


def within(sampled, total, wrong, margin):
    return sum(
        chance(x, sampled, wrong, total)
        for x in range(sampled + 1)
        if x <= wrong and abs(Fraction(x, sampled) - Fraction(wrong, total)) <= margin
    )


@pytest.mark.parametrize("total", [1, 2, 7, 18, 60])
@pytest.mark.parametrize("margin", [Fraction(1, 20), Fraction(1, 10), Fraction(1, 5)])
@pytest.mark.parametrize("share", [Fraction(0), Fraction(1, 10), Fraction(1, 2)])
def test_the_size_for_a_margin_is_the_first_from_which_all_are_good_enough(total, margin, share):
    wrong = int(share * total + Fraction(1, 2))
    enough = [within(size, total, wrong, margin) for size in range(1, total + 1)]
    short = [size for size, one in enumerate(enough, 1) if one < LEVEL]
    found = dr.dip_sample_size(total, margin=float(margin), share=float(share))
    assert found.sampled == (max(short) + 1 if short else 1)
    assert found.guarantee == pytest.approx(float(enough[found.sampled - 1]), abs=1e-12)


@pytest.mark.parametrize("total", [2, 7, 18, 60])
@pytest.mark.parametrize("tolerable", [Fraction(0), Fraction(1, 20), Fraction(1, 3)])
@pytest.mark.parametrize("expected", [0, 1, 2])
def test_the_size_for_discovery_is_the_first_that_would_find_more_than_expected(total, tolerable, expected):
    wrong = int(tolerable * total) + 1
    if expected >= wrong:
        with pytest.raises(
            ValueError, match=f"^expected: {expected} wrong is more than is tolerable of {total}, which"
        ):
            dr.dip_sample_size(total, tolerable=float(tolerable), expected=expected)
        return
    missed = [
        sum(chance(x, size, wrong, total) for x in range(min(expected, size, wrong) + 1))
        for size in range(1, total + 1)
    ]
    first = next(size for size, one in enumerate(missed, 1) if one <= 1 - LEVEL)
    found = dr.dip_sample_size(total, tolerable=float(tolerable), expected=expected)
    assert found.sampled == first
    assert found.guarantee == pytest.approx(float(1 - missed[first - 1]), abs=1e-12)


def test_known_sizes():
    # near Cochran's n0 = 1.96**2 / 4 / 0.05**2 = 384 for a large whole; 59 and 93 are those of attribute sampling
    assert dr.dip_sample_size(10**6, margin=0.05).sampled == pytest.approx(384, abs=20)
    assert dr.dip_sample_size(10**6, tolerable=0.05).sampled == 59
    assert dr.dip_sample_size(10**6, tolerable=0.05, expected=1).sampled == 93


def test_a_small_whole_needs_fewer():
    sizes = [dr.dip_sample_size(total, tolerable=0.1).sampled for total in (18, 100, 1000, 10**5)]
    assert sizes == sorted(sizes)
    assert all(dr.dip_sample_size(total, margin=0.05).sampled <= total for total in range(1, 40))


def test_the_meaning_is_said():
    found = dr.dip_sample_size(576, tolerable=0.05, expected=1)
    assert found.meaning == "chance of finding more than 1 if 29 of 576 are wrong"
    assert dr.dip_sample_size(576, margin=0.05).meaning == (
        "chance that the share found is within 5 percentage points if 288 of 576 are wrong"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "margin, tolerable: give one of them"),
        ({"margin": 0.1, "tolerable": 0.1}, "margin, tolerable: give one of them"),
        ({"margin": 0}, "margin: 0 is not between 0 and 1"),
        ({"margin": 1.5}, "margin: 1.5 is not between 0 and 1"),
        ({"margin": 0.1, "share": 1.2}, "share: 1.2 is not from 0 to 1"),
        ({"tolerable": -0.1}, "tolerable: -0.1 is not from 0 to 1"),
        ({"tolerable": 1}, "tolerable: 1 tolerates everything; give a share below 1"),
        ({"tolerable": 0.1, "expected": -1}, "expected: -1 is negative"),
        ({"tolerable": 0.1, "expected": 2}, "expected: 2 wrong is more than is tolerable of 18, which is 1"),
        ({"tolerable": 0.1, "confidence_level": 1}, "confidence_level: 1 is not between 0 and 1"),
        ({"total": 0, "margin": 0.1}, "total: 0 is below 1"),
    ],
)
def test_what_cannot_be_asked(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        dr.dip_sample_size(**{"total": 18, **arguments})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"total": 18.0, "margin": 0.1}, "total: 18.0 is not a whole number"),
        ({"margin": "5%"}, "margin: '5%' is not a number"),
        ({"tolerable": 0.1, "expected": 1.5}, "expected: 1.5 is not a whole number"),
    ],
)
def test_what_is_no_number(arguments, message):
    with pytest.raises(TypeError, match=f"^{message}$"):
        dr.dip_sample_size(**{"total": 18, **arguments})

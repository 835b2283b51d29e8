"""Changes from one reading to another: the library's own comparisons, and what happens where there is none."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.plans.changes import change_between, verdict_of
from dueregard.plans.figures import Figure
from dueregard.plans.measures import UNITS, Measure
from dueregard.plans.readings import Reading
from dueregard.plans.spans import read_span

EARLY, LATE = read_span("2009/10"), read_span("2010/11")


def measure(unit="percent", **options):
    return Measure("m", "1", "M", unit, **({"higher_is_better": True} | options))


def change(kind, before, after, spans=(EARLY, LATE), level=0.95):
    first, second = (Reading("m", span, Figure(**figure)) for span, figure in zip(spans, (before, after), strict=True))
    return change_between(kind, first, second, level)


def test_shares_are_compared_as_two_proportions():
    found = change(measure(), {"count": 700, "nobs": 1000}, {"count": 760, "nobs": 1000})
    told = dr.compare_proportions(760, 1000, 700, 1000)
    assert found[:3] == pytest.approx([100 * each for each in told[:3]])
    assert found.pvalue == told.pvalue
    assert verdict_of(measure(), found, 0.95) == "improved"
    assert verdict_of(measure(higher_is_better=False), found, 0.95) == "worsened"
    assert verdict_of(measure(higher_is_better=None), found, 0.95) == "higher"
    assert verdict_of(measure(), found, 0.999) == "too few to tell"


def test_rates_and_counts_are_compared_as_poisson():
    found = change(measure("rate", per=1000), {"count": 40, "nobs": 5000}, {"count": 70, "nobs": 5100})
    told = dr.compare_rates(70, 5100, 40, 5000, measure="difference")
    assert found[:3] == pytest.approx([1000 * each for each in told[:3]])
    counts = change(measure("number"), {"count": 14}, {"count": 11})
    assert counts[:3] == pytest.approx(dr.compare_rates(11, 1, 14, 1, measure="difference")[:3])


GAP = {"count": 740, "nobs": 1000, "reference_count": 1620, "reference_nobs": 2000}
LATER = {"count": 780, "nobs": 1000, "reference_count": 1600, "reference_nobs": 2000}


def wilson(count, nobs):
    found = dr.proportion_interval(count, nobs)
    return count / nobs, found.low, found.high


def test_two_gaps_are_compared_by_recovering_variances():
    """Zou and Donner: the root of the sum of squared distances to the four Wilson limits, each on its side."""
    found = change(measure("percentage points"), GAP, LATER)
    parts = [(wilson(780, 1000), 1), (wilson(1600, 2000), -1), (wilson(740, 1000), -1), (wilson(1620, 2000), 1)]
    estimate = sum(sign * p for (p, _, _), sign in parts)
    below = math.sqrt(sum((p - low if sign > 0 else high - p) ** 2 for (p, low, high), sign in parts))
    above = math.sqrt(sum((high - p if sign > 0 else p - low) ** 2 for (p, low, high), sign in parts))
    assert found[:3] == pytest.approx([100 * estimate, 100 * (estimate - below), 100 * (estimate + above)])
    assert found.estimate == pytest.approx(-2 - (-7))


def test_two_ratios_are_compared_on_the_log_scale():
    for unit, less in (("ratio", True), ("rate ratio", False)):
        found = change(measure(unit), GAP, LATER)
        variance = sum(1 / each[f"{arm}count"] - less / each[f"{arm}nobs"] for each in (GAP, LATER)
                       for arm in ("", "reference_"))  # fmt: skip
        factor = (0.78 / 0.8) / (0.74 / 0.81)
        reach = 1.959963985 * math.sqrt(variance)
        assert found[:3] == pytest.approx([factor, factor * math.exp(-reach), factor * math.exp(reach)])
    none = change(measure("ratio"), GAP, LATER | {"count": 0})
    assert (none.estimate, math.isnan(none.low), none.flag) == (0, True, Flag.UNDEFINED)
    assert verdict_of(measure("ratio"), none, 0.95) == "cannot tell"


def test_values_with_standard_errors_are_compared_by_normal_errors():
    found = change(measure(), {"value": 70.0, "se": 3.0}, {"value": 80.0, "se": 4.0})
    assert (found.se, found.low) == pytest.approx((5.0, 10 - 5 * 1.959963985))
    assert found.pvalue == pytest.approx(0.0455002639)
    mixed = change(measure(), {"count": 700, "nobs": 1000}, {"value": 80.0, "se": 4.0})
    assert mixed.se == pytest.approx(math.hypot(4, 100 * math.sqrt(0.7 * 0.3 / 1000)), rel=1e-3)
    bare = change(measure(), {"value": 70.0}, {"value": 80.0, "se": 4.0})
    assert (bare.estimate, bare.note) == (10.0, "a value has no standard error")
    assert verdict_of(measure(), bare, 0.95) == "cannot tell"


def test_full_counts_change_exactly():
    full = measure(full_count=True)
    found = change(full, {"count": 70, "nobs": 73}, {"count": 71, "nobs": 73})
    assert (found.flag, math.isnan(found.low), math.isnan(found.pvalue)) == (Flag.FULL_COUNT, True, True)
    assert verdict_of(full, found, 0.95) == "improved"
    assert verdict_of(full, change(full, {"value": 3.0}, {"value": 3.0}), 0.95) == "unchanged"


def test_overlapping_periods_have_a_change_without_an_interval():
    spans = (read_span("2010-04 to 2011-03"), read_span("2010-07 to 2011-06"))
    found = change(measure(), {"count": 700, "nobs": 1000}, {"count": 900, "nobs": 1000}, spans)
    assert (found.estimate, math.isnan(found.low)) == (pytest.approx(20), True)
    assert found.note == "2010-07 to 2011-06 and 2010-04 to 2011-03 overlap"
    assert verdict_of(measure(), found, 0.95) == "cannot tell"


def test_a_quarters_count_is_not_compared_with_a_years():
    found = change(measure("number"), {"count": 40}, {"count": 11}, (EARLY, read_span("2010/11 Q1")))
    assert math.isnan(found.estimate)
    assert found.note == "a count in 91 days is not compared with one in 365"


RATE_IN_A_YEAR, SAME_PACE_IN_A_QUARTER = {"count": 400, "nobs": 100_000}, {"count": 100, "nobs": 100_000}
A_QUARTER_AFTER = (EARLY, read_span("2010/11 Q1"))


@pytest.mark.parametrize(
    "figures", [(RATE_IN_A_YEAR, SAME_PACE_IN_A_QUARTER), ({"value": 4.0, "se": 0.2}, {"value": 1.0, "se": 0.1})]
)
def test_a_quarters_rate_of_people_is_not_compared_with_a_years(figures):
    people = measure("rate", per=1000, higher_is_better=False)
    found = change(people, *figures, A_QUARTER_AFTER)
    assert (math.isnan(found.estimate), verdict_of(people, found, 0.95)) == (True, "cannot tell")
    assert found.note == "a rate of people in 91 days is not compared with one in 365"
    quarters = (read_span("2009/10 Q4"), read_span("2010/11 Q2"))  # 90 days and 92
    assert change(people, *figures, quarters).estimate == pytest.approx(-3)
    full = measure("rate", per=1000, full_count=True)
    assert verdict_of(full, change(full, {"value": 4.0}, {"value": 1.0}, A_QUARTER_AFTER), 0.95) == "cannot tell"


def test_a_rate_over_what_grows_with_the_period_is_compared_whatever_the_period():
    years = measure("rate", per=1000, base="exposure")
    found = change(years, RATE_IN_A_YEAR, {"count": 100, "nobs": 25_000}, A_QUARTER_AFTER)
    assert (found.estimate, verdict_of(years, found, 0.95)) == (0, "too few to tell")


def test_the_length_of_the_period_cancels_in_a_ratio_of_rates():
    ratio = measure("rate ratio")
    year = {"count": 400, "nobs": 1e5, "reference_count": 800, "reference_nobs": 4e5}
    quarter = {"count": 100, "nobs": 1e5, "reference_count": 200, "reference_nobs": 4e5}
    found = change(ratio, year, quarter, A_QUARTER_AFTER)
    variance = 1 / 400 + 1 / 800 + 1 / 100 + 1 / 200
    assert (found.estimate, found.high) == pytest.approx((1, math.exp(1.959963985 * math.sqrt(variance))))


def test_nothing_to_divide_by_is_no_change():
    found = change(measure(), {"count": 700, "nobs": 1000}, {"count": 0, "nobs": 0})
    assert math.isnan(found.estimate)
    assert found.flag == Flag.NO_CASES
    assert verdict_of(measure(), found, 0.95) == "cannot tell"
    assert change(measure(), {"count": 7, "nobs": 10}, {"count": 70, "nobs": 100}).flag == Flag.SMALL_BASE


counts = st.tuples(st.integers(0, 400), st.integers(1, 400)).map(sorted)


@given(st.lists(counts, min_size=4, max_size=4), st.sampled_from([unit for unit in UNITS if unit != "number"]))
def test_from_before_to_after_is_the_other_way_round_of_after_to_before(pairs, unit):
    kind = measure(unit)
    keys = [("count", "nobs")] + [("reference_count", "reference_nobs")] * kind.compares
    figures = [
        dict(
            pair for key, (count, nobs) in zip(keys, own, strict=False) for pair in zip(key, (count, nobs), strict=True)
        )
        for own in (pairs[:2], pairs[2:])
    ]
    one, other = change(kind, *figures), change(kind, *reversed(figures))
    assume(not math.isnan(one.low) and not math.isnan(other.low))
    if kind.logarithmic:
        expected = (1 / other.estimate, 1 / other.high, 1 / other.low)
    else:
        expected = (-other.estimate, -other.high, -other.low)
    assert one[:3] == pytest.approx(expected, rel=1e-5, abs=1e-5)
    assert one.pvalue == pytest.approx(other.pvalue, abs=1e-9)

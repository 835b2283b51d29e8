"""Whether a measure is on course: verdicts, what is left out, paces, and directions."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.trends.weighted_lines import project_reading
from dueregard.plans.courses import course_of, side_of
from dueregard.plans.figures import Figure
from dueregard.plans.measures import Measure
from dueregard.plans.readings import Reading
from dueregard.plans.series import Series
from dueregard.plans.spans import read_span
from dueregard.plans.targets import Target

ON = dt.date(2012, 4, 1)
QUARTERS = [f"{year} Q{n}" for year in ("2009/10", "2010/11", "2011/12") for n in (1, 2, 3, 4)]


def series(values, target=80.0, date=dt.date(2013, 3, 31), nobs=2000, periods=QUARTERS, **options):
    full = options.get("full_count", False)
    measure = Measure("m", "1", "M", options.pop("unit", "percent"), **({"higher_is_better": True} | options))
    figures = [Figure(value=v) if full else Figure(count=round(nobs * v / 100), nobs=nobs) for v in values]
    readings = [Reading("m", read_span(p), f) for p, f in zip(periods, figures, strict=False)]
    aim = None if target is None else Target("m", target, date)
    return Series(measure, None, None, aim, tuple(readings))


def course(*args, on=ON, level=0.95, **options):
    return course_of(series(*args, **options), on, level)


RISING = [60.0, 61.0, 62.0, 63.0, 64.0, 65.0, 66.0, 67.0, 68.0, 69.0, 70.0, 71.0]


def test_verdicts():
    assert course(RISING, 71.8).verdict == "on course"
    assert course(RISING, 90.0).verdict == "off course"
    assert course(RISING, 75.0).verdict == "cannot tell"
    assert course(RISING, 60.0).verdict == "target met"
    assert course(RISING[:2]).verdict == "too few readings"
    assert course(RISING, None).verdict == "no target was set"
    assert course([]).verdict == "no reading"
    assert course(RISING, 75.0, date=None).note == "no day was set for the target"


def test_a_past_target_is_judged_by_the_reading_of_its_day():
    day = dt.date(2011, 3, 31)
    assert course(RISING, 60.0, date=day).verdict == "target met"
    assert course(RISING, 80.0, date=day).verdict == "target not met"
    near = course(RISING, 67.0, date=day)  # the reading of 2010/11 Q4
    assert (near.verdict, near.note) == ("cannot tell", "judged by 2010/11 Q4")
    late = course(RISING[:3], 60.0, date=day)
    assert (late.verdict, late.note) == ("cannot tell", "no reading is of 2011-03-31, the target's day")


def test_full_counts_are_held_against_the_target_exactly():
    one = course([97.26], 97.26, full_count=True, periods=["2012-03-31"])
    assert one.verdict == "target met"
    below = course([79.99], 80.0, date=ON, full_count=True, periods=["2012-03-31"])
    assert below.verdict == "target not met"
    line = course([60.0, 62.0, 64.0], 70.0, full_count=True, periods=["2012-01-01", "2012-02-01", "2012-03-03"],
                  date=dt.date(2012, 5, 4))  # fmt: skip
    assert (line.low, line.high) == pytest.approx((line.projected, line.projected), abs=1e-6)
    assert line.verdict == "off course"


def test_the_projection_is_that_of_the_weighted_line():
    found = course(RISING, 90.0)
    share = np.array(RISING) / 100
    pooled = (share.sum() * 2000 + 0.5) / (12 * 2000 + 1)
    variance = np.full(12, 1e4 * pooled * (1 - pooled) / 2000)
    time = np.array([read_span(each).middle for each in QUARTERS])
    told = project_reading(time, np.array(RISING), variance, read_span("2012/13 Q4").middle, variance[0], 0.95)
    assert (found.projected, found.low, found.high, found.pace) == pytest.approx(
        (told.estimate, told.low, told.high, told.slope), abs=0.02
    )
    assert found.pace == pytest.approx(4, abs=0.05)
    assert found.pace_needed == pytest.approx(90 - 71, abs=0.1)


def test_projections_stay_within_what_can_be():
    found = course([80.0, 88.0, 96.0], 99.0, nobs=200_000)
    assert (found.projected, found.high) == (100.0, 100.0)
    assert 0 <= found.low <= 100


def test_overlapping_readings_are_left_out_of_the_line():
    rolling = [f"12 months to {month} 2011" for month in ("March", "June", "September", "December")]
    found = series(RISING[:4], periods=rolling)
    assert [each.span.words for each in found.apart] == ["12 months to December 2011"]
    assert found.n_left_out == 3
    assert course_of(found, ON, 0.95).verdict == "too few readings"
    yearly = series(RISING[:4], periods=["12 months to March 2009", *rolling[:2], "12 months to March 2012"])
    assert [each.span.words for each in yearly.apart] == [
        "12 months to March 2009", "12 months to March 2011", "12 months to March 2012",
    ]  # fmt: skip


def test_counts_of_other_lengths_are_left_out_of_the_line():
    measure = Measure("m", "1", "M", "number", higher_is_better=False)
    readings = [Reading("m", read_span(p), Figure(count=n)) for p, n in
                (("2010/11", 50), ("2011/12 Q1", 14), ("2011/12 Q2", 12), ("2011/12 Q3", 11))]  # fmt: skip
    found = Series(measure, None, None, None, tuple(readings))
    assert len(found.apart) == 3
    assert course_of(found, ON, 0.95).n_readings == 3


def rates(periods, counts, baseline=None, target=3.5, date=None, **options):
    measure = Measure("m", "1", "M", **({"unit": "rate", "per": 1000, "higher_is_better": False} | options))
    readings = [Reading("m", read_span(p), Figure(n, 100_000)) for p, n in zip(periods, counts, strict=True)]
    start = baseline and Reading("m", read_span(baseline[0]), Figure(baseline[1], 100_000))
    return Series(measure, None, start, Target("m", target, date), tuple(readings))


YEAR = ("2009/10", 400)


@pytest.mark.parametrize("date", [None, dt.date(2010, 6, 30), dt.date(2013, 3, 31)])
def test_a_quarters_rate_is_not_held_against_the_target_of_a_year(date):
    found = course_of(rates(["2010/11 Q1"], [100], YEAR, date=date), ON, 0.95)
    assert (found.verdict, math.isnan(found.projected)) == ("cannot tell", True)
    assert found.note == "the target is for 365 days, as the baseline is, and 2010/11 Q1 has 91"
    grown = course_of(rates(["2010/11 Q1"], [100], YEAR, date=date, base="exposure"), ON, 0.95)
    assert grown.note is None or "the target is for" not in grown.note
    count = Series(
        Measure("m", "1", "M", "number", higher_is_better=False), None,
        Reading("m", read_span("2009/10"), Figure(400)), Target("m", 200, date),
        (Reading("m", read_span("2010/11 Q1"), Figure(100)),),
    )  # fmt: skip
    assert course_of(count, ON, 0.95).verdict == "cannot tell"


def test_a_year_is_held_against_the_target_of_a_year_beside_its_quarters():
    both = rates(["2010/11", "2010/11 Q4"], [300, 60], YEAR)
    assert (both.latest.span.words, course_of(both, ON, 0.95).verdict) == ("2010/11", "target met")
    assert [each.span.words for each in both.apart] == ["2009/10", "2010/11"]
    past = rates(["2010/11", "2010/11 Q4", "2011/12 Q1"], [300, 60, 60], YEAR, date=dt.date(2011, 3, 31))
    found = course_of(past, ON, 0.95)
    assert (found.verdict, found.note) == ("target met", "judged by 2010/11")


def test_without_a_baseline_the_target_is_for_as_long_as_the_readings_are():
    quarters = rates(["2011/12 Q1", "2011/12 Q2", "2011/12 Q3"], [90, 80, 70], target=1.0)
    assert course_of(quarters, ON, 0.95).verdict == "target met"
    mixed = course_of(rates(["2010/11", "2011/12 Q1"], [400, 80], target=1.0), ON, 0.95)
    assert (mixed.verdict, mixed.note) == (
        "cannot tell", "the readings are of periods of several lengths, and nothing says of which the target is",
    )  # fmt: skip


def test_quarters_of_rate_ratios_weigh_as_many_events_as_they_have():
    """A year at one rate, and the same events in its four quarters, say the same of the years after."""
    measure = Measure("m", "1", "M", "rate ratio", higher_is_better=False)
    target = Target("m", 1.0, dt.date(2013, 3, 31))
    periods = ["2008/09", "2009/10", "2010/11", "2011/12 Q1"]
    figures = [Figure(400 * n, 1e5, 800 * n, 4e5) for n in (4, 4, 4, 1)]
    readings = tuple(Reading("m", read_span(p), f) for p, f in zip(periods, figures, strict=True))
    found = course_of(Series(measure, None, None, target, readings), ON, 0.95)
    time = np.array([reading.span.middle for reading in readings])
    variance = np.array([1 / each.count + 1 / each.reference_count for each in figures])
    at = (target.date.toordinal() - 45) / 365.25
    told = project_reading(time, np.full(4, math.log(2)), variance, at, variance[-1], 0.95)
    assert (found.low, found.high) == pytest.approx((math.exp(told.low), math.exp(told.high)), rel=0.01)


def test_readings_from_before_the_baseline_are_part_of_the_line_and_never_the_latest():
    given = series(RISING[:4])
    baseline = Reading("m", read_span("2010/11 Q1"), Figure(count=1280, nobs=2000))
    old = Series(given.measure, None, baseline, given.target, given.readings)
    assert (old.since, old.latest) == ((), None)
    found = course_of(old, ON, 0.95)
    assert (found.verdict, found.note) == ("no reading", "none since the baseline (2010/11 Q1)")
    later = Reading("m", read_span("2010/11 Q2"), Figure(count=1300, nobs=2000))
    new = Series(given.measure, None, baseline, given.target, (*given.readings, later))
    assert (new.since, new.latest, len(new.apart)) == ((later,), later, 6)
    assert course_of(new, ON, 0.95) == course(RISING[:6])


def test_a_baseline_is_part_of_the_line():
    given = series(RISING[1:4], periods=QUARTERS[1:])
    baseline = Reading("m", read_span(QUARTERS[0]), Figure(count=1200, nobs=2000))
    found = Series(given.measure, None, baseline, given.target, given.readings)
    assert course_of(found, ON, 0.95) == course(RISING[:4])


def test_without_standard_errors_there_is_no_line():
    measure = Measure("m", "1", "M", "percent", higher_is_better=True)
    readings = [Reading("m", read_span(p), Figure(value=v)) for p, v in zip(QUARTERS, RISING, strict=True)]
    found = course_of(Series(measure, None, None, Target("m", 90.0, dt.date(2013, 3, 31)), tuple(readings)), ON, 0.95)
    assert (found.verdict, found.n_readings, math.isnan(found.projected)) == ("too few readings", 0, True)


@given(st.lists(st.integers(100, 1900), min_size=3, max_size=8), st.integers(5, 95))
def test_turning_the_direction_turns_nothing_but_the_words(counts, target):
    values = [100 * count / 2000 for count in counts]
    up = course(values, float(target))
    down = course([100 - value for value in values], 100.0 - target, higher_is_better=False)
    assert up.verdict == down.verdict
    assert (up.low, up.high, up.pace) == pytest.approx((100 - down.high, 100 - down.low, -down.pace), abs=0.2)


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_the_two_sides_of_a_target_mirror_each_other(one, other, target):
    low, high = sorted((one, other))
    assert side_of((low, high), target, True) == side_of((-high, -low), -target, False)
    assert (side_of((low, high), target, True) is None) == (low < target <= high)


@pytest.mark.parametrize("n", [4, 8])
def test_the_interval_holds_the_next_count_as_often_as_it_says(n):
    """Shares of 250 that rise by a point a quarter: the reading of a year after the last, in 600 rounds."""
    rng, hits, rounds = np.random.default_rng(7), 0, 600
    day = read_span("2012/13 Q4").end
    for _ in range(rounds):
        counts = rng.binomial(250, 0.6 + 0.01 * np.arange(n))
        found = course([100 * count / 250 for count in counts], 99.0, nobs=250, periods=QUARTERS[-n:], date=day)
        hits += found.low <= 100 * rng.binomial(250, 0.6 + 0.01 * (n + 3)) / 250 <= found.high
    assert hits / rounds > 0.95 - 3 * math.sqrt(0.95 * 0.05 / rounds)


def test_ratios_are_projected_on_the_log_scale():
    measure = Measure("m", "1", "M", "rate ratio", higher_is_better=False)
    ratios = [3.2, 3.0, 2.8, 2.6]
    readings = [
        Reading("m", read_span(p), Figure(round(10_000 * r), 1e6, 10_000, 1e6))
        for p, r in zip(QUARTERS[-4:], ratios, strict=True)
    ]
    found = course_of(Series(measure, None, None, Target("m", 2.0, dt.date(2013, 3, 31)), tuple(readings)), ON, 0.95)
    slope = np.polyfit([read_span(p).middle for p in QUARTERS[-4:]], np.log(ratios), 1)[0]
    assert found.pace == pytest.approx(math.exp(slope), rel=2e-3)
    assert found.pace_needed == pytest.approx(2.0 / 2.6, rel=2e-3)
    assert found.low < found.projected < found.high
    assert found.projected == pytest.approx(found.low * found.high / found.projected, rel=1e-6)

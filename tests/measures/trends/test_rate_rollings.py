"""dr.rolling_rates: events over people who stay the same; a monthly rate never looks annual."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

MONTHS = [f"2010-{month:02}" for month in range(1, 7)]
RNG = np.random.default_rng(4)
EVENTS = RNG.poisson([[[9, 30], [4, 50]]] * 6)
TALLY = dr.Tally(EVENTS, {"month": MONTHS, "borough": ["Bexley", "Camden"], "ethnicity": ["Black", "White"]})
PEOPLE = {
    "borough": ["Bexley", "Bexley", "Camden", "Camden"], "ethnicity": ["Black", "White"] * 2,
    "people": [2_000, 20_000, 1_500, 40_000],
}  # fmt: skip
CENSUS = dr.population(PEOPLE, group="ethnicity", count="people", by="borough", date="2011")


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


@pytest.mark.parametrize("window", [1, 3, 6])
def test_with_a_reference_a_window_has_the_rows_of_proportionality(window):
    question = {"group": "ethnicity", "reference": "White", "by": "borough", "name": "complaints"}
    found = dr.rolling_rates(TALLY, CENSUS, time="month", window=window, ends="2010-06", **question)
    last = dr.Tally(EVENTS[6 - window :].sum(axis=0), {name: TALLY.labels[name] for name in ("borough", "ethnicity")})
    period = "2010-06" if window == 1 else f"{MONTHS[6 - window]} to 2010-06"
    expected = dr.proportionality(last, CENSUS, period=period, **question)
    for name in expected.columns:
        for one, other in zip(found[name], expected[name], strict=True):
            assert one == other or (one != one and other != other), name
    assert set(found["months"]) == {window}
    length = "1 month" if window == 1 else f"{window} months"
    assert set(found["measure"]) == {f"complaints per 1,000 residents in {length}"}
    assert "This compares complaints with residents; it does not measure discrimination." in found.notes
    assert found.kind == "rolling rates"


def test_rates_alone_have_the_interval_of_rates():
    found = dr.rolling_rates(TALLY, CENSUS, time="month", window=2, group="ethnicity", by="borough", per=10_000)
    for end in range(1, 6):
        count = EVENTS[end - 1 : end + 1, 1, 0].sum()
        here = row(found, window_end=MONTHS[end], borough="Camden", group="Black")
        interval = dr.rate_interval(count, 1_500)
        assert here["count"] == count
        ours = [here[name] for name in ("value", "low", "high")]
        assert ours == pytest.approx([10_000 * each for each in interval[:3]])
        assert (here["unit_of_measure"], here["per"], here["exposure"]) == ("per 10,000", 10_000, 1_500)


def test_everybody_together_by_area_and_in_all():
    found = dr.rolling_rates(TALLY, CENSUS, time="month", window=6, by="borough")
    every, bexley, camden = found.rows()
    assert [each["exposure"] for each in (every, bexley, camden)] == [63_500, 22_000, 41_500]
    assert every["value"] == pytest.approx(1000 * EVENTS.sum() / 63_500)
    number = dr.rolling_rates(TALLY, 63_500, time="month", window=6)
    assert number["value"] == [every["value"]]
    people = dr.tally(PEOPLE, ["borough"], count="people")
    assert dr.rolling_rates(TALLY, people, time="month", window=6, by="borough")["value"] == found["value"]


def test_twelve_times_as_long_has_twelve_times_the_rate_and_says_so():
    months = [f"2010-{month:02}" for month in range(1, 13)]
    data = dr.Tally(np.full(12, 7), {"month": months})
    month, year = (dr.rolling_rates(data, 1000, time="month", window=window, ends="2010-12") for window in (1, 12))
    assert (month["value"], year["value"]) == ([7], [84])
    assert month["measure"] == ["events per 1,000 residents in 1 month"]
    assert year["measure"] == ["events per 1,000 residents in 12 months"]


def test_no_event_in_a_window_is_a_rate_of_0_with_an_upper_limit():
    data = dr.Tally(np.array([[5, 5], [0, 5]]), {"month": MONTHS[:2], "borough": ["Bexley", "Camden"]})
    people = dr.Tally(np.array([100, 200]), {"borough": ["Bexley", "Camden"]})
    found = dr.rolling_rates(data, people, time="month", window=1, by="borough")
    here = row(found, window_end="2010-02", borough="Bexley")
    assert (here["value"], here["low"]) == (0, 0)
    assert here["high"] == pytest.approx(1000 * dr.rate_interval(0, 100).high)
    assert Flag.FEW_EVENTS in here["flag"]


def test_a_missing_month_and_a_break_leave_no_rates():
    counts = EVENTS.copy()
    counts[2] = 0
    data = dr.Tally(counts, TALLY.labels)
    found = dr.rolling_rates(
        data, CENSUS, time="month", window=2, group="ethnicity", reference="White",
        breaks=dr.Break("2010-06", "question"),
    )  # fmt: skip
    for end, flag in zip(found["window_end"], found["flag"], strict=True):
        assert (Flag.MISSING_PERIOD in flag) == (end in ("2010-03", "2010-04"))
        assert (Flag.BREAK_IN_SERIES in flag) == (end == "2010-06")
    for name in ("value", "estimate", "low", "difference"):
        known = [end for end, value in zip(found["window_end"], found[name], strict=True) if value == value]
        assert set(known) == {"2010-02", "2010-05"}


def test_an_estimated_population_widens_the_interval():
    table = {"ethnicity": ["Black", "White"], "people": [3_500, 60_000], "se": [400, 900]}
    estimated = dr.population(table, group="ethnicity", count="people", date="2011", se="se")
    known = dr.population(table, group="ethnicity", count="people", date="2011")
    for group in (None, "ethnicity"):
        wide, plain = (
            next(dr.rolling_rates(TALLY, each, time="month", window=6, group=group).rows())
            for each in (estimated, known)
        )
        assert wide["value"] == plain["value"]
        assert wide["high"] - wide["low"] > plain["high"] - plain["low"]
        assert Flag.ESTIMATED_POPULATION in wide["flag"]


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"reference": "White"}, TypeError,
         "rolling_rates needs group=, the column of groups, to compare them with a reference"),
        ({"population": 1000, "by": "borough"}, ValueError,
         "population: one number of people, and rows are asked for by 'borough'"),
        ({"population": 0}, TypeError, "population: it is made by dr.population(table, group=, count=, date=), a "
         "Tally, or a number of people, not 0"),
        ({"basis": "cases"}, ValueError, "basis: 'cases' is not one of 'residents', 'available-population'"),
        ({"per": 0}, ValueError, "per: 0 is not a finite number above 0"),
        ({"window": 7}, ValueError, "window: 7 months, and the series has 6 months, 2010-01 to 2010-06"),
        ({"by": "month"}, ValueError, "by: 'month' is already given as time"),
    ],
)  # fmt: skip
def test_bad_input(arguments, kind, message):
    question = {"population": CENSUS, "time": "month", "window": 2, **arguments}
    with pytest.raises(kind) as error:
        dr.rolling_rates(TALLY, question.pop("population"), **question)
    assert str(error.value) == message


def test_weighted_events_are_no_events():
    data = dr.tally({"month": ["2010-01", "2010-02"], "w": [1.5, 2.0]}, "month", weight="w")
    with pytest.raises(
        ValueError, match=r"events: a weighted tally has no number of events; count them without weight="
    ):
        dr.rolling_rates(data, 100, time="month", window=1)

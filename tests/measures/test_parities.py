"""dr.parity: people by counting, years by hand and by small steps, limits that may be never, and what is refused."""

import datetime
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard import Flag
from dueregard.inference.staff.parity_times import Staffing, drawn, limits, years_to_parity
from dueregard.measures.populations.populations import Population
from dueregard.measures.workforce.parities import year_of

STAFF = {"BME": 100, "White": 900}
PEOPLE = dr.Tally(np.array([20, 80]), {"ethnicity": ["BME", "White"]})
JOINERS, LEAVERS = {"BME": 18, "White": 42}, {"BME": 6, "White": 54}
FLOWS = {"joiners": JOINERS, "leavers": LEAVERS}
NOW, JOIN, YEARS = "people now", "joiners a year", "years to parity"


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def ask(staff=None, people=PEOPLE, **changes):
    return dr.parity(STAFF if staff is None else staff, people, **{"group": "ethnicity"} | changes)


# people


def test_people_needed_now_are_the_fewest_that_reach_the_share():
    found = row(ask(), group="BME", part=NOW)
    assert (found["value"], found["reference_value"], found["estimate"]) == (100, 200, 100)
    assert (found["needed"], found["needed_by_growth"]) == (100, 125)
    limits = dr.proportion_interval(100, 1_000)
    assert (found["low"], found["high"]) == pytest.approx((1_000 * (0.2 - limits.high), 1_000 * (0.2 - limits.low)))
    assert found["pvalue"] == pytest.approx(dr.compare_share(100, 1_000, 0.2).pvalue)
    assert (found["unit_of_measure"], found["share"], found["population_share"]) == ("people", 10, 20)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 40), st.integers(1, 40))
def test_needed_by_trying(group, others, ours, theirs):
    staff = {"BME": group, "White": others}
    found = row(ask(staff, dr.Tally(np.array([ours, theirs]), PEOPLE.labels)), group="BME", part=NOW)
    whole, size = ours + theirs, group + others
    assert found["needed"] == next(k for k in range(200) if (group + k) * whole >= ours * size)
    assert found["needed_by_growth"] == next(k for k in range(9_999) if (group + k) * whole >= ours * (size + k))


def test_a_group_above_its_share_needs_nobody():
    found = ask({"BME": 300, "White": 700}, **FLOWS).filter(group="BME")
    assert found["estimate"][0] == -100 and found["needed"][0] == 0 and found["needed_by_growth"][0] == 0
    assert found["estimate"][2] == 0 and found["verdict"][2] == "at or above its share now"


# years


def test_without_leavers_years_by_hand():
    """100 + 18 t of 1,000 + 60 t are a fifth when 6 t = 100."""
    found = row(ask(joiners=JOINERS, leavers={"BME": 0, "White": 0}, date="2011"), group="BME", part=YEARS)
    assert found["estimate"] == pytest.approx(100 / 6)
    assert found["year"] == 2027 and found["verdict"] == "reached at the present flow"


def steps(target, group, others, joins, others_join, rate, others_rate, horizon=100.0, step=1e-3):
    """Years by small steps of the same flows."""
    for i in range(int(horizon / step)):
        if group >= target * (group + others):
            return i * step
        group, others = group + step * (joins - rate * group), others + step * (others_join - others_rate * others)
    return math.inf


@pytest.mark.parametrize(
    ("joiners", "leavers", "target"),
    [
        ({"BME": 18, "White": 42}, {"BME": 6, "White": 54}, 0.2),
        ({"BME": 40, "White": 10}, {"BME": 20, "White": 200}, 0.5),
        ({"BME": 9, "White": 42}, {"BME": 9, "White": 54}, 0.12),
        ({"BME": 5, "White": 60}, {"BME": 2, "White": 400}, 0.3),
    ],
)
def test_years_by_small_steps(joiners, leavers, target):
    people = dr.Tally(np.array([round(100 * target), round(100 - 100 * target)]), PEOPLE.labels)
    found = row(ask(people=people, joiners=joiners, leavers=leavers), group="BME", part=YEARS)["estimate"]
    near = steps(target, 100, 900, joiners["BME"], joiners["White"], leavers["BME"] / 100, leavers["White"] / 900)
    assert found == (math.inf if near == math.inf else pytest.approx(near, abs=0.02))


flow = st.floats(0, 80)


@given(flow, flow, st.floats(0, 0.6), st.floats(0, 0.6), st.floats(0.01, 0.9), st.floats(0, 100))
@settings(max_examples=300, deadline=None)
def test_the_first_year_with_the_share_is_found(joins, others_join, rate, others_rate, target, size):
    staffing = Staffing(*(np.array([float(x)]) for x in (size, 100.0, joins, others_join, rate, others_rate)))
    years = float(years_to_parity(staffing, np.array([target]), 100)[0])
    grid = np.linspace(0, 100, 4_001)
    surplus = staffing.surplus(grid, np.array([target]))
    before = surplus[grid < years - 1e-6]
    assert (before < 1e-7).all()
    if math.isfinite(years) and years > 0:
        assert abs(float(staffing.surplus(np.array([years]), np.array([target]))[0])) < 1e-6


def test_parity_that_is_never_reached_is_an_answer():
    found = row(ask(joiners={"BME": 3, "White": 57}, leavers=LEAVERS, date="2011-03-31"), group="BME", part=YEARS)
    assert found["estimate"] == math.inf and found["high"] == math.inf
    assert (found["year"], found["year_high"]) == (None, None)
    assert found["verdict"] == "not reached in 100 years"
    assert Flag.FEW_EVENTS in found["flag"]


def test_limits_may_end_in_never():
    found = row(ask(**FLOWS, date="2011-03-31"), group="BME", part=YEARS)
    assert (found["year_low"], found["year"], found["year_high"]) == (2016, 2022, None)
    assert found["low"] < found["estimate"] < found["high"] == math.inf


def test_ten_times_the_numbers_narrow_the_limits():
    wide = row(ask(**FLOWS), group="BME", part=YEARS)
    many = {name: {group: 10 * n for group, n in numbers.items()} for name, numbers in FLOWS.items()}
    narrow = row(ask({"BME": 1_000, "White": 9_000}, **many), group="BME", part=YEARS)
    assert narrow["estimate"] == pytest.approx(wide["estimate"])
    assert wide["low"] < narrow["low"] < narrow["estimate"] < narrow["high"] < wide["high"]


def test_several_years_of_flows_are_divided():
    one = row(ask(**FLOWS), group="BME", part=YEARS)
    three = {name: {group: 3 * n for group, n in numbers.items()} for name, numbers in FLOWS.items()}
    same = row(ask(**three, years=3), group="BME", part=YEARS)
    assert same["estimate"] == pytest.approx(one["estimate"])
    assert same["low"] > one["low"]


def test_joiners_needed_bring_parity_about_in_that_time():
    """With 60 posts of leavers to fill, so many joiners of the group a year end at a fifth after ten years."""
    found = row(ask(**FLOWS, within=10), group="BME", part=JOIN)
    assert (found["value"], found["posts"]) == (18, 60)
    filled = {"joiners": {"BME": 1, "White": 59}, "leavers": LEAVERS}
    needed = found["estimate"]
    staffing = Staffing(*(np.array([x]) for x in (100.0, 900.0, needed, 60 - needed, 0.06, 0.06)))
    assert staffing.surplus(np.array([10.0]), np.array([0.2]))[0] == pytest.approx(0, abs=1e-9)
    assert found["needed"] == math.ceil(needed) and found["verdict"] == "more than join now"
    assert row(ask(**filled, within=10), group="BME", part=JOIN)["estimate"] == pytest.approx(needed)
    soon = row(ask(**FLOWS, within=1), group="BME", part=JOIN)
    assert soon["estimate"] > 60 and soon["verdict"] == "not possible by replacing leavers within 1 year"


# random numbers


def test_the_same_key_gives_the_same_limits_and_is_named():
    one, other, third = (ask(**FLOWS, rng=rng).filter(part=YEARS) for rng in (5, 5, 6))
    assert one["low"] == other["low"] != third["low"]
    assert one["method"][0] == "constant flows, 2,000 draws, rng=5"


def test_draws_have_the_mean_and_spread_of_what_is_known():
    staffing = Staffing(*(np.array([x]) for x in (100.0, 900.0, 18.0, 42.0, 0.06, 0.06)))
    found = drawn(staffing, tuple(np.array([x]) for x in (18.0, 42.0, 6.0, 54.0)), 1.0, 20_000, 1)
    assert found.group_joins.mean() == pytest.approx(18.5, abs=0.15)
    assert found.group_joins.var() == pytest.approx(18.5, rel=0.05)
    assert (100 * found.group_leaves).mean() == pytest.approx(6.5, abs=0.1)


def test_limits_are_draws_and_take_in_the_infinite():
    values = np.array([[float(x)] for x in range(97)] + [[math.inf]] * 3)
    assert [float(each[0]) for each in limits(values, 0.95)] == [2.0, math.inf]
    assert [float(each[0]) for each in limits(values, 0.9)] == [5.0, 94.0]


# places, people not known, zeros


def test_by_area_and_from_records():
    staff = {"ethnicity": ["BME"] * 10 + ["White"] * 90 + [None] * 4 + ["White"] * 50,
             "borough": ["Bexley"] * 104 + ["Camden"] * 50}  # fmt: skip
    gone = {"ethnicity": ["White"] * 6 + ["BME"] + [None], "borough": ["Bexley"] * 4 + ["Camden"] * 4}
    people = dr.Tally(np.array([[10, 90], [50, 50]]), {"borough": ["Bexley", "Camden"], "ethnicity": ["BME", "White"]})
    population = Population(people, "ethnicity", ("borough",), date="2011", ages="all ages")
    found = dr.parity(staff, population, group="ethnicity", by="borough", joiners=gone, leavers=gone)
    camden = row(found, borough="Camden", group="BME", part=NOW)
    assert (camden["estimate"], camden["needed"], camden["population_share"]) == (25, 25, 50)
    assert row(found, borough="Bexley", group="BME", part=YEARS)["estimate"] == 0
    assert row(found, borough=None, group="BME", part=NOW)["estimate"] == pytest.approx(150 * 0.3 - 10)
    assert row(found, borough="Camden", group="BME", part=JOIN)["posts"] == 3
    unknown = row(found, borough="Bexley", group="not stated", part=YEARS)
    assert unknown["count"] == 4 and math.isnan(unknown["estimate"]) and unknown["verdict"] is None
    assert "4 of 154 staff did not state their group, and are outside all shares." in found.notes


def test_nobody_of_a_group_yet():
    found = ask({"BME": 0, "White": 900}, **FLOWS, no_staff=()).filter(group="BME")
    assert found["needed"][0] == 180
    assert 0 < found["estimate"][2] < math.inf


def test_nobody_in_the_population_and_no_staff_at_all():
    nobody = ask(people=dr.Tally(np.array([0, 80]), PEOPLE.labels), **FLOWS).filter(group="BME")
    assert all(math.isnan(each) for each in nobody["estimate"]) and nobody["needed"] == [None] * 3
    assert Flag.NO_POPULATION in nobody["flag"][0]
    empty = ask({"BME": 0, "White": 0}, joiners={"BME": 0}, leavers={"BME": 0})
    assert all(math.isnan(each) for each in empty["estimate"]) and Flag.NO_CASES in empty["flag"][0]


def test_without_flows_there_is_no_year():
    assert set(ask()["part"]) == {NOW}
    assert ask(**FLOWS)["part"] == [NOW, JOIN, YEARS] * 2
    assert row(ask(**FLOWS), group="BME", part=YEARS)["year"] is None


@pytest.mark.parametrize(
    ("date", "year"),
    [("2011", 2011), ("2011-07", 2011 + 181 / 365), ("2012-12-31", 2012 + 365 / 366),
     (datetime.date(2011, 1, 2), 2011 + 1 / 365)],
)  # fmt: skip
def test_dates_are_years(date, year):
    assert year_of(date) == pytest.approx(year)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"people": {"BME": 2}}, TypeError, "population must be made with dr.population, or a Tally, not dict"),
        ({"people": dr.OVERALL}, TypeError, "population must be made with dr.population"),
        ({"joiners": JOINERS}, TypeError, "joiners: goes with leavers="),
        ({"leavers": LEAVERS}, TypeError, "leavers: goes with joiners="),
        (FLOWS | {"years": 0}, ValueError, "years: 0 is not a finite number above 0"),
        (FLOWS | {"within": -1}, ValueError, "within: -1 is not a finite number above 0"),
        (FLOWS | {"horizon": math.inf}, ValueError, "horizon: inf is not a finite number above 0"),
        (FLOWS | {"joiners": {"Asian": 2}}, ValueError, "joiners: staff have no ethnicity 'Asian'"),
        (FLOWS | {"leavers": {"Whyte": 2}}, ValueError, r"leavers: staff have no ethnicity 'Whyte' \(did you mean"),
        (FLOWS | {"date": "31/03/2011"}, ValueError, "date"),
        (FLOWS | {"draws": 0}, ValueError, "draws: 0 is below 1"),
        (FLOWS | {"rng": "x"}, TypeError, "rng: 'x' is not an integer"),
        ({"staff": {"BME": 3}}, ValueError, "group: the population has 'White', and no member of staff does"),
        ({"staff": {"BME": 3, "White": 4, "Asian": 1}}, ValueError, "group: staff have 'Asian'"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(changes, error, message):
    with pytest.raises(error, match=message):
        ask(**changes)


@pytest.mark.parametrize(("group_joins", "others_join"), [(18, 42), (12, 48)])
def test_limits_hold_the_year_about_as_often_as_they_say(group_joins, others_join):
    """600 years of flows around the true ones: the limits of 95% hold the year of these, which may be never."""
    made = np.random.Generator(np.random.Philox(4))
    target, staff = np.array([0.2]), (100.0, 900.0)
    means = (group_joins, others_join, 6, 54)
    true = Staffing(*(np.array([x]) for x in (*staff, *means[:2], means[2] / 100, means[3] / 900)))
    year = years_to_parity(true, target, 100)[0]
    flows = tuple(made.poisson(mean, 600).astype(float) for mean in means)
    seen = Staffing(np.full(600, 100.0), np.full(600, 900.0), *flows[:2], flows[2] / 100, flows[3] / 900)
    low, high = limits(years_to_parity(drawn(seen, flows, 1.0, 1_000, 7), target, 100), 0.95)
    assert ((low <= year) & (year <= high)).mean() > 0.92

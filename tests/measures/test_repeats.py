"""dr.repeats: who has several events, how soon the next one comes, how few people have how many."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.repeats.repeat_counts import by_chance, clustered_limits

START = np.datetime64("2016-01-01")


def day(*numbers):
    return START + np.array(numbers)


# first events on day 0, 0, 15, 0 and 14; the records end on day 20 and the window has 10 days
PEOPLE = {"who": ["A", "A", "B", "C", "D", "D", "E"], "when": day(0, 4, 0, 15, 0, 8, 14)}
KEYS = {"person": "who", "date": "when"}


def found(events=PEOPLE, *, window=10, until=START + 20, **options):
    return dr.repeats(events, **KEYS, window=window, until=until, **options)


def row(findings, **equal):
    (only,) = findings.filter(**equal).rows()
    return only


def test_people_and_events_that_are_repeats():
    findings = found()
    people, events = row(findings, statistic="people"), row(findings, statistic="events")
    limits = dr.proportion_interval(2, 5)
    assert (people["count"], people["nobs"], people["value"]) == (2, 5, pytest.approx(40))
    assert (people["low"], people["high"]) == pytest.approx((100 * limits.low, 100 * limits.high))
    assert (events["count"], events["nobs"], events["value"]) == (2, 7, pytest.approx(200 / 7))
    variance = sum((n - 1 - 2 / 7 * n) ** 2 for n in (2, 1, 1, 2, 1)) / 49
    size = 2 / 7 * 5 / 7 / variance
    assert events["effective_nobs"] == pytest.approx(size)
    wide = clustered_limits(np.array(2 / 7), np.array(size), np.array(5.0), 0.95)
    assert (events["low"], events["high"]) == pytest.approx([100 * float(limit) for limit in wide])


def test_the_risk_is_the_product_limit_estimate_by_hand():
    # at 4 days one of 5; those seen for 5 and 6 days leave; at 8 days one of the 2 left
    risk = row(found(), statistic="risk")
    assert risk["value"] == pytest.approx(100 * (1 - 4 / 5 * 1 / 2))
    same = dr.share_within([4, 8, 5, 6, 11], [True, True, False, False, False], target=10)
    assert (risk["value"], risk["low"], risk["high"]) == pytest.approx(
        (100 * same.estimate, 100 * same.low, 100 * same.high)
    )
    assert (risk["count"], risk["nobs"], risk["followed"]) == (2, 5, 3)


def test_the_plain_share_is_beside_it_and_lower():
    plain = row(found(), statistic="plain risk")
    assert (plain["count"], plain["nobs"], plain["value"]) == (2, 5, pytest.approx(40))
    assert math.isnan(plain["low"]) and math.isnan(plain["confidence_level"])


def test_from_every_event_to_the_next():
    # 4 and 8 days seen, 16, 20 and 12 days followed without, 5 and 6 days cut off
    risk = row(found(index="every"), statistic="risk")
    assert risk["value"] == pytest.approx(100 * (1 - 6 / 7 * 3 / 4))
    assert (risk["count"], risk["nobs"], risk["people"]) == (2, 7, 5)
    assert "from every event" in risk["method"]
    assert risk["low"] < risk["value"] < risk["high"]


def test_people_with_many_events_make_the_risk_from_every_event_less_certain():
    events = {
        "who": ["A"] * 40 + [f"B{i}" for i in range(40)],
        "when": np.concatenate([day(*range(40)), day(*[0] * 40)]),
    }
    risk = row(found(events, until=START + 60, index="every"), statistic="risk")
    assert (risk["nobs"], risk["people"], risk["value"]) == (80, 41, pytest.approx(100 * 39 / 80))
    assert risk["effective_nobs"] < 10


def test_how_people_divide_by_their_number_of_events():
    events = {"who": list("AABCDDDEEEEFFFFFF"), "when": day(*range(17))}
    findings = found(events, name="thefts")
    numbers = findings.filter(statistic="number of events")
    assert numbers["measure"] == [
        "share of people with 2 thefts",
        "share of people with 3 thefts",
        "share of people with 4 thefts",
        "share of people with 5 or more thefts",
    ]
    assert numbers["count"] == [1, 1, 1, 1] and numbers["nobs"] == [6] * 4
    top = findings.filter(statistic="most affected")
    assert top["value"] == pytest.approx([0.06 * 6 / 17 * 100, 0.3 * 6 / 17 * 100, 0.6 * 6 / 17 * 100])
    assert top["count"] == [1, 1, 1] and all(Flag.SMALL_BASE in flag for flag in top["flag"])
    x = np.array([2, 1, 1, 3, 4, 6])
    gini = np.abs(x[:, None] - x).mean() / (2 * x.mean())
    assert row(findings, statistic="gini")["value"] == pytest.approx(100 * gini)


def test_what_chance_alone_would_make_of_it():
    expected = by_chance([7 / 5])[0]
    findings = found()
    assert row(findings, statistic="people")["by_chance"] == pytest.approx(100 * expected.share_with(2))
    assert row(findings, statistic="gini")["by_chance"] == pytest.approx(100 * expected.gini())
    top = findings.filter(statistic="most affected")["by_chance"]
    assert top == pytest.approx([100 * expected.top_share(share) for share in (0.01, 0.05, 0.10)])


def test_equal_risks_give_what_chance_gives():
    rng = np.random.default_rng(7)
    drawn = rng.poisson(0.8, 50_000)
    who = np.repeat(np.arange(len(drawn)), drawn)
    findings = found({"who": who, "when": day(*rng.integers(0, 10_000, len(who)))}, until=None)
    for one in findings.filter(statistic=["people", "number of events", "most affected", "gini"]).rows():
        assert one["value"] == pytest.approx(one["by_chance"], abs=0.8), one["measure"]


def test_every_row_says_what_was_looked_at():
    findings = found(until=None, window="12 months")
    assert set(findings["window"]) == {"12 months"}
    assert set(findings["observed_from"]) == {"2016-01-01"}
    assert set(findings["observed_until"]) == {"2016-01-16"}  # the last date, unless another is given
    assert set(found()["observed_until"]) == {"2016-01-21"}


def test_months_are_those_of_the_calendar():
    events = {"who": ["A", "A", "B", "B"], "when": ["2016-02-28", "2017-02-28", "2015-03-01", "2016-03-02"]}
    risk = row(dr.repeats(events, **KEYS, window="12 months", until="2019-01-01"), statistic="risk")
    assert (risk["count"], risk["value"]) == (1, 50)  # 366 days are 12 months once, and too long the other time
    assert row(dr.repeats(events, **KEYS, window=365, until="2019-01-01"), statistic="risk")["count"] == 0


def test_events_of_one_day():
    events = {"who": ["A", "A", "B", "C", "C"], "when": day(0, 0, 0, 0, 3)}
    one = found(events)
    assert row(one, statistic="people")["count"] == 1
    assert row(one, statistic="events")["nobs"] == 4
    assert set(one["same_day_events_joined"]) == {1}
    each = found(events, same_day="repeats")
    assert (row(each, statistic="people")["count"], row(each, statistic="risk")["count"]) == (2, 2)
    assert set(each["same_day_events_joined"]) == {0}


def test_events_without_a_person_are_nobodys():
    blank = [None, "", "  ", "not stated", "NK"]
    events = {"who": [*PEOPLE["who"], *blank], "when": np.append(PEOPLE["when"], day(0, 1, 2, 3, 4))}
    findings = found(events, missing={"NK": "not stated"})
    without = found()
    for name in ("count", "nobs", "value", "low", "high", "people", "by_chance"):
        assert findings[name] == pytest.approx(without[name], nan_ok=True), name
    assert set(findings["outcome_missing"]) == {5}
    assert all(Flag.MISSING_ANSWERS in flag for flag in findings["flag"])
    assert set(without["outcome_missing"]) == {0}


def test_a_person_called_unknown_is_warned_about():
    events = {"who": ["A", "Unknown", "Unknown", "N/A"], "when": day(0, 1, 2, 3)}
    with pytest.warns(UserWarning, match=r"person: 2 events have 'Unknown' in 'who'"):
        found(events)
    found(events, missing={"Unknown": "not stated"})  # no warning


GROUPS = {
    "who": ["A", "A", "B", "B", "C", "D", "D", "E"],
    "when": day(0, 5, 0, 2, 3, 1, 9, 4),
    "group": ["x", "y", "y", "y", "x", "x", "x", "not stated"],
    "area": ["N", "S", "S", "S", "N", "S", "N", "N"],
}


def test_people_count_where_the_first_of_their_events_is():
    findings = found(GROUPS, group="group", by="area")
    people = findings.filter(statistic="people")
    cells = list(zip(people["area"], people["group"], people["count"], people["nobs"], strict=True))
    assert cells == [
        (None, "x", 2, 3), (None, "y", 1, 1), (None, "not stated", 0, 1),
        ("N", "x", 1, 2), ("N", "y", 0, 0), ("N", "not stated", 0, 1),
        ("S", "x", 1, 1), ("S", "y", 1, 1), ("S", "not stated", 0, 0),
    ]  # fmt: skip
    empty = row(findings, statistic="risk", area="N", group="y")
    assert math.isnan(empty["value"]) and Flag.EMPTY_GROUP in empty["flag"]
    assert Flag.MISSING_GROUP in row(people, area="N", group="not stated")["flag"]


def test_unlinked_events_count_in_their_own_area_and_group():
    events = {
        name: [*values, extra] for (name, values), extra in zip(GROUPS.items(), (None, START, "y", "N"), strict=True)
    }
    people = found(events, group="group", by="area").filter(statistic="people")
    assert row(people, area="N", group="y")["outcome_missing"] == 1
    assert sum(people.filter(area=["N", "S"])["outcome_missing"]) == 1


def many(seed=1, n=3000, people=1200):
    rng = np.random.default_rng(seed)
    who = rng.integers(0, people, n)
    return {
        "who": who,
        "when": day(*rng.integers(0, 700, n)),
        "group": np.array(["Asian", "Black", "White"])[who % 3],
        "area": np.array(["N", "S"])[who % 2],
    }


def test_risks_and_shares_of_people_are_compared_with_a_reference():
    events = many()
    findings = found(events, window=90, until=None, group="group", by="area", reference="White")
    people, risk = (
        row(findings, statistic=name, area="N", group="Black", row_type="group") for name in ("people", "risk")
    )
    plain = found(events, window=90, until=None, group="group", by="area")
    sides = [row(plain, statistic="people", area="N", group=group) for group in ("Black", "White")]
    newcombe = dr.compare_proportions(*(side[name] for side in sides for name in ("count", "nobs")), method="newcombe")
    assert (people["estimate"], people["low"], people["high"], people["pvalue"]) == pytest.approx(
        (100 * newcombe.estimate, 100 * newcombe.low, 100 * newcombe.high, newcombe.pvalue)
    )
    own, against = (row(plain, statistic="risk", area="N", group=group) for group in ("Black", "White"))
    assert (risk["value"], risk["reference_value"]) == pytest.approx((own["value"], against["value"]))
    assert risk["estimate"] == pytest.approx(own["value"] - against["value"])
    assert (risk["value_low"], risk["value_high"]) == pytest.approx((own["low"], own["high"]))
    assert risk["count"] == own["count"] and risk["followed"] == own["followed"]
    assert risk["verdict"] and "Kaplan-Meier" in risk["method"] and "Holm over 4 comparisons" in risk["method"]
    assert {"variation", "reference"} <= set(findings["row_type"])
    others = findings.filter(statistic=["events", "gini", "most affected", "plain risk"])
    assert set(others["reference"]) == {None}


def test_without_cut_off_windows_the_gap_is_that_of_plain_shares():
    events = many()
    findings = found(events, window=90, until="2030-01-01", group="group", reference=dr.REST)
    risk = row(findings, statistic="risk", group="Black")
    plain = [row(findings, statistic="plain risk", group=group) for group in ("Asian", "Black", "White")]
    repeated, people = ([side[name] for side in plain] for name in ("count", "nobs"))
    records = {
        "group": np.repeat(["Asian", "Black", "White"], people),
        "repeat": np.concatenate([np.arange(n) < k for k, n in zip(repeated, people, strict=True)]),
    }
    gap = dr.gap(records, outcome="repeat", positive=True, group="group", reference=dr.REST, method="newcombe")
    same = row(gap, group="Black")
    for name in ("value", "reference_value", "estimate", "low", "high", "pvalue", "adjusted_pvalue"):
        assert risk[name] == pytest.approx(same[name]), name


def test_inference_none_leaves_out_what_allows_for_chance():
    for options in ({}, {"reference": "White"}):
        findings = found(many(), window=90, group="group", until=None, inference="none", **options)
        assert all(math.isnan(low) for low in findings["low"])
        assert set(findings["verdict"]) == {None}
        assert all(Flag.FULL_COUNT in flag for flag in findings["flag"])


FRAMES = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "lazy": lambda data: pl.DataFrame(data).lazy(),
    "arrow": lambda data: pl.DataFrame(data).to_arrow(),
    "lists": lambda data: {name: values.tolist() for name, values in data.items()},
    "text": lambda data: data | {"when": data["when"].astype(str), "who": data["who"].astype(str)},
}


@pytest.mark.parametrize("made", FRAMES.values(), ids=FRAMES)
def test_any_table_gives_the_same(made):
    findings = found(made(many()), window=90, until=None, group="group", by="area", reference="White")
    expected = found(many(), window=90, until=None, group="group", by="area", reference="White")
    assert repr(findings.to_dict()) == repr(expected.to_dict())


def test_a_file_gives_the_same(tmp_path):
    data = many()
    pl.DataFrame(data).write_csv(tmp_path / "events.csv")
    findings = found(tmp_path / "events.csv", window=90, until=None, group="group", by="area")
    assert repr(findings.to_dict()) == repr(found(data, window=90, until=None, group="group", by="area").to_dict())


def test_where_keeps_some_rows():
    data = many()
    some = data["area"] == "N"
    kept = {name: values[some] for name, values in data.items()}
    assert repr(found(data, until=None, where=some).to_dict()) == repr(found(kept, until=None).to_dict())


rows = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 40), st.sampled_from("xyz"), st.sampled_from("NS")),
    min_size=1,
    max_size=30,
)


def table(rows):
    return {
        "who": [one[0] for one in rows],
        "when": day(*(one[1] for one in rows)),
        "group": [one[2] for one in rows],
        "area": [one[3] for one in rows],
    }


@settings(deadline=None, max_examples=60)
@given(
    rows, st.randoms(use_true_random=False), st.sampled_from(["first", "every"]), st.sampled_from(["one", "repeats"])
)
def test_the_order_of_rows_changes_nothing(rows, random, index, same_day):
    shuffled = random.sample(rows, len(rows))
    options = {"group": "group", "by": "area", "index": index, "same_day": same_day, "until": None}
    one, other = found(table(rows), **options), found(table(shuffled), **options)
    assert repr(one.to_dict()) == repr(other.to_dict())


@settings(deadline=None, max_examples=60)
@given(rows, st.sampled_from(["first", "every"]))
def test_without_cut_off_windows_the_risk_is_the_plain_share(rows, index):
    findings = found(table(rows), group="group", by="area", index=index, until=START + 50)
    for risk, plain in zip(
        findings.filter(statistic="risk").rows(), findings.filter(statistic="plain risk").rows(), strict=True
    ):
        assert risk["value"] == pytest.approx(plain["value"], nan_ok=True)
        assert risk["followed"] == risk["nobs"] == plain["nobs"]
        if index == "first" and risk["nobs"]:
            limits = dr.proportion_interval(plain["count"], plain["nobs"])
            assert (risk["low"], risk["high"]) == pytest.approx((100 * limits.low, 100 * limits.high))


@settings(deadline=None, max_examples=40)
@given(rows)
def test_areas_and_groups_add_up_to_the_whole(rows):
    whole, parts = (found(table(rows), until=None, **by) for by in ({}, {"group": "group", "by": "area"}))
    for statistic in ("people", "events", "risk"):
        one = row(whole, statistic=statistic)
        for areas in ([None], ["N", "S"]):
            several = parts.filter(statistic=statistic, area=areas)
            assert sum(several["count"]) == one["count"] and sum(several["nobs"]) == one["nobs"]


def test_nobody_can_be_linked():
    findings = found({"who": [None, ""], "when": day(0, 1)}, until=None)
    assert all(math.isnan(value) for value in findings["value"])
    assert set(findings["outcome_missing"]) == {2}
    assert all(Flag.NO_CASES in flag for flag in findings["flag"])


def test_where_nobody_was_followed_for_the_window_the_risk_is_not_known():
    findings = found(window=30)
    risk = row(findings, statistic="risk")
    assert math.isnan(risk["value"]) and Flag.UNDEFINED in risk["flag"]
    assert row(findings, statistic="plain risk")["value"] == pytest.approx(40)
    compared = found(GROUPS, window=400, group="group", reference="x")
    assert all(math.isnan(value) for value in compared.filter(statistic="risk")["estimate"])


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"window": "a while"}, ValueError, r"window: 'a while' is not a length of time"),
        ({"until": "2016-01-10"}, ValueError, r"date: 2016-01-16 at row 3 of 'when' is after until, 2016-01-10"),
        ({"until": "soon"}, ValueError, r"until: 'soon' is not a date"),
        ({"until": 2016}, TypeError, r"until: 2016 is not a date"),
        ({"index": "last"}, ValueError, r"index: 'last' is not one of 'first', 'every'"),
        ({"same_day": "no"}, ValueError, r"same_day: 'no' is not one of"),
        ({"adjust": "maximum"}, ValueError, r"adjust: 'maximum' is not one of"),
        ({"inference": "some"}, ValueError, r"inference: 'some' is not one of"),
        ({"reference": "White"}, ValueError, r"reference: there are no groups to compare; give group="),
        ({"confidence_level": 95}, ValueError, r"confidence_level: 95 is not between 0 and 1"),
        ({"name": ""}, TypeError, r"name: '' is not a text"),
        ({"by": "who"}, ValueError, r"by: 'who' is already given as person"),
        ({"group": "nation"}, ValueError, r"no column 'nation' in the data"),
        ({"where": [False] * 7}, ValueError, r"where: no row is left to count"),
        ({"threshold": -1}, ValueError, r"threshold: -1 is not a positive number"),
        ({"missing": {"A": "gone"}}, ValueError, r"missing: 'A' is mapped to 'gone'"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        found(**options)


def test_groups_are_refused_by_name():
    with pytest.raises(ValueError, match=r"reference: 'z' is not a label of 'group'"):
        found(GROUPS, group="group", reference="z")
    with pytest.raises(ValueError, match=r"use index='first'"):
        found(GROUPS, group="group", reference="x", index="every")


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"when": ["2016-01-01"] * 6 + ["1/1/2016"]}, ValueError, r"date: '1/1/2016' at row 6 of 'when'"),
        ({"when": ["2016-01-01"] * 6 + [None]}, ValueError, r"date: row 6 of 'when' has no date"),
        ({"when": np.arange(7)}, TypeError, r"date: column 'when' is of int64, not dates"),
        ({"when": day(0)}, ValueError, r"the columns differ in length"),
        ({"who": np.arange(7) + 0.5}, TypeError, r"'who'"),
    ],
)
def test_bad_columns_are_refused(changes, error, message):
    with pytest.raises(error, match=message):
        found(PEOPLE | changes)


def test_a_person_at_midnight_is_in_london():
    events = {
        "who": ["A", "A"],
        "when": [dt.datetime(2016, 6, 1, 23, 30, tzinfo=dt.UTC), dt.datetime(2016, 6, 2, 12, tzinfo=dt.UTC)],
    }
    assert row(dr.repeats(events, **KEYS, window=7), statistic="people")["count"] == 0  # one day, one event


def test_it_shows_itself_in_eighty_columns_and_in_html():
    findings = found(many(), window="3 months", until=None, group="group", by="area", reference="White")
    assert max(map(len, repr(findings).splitlines())) <= 80
    assert max(map(len, repr(found(many(), until=None)).splitlines())) <= 80
    assert "<caption" in findings._repr_html_()
    assert found(many(), until=None).plot() is not None

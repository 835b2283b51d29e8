"""dr.rolling: each window is what dr.gap says of its months."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

FROM_GAP = (
    "group", "borough", "row_type", "count", "nobs", "outcome_missing", "value", "reference_count", "reference_nobs",
    "reference_value", "estimate", "low", "high", "pvalue", "adjusted_pvalue", "verdict", "method",
)  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        {"by": "borough"},
        {"by": "borough", "pool": "mean", "adjust": "bonferroni"},
        {"by": "borough", "measure": "ratio", "method": "katz", "confidence_level": (0.9, 0.99)},
        {"by": "borough", "reference": dr.REST, "inference": "none"},
        {"by": "borough", "reference": dr.OVERALL, "method": "newcombe"},
        {"by": "borough", "reference": dr.target(80)},
        {"by": "borough", "reference": dr.target(81, half_width=1.9), "pool": "mean"},
    ],
)
@pytest.mark.parametrize("window", [1, 4, 9])
def test_a_window_has_the_rows_of_the_gap_of_its_months(surveys, window, options):
    numbers = surveys.counts()
    question = surveys.GAP | options
    found = dr.rolling(surveys.tally(numbers), **question, window=window, ends="2010-09")
    del question["time"]
    gap = dr.gap(surveys.of_months(numbers, range(9 - window, 9)), **question)
    assert len(found) == len(gap)
    for name in FROM_GAP:
        assert surveys.same(found[name], gap[name]), name
    assert all((mine & ~Flag.EMPTY_PERIOD) == theirs for mine, theirs in zip(found["flag"], gap["flag"], strict=True))
    assert found.kind == "rolling"


def test_windows_follow_the_calendar_and_say_what_they_are(surveys):
    found = dr.rolling(surveys.tally(surveys.counts()), **surveys.ASK, window="3 months")
    assert found["window_end"] == surveys.MONTHS[2:]
    assert found["period"][0] == "January 2010 to March 2010"
    assert set(found["months"]) == {3}
    assert found["group"] == [None] * 7
    assert found["reference"] == [None] * 7


def test_shares_are_those_of_the_arrays(surveys):
    numbers = surveys.counts()
    found = dr.rolling(surveys.tally(numbers), **surveys.ASK, window=4, group="ethnicity", by="borough")
    yes, nobs = numbers[..., 1], numbers[..., :2].sum(axis=-1)
    arrays = dr.rolling_intervals(yes, nobs, window=4)
    areas = found.filter(borough=surveys.AREAS)
    for name, values in {"count": arrays.count, "nobs": arrays.nobs}.items():
        assert areas[name] == values.reshape(-1).tolist()
    for name, values in {"value": arrays.share, "low": arrays.low, "high": arrays.high}.items():
        np.testing.assert_allclose(areas[name], 100 * values.reshape(-1), rtol=1e-12)
    every = found.filter(borough=None)
    assert every["count"] == arrays.count.sum(axis=1).reshape(-1).tolist()


@given(st.permutations(range(9)), st.integers(1, 9), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_the_order_of_months_changes_nothing(surveys, order, window, seed):
    numbers = surveys.counts(seed=seed, mean=3)
    shuffled = surveys.tally(numbers[order], [surveys.MONTHS[i] for i in order])
    one, other = (
        dr.rolling(data, **surveys.GAP, window=window, by="borough") for data in (surveys.tally(numbers), shuffled)
    )
    for name in one.columns:
        assert surveys.same(one[name], other[name]), name


def test_tallies_of_months_add_up(surveys):
    numbers = surveys.counts()
    first, second = surveys.tally(numbers[:5], surveys.MONTHS[:5]), surveys.tally(numbers[5:], surveys.MONTHS[5:])
    one, other = (dr.rolling(data, **surveys.GAP, window=3) for data in (surveys.tally(numbers), first + second))
    assert surveys.same(one["estimate"], other["estimate"])


def test_the_pooled_value_is_not_the_mean_of_quarterly_percentages():
    quarters = ["2010-Q2", "2010-Q3", "2010-Q4", "2011-Q1"]
    table = {
        "quarter": quarters * 2, "met": [True] * 4 + [False] * 4,
        "people": [410, 388, 455, 402, 110, 112, 105, 113],
    }  # fmt: skip
    found = dr.rolling(table, outcome="met", positive=True, time="quarter", window="1 year", count="people")
    assert found["value"] == [pytest.approx(78.99761336515513, rel=1e-14)]
    each = dr.rolling(table, outcome="met", positive=True, time="quarter", window=1, count="people")
    assert np.mean(each["value"]) == pytest.approx(78.93860156833459, rel=1e-14)


def test_a_month_that_is_missing_leaves_counts_and_no_values(surveys):
    numbers = surveys.counts()
    kept = [i for i in range(9) if i != 4]
    data = surveys.tally(numbers[kept], [surveys.MONTHS[i] for i in kept])
    found = dr.rolling(data, **surveys.GAP, window=3, by="borough")
    whole = dr.rolling(surveys.tally(numbers), **surveys.GAP, window=3, by="borough")
    for end in surveys.MONTHS[2:]:
        one, other = found.filter(window_end=end), whole.filter(window_end=end)
        if end in ("2010-05", "2010-06", "2010-07"):
            assert all(Flag.MISSING_PERIOD in flag for flag in one["flag"])
            assert np.isnan([one[name] for name in ("value", "estimate", "low", "high", "pvalue")]).all()
            assert set(one["verdict"]) == {None}
            assert "variation" not in one["row_type"]
            assert sum(one["nobs"]) > 0
        else:
            assert surveys.same(one["estimate"], other["estimate"])
            assert surveys.same(one["flag"], other["flag"])
    assert found.notes == ("No data for 2010-05: windows with such a period have no value.",)


def test_a_month_that_is_a_label_without_rows_is_missing_too(surveys):
    numbers = surveys.counts()
    numbers[0] = 0
    found = dr.rolling(surveys.tally(numbers), **surveys.ASK, window=2)
    assert [Flag.MISSING_PERIOD in flag for flag in found["flag"]] == [True, *[False] * 7]


def test_an_area_without_a_row_in_some_month_is_flagged_and_has_its_value(surveys):
    numbers = surveys.counts()
    numbers[3, 1] = 0
    found = dr.rolling(surveys.tally(numbers), **surveys.GAP, window=2, by="borough")
    marked = {(end, area) for end, area, flag in zip(found["window_end"], found["borough"], found["flag"], strict=True)
              if Flag.EMPTY_PERIOD in flag}  # fmt: skip
    assert marked == {("2010-04", "Camden"), ("2010-05", "Camden")}
    here = surveys.row(found, window_end="2010-04", borough="Camden", group="Asian", row_type="group")
    assert here["value"] == here["value"]


def test_windows_across_a_break_have_no_values(surveys):
    split = dr.Break("2010-05", "mode", "telephone to face-to-face")
    found = dr.rolling(surveys.tally(surveys.counts()), **surveys.GAP, window=3, breaks=split)
    flagged = {
        end for end, flag in zip(found["window_end"], found["flag"], strict=True) if Flag.BREAK_IN_SERIES in flag
    }
    assert flagged == {"2010-05", "2010-06"}
    across = found.filter(window_end=["2010-05", "2010-06"])
    assert np.isnan(across["value"]).all()
    assert set(found.filter(window_end="2010-04")["break_date"]) == {None}
    after = found.filter(window_end="2010-07")
    assert (after["break_date"][0], after["break_cause"][0], after["break_words"][0]) == (
        "2010-05", "mode", "telephone to face-to-face",
    )  # fmt: skip
    assert found.notes == (
        "Break in the series at May 2010 (mode): telephone to face-to-face. Values are not compared across it.",
    )


def test_a_break_outside_the_series_is_said_to_be(surveys):
    found = dr.rolling(surveys.tally(surveys.counts()), **surveys.ASK, window=3, breaks=dr.Break("2011-05", "sample"))
    assert found.notes == ("All of the series is before the break at May 2011 (sample).",)
    assert all(not flag & Flag.BREAK_IN_SERIES for flag in found["flag"])
    first = dr.Break("2010-01", "mode")
    found = dr.rolling(surveys.tally(surveys.counts()), **surveys.ASK, window=3, breaks=first)
    assert found.notes == ("All of the series is after the break at January 2010 (mode).",)
    assert set(found["break_date"]) == {"2010-01"} and not np.isnan(found["value"]).any()


def test_ends_and_steps(surveys):
    data = surveys.tally(surveys.counts())
    by_step = dr.rolling(data, **surveys.ASK, window=2, step=3)
    assert by_step["window_end"] == ["2010-03", "2010-06", "2010-09"]
    named = dr.rolling(data, **surveys.ASK, window=2, ends=["2010-09", "March 2010"])
    assert named["window_end"] == ["2010-03", "2010-09"]


def test_rows_without_a_month_are_said_to_be_in_no_window():
    data = {"month": ["2010-01", "2010-02", None, None], "ok": [True, False, True, True]}
    found = dr.rolling(data, outcome="ok", positive=True, time="month", window=2)
    assert found["nobs"] == [2]
    assert found.notes == ("2 rows state no month and are in no window.",)


@pytest.mark.parametrize("library", ["numpy", "pandas", "polars", "python", "csv"])
def test_dates_count_in_their_month(library, tmp_path):
    import datetime as dt

    days = ["2010-01-31", "2010-02-01", "2010-02-28", "2010-03-01"]
    table = {"day": days, "ok": [True, False, True, True], "w": [1.0, 2.0, 1.0, 1.0]}
    if library == "numpy":
        data = table | {"day": np.array(days, "datetime64[D]")}
    elif library == "python":
        data = table | {"day": [dt.date.fromisoformat(day) for day in days]}
    elif library == "pandas":
        import pandas as pd

        data = pd.DataFrame(table | {"day": pd.to_datetime(days)})
    else:
        import polars as pl

        data = pl.DataFrame(table | {"day": [dt.date.fromisoformat(day) for day in days]})
        if library == "csv":
            data.write_csv(tmp_path / "days.csv")
            data = str(tmp_path / "days.csv")
    positive = [True, "true"] if library == "csv" else True
    positive = "true" if library == "csv" else positive
    found = dr.rolling(data, outcome="ok", positive=positive, time="day", window=1, weight="w")
    assert found["window_end"] == ["2010-01", "2010-02", "2010-03"]
    assert found["value"] == pytest.approx([100, 100 / 3, 100])
    assert found.native == (library if library in ("pandas", "polars") else found.native)


def test_weights_are_summed_exactly_over_windows():
    rng = np.random.default_rng(5)
    n = 600
    data = {
        "month": np.array([f"2010-{m:02}" for m in range(1, 7)])[np.arange(n) % 6],
        "group": np.array(["A", "B"])[rng.integers(0, 2, n)],
        "ok": rng.random(n) < 0.7, "w": rng.lognormal(0, 1, n),
    }  # fmt: skip
    question = {"outcome": "ok", "positive": True, "group": "group", "reference": "B", "weight": "w"}
    found = dr.rolling(data, **question, time="month", window=3, ends="2010-05")
    inside = np.isin(data["month"], ["2010-03", "2010-04", "2010-05"])
    gap = dr.gap({name: values[inside] for name, values in data.items()}, **question)
    for name in ("value", "estimate", "low", "high", "effective_nobs"):
        assert found[name] == pytest.approx(gap[name], rel=1e-15, nan_ok=True)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"window": 10}, ValueError, "window: 10 months, and the series has 9 months, 2010-01 to 2010-09"),
        ({"ends": "2010-02", "window": 3}, ValueError,
         "ends: a window of 3 months that ends 2010-02 begins before the series, whose first month is 2010-01"),
        ({"ends": "2011-02"}, ValueError, "ends: '2011-02' is outside the series, which goes from 2010-01 to 2010-09"),
        ({"ends": "2010-Q2"}, ValueError, "ends: '2010-Q2' is a quarter, and 'month' has months"),
        ({"ends": []}, ValueError, "ends: names no period; leave it out for every window"),
        ({"ends": "2010-09", "step": 2}, ValueError, "step: the windows are those of ends=; give one of the two"),
        ({"step": 0}, ValueError, "step: 0 is below 1"),
        ({"reference": None}, None, ""),
        ({"reference": None, "method": "score"}, ValueError,
         "method: nothing is compared; name reference=, or leave it out"),
        ({"reference": None, "measure": "ratio"}, ValueError,
         "measure: nothing is compared; name reference=, or leave it out"),
        ({"group": None}, TypeError, "rolling needs group=, the column of groups, to compare them with a reference"),
        ({"by": "month"}, ValueError, "by: 'month' is already given as time"),
        ({"by": "months"}, ValueError, "by: 'months' is the name of a column of the findings; rename it in the data"),
        ({"time": "day"}, ValueError,
         "no dimension 'day' in the tally; .dims is ('month', 'borough', 'ethnicity', 'satisfied')"),
        ({"time": "borough"}, ValueError,
         "time: 'Bexley' of 'borough' is not a period such as '2010-04' (a month) or '2010-Q2' (a quarter)"),
        ({"breaks": "2010-04"}, TypeError, "breaks: '2010-04' is not a dr.Break(date, cause, words)"),
        ({"positive": "maybe"}, ValueError, "positive: 'maybe' is not a label of 'satisfied'; its labels are 'no', "
         "'yes', \"don't know\""),
        ({"weight": "w"}, TypeError, "weight: data is a Tally, which is already counted; pass weight to dr.tally"),
        ({"pool": "mean", "measure": "ratio"}, ValueError,
         "pool: the mean of areas is for differences; a ratio of means is not the mean of ratios"),
    ],
)  # fmt: skip
def test_bad_input(surveys, arguments, kind, message):
    question = surveys.GAP | {"window": 2} | arguments
    data = surveys.tally(surveys.counts())
    if kind is None:
        assert len(dr.rolling(data, **question)) == 8 * 4
        return
    with pytest.raises(kind) as error:
        dr.rolling(data, **question)
    assert str(error.value) == message


def test_a_break_within_a_quarter_is_refused():
    table = {"quarter": ["2010-Q1", "2010-Q2"], "ok": [True, False]}
    with pytest.raises(ValueError) as error:
        dr.rolling(table, outcome="ok", positive=True, time="quarter", window=1, breaks=dr.Break("2010-05", "mode"))
    assert str(error.value) == (
        "breaks: '2010-05' is within the quarter 2010-Q2; quarters are compared as a whole, so name the first one "
        "after the break"
    )


def test_everybody_against_a_target(surveys):
    numbers = surveys.counts()
    found = dr.rolling(surveys.tally(numbers), **surveys.ASK, window=3, reference=dr.target(80), by="borough")
    assert set(found["reference"]) == {"target of 80%"}
    last = surveys.row(found, window_end="2010-09", borough="Camden")
    x, n = numbers[6:, 1, :, 1].sum(), numbers[6:, 1, :, :2].sum()
    assert last["estimate"] == pytest.approx(100 * x / n - 80)
    share = dr.proportion_interval(x, n)
    assert [last["low"], last["high"]] == pytest.approx([100 * share.low - 80, 100 * share.high - 80])


def test_a_group_that_the_data_choose_is_chosen_once(surveys):
    numbers = surveys.counts()
    numbers[:, :, 2, :] *= 3
    numbers[8, :, 2, :] = 1  # the largest group, but not in the last month
    data = surveys.tally(numbers)
    found = dr.rolling(data, **surveys.GAP | {"reference": dr.LARGEST}, window=1)
    assert set(found["reference"]) == {"White"}
    best = dr.rolling(data, **surveys.GAP | {"reference": dr.BEST}, window=3)
    shares = dr.rolling(data, **surveys.ASK, group="ethnicity", window=9)
    assert set(best["reference"]) == {max(zip(shares["value"][:3], surveys.GROUPS, strict=False))[1]}
    assert all(Flag.CHOSEN_FROM_DATA in flag for flag in best.filter(row_type="group")["flag"] if not flag & 64)
    change = dr.gap_change(data, **surveys.GAP | {"reference": dr.BEST}, window=3, before="2010-05", after="2010-08")
    assert set(change["reference"]) == set(best["reference"])
    assert Flag.CHOSEN_FROM_DATA in change.filter(row_type="group")["flag"][0]


def test_two_ways_to_write_a_month_are_one_month():
    data = {"month": ["2010-01", "January 2010", "2010-02-28"], "ok": [True, False, True]}
    found = dr.rolling(data, outcome="ok", positive=True, time="month", window=1)
    assert (found["window_end"], found["nobs"]) == (["2010-01", "2010-02"], [2, 1])


def test_a_tally_kept_as_a_file_answers_every_window(surveys, tmp_path):
    surveys.tally(surveys.counts()).save(tmp_path / "uss.tally")
    kept = dr.load_tally(tmp_path / "uss.tally")
    for window in (1, 5):
        one, other = (
            dr.rolling(data, **surveys.GAP, window=window) for data in (kept, surveys.tally(surveys.counts()))
        )
        assert surveys.same(one["low"], other["low"])

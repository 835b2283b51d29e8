"""dr.gap_change and dr.change: what windows share cancels, and what does not is independent."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.interactions import interaction_contrast

GOLDEN = Path(__file__).parent / "golden" / "py_uk_measures.json"
QUARTERS = ["2010-Q2", "2010-Q3", "2010-Q4", "2011-Q1", "2011-Q2", "2011-Q3"]
MET, ASKED = [410, 388, 455, 402, 470, 300], [520, 500, 560, 515, 580, 410]
"""The worked example of overlapping windows."""


def quarters():
    others = [n - x for x, n in zip(MET, ASKED, strict=True)]
    return {"quarter": QUARTERS * 2, "met": [True] * 6 + [False] * 6, "people": MET + others}


def worked(**options):
    return dr.change(quarters(), outcome="met", positive=True, time="quarter", window=4, count="people", **options)


def test_the_worked_example_has_half_the_error_of_independent_windows():
    (found,) = worked(before="2011-Q1", after="2011-Q2").rows()
    assert found["estimate"] == pytest.approx(0.5847532241720188, rel=1e-12)
    assert found["se"] == pytest.approx(0.6245072969587034, rel=2e-6)
    # the example gives the three quarters that stayed a share each: here they have one, as in any window
    weights = [-1 / 2095, *[1 / 2155 - 1 / 2095] * 3, 1 / 2155]
    apart = sum(w * w * x * (n - x) / n for w, x, n in zip(weights, MET, ASKED, strict=False))
    assert 100 * math.sqrt(apart) == pytest.approx(0.6245072969587034, rel=1e-12)
    naive = 100 * math.sqrt(sum(p * (1 - p) / n for p, n in ((1655 / 2095, 2095), (1715 / 2155, 2155))))
    assert naive == pytest.approx(1.2433655205004886, rel=1e-12)
    assert found["shared_months"] == 9
    assert (found["reference"], found["reference_nobs"], found["nobs"]) == ("April 2010 to March 2011", 2095, 2155)
    assert found["low"] < found["estimate"] - 1.9 * found["se"]
    wald = next(worked(before="2011-Q1", after="2011-Q2", method="wald").rows())
    assert wald["high"] - wald["estimate"] == pytest.approx(1.959963984540054 * found["se"], rel=1e-9)


def test_the_worked_example_is_that_of_the_golden_values():
    rolling = json.loads(GOLDEN.read_text())["rolling"]
    assert [(each["x"], each["n"]) for each in rolling["quarters"]] == list(zip(MET, ASKED, strict=True))
    (found,) = worked(before="2011-Q1", after="2011-Q2").rows()
    assert found["se"] == pytest.approx(100 * rolling["se_overlap_aware"], rel=2e-6)
    assert found["value"] == pytest.approx(100 * rolling["pooled_roll4"][1], rel=1e-14)


@pytest.mark.parametrize("options", [{}, {"reference": dr.REST}, {"reference": dr.OVERALL}, {"pool": "mean"}])
def test_the_change_is_the_later_gap_less_the_earlier_one(surveys, options):
    question = surveys.GAP | options
    data = surveys.tally(surveys.counts())
    found = dr.gap_change(data, **question, window=4, before="2010-06", after="2010-08", by="borough")
    gaps = dr.rolling(data, **question, window=4, ends=["2010-06", "2010-08"], by="borough")
    known = found.filter(group=["Asian", "Black"], row_type="group")
    for place, end in (("value", "2010-08"), ("reference_value", "2010-06")):
        theirs = gaps.filter(window_end=end, group=["Asian", "Black"], row_type="group")
        assert known[place] == pytest.approx(theirs["estimate"], abs=1e-10)
    changes = np.subtract(known["value"], known["reference_value"])
    assert known["estimate"] == pytest.approx(changes, abs=1e-10)
    assert found.kind == "gap change"


@given(st.integers(0, 50), st.integers(1, 4), st.sampled_from(["2010-05", "2010-06", "2010-09"]))
@settings(max_examples=30, deadline=None)
def test_windows_that_share_nothing_are_two_independent_gaps(surveys, seed, window, after):
    numbers = surveys.counts(seed=seed, mean=4)
    length = min(window, int(after[-1]) - 4)
    found = dr.gap_change(
        surveys.tally(numbers), **surveys.GAP, window=length, before="2010-04", after=after, by="borough", adjust="none"
    )
    end = int(after[-1])
    both = [numbers[end - length : end].sum(axis=0), numbers[4 - length : 4].sum(axis=0)]
    arms = [(counts[:, g, 1], counts[:, g, :2].sum(axis=1)) for counts in both for g in (0, 2)]
    count, size = (np.array(each, float) for each in zip(*arms, strict=True))
    with np.errstate(invalid="ignore"):
        expected = interaction_contrast(count / size, size).compare(0.95)
    rows = found.filter(group="Asian", row_type="group", borough=surveys.AREAS)
    assert set(rows["shared_months"]) == {0}
    for name in ("estimate", "low", "high"):
        np.testing.assert_allclose(rows[name], 100 * getattr(expected, name), atol=1e-9)
    np.testing.assert_allclose(rows["pvalue"], expected.pvalue, atol=1e-9)


def test_of_a_share_windows_that_share_nothing_have_newcombes_interval(surveys):
    numbers = surveys.counts()
    (found,) = dr.change(surveys.tally(numbers), **surveys.ASK, window=3, before="2010-03", after="2010-09").rows()
    x, n = numbers[..., 1].sum(axis=(1, 2)), numbers[..., :2].sum(axis=(1, 2, 3))
    gap = dr.compare_proportions(x[6:].sum(), n[6:].sum(), x[:3].sum(), n[:3].sum(), method="newcombe")
    ours = [found[name] / 100 for name in ("estimate", "low", "high")]
    assert ours == pytest.approx([gap.estimate, gap.low, gap.high], abs=1e-12)
    assert found["pvalue"] == pytest.approx(gap.pvalue, abs=1e-9)


def test_the_variance_is_that_of_a_sum_of_independent_months(surveys):
    """By simulation: the months of both windows drawn anew from known shares, numbers of cases kept."""
    rng = np.random.default_rng(7)
    nobs = rng.integers(20, 60, (6, 2))
    share = rng.uniform(0.6, 0.9, 2)
    draws = rng.binomial(nobs, share, (20_000, 6, 2))

    def gap(places):
        part = draws[:, places].sum(axis=1) / nobs[places].sum(axis=0)
        return part[:, 0] - part[:, 1]

    spread = np.std(gap(slice(2, 6)) - gap(slice(0, 4)))
    expected = np.round(nobs * share).astype(int)
    months = surveys.MONTHS[:6]
    labels = {"month": months, "group": ["A", "B"], "ok": ["no", "yes"]}
    data = dr.Tally(np.stack([nobs - expected, expected], axis=-1), labels, outcome="ok")
    found = dr.gap_change(
        data, outcome="ok", positive="yes", group="group", reference="B", time="month", window=4, before=months[3],
        after=months[5],
    )  # fmt: skip
    assert found["se"][0] == pytest.approx(100 * spread, rel=0.03)


@given(st.permutations(range(9)), st.integers(1, 6), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_the_order_of_months_changes_nothing(surveys, order, window, seed):
    numbers = surveys.counts(seed=seed, mean=3)
    shuffled = surveys.tally(numbers[order], [surveys.MONTHS[i] for i in order])
    one, other = (
        dr.gap_change(data, **surveys.GAP, window=window, before="2010-07", after="2010-09", by="borough")
        for data in (surveys.tally(numbers), shuffled)
    )
    for name in one.columns:
        assert surveys.same(one[name], other[name]), name


def test_all_areas_come_first_then_their_variation_then_each(surveys):
    data = surveys.tally(surveys.counts())
    found = dr.gap_change(data, **surveys.GAP, window=3, before="2010-06", after="2010-09", by="borough")
    kinds = list(zip(found["borough"], found["row_type"], found["group"], strict=True))
    types = ["group", "group", "reference", "group"]
    expected = [(None, kind, group) for kind, group in zip(types, surveys.GROUPS, strict=True)]
    expected += [(None, "variation", group) for group in ("Asian", "Asian", "Black", "Black")]
    for area in surveys.AREAS:
        expected += [(area, kind, group) for kind, group in zip(types, surveys.GROUPS, strict=True)]
    assert kinds == expected
    methods = found.filter(row_type="group", borough="Camden")["method"]
    assert methods[0] == "MOVER of Wilson limits; Holm over 6 comparisons"


def test_one_row_in_full(surveys):
    numbers = surveys.counts()
    data = surveys.tally(numbers)
    found = dr.gap_change(data, **surveys.GAP, window=3, before="2010-05", after="2010-06", by="borough")
    camden = surveys.row(found, borough="Camden", group="Black", row_type="group")
    for suffix, months in (("", slice(3, 6)), ("_before", slice(2, 5))):
        part = numbers[months, 1].sum(axis=0)
        assert camden["count" + suffix] == part[1, 1]
        assert camden["nobs" + suffix] == part[1, :2].sum()
        assert camden["reference_count" + suffix] == part[2, 1]
        assert camden["reference_nobs" + suffix] == part[2, :2].sum()
        share = "share" + (suffix or "_after")
        assert camden[share] == pytest.approx(100 * part[1, 1] / part[1, :2].sum())
        assert camden["reference_" + share] == pytest.approx(100 * part[2, 1] / part[2, :2].sum())
    assert (camden["period"], camden["period_before"]) == ("April 2010 to June 2010", "March 2010 to May 2010")
    assert (camden["window_end"], camden["before_end"], camden["shared_months"]) == ("2010-06", "2010-05", 2)
    assert camden["reference"] == "White"


def test_the_variation_of_changes_counts_only_what_is_not_shared(surveys):
    data = surveys.tally(surveys.counts(mean=40))
    found = dr.gap_change(data, **surveys.GAP, window=6, before="2010-08", after="2010-09", by="borough")
    spread, largest = found.filter(row_type="variation", group="Asian").rows()
    assert spread["confidence_level"] == 0.9
    areas = found.filter(group="Asian", borough=surveys.AREAS)
    assert largest["value"] == pytest.approx(np.abs(areas["estimate"]).max())
    assert 0.3 < largest["estimate"] / np.mean(areas["se"]) < 3


def test_the_mean_of_areas_is_that_of_their_changes(surveys):
    data = surveys.tally(surveys.counts())
    found = dr.gap_change(data, **surveys.GAP, window=3, before="2010-05", after="2010-06", by="borough", pool="mean")
    every = surveys.row(found, borough=None, group="Asian", row_type="group")
    areas = found.filter(group="Asian", borough=surveys.AREAS)
    assert every["estimate"] == pytest.approx(np.mean(areas["estimate"]), abs=1e-10)
    assert every["se"] == pytest.approx(np.sqrt(np.square(areas["se"]).sum()) / 3, rel=1e-12)
    assert every["share_after"] == pytest.approx(np.mean(areas["share_after"]), abs=1e-10)
    assert every["method"].endswith("; mean of areas")


def test_a_year_earlier_is_what_is_meant_unless_said(surveys):
    months = [f"{2009 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
    data = surveys.tally(surveys.counts(months), months)
    found = dr.gap_change(data, **surveys.GAP, window=12)
    assert set(found["window_end"]) == {"2010-12"}
    assert set(found["before_end"]) == {"2009-12"}
    (same_month, *_) = dr.change(data, **surveys.ASK, window=1, after="2010-06").rows()
    assert (same_month["period"], same_month["period_before"]) == ("June 2010", "June 2009")


def test_at_0_and_100_percent_the_interval_has_a_width(surveys):
    numbers = np.zeros((9, 3, 4, 4), int)
    numbers[..., 0, 0] = 5
    numbers[..., 2, 1] = 7
    found = dr.gap_change(surveys.tally(numbers), **surveys.GAP, window=4, before="2010-08", after="2010-09")
    asian = next(found.rows())
    assert asian["estimate"] == 0
    assert math.isnan(asian["se"])  # no error of 0 beside limits that have a width
    assert -30 < asian["low"] < 0 < asian["high"] < 30
    assert asian["pvalue"] == 1
    wald = next(
        dr.gap_change(
            surveys.tally(numbers), **surveys.GAP, window=4, before="2010-08", after="2010-09", method="wald"
        ).rows()
    )
    assert np.isnan([wald["low"], wald["high"], wald["pvalue"]]).all() and wald["verdict"] is None
    assert Flag.NO_VARIANCE in wald["flag"]
    assert Flag.NO_VARIANCE not in asian["flag"]


def test_where_a_side_has_no_case_there_is_no_change(surveys):
    numbers = surveys.counts()
    numbers[:5, 1, 0] = 0  # no Asian person in Camden before
    numbers[:, 2, 2] = 0  # no White person in Ealing at all
    found = dr.gap_change(
        surveys.tally(numbers), **surveys.GAP, window=3, before="2010-05", after="2010-09", by="borough"
    )
    camden, ealing = (surveys.row(found, borough=area, group="Asian") for area in ("Camden", "Ealing"))
    for each, flag in ((camden, Flag.NO_CASES), (ealing, Flag.NO_REFERENCE)):
        assert np.isnan([each[name] for name in ("estimate", "se", "low", "high", "pvalue")]).all()
        assert flag in each["flag"]
        assert each["verdict"] is None
    assert surveys.row(found, borough=None, group="Asian", row_type="group")["low"] < 0


def test_where_all_cases_are_in_both_windows_nothing_could_have_changed(surveys):
    numbers = surveys.counts()
    numbers[[4, 7], 1] = 0  # nobody in Camden in the month that leaves nor in that which joins
    found = dr.gap_change(
        surveys.tally(numbers), **surveys.GAP, window=3, before="2010-07", after="2010-08", by="borough"
    )
    camden = surveys.row(found, borough="Camden", group="Asian")
    assert camden["value"] == camden["reference_value"]
    assert np.isnan([camden[name] for name in ("estimate", "low", "high", "pvalue")]).all()
    assert Flag.UNDEFINED in camden["flag"]


@pytest.mark.parametrize(
    ("month", "whole"),
    [("2010-02", {"value"}), ("2010-06", {"value", "reference_value"}), ("2010-09", {"reference_value"})],
)
def test_across_a_break_there_is_no_change_and_whole_windows_keep_their_values(surveys, month, whole):
    data = surveys.tally(surveys.counts())
    question = {**surveys.GAP, "window": 3, "before": "2010-03", "after": "2010-09", "by": "borough"}
    found = dr.gap_change(data, **question, breaks=dr.Break(month, "supplier"))
    plain = dr.gap_change(data, **question).filter(row_type=["group", "reference"])
    assert len(found) == len(plain)
    for name in ("value", "reference_value"):
        assert surveys.same(found[name], plain[name] if name in whole else [math.nan] * len(found))
    assert np.isnan([found[name] for name in ("estimate", "se", "low", "high", "pvalue")]).all()
    assert all(Flag.BREAK_IN_SERIES in flag for flag in found["flag"])
    shares = found["share_after"]
    assert surveys.same(shares, plain["share_after"] if "value" in whole else [math.nan] * len(found))
    assert found["nobs"] == plain["nobs"]


def test_a_break_before_both_windows_does_nothing_but_say_so(surveys):
    data = surveys.tally(surveys.counts())
    question = {**surveys.GAP, "window": 3, "before": "2010-06", "after": "2010-09"}
    found = dr.gap_change(data, **question, breaks=dr.Break("2010-04", "supplier"))
    assert surveys.same(found["estimate"], dr.gap_change(data, **question)["estimate"])
    assert set(found["break_date"]) == {"2010-04"}


def test_a_missing_month_leaves_no_change(surveys):
    numbers = surveys.counts()
    numbers[7] = 0
    found = dr.gap_change(surveys.tally(numbers), **surveys.GAP, window=3, before="2010-06", after="2010-09")
    assert np.isnan(found["estimate"]).all()
    assert np.isnan(found["value"]).all()
    assert not np.isnan(found["reference_value"][0])
    assert all(Flag.MISSING_PERIOD in flag for flag in found["flag"])


def test_weights_give_effective_numbers():
    rng = np.random.default_rng(2)
    n = 900
    data = {
        "month": np.array([f"2010-{m:02}" for m in range(1, 7)])[np.arange(n) % 6],
        "group": np.array(["A", "B"])[rng.integers(0, 2, n)], "ok": rng.random(n) < 0.7,
    }  # fmt: skip
    question = {"outcome": "ok", "positive": True, "group": "group", "reference": "B", "time": "month", "window": 3}
    ask = {**question, "before": "2010-04", "after": "2010-06"}
    plain = next(dr.gap_change(data, **ask).rows())
    ones = next(dr.gap_change(data | {"w": np.full(n, 2.5)}, **ask, weight="w").rows())
    for name in ("estimate", "low", "high", "pvalue", "se"):
        assert ones[name] == pytest.approx(plain[name], rel=1e-9)
    uneven = next(dr.gap_change(data | {"w": rng.lognormal(0, 0.8, n)}, **ask, weight="w").rows())
    assert uneven["high"] - uneven["low"] > 1.1 * (plain["high"] - plain["low"])
    assert uneven["effective_nobs"] < plain["nobs"]
    assert Flag.EFFECTIVE_SIZE in uneven["flag"]


def test_change_of_each_group_holds_it_against_itself(surveys):
    numbers = surveys.counts()
    data = surveys.tally(numbers)
    found = dr.change(data, **surveys.ASK, group="ethnicity", window=3, before="2010-06", after="2010-09")
    assert found["group"] == surveys.GROUPS
    assert found["row_type"] == ["group"] * 4
    x, n = numbers[..., 1].sum(axis=1), numbers[..., :2].sum(axis=(1, 3))
    change = x[6:].sum(axis=0) / n[6:].sum(axis=0) - x[3:6].sum(axis=0) / n[3:6].sum(axis=0)
    np.testing.assert_allclose(found["estimate"][:3], 100 * change[:3], atol=1e-10)
    assert math.isnan(found["estimate"][3])  # who states no group is compared with nobody
    assert found.kind == "change"


def test_a_full_count_has_no_intervals(surveys):
    data = surveys.tally(surveys.counts())
    found = dr.gap_change(
        data, **surveys.GAP, window=3, before="2010-06", after="2010-09", by="borough", inference="none"
    )
    assert "variation" not in found["row_type"]
    assert np.isnan(found["low"]).all()
    assert np.isnan(found["se"]).all()
    assert not math.isnan(found["estimate"][0])


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"before": "2010-09"}, ValueError, "before: 2010-09 is the same window as after, 2010-09"),
        ({"before": "2010-09", "after": "2010-08"}, ValueError, "before: 2010-09 is later than after, 2010-08"),
        ({"before": "2010-02"}, ValueError,
         "before: a window of 3 months that ends 2010-02 begins before the series, whose first month is 2010-01"),
        ({"before": "year earlier"}, ValueError,
         "before: a window of 3 months a year before 2010-09 begins before the series, which has 9 months, from "
         "2010-01"),
        ({"after": "2012-01"}, ValueError,
         "after: '2012-01' is outside the series, which goes from 2010-01 to 2010-09"),
        ({"after": "autumn"}, ValueError,
         "after: 'autumn' is not a period such as '2010-04' (a month) or '2010-Q2' (a quarter)"),
        ({"window": 10}, ValueError, "window: 10 months, and the series has 9 months, 2010-01 to 2010-09"),
        ({"method": "score"}, ValueError, "method: 'score' is not one of 'mover', 'wald'"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of 'holm', 'hochberg', 'benjamini-hochberg', "
         "'benjamini-yekutieli', 'bonferroni', 'none'"),
        ({"reference": dr.target(80)}, TypeError,
         "reference: a target is the same in both windows, so that the gap changes as the share does: use dr.change"),
        ({"reference": None}, TypeError, "gap_change needs reference=: one of the groups, dr.REST or dr.OVERALL"),
        ({"group": None}, TypeError,
         "gap_change needs group=, the column of groups; dr.change is for shares without a reference"),
        ({"by": "before_end"}, ValueError,
         "by: 'before_end' is the name of a column of the findings; rename it in the data"),
        ({"reference": "Welsh"}, ValueError,
         "reference: 'Welsh' is not a label of 'ethnicity'; its labels are 'Asian', 'Black', 'White'"),
    ],
)  # fmt: skip
def test_bad_input(surveys, arguments, kind, message):
    question = {**surveys.GAP, "window": 3, "before": "2010-05", **arguments}
    with pytest.raises(kind) as error:
        dr.gap_change(surveys.tally(surveys.counts()), **question)
    assert str(error.value) == message

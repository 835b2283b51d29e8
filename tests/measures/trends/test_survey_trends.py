"""Rolling and changes of a survey with its design: clusters and months in both windows are allowed for."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

MONTHS = np.array([f"2010-{month:02}" for month in range(1, 13)])
BOROUGHS = np.array(["Bexley", "Camden"])
DESIGN = dr.survey_design(weight="weight", stratum="borough", psu="ward")
ASK = {"outcome": "satisfied", "positive": True, "time": "month"}
GAP = {**ASK, "group": "group", "reference": "White"}


def records(seed=1, n=6000, effect=0.6):
    """Interviews in wards that are visited month after month, so that windows share clusters even without months."""
    rng = np.random.default_rng(seed)
    ward = rng.integers(0, 60, n)
    group = np.where(rng.random(n) < 0.3, "Other", "White")
    chance = 1 / (1 + np.exp(-(1.2 - 0.4 * (group == "Other") + effect * rng.normal(size=60)[ward])))
    return {
        "month": MONTHS[rng.integers(0, 12, n)], "borough": BOROUGHS[ward % 2], "ward": ward, "group": group,
        "satisfied": rng.random(n) < chance, "weight": rng.lognormal(0, 0.5, n),
    }  # fmt: skip


def inside(data, months):
    return np.isin(data["month"], MONTHS[list(months)])


def score(data, rows):
    """Each ward's linearised contribution to the share of some rows, with the borough of the ward."""
    weight = np.where(rows, data["weight"], 0.0)
    share = (weight * data["satisfied"]).sum() / weight.sum()
    each = weight * (data["satisfied"] - share) / weight.sum()
    return share, np.bincount(data["ward"], each, 60)


def linearised(data, parts):
    """The sum of shares with their signs and its standard error, by hand."""
    total, scores = 0.0, np.zeros(60)
    for sign, rows in parts:
        share, each = score(data, rows)
        total, scores = total + sign * share, scores + sign * each
    variance = 0.0
    for borough in (0, 1):
        of_stratum = scores[borough::2]
        n = len(of_stratum)
        variance += n / (n - 1) * np.square(of_stratum - of_stratum.mean()).sum()
    return 100 * total, 100 * math.sqrt(variance)


@pytest.mark.parametrize(("before", "after"), [(range(6), range(3, 9)), (range(3), range(6, 9))])
def test_the_error_of_a_change_is_that_of_its_scores(before, after):
    data = records()
    window = len(before)
    found = next(
        dr.gap_change(
            data, **GAP, window=window, before=MONTHS[before[-1]], after=MONTHS[after[-1]], design=DESIGN
        ).rows()
    )
    own, other = data["group"] == "Other", data["group"] == "White"
    months = [inside(data, each) for each in (after, before)]
    parts = [(1, months[0] & own), (-1, months[0] & other), (-1, months[1] & own), (1, months[1] & other)]
    change, error = linearised(data, parts)
    assert found["estimate"] == pytest.approx(change, abs=1e-9)
    assert found["se"] == pytest.approx(error, rel=1e-9)
    (share,) = dr.change(
        data, **ASK, window=window, before=MONTHS[before[-1]], after=MONTHS[after[-1]], design=DESIGN
    ).rows()
    change, error = linearised(data, [(1, months[0]), (-1, months[1])])
    assert share["estimate"] == pytest.approx(change, abs=1e-9)
    assert share["se"] == pytest.approx(error, rel=1e-9)


def test_wald_is_students_interval_with_the_degrees_of_the_regression():
    from scipy.stats import t

    data = records()
    question = {**GAP, "window": 6, "before": "2010-06", "after": "2010-09", "design": DESIGN}
    for measure, degrees in ((dr.gap_change, 60 - 2 - 3), (dr.change, 60 - 2 - 1)):
        asked = {name: value for name, value in question.items() if measure is dr.gap_change or name != "reference"}
        found = next(measure(data, **asked, method="wald").rows())
        reach = t.ppf(0.975, degrees) * found["se"]
        assert found["high"] - found["estimate"] == pytest.approx(reach, rel=1e-9)
        assert found["pvalue"] == pytest.approx(2 * t.sf(abs(found["estimate"]) / found["se"], degrees), rel=1e-6)


def test_movers_width_is_near_that_of_the_design():
    data = records()
    question = {**GAP, "window": 6, "before": "2010-06", "after": "2010-09", "design": DESIGN}
    mover, wald = (next(dr.gap_change(data, **question, method=method).rows()) for method in ("mover", "wald"))
    assert mover["estimate"] == wald["estimate"]
    assert mover["high"] - mover["low"] == pytest.approx(wald["high"] - wald["low"], rel=0.05)
    assert mover["method"] == "MOVER of Wilson limits, effective numbers of cases"


def test_wards_in_both_windows_make_a_change_surer_than_two_independent_windows():
    data = records(effect=1.5)
    question = {**ASK, "window": 3, "design": DESIGN}
    change = next(dr.change(data, **question, before="2010-03", after="2010-09").rows())
    shares = dr.rolling(data, **question, ends=["2010-03", "2010-09"])
    apart = math.hypot(*shares["se"])
    assert change["se"] < 0.8 * apart
    assert change["high"] - change["low"] < 0.85 * 2 * 1.96 * apart


def test_without_clusters_and_weights_it_is_the_simple_answer():
    data = records(effect=0)
    question = {**GAP, "window": 6, "before": "2010-06", "after": "2010-09", "by": "borough"}
    simple = dr.gap_change(data, **question)
    designed = dr.gap_change(data, **question, design=dr.survey_design())
    kept = [i for i, kind in enumerate(simple["row_type"]) if kind == "group"]
    for name in ("value", "reference_value", "estimate"):
        assert [designed[name][i] for i in kept] == pytest.approx([simple[name][i] for i in kept], abs=1e-9)
    for name in ("low", "high"):
        assert [designed[name][i] for i in kept] == pytest.approx([simple[name][i] for i in kept], abs=0.15)


def test_a_window_of_a_survey_is_the_gap_of_its_domain():
    data = records()
    question = {"outcome": "satisfied", "positive": True, "group": "group", "reference": "White", "by": "borough"}
    found = dr.rolling(data, **question, time="month", window=4, ends=["2010-04", "2010-09"], design=DESIGN)
    for end, months in (("2010-04", range(4)), ("2010-09", range(5, 9))):
        domain = np.where(inside(data, months), "in", "out")
        gap = dr.gap(data | {"domain": domain}, **question | {"by": ["domain", "borough"]}, design=DESIGN)
        window = found.filter(window_end=end, borough=["Bexley", "Camden"])
        expected = gap.filter(domain="in")
        for name in ("group", "count", "nobs"):
            assert window[name] == expected[name]
        for name in ("value", "reference_value", "estimate", "se", "degrees_of_freedom", "effective_nobs"):
            assert window[name] == pytest.approx(expected[name], rel=1e-9, nan_ok=True)


def test_shares_have_the_designs_errors_and_means_of_areas_too():
    data = records()
    found = dr.rolling(data, **ASK, window=5, ends="2010-08", design=DESIGN, by="borough", pool="mean")
    every, *areas = found.rows()
    for area, row in zip(BOROUGHS, areas, strict=True):
        rows = inside(data, range(3, 8)) & (data["borough"] == area)
        share, error = linearised(data, [(1, rows)])
        assert row["value"] == pytest.approx(share, abs=1e-9)
        assert row["se"] == pytest.approx(error, rel=1e-9)
        assert row["low"] < row["value"] < row["high"]
    assert every["value"] == pytest.approx(np.mean([row["value"] for row in areas]))
    half = 1.96 * math.hypot(*(row["se"] for row in areas)) / 2
    assert every["high"] - every["low"] == pytest.approx(2 * half, rel=0.1)


def test_the_mean_of_changes_of_areas_has_the_error_of_their_scores():
    data = records()
    question = {**GAP, "window": 3, "before": "2010-06", "after": "2010-08", "by": "borough", "design": DESIGN}
    found = dr.gap_change(data, **question, pool="mean")
    every = next(found.filter(borough=None, group="Other", row_type="group").rows())
    areas = found.filter(group="Other", borough=list(BOROUGHS))
    assert every["estimate"] == pytest.approx(np.mean(areas["estimate"]), abs=1e-9)
    assert every["se"] == pytest.approx(math.hypot(*areas["se"]) / 2, rel=1e-6)
    assert every["low"] < every["estimate"] < every["high"]


def test_at_0_and_100_percent_the_interval_has_a_width_and_says_what_it_borrows():
    data = records()
    data["satisfied"] = data["group"] == "White"
    found = next(dr.gap_change(data, **GAP, window=3, before="2010-06", after="2010-08", design=DESIGN).rows())
    assert found["estimate"] == pytest.approx(0, abs=1e-12)
    assert math.isnan(found["se"])
    assert -20 < found["low"] < 0 < found["high"] < 20
    assert Flag.BORROWED_PRECISION in found["flag"]


def test_a_change_that_is_the_same_in_every_ward_borrows_its_precision():
    months = {**records(), "month": np.array(["2010-01"] * 6000)}
    twice = {name: np.concatenate([values, values]) for name, values in months.items()}
    twice["month"][6000:] = "2010-02"
    options = {**GAP, "window": 1, "before": "2010-01", "design": DESIGN}
    found = next(dr.gap_change(twice, **options).rows())
    assert (found["estimate"], found["pvalue"]) == (0, 1)
    assert math.isnan(found["se"])
    assert found["low"] < 0 < found["high"]
    assert Flag.BORROWED_PRECISION in found["flag"]
    wald = next(dr.gap_change(twice, **options, method="wald").rows())
    assert np.isnan([wald["low"], wald["high"]]).all()
    assert Flag.NO_VARIANCE in wald["flag"]


def test_dates_and_designs_go_together():
    data = records()
    dated = data | {"month": np.array([f"{month}-15" for month in data["month"]], "datetime64[D]")}
    one, other = (
        dr.change(each, **ASK, window=3, before="2010-06", after="2010-09", design=DESIGN) for each in (data, dated)
    )
    assert one["low"] == other["low"]


def test_the_order_of_rows_changes_no_bit():
    data = records(n=2000)
    order = np.random.default_rng(0).permutation(2000)
    shuffled = {name: values[order] for name, values in data.items()}
    question = {**GAP, "window": 4, "before": "2010-06", "after": "2010-08", "by": "borough", "design": DESIGN}
    one, other = (dr.gap_change(each, **question) for each in (data, shuffled))
    for name in ("estimate", "se", "low", "high", "pvalue"):
        assert np.array_equal(one[name], other[name], equal_nan=True)


@pytest.mark.parametrize("measure", [dr.rolling, dr.gap_change])
def test_bad_designs(measure):
    data = records(n=200)
    table = dr.tally(data, ["month", "group"], outcome="satisfied")
    question = {**GAP, "window": 3} | ({"before": "2010-06"} if measure is dr.gap_change else {})
    with pytest.raises(TypeError, match=r"design: a Tally has no clusters; pass the records"):
        measure(table, **question, design=DESIGN)
    with pytest.raises(ValueError, match=r"weight: the design has the weights; leave out weight="):
        measure(data, **question, design=DESIGN, weight="weight")
    with pytest.raises(ValueError, match=r"method: '(katz|score|fisher)' is not"):
        measure(data, **question, design=DESIGN, method="fisher" if measure is dr.rolling else "score")


def test_one_with_next_to_no_weight_makes_no_change_sure():
    """As in a gap: whom hardly anything is said of would otherwise make a window of 24 people as sure as thousands."""
    months = ["2010-01"] * 90 + ["2010-02"] * 24
    people = {"month": months, "yes": [i % 9 != 0 for i in range(90)] + [True] * 23 + [False],
              "ward": [i % 13 for i in range(90)] + [20 + i % 11 for i in range(24)]}  # fmt: skip
    widths = []
    for light in (1e-3, 0.0):
        design = dr.survey_design(weight="wt", psu="ward")
        found = dr.change(people | {"wt": [1.0] * 113 + [light]}, outcome="yes", positive=True, time="month", window=1,
                          before="2010-01", after="2010-02", design=design).to_dict()  # fmt: skip
        widths.append(found["high"][0] - found["low"][0])
    assert widths[0] / widths[1] > 0.65  # without a bound on its size 0.36

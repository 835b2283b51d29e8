"""dr.group_inequality: published values, bounds, parameters, and events of single places."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())
FEW = {"n_resamples": 99}
NAMES = ("gini", "theil", "mean-log-deviation", "hoover", "atkinson", "entropy")


def test_published_values_between_groups():
    golden = GOLDEN["disparity"]
    people = [100 * int(n) for n in golden["n"]]
    events = [round(rate * n / 1000) for rate, n in zip(golden["rates"], people, strict=True)]
    for index, key in (("theil", "theil_between"), ("mean-log-deviation", "mld_between")):
        found = dr.group_inequality(events, exposure=people, index=index, **FEW)
        assert found.estimate == pytest.approx(golden[key], rel=1e-9)
        assert (found.name, found.parameter) == (index, None)


def test_published_values_of_single_units():
    golden = GOLDEN["values"]
    for index, parameter, key in (
        ("gini", None, "gini"),
        ("theil", None, "theil_T"),
        ("entropy", 1, "theil_T"),
        ("mean-log-deviation", None, "theil_L"),
        ("entropy", 0, "theil_L"),
        ("hoover", None, "rs_hoover"),
        ("atkinson", 0.5, "atkinson0.5"),
        ("atkinson", None, "atkinson1"),
        ("atkinson", 2, "atkinson2"),
        ("entropy", 0.5, "entropy0.5"),
        ("entropy", None, "entropy2"),
    ):
        found = dr.group_inequality(golden["x"], exposure=1, index=index, parameter=parameter, **FEW)
        assert found.estimate == pytest.approx(golden[key], rel=1e-9)
    assert dr.group_inequality([1, 2], 3, index="entropy", **FEW).parameter == 2
    assert dr.group_inequality([1, 2], 3, index="atkinson", **FEW).parameter == 1


groups = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), min_size=2, max_size=5)


@pytest.mark.parametrize("index", NAMES)
@settings(max_examples=10, deadline=None)
@given(groups, st.integers(2, 9))
def test_laws(index, drawn, times):
    count = np.array([some for some, _ in drawn])
    nobs = count + [more for _, more in drawn]
    found = dr.group_inequality(count, nobs, index=index, **FEW)
    assert 0 <= found.low <= found.corrected <= found.high
    assert found.high > 0
    assert (found.low > 0) == (found.pvalue < 0.05)
    assert found.high <= (1 if index in ("gini", "hoover", "atkinson") else math.inf)
    scaled = dr.group_inequality(times * count, times * nobs, index=index, **FEW)
    assert scaled.estimate == pytest.approx(found.estimate, abs=1e-12)
    exposure = dr.group_inequality(count, exposure=1000 * nobs, index=index, **FEW)
    assert exposure.estimate == pytest.approx(found.estimate, abs=1e-12)


def test_events_that_chance_alone_would_concentrate():
    """One event on average at each of 200 places: a Gini coefficient of a half, and no place is different."""
    events = np.random.default_rng(2).poisson(1.0, 200)
    found = dr.group_inequality(events, exposure=1, index="gini", n_resamples=399)
    assert found.estimate > 0.45
    assert found.expected == pytest.approx(found.estimate, abs=0.05)
    assert found.low == 0
    assert found.high < found.estimate


def test_a_rate_of_0():
    infinite = dr.group_inequality([0, 5, 9], 10, index="mean-log-deviation", **FEW)
    assert infinite.estimate == infinite.high == math.inf
    assert infinite.low < math.inf
    assert infinite.flag == Flag(0)
    assert dr.group_inequality([0, 5, 9], 10, index="atkinson", **FEW).estimate == 1
    assert dr.group_inequality([0, 5, 9], 10, index="theil", **FEW).estimate == pytest.approx(
        (15 / 14 * math.log(15 / 14) + 27 / 14 * math.log(27 / 14)) / 3
    )


@pytest.mark.parametrize("index", NAMES)
def test_no_events(index):
    found = dr.group_inequality([0, 0], [20, 20], index=index, **FEW)
    assert math.isnan(found.estimate)
    assert (found.low, found.pvalue, found.flag) == (0, 1, Flag.UNDEFINED)
    assert found.high == (1 if index in ("gini", "hoover", "atkinson") else math.inf)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"index": "dissimilarity"}, "index: 'dissimilarity' is not one of 'gini', 'theil'"),
        ({"index": "gini", "parameter": 1}, "parameter: the index 'gini' has none"),
        ({"index": "atkinson", "parameter": 0}, "parameter: 0 is not a finite number above 0"),
        ({"index": "entropy", "parameter": math.inf}, "parameter: inf is not a finite number"),
    ],
)
def test_bad_input(change, message):
    with pytest.raises(ValueError, match=message):
        dr.group_inequality([1, 2], 10, **change)

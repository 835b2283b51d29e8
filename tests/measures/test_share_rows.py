"""Rows of shares, whoever asks for them: by design and without, with means of areas and columns of their own."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.references import REST
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import arrange
from dueregard.measures.share_rows import ShareQuestion, share_columns, share_rows
from dueregard.measures.verdicts import Rule

LEVELS = (0.9, 0.95)


def survey(seed=3):
    rng = np.random.default_rng(seed)
    area, point = np.repeat(["N", "S", "W"], 80), np.repeat(np.arange(48), 5)
    return {
        "area": area, "point": point, "group": rng.choice(["A", "B"], 240), "weight": rng.uniform(0.5, 2, 240),
        "good": rng.random(240) < np.where(area == "N", 0.7, 0.5),
    }  # fmt: skip


def grouped():
    tally = dr.tally(survey(), ["area", "group"], outcome="good")
    return arrange(tally, outcome="good", positive=True, exclude=(), group="group", by=("area",))


def test_a_comparison_asks_about_shares_as_shares_alone_do():
    alone = ShareQuestion("good", "group", ("area",), "cases", "2011", True, LEVELS)
    rules = tuple(Rule(level, 5.0) for level in LEVELS)
    both = Question("good", "difference", "score", "holm", "group", ("area",), REST, None, rules, "cases", "2011", True)
    assert share_rows(grouped(), alone) == share_rows(grouped(), both)


def test_each_level_has_a_row_with_wilsons_limits():
    found = share_columns(grouped(), ShareQuestion("good", "group", ("area",), "cases", None, True, LEVELS))
    assert found["confidence_level"] == [*LEVELS] * 6 and found["area"][:4] == ["N"] * 4
    for i, level in enumerate(found["confidence_level"]):
        limits = dr.proportion_interval(found["count"][i], found["nobs"][i], confidence_level=level)
        assert (found["low"][i], found["high"][i]) == pytest.approx((100 * limits.low, 100 * limits.high))


def test_what_is_not_shown_has_a_count_and_no_share():
    question = ShareQuestion("good", "group", ("area",), "cases", None, True, (0.95,))
    found = share_columns(grouped(), question, shown=np.array([True, False]))
    hidden = [i for i, label in enumerate(found["group"]) if label == "B"]
    assert hidden and all(np.isnan([found[name][i] for name in ("value", "low", "high")]).all() for i in hidden)
    assert all(found["count"][i] > 0 for i in hidden)


def test_the_mean_of_the_areas_of_a_survey_has_an_error_of_its_own():
    """Areas are strata: their shares do not move together, and the variance of their mean is a ninth of the sum."""
    design = dr.survey_design(weight="weight", stratum="area", psu="point")
    data = survey() | {"month": ["2010-04"] * 240}
    asked = {"outcome": "good", "positive": True, "time": "month", "window": 1, "by": "area", "design": design}
    found = dr.rolling(data, pool="mean", **asked)
    pooled, *areas = found.rows()
    assert pooled["se"] == pytest.approx(np.sqrt(sum(row["se"] ** 2 for row in areas)) / 3)
    assert pooled["value"] == pytest.approx(np.mean([row["value"] for row in areas]))
    assert dr.rolling(data, **asked)["se"][0] != pytest.approx(pooled["se"], rel=1e-6)

"""dr.share: how a whole divides, by area."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

STAFF = {
    "borough": ["Bexley"] * 100 + ["Camden"] * 60,
    "ethnicity": ["Asian"] * 20 + ["White"] * 70 + [None] * 10 + ["White"] * 40 + ["not applicable"] * 20,
}


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def test_shares_are_of_those_stated_with_wilson_limits():
    findings = dr.share(STAFF, of="ethnicity", by="borough")
    found = row(findings, borough="Bexley", group="Asian")
    limits = dr.proportion_interval(20, 90)
    assert (found["count"], found["nobs"], found["outcome_missing"]) == (20, 90, 10)
    assert found["value"] == pytest.approx(100 * 20 / 90)
    assert (found["low"], found["high"]) == pytest.approx((100 * limits.low, 100 * limits.high))
    assert math.isnan(found["estimate"]) and found["reference"] is None
    assert (found["measure"], found["unit_of_measure"], found["method"]) == ("share of ethnicity", "percent", "Wilson")


def test_all_areas_first_and_groups_never_dropped():
    findings = dr.share(STAFF, of="ethnicity", by="borough")
    groups = ["Asian", "White", "not stated", "not applicable"]
    assert findings["group"] == groups * 3
    assert findings["borough"] == [None] * 4 + ["Bexley"] * 4 + ["Camden"] * 4
    empty = row(findings, borough="Camden", group="Asian")
    assert (empty["count"], empty["value"], empty["low"]) == (0, 0.0, 0.0)
    assert Flag.EMPTY_GROUP in empty["flag"]


def test_missing_and_excluded_labels_have_a_count_and_no_share():
    findings = dr.share(STAFF, of="ethnicity", exclude="White")
    unknown, excluded = row(findings, group="not stated"), row(findings, group="White")
    assert unknown["count"] == 10 and math.isnan(unknown["value"]) and Flag.MISSING_GROUP in unknown["flag"]
    assert excluded["count"] == 110 and math.isnan(excluded["value"]) and Flag.MISSING_GROUP not in excluded["flag"]
    asian = row(findings, group="Asian")
    assert (asian["value"], asian["nobs"], asian["outcome_missing"]) == (100.0, 20, 120)
    assert row(findings, group="not applicable")["count"] == 20


def test_an_area_with_nobody_has_nan_and_a_flag():
    labels = {"area": ["a", "b"], "g": ["x", "y"]}
    findings = dr.share(dr.Tally(np.array([[3, 4], [0, 0]]), labels), of="g", by="area")
    found = row(findings, area="b", group="x")
    assert math.isnan(found["value"]) and math.isnan(found["high"]) and Flag.NO_CASES in found["flag"]


def test_a_full_count_has_no_interval():
    found = row(dr.share(STAFF, of="ethnicity", inference="none"), group="Asian")
    assert found["value"] == pytest.approx(100 * 20 / 130)
    assert math.isnan(found["low"]) and math.isnan(found["confidence_level"])
    assert Flag.FULL_COUNT in found["flag"] and found["method"] == "full count"


def test_weights():
    weight = np.where(np.arange(160) < 20, 3.0, 1.0)
    found = row(dr.share(STAFF, of="ethnicity", weight=weight), group="Asian")
    assert found["value"] == pytest.approx(100 * 60 / 170)
    assert found["nobs"] == 130
    assert found["effective_nobs"] == pytest.approx(170**2 / (20 * 9 + 110))
    assert found["design_effect"] == pytest.approx(130 / found["effective_nobs"])


def test_shares_of_a_whole_add_up():
    values = [v for v in dr.share(STAFF, of="ethnicity")["value"] if v == v]
    assert sum(values) == pytest.approx(100)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"exclude": "Asain"}, r"exclude: 'Asain' is not a label of 'ethnicity' \(did you mean 'Asian'\?\)"),
        ({"by": "ethnicity"}, "by: 'ethnicity' is already given as of"),
        ({"inference": "all"}, "inference: 'all' is not one of 'chance', 'none'"),
        ({"confidence_level": 2}, "confidence_level: 2 is not between 0 and 1"),
    ],
)
def test_bad_arguments_are_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        dr.share(STAFF, of="ethnicity", **changes)

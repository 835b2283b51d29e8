"""dr.time_gap: against dr.gap without open cases, by hand with them, medians, references and what is not reached."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers


def drawn(n=500, seed=2, followed=(5, 80)):
    """Cases of three groups in two places; one group waits longer."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["Asian", "Black", "White"], n, p=[0.3, 0.2, 0.5])
    days = rng.integers(0, 60, n) + 15 * (group == "Asian")
    until = rng.integers(*followed, n)
    return {
        "days": np.minimum(days, until),
        "updated": days <= until,
        "victim": group,
        "borough": rng.choice(["Bexley", "Camden"], n),
    }


ASK = {"time": "days", "group": "victim", "reference": "White"}


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def of(cases, group):
    """Events and open cases of a group at each day."""
    times = np.arange(100)
    mine = cases["victim"] == group
    return times, *(
        np.array([(mine & (cases["days"] == t) & (cases["updated"] == kind)).sum() for t in times])
        for kind in (True, False)
    )


@pytest.mark.parametrize("reference", ["White", dr.REST, dr.OVERALL])
def test_without_open_cases_it_is_the_gap_of_a_share(reference):
    cases = drawn()
    cases["in time"] = cases["days"] <= 28
    times = dr.time_gap(cases, **ASK | {"reference": reference}, target=28, by="borough")
    plain = dr.gap(
        cases, outcome="in time", positive=True, group="victim", reference=reference, by="borough", method="newcombe"
    )
    for one, other in zip(times.rows(), plain.rows(), strict=True):
        if one["row_type"] != "variation":
            for name in ("value", "reference_value", "estimate", "low", "high", "pvalue", "adjusted_pvalue"):
                assert one[name] == pytest.approx(other[name], abs=1e-9, nan_ok=True), name
            for name in ("group", "borough", "nobs", "reference_nobs", "verdict", "flag", "row_type"):
                assert one[name] == other[name]


def test_open_cases_count_while_they_are_followed():
    cases = drawn()
    found = row(dr.time_gap(cases, **ASK, event="updated", target=28), group="Asian")
    times, events, censored = of(cases, "Asian")
    mine = dr.share_within(times, events, censored=censored, target=28)
    times, events, censored = of(cases, "White")
    other = dr.share_within(times, events, censored=censored, target=28)
    assert found["value"] == pytest.approx(100 * mine.estimate)
    assert (found["value_low"], found["value_high"]) == pytest.approx((100 * mine.low, 100 * mine.high))
    assert found["estimate"] == pytest.approx(100 * (mine.estimate - other.estimate))
    below = math.hypot(mine.estimate - mine.low, other.high - other.estimate)
    above = math.hypot(mine.high - mine.estimate, other.estimate - other.low)
    assert found["low"] == pytest.approx(found["estimate"] - 100 * below)
    assert found["high"] == pytest.approx(found["estimate"] + 100 * above)
    assert (found["pvalue"] < 0.05) == (found["low"] > 0 or found["high"] < 0)


def test_medians_and_their_difference():
    cases = drawn()
    findings = dr.time_gap(cases, **ASK, event="updated")
    found = row(findings, group="Asian")
    times, events, censored = of(cases, "Asian")
    mine = dr.median_time(times, events, censored=censored)
    times, events, censored = of(cases, "White")
    other = dr.median_time(times, events, censored=censored)
    assert (found["value"], found["value_low"], found["value_high"]) == mine[:3]
    assert found["estimate"] == mine.estimate - other.estimate
    assert found["low"] == pytest.approx(
        found["estimate"] - math.hypot(mine.estimate - mine.low, other.high - other.estimate)
    )
    assert found["unit_of_measure"] == "days" and found["verdict"] == "higher"
    assert findings.higher_is_better is False and findings.threshold is None


def test_a_threshold_in_days_is_said_in_days():
    findings = dr.time_gap(drawn(3000, followed=(40, 90)), **ASK, event="updated", threshold=8)
    black, asian = row(findings, group="Black"), row(findings, group="Asian")
    assert black["verdict"] == "no difference that matters" and asian["verdict"] == "higher"
    said = findings.sentences()
    assert "within the 8 days taken as not mattering" in " ".join(said)
    assert not [text for text in said if unsupported_numbers(text, findings)]
    wide = row(dr.time_gap(drawn(3000, followed=(40, 90)), **ASK, event="updated", threshold=40), group="Asian")
    assert wide["verdict"] == "higher by less than 40 days"
    assert findings.plot().alternative.subtitle == "Median days: difference in days, with 95% intervals"


def test_a_median_not_reached_and_a_share_not_known_are_no_numbers():
    cases = {
        "days": [5, 9, 9, 1, 2, 3],
        "updated": [True, False, False, True, True, True],
        "victim": ["a"] * 3 + ["b"] * 3,
    }
    ask = {"time": "days", "event": "updated", "group": "victim"}
    open_ = row(dr.time_gap(cases, **ask, reference="b"), group="a")
    assert math.isnan(open_["value"]) and math.isnan(open_["estimate"]) and dr.Flag.NOT_REACHED in open_["flag"]
    assert open_["value_high"] == math.inf and open_["verdict"] is None
    other = row(dr.time_gap(cases, **ask, reference="a"), group="b")
    assert other["value"] == 2 and math.isnan(other["estimate"]) and dr.Flag.NOT_REACHED in other["flag"]
    unknown = row(dr.time_gap(cases, **ask, reference="b", target=28), group="a")
    assert math.isnan(unknown["value"]) and math.isnan(unknown["estimate"]) and dr.Flag.UNDEFINED in unknown["flag"]
    known = row(dr.time_gap(cases, **ask, reference="b", target=7), group="a")
    assert known["estimate"] == pytest.approx(100 * (1 / 3 - 1))


def test_groups_without_cases_keep_their_rows():
    labels = {"victim": ["a", "b", "c"], "updated": [True, "not stated"], "days": [3, 8, "not stated"]}
    counts = np.array([[[4, 5, 1], [1, 0, 0]], [[6, 2, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]])
    for target in (5, None):
        findings = dr.time_gap(
            dr.Tally(counts, labels), time="days", event="updated", group="victim", reference="b", target=target
        )
        assert findings["nobs"] == [9, 8, 0] and findings["outcome_missing"] == [2, 0, 0]
        assert math.isnan(findings["value"][2]) and dr.Flag.NO_CASES in findings["flag"][2]


def test_text_of_files_and_fractions_of_days(tmp_path):
    polars = pytest.importorskip("polars")
    cases = {"days": [0.5, 2.25, 30.0, 4.0], "updated": [True, True, False, True], "victim": ["a", "a", "b", "b"]}
    polars.DataFrame(cases).write_csv(tmp_path / "cases.csv")
    ask = {"time": "days", "event": "updated", "group": "victim", "reference": "b", "target": 10}
    assert repr(dr.time_gap(tmp_path / "cases.csv", **ask).to_dict()) == repr(dr.time_gap(cases, **ask).to_dict())


def test_a_full_count_has_no_intervals():
    findings = dr.time_gap(drawn(), **ASK, event="updated", target=28, inference="none", by="borough")
    assert all(map(math.isnan, findings["low"])) and "value_low" not in findings.columns
    assert "variation" not in findings["row_type"]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"reference": None}, TypeError, "time_gap needs reference="),
        ({"target": -1}, ValueError, "target: -1 is negative"),
        ({"event": "victim"}, ValueError, "event: 'victim' is already given as group"),
        ({"event": "borough"}, ValueError, "event: 'Bexley' in 'borough' is neither True nor False"),
        ({"time": "victim", "group": "borough", "reference": "Bexley"}, ValueError, "time: '.*' at row 0 of 'victim'"),
        ({"unit": ""}, TypeError, "unit: '' is not a text"),
        ({"adjust": "other"}, ValueError, "adjust: 'other' is not one of"),
    ],
)
def test_bad_input_is_named(change, error, words):
    with pytest.raises(error, match=words):
        dr.time_gap(drawn(), **ASK | change)

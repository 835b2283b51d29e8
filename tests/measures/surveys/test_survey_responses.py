"""Rates of response by definition, group and area."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.surveys.nonresponse.outcome_rates import DISPOSITIONS, RATES, outcome_rate

CASES = {"d": ["1.1", "1.2", "2.11", "2.2", "2.3", "3.1", "3.9", "4.5"], "n": [4, 2, 1, 1, 1, 1, 1, 1]}
# worked by hand from the formulas of Standard Definitions, with e = 9 / 10
EXPECTED = {
    "RR1": 4 / 11, "RR2": 6 / 11, "RR3": 4 / 10.8, "RR4": 6 / 10.8, "RR5": 4 / 9, "RR6": 6 / 9,
    "COOP1": 4 / 8, "COOP2": 6 / 8, "COOP3": 4 / 7, "COOP4": 6 / 7,
    "CON1": 8 / 11, "CON2": 8 / 10.8, "CON3": 8 / 9, "REF1": 1 / 11, "REF2": 1 / 10.8, "REF3": 1 / 9,
}  # fmt: skip


def ask(data=CASES, **options):
    return dr.survey_response(data, **({"disposition": "d"} | options))


def test_every_rate_is_that_of_standard_definitions():
    found = ask(count="n", rates=list(RATES))
    rates = {measure.split()[-1]: value / 100 for measure, value in zip(found["measure"], found["value"], strict=True)}
    assert rates == pytest.approx(EXPECTED, rel=1e-14)
    assert found.kind == "response rates" and "10th edition, 2023" in found.notes[0]


def test_the_share_eligible_may_be_given_and_is_in_the_rows_that_use_it():
    found = ask(count="n", rates=["RR1", "RR3"], eligible=0.5)
    assert found["value"] == pytest.approx([400 / 11, 40.0])
    assert found["eligible_percent"] == [None, 50.0] and found["nobs"] == [11, 11]
    assert ask(count="n", rates="RR3", eligible=0)["value"] == pytest.approx([400 / 9])


@given(st.lists(st.integers(0, 40), min_size=8, max_size=8), st.floats(0, 1))
def test_the_order_of_the_rates_and_their_bounds(counts, eligible):
    cases = np.array(counts)

    def value(rate):
        counted, base = outcome_rate(cases, rate, eligible)
        return float(counted / base) if base > 0 else math.nan

    values = {rate: value(rate) for rate in RATES}
    assert all(math.isnan(each) or 0 <= each <= 1 + 1e-12 for each in values.values())
    for low, middle, high in (("RR1", "RR3", "RR5"), ("RR2", "RR4", "RR6"), ("CON1", "CON2", "CON3")):
        if not math.isnan(values[high]):
            assert values[low] <= values[middle] + 1e-12 <= values[high] + 2e-12
    assert len(DISPOSITIONS) == len(counts)


def test_words_codes_and_whether_somebody_answered_say_the_same():
    answered = {"d": [True] * 6 + [False] * 4}
    words = {"d": ["Complete"] * 6 + ["No answer"] * 4}
    numbers = {"d": [110] * 6 + [212] * 4}
    other = {"d": ["done"] * 6 + ["out"] * 4}
    for data, codes in (
        (answered, None),
        (words, None),
        (numbers, None),
        (other, {"done": "complete", "out": "other"}),
    ):
        assert ask(data, codes=codes)["value"] == [60.0]


def test_groups_are_compared_as_in_a_gap():
    staff = {"d": [True] * 330 + [False] * 170 + [True] * 40 + [False] * 60 + [True, False],
             "sex": ["Female"] * 500 + ["Male"] * 100 + [None] * 2}  # fmt: skip
    found = ask(staff, group="sex", reference="Male")
    gap = dr.gap(staff, outcome="d", positive=True, group="sex", reference="Male")
    for name in ("group", "count", "nobs", "value", "estimate", "low", "high", "pvalue", "verdict", "row_type"):
        assert list(map(str, found[name])) == list(map(str, gap[name])), name
    assert any("66% for the Female group against 40%" in text for text in found.sentences())


def test_without_groups_each_area_has_its_rate_with_wilsons_interval():
    staff = {"d": [True, False] * 20 + [True] * 10, "site": ["a"] * 40 + ["b"] * 10}
    found = ask(staff, by="site", name="Staff survey")
    assert found["site"] == [None, "a", "b"] and found["value"] == [60.0, 50.0, 100.0]
    _, low, high, _ = dr.proportion_interval(10, 10)
    assert (found["low"][2], found["high"][2]) == pytest.approx((100 * low, 100 * high))
    assert found["measure"][0] == "Staff survey: response rate RR1" and found["reference"] == [None] * 3
    everybody = ask(staff, inference="none")
    assert math.isnan(everybody["low"][0]) and everybody["method"] == ["full count"]
    assert dr.Flag.FULL_COUNT in everybody["flag"][0]


def test_a_case_without_a_disposition_is_of_unknown_eligibility_and_is_counted():
    data = {"d": ["complete"] * 6 + ["refusal"] * 3 + [None]}
    found = ask(data, rates=["RR1", "RR5"])
    assert found["value"] == pytest.approx([60.0, 600 / 9]) and found["outcome_missing"] == [1, 1]
    assert dr.Flag.MISSING_ANSWERS in found["flag"][0]


def test_an_area_where_nobody_was_asked_keeps_its_row():
    data = {"d": ["complete"] * 5 + ["not eligible"] * 3, "site": ["a"] * 5 + ["b"] * 3}
    row = next(ask(data, by="site").filter(site="b").rows())
    assert math.isnan(row["value"]) and math.isnan(row["low"]) and dr.Flag.NO_CASES in row["flag"]


def drawn(seed=1, n=600):
    """People drawn at points, more of some than of others."""
    rng = np.random.default_rng(seed)
    point = np.arange(n) // 10
    words = ["complete", "partial", "refusal", "non-contact", "unknown eligibility", "not eligible", None]
    return {
        "d": rng.choice(np.array(words, object), n, p=[0.5, 0.1, 0.15, 0.1, 0.08, 0.05, 0.02]), "point": point,
        "area": np.array(["N", "S", "W"])[point % 3], "sex": rng.choice(["F", "M"], n), "w": rng.uniform(0.5, 4, n),
    }  # fmt: skip


DESIGN = dr.survey_design(weight="w", stratum="area", psu="point")


@pytest.mark.parametrize("rate", ["RR1", "RR6", "COOP1", "CON3", "REF1"])
def test_rates_of_a_sample_are_the_gaps_of_its_design(rate):
    """The same cases as a plain yes and no, those that the rate does not look at left out of the base."""
    data, of = drawn(), RATES[rate]
    came_to = [outcome or "unknown eligibility" for outcome in data["d"]]
    data["met"] = [("yes" if name in of.counted else "no") if name in of.looked_at else "outside" for name in came_to]
    found = ask(data, rates=rate, group="sex", reference="M", by="area", design=DESIGN)
    gap = dr.gap(
        data, outcome="met", positive="yes", exclude="outside", group="sex", reference="M", by="area", design=DESIGN
    )  # fmt: skip
    assert found["area"] == gap["area"] and found["group"] == gap["group"] and found["count"] == gap["count"]
    for name in ("nobs", "value", "estimate", "se", "low", "high", "degrees_of_freedom"):
        own, other = (np.array(each[name], float) for each in (found, gap))
        np.testing.assert_allclose(own, other, rtol=1e-9, atol=1e-9)
    assert found["method"][0].startswith("MOVER, effective numbers") and sum(found["outcome_missing"][:2]) > 0


def test_a_rate_of_a_sample_without_groups_has_its_own_error():
    data = drawn()
    found = ask(data, rates="RR2", by="area", design=DESIGN)
    words = {"complete": "yes", "partial": "yes", "not eligible": "not applicable"}
    data["met"] = [words.get(outcome, "no") for outcome in data["d"]]
    share = dr.share(data, of="met", by="area", design=DESIGN).filter(group="yes")
    assert found["area"] == [None, "N", "S", "W"] == share["area"]
    for name in ("count", "nobs", "value", "se", "low", "high", "effective_nobs"):
        assert found[name] == pytest.approx(share[name], abs=1e-3), name


@pytest.mark.parametrize(("data", "options", "kind", "message"), [
    ({"d": ["complete", "gone"]}, {}, ValueError, "disposition: 'gone' in 'd' is neither a code"),
    ({"d": ["complete", "refusl"]}, {}, ValueError, "did you mean 'refusal'"),
    ({"d": ["complete", "gone"]}, {"codes": {"gone": "left"}}, ValueError, "codes: 'gone' stands for 'left'"),
    ({"d": ["complete"]}, {"codes": {"gone": "other"}}, ValueError, "codes: 'gone' is not a label of 'd'"),
    ({"d": ["complete"]}, {"codes": ["gone"]}, TypeError, r"codes: \['gone'\] is not a dict"),
    ({"d": [True, False]}, {"rates": "COOP1"}, ValueError, "rates: COOP1 needs to be known why each did not answer"),
    (CASES, {"rates": "RR7"}, ValueError, "rates: 'RR7' is not one of RR1"),
    (CASES, {"rates": []}, ValueError, "rates: there is none"),
    (CASES, {"eligible": 1.2}, ValueError, "eligible: 1.2 is not a share from 0 to 1"),
    (CASES, {"eligible": "all"}, ValueError, "eligible: 'all' is neither 'known' nor a share"),
    (CASES, {"eligible": True}, TypeError, "eligible: True is not a number"),
    (CASES, {"reference": "Male"}, TypeError, "reference: without group= there is nothing to compare"),
    (CASES, {"by": "d"}, ValueError, "by: 'd' is already given as disposition"),
    (CASES, {"inference": "some"}, ValueError, "inference: 'some' is not one of"),
    (dr.tally({"d": ["complete"], "w": [2.0]}, ["d"], weight="w"), {}, ValueError, "data: rates of response"),
    (drawn(), {"rates": "RR3", "design": DESIGN}, ValueError,
     "rates: RR3 takes a part of the cases of unknown eligibility, and a design does not say"),
    (drawn(), {"design": DESIGN, "count": "w"}, ValueError, "count: rows of a survey are people asked"),
    (drawn(), {"design": "w"}, TypeError, "design must be made by dr.survey_design"),
    (drawn(), {"design": DESIGN, "method": "newcombe", "group": "sex"}, ValueError, "method"),
])  # fmt: skip
def test_what_is_wrong_is_named(data, options, kind, message):
    with pytest.raises(kind, match=f"^{message}" if not message.startswith("did") else message):
        ask(data, **options)

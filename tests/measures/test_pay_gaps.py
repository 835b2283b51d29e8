"""dr.pay_gap and dr.pay_quarters: the regulations' figures, signs, quarters with ties, and pay of every origin."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.distributions.means import relative_means
from dueregard.measures.gaps.pay_quarters import quartered
from dueregard.publish.numbers import unsupported_numbers

MEN = [12.5, 13.1, 14.0, 15.5, 18.25, 22.0, 30.1, 41.5, 55.0]
WOMEN = [11.9, 12.0, 12.5, 13.0, 14.2, 15.0, 17.5, 21.0, 28.0, 35.0]
STAFF = {"pay": MEN + WOMEN, "sex": ["Male"] * 9 + ["Female"] * 10}
ASK = {"pay": "pay", "group": "sex", "reference": "Male"}


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def drawn(n=600, seed=1):
    """Staff of three groups in two places, one of them paid less."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["Asian", "Black", "White"], n, p=[0.2, 0.2, 0.6])
    pay = np.round(np.exp(rng.normal(2.8, 0.3, n) - 0.2 * (group == "Black")), 2)
    return {"pay": pay, "sex": group, "borough": rng.choice(["Bexley", "Camden"], n)}


def test_the_figures_of_the_regulations():
    findings = dr.pay_gap(STAFF, **ASK)
    mean, median = (
        row(findings, group="Female", measure="mean pay"),
        row(findings, group="Female", measure="median pay"),
    )
    assert mean["estimate"] == pytest.approx(26.970038296913728) and median["estimate"] == pytest.approx(20.0)
    assert mean["value"] == pytest.approx(np.mean(WOMEN)) and mean["reference_value"] == pytest.approx(np.mean(MEN))
    assert (median["value"], median["reference_value"]) == (np.median(WOMEN), np.median(MEN))
    assert mean["unit_of_measure"] == "% lower than the reference"
    assert math.isnan(mean["low"]) and mean["verdict"] is None and dr.Flag.FULL_COUNT in mean["flag"]
    quarters = dr.pay_quarters(STAFF, pay="pay", group="sex").filter(group="Female")
    assert quarters["value"][1:] == [80.0, 40.0, 60.0, 25.0] and quarters["nobs"][1:] == [5, 5, 5, 4]
    assert quarters["pay_quarter"][1:] == [
        "lower quarter", "lower middle quarter", "upper middle quarter", "upper quarter",
    ]  # fmt: skip


def test_a_group_paid_more_has_a_gap_below_zero_and_words_that_say_higher():
    findings = dr.pay_gap(STAFF | {"pay": [10.0] * 9 + [12.0] * 10, "sex": ["Male"] * 9 + ["Female"] * 10}, **ASK)
    assert row(findings, group="Female", measure="mean pay")["estimate"] == pytest.approx(-20)


def test_verdicts_and_sentences_are_about_the_pay_of_the_group():
    findings = dr.pay_gap(drawn(), **ASK | {"reference": "White"}, inference="chance", name="hourly pay")
    black = row(findings, group="Black", measure="median hourly pay")
    assert black["estimate"] > black["low"] > 0 and black["verdict"] == "lower"
    said = findings.sentences()
    assert not [text for text in said if unsupported_numbers(text, findings)]
    text = next(text for text in said if text.startswith("Median") and "Black" in text)
    assert f"{black['value']:.2f} for the Black group against {black['reference_value']:.2f} for the White" in text
    assert f"{black['estimate']:.0f}% lower (95% interval" in text and "clear evidence" in text
    alternative = findings.plot().alternative
    assert "lower" in alternative.title and "higher" not in alternative.title
    assert alternative.subtitle == "Difference in % lower than the reference, with 95% intervals"


def test_chance_limits_turn_with_the_sign_and_hold_the_estimate():
    findings = dr.pay_gap(drawn(), **ASK | {"reference": "White"}, inference="chance", by="borough")
    for found in findings.rows():
        if found["row_type"] == "group":
            assert found["low"] <= found["estimate"] <= found["high"]
            assert (found["pvalue"] < 0.05) == (found["low"] > 0 or found["high"] < 0)
    medians = [found for found in findings.rows() if str(found["measure"]).startswith("median")]
    exact = dr.median_interval(drawn()["pay"][drawn()["sex"] == "Asian"])
    assert (medians[0]["value_low"], medians[0]["value_high"]) == (exact.low, exact.high)


@given(st.lists(st.integers(1, 50), min_size=4, max_size=4), st.lists(st.integers(1, 50), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_a_fieller_limit_solves_its_equation(first, second):
    values = np.array([10.0, 12.0, 20.0, 31.0])
    found = relative_means(values, np.array([first], float), np.array([second], float))
    z = 1.959963984540054
    moments = []
    for counts in (first, second):
        pay = np.repeat(values, counts)
        moments.append((pay.mean(), pay.var(ddof=1) / len(pay)))
    (mean1, variance1), (mean2, variance2) = moments
    for limit in found.compare(0.95)[1:3]:
        ratio = limit[0] + 1
        assert (mean1 - ratio * mean2) ** 2 == pytest.approx(z * z * (variance1 + ratio**2 * variance2), rel=1e-6)
    welch = abs(mean1 - mean2) / math.sqrt(variance1 + variance2)
    assert abs(found.compare(0.95).statistic[0]) == pytest.approx(welch, abs=1e-6)


def test_the_sign_turns_and_the_measures_agree_when_groups_are_swapped_for_equal_pay():
    equal = {"pay": [10.0, 20.0, 30.0] * 2, "sex": ["Male"] * 3 + ["Female"] * 3}
    assert dr.pay_gap(equal, **ASK).filter(group="Female")["estimate"] == [0, 0]


def test_a_reference_paid_nothing_gives_no_number():
    nothing = {"pay": [0.0, 0.0, 5.0], "sex": ["Male", "Male", "Female"]}
    for found in dr.pay_gap(nothing, **ASK).filter(group="Female").rows():
        assert math.isnan(found["estimate"]) and dr.Flag.UNDEFINED in found["flag"]


def test_pay_that_is_not_stated_is_counted_apart():
    staff = {"pay": [10.0, None, 12.0, math.nan, 9.0], "sex": ["Male", "Male", "Female", "Female", None]}
    findings = dr.pay_gap(staff, **ASK, measure="mean")
    assert findings["nobs"] == [1, 1, 1] and findings["outcome_missing"] == [1, 1, 0]
    assert findings["group"] == ["Female", "Male", "not stated"] and math.isnan(findings["estimate"][2])


def test_bonuses_are_the_pay_of_those_who_have_one():
    staff = {"bonus": [100.0, None, 300.0, None, 100.0], "sex": ["Male"] * 3 + ["Female"] * 2}
    found = row(dr.pay_gap(staff, pay="bonus", group="sex", reference="Male", measure="mean"), group="Female")
    assert found["estimate"] == pytest.approx(50)


def same(first, second):
    return repr(first.to_dict()) == repr(second.to_dict())


def test_every_kind_of_table_gives_the_same_findings(tmp_path):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    staff = {"pay": [12.5, None, 14.25, 30.0, 7.5, 9.0], "sex": ["Male", "Female"] * 3, "site": ["a", "a", "b"] * 2}
    expected = dr.pay_gap(staff, **ASK, by="site")
    frame = polars.DataFrame(staff)
    frame.write_csv(tmp_path / "staff.csv")
    frame.write_parquet(tmp_path / "staff.parquet")
    tables = [pandas.DataFrame(staff), frame, frame.lazy(), frame.to_arrow()]
    tables += [tmp_path / "staff.csv", tmp_path / "staff.parquet"]
    for table in tables:
        assert same(dr.pay_gap(table, **ASK, by="site"), expected), type(table)
    cents = {**staff, "pay": [1250, None, 1425, 3000, 750, 900]}
    assert dr.pay_gap(cents, **ASK)["estimate"][0] == pytest.approx(dr.pay_gap(staff, **ASK)["estimate"][0])


def test_a_tally_with_pay_as_a_dimension():
    labels = {"sex": ["Female", "Male"], "pay": [20.0, 10.0, "not stated"]}
    tally = dr.Tally(np.array([[1, 3, 2], [2, 2, 0]]), labels)
    found = row(dr.pay_gap(tally, **ASK, measure="mean"), group="Female")
    assert (found["value"], found["reference_value"], found["outcome_missing"]) == (12.5, 15.0, 2)


def test_where_is_read_before_pay_is_coded():
    kept = dr.pay_gap(STAFF, **ASK, where=np.array(STAFF["pay"]) < 30)
    nw = pytest.importorskip("narwhals")
    assert same(kept, dr.pay_gap(STAFF, **ASK, where=nw.col("pay") < 30))
    assert kept["nobs"][:2] == [9, 6]


def test_a_tie_across_quarters_is_divided_in_proportion():
    """Guidance: of 36 on one rate, 24 women and 12 men, nine go to the lower quarter: six women and three men."""
    below, at, above = [12, 6], [24, 12], [30, 24]
    placed = quartered(np.array([below, at, above]).T)
    assert placed[0].tolist() == [12 + 6, 6 + 3] and placed[1].tolist() == [18, 9]


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_quarters_hold_everybody_once(counts):
    counts = np.array(counts)
    placed, total = quartered(counts), int(counts.sum())
    assert (placed >= 0).all() and placed.sum(axis=0).tolist() == counts.sum(axis=1).tolist()
    extra = {0: [0, 0, 0, 0], 1: [1, 0, 0, 0], 2: [1, 0, 1, 0], 3: [1, 1, 1, 0]}[total % 4]
    assert placed.sum(axis=1).tolist() == [total // 4 + more for more in extra]


def test_quarters_by_area_are_ordered_within_each():
    findings = dr.pay_quarters(drawn(), pay="pay", group="sex", by="borough")
    assert findings["pay_quarter"][0] is None and set(findings["borough"]) == {None, "Bexley", "Camden"}
    for borough in ("Bexley", "Camden"):
        part = findings.filter(borough=borough, group="White")
        assert max(part["nobs"]) - min(part["nobs"]) <= 1
    assert findings.sentences()[3].startswith("The Asian group made up ")


@pytest.mark.parametrize(
    ("staff", "change", "error", "words"),
    [
        (STAFF, {"reference": None}, TypeError, "pay_gap needs reference="),
        (STAFF, {"reference": "Man"}, ValueError, "reference: 'Man' is not a label of 'sex'"),
        (STAFF, {"measure": "mode"}, ValueError, "measure: 'mode' is not one of 'mean', 'median'"),
        (STAFF, {"pay": "wage"}, ValueError, "wage"),
        ({"pay": [1.0, -2.0], "sex": ["Male", "Male"]}, {}, ValueError, "pay: -2 at row 1 of 'pay' is negative"),
        ({"pay": [1.0, math.inf], "sex": ["Male", "Male"]}, {}, ValueError, "pay: inf at row 1 of 'pay' is infinite"),
        ({"pay": [1.0, "x"], "sex": ["Male", "Male"]}, {}, ValueError, "pay: 'x' at row 1 of 'pay' is not a number"),
        ({"pay": [1.0, 2.0], "sex": ["Male"]}, {}, ValueError, "differ in length"),
    ],
)
def test_bad_input_is_named(staff, change, error, words):
    with pytest.raises(error, match=words):
        dr.pay_gap(staff, **ASK | change)


def test_weighted_tallies_are_refused():
    tally = dr.tally({"pay": [1, 2], "sex": ["Male", "Male"], "w": [1.0, 2.0]}, "sex", outcome="pay", weight="w")
    with pytest.raises(ValueError, match="pay: every case counts once"):
        dr.pay_gap(tally, **ASK)

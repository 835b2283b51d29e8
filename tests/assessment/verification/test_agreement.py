"""Agreement of own answers with a check: worked by hand, by law, and what cannot be compared."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.assessment.verification import statistics as words
from dueregard.flags import Flag
from dueregard.inference.agreement.clusters import difference_interval
from dueregard.inference.agreement.kappas import weighted_kappa
from dueregard.inference.finite_populations.hypergeometric import number_limits

ESPS = dr.frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]
SCALE = list(ESPS.answer_ids)


def long(answers, units=None, ids=IDS, **columns):
    """One row for each answer, from rows of places on the scale (None where there is no row)."""
    units = units or [f"unit {i}" for i in range(len(answers))]
    cells = [
        (unit, indicator, place if isinstance(place, str) else SCALE[place])
        for unit, row in zip(units, answers, strict=True)
        for indicator, place in zip(ids, row, strict=False)
        if place is not None
    ]
    unit, indicator, answer = (list(each) for each in zip(*cells, strict=True))
    return {"unit": unit, "indicator": indicator, "answer": answer, **{k: v * len(unit) for k, v in columns.items()}}


def row_of(findings, measure, **equal):
    return next(findings.filter(measure=measure, **equal).rows())


OWN = [[3, 2, 1, 3], [2, 2, 0, 3], [3, 3, 3, 1]]
CHECK = [[3, 1, 1, 2], [2, 2, 0, 3], [2, 0, 3, 2]]


def test_the_figures_of_a_table_worked_by_hand():
    found = dr.agreement(long(OWN), long(CHECK), ESPS)
    values = {row["measure"]: row["value"] for row in found.rows()}
    assert list(values) == list(words.AGREEMENT)
    assert values[words.SAME_ANSWER] == pytest.approx(100 * 7 / 12)
    assert values[words.STEPS_HIGHER] == pytest.approx((1 + 1 + 1 + 3 - 1) / 12)
    assert values[words.MORE_GENEROUS] == pytest.approx(100 * 4 / 12)
    assert values[words.MORE_SEVERE] == pytest.approx(100 * 1 / 12)
    assert values[words.MET_OWN] == pytest.approx(100 * 9 / 12)
    assert values[words.MET_CHECK] == pytest.approx(100 * 8 / 12)
    assert values[words.MET_DIFFERENCE] == pytest.approx(100 * 1 / 12)
    table = np.zeros((4, 4), dtype=np.int64)
    np.add.at(table, (np.ravel(OWN), np.ravel(CHECK)), 1)
    kappa, row = weighted_kappa(table), row_of(found, words.WEIGHTED_KAPPA)
    assert values[words.WEIGHTED_KAPPA] == pytest.approx(kappa.estimate)
    assert (row["possible_low"], row["possible_high"]) == (kappa.least_possible, kappa.most_possible)
    assert set(found["nobs"]) == {12}


def test_mcnemars_mid_p_is_that_of_the_pairs():
    row = row_of(dr.agreement(long(OWN), long(CHECK), ESPS), words.MET_DIFFERENCE)
    expected = dr.compare_paired(7, 2, 1, 2, measure="odds-ratio", method="mid-p")
    assert row["mcnemar_mid_p"] == pytest.approx(expected.pvalue)


def test_limits_come_from_how_units_differ():
    row = row_of(dr.agreement(long(OWN), long(CHECK), ESPS), words.STEPS_HIGHER)
    above, below, sizes = np.array([2, 0, 4]) / 3, np.array([0, 0, 1]) / 3, np.full(3, 4.0)
    found = difference_interval(above, below, sizes, 0.95, ((1 + 1 + 1 + 9) / 9, 1 / 9))
    assert (row["low"], row["high"]) == (pytest.approx(3 * found.low), pytest.approx(3 * found.high))
    assert row["pvalue"] == pytest.approx(found.pvalue)
    assert row["flag"] == Flag.CLUSTERED | Flag.SMALL_BASE
    assert row["verdict"] == words.TOO_FEW


SIDES = st.integers(2, 5).flatmap(
    lambda units: st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=3),
        min_size=units,
        max_size=units,
    )
)


@settings(max_examples=50)
@given(SIDES, st.sampled_from(["linear", "quadratic"]))
def test_swapping_the_sides_changes_the_sign_of_the_bias_and_nothing_else(pairs, weights):
    own, check = ([[pair[side] for pair in row] for row in pairs] for side in (0, 1))
    one = dr.agreement(long(own), long(check), ESPS, weights=weights)
    other = dr.agreement(long(check), long(own), ESPS, weights=weights)
    for measure in (words.SAME_ANSWER, words.WEIGHTED_KAPPA):
        for name in ("value", "low", "high"):
            assert row_of(one, measure)[name] == pytest.approx(row_of(other, measure)[name], nan_ok=True)
    for measure in (words.STEPS_HIGHER, words.MET_DIFFERENCE):
        for name, mirrored in (("value", "value"), ("low", "high")):
            assert row_of(one, measure)[name] == pytest.approx(-row_of(other, measure)[mirrored], nan_ok=True)
    assert row_of(one, words.MORE_GENEROUS)["value"] == row_of(other, words.MORE_SEVERE)["value"]


def test_clear_bias_is_said_and_small_bias_by_how_little():
    own, check = [[3] * 18] * 40, [[2] * 4 + [3] * 13 + [1]] * 20 + [[2] * 5 + [3] * 13] * 20
    found = dr.agreement(long(own), long(check), ESPS)
    assert row_of(found, words.STEPS_HIGHER)["verdict"] == words.GENEROUS
    assert row_of(found, words.MET_DIFFERENCE)["verdict"] == "more generous than the check by less than 5 points"
    swapped = dr.agreement(long(check), long(own), ESPS, threshold=50)
    assert row_of(swapped, words.STEPS_HIGHER)["verdict"] == "more severe than the check by less than 1.5 steps"


def test_where_no_pair_differs_as_many_as_could_still_do():
    found = dr.agreement(long([[3, 1]] * 6), long([[3, 1]] * 6), ESPS)
    most = 1 - 0.025 ** (1 / 6)
    steps, met = row_of(found, words.STEPS_HIGHER), row_of(found, words.MET_DIFFERENCE)
    assert (steps["value"], steps["low"], steps["high"]) == (0, pytest.approx(-3 * most), pytest.approx(3 * most))
    assert (met["low"], met["high"]) == (pytest.approx(-100 * most), pytest.approx(100 * most))
    assert met["verdict"] == words.TOO_FEW
    many = dr.agreement(long([[3, 1]] * 80), long([[3, 1]] * 80), ESPS)
    assert row_of(many, words.MET_DIFFERENCE)["verdict"] == words.NO_DIFFERENCE


def test_what_cannot_be_compared_is_counted():
    own = long([[3, 2, "refused", None, 1], [3, 3, 3, 3, 3]])
    check = long(
        [[3, "not stated", 2, 2, None], [None, 2, None, None, None], [1, 1, 1, None, None]],
        ["unit 0", "unit 1", "else"],
    )
    found = dr.agreement(own, check, ESPS)
    row = row_of(found, words.SAME_ANSWER)
    # compared: unit 0 1B and unit 1 2B; the check of 2B came to nothing; two answers of unit 0 and three of "else" are
    # checked but not answered; one of unit 0 and four of unit 1 were not checked
    assert [row[name] for name in ("nobs", "check_missing", "own_missing", "not_checked")] == [2, 1, 5, 5]
    assert row["outcome_missing"] == 6
    assert Flag.MISSING_ANSWERS in row["flag"]
    assert found.notes == ("Without answers of their own, but in the check: else",)


def test_a_blank_in_a_column_for_each_indicator_was_not_asked_for():
    own = long([[3, 3], [2, 2]])
    check = {"unit": ["unit 0", "unit 1"], "1B": ["very", "very"], "2B": ["fairly", None]}
    row = row_of(dr.agreement(own, check, ESPS), words.SAME_ANSWER)
    assert [row[name] for name in ("nobs", "check_missing", "not_checked")] == [3, 0, 1]


def test_each_source_has_rows_of_its_own():
    own, parts = long(OWN), [long(CHECK, source=["peers"]), long(OWN, source=["panel"])]
    other = {name: parts[0][name] + parts[1][name] for name in parts[0]}
    found = dr.agreement(own, other, ESPS)
    assert found.by == ("source",)
    assert list(dict.fromkeys(found["source"])) == ["peers", "panel"]
    assert row_of(found, words.SAME_ANSWER, source="panel")["value"] == 100
    assert row_of(found, words.SAME_ANSWER, source="peers")["value"] == pytest.approx(100 * 7 / 12)


def test_answers_known_only_as_met_or_not_are_compared_as_that():
    own = long([["met", "not met"], ["met", "met"]])
    found = dr.agreement(own, long([[2, 0], [3, 1]]), ESPS)
    assert row_of(found, words.SAME_ANSWER)["value"] == 75
    assert row_of(found, words.STEPS_HIGHER)["value"] == 0.25
    assert found.notes == ("Some answers are known only as met or not met: all are compared as that.",)


def test_a_framework_of_more_answers_is_compared_on_its_own_scale():
    framework = dr.frameworks.equality_framework()
    own = {
        "unit": ["a", "a", "b", "b"],
        "indicator": ["1", "2"] * 2,
        "answer": ["level_5", "none", "level_3", "level_1"],
    }
    found = dr.agreement(own, {**own, "answer": ["level_3", "none", "level_3", "level_2"]}, framework)
    assert row_of(found, words.STEPS_HIGHER)["value"] == 0.25
    assert found.notes == ()


def test_a_unit_of_which_all_was_checked_is_a_full_count():
    found = dr.agreement(long(OWN), long(CHECK), ESPS, by="unit").filter(unit="unit 0")
    for row in found.rows():
        assert isnan(row["low"])
        assert isnan(row["pvalue"])
        assert Flag.FULL_COUNT in row["flag"]
    assert row_of(found, words.MET_DIFFERENCE)["verdict"] == words.GENEROUS
    assert row_of(found, words.SAME_ANSWER)["value"] == 50


def test_a_unit_checked_in_part_has_the_limits_of_its_own_answers():
    own, check = long([[3] * 18, [3] * 18]), long([[3, 3, 2, "not stated"], [3]])
    row = row_of(dr.agreement(own, check, ESPS, by="unit"), words.SAME_ANSWER, unit="unit 0")
    low, high = number_limits(2, 4, 18, 0.95)[0], number_limits(3, 4, 18, 0.95)[1]
    assert row["value"] == pytest.approx(100 * 2 / 3)
    assert (row["low"], row["high"]) == (pytest.approx(100 * low / 18), pytest.approx(100 * high / 18))
    assert row_of(dr.agreement(own, check, ESPS, by="unit"), words.MET_DIFFERENCE, unit="unit 0")["verdict"] is None
    known = row_of(dr.agreement(own, check, ESPS, by="unit"), words.MET_OWN, unit="unit 0")
    assert (known["value"], known["method"], isnan(known["low"])) == (100, "no interval", True)


def test_a_check_without_units_or_in_part_of_its_columns_is_refused():
    check = long(CHECK)
    check["station"] = check.pop("unit")
    with pytest.raises(ValueError, match=r"^unit: no column 'unit'; there are indicator, answer, station$"):
        dr.agreement(long(OWN), check, ESPS)


def test_two_checks_of_one_answer_need_a_source():
    check = {name: 2 * values for name, values in long(CHECK).items()}
    with pytest.raises(ValueError, match=r"^unit 'unit 0', indicator '1B': answered twice, at row 0 and row 12$"):
        dr.agreement(long(OWN), check, ESPS)


def test_where_the_records_came_from_travels():
    own, panel = dr.data.example("self_assessment"), dr.data.example("panel_answers")
    kept = own["round"] == "after review"
    columns = {name: own[name][kept] for name in ("unit", "kind", "indicator", "answer")}
    found = dr.agreement(columns, panel, ESPS)
    assert found.provenance == panel.provenance
    same = found.filter(measure=words.SAME_ANSWER)
    assert dict(zip(same["source"], same["value"], strict=True)) == {
        source: pytest.approx(value, abs=0.5)
        for source, value in (("dip sample", 75), ("peer review", 80), ("community panel", 60))
    }
    assert set(found.filter(measure=words.MET_DIFFERENCE)["verdict"]) == {words.GENEROUS}


def test_by_indicator_pairs_are_of_different_units():
    rng = np.random.default_rng(3)
    own = rng.integers(0, 4, (12, 2))
    check = np.clip(own - rng.integers(0, 2, (12, 2)), 0, 3)
    found = dr.agreement(long(own.tolist()), long(check.tolist()), ESPS, by="indicator")
    row = row_of(found, words.WEIGHTED_KAPPA, indicator="2B")
    table = np.zeros((4, 4), dtype=np.int64)
    np.add.at(table, (own[:, 1], check[:, 1]), 1)
    kappa = weighted_kappa(table)
    assert (row["value"], row["se"]) == (pytest.approx(kappa.estimate), pytest.approx(kappa.se))
    assert row["method"] == "linear weights; large-sample standard error"
    assert Flag.CLUSTERED not in row["flag"]
    empty = row_of(found, words.SAME_ANSWER, indicator="22B")
    assert (empty["nobs"], empty["flag"]) == (0, Flag.NO_CASES)
    assert isnan(empty["value"])
    assert isnan(empty["low"])


def test_by_section_rows_add_up_to_all():
    found = dr.agreement(long([[3] * 18] * 3), long([[3] * 12 + [2] * 6] * 3), ESPS, by="section")
    same = list(found.filter(measure=words.SAME_ANSWER).rows())
    assert [row["section"] for row in same] == [None, *ESPS.sections.values()]
    assert same[0]["count"] == sum(row["count"] for row in same[1:]) == 36


def test_kappa_of_one_and_the_same_answer_is_not_defined():
    row = row_of(dr.agreement(long([[3, 3]] * 3), long([[3, 3]] * 3), ESPS), words.WEIGHTED_KAPPA)
    assert isnan(row["value"])
    assert Flag.UNDEFINED in row["flag"]
    assert row["note"].startswith("all answers of both sides are the same one")
    one_sided = row_of(dr.agreement(long([[3, 3]] * 3), long([[3, 2]] * 3), ESPS), words.WEIGHTED_KAPPA)
    assert (one_sided["value"], isnan(one_sided["low"])) == (0, True)
    assert one_sided["note"].startswith("one side gave the same answer throughout")


def test_pairs_of_one_unit_alone_have_no_limits():
    for row in dr.agreement(long(OWN[:1]), long(CHECK[:1]), ESPS).rows():
        assert isnan(row["low"])
        assert Flag.TOO_FEW_AREAS in row["flag"]
        assert row["verdict"] is None


def test_limits_stay_on_the_scale():
    found = dr.agreement(long([[3, 3], [0, 0]]), long([[0, 0], [3, 3]]), ESPS)
    for measure, largest in ((words.STEPS_HIGHER, 3), (words.MET_DIFFERENCE, 100)):
        row = row_of(found, measure)
        assert -largest <= row["low"] <= row["value"] <= row["high"] <= largest


def test_an_assessment_is_read_as_its_responses_are():
    own, check = long(OWN), long(CHECK)
    expected = dr.agreement(own, check, ESPS).to_dict()
    found = dr.agreement(dr.assess(own, ESPS), dr.assess(check, ESPS), ESPS).to_dict()
    assert found["value"] == expected["value"]
    assert found["low"] == pytest.approx(expected["low"], nan_ok=True)


def test_a_check_keeps_the_kind_that_the_unit_has_in_its_own_answers():
    own = {"unit": ["HR", "HR", "Barnet", "Barnet"], "kind of": ["other unit"] * 2 + ["borough"] * 2,
           "indicator": ["15B", "1B", "1B", "2B"], "answer": ["very"] * 4}  # fmt: skip
    check = {"unit": ["HR", "Barnet"], "indicator": ["15B", "1B"], "answer": ["very", "fairly"]}
    assert row_of(dr.agreement(own, check, ESPS, kind="kind of"), words.SAME_ANSWER)["count"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "area"}, "by: 'area' is not one of None, 'unit', 'section', 'indicator'"),
        ({"weights": "cubic"}, "weights: 'cubic' is not one of 'linear', 'quadratic'"),
        ({"threshold": 0}, "threshold: 0 is not a finite number above 0"),
        ({"confidence_level": 95}, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_arguments_that_do_not_exist(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        dr.agreement(long(OWN), long(CHECK), ESPS, **arguments)


def test_a_check_of_other_units_is_refused():
    check = long(CHECK, ["Unit 1", "x", "y"])
    with pytest.raises(
        ValueError, match=r"^other: no unit has answers of its own; the first is 'Unit 1' \(did you mean 'unit 1'\?\)$"
    ):
        dr.agreement(long(OWN), check, ESPS)


def test_a_check_without_a_source_is_refused():
    check = long(CHECK, source=["peers"])
    check["source"][2] = None
    with pytest.raises(ValueError, match=r"^source: no source at row 2$"):
        dr.agreement(long(OWN), check, ESPS)


def test_counts_by_unit_do_not_say_which_answer_is_which():
    with pytest.raises(
        ValueError, match=r"^own: needs to know which indicator an answer is to; these are counts by unit$"
    ):
        dr.agreement(dr.data.load("borough_answers"), long(CHECK), ESPS)


def test_an_assessment_against_another_framework_is_refused():
    other = dr.frameworks.supplier_questionnaire()
    with pytest.raises(ValueError, match=r"^own: was assessed against 'Equality Standard.*', not "):
        dr.agreement(dr.assess(long(OWN), ESPS), long(CHECK), other)
    with pytest.raises(TypeError, match=r"^framework: 'esps' is not a Framework, such as dr.frameworks.esps\(\)"):
        dr.agreement(long(OWN), long(CHECK), "esps")

"""Scores if a check held for all: by hand, and limits that hold the true score as often as they say, by enumeration."""

from fractions import Fraction
from itertools import combinations
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.finite_populations.hypergeometric import number_limits

ESPS = dr.frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def own(met, not_met=0, missing=0, unit="a"):
    """One unit's answers, met first; those beyond are missing."""
    words = ["met"] * met + ["not met"] * not_met + ["not applicable"] * (18 - met - not_met - missing)
    return dr.assess({"unit": [unit] * len(words), "indicator": IDS[: met + not_met] + IDS[met + not_met + missing :],
                      "answer": words}, ESPS)  # fmt: skip


def check(**answers):
    """A check, by place of the indicator: {"at0": "met"}."""
    places = {int(name.removeprefix("at")): answer for name, answer in answers.items()}
    return {"unit": ["a"] * len(places), "indicator": [IDS[i] for i in places], "answer": list(places.values())}


def only(findings):
    (row,) = findings.rows()
    return row


def test_a_score_worked_by_hand():
    # 2 of 6 checked of the 12 given as met were not; 1 of 2 checked of the 6 not met was: 12 - 4 + 3
    checked = check(
        at0="not met", at1="not met", at2="met", at3="met", at4="met", at5="met", at12="met", at13="not met"
    )
    row = only(dr.verified_score(own(12, 6), checked))
    assert row["value"] == pytest.approx(100 * 11 / 18)
    assert row["reference_value"] == pytest.approx(100 * 12 / 18)
    lost, won = number_limits(2, 6, 12, 0.975), number_limits(1, 2, 6, 0.975)
    assert row["low"] == pytest.approx(100 * (12 - lost[1] + won[0]) / 18)
    assert row["high"] == pytest.approx(100 * (12 - lost[0] + won[1]) / 18)
    assert [row[name] for name in ("checked", "lowered", "raised", "no_result")] == [8, 2, 1, 0]
    assert row["verdict"] == "cannot tell"


def test_where_one_kind_alone_is_sampled_it_has_the_whole_chance_of_error():
    row = only(dr.verified_score(own(18), check(at0="not met", at1="met", at2="met")))
    low, high = number_limits(1, 3, 18, 0.95)
    assert (row["low"], row["high"]) == (pytest.approx(100 * (18 - high) / 18), pytest.approx(100 * (18 - low) / 18))


def test_claims_only_lets_what_is_not_met_stand():
    row = only(dr.verified_score(own(12, 6), check(at0="not met", at1="met", at2="met"), claims_only=True))
    low, high = number_limits(1, 3, 12, 0.95)
    assert (row["low"], row["high"]) == (pytest.approx(100 * (12 - high) / 18), pytest.approx(100 * (12 - low) / 18))
    assert row["value"] == pytest.approx(100 * 8 / 18)
    with pytest.raises(ValueError, match=r"^claims_only: unit 'a', indicator '22B': checked, but not given as met$"):
        dr.verified_score(own(12, 6), check(at17="met"), claims_only=True)


def test_everything_checked_leaves_no_doubt():
    checked = check(**{f"at{i}": "met" if i < 5 else "not met" for i in range(18)})
    row = only(dr.verified_score(own(9, 9), checked))
    assert row["value"] == row["low"] == row["high"] == pytest.approx(100 * 5 / 18)
    assert row["verdict"] == "does not meet the baseline"


def test_nothing_checked_leaves_everything_possible():
    checked = {"unit": ["b"], "indicator": ["1B"], "answer": ["met"]}
    both = dr.assess({"unit": ["a", "b"], "indicator": ["1B", "1B"], "answer": ["met", "met"]}, ESPS)
    row = next(dr.verified_score(both, checked).filter(unit="a").rows())
    assert isnan(row["value"])
    assert (row["low"], row["high"], row["flag"]) == (0, 100, Flag.NO_CASES | Flag.MISSING_ANSWERS)
    assert row["note"] == "no answer given as met was checked with a result"


def test_a_check_without_a_result_could_have_come_out_either_way():
    row = only(dr.verified_score(own(18), check(at0="not met", at1="refused", at2="met")))
    low, high = number_limits(1, 3, 18, 0.95)[0], number_limits(2, 3, 18, 0.95)[1]
    assert (row["low"], row["high"]) == (pytest.approx(100 * (18 - high) / 18), pytest.approx(100 * (18 - low) / 18))
    assert row["value"] == 50
    assert (row["no_result"], row["flag"]) == (1, Flag.MISSING_ANSWERS)


def test_missing_answers_widen_the_limits_until_the_check_fills_them():
    without = only(dr.verified_score(own(10, 0, 2), check(**{f"at{i}": "met" for i in range(10)})))
    assert (without["value"], without["low"], without["high"]) == (
        pytest.approx(100 * 10 / 12), pytest.approx(100 * 10 / 12), 100,
    )  # fmt: skip
    filled = only(dr.verified_score(own(10, 0, 2), check(**{f"at{i}": "met" for i in range(11)}, at11="not met")))
    assert filled["value"] == filled["low"] == filled["high"] == pytest.approx(100 * 11 / 12)
    assert filled["outcome_missing"] == 0


def test_not_met_and_unchecked_stands_in_the_value_but_not_in_the_limits():
    row = only(dr.verified_score(own(12, 6), check(**{f"at{i}": "met" for i in range(12)})))
    assert (row["value"], row["low"], row["high"]) == (pytest.approx(200 / 3), pytest.approx(200 / 3), 100)
    assert row["note"] == "no answer given as not met was checked with a result: in the value they stand"


def test_with_nothing_assessable_there_is_no_score():
    row = only(dr.verified_score(own(0), check(at0="not applicable")))
    assert all(isnan(row[name]) for name in ("value", "low", "high"))
    assert row["note"] == "nothing to assess"


@pytest.mark.parametrize(("lost", "won"), [(0, 0), (1, 1), (3, 0), (4, 2), (6, 3)])
def test_the_limits_hold_the_true_score_at_least_as_often_as_they_say(lost, won):
    """Every sample of 4 of 9 answers, 6 of them given as met and 3 as not met, of which so many are otherwise."""
    truth = ["not met"] * lost + ["met"] * (6 - lost) + ["met"] * won + ["not met"] * (3 - won)
    score, held, samples = 100 * truth.count("met") / 9, 0, list(combinations(range(9), 4))
    assessed = own(6, 3)
    for sample in samples:
        row = only(dr.verified_score(assessed, check(**{f"at{i}": truth[i] for i in sample}), confidence_level=0.8))
        held += row["low"] - 1e-9 <= score <= row["high"] + 1e-9
    assert Fraction(held, len(samples)) >= Fraction(4, 5)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["met", "not met", "refused", None])), min_size=1, max_size=18)
)
def test_the_value_lies_within_the_limits(answers):
    assessed = dr.assess({"unit": ["a"] * len(answers), "indicator": IDS[: len(answers)],
                          "answer": [met for met, _ in answers]}, ESPS)  # fmt: skip
    checked = {f"at{i}": found for i, (_, found) in enumerate(answers) if found is not None}
    if checked:
        row = only(dr.verified_score(assessed, check(**checked)))
        assert 0 <= row["low"] <= row["high"] <= 100 + 1e-9
        assert isnan(row["value"]) or row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9


def test_what_is_no_assessment_is_refused():
    with pytest.raises(TypeError, match=r"^assessment: dict is not an Assessment, such as dr.assess gives$"):
        dr.verified_score({}, check(at0="met"))
    with pytest.raises(ValueError, match=r"^other: no unit has answers of its own; the first is 'z'$"):
        dr.verified_score(own(3), {"unit": ["z"], "indicator": ["1B"], "answer": ["met"]})


def test_checked_units_without_answers_are_named():
    checked = check(at0="met")
    checked = {
        name: [*values, extra] for (name, values), extra in zip(checked.items(), ("z", "1B", "met"), strict=True)
    }
    assert dr.verified_score(own(3), checked).notes == ("Checked, but without answers of their own: z",)

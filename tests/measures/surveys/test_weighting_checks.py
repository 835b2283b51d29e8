"""Response by class, whether respondents differ from those asked, and what weighting them would cost."""

import math

import numpy as np
import pytest

import dueregard as dr

CELLS = {("PC", "F"): (40, 100), ("PC", "M"): (90, 200), ("Sergeant", "F"): (5, 20), ("Sergeant", "M"): (70, 80)}
STAFF = {
    "grade": [g for (g, _), (_, n) in CELLS.items() for _ in range(n)],
    "sex": [s for (_, s), (_, n) in CELLS.items() for _ in range(n)],
    "answered": [i < k for k, n in CELLS.values() for i in range(n)],
}


def ask(data=STAFF, **options):
    return dr.weighting_classes(data, **({"classes": ["grade", "sex"], "responded": "answered"} | options))


def test_every_class_has_its_response_its_shares_and_its_weight():
    found = ask()
    assert found["group"] == [None, "PC, F", "PC, M", "Sergeant, F", "Sergeant, M"]
    assert found["characteristic"][1] == "grade x sex" and found.kind == "weighting classes"
    classes = found.filter(row_type="group")
    assert classes["count"] == [40, 90, 5, 70] and classes["nobs"] == [100, 200, 20, 80]
    assert classes["weight"] == pytest.approx([2.5, 200 / 90, 4.0, 80 / 70])
    assert classes["asked_percent"] == pytest.approx([25, 50, 5, 20])
    assert sum(classes["respondents_percent"]) == pytest.approx(100)
    assert classes["relative_weight"][0] == pytest.approx(2.5 / (400 / 205))
    gap = dr.gap(STAFF | {"class": [f"{g}, {s}" for g, s in zip(STAFF["grade"], STAFF["sex"], strict=True)]},
                 outcome="answered", positive=True, group="class", reference=dr.REST)  # fmt: skip
    for name in ("estimate", "low", "high", "pvalue", "adjusted_pvalue", "verdict"):
        assert classes[name] == gap[name], name


def test_relative_weights_are_1_on_average_also_where_a_class_has_no_respondents():
    """Nobody is weighted up to those asked in it."""
    staff = {"grade": ["PC"] * 30 + ["Sergeant"] * 20 + ["Chief"] * 10,
             "answered": [True] * 10 + [False] * 20 + [True] * 15 + [False] * 15}  # fmt: skip
    classes = ask(staff, classes="grade").filter(row_type="group")
    counts, weights = np.array(classes["count"]), np.array(classes["relative_weight"])
    assert sorted(counts) == [0, 10, 15] and np.isnan(weights[counts == 0]).all()
    assert np.nansum(counts * weights) == pytest.approx(counts.sum())


def test_the_first_row_is_of_all_together():
    from scipy.stats import chi2_contingency

    row = next(ask().rows())
    n = [k for k, _ in CELLS.values()]
    expected = chi2_contingency([n, [m - k for k, m in CELLS.values()]], correction=False)
    assert (row["row_type"], row["count"], row["nobs"], row["value"]) == ("overall", 205, 400, 51.25)
    assert (row["statistic"], row["pvalue"]) == pytest.approx((expected.statistic, expected.pvalue))
    assert row["degrees_of_freedom"] == 3 and row["verdict"] == "classes respond differently"
    weights = [m / k for k, m in CELLS.values()]
    size = 400**2 / sum(k * w * w for k, w in zip(n, weights, strict=True))
    assert (row["effective_nobs"], row["lost_nobs"]) == pytest.approx((size, 205 - size))
    assert row["design_effect"] == pytest.approx(205 / size)
    assert (row["smallest_weight"], row["largest_weight"]) == pytest.approx((80 / 70, 4.0))


def test_small_classes_are_flagged_joined_or_refused():
    flagged = ask()
    assert [dr.Flag.BELOW_MINIMUM in flag for flag in flagged.filter(row_type="group")["flag"]] == [
        False,
        False,
        True,
        False,
    ]
    joined = ask(small="collapse")
    classes = joined.filter(row_type="group")
    assert classes["weighting_class"][2:] == ["Sergeant, F + Sergeant, M"] * 2
    assert classes["weight"] == pytest.approx([2.5, 200 / 90, 100 / 75, 100 / 75])
    assert classes["count"] == [40, 90, 5, 70] and dr.Flag.BELOW_MINIMUM in classes["flag"][2]
    assert next(joined.rows())["largest_weight"] == 2.5
    with pytest.raises(ValueError, match="classes: 'Sergeant, F' has 5 respondents of 20 asked, fewer than minimum=30"):
        ask(small="refuse")
    assert ask(small="refuse", minimum=5)["weight"] == flagged["weight"]


def test_a_list_of_staff_says_the_same_as_who_answered():
    kept = [i for i, answered in enumerate(STAFF["answered"]) if answered]
    respondents = {name: [STAFF[name][i] for i in kept] for name in ("grade", "sex")}
    staff = {name: STAFF[name] for name in ("grade", "sex")}
    found = dr.weighting_classes(respondents, classes=["grade", "sex"], asked=staff)
    assert [str(row) for row in found.rows()] == [str(row) for row in ask().rows()]


def test_those_not_eligible_are_not_asked_and_a_class_without_respondents_has_no_weight():
    data = {"d": ["complete"] * 40 + ["refusal"] * 10 + ["not eligible"] * 5 + ["no answer"] * 6 + ["not eligible"] * 2,
            "team": ["A"] * 55 + ["B"] * 6 + ["C"] * 2}  # fmt: skip
    found = dr.weighting_classes(data, classes="team", responded="d")
    assert found["group"] == [None, "A", "B"] and found["nobs"] == [56, 50, 6]
    row = next(found.filter(group="B").rows())
    assert math.isnan(row["weight"]) and row["value"] == 0 and dr.Flag.BELOW_MINIMUM in row["flag"]
    assert found["largest_weight"][0] == 1.25
    joined = dr.weighting_classes(data, classes="team", responded="d", small="collapse")
    assert joined["weight"][1:] == [1.4, 1.4]


def test_a_label_that_is_missing_is_a_class():
    found = dr.weighting_classes({"g": ["x"] * 4 + [None] * 4, "a": [True, False] * 4}, classes="g", responded="a")
    assert found["group"] == [None, "x", "g not stated"] and found["weight"][1:] == [2.0, 2.0]


def test_where_all_responded_nothing_is_tested():
    row = next(dr.weighting_classes({"g": ["x", "y"] * 40, "a": [True] * 80}, classes="g", responded="a").rows())
    assert math.isnan(row["pvalue"]) and row["verdict"] is None and row["design_effect"] == 1
    assert dr.Flag.UNDEFINED in row["flag"] and row["lost_nobs"] == 0


def test_it_can_be_shown_told_and_drawn():
    found = ask()
    assert found.sentences()[0].startswith("Of 400 asked, 205 responded: 51%")
    assert "svy" in repr(found) and found.plot() is not None


@pytest.mark.parametrize(("options", "kind", "message"), [
    ({"responded": None}, ValueError, "responded, asked: give one of them"),
    ({"asked": STAFF}, ValueError, "responded, asked: give one of them"),
    ({"classes": []}, ValueError, "classes: there is none"),
    ({"classes": ["grade", "rank"]}, ValueError, "no column 'rank' in the data"),
    ({"classes": ["grade", "answered"]}, ValueError, "'answered' is already given as responded"),
    ({"small": "drop"}, ValueError, "small: 'drop' is not one of 'flag', 'collapse', 'refuse'"),
    ({"minimum": 0}, ValueError, "minimum: 0 is below 1"),
    ({"responded": None, "asked": {"grade": ["PC"], "sex": ["F"]}}, ValueError, "asked: "),
])  # fmt: skip
def test_what_is_wrong_is_named(options, kind, message):
    with pytest.raises(kind, match=message):
        ask(**options)

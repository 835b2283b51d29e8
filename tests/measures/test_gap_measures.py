"""A gap as a ratio, with other methods, several levels and every adjustment: each against the arrays it is made of."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.two_groups.families import ADJUSTMENTS

AREAS, GROUPS = ["Bexley", "Camden", "Ealing"], ["Asian", "Black", "White"]
YES = np.array([[40, 30, 160], [25, 0, 140], [12, 28, 205]])
ALL = np.array([[60, 45, 200], [55, 0, 200], [12, 53, 260]])
ASK = {"outcome": "satisfied", "positive": "yes", "group": "ethnicity", "reference": "White"}


def example():
    labels = {"borough": AREAS, "ethnicity": GROUPS, "satisfied": ["no", "yes"]}
    return dr.Tally(np.stack([ALL - YES, YES], axis=-1), labels, outcome="satisfied")


def areas_of(findings, group):
    return [r for r in findings.filter(group=group, row_type="group").rows() if r["borough"] is not None]


@pytest.mark.parametrize("measure", ["ratio", "odds-ratio"])
@pytest.mark.parametrize("method", ["score", "skewness-corrected", "mover", "wald"])
def test_ratios_are_those_of_the_arrays(measure, method):
    if measure == "ratio" and method == "wald":
        method = "katz"
    findings = dr.gap(example(), **ASK, by="borough", measure=measure, method=method, adjust="none")
    expected = dr.compare_proportions(YES[:, 0], ALL[:, 0], YES[:, 2], ALL[:, 2], measure=measure, method=method)
    for i, found in enumerate(areas_of(findings, "Asian")):
        for name in ("estimate", "low", "high", "pvalue"):
            assert found[name] == pytest.approx(getattr(expected, name)[i], rel=1e-12), name
        assert found["unit_of_measure"] == measure.replace("-", " ")
        assert found["value"] == pytest.approx(100 * YES[i, 0] / ALL[i, 0])


@pytest.mark.parametrize("method", ["fisher", "central", "mid-p"])
def test_exact_methods_see_whole_counts(method):
    findings = dr.gap(example(), **ASK, by="borough", measure="odds-ratio", method=method, adjust="none")
    expected = dr.compare_proportions(YES[:, 0], ALL[:, 0], YES[:, 2], ALL[:, 2], measure="odds-ratio", method=method)
    assert [r["pvalue"] for r in areas_of(findings, "Asian")] == expected.pvalue.tolist()
    assert [r["low"] for r in areas_of(findings, "Asian")] == expected.low.tolist()


def test_a_ratio_to_the_whole_has_the_group_in_it():
    findings = dr.gap(example(), **{**ASK, "reference": dr.OVERALL}, measure="ratio", adjust="none")
    rest = dr.gap(example(), **{**ASK, "reference": dr.REST}, measure="ratio", adjust="none")
    total = YES.sum() / ALL.sum()
    for i, (found, against_rest) in enumerate(zip(findings.rows(), rest.rows(), strict=True)):
        share, part = YES[:, i].sum() / ALL[:, i].sum(), ALL[:, i].sum() / ALL.sum()
        assert found["estimate"] == pytest.approx(share / total)
        for name in ("low", "high"):
            r = against_rest[name]
            assert found[name] == pytest.approx(r / (part * r + 1 - part))
        assert found["low"] < found["estimate"] < found["high"]
        assert found["pvalue"] == against_rest["pvalue"]


def test_several_levels_are_rows_of_their_own():
    findings = dr.gap(example(), **ASK, by="borough", confidence_level=(0.95, 0.998))
    for level, variation in ((0.95, 0.9), (0.998, 0.996)):
        alone = dr.gap(example(), **ASK, by="borough", confidence_level=level)
        rows = [r for r in findings.rows() if r["confidence_level"] in (level, variation)]
        single = [r for r in alone.rows() if not math.isnan(r["confidence_level"])]
        assert [str(r) for r in rows] == [str(r) for r in single]
    groups = findings.filter(row_type=["group", "reference"])
    assert groups["confidence_level"] == [0.95, 0.998] * (len(groups) // 2)
    assert groups["group"][:4] == ["Asian", "Asian", "Black", "Black"]
    largest = [r for r in findings.filter(row_type="variation").rows() if math.isnan(r["confidence_level"])]
    assert [r["group"] for r in largest] == ["Asian", "Black"]


def test_levels_do_not_multiply_a_full_count():
    findings = dr.gap(example(), **ASK, inference="none", confidence_level=(0.95, 0.998))
    assert findings["group"] == GROUPS


@pytest.mark.parametrize("adjust", [name for name in ADJUSTMENTS if name != "none"])
@pytest.mark.parametrize("reference", ["White", dr.REST])
def test_adjustments_are_those_of_compared_groups(adjust, reference):
    findings = dr.gap(example(), **{**ASK, "reference": reference}, by="borough", adjust=adjust)
    position = 2 if reference == "White" else reference
    expected = dr.compare_groups(YES, ALL, reference=position, adjust=adjust)
    groups = [GROUPS[i] for i in expected.first]
    for j, group in enumerate(groups):
        for i, found in enumerate(areas_of(findings, group)):
            np.testing.assert_allclose(found["adjusted_pvalue"], expected.adjusted_pvalue[i, j], rtol=1e-12)
            if expected.simultaneous_low is None:
                assert "simultaneous_low" not in found
            else:
                np.testing.assert_allclose(found["simultaneous_low"], 100 * expected.simultaneous_low[i, j], rtol=1e-9)
                np.testing.assert_allclose(
                    found["simultaneous_high"], 100 * expected.simultaneous_high[i, j], rtol=1e-9
                )


def test_weights_and_whole_counts_do_not_go_together():
    data = {"g": ["a", "a", "b", "b"], "y": [True, False, True, False], "wt": [1.0, 2.0, 1.5, 1.0]}
    with pytest.raises(ValueError, match="method: 'fisher' needs whole counts"):
        dr.gap(data, outcome="y", positive=True, group="g", reference="b", weight="wt", measure="odds-ratio",
               method="fisher")  # fmt: skip


@pytest.mark.parametrize("measure", ["ratio", "odds-ratio"])
@pytest.mark.parametrize("reference", ["b", dr.REST])
def test_areas_that_do_not_differ_seldom_seem_to_vary(measure, reference):
    """The type I error of the test of variation, at 5%, on the scale of logarithms."""
    rng, found = np.random.default_rng(8), []
    size = rng.integers(15, 80, (24, 2))
    for _ in range(100):
        yes = rng.binomial(size, [0.3, 0.4])
        labels = {"area": list(range(24)), "g": ["a", "b"], "y": [False, True]}
        tally = dr.Tally(np.stack([size - yes, yes], axis=-1), labels, outcome="y")
        findings = dr.gap(tally, outcome="y", positive=True, group="g", reference=reference, by="area",
                          measure=measure, adjust="none", threshold=2)  # fmt: skip
        found.append(next(r for r in findings.filter(row_type="variation").rows())["pvalue"])
    assert np.mean(np.array(found) < 0.05) < 0.12  # 5% expected, standard error 2.2%
    assert 0.3 < np.mean(found) < 0.7


def test_variation_of_ratios_is_a_factor():
    findings = dr.gap(example(), **ASK, by="borough", measure="ratio").filter(row_type="variation")
    spread, largest = [r for r in findings.rows() if r["group"] == "Asian"]
    assert spread["unit_of_measure"] == largest["unit_of_measure"] == "factor"
    assert 1 <= spread["low"] <= spread["estimate"] <= spread["high"]
    logs = [math.log((x + 0.5) / (n + 0.5) / ((y + 0.5) / (m + 0.5)))
            for x, n, y, m in zip(YES[:, 0], ALL[:, 0], YES[:, 2], ALL[:, 2], strict=True)]  # fmt: skip
    assert largest["value"] == pytest.approx(math.exp(max(map(abs, logs))))


@pytest.mark.parametrize(("one", "other"), [(1, 1), (0, 0), (1, 0)])
def test_textbook_formulas_without_variance_have_no_interval(one, other):
    """Wald's interval of everybody against everybody, or nobody, is a point, and would have a verdict."""
    records = {"group": ["a"] * 40 + ["b"] * 50 + ["c"] * 2, "yes": [one] * 40 + [other] * 50 + [0, 1]}
    for measure, method in (("difference", "wald"), ("ratio", "katz")):
        if measure == "ratio" and not (one and other):
            continue
        found = dr.gap(records, outcome="yes", positive=1, group="group", reference="b", measure=measure,
                       method=method).to_dict()  # fmt: skip
        assert found["estimate"][0] == (one - other) * 100 + (measure == "ratio")
        assert all(np.isnan(found[name][0]) for name in ("low", "high", "pvalue", "adjusted_pvalue"))
        assert found["verdict"][0] is None and dr.Flag.NO_VARIANCE in found["flag"][0]
        groups = dr.compare_groups([40 * one, 50 * other], [40, 50], reference=1, measure=measure, method=method)
        assert np.isnan([groups.low[0], groups.high[0], groups.pvalue[0]]).all()
        assert dr.Flag(int(groups.flag[0])) == dr.Flag.NO_VARIANCE
        table = dr.compare_proportions(40 * one, 40, 50 * other, 50, measure=measure, method=method)
        assert table.low == table.high == table.estimate and table.flag == dr.Flag.NO_VARIANCE  # the formula, as it is


@pytest.mark.parametrize("design", [None, dr.survey_design()])
@pytest.mark.parametrize(("measure", "positive"), [("odds-ratio", 1), ("odds-ratio", 0), ("ratio", 0)])
def test_0_against_0_may_be_anything_and_says_so(measure, positive, design):
    records = {"group": ["a"] * 40 + ["b"] * 50 + ["c"] * 2, "yes": [1] * 90 + [0, 1]}
    row = next(dr.gap(records, outcome="yes", positive=positive, group="group", reference="b", measure=measure,
                      design=design).rows())  # fmt: skip
    assert math.isnan(row["estimate"]) and (row["low"], row["high"], row["pvalue"]) == (0, math.inf, 1)
    assert dr.Flag.UNDEFINED in row["flag"] and row["verdict"].startswith("too few to tell")

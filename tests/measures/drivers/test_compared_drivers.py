"""`dr.compare_drivers`: differences of gains and of shares between groups, families, and every bad input."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.data.confidence_drivers import SCALES
from dueregard.data.driver_population import DRIVERS

SCORES = {question: SCALES[question] for question in ("good_job", *(i for items in DRIVERS.values() for i in items))}


def made(seed=0, n=600):
    rng = np.random.default_rng(seed)
    group = rng.choice(["m", "n"], n)
    x = rng.standard_normal((n, 2)) + rng.standard_normal((n, 1))
    slope = np.where(group[:, np.newaxis] == "m", [2.0, 0.5], [0.5, 0.5])
    y = (x * slope).sum(axis=1) + rng.standard_normal(n)
    return {"a": x[:, 0], "b": x[:, 1], "y": y, "g": group, "psu": np.arange(n) // 4}


def compared(data, **options):
    given = {"outcome": "y", "drivers": ["a", "b"], "group": "g", "reference": "n", "n_replicates": 100, "points": 1}
    return dr.compare_drivers(data, **given | options)


@pytest.mark.parametrize("model", ["linear", "logit"])
@pytest.mark.parametrize("measure", ["gain", "share"])
def test_values_are_those_of_each_group(measure, model):
    data = made()
    data["y"] = np.where(data["y"] > 0, 100.0, 0.0)
    found = compared(data, measure=measure, model=model)
    assert found["group"] == ["m", "m"] and found["driver"] == ["a", "b"]
    each = dr.key_drivers(
        data, outcome="y", drivers=["a", "b"], group="g", n_replicates=100, points=1, model=model
    )  # fmt: skip
    column = "gain" if measure == "gain" else "value"
    own, other = (each.filter(group=label, row_type="driver")[column] for label in ("m", "n"))
    assert found["value"] == own and found["reference_value"] == other
    np.testing.assert_allclose(found["estimate"], np.subtract(own, other), rtol=1e-12)
    assert np.all(np.array(found["low"]) < found["estimate"]) and np.all(np.array(found["high"]) > found["estimate"])
    assert found["compares"] == [measure] * 2


def test_a_difference_of_gains_is_the_interaction_of_a_regression():
    sm = pytest.importorskip("statsmodels.api")
    from scipy.stats import t

    data = made()
    found = compared(data, adjust="none")
    m = (data["g"] == "m").astype(float)
    x = np.column_stack([np.ones_like(m), data["a"], data["b"], m, m * data["a"], m * data["b"]])
    fit = sm.OLS(data["y"], x).fit(cov_type="HC0")
    np.testing.assert_allclose(found["estimate"], fit.params[4:], rtol=1e-9)
    np.testing.assert_allclose(found["se"], fit.bse[4:] * np.sqrt(600 / 599), rtol=1e-9)
    degrees = dr.compare_drivers(
        data, outcome="y", drivers=["a", "b"], group="g", reference="n", points=1, design=dr.survey_design(psu="psu"),
        n_replicates=100,
    )["degrees_of_freedom"]  # fmt: skip
    assert max(degrees) <= 149
    reach = np.subtract(found["high"], found["estimate"]) / np.array(found["se"])
    assert (reach > t.ppf(0.975, 598)).all() and (reach < t.ppf(0.975, 100)).all()
    assert found["pvalue"][0] < 1e-6 and found["verdict"][0].startswith("higher")


def test_groups_in_the_same_clusters_have_the_error_of_their_difference():
    data = made()
    own = compared(data, design=dr.survey_design(psu="psu"))
    brr = dr.survey_design(psu="psu", replicates="jk1")
    again = compared(data, design=brr)
    np.testing.assert_allclose(own["se"], again["se"], rtol=1e-6)
    shares = compared(data, measure="share", design=brr)
    drawn = dr.survey_design(psu="psu", replicates="bootstrap", n_replicates=2000, rng=3)
    np.testing.assert_allclose(shares["se"], compared(data, measure="share", design=drawn)["se"], rtol=0.15)


def test_all_areas_and_single_areas_are_families_of_their_own():
    data = made() | {"ward": np.tile(["x", "z"], 300)}
    found = compared(data, by="ward", adjust="bonferroni").filter(row_type="group")
    assert found["ward"] == [None, None, "x", "x", "z", "z"]
    pvalue, adjusted = np.array(found["pvalue"]), np.array(found["adjusted_pvalue"])
    np.testing.assert_allclose(adjusted[:2], np.minimum(2 * pvalue[:2], 1))
    np.testing.assert_allclose(adjusted[2:], np.minimum(4 * pvalue[2:], 1))
    assert "Bonferroni over 4 comparisons" in found["method"][2]


def test_fair_treatment_matters_more_to_minority_ethnic_people():
    found = dr.compare_drivers(
        dr.data.example("confidence_drivers"), outcome="good_job", drivers=DRIVERS, scores=SCORES,
        exclude="Don't know", group="ethnic_group_broad", reference="White",
        design=dr.survey_design(weight="weight", stratum="borough", psu="sampling_point"),
    )  # fmt: skip
    fair = next(row for row in found.rows() if row["driver"] == "Fair treatment")
    assert fair["verdict"] == "higher" and fair["low"] > 0
    truth = [dr.data.driver_truth(group).gain["Fair treatment"] for group in ("Minority ethnic", "White")]
    assert fair["low"] < truth[0] - truth[1] < fair["high"]
    assert any(
        "more for good job to minority ethnic people" in text or "matters more" in text for text in found.sentences()
    )


def test_groups_without_a_model_or_a_name_are_not_compared():
    data = made()
    data["g"] = data["g"].astype(object)
    data["g"][:3] = "few"
    data["g"][3:60] = None
    found = compared(data)
    few, unknown = found.filter(group="few"), found.filter(group="not stated")
    for rows, flag in ((few, dr.Flag.NOT_FITTED), (unknown, dr.Flag.MISSING_GROUP)):
        assert np.isnan(rows["estimate"]).all() and np.isnan(rows["low"]).all() and rows["verdict"] == [None, None]
        assert flag in rows["flag"][0]
    against_few = compared(data, reference="few").filter(group="m")
    assert dr.Flag.SMALL_REFERENCE in against_few["flag"][0] and np.isnan(against_few["estimate"]).all()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"reference": "White"}, ValueError, "reference: 'White' is not a label of 'g'"),
        ({"measure": "rank"}, ValueError, "measure: 'rank' is not one of 'gain', 'share'"),
        ({"adjust": "tukey"}, ValueError, "adjust: 'tukey' is not one of"),
        ({"threshold": -1}, ValueError, "threshold: -1 is not a finite number above 0"),
        ({"drivers": ["a"]}, ValueError, "drivers: there is only 'a'"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named(options, error, message):
    with pytest.raises(error, match=message):
        compared(made(), **options)


def test_categories_have_no_gain_to_compare():
    data = made()
    data["k"], data["j"] = np.where(data["a"] > 0, "p", "q"), np.where(data["b"] > 0, "p", "q")
    with pytest.raises(ValueError, match="measure: every driver is a category, which has no gain"):
        compared(data, drivers=["k", "j"])
    assert not np.isnan(compared(data, drivers=["k", "j"], measure="share")["estimate"]).any()

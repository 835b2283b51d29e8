"""Weights that add up to known totals: R's postStratify, rake and calibrate; r_calibration.R made the values."""

import json
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard.designs.designed import designed
from dueregard.inference.surveys.ratios import ratios, totals_of

R = json.loads((Path(__file__).parent / "r_calibration.json").read_text())
TOTALS = R["totals"]
EVERYBODY = ([0, 0], [0, 1], 1)
VALUES = ["api00", "enroll", "api.stu"]
HOW = {
    "poststratified": ("poststratified", {"stype": TOTALS["stype"]}, None),
    "poststratified_again": ("poststratified", {"stype": TOTALS["stype"]}, "pw"),
    "raked_again": ("raked", TOTALS, None),
    "calibrated_from_design": ("raked", TOTALS, "pw"),
    "raked": ("raked", TOTALS, "pw"),
}
"""The weights, the totals, and the weights before: without these R's values are those of calibrating once more."""


@pytest.fixture
def calibrated(api):
    def read(weights, totals, base=None, columns="comp.imp", **options):
        table = {**api("apiclus1"), "weight": np.array(R["weights"][weights])}
        design = dr.survey_design(weight="weight", psu="dnum", fpc="fpc", population_totals=totals, base_weight=base)
        return designed(table, columns, design, values=VALUES, **options)

    return read


def assert_equal(estimates, expected, value="value", se="se"):
    np.testing.assert_allclose(estimates.value, np.ravel(expected[value]), rtol=1e-9)
    np.testing.assert_allclose(estimates.se, np.ravel(expected[se]), rtol=1e-9)


@pytest.mark.parametrize("name", HOW)
def test_means_totals_ratios_and_domains_are_those_of_r(name, calibrated):
    cells, expected = calibrated(*HOW[name]).cells, R[name]
    assert_equal(ratios(cells, members=EVERYBODY), expected["mean_api00"])
    assert_equal(ratios(cells, numerator=2, members=EVERYBODY), expected["mean_enroll"])
    assert_equal(totals_of(cells, 2, members=EVERYBODY), expected["total_enroll"])
    assert_equal(ratios(cells, numerator=3, denominator=2, members=EVERYBODY), expected["ratio_stu_enroll"])
    domains = ratios(cells)
    assert_equal(domains, expected["domain_mean_api00"])
    difference = domains.combined([0, 0], [1, 0], [1, -1], 1)
    assert_equal(difference, expected["domain_mean_api00"], "difference", "se_difference")


@pytest.mark.parametrize("name", HOW)
def test_where_is_the_subset_of_r(name, calibrated, api):
    found = calibrated(*HOW[name], columns="both", where=api("apiclus1")["cnum"] < 20)
    everybody = ([0] * found.cells.n_domains, list(range(found.cells.n_domains)), 1)
    assert_equal(totals_of(found.cells, 2, members=everybody), R[name]["subset_total_enroll"])


@pytest.mark.parametrize("name", HOW)
def test_what_is_known_does_not_vary(name, calibrated):
    cells = calibrated(*HOW[name], columns="stype").cells
    known = totals_of(cells, 0)
    np.testing.assert_allclose(known.value, [TOTALS["stype"][label] for label in "EHM"], rtol=1e-6)
    assert (known.se < 1e-6 * known.value).all()


def test_clusters_and_degrees_of_freedom_are_those_of_the_sample(calibrated, api):
    found = calibrated("raked", TOTALS, columns="stype").cells
    table = {**api("apiclus1"), "weight": np.array(R["weights"]["raked"])}
    plain = designed(table, "stype", dr.survey_design(weight="weight", psu="dnum", fpc="fpc")).cells
    assert totals_of(found, 0).clusters.tolist() == totals_of(plain, 0).clusters.tolist()
    assert totals_of(found, 0).degrees_of_freedom.tolist() == totals_of(plain, 0).degrees_of_freedom.tolist()
    assert (
        ratios(found, numerator=0).degrees_of_freedom.tolist() == ratios(plain, numerator=0).degrees_of_freedom.tolist()
    )


def test_a_total_of_all_in_one_post_stratum_takes_away_the_variance_of_size_alone(api):
    """With one category the residual is the deviation from the mean: a total is N times the mean."""
    table = {**api("apiclus1"), "all": ["everybody"] * 183}
    totals = {"all": {"everybody": table["pw"].sum()}}
    design = dr.survey_design(weight="pw", psu="dnum", fpc="fpc", population_totals=totals)
    found = designed(table, "all", design, values=["enroll"]).cells
    plain = designed(table, "all", dr.survey_design(weight="pw", psu="dnum", fpc="fpc"), values=["enroll"]).cells
    np.testing.assert_allclose(totals_of(found).se, ratios(plain).se * table["pw"].sum(), rtol=1e-12)


def test_rows_drawn_one_by_one_are_calibrated_as_well(api):
    """Post-strata of a simple sample have the variance of strata, but for the count of what is known."""
    table = api("apisrs")
    table["w"] = (
        np.array([4421, 755, 1018])[np.searchsorted(["E", "H", "M"], table["stype"])]
        / np.bincount(np.searchsorted(["E", "H", "M"], table["stype"])).repeat(1)[
            np.searchsorted(["E", "H", "M"], table["stype"])
        ]
    )
    design = dr.survey_design(weight="w", population_totals={"stype": TOTALS["stype"]})
    everybody = ([0, 0, 0], [0, 1, 2], 1)
    found = ratios(designed(table, "stype", design, values=["api00"]).cells, members=everybody)
    variance = 0.0
    for label, total in TOTALS["stype"].items():
        scores = table["api00"][table["stype"] == label].astype(float)
        weight = total / len(scores)
        variance += weight**2 * ((scores - scores.mean()) ** 2).sum()
    assert found.se[0] == pytest.approx(np.sqrt(200 / 199 * variance) / 6194, rel=1e-12)


@pytest.mark.parametrize(
    ("totals", "message"),
    [
        (
            {"stype": {**TOTALS["stype"], "M": 1020}},
            "population_totals: the weights of 'M' in 'stype' add up to 1,018, not to 1,020 (a thousandth of it is "
            "allowed): rake them first; see dr.survey_design",
        ),
        (
            {"stype": {"E": 4421, "H": 755}},
            "population_totals: 'stype' has no total for 'M'",
        ),
        (
            {"comp.imp": {"Yes": 4500, "no": 1694}},
            "population_totals: 'comp.imp' has no total for 'No' (did you mean 'no'?)",
        ),
        (
            {"stype": {**TOTALS["stype"], "Middle": 12}},
            "population_totals: no row has the label 'Middle' of 'stype'",
        ),
    ],
)
def test_weights_must_add_up_to_the_totals(totals, message, calibrated):
    with pytest.raises(ValueError) as raised:
        calibrated("poststratified", totals)
    assert str(raised.value) == message


def test_a_label_is_needed_where_there_is_a_weight(people):
    people["weight"] = np.ones(12)
    totals = {"group": {"White": 7, "Black": 4}}
    with pytest.raises(ValueError, match=r"^population_totals: 'group' is missing at row 5; every row with a weight"):
        designed(people, "borough", dr.survey_design(weight="weight", population_totals=totals))
    people["weight"][5] = 0.0
    found = designed(people, "borough", dr.survey_design(weight="weight", population_totals=totals))
    assert found.cells.domain_nobs.tolist() == [6, 6]

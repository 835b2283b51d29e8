"""How gaps, and what remains of them, vary between areas: before any area, as dr.gap has it, and where it is known."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.variation import SPREAD
from dueregard.measures.estimated_areas import AreaEstimates, variation_of_estimates

ASKED = {"outcome": "y", "positive": "yes", "group": "g", "reference": "n", "factors": ["age"]}
METHODS = {"decompose_gap": "rates", "oaxaca_blinder": "unexplained", "reweighted_gap": "unexplained"}


def made(seed=0, n=6000, areas=8, extra=0.0, numbers=False):
    """A gap of 10 points at each age in every area, but for ``extra`` by area."""
    rng = np.random.default_rng(seed)
    area, group, age = rng.integers(0, areas, n), rng.integers(0, 2, n), rng.integers(0, 2, n)
    age = np.where(group == 1, rng.random(n) < 0.7, age).astype(int)
    rate = 0.7 - 0.1 * group - 0.2 * age + group * extra * rng.standard_normal(areas)[area]
    y = rng.random(n) < np.clip(rate, 0, 1)
    return {
        "y": np.where(y, 1.0, 0.0) if numbers else np.where(y, "yes", "no"), "g": np.where(group == 1, "m", "n"),
        "age": np.where(age == 1, "young", "old"), "ward": np.array([f"A{i}" for i in range(areas)])[area],
        "psu": rng.integers(0, 300, n),
    }  # fmt: skip


def varying(found):
    return list(found.filter(row_type="variation").rows())


@pytest.mark.parametrize("method", METHODS)
def test_rows_stand_after_all_areas_and_before_any(method):
    found = getattr(dr, method)(made(), by="ward", **ASKED)
    places = [i for i, kind in enumerate(found["row_type"]) if kind == "variation"]
    assert places == list(range(places[0], places[0] + 4))
    assert set(found["ward"][: places[-1] + 1]) == {None} and None not in found["ward"][places[-1] + 1 :]
    rows = varying(found)
    assert [row["part"] for row in rows] == ["gap", "gap", METHODS[method], METHODS[method]]
    assert all(row["group"] == "m" and row["factor"] is None and row["level"] is None for row in rows)
    assert [row["method"].startswith(SPREAD) for row in rows] == [True, False] * 2
    assert "variation" not in getattr(dr, method)(made(), **ASKED)["row_type"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("options", [{}, {"design": dr.survey_design(psu="psu")}])
def test_those_of_the_gap_are_those_of_gap(method, options):
    asked = {"by": "ward", **ASKED, **options}
    mine = varying(getattr(dr, method)(made(extra=0.1), **asked))[:2]
    del asked["factors"]
    for row, other in zip(mine, varying(dr.gap(made(extra=0.1), **asked)), strict=True):
        for name in ("value", "estimate", "low", "high", "pvalue", "confidence_level"):
            assert row[name] == pytest.approx(other[name], nan_ok=True)
        assert [row[name] for name in ("method", "flag", "reference")] == [other["method"], other["flag"], "n"]


@pytest.mark.parametrize("method", METHODS)
def test_what_remains_varies_as_its_rows_say(method):
    found = getattr(dr, method)(made(extra=0.1), by="ward", **ASKED)
    part = METHODS[method]
    rows = [row for row in found.filter(part=part, factor=None, row_type="group").rows() if row["ward"] is not None]
    estimate, se = (np.array([row[name] for row in rows]) for name in ("estimate", "se"))
    between, largest = varying(found)[2:]
    weight = 1 / (se**2 + between["estimate"] ** 2)
    mean = (weight * estimate).sum() / weight.sum()
    assert (weight * (estimate - mean) ** 2).sum() == pytest.approx(len(rows) - 1, rel=0.01)  # degrees are hundreds
    assert largest["value"] == pytest.approx(np.abs(estimate).max())
    assert between["pvalue"] < 0.001 and between["low"] > 0 and between["low"] < 10 < between["high"]


def test_means_have_rows_of_their_gap_too():
    asked = {**ASKED, "positive": None}
    rows = varying(dr.oaxaca_blinder(made(numbers=True), by="ward", **asked))
    assert [row["part"] for row in rows] == ["gap", "gap", "unexplained", "unexplained"]
    percent = varying(dr.oaxaca_blinder(made(), by="ward", **ASKED))
    assert 100 * rows[2]["estimate"] == pytest.approx(percent[2]["estimate"], abs=1e-6)
    assert rows[2]["pvalue"] == pytest.approx(percent[2]["pvalue"], rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_p_is_spread_evenly_where_areas_do_not_differ(method):
    rows = [varying(getattr(dr, method)(made(seed, n=2500), by="ward", **ASKED))[2] for seed in range(80)]
    pvalues = np.array([row["pvalue"] for row in rows])
    for level in (0.05, 0.25, 0.5, 0.75):
        assert abs((pvalues < level).mean() - level) < 3.5 * np.sqrt(level * (1 - level) / 80)


@pytest.mark.parametrize("method", METHODS)
def test_areas_that_share_clusters_are_tested_by_their_covariance(method):
    data, design = made(), dr.survey_design(psu="psu")
    plain, clustered = (varying(getattr(dr, method)(data, by="ward", **ASKED, **more))[2] for more in
                        ({}, {"design": design}))  # fmt: skip
    assert clustered["pvalue"] == pytest.approx(plain["pvalue"], abs=0.25)
    assert clustered["estimate"] == pytest.approx(plain["estimate"], abs=1.5)


def test_rows_at_the_same_places_have_one_answer_whatever_the_replicates():
    data = made(n=3000)
    bootstrap = dr.survey_design(psu="psu", replicates="bootstrap", n_replicates=500)
    mine = varying(dr.oaxaca_blinder(data, by="ward", design=bootstrap, **ASKED))[2]
    other = varying(dr.oaxaca_blinder(data, by="ward", design=dr.survey_design(psu="psu"), **ASKED))[2]
    assert mine["estimate"] == pytest.approx(other["estimate"], abs=1.5)
    assert mine["pvalue"] == pytest.approx(other["pvalue"], abs=0.25)


def test_a_full_count_has_none():
    found = dr.decompose_gap(made(), by="ward", inference="none", **ASKED)
    assert "variation" not in found["row_type"]


def test_people_of_an_unknown_area_are_no_area():
    data = made()
    data["ward"] = np.where(data["ward"] == "A0", "not stated", data["ward"])
    between = varying(dr.decompose_gap(data, by="ward", **ASKED))[2]
    assert ", 7 areas" in between["method"]


def test_areas_whose_errors_are_hardly_known_are_left_out():
    value, se = np.array([1.0, 2.0, 3.0, 9.0]), np.array([1.0, 1.0, 1.0, 0.001])
    found = AreaEstimates(value, se, np.array([30.0, 30.0, 30.0, 4.0]))
    between, largest = variation_of_estimates("m", found, 0.95)
    assert between["flag"] == Flag.AREAS_LEFT_OUT and ", 3 areas" in between["method"] and largest["value"] == 3
    centred = variation_of_estimates("m", AreaEstimates(value[:3], se[:3], np.full(3, 30.0), is_gap=False), 0.95)[1]
    assert centred["value"] == pytest.approx(1)
    none = variation_of_estimates("m", AreaEstimates(value, se, np.full(4, 4.0)), 0.95)
    assert all(row["flag"] & Flag.TOO_FEW_AREAS and "no areas" in row["method"] for row in none)

"""Designs of svy, and its estimates as the oracle."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.designs.designed import designed
from dueregard.inference.surveys.ratios import ratios

svy = pytest.importorskip("svy")
pl = pytest.importorskip("polars")

CONTROLS = {"stype": {"E": 4421, "H": 755, "M": 1018}, "sch.wide": {"No": 1072, "Yes": 5122}}
SUPPORTED = {"wgt": "pw", "psu": "dnum", "pop_size": "fpc"}


@pytest.fixture
def schools(api):
    return lambda name="apiclus1": pl.DataFrame(api(name))


def theirs(sample, **options):
    found = sample.estimation.mean("api00", **options).to_polars()
    return found["est"].to_numpy(), found["se"].to_numpy()


def ours(table, design):
    found = designed(table, "both", design, values=["api00"]).cells
    everybody = ([0] * found.n_domains, list(range(found.n_domains)), 1)
    estimates = ratios(found, members=everybody)
    return estimates.value, estimates.se


def assert_same_means(sample, table, design):
    for found, expected in zip(ours(table, design), theirs(sample), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("apiclus1", SUPPORTED, "clusters 'dnum', weights 'pw', out of the population in 'fpc'"),
        ("apiclus1", {"wgt": "pw", "psu": "dnum"}, "clusters 'dnum', weights 'pw'"),
        ("apistrat", {"wgt": "pw", "stratum": "stype"}, "rows drawn one by one in strata 'stype', weights 'pw'"),
        (
            "apistrat",
            {"wgt": "pw", "stratum": "stype", "psu": "dnum", "singleton": "center"},
            "clusters 'dnum' in strata 'stype', weights 'pw'",
        ),
    ],
)
def test_a_design_goes_both_ways(name, options, expected, schools):
    frame = schools(name)
    sample = svy.Sample(frame, svy.Design(**options))
    design = dr.SurveyDesign.from_svy(sample)
    assert repr(design) == f"SurveyDesign: {expected}"
    assert design == dr.SurveyDesign.from_svy(sample.design)
    assert_same_means(sample, frame, design)
    assert_same_means(design.to_svy(frame), frame, design)
    assert dr.SurveyDesign.from_svy(design.to_svy()) == design


def test_raked_weights_come_with_their_totals(schools):
    raked = svy.Sample(schools(), svy.Design(**SUPPORTED)).weighting.rake(controls=CONTROLS, tol=1e-10)
    design = dr.SurveyDesign.from_svy(raked)
    assert design.weight == "rk_wgt" and design.base_weight == "pw"
    totals = [sorted(each.values()) for each in design.population_totals.values()]
    np.testing.assert_allclose(totals[0], sorted(CONTROLS["stype"].values()), rtol=1e-6)
    np.testing.assert_allclose(totals[1], sorted(CONTROLS["sch.wide"].values()), rtol=1e-6)
    assert_same_means(raked, raked.data, design)
    assert_same_means(design.to_svy(raked.data), raked.data, design)


def test_totals_given_here_are_an_adjustment_there(schools):
    frame = svy.Sample(schools(), svy.Design(**SUPPORTED)).weighting.poststratify(CONTROLS["stype"], cells="stype").data
    design = dr.survey_design(
        weight="ps_wgt", psu="dnum", fpc="fpc", base_weight="pw", population_totals={"stype": CONTROLS["stype"]}
    )
    assert design.to_svy(frame).design.wgt_adjustment.kind == "poststratification"
    assert_same_means(design.to_svy(frame), frame, design)


def test_a_gap_is_estimated_with_weights_that_svy_raked(schools):
    """The example of from_svy."""
    frame = schools().with_columns(one=pl.lit(1))
    raked = svy.Sample(frame, svy.Design(**SUPPORTED)).weighting.rake(controls=CONTROLS, tol=1e-10)
    design = dr.SurveyDesign.from_svy(raked)
    gap = dr.gap(
        raked.data, outcome="awards", positive="Yes", group="comp.imp", reference="No", design=design, method="wald"
    ).to_dict()
    row = gap["row_type"].index("group")
    awards = raked.data.with_columns(awarded=(pl.col("awards") == "Yes").cast(pl.Float64))
    model = svy.Sample(awards, raked.design).estimation.mean("awarded", by="comp.imp").to_polars()
    shares = dict(zip(model["comp.imp"], model["est"], strict=True))
    assert gap["estimate"][row] == pytest.approx(100 * (shares["Yes"] - shares["No"]), rel=1e-9)
    plain = dr.survey_design(weight="rk_wgt", psu="dnum", fpc="fpc")
    without = dr.gap(
        raked.data, outcome="awards", positive="Yes", group="comp.imp", reference="No", design=plain, method="wald"
    ).to_dict()
    assert without["estimate"][row] == gap["estimate"][row] and without["se"][row] != gap["se"][row]


@pytest.mark.parametrize("make", ["create_jk_wgts", "create_bs_wgts"])
def test_replicate_weights_come_along(make, schools):
    sample = getattr(svy.Sample(schools(), svy.Design(wgt="pw", psu="dnum")).weighting, make)()
    design = dr.SurveyDesign.from_svy(sample)
    assert design.replicates in ("jk1", "jkn", "bootstrap") and len(design.replicate_weights) == sample.n_reps
    found, expected = ours(sample.data, design), theirs(sample, method="replication")
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    again = theirs(design.to_svy(sample.data), method="replication")
    np.testing.assert_allclose(again, expected, rtol=1e-9)


def test_lonely_strata_go_by_their_names_and_are_refused_unless_named():
    for theirs_, ours_ in {"center": "grand-mean", "scale": "average", "skip": "remove"}.items():
        design = svy.Design(wgt="w", stratum="h", psu="c", singleton=theirs_)
        assert dr.SurveyDesign.from_svy(design).lonely == ours_
        assert dr.SurveyDesign.from_svy(design).to_svy().singleton.method.value == theirs_
    silent = dr.SurveyDesign.from_svy(svy.Design(wgt="w", stratum="h", psu="c"))
    assert silent.lonely == "refuse" and silent.to_svy().singleton is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stratum": ("a", "b")}, "from_svy: stratum: 'a', 'b' are several columns; join them into one first"),
        ({"psu": ("a", "b")}, "from_svy: psu: 'a', 'b' are several columns; join them into one first"),
        ({"stratum": "h", "psu": "c", "singleton": "pool"}, "from_svy: singleton: 'pool' with domains"),
        (
            {"rep_wgts": svy.RepWeights("sdr", prefix="rw", n_reps=8)},
            "from_svy: rep_wgts: SDR has no counterpart here",
        ),
        (
            {"wgt_adjustment": svy.WgtAdjustment(kind="raking", prev_wgt="d", new_wgt="w", cells=("a",))},
            "from_svy: wgt_adjustment: weights of 'raking' need their rows; pass the Sample",
        ),
        (
            {"wgt_adjustment": svy.WgtAdjustment(kind="calibration", prev_wgt="d", new_wgt="w", aux=("x",))},
            "from_svy: wgt_adjustment: 'calibration' to a model has no counterpart here",
        ),
    ],
)
def test_what_has_no_counterpart_is_refused_by_name(options, message):
    with pytest.raises(ValueError) as raised:
        dr.SurveyDesign.from_svy(svy.Design(wgt="w", **options))
    assert str(raised.value).startswith(message)


def test_calibrated_weights_need_their_rows():
    design = dr.survey_design(weight="w", population_totals={"stype": {"E": 1}})
    with pytest.raises(ValueError, match="to_svy: svy needs the rows of calibrated weights; pass data"):
        design.to_svy()


def test_what_is_no_design_of_svy_is_refused():
    with pytest.raises(TypeError, match="from_svy: dict is not a Design or a Sample of svy"):
        dr.SurveyDesign.from_svy({"wgt": "w"})


def test_replicates_without_numbered_columns_cannot_go_to_svy():
    for options in (
        {"replicates": "jk1"},
        {"replicates": "jk1", "replicate_weights": "rw*"},
        {"replicates": "jk1", "replicate_weights": ["b", "a"]},
    ):
        with pytest.raises(ValueError, match="to_svy: replicates must be columns numbered from 1"):
            dr.survey_design(weight="w", **options).to_svy()


def test_without_svy_the_extra_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "svy", None)
    with pytest.raises(ImportError, match=r"designs of svy need it: pip install 'dueregard\[survey\]'"):
        dr.survey_design(weight="w").to_svy()

import numpy as np
import pytest

import dueregard as dr

TOTALS = {"borough": {"Sutton": 190_000, "Bexley": 246_000}}


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({}, "rows drawn one by one, no weights"),
        ({"weight": "w"}, "rows drawn one by one, weights 'w'"),
        ({"weight": "w", "psu": "c"}, "clusters 'c', weights 'w'"),
        ({"weight": "w", "psu": ["c", "household"]}, "clusters 'c', weights 'w'"),
        (
            {"weight": "w", "stratum": "h", "psu": "c", "fpc": "N"},
            "clusters 'c' in strata 'h', weights 'w', out of the population in 'N'",
        ),
        ({"stratum": "h", "fpc": "N"}, "rows drawn one by one in strata 'h', out of the population in 'N'"),
        ({"weight": "w", "psu": "c", "replicates": "jk1"}, "clusters 'c', weights 'w', replicates 'jk1'"),
        (
            {"weight": "w", "replicate_weights": "r*", "replicates": "brr"},
            "drawn as the replicates say, weights 'w', replicates 'brr'",
        ),
        (
            {"weight": "w", "population_totals": TOTALS},
            "rows drawn one by one, weights 'w', calibrated to 'borough'",
        ),
    ],
)
def test_a_design_says_in_one_line_what_it_is(options, line):
    assert repr(dr.survey_design(**options)) == f"SurveyDesign: {line}"


def test_designs_are_equal_if_their_arguments_are():
    design = dr.survey_design(weight="w", psu=["c"], population_totals=TOTALS)
    assert design == dr.survey_design(weight="w", psu="c", population_totals=TOTALS)
    assert design != dr.survey_design(weight="w", psu="c")


def test_a_design_does_not_change_with_what_it_was_made_from():
    totals = {"borough": {"Sutton": 1.0}}
    design = dr.survey_design(weight="w", population_totals=totals)
    totals["borough"]["Sutton"] = 2.0
    assert design.population_totals["borough"]["Sutton"] == 1.0
    with pytest.raises(TypeError, match="does not support item assignment"):
        design.population_totals["borough"]["Sutton"] = 2.0
    with pytest.raises(AttributeError, match="cannot assign to field 'weight'"):
        design.weight = "v"


def test_columns_are_all_that_are_named_each_once():
    design = dr.survey_design(
        weight="w",
        base_weight="d",
        stratum="borough",
        psu=["c", "h"],
        fpc=["N"],
        population_totals={"borough": {"Sutton": 1}, "sex": {"Male": 1}},
    )
    assert design.columns == ("w", "d", "borough", "c", "h", "N", "sex")
    assert dr.survey_design(weight="w", replicate_weights="rw*", replicates="jk1").columns == ("w",)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"weight": np.ones(3)}, TypeError, "weight: array([1., 1., 1.]) is not the name of a column"),
        ({"stratum": 3}, TypeError, "stratum: 3 is not the name of a column"),
        ({"psu": 3}, TypeError, "psu: 3 is not the name of a column, nor a list of names"),
        ({"psu": ["c", 3]}, TypeError, "psu: 3 is not the name of a column"),
        ({"psu": []}, ValueError, "psu: the list of columns is empty"),
        ({"psu": ["c", "c"]}, ValueError, "psu: 'c' is named twice"),
        ({"stratum": "h", "psu": "h"}, ValueError, "psu: 'h' is already given as stratum"),
        ({"weight": "w", "fpc": "w"}, ValueError, "fpc: 'w' is already given as weight"),
        ({"nest": "yes"}, TypeError, "nest: 'yes' is neither True nor False"),
        ({"nest": True, "psu": "c"}, ValueError, "nest: clusters are numbered anew in each stratum; name both"),
        (
            {"lonely": "adjust"},
            ValueError,
            "lonely: 'adjust' is not one of 'grand-mean', 'remove', 'average', 'refuse'",
        ),
        (
            {"psu": "c", "fpc": "N"},
            ValueError,
            "fpc: clusters drawn from a population of them need weights; name weight=",
        ),
        (
            {"weight": "w", "replicate_weights": ["a", "b"]},
            ValueError,
            "replicate_weights: of what kind? name replicates=",
        ),
        (
            {"replicate_weights": "r*", "replicates": "jk1"},
            ValueError,
            "replicate_weights: the full sample needs its weights too; name weight=",
        ),
        (
            {"weight": "w", "replicate_weights": "rw1", "replicates": "jk1"},
            ValueError,
            "replicate_weights: 'rw1' is one column; name several, or a pattern such as 'rw*'",
        ),
        ({"replicates": "jackknife"}, ValueError, "replicates: 'jackknife' is not one of 'jk1', 'jkn', 'brr', 'fay'"),
        (
            {"weight": "w", "replicate_weights": "r*", "replicates": "jkn"},
            ValueError,
            "replicate_scales: 'jkn' needs (n - 1) / n of the stratum of each replicate's cluster",
        ),
        (
            {"weight": "w", "replicate_weights": ["a", "b"], "replicates": "jkn", "replicate_scales": [1, 1, 1]},
            ValueError,
            "replicate_scales: 3 numbers for 2 columns of replicate weights",
        ),
        (
            {"weight": "w", "replicate_weights": "r*", "replicates": "jk1", "n_replicates": 9},
            ValueError,
            "n_replicates: the replicates are those of replicate_weights; leave it out",
        ),
        (
            {"weight": "w", "replicate_weights": "r*", "replicates": "jk1", "fpc": "N"},
            ValueError,
            "fpc: replicate weights hold it already, or it is part of scale=; leave it out",
        ),
        ({"n_replicates": 9}, ValueError, "n_replicates: there are no replicates; name their kind"),
        ({"scale": 0.5}, ValueError, "scale: there are no replicates; name their kind"),
        ({"mse": True}, ValueError, "mse: there are no replicates; name their kind"),
        (
            {"replicates": "jk1", "n_replicates": 9},
            ValueError,
            "n_replicates: 'jk1' has as many as its clusters need; leave it out",
        ),
        ({"replicates": "bootstrap", "n_replicates": 1}, ValueError, "n_replicates must be at least 2, not 1"),
        ({"replicates": "bootstrap", "n_replicates": 2.5}, TypeError, "n_replicates must be a whole number, not 2.5"),
        ({"replicates": "bootstrap", "rng": -1}, ValueError, "rng: -1 is negative"),
        ({"replicates": "fay", "fay": 1.0}, ValueError, "fay must be from 0 to below 1, not 1.0"),
        ({"fay": -0.1}, ValueError, "fay must be a number of at least 0, not -0.1"),
        ({"degrees_of_freedom": np.nan}, ValueError, "degrees_of_freedom must be a number of at least 0, not nan"),
        (
            {"replicates": "jk1", "replicate_scales": [1.0, -1.0]},
            ValueError,
            "replicate_scales[1] must be a number of at least 0, not -1.0",
        ),
        ({"replicates": "jk1", "replicate_scales": "1"}, TypeError, "replicate_scales must be numbers, one for each"),
        (
            {"weight": "w", "replicates": "jk1", "population_totals": TOTALS},
            ValueError,
            "population_totals: the weights of every replicate must be calibrated as well",
        ),
        (
            {"population_totals": TOTALS},
            ValueError,
            "population_totals: weights were made to add up to them; name weight=",
        ),
        ({"weight": "w", "base_weight": "d"}, ValueError, "base_weight: the weights before those of population_totals"),
        (
            {"population_totals": ["borough"]},
            TypeError,
            "population_totals must be a dict of column to totals, not list",
        ),
        (
            {"weight": "w", "population_totals": {"borough": 5}},
            TypeError,
            "population_totals: 'borough' needs a dict of each label's total, not 5",
        ),
        (
            {"weight": "w", "population_totals": {"borough": {"Sutton": -5}}},
            ValueError,
            "population_totals: 'Sutton' of 'borough' must be a number of at least 0, not -5",
        ),
        (
            {"weight": "w", "population_totals": {"borough": {None: 5}}},
            ValueError,
            "population_totals: None of 'borough' is a kind of missing; impute it first",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_at_once(options, error, message):
    with pytest.raises(error) as raised:
        dr.survey_design(**options)
    assert str(raised.value).startswith(message)

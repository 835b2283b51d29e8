"""Areas and kinds of unit compared by shuffling their units; one unit is never tested."""

import itertools
from math import isnan

import numpy as np
import pytest

from dueregard import data
from dueregard.assessment import assess, frameworks
from dueregard.flags import Flag

ESPS = frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def scored(*areas):
    """One unit for each number of indicators met, in areas."""
    table = {"unit": [], "area": [], **{i: [] for i in IDS}}
    for area, scores in zip("NSEW", areas, strict=False):
        for n, met in enumerate(scores):
            table["unit"].append(f"{area}{n}")
            table["area"].append(area)
            for place, indicator in enumerate(IDS):
                table[indicator].append(int(place < met))
    return assess(table, ESPS)


def test_two_areas_by_every_way_to_deal_the_units_out():
    own, rest = [4, 5, 9], [10, 12, 18, 17]
    compared = scored(own, rest).compare("area")
    row = next(compared.filter(area="N").rows())
    seen = abs(np.mean(own) - np.mean(rest))
    every = [*own, *rest]
    as_far = [
        abs(np.mean([every[i] for i in some]) - np.mean([every[i] for i in range(7) if i not in some])) >= seen - 1e-9
        for some in itertools.combinations(range(7), 3)
    ]
    one_sided = sum(
        np.mean([every[i] for i in some]) - np.mean([every[i] for i in range(7) if i not in some])
        <= np.mean(own) - np.mean(rest) + 1e-9
        for some in itertools.combinations(range(7), 3)
    )
    assert row["pvalue"] == pytest.approx(min(1, 2 * one_sided / 35)) and sum(as_far) >= one_sided
    assert row["estimate"] == pytest.approx(100 * (np.mean(own) - np.mean(rest)) / 18)
    variation = next(compared.filter(row_type="variation").rows())
    assert variation["value"] == pytest.approx(abs(row["estimate"]))


def test_the_areas_of_the_force_differ_beyond_chance_and_one_unit_is_not_tested():
    compared = assess(data.load("borough_answers"), ESPS).compare("area")
    variation, *areas = compared.rows()
    assert variation["row_type"] == "variation" and variation["verdict"] == "varies beyond chance"
    assert variation["value"] > variation["estimate"] and variation["nobs"] == 31
    (alone,) = [row for row in areas if row["area"] == "Westminster"]
    assert isnan(alone["pvalue"]) and alone["verdict"] is None and alone["note"] == "1 unit: not tested"
    assert Flag.TOO_FEW_AREAS in alone["flag"]
    assert all(row["adjusted_pvalue"] >= row["pvalue"] for row in areas if not isnan(row["pvalue"]))
    assert all(isnan(row["low"]) and isnan(row["high"]) for row in compared.rows())


def test_the_same_units_in_another_order_give_the_same_bits():
    table = data.load("borough_answers")
    order = np.random.default_rng(5).permutation(32)
    mixed = assess({name: column[order] for name, column in table.items()}, ESPS).compare("area")
    plain = {row["area"]: row["pvalue"] for row in assess(table, ESPS).compare("area").rows()}
    assert {row["area"]: row["pvalue"] for row in mixed.rows()} == pytest.approx(plain, nan_ok=True, abs=0)


def test_areas_that_do_not_differ_are_too_few_to_tell():
    compared = scored([9, 10, 11], [9, 10, 11], [9, 10, 11]).compare("area")
    assert set(compared["verdict"]) == {"too few to tell"}


def test_one_area_alone_is_compared_with_nothing():
    variation, only = scored([3, 4]).compare("area").rows()
    assert isnan(variation["value"]) and Flag.TOO_FEW_AREAS in variation["flag"]
    assert isnan(only["estimate"]) and isnan(only["pvalue"])


def test_kinds_of_unit():
    records = {"unit": list("ABCD"), "kind": ["borough"] * 2 + ["other unit"] * 2, "1B": [1, 1, 0, 0]}
    compared = assess(records, ESPS).compare("kind").filter(row_type="group")
    assert compared["kind"] == ["borough", "other unit"]
    assert compared["estimate"][0] == -compared["estimate"][1]


def test_bad_arguments():
    with pytest.raises(ValueError, match="by: 'unit' is not 'area' or 'kind'"):
        scored([1, 2], [3, 4]).compare("unit")
    with pytest.raises(ValueError, match="confidence_level: 95 is not between 0 and 1"):
        scored([1, 2], [3, 4]).compare("area", confidence_level=95)


def test_the_names_of_areas_make_no_difference():
    table = data.load("borough_answers")
    renamed = {**table, "area": [f"{'zyxwvu'[len(a) % 6]}{a}" for a in table["area"].tolist()]}
    (plain, other) = (assess(one, ESPS).compare("area")["pvalue"][0] for one in (table, renamed))
    assert plain == other


@pytest.mark.parametrize("seed", [-1, 1.5, None, True])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match=r"seed: .* is not a whole number from 0"):
        scored([1, 2], [3, 4]).compare("area", seed=seed)


def test_two_areas_are_one_comparison():
    variation, first, second = scored([4, 5, 6, 7], [14, 15, 16, 17]).compare("area").rows()
    assert first["adjusted_pvalue"] == first["pvalue"] == second["adjusted_pvalue"] == variation["pvalue"]
    assert (first["verdict"], second["verdict"]) == ("lower", "higher")

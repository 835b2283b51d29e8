"""The rows of a gap taken apart: what is worked out for each part, whatever it came from."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.measures.decomposition.part_rows import Block, Part, PartWords, part_columns

WORDS = PartWords("trust", "group", ("area",), "2010", "White", "percentage points", 0.95)
GAP = Part("gap", -8.0, 1.0, -10.0, -6.0, 0.001, value=72.0, reference_value=80.0)
RATES = Part("rates", -3.0, 1.0, -5.0, -1.0, 0.003, value=74.0, reference_value=77.0, remains=True)


def rows(parts, words=WORDS, **block):
    made = Block(
        **{"area": ("North",), "group": "Asian", "nobs": 90, "outcome_missing": 3, "reference_nobs": 200} | block,
        parts=parts,
    )
    columns = part_columns([made], words)
    return [{name: values[i] for name, values in columns.items()} for i in range(len(parts))]


def test_totals_have_the_people_of_the_group_and_levels_their_own():
    gap, level, factor = rows(
        [GAP, Part("composition", -1.0, factor="age", level="16-34", nobs=12), Part("composition", -1.0, factor="age")]
    )
    assert (gap["area"], gap["group"], gap["nobs"], gap["reference_nobs"], gap["outcome_missing"]) == (
        "North",
        "Asian",
        90,
        200,
        3,
    )
    assert (level["nobs"], level["reference_nobs"], factor["nobs"]) == (12, None, None)


def test_shares_are_of_a_gap_whose_interval_leaves_out_nothing():
    gap, part = rows([GAP, RATES])
    assert (gap["share_of_gap"], part["share_of_gap"]) == (100.0, 37.5)
    unsure = Part("gap", -8.0, 5.0, -18.0, 2.0, 0.1)
    assert np.isnan([row["share_of_gap"] for row in rows([unsure, RATES])]).all()
    assert np.isnan(rows([Part("gap", np.nan, value=80.0)], is_reference=True)[0]["share_of_gap"])


def test_what_remains_says_what_it_would_take_to_remove_it():
    gap, part = rows([GAP, RATES])
    assert part["needed_effect"] == pytest.approx(15) and part["imbalance"] == 20 and "e_value" in gap
    assert gap["e_value"] is None
    ratios = dr.e_value(74 / 77).estimate, dr.e_value(26 / 23).estimate
    assert part["e_value"] == pytest.approx(min(ratios)) and 1 < part["e_value_low"] < part["e_value"]
    means = rows(
        [GAP, RATES], PartWords("pay", "group", ("area",), None, "White", "points", 0.95, is_share=False), spread=10.0
    )
    assert means[1]["e_value"] == pytest.approx(dr.e_value(np.exp(-0.91 * 0.3)).estimate)


def test_flags_and_columns_of_parts_are_added():
    (row,) = rows(
        [Part("gap", -8.0, flag=int(Flag.NO_VARIANCE), also={"empty_percent": 4.0})], flag=int(Flag.SMALL_BASE)
    )
    assert row["flag"] == Flag.NO_VARIANCE | Flag.SMALL_BASE and row["empty_percent"] == 4
    assert str(rows([Part("gap", -0.0)])[0]["estimate"]) == "0.0"

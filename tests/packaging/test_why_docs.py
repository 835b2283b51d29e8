"""What the page on drivers and parts of a gap says of figures, defaults and edges is true."""

import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dueregard as dr
from dueregard.inference.decomposition.rates.gap_parts import METHODS
from dueregard.inference.importance.players import MOST
from dueregard.inference.importance.shapley_subsets import EXACT

WHY = (Path(__file__).parents[2] / "docs" / "why.md").read_text()
PLAIN = " ".join(WHY.split())


def table(heading: str) -> list[list[str]]:
    """The cells of the table whose header begins so, without the header."""
    lines = WHY.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def default(function: Any, argument: str) -> Any:
    return inspect.signature(function).parameters[argument].default


def test_every_method_of_a_decomposition_is_there_with_its_default() -> None:
    named = re.findall(r'method="([\w-]+)"', "".join(row[0] for row in table("method")))
    assert tuple(named) == METHODS and default(dr.decompose_gap, "method") == named[0]
    assert "the default" in table("method")[0][2]


def test_defaults_that_the_page_counts_on() -> None:
    for function in (dr.decompose_gap, dr.oaxaca_blinder):
        assert default(function, "parts") == 2
    assert default(dr.oaxaca_blinder, "coefficients") == "pooled"
    for function in (dr.decompose_gap, dr.oaxaca_blinder, dr.reweighted_gap):
        assert default(function, "imbalance") == 20
    assert f"{default(dr.key_drivers, 'n_replicates'):,} bootstrap replicates" in PLAIN
    assert default(dr.key_drivers, "points") == 10
    assert f"more than {MOST}" in PLAIN and f"all sets of up to {EXACT} drivers" in PLAIN


def test_points_of_prior_opinion_by_crossing_and_by_regression() -> None:
    truth = dr.data.gap_truth()
    crossed, regressed = (-parts["prior_opinion"] for parts in (truth.by_crossing, truth.by_factor))
    assert f"prior opinion has {crossed:.1f} points by crossing and {regressed:.1f} by regression" in PLAIN


def test_the_comment_beside_e_values_is_what_comes_out() -> None:
    comment = re.search(r"print\((dr\.e_value\(.*?\))\)  # ([\d.]+), ([\d.]+)", WHY)
    assert comment is not None
    found = eval(comment[1], {"dr": dr})
    assert [f"{value:.2f}" for value in found] == list(comment.groups()[1:])


PEOPLE: dict[str, list[Any]] = {
    "group": ["A"] * 40 + ["B"] * 40,
    "age": ["young", "old"] * 20 + ["young"] * 39 + ["old"],
    "place": ["here", "here", "there", "there"] * 20,
    "answer": (["Yes"] * 3 + ["No"]) * 20,
}
ONE_SIDE = PEOPLE | {"age": ["young", "old"] * 20 + ["young"] * 40}
ASK: dict[str, Any] = {"outcome": "answer", "positive": "Yes", "group": "group", "reference": "A", "factors": ["age"]}


def parts_of(data: Any, **more: Any) -> dict[str, Any]:
    found = dr.decompose_gap(data, **(ASK | more)).filter(group="B")
    return {row["part"]: row for row in found.rows() if row["factor"] is None}


def test_cells_without_people_on_one_side() -> None:
    borrowed, apart = parts_of(ONE_SIDE), parts_of(ONE_SIDE, empty="apart")
    assert dr.Flag.EMPTY_CELL in dr.Flag(int(borrowed["gap"]["flag"]))
    assert borrowed["gap"]["empty_percent"] > 0
    assert "not comparable" in apart and "not comparable" not in borrowed
    with pytest.raises(ValueError, match="old"):
        dr.decompose_gap(ONE_SIDE, **ASK, empty="refuse")
    assert [re.findall(r'empty="(\w+)"', row[0]) for row in table("what")[:3]] == [["borrow"], ["apart"], ["refuse"]]
    assert default(dr.decompose_gap, "empty") == "borrow"


def test_a_share_of_a_gap_that_may_be_nothing_is_nothing() -> None:
    gap = parts_of(PEOPLE)["gap"]
    assert gap["low"] < 0 < gap["high"]
    assert all(np.isnan(row["share_of_gap"]) for row in parts_of(PEOPLE).values())


def test_a_group_without_an_answer_has_no_parts() -> None:
    silent = PEOPLE | {"answer": [*PEOPLE["answer"][:40], *["not stated"] * 40]}
    assert all(np.isnan(row["estimate"]) for row in parts_of(silent).values())


SCORED: dict[str, Any] = {
    "score": [float(i % 7) for i in range(60)],
    "one": [float(i % 5) for i in range(60)],
    "two": [float(i % 4) for i in range(60)],
    "same": [3.0] * 60,
    "place": ["here"] * 30 + ["there"] * 30,
}


@pytest.mark.parametrize(
    ("drivers", "words"),
    [
        (["one", "same"], "same"),
        (["one", "score"], "score"),
        ([f"d{i}" for i in range(26)], "more than 25"),
    ],
)
def test_drivers_that_are_refused(drivers: list[str], words: str) -> None:
    data = SCORED | {name: SCORED["one"] for name in drivers if name not in SCORED}
    with pytest.raises(ValueError, match=words):
        dr.key_drivers(data, outcome="score", drivers=drivers)
    assert "a driver that is the outcome, or more than 25" in PLAIN


def test_fewer_rows_than_drivers_are_refused() -> None:
    with pytest.raises(ValueError, match=r"row|people"):
        dr.key_drivers({name: values[:2] for name, values in SCORED.items()}, outcome="score", drivers=["one", "two"])


def test_fewer_rows_than_drivers_in_one_area_have_nothing_there() -> None:
    data = {name: [*values, *values[:2]] for name, values in SCORED.items()} | {"place": ["here"] * 60 + ["there"] * 2}
    found = dr.key_drivers(data, outcome="score", drivers=["one", "two"], by="place")
    for row in found.filter(place="there").rows():
        assert np.isnan(row["value"]) and int(row["flag"]) > 0


def test_a_driver_that_is_the_same_in_one_area_has_nothing_there() -> None:
    data = SCORED | {"two": [*SCORED["two"][:30], *[1.0] * 30]}
    found = dr.key_drivers(data, outcome="score", drivers=["one", "two"], by="place")
    (row,) = found.filter(place="there", driver="two").rows()
    assert np.isnan(row["gain"]) and dr.Flag.ALL_ALIKE in dr.Flag(int(row["flag"]))


def test_a_driver_that_is_the_sum_of_others_is_refused_or_pooled() -> None:
    both = [a + b for a, b in zip(SCORED["one"], SCORED["two"], strict=True)]
    data = SCORED | {"both": both, "other": [float(i % 11) for i in range(60)]}
    ask: dict[str, Any] = {"outcome": "score", "drivers": ["one", "two", "both", "other"]}
    with pytest.raises(ValueError, match=r"'both'.*'one'.*'two'"):
        dr.key_drivers(data, **ask)
    pooled = dr.key_drivers(data, **ask, collinear="pool")
    assert [row["driver"] for row in pooled.rows()][1:] == ["one + two + both", "other"]


def test_rows_left_out_are_counted_and_told() -> None:
    data = PEOPLE | {"age": ["not stated", *PEOPLE["age"][1:]]}
    found = dr.oaxaca_blinder(data, **ASK)
    assert any("'age'" in note and "1" in note for note in found.notes)


def test_a_factor_that_is_not_stated_is_a_level_where_factors_are_crossed() -> None:
    found = dr.decompose_gap(PEOPLE | {"age": ["not stated", *PEOPLE["age"][1:]]}, **ASK)
    assert "not stated" in {row["level"] for row in found.rows()}
    assert "a factor that is crossed and not stated | a level of its own" in PLAIN


def test_a_table_of_areas_is_refused() -> None:
    areas = {"borough": [f"B{i}" for i in range(60)]} | SCORED
    with pytest.raises(ValueError, match="unit='areas'"):
        dr.key_drivers(areas, outcome="score", drivers=["one", "two"])
    told = dr.key_drivers(areas, outcome="score", drivers=["one", "two"], unit="areas")
    assert any("about areas, not people" in note for note in told.notes)

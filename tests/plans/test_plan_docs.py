"""The page on plans: its file is a plan, and it names every key, unit, verdict and shape there is."""

import re
from pathlib import Path

import pytest

import dueregard as dr
from dueregard.plans.card_verdicts import SYMBOLS
from dueregard.plans.measures import UNITS
from dueregard.plans.sources import NOUNS

PAGE = (Path(__file__).parents[2] / "docs" / "plans.md").read_text()


def test_the_file_of_the_page_is_a_plan(tmp_path):
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    path = tmp_path / "plan.toml"
    path.write_text(shown)
    plan = dr.plan(path, on="2011-02-01")
    assert [row["verdict"] for row in plan.status().rows()] == ["overdue", "reservation open", "done", "in progress"]
    assert plan.progress()["course"] == ["too few readings"]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_key_of_every_table_is_on_the_page(noun):
    with pytest.raises(ValueError, match="the keys are ") as refused:
        dr.plan({noun: [{"no such key": 1}]}, on="2011-02-01")
    (line,) = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{noun}`" in line.split("|")[1]]
    for key in str(refused.value).split("the keys are ")[1].split(", "):
        assert f"`{key}`" in line, key


def test_units_and_shapes_are_on_the_page():
    for unit in UNITS:
        assert f"`{unit}`" in PAGE
    for symbol in SYMBOLS.values():
        assert symbol in PAGE

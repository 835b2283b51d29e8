"""Columns that tables of surveys and trends share: figures of few people are marked, and a mean of areas is named."""

import re

import dueregard as dr
from dueregard.publish.tables.tables import text_table

MONTHS = [f"20{10 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
ROWS = [(month, borough, group, bool(i % 2)) for i, month in enumerate(MONTHS) for borough in ("Barnet", "Brent")
        for group in ("Asian", "White")]  # fmt: skip
FEW = dict(zip(("month", "borough", "group", "met"), map(list, zip(*ROWS, strict=True)), strict=True))
ASKED = {"outcome": "met", "positive": True, "time": "month"}
GROUPS = {"group": "group", "reference": "White"}


def test_figures_of_few_people_are_marked_in_every_window_and_change():
    for ask in (dr.rolling, dr.gap_change):
        found = ask(FEW, **ASKED, **GROUPS, window=12, by="borough")
        rows = [line for line in text_table(found).splitlines() if re.match(r"(All areas|Barnet|\w+ 201\d) ", line)]
        assert rows and all(len(re.findall(r" \[u\] ", row)) == 1 for row in rows)
        assert "[u] low reliability: fewer than 30 cases" in text_table(found)
    last = text_table(dr.rolling(FEW, **ASKED, window=1)).splitlines()
    assert any(re.match(r"December 2011 +100.0 \[u\] ", line) for line in last)


def test_the_mean_of_areas_is_not_called_all_areas():
    asked = {"outcome": "met", "positive": True, **GROUPS, "by": "borough"}
    mean, together = (text_table(dr.gap(FEW, **asked, pool=pool)) for pool in ("mean", "cases"))
    assert "Mean of areas" in mean and "All areas" not in mean
    assert "All areas" in together and "Mean of areas" not in together


def test_the_only_group_is_headed_group():
    asked = {**ASKED, "window": 12}
    assert re.search(r"^Group +", text_table(dr.gap_change(FEW, **asked, **GROUPS)), re.MULTILINE)
    assert re.search(r"^Measure +", text_table(dr.change(FEW, **asked)), re.MULTILINE)


def test_a_gap_that_is_assumed_rests_on_no_cases():
    assert "[u]" not in text_table(dr.precision({"a borough": 94}, p1=0.74, p2=0.81, share=0.29))


def test_all_areas_stand_in_the_column_of_areas_alone():
    asked = {"outcome": "met", "positive": True, "by": ["borough", "sex"], "design": dr.survey_design()}
    table = text_table(dr.survey_estimate(FEW | {"sex": ["F", "M"] * (len(ROWS) // 2)}, **asked))
    assert re.search(r"^All areas +all +", table, re.MULTILINE)

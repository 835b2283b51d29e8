"""The chart of indices: a panel each, what chance makes beside every value, and words for those who do not see it."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.charts.canvas import NARROW
from dueregard.publish.charts.chart import chart, kind_of
from dueregard.publish.charts.index_chart import panels_of

ROWS = {
    "borough": ["Barnet"] * 120 + ["Camden"] * 120,
    "ethnicity": ["Asian", "White", "White"] * 80,
    "satisfied": (["Yes"] * 3 + ["No"]) * 60,
}
OPTIONS = {"group": "ethnicity", "outcome": "satisfied", "positive": "Yes", "n_resamples": 99}


def findings(**options):
    return dr.inequality(ROWS, **(OPTIONS | {"by": "borough", "order": ["Asian", "White"]} | options))


def test_a_panel_for_each_index_and_a_row_for_each_area():
    found = findings()
    assert kind_of(found) == "indices"
    panels = panels_of(found)
    assert list(panels)[:2] == ["index of dissimilarity (%)", "index of disparity (%)"]
    assert {tuple(mark.label for mark in panel) for panel in panels.values()} == {("All areas", "Barnet", "Camden")}
    drawn = found.plot()
    assert len(drawn.axes) == len(panels) + 1  # and the key
    texts = [text.get_text() for text in drawn.texts]
    assert "Relative index of inequality (ratio)" in texts
    assert texts[-1] == "Internal: not checked for disclosure"


def test_the_words_say_every_index_and_what_chance_makes():
    found = findings(indices=["gini", "slope"])
    words = found.plot().alternative
    first = next(found.rows())
    value, chance = (f"{first[name]:.1f}" for name in ("value", "expected_by_chance"))
    assert f"Gini coefficient (%), All areas {value} (" in words.description
    assert f"), {chance} by chance; " in words.description
    assert words.subtitle == "Indices, with 95% intervals"
    assert words.title == "Inequality between groups by ethnicity: satisfied (Yes)"


def test_a_full_count_has_no_lines():
    found = findings(inference="none", by=None, indices="gini")
    words = found.plot().alternative
    assert words.subtitle == "Indices"
    assert "by chance" not in words.description


def test_values_that_are_not_known_keep_their_row():
    labels = {"ethnicity": ["Asian", "White"], "area": ["a", "b"], "satisfied": ["No", "Yes"]}
    cells = np.array([[[5, 15], [0, 0]], [[30, 20], [10, 20]]])
    tally = dr.Tally(cells, labels, outcome="satisfied")
    found = dr.inequality(tally, **(OPTIONS | {"by": "area", "indices": "gini"}))
    texts = [text.get_text() for text in found.plot().texts]
    assert "[x]" in texts
    with pytest.raises(ValueError, match="there is no index to draw"):
        found.filter(area="b").plot()


def test_a_phone():
    drawn = chart(findings(), width=NARROW)
    assert drawn.get_figwidth() * 72 == NARROW
    words = [text.get_text() for axes in drawn.axes for text in axes.texts]
    assert "By chance alone" in words

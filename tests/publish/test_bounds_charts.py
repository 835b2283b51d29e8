"""Bounds charts: which findings they are for, what they draw, and what they say to those who do not see them."""

import pytest

import dueregard as dr
from dueregard.publish.charts.bounds_lines import bounds_of
from dueregard.publish.charts.chart import chart, kind_of


def unknowns(black=300, white=900, lost=280, **options):
    groups = {"Black": black, "White": white, None: lost}
    data = {"ethnicity": [label for label, n in groups.items() for _ in range(n)]}
    data |= {"officer": ["B"] * black + ["W"] * white + ["B"] * lost}
    table = {"ethnicity": ["Black", "White"], "people": [5_000, 60_000]}
    census = dr.population(table, group="ethnicity", count="people", date="2011")
    return dr.unknowns(data, census, group="ethnicity", reference="White", period="2011-03", **options)


def texts(figure):
    said = [text.get_text() for text in figure.texts]
    return said + [text.get_text() for axes in figure.axes for text in axes.texts]


def test_findings_with_assumptions_have_a_bounds_chart():
    assert kind_of(unknowns()) == "bounds"
    data = {"met": [True, False] * 20, "sex": ["F"] * 20 + ["M"] * 20}
    assert kind_of(dr.gap(data, outcome="met", positive=True, group="sex", reference="M")) == "gap"


def test_a_line_holds_the_range_and_the_points():
    ((line,),) = bounds_of(unknowns(within="officer")).values()
    assert (line.label, line.holds) == ("Black", True)
    assert line.low < line.stated < line.high and line.region_low < line.low < line.high < line.region_high
    assert list(line.estimates) == ["stated only", "in proportion", "at random within officer"]


@pytest.mark.parametrize("width", [720, 340, 240])
def test_every_width_says_the_range(width):
    drawn = chart(unknowns(), width=width)
    assert any("3.05 to 7.73" in text for text in texts(drawn))
    assert "Internal: not checked for disclosure" in " ".join(texts(drawn))


def test_the_words_for_those_who_do_not_see_it():
    words = unknowns().plot().alternative
    assert words.title == "The conclusion holds whatever the group of unknown cases"
    assert words.subtitle.startswith("Ethnicity not known for 18.9% of events. Rate ratio to White")
    assert "Black: 4.00 times the rate, from 3.05 to 7.73; the conclusion holds." in words.description


def test_a_conclusion_that_depends_is_drawn_hollow():
    found = unknowns(60, 800, 400)
    assert found.plot().alternative.title == "The conclusion depends on the group of unknown cases"
    faces = [line.get_markerfacecolor() for line in found.plot().axes[-1].lines if line.get_marker() == "o"]
    assert faces == ["white"]


def test_areas_have_a_panel_for_each_group():
    data = {"ethnicity": ["Black", "Asian", "White", None] * 40, "area": ["N", "S"] * 80}
    met = {"met": [True, True, False, True, False] * 32}
    found = dr.unknowns(data | met, group="ethnicity", reference="White", outcome="met", positive=True, by="area")
    assert list(bounds_of(found)) == ["Asian", "Black"]
    assert {"Asian", "Black", "All areas", "N", "S"} <= set(texts(found.plot()))


def test_ends_without_a_limit_have_an_arrow():
    found = unknowns(white=0, no_events="White")
    markers = [line.get_marker() for line in found.plot().axes[-1].lines]
    assert ">" in markers and any("or more" in text for text in texts(found.plot()))


def test_a_full_count_has_no_line_of_chance():
    assert "and chance" not in texts(unknowns(inference="none").plot())


def test_nothing_to_draw():
    found = unknowns()
    with pytest.raises(ValueError, match="there is nothing to draw"):
        found.filter(row_type="reference").plot()


def test_it_is_an_svg_with_a_title_in_a_notebook():
    assert "The conclusion holds" in unknowns().plot()._repr_html_()


def test_the_table_beside_it_names_every_assumption():
    found = unknowns()
    shown = repr(found)
    assert max(map(len, shown.splitlines())) <= 80
    for assumption in ("stated only", "in proportion", "all in the reference", "all in this group"):
        assert assumption in shown and assumption in found._repr_html_()

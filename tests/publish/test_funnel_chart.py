"""Charts of areas: where points and limits stand, which names are said, and what the words say."""

import itertools
import math
import re

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.charts import canvas
from dueregard.publish.charts.chart import chart, kind_of, svg
from dueregard.publish.charts.funnel_chart import MOST_NAMES, apart, named_points
from dueregard.publish.charts.funnel_frame import Frame
from dueregard.publish.charts.funnel_points import funnel_of
from dueregard.publish.charts.label_places import placed
from dueregard.publish.numbers import unsupported_numbers

WIDTHS = (canvas.WIDE, canvas.NARROW)
TREES = ("Ash", "Beech", "Cedar", "Elder", "Fir", "Hazel", "Ivy", "Larch", "Maple", "Oak", "Pine", "Rowan", "Yew")
BOROUGHS = [f"Borough of {tree}" for tree in TREES]
ASKED = [40, 80, 120, 200, 260, 300, 420, 500, 610, 700, 820, 900, 1000]
MET = [30, 66, 80, 160, 180, 246, 300, 390, 500, 520, 655, 690, 810]


def table(**more):
    return {"borough": BOROUGHS, "met": MET, "asked": ASKED, **more}


def proportions(**options):
    return dr.funnel(table(), by="borough", count="met", nobs="asked", name="share satisfied", period="2011", **options)


def rates(**options):
    people = [size * 300 for size in ASKED]
    return dr.funnel(table(people=people), by="borough", count="met", exposure="people", name="searches", **options)


def ratios(**options):
    return dr.funnel(table(due=[met * 1.1 for met in MET]), by="borough", count="met", expected="due", **options)


def counts(**options):
    return dr.funnel(table(), by="borough", count="met", against="asked", **options)


def shrunken(**options):
    return dr.shrink(table(), by="borough", count="met", nobs="asked", name="share satisfied", **options)


KINDS = {
    "proportions": proportions,
    "widened": lambda: proportions(overdispersion="additive"),
    "one level": lambda: proportions(confidence_level=0.95),
    "three levels": lambda: proportions(confidence_level=(0.8, 0.95, 0.998)),
    "target": lambda: proportions(target=70),
    "rates": rates,
    "ratios": ratios,
    "counts": counts,
    "shrunken": shrunken,
}


@pytest.fixture(params=list(KINDS))
def found(request):
    return KINDS[request.param]()


def picture(figure):
    return svg(figure, title=figure.alternative.title, description=figure.alternative.description)


def texts_of(figure):
    return [text.get_text() for text in figure.findobj(lambda each: hasattr(each, "get_text")) if text.get_text()]


def test_findings_with_control_limits_are_funnels_and_those_with_shrunken_values_show_both():
    assert kind_of(proportions()) == "funnel" and kind_of(shrunken()) == "shrinkage"
    assert isinstance(proportions().plot().alternative.title, str)


@pytest.mark.parametrize("width", WIDTHS)
def test_one_input_gives_one_drawing_with_a_text_alternative(found, width):
    first, second = (picture(chart(found, width=width)) for _ in range(2))
    assert first == second
    assert 'role="img"' in first and "<desc" in first
    assert chart(found, width=width).get_figwidth() * 72 == pytest.approx(width)


def test_every_number_of_the_words_is_one_of_the_findings(found):
    words = chart(found).alternative
    n = len(BOROUGHS)
    allowed = {str(i) for i in range(n + 1)}  # how many areas, and how many of them are where
    for text in (words.title, words.subtitle, words.description):
        odd = [number for number in unsupported_numbers(text, found) if number not in allowed]
        assert odd == [], text


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_leaves_the_sheet_and_none_covers_another(found, width):
    figure = chart(found, width=width)
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    boxes = []
    for text in figure.findobj(lambda each: hasattr(each, "get_text") and each.get_visible()):
        if text.get_text().strip():
            box = text.get_window_extent(renderer)
            boxes.append((text.get_text(), box.x0, box.y0, box.x1, box.y1))
    for text, x0, y0, x1, y1 in boxes:
        assert x0 >= -3 and x1 <= width * 1.06 and y0 >= -2 and y1 <= figure.get_figheight() * 72 + 2, text
    for one, other in itertools.combinations(boxes, 2):
        across = min(one[3], other[3]) - max(one[1], other[1])
        down = min(one[4], other[4]) - max(one[2], other[2])
        assert across <= 3 or down <= 3, (one[0], other[0])


def test_areas_outside_the_limits_carry_their_names_and_point_outwards():
    findings = proportions()
    outside = {row["borough"] for row in findings.rows() if row["verdict"] and row["verdict"] != "within the limits"}
    assert outside
    figure = chart(findings)
    shown = {text for text in texts_of(figure) if text in BOROUGHS}
    assert shown <= outside and len(shown) == min(len(outside), MOST_NAMES)
    markers = [line.get_marker() for axes in figure.axes for line in axes.lines if line.get_marker() in "^v"]
    assert set(markers) == {"^", "v"}


def test_the_title_counts_what_is_outside():
    findings = proportions()
    beyond = {row["borough"] for row in findings.rows() if row["verdict"] and "99.8%" in row["verdict"]}
    title = chart(findings).alternative.title
    assert title == f"{len(beyond)} of 13 boroughs {'is' if len(beyond) == 1 else 'are'} outside the 99.8% limits"
    calm = dr.funnel({"force": ["A", "B"], "x": [20, 41], "n": [100, 200]}, by="force", count="x", nobs="n")
    assert chart(calm).alternative.title == "All 2 forces are within the limits"
    near = dr.funnel({"force": ["A", "B"], "x": [40, 30], "n": [100, 100]}, by="force", count="x", nobs="n", target=30)
    assert chart(near).alternative.title == "1 of 2 forces is outside the 95% limits, none outside 99.8%"


def test_the_text_alternative_names_every_area_that_is_outside():
    findings = proportions()
    description = chart(findings).alternative.description
    for row in findings.rows():
        if row["verdict"]:
            assert (row["borough"] in description) == (row["verdict"] != "within the limits")


def test_areas_without_a_value_are_counted_and_not_drawn():
    holed = table(met=[*MET[:-1], 0], asked=[*ASKED[:-1], 0])
    findings = dr.funnel(holed, by="borough", count="met", nobs="asked")
    funnel = funnel_of(findings)
    assert (len(funnel.points), funnel.left_out) == (12, 1)
    assert "1 without a value are not drawn" in chart(findings).alternative.description


@pytest.mark.parametrize("make", [proportions, rates, ratios, counts])
@pytest.mark.parametrize("options", [{}, {"overdispersion": "additive"}, {"overdispersion": "multiplicative"}])
def test_the_curves_go_through_the_limits_of_every_area(make, options):
    findings = make(**options)
    funnel = funnel_of(findings)
    held = [row for row in findings.rows() if row["row_type"] == "group"]
    sizes = [row["exposure"] if row.get("exposure") else row["nobs"] for row in held[::2]]
    for (low, high), rows in zip(funnel.limits(sizes), (held[::2], held[1::2]), strict=True):
        np.testing.assert_allclose(low, [row["control_low"] for row in rows], rtol=1e-9)
        np.testing.assert_allclose(high, [row["control_high"] for row in rows], rtol=1e-9)


def test_points_stand_where_their_numbers_say():
    frame = Frame(funnel_of(proportions()), 500.0, 300.0)
    for size in (50.0, 400.0, 1000.0):
        assert frame.size_at(frame.x(size)) == pytest.approx(size)
    assert frame.y(80) - frame.y(70) == pytest.approx(frame.y(90) - frame.y(80))
    assert frame.x(1000) <= 500 and frame.x(0) >= 0


def test_areas_of_very_different_sizes_stand_on_a_logarithmic_scale():
    sizes = [20, 100, 3000, 40_000]
    skewed = {"area": list("ABCD"), "x": [n // 2 for n in sizes], "n": sizes}
    frame = Frame(funnel_of(dr.funnel(skewed, by="area", count="x", nobs="n")), 500.0, 300.0)
    assert frame.logarithmic
    assert frame.x(400) - frame.x(200) == pytest.approx(frame.x(4000) - frame.x(2000))
    assert frame.size_at(frame.x(777.0)) == pytest.approx(777.0)


def test_many_outlying_areas_are_named_furthest_first():
    rng = np.random.default_rng(1)
    n = np.full(60, 400)
    spread = {"area": [f"Area {i:02}" for i in range(60)], "x": rng.binomial(n, rng.uniform(0.1, 0.9, 60)), "n": n}
    findings = dr.funnel(spread, by="area", count="x", nobs="n")
    chosen = named_points(funnel_of(findings), MOST_NAMES)
    assert len(chosen) == MOST_NAMES
    rest = [abs(point.z) for point in funnel_of(findings).points if point.outside and point not in chosen]
    assert min(abs(point.z) for point in chosen) >= max(rest)
    assert "more" in chart(findings).alternative.description


def test_names_do_not_meet_and_stay_inside():
    rng = np.random.default_rng(0)
    names = [(f"Name {i}", 45.0, float(x), float(y)) for i, (x, y) in enumerate(rng.uniform(20, 380, (25, 2)))]
    found, without = placed(names, [(200.0, 200.0)], [(float(x), 100.0) for x in range(400)], (0, 0, 400, 400), 13.0)
    assert len(found) + len(without) == 25 and len(found) > 15
    boxes = [place.box(45.0, 13.0) for place in found]
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(box[0] >= 0 and box[2] <= 400 and box[1] >= 0 and box[3] <= 400 for box in boxes)


def test_labels_of_lines_are_moved_apart_in_their_order():
    assert apart([50.0, 50.0, 52.0], 13.0, 400.0) == sorted(apart([50.0, 50.0, 52.0], 13.0, 400.0))
    gaps = np.diff(apart([0.0, 1.0, 2.0, 399.0, 400.0], 13.0, 400.0))
    assert (gaps > 12).all()


def test_an_area_with_a_name_of_markup_is_drawn_as_it_is():
    odd = dr.funnel(
        {"area": ["<b>$x$</b>", "B"], "x": [90, 50], "n": [100, 100]}, by="area", count="x", nobs="n", target=50
    )
    drawn = picture(chart(odd))
    assert "&lt;b&gt;$x$&lt;/b&gt;" in drawn and "<b>" not in drawn


def test_nothing_to_draw_is_refused():
    empty = {"area": ["A", "B"], "x": [0, 0], "n": [0, 0]}
    with pytest.raises(ValueError, match="there is no area to draw"):
        chart(dr.funnel(empty, by="area", count="x", nobs="n"))
    with pytest.raises(ValueError, match="there is no area to draw"):
        chart(dr.shrink(empty, by="area", count="x", nobs="n"))


def test_the_marks_and_the_provenance_are_on_it():
    assert any("Internal: not checked for disclosure" in text for text in texts_of(chart(proportions())))
    assert not any("Internal" in text for text in texts_of(chart(proportions(), marks=False)))


def test_raw_and_shrunken_values_stand_on_one_line_with_both_numbers():
    findings = shrunken()
    figure = chart(findings)
    shown = texts_of(figure)
    for row in findings.rows():
        if row["row_type"] == "group":
            assert row["borough"] in shown
    moves = [text for text in shown if "\N{RIGHTWARDS ARROW}" in text]
    assert len(moves) == 13
    first = next(row for row in findings.rows() if row["row_type"] == "group")
    assert moves[0] == f"{first['value']:.0f}% \N{RIGHTWARDS ARROW} {first['shrunken']:.0f}%"


def test_a_shrunken_value_that_is_not_known_keeps_its_row():
    holed = table(met=[*MET[:-1], 0], asked=[*ASKED[:-1], 0])
    figure = chart(dr.shrink(holed, by="borough", count="met", nobs="asked"))
    assert "[x]" in texts_of(figure) and BOROUGHS[-1] in texts_of(figure)


def test_colour_is_not_the_only_sign():
    drawn = chart(proportions())
    kinds = {
        (line.get_marker(), line.get_markerfacecolor())
        for axes in drawn.axes
        for line in axes.lines
        if line.get_marker() not in ("None", None, "")
    }
    shapes = {marker for marker, _ in kinds}
    assert {"o", "^", "v"} <= shapes


def test_the_report_of_a_phone_wraps_its_key():
    wide, narrow = (re.findall(r"within the limits", picture(chart(proportions(), width=width))) for width in WIDTHS)
    assert wide and narrow
    assert math.isclose(chart(proportions(), width=240).get_figwidth() * 72, 240)


def test_an_area_whose_value_is_infinite_stands_at_the_top_with_its_name():
    areas = {"area": ["A", "B", "C", "D"], "these": [40, 45, 38, 60], "those": [11, 9, 10, 0]}
    found = dr.funnel(areas, by="area", count="these", against="those")
    (axes,) = [axes for axes in chart(found).axes if any("infinite" in text.get_text() for text in axes.texts)]
    low, high = axes.get_ylim()
    places = [line.get_ydata()[0] for line in axes.lines if line.get_marker() in ("o", "^", "v")]
    assert len(places) == 4 and max(places) == high and min(places) >= low
    assert "D (infinite)" in [text.get_text() for text in axes.texts]


def test_charts_of_rates_say_per_how_many():
    assert "per 1,000" in chart(rates()).alternative.subtitle
    people = [size * 300 for size in ASKED]
    drawn = dr.shrink(table(people=people), by="borough", count="met", exposure="people", name="searches")
    assert "per 1,000" in chart(drawn).alternative.subtitle

"""Charts of ratios: a logarithmic axis around 1, arrows for limits there are not, thick and thin lines for levels."""

import itertools
import math

import pytest

from dueregard.findings import Findings
from dueregard.publish.charts.chart import chart, svg
from dueregard.publish.charts.gap_lines import UNSURE, Line, panels_of
from dueregard.publish.charts.scales import APART, scale_for
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.units.amounts import unit_of

NAN, INFINITE = float("nan"), math.inf
RATIO, ODDS, POINTS = (unit_of({"unit_of_measure": name}) for name in ("ratio", "odds ratio", "percentage points"))
TOO_FEW = "too few to tell: 2 times the present numbers needed"
CASES = {  # estimate, low, high, verdict
    "Asian": (0.927, 0.888, 0.968, "lower"),
    "Black": (0.6, 0.4, 0.9, "lower"),
    "Mixed": (1.21, 0.7, 2.4, TOO_FEW),
    "None": (0.0, 0.0, 0.21, "lower"),
    "Some": (INFINITE, 5.47, INFINITE, "higher"),
    "Neither": (NAN, 0.0, INFINITE, TOO_FEW),
}


def ratios(*groups, unit="ratio", second=False, **options):
    rows = []
    for group in groups or CASES:
        estimate, low, high, verdict = CASES[group]
        row = {"measure": "satisfied", "characteristic": "ethnicity", "group": group, "row_type": "group",
               "count": 40, "nobs": 100, "value": 51.0, "reference": "White", "reference_nobs": 200,
               "reference_value": 55.0, "estimate": estimate, "unit_of_measure": unit}  # fmt: skip
        rows.append(row | {"confidence_level": 0.95, "low": low, "high": high, "verdict": verdict})
        if second:
            rows.append(row | {"confidence_level": 0.998, "low": 0.9 * low, "high": 1.1 * high, "verdict": TOO_FEW})
    return Findings({name: [row[name] for row in rows] for name in rows[0]}, **options)


def texts_of(figure):
    return [t.get_text() for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip()]


def drawn_lines(figure, marker="None"):
    return [line for line in figure.findobj(lambda a: hasattr(a, "get_marker")) if line.get_marker() == marker]


def test_the_words_of_ratios():
    words = chart(ratios("Asian", "Black", "Mixed")).alternative
    assert words.title == "2 of 3 groups lower than White; widest Black, 0.60 times as high"
    assert words.subtitle == "Satisfied: ratio to White on a logarithmic scale, with 95% intervals"
    assert "Asian: 0.93 times as high (95% interval 0.89 to 0.97)" in words.description
    assert "From Black (0.60 times as high) to Mixed (1.21 times as high)" in words.description
    assert "2 clearly lower, 1 too few to tell" in words.description and "point lower" not in words.description


def test_the_words_of_odds_ratios():
    words = chart(ratios("Asian", "Black", unit="odds ratio")).alternative
    assert words.title == "2 of 2 groups lower than White; widest Black, odds 0.60 times as high"
    assert words.subtitle.startswith("Satisfied: odds ratio to White")
    assert chart(ratios("Black", unit="odds ratio")).alternative.title == "Black: odds 0.60 times those of White"


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ("Black", "Black: 0.60 times as high as White"),
        ("Mixed", "Mixed against White: too few to tell"),
        ("Some", "Some: higher than White"),
        ("None", "None: 0 times as high as White"),
    ],
)
def test_the_title_of_one_group(group, title):
    assert chart(ratios(group)).alternative.title == title


def test_numbers_of_the_text_alternative_are_in_the_findings():
    findings = ratios(second=True)
    words = chart(findings).alternative
    counted = [*findings.rows(), *({"rows": float(n)} for n in range(len(CASES) + 1))]
    assert unsupported_numbers(f"{words.title}. {words.subtitle}. {words.description}", counted) == []


def test_equal_distances_are_equal_ratios():
    lines = [Line("a", 0.5, 0.25, 1.0, UNSURE, False), Line("b", 2.0, 1.0, 4.0, UNSURE, False)]
    scale = scale_for(RATIO, lines, 1.25)
    assert scale.at(1.0) == scale.neutral == 0
    assert scale.at(2.0) == pytest.approx(-scale.at(0.5)) and scale.low == pytest.approx(-scale.high)
    assert scale.ticks(500) == [0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0]
    assert scale_for(POINTS, lines, 5).at(2.0) == 2.0


@pytest.mark.parametrize("ends", [(0.97, 1.02), (0.7, 1.2), (0.3, 1.5), (0.02, 1.1), (1.1, 90.0), (1e-3, 1e3)])
@pytest.mark.parametrize("width", [60, 110, 250, 600])
def test_ticks_have_1_among_them_and_are_apart(ends, width):
    lines = [Line("a", end, end, end, UNSURE, False) for end in ends]
    scale = scale_for(RATIO, lines, None)
    ticks = scale.ticks(width)
    places = [(scale.at(tick) - scale.low) / (scale.high - scale.low) * width for tick in ticks]
    assert 1.0 in ticks and all(0 <= place <= width for place in places)
    assert all(b - a >= APART - 1e-9 for a, b in itertools.pairwise(places))
    assert len(ticks) > 1 or width < 250


def test_no_limit_is_an_arrow_and_no_estimate_no_point():
    figure = chart(ratios())
    assert len(drawn_lines(figure, ">")) == 2 and len(drawn_lines(figure, "<")) == 2
    points = [line for line in drawn_lines(figure, "o") if len(line.get_xdata()) == 1 and line.get_xdata()[0] != 6.0]
    places = sorted(round(math.exp(line.get_xdata()[0]), 3) for line in points if line.get_xdata()[0] < 3)
    assert places == [0.6, 0.927, 1.21]
    for text in ("infinite (5.47 or more)", "[x] (no limits)", "0 (0 to 0.21)", "0.93 (0.89 to 0.97)"):
        assert text in texts_of(figure)


def test_an_interval_far_beyond_the_estimates_is_cut_with_an_arrow():
    CASES["Wide"] = (1.1, 0.001, 900.0, TOO_FEW)
    try:
        figure = chart(ratios("Asian", "Wide"))
    finally:
        del CASES["Wide"]
    assert (len(drawn_lines(figure, "<")), len(drawn_lines(figure, ">"))) == (1, 1)
    assert "1.10 (0.0010 to 900)" in texts_of(figure)


def test_two_levels_are_one_row_with_a_thick_and_a_thin_line():
    findings = ratios("Asian", "Black", second=True)
    (lines,) = panels_of(findings).values()
    assert [line.label for line in lines] == ["Asian", "Black"] and lines[0].further == ((0.9 * 0.888, 1.1 * 0.968),)
    figure = chart(findings)
    assert texts_of(figure).count("Asian") == 1
    spans = {
        round(line.get_linewidth(), 1): [math.exp(x) for x in line.get_xdata()]
        for line in drawn_lines(figure)
        if list(line.get_ydata()) == [0, 0] and line.get_color() == "#12436D"
    }
    assert spans[4.0] == pytest.approx([0.888, 0.968]) and spans[1.4] == pytest.approx([0.9 * 0.888, 1.1 * 0.968])
    assert figure.alternative.subtitle.endswith("with intervals of 95% and 99.8%, the 95% one thick")


@pytest.mark.parametrize("threshold", [0.8, 1.25])
def test_the_band_is_from_0_8_to_1_25_whichever_end_is_named(threshold):
    figure = chart(ratios("Asian", "Mixed"), threshold=threshold)
    assert "0.8 to 1.25: taken as not mattering" in texts_of(figure)
    edges = {round(math.exp(line.get_xdata()[0]), 3) for line in drawn_lines(figure) if line.get_color() == "#8A9296"}
    assert edges == {0.8, 1.25}


@pytest.mark.parametrize("width", [720, 340])
@pytest.mark.parametrize("unit", ["ratio", "odds ratio"])
def test_every_text_is_inside_and_none_lies_on_another(unit, width):
    figure = chart(ratios(unit=unit, second=True), width=width, threshold=1.25)
    renderer = figure.canvas.get_renderer()
    found = [t for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip() and t.get_visible()]
    boxes = {text: text.get_window_extent(renderer) for text in found}
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())


def test_the_same_findings_give_the_same_bytes():
    words = chart(ratios()).alternative
    one, other = (svg(chart(ratios()), title=words.title, description=words.description) for _ in range(2))
    assert one == other

"""Charts: each kind, what they say, where text stands, and that one input gives one drawing."""

import itertools
import math
import subprocess
import sys

import pytest

from dueregard.findings import Findings
from dueregard.publish.charts import canvas
from dueregard.publish.charts.alternatives import groups_title
from dueregard.publish.charts.chart import chart, kind_of, svg
from dueregard.publish.numbers import unsupported_numbers

WIDTHS = (canvas.WIDE, canvas.NARROW)
POPULATION = {"Asian": 21.0, "Black": 16.0, "White": 59.0}


@pytest.fixture(params=["gaps", "scores", "shares", "four groups"])
def drawn(request, make_gaps):
    """Findings of each kind, with the options their chart takes."""
    if request.param == "four groups":
        return make_gaps(("Asian", "Black", "Mixed", "Other")), {"threshold": 5}
    options = {"gaps": {"threshold": 5}, "scores": {"threshold": 50}, "shares": {"compared": POPULATION}}
    return request.getfixturevalue(request.param), options[request.param]


def picture(figure, key=""):
    return svg(figure, title=figure.alternative.title, description=figure.alternative.description, key=key)


def test_the_kind_follows_from_the_findings(gaps, scores, shares):
    assert [kind_of(findings) for findings in (gaps, scores, shares)] == ["gap", "score", "share"]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_is_inside_and_none_lies_on_another(drawn, width):
    findings, options = drawn
    figure = chart(findings, width=width, **options)
    renderer = figure.canvas.get_renderer()
    texts = [t for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip() and t.get_visible()]
    boxes = {text: text.get_window_extent(renderer) for text in texts}
    assert len(boxes) > 10
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_smallest_text_can_be_read(drawn, width):
    findings, options = drawn
    figure = chart(findings, width=width, **options)
    sizes = [t.get_fontsize() for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip()]
    assert min(sizes) >= 11


def test_the_same_findings_give_the_same_bytes(drawn):
    findings, options = drawn
    assert picture(chart(findings, **options)) == picture(chart(findings, **options))


def test_charts_on_one_page_share_no_id(drawn, pages):
    findings, options = drawn
    both = [picture(chart(findings, width=width, **options), key=str(width)) for width in WIDTHS]
    found = pages.ids(pages.read("".join(both)))
    assert len(found) == len(set(found))
    for one in both:
        names = set(pages.ids(pages.read(one)))
        targets = {part.split(")")[0].split('"')[0] for part in one.replace('href="#', "url(#").split("url(#")[1:]}
        assert targets <= names


def test_the_picture_has_a_text_alternative_and_nothing_from_elsewhere(drawn, pages):
    findings, options = drawn
    drawing = picture(chart(findings, **options))
    root = next(pages.read(drawing).all("svg"))
    title, description = next(root.all("title")), next(root.all("desc"))
    assert root.attributes["role"] == "img"
    assert root.attributes["aria-labelledby"] == title.attributes["id"]
    assert root.attributes["aria-describedby"] == description.attributes["id"]
    assert len(description.text) > 60
    assert not any(
        word in drawing for word in ("<?xml", "<!DOCTYPE", "<metadata", "<style", "<image", "matplotlib.org")
    )


def test_numbers_of_the_text_alternative_are_in_the_findings(drawn):
    findings, options = drawn
    words = chart(findings, **options).alternative
    counted = [{"rows": float(n)} for n in range(len(list(findings.rows())) + 1)]
    known = [*findings.rows(), *counted, {"line": options.get("threshold", 0.0)}]
    known += [{"compared": share} for share in options.get("compared", {}).values()]
    assert unsupported_numbers(f"{words.title}. {words.description}", known) == []
    assert unsupported_numbers(words.description + " 97.3%", known) == ["97.3"]


def test_what_the_gap_chart_says(gaps):
    words = chart(gaps).alternative
    assert words.title == "Minority ethnic: 7 percentage points lower than White"
    assert (
        "From Barking & Dagenham (17 percentage points lower) to Sutton (10 percentage points higher)"
        in words.description
    )
    assert (
        "Of 4 rows: 1 clearly lower, 1 clearly higher, 1 no difference that matters, 1 too few to tell."
        in words.description
    )


def test_what_the_score_chart_says(scores):
    words = chart(scores, threshold=50).alternative
    assert words.title == "3 of 4 reach 50%"
    assert "Kensington & Chelsea would have 83% to 89% with its missing answers." in words.description


def test_verdicts_differ_in_shape_and_not_in_colour_alone(gaps):
    lines = chart(gaps, threshold=5).findobj(lambda artist: hasattr(artist, "get_marker"))
    shapes = {
        (line.get_marker(), line.get_markerfacecolor() == "white") for line in lines if line.get_marker() != "None"
    }
    assert {("o", False), ("o", True), ("D", False)} <= shapes


def test_all_areas_come_first_and_areas_keep_their_order(gaps):
    figure = chart(gaps, title="", subtitle="")
    labels = [text.get_text() for text in figure.texts]
    named = [text for text in labels if text in ("All areas", "Barking & Dagenham", "Hammersmith & Fulham", "Sutton")]
    assert named == ["All areas", "Barking & Dagenham", "Hammersmith & Fulham", "Sutton"]


@pytest.mark.parametrize(
    "label", ["$x^2$ & <b>", "a_b\\alpha", 'say "id=3"', "Île-de-France", "\x00bell\x07", "漢字 ethnicity", "x" * 300]
)
@pytest.mark.parametrize("width", WIDTHS)
def test_labels_are_drawn_as_they_are(make_gaps, pages, label, width):
    drawing = picture(chart(make_gaps((label,), (label, "B")), width=width))
    shown = "".join(text.text for text in pages.read(drawing).all("text"))
    assert label[:4].replace("\x00", "\N{REPLACEMENT CHARACTER}") in shown
    assert "\x00" not in drawing and "\x07" not in drawing


def test_an_unknown_value_keeps_its_row(scores):
    rows = list(scores.rows())
    rows[0] |= {"value": math.nan, "low": math.nan, "high": math.nan}
    changed = Findings({name: [row[name] for row in rows] for name in rows[0]}, by=["unit"])
    texts = [text.get_text() for text in chart(changed, threshold=50).texts]
    assert "Barnet" in texts and "[x]" in texts


@pytest.mark.parametrize("column", ["estimate", "value"])
def test_nothing_to_draw_is_an_error(gaps, shares, column):
    findings = gaps if column == "estimate" else shares
    columns = findings.to_dict() | {name: [math.nan] * len(findings) for name in (column, "low", "high")}
    with pytest.raises(ValueError, match="findings: there is no"):
        chart(Findings(columns, by=findings.by))


def test_a_width_for_nobody_is_refused(gaps):
    with pytest.raises(ValueError, match="width: 200 pixels is too narrow"):
        chart(gaps, width=200)


def test_a_picture_without_words_is_refused(gaps):
    with pytest.raises(ValueError, match="text alternative"):
        svg(chart(gaps), title="A chart", description=" ")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["#FFFFFF", canvas.BAND])
def test_colours_stand_out_from_the_ground(ground):
    for colour in (canvas.DARK_BLUE, canvas.TURQUOISE, canvas.DARK_PINK, canvas.QUIET, canvas.RULE):
        assert contrast(colour, ground) >= 3.0
    for colour in (canvas.TEXT, canvas.QUIET, canvas.DARK_BLUE, canvas.DARK_PINK):
        assert contrast(colour, ground) >= 4.5


def test_no_state_of_matplotlib_is_left_behind(gaps):
    import matplotlib

    before = dict(matplotlib.rcParams)
    picture(chart(gaps))
    assert dict(matplotlib.rcParams) == before


def test_a_users_style_does_not_leak_in(gaps):
    import matplotlib

    plain = picture(chart(gaps))
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "red", "text.color": "red"}):
        assert picture(chart(gaps)) == plain


def test_pyplot_is_not_loaded():
    code = (
        "import sys; from dueregard.findings import Findings;"
        "f = Findings({'group': ['A'], 'value': [5.0]}); f.plot()._repr_html_();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


MARKS = ["Internal: not checked for disclosure", "Synthetic: for tests"]


def texts_of(figure):
    return [text.get_text() for text in figure.findobj(lambda a: hasattr(a, "get_text")) if text.get_text()]


def test_a_chart_by_itself_carries_the_marks_in_every_form(gaps, tmp_path):
    figure = gaps.plot()
    assert [text for text in texts_of(figure) if text in MARKS] == MARKS
    figure.savefig(tmp_path / "x.svg")
    for form in ((tmp_path / "x.svg").read_text(encoding="utf-8"), figure._repr_html_()):
        assert all(mark in form for mark in MARKS)
    assert not set(MARKS) & set(texts_of(chart(gaps, marks=False)))


def test_the_foot_moves_nothing_else(drawn):
    findings, options = drawn
    bare = chart(findings, marks=False, width=canvas.WIDE - 16, **options)
    marked = chart(findings, width=canvas.WIDE, **options)
    grown = 72 * (marked.get_figheight() - bare.get_figheight())
    assert grown > 15 + 16
    for one, other in zip(bare.axes, marked.axes, strict=True):
        before, after = one.get_window_extent(), other.get_window_extent()
        assert math.isclose(before.y0 + grown - 8, after.y0) and math.isclose(before.height, after.height)
        assert math.isclose(before.x0 + 8, after.x0) and math.isclose(before.width, after.width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_that_stands_alone_has_a_margin(drawn, width):
    findings, options = drawn
    figure = chart(findings, width=width, **options)
    assert math.isclose(72 * figure.get_figwidth(), width)
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.texts]
    assert min(box.x0 for box in boxes) > 6 and max(box.x1 for box in boxes) < width - 6
    assert min(box.y0 for box in boxes) > 6 and max(box.y1 for box in boxes) < figure.bbox.y1 - 6


def test_the_legend_names_the_difference_that_matters_outside_the_report_too(gaps):
    gaps.threshold = 2.5
    assert "under 2.5 points: taken as not mattering" in texts_of(gaps.plot())
    gaps.threshold = None
    assert not any("not mattering" in text for text in texts_of(gaps.plot()))


def test_several_groups_have_one_title_and_numbers_at_their_sides(make_gaps):
    figure = chart(make_gaps(("Asian", "Black", "Mixed")))
    assert figure.alternative.title == "3 of 3 groups lower than White; widest Asian, 7 points"
    assert texts_of(figure).count("\N{MINUS SIGN}17") == 3


def test_a_gap_chart_says_what_is_measured_and_when(gaps):
    from dueregard.publish.readings import remade, rows_of

    words = chart(gaps).alternative
    assert words.subtitle.startswith("Satisfied: difference in percentage points")
    dated = remade(gaps, [row | {"period": "2010-11"} for row in rows_of(gaps)])
    assert chart(dated).alternative.subtitle.startswith("Satisfied, 2010-11: difference in percentage points")


@pytest.mark.parametrize(
    ("gaps_of", "title"),
    [
        ([(-3.0, True), (24.2, True)], "1 of 2 groups lower and 1 higher than White; widest B, 24 points"),
        ([(-3.0, False), (4.0, True)], "1 of 2 groups higher than White: B, 4 points"),
        ([(-3.0, False), (4.0, False)], "None of 2 groups clearly different from White"),
    ],
)
def test_the_title_of_several_groups(gaps_of, title):
    assert groups_title([(name, *gap) for name, gap in zip("AB", gaps_of, strict=True)], "White") == title

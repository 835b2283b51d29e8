"""Charts of assessments: nothing cut off or on another, a shape for every colour, an alternative that says it all."""

import itertools

import pytest

import dueregard as dr
from dueregard.publish.charts.chart import chart, kind_of
from dueregard.publish.charts.heat_cells import Section, blocks_of, heat_map_of
from dueregard.publish.charts.heat_map import MARKS
from dueregard.publish.charts.level_rungs import ladder_of
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.readings import remade, rows_of

WIDTHS = (340, 720)
ESPS = dr.frameworks.esps()
DRAWN = {
    "answers": "answers", "levels": "levels", "progress": "arrows", "crossings": "arrows", "thresholds": "score",
    "performance": "score", "strengths": "score", "compared": "compared", "scores": "score",
}  # fmt: skip


@pytest.fixture(params=[*DRAWN, "many levels"])
def drawn(request, assessments):
    if request.param == "many levels":
        return dr.assess(dr.data.example("business_areas"), dr.frameworks.equality_framework()).levels()
    if request.param == "progress":
        return assessments["progress"].filter(unit=["Havering", "Kensington & Chelsea", "Other unit 5", "Brent"])
    return assessments[request.param]


def texts_of(figure):
    return [t for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip() and t.get_visible()]


def test_the_kind_follows_from_the_findings(assessments):
    assert {name: kind_of(assessments[name]) for name in DRAWN} == DRAWN


@pytest.mark.parametrize("name", ["unmet", "next steps", "changes", "set aside"])
def test_lists_have_no_chart(assessments, name):
    with pytest.raises(ValueError, match=r"findings: a list of .* has no chart; print it, or plot the assessment"):
        assessments[name].plot()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_is_inside_can_be_read_and_none_lies_on_another(drawn, width):
    figure = chart(drawn, width=width)
    renderer = figure.canvas.get_renderer()
    boxes = {text: text.get_window_extent(renderer) for text in texts_of(figure)}
    assert len(boxes) > 6 and min(text.get_fontsize() for text in boxes) >= 11
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())


def test_numbers_of_the_alternative_are_in_the_findings_or_count_them(drawn):
    words = chart(drawn).alternative
    rows = list(drawn.rows())
    known = [*rows, *({"counted": float(n)} for n in range(len(rows) + 1))]
    known += [{"then": row["reference_value"] + row["expected_rise"]} for row in rows if "expected_rise" in row]
    assert unsupported_numbers(f"{words.title}. {words.description}", known) == []
    assert len(words.description) > 60 and words.title and words.subtitle


def test_no_verdict_is_told_by_colour_alone():
    assert len({marker for marker, *_ in MARKS.values()}) == len(MARKS)


def test_what_the_heat_map_says(assessments):
    words = assessments["answers"].plot().alternative
    assert words.title == "90 of 108 indicators met; fewest 8B, met by 2 of 6 boroughs"
    assert "Lambeth met 14 of 18, not 6B, 8B, 18B, 19B." in words.description
    cells = heat_map_of(assessments["answers"])
    assert [len(section.indicators) for section in cells.sections] == [11, 6, 5]
    assert cells.of("Bexley", "not assessed") == 4 and cells.asked("Bexley") == 18


def test_every_answer_is_a_mark(assessments):
    figure = chart(assessments["answers"], width=720)
    marks = {line.get_marker(): len(line.get_xdata()) for axes in figure.axes for line in axes.lines
             if len(line.get_xdata()) > 2}  # fmt: skip
    assert marks == {"s": 90, "x": 18, "_": 24}


def test_missing_answers_have_a_mark_of_their_own():
    figure = dr.assess({"unit": ["A"], "1B": [1], "2B": [0]}, ESPS).plot()
    assert any(line.get_marker() == "D" and len(line.get_xdata()) == 16 for axes in figure.axes for line in axes.lines)
    assert "16 without an answer" in figure.alternative.description


def test_sections_are_parted_only_where_they_must_be():
    sections = [Section("A", list("abcdef")), Section("B", list("gh"))]
    sizes = [[len(part.indicators) for part in block] for block in blocks_of(sections, 4)]
    assert sizes == [[4], [2, 2]] and blocks_of([], 4) == []


def test_counts_alone_are_drawn_as_bars():
    figure = dr.assess(dr.data.load("borough_answers"), ESPS).plot()
    assert figure.alternative.title == "32 of 32 reach 50%"
    assert "16 of 32 reach 80%. 2 of 32 reach 100%." not in figure.alternative.description
    assert "16 of 32 reach 80%." in figure.alternative.description


def test_a_unit_has_one_bar_whatever_the_thresholds(assessments):
    bars = [patch for axes in assessments["thresholds"].plot().axes for patch in axes.patches]
    assert len(bars) == 32 + 2  # one of them open, and the key


def test_what_the_bars_of_strengths_say(assessments):
    words = assessments["strengths"].plot().alternative
    assert words.title == "Of 18 indicators, 13 strong and 1 weak"
    assert "Weaknesses: 8B. Neither: 6B, 13B, 18B, 19B." in words.description


def test_what_the_ladder_says(assessments):
    words = assessments["levels"].plot().alternative
    assert words.title == "The organisation is at no level yet"
    assert (
        "1 at Level 4 (West)" in words.description and "None at Level 5, 1 with isolated evidence." in words.description
    )
    assert "East could be at Level 2 with its missing answers." in words.description


def test_many_units_are_counted_on_each_rung(assessments):
    many = dr.assess(dr.data.example("business_areas"), dr.frameworks.equality_framework()).levels()
    ladder = ladder_of(many)
    assert (ladder.at(3), ladder.evidence_at(5), ladder.evidence_at(4)) == (132, 40, 92)
    assert "None at Level 4, 92 with isolated evidence. 132 at Level 3." in many.plot().alternative.description
    shown = {text.get_text() for text in texts_of(many.plot())}
    assert {"132", "40", "92", "Level 5 (aim)", "No level yet"} <= shown


def test_of_a_single_level_no_evidence_is_drawn(assessments):
    south_east = dr.assess(dr.data.load("south_east_indicators"), ESPS).levels()
    assert not ladder_of(south_east).graded
    assert "evidence" not in south_east.plot().alternative.description


def test_levels_that_nobody_can_know_are_refused():
    unknown = dr.assess({"unit": ["A"], "1B": [None]}, ESPS).levels()
    with pytest.raises(ValueError, match="findings: there is no level to draw, none is known"):
        unknown.plot()


def test_what_the_arrows_say(assessments):
    words = assessments["progress"].plot().alternative
    assert words.title == "72 of 73 units rose, 1 cannot be told; 61 were at 50% or more before, 71 after"
    assert "Havering from 33% to 50% (" in words.description and "% to expect without action)" in words.description
    assert assessments["crossings"].plot().alternative.title == "35 of 36 crossings upwards, 1 with answers missing"


def test_a_fall_has_an_arrow_of_its_own(assessments):
    rows = rows_of(assessments["progress"])[:3]
    rows[0] |= {"value": 10.0, "verdict": "fallen"}
    rows[1] |= {"value": rows[1]["reference_value"], "verdict": "unchanged"}
    rows[2] |= {"value": float("nan")}
    figure = remade(assessments["progress"], rows).plot()
    assert figure.alternative.title.startswith("0 of 2 boroughs rose, 1 fell, 1 unchanged")
    markers = {line.get_marker() for axes in figure.axes for line in axes.lines}
    assert "<" in markers and "[x]" in {text.get_text() for text in texts_of(figure)}


def test_the_title_counts_what_the_sentences_count_and_what_cannot_be_told_is_a_range():
    ids = [indicator.id for indicator in ESPS.assessable("borough")][:4]

    def of(*units):
        answers = {one: [row[i] for row in units] for i, one in enumerate(ids)}
        rest = {one: ["not applicable"] * len(units) for one in ESPS.indicator_ids if one not in ids}
        return dr.assess({"unit": ["Ashby", "Brook", "Coomb", "Dell"], **answers, **rest}, ESPS)

    before = of([1, 0, 0, 0], [1, 1, 0, None], [1, 1, 1, 1], [1, 1, 0, 0])
    after = of([1, 1, 1, 0], [1, 1, None, 0], [1, 1, 0, 0], [1, 1, 0, 0])
    found = dr.progress(before, after)
    assert found.sentences()[0] == (
        "From before to after, of 4 boroughs 1 rose, 1 fell, 1 did not change and of 1 it cannot be told."
    )
    figure = found.plot()
    title = figure.alternative.title
    assert title == (
        "1 of 4 boroughs rose, 1 fell, 1 unchanged, 1 cannot be told; 3 were at 50% or more before, 4 after"
    )
    said = {text.get_text() for text in texts_of(figure)}
    assert {"\N{MINUS SIGN}25 to +25", "+50", "\N{MINUS SIGN}50", "0"} <= said
    ends = [list(line.get_xdata()) for axes in figure.axes for line in axes.lines if line.get_marker() == "|"]
    assert [50.0, 75.0] in ends and "Brook cannot be told" in figure.alternative.description


def test_nothing_known_is_refused(assessments):
    rows = [row | {"value": float("nan")} for row in rows_of(assessments["progress"])[:2]]
    with pytest.raises(ValueError, match="findings: there is no change to draw, none is known"):
        remade(assessments["progress"], rows).plot()


def test_what_the_comparison_says_first(assessments):
    words = assessments["compared"].plot().alternative
    assert words.title == "Areas vary in their mean scores beyond chance"
    assert (
        "Mean score, North Area: 6 percentage points lower" in words.description
        and "not stated" not in words.description
    )
    alone = dr.assess(dr.data.load("borough_answers"), ESPS).performance()
    assert alone.plot().alternative.title == "All units: 100%, against a target of 80%"


def test_a_line_that_missing_answers_decide_is_not_said_to_be_missed():
    alone = dr.assess({"unit": ["A"], "1B": [1]}, ESPS).thresholds()
    assert alone.plot().alternative.title == "0 of 1 reach 50% for certain"

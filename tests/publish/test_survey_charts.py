"""Charts of surveys and trends: which one a kind has, what it says, and that nothing lies on anything else."""

import itertools
import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.charts import canvas
from dueregard.publish.charts.caterpillar_rows import ranked_sets
from dueregard.publish.charts.chart import chart, kind_of, svg, words_of
from dueregard.publish.charts.dumbbell_rows import all_pairs, pairs_of
from dueregard.publish.charts.estimate_rows import drawn, figures_of
from dueregard.publish.charts.ribbon_breaks import Break as Broken
from dueregard.publish.charts.ribbon_series import Point, Series, ribbons_of

WIDTHS = (canvas.WIDE, canvas.NARROW)
MINUS = "\N{MINUS SIGN}"
GOOD = ["Excellent", "Good"]
SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
FEW = ["Barnet", "Brent", "Camden", "Sutton"]
DESIGN = dr.survey_design(weight="weight", stratum="borough", psu="sampling_point")
BREAK = dr.Break("2010-04", "question", "a new wording")
GROUP = {"group": "ethnic_group_broad", "reference": "White"}
ROLLING = {"time": "month", "window": 12}


def confidence():
    survey = dr.data.example("confidence")
    return survey, {"outcome": "good_job", "positive": GOOD, "exclude": "Don't know", "design": DESIGN}


def staff():
    survey = dr.data.example("staff_survey")
    silent = np.random.default_rng(3).random(len(survey["gender"])) < np.where(survey["age_band"] == "25-34", 0.6, 0.3)
    return {**{name: survey[name] for name in survey}, "answered": np.where(silent, "refusal", "complete")}


def of_confidence(measure, **options):
    survey, question = confidence()
    return measure(survey, **question, **options)


def concerns(**options):
    survey, _ = confidence()
    return dr.multiple_responses(survey, columns=[name for name in survey if name.startswith("concern_")], **options)


def ranked(counts=None, **options):
    if counts is None:
        return of_confidence(dr.rank, by="borough", higher_is_better=True)
    areas = {"area": [f"Area {i:02}" for i in range(len(counts))], "x": counts, "n": [300] * len(counts)}
    return dr.rank(areas, by="area", count="x", nobs="n", higher_is_better=True, n_draws=2000, **options)


def compared_means(**options):
    survey, _ = confidence()
    ages = np.random.default_rng(1).gamma(9, 5, len(survey["month"])) - 4.0 * (survey["ethnic_group_broad"] == "White")
    numbers = {**{name: survey[name] for name in survey}, "age": ages}
    return dr.survey_test(numbers, design=DESIGN, value="age", unit="years", **GROUP, **options)


def estimated(**options):
    survey, question = confidence()
    question.pop("exclude")
    return dr.survey_estimate(survey, **question, **options)


def bounded(**options):
    question = {"outcome": "dignity_and_respect", "positive": ["Agree", "Strongly agree"], "exclude": "Don't know"}
    return dr.bound_nonresponse(staff(), **question, group="gender", reference="Male", **options)


SAMPLES = {"England and Wales": 51_000, "London": 3_000, "a borough": 94}
MAKERS = {
    "dumbbell": lambda: of_confidence(dr.gap, by="borough", **GROUP),
    "gap change": lambda: of_confidence(dr.gap_change, by="borough", **ROLLING, **GROUP),
    "change": lambda: of_confidence(dr.change, by="borough", **ROLLING),
    "ranks": ranked,
    "gaps ranked": lambda: dr.rank(found_by("dumbbell"), higher_is_better=True, n_draws=2000),
    "not ranked": lambda: ranked([180] * 32),
    "rolling": lambda: of_confidence(dr.rolling, breaks=BREAK, **ROLLING, **GROUP),
    "rolling groups": lambda: of_confidence(
        dr.rolling, time="month", window=3, group="ethnic_group", reference="White"
    ),
    "rolling areas": lambda: of_confidence(
        dr.rolling, by="borough", where=np.isin(confidence()[0]["borough"], FEW), **ROLLING, **GROUP
    ),
    "rolling shares": lambda: of_confidence(dr.rolling, **ROLLING),
    "concerns": concerns,
    "concerns of groups": lambda: concerns(**GROUP),
    "estimates": lambda: estimated(by="borough"),
    "totals": lambda: estimated(by="borough", statistic="total"),
    "tests": lambda: compared_means(by="borough"),
    "classes": lambda: dr.weighting_classes(staff(), classes=["gender", "age_band"], responded="answered"),
    "bounds": lambda: bounded(by="grade_band"),
    "precision": lambda: dr.precision(SAMPLES, p1=0.74, p2=0.81, share=0.29, groups=("Minority ethnic", "White")),
    "response": lambda: dr.survey_response(staff(), disposition="answered", group="grade_band"),
}  # fmt: skip
MADE: dict[str, Findings] = {}


def found_by(name):
    if name not in MADE:
        MADE[name] = MAKERS[name]()
    return MADE[name]


def form_of(name):
    return "dumbbell" if name == "dumbbell" else None


def drawn_of(name, width=canvas.WIDE):
    return chart(found_by(name), form=form_of(name), width=width)


def texts_of(figure):
    return [t for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip() and t.get_visible()]


def said(figure):
    return [text.get_text() for text in texts_of(figure)]


def markers(figure):
    lines = [line for axes in figure.axes for line in axes.lines]
    return {(line.get_marker(), line.get_markerfacecolor()) for line in lines if line.get_marker() != "None"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAKERS)
def test_every_text_is_inside_and_none_lies_on_another(name, width):
    figure = drawn_of(name, width)
    renderer = figure.canvas.get_renderer()
    boxes = {text: text.get_window_extent(renderer) for text in texts_of(figure)}
    assert len(boxes) > 10
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()
        assert text.get_fontsize() >= 11
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", MAKERS)
def test_each_has_words_for_those_who_cannot_see_and_the_marks_of_every_output(name):
    figure = drawn_of(name)
    words = figure.alternative
    assert words.title and words.subtitle and len(words.description) > 60
    assert not any(bad in words.description for bad in ("nan", "None", "  ", ".."))
    assert "Internal: not checked for disclosure" in said(figure)
    assert svg(figure, title=words.title, description=words.description) == svg(
        drawn_of(name), title=words.title, description=words.description
    )


@pytest.mark.parametrize("name", ["gap change", "change", "ranks", "not ranked", "estimates", "tests", "dumbbell"])
def test_all_boroughs_have_a_row(name):
    by = found_by(name).by[0]
    areas = {row[by] for row in found_by(name).rows() if row[by] is not None}
    assert len(areas) == 32 and areas <= set(said(drawn_of(name)))


def test_a_form_that_findings_do_not_have_is_refused():
    with pytest.raises(ValueError, match=r"'dumbell' is no chart of findings of kind 'gap' .*'gap' or 'dumbbell'"):
        found_by("dumbbell").plot("dumbell")
    with pytest.raises(ValueError, match="form: 'dumbbell' is no chart of findings of kind 'ranks'"):
        found_by("not ranked").plot("dumbbell")


def test_gaps_are_drawn_as_before_unless_a_dumbbell_is_asked_for():
    assert kind_of(found_by("dumbbell")) == "gap"
    assert "Two points" not in found_by("dumbbell").plot().alternative.description
    assert "Two points" in found_by("dumbbell").plot("dumbbell").alternative.description
    assert words_of(found_by("dumbbell"), "dumbbell") == found_by("dumbbell").plot("dumbbell").alternative


def test_a_dumbbell_has_both_shares_and_the_gap_with_its_interval():
    findings = found_by("dumbbell")
    first = next(findings.rows())
    pair = pairs_of(findings)["Minority ethnic"][0]
    assert (pair.start, pair.end, pair.difference) == (first["reference_value"], first["value"], first["estimate"])
    numbers = [f"{MINUS}{-first[name]:.0f}" for name in ("estimate", "low", "high")]
    assert "{} ({} to {})".format(*numbers) in said(drawn_of("dumbbell"))
    shares = f"All areas {first['value']:.0f}% (White {first['reference_value']:.0f}%)"
    assert shares in drawn_of("dumbbell").alternative.description


def test_a_clear_gap_is_thick_and_dark_and_others_are_not():
    pairs = [pair for pair in all_pairs(pairs_of(found_by("dumbbell"))) if pair.known]
    lines = drawn_of("dumbbell").findobj(lambda artist: hasattr(artist, "get_marker") and artist.get_linewidth() == 3.2)
    assert len(lines) == sum(pair.clear for pair in pairs) and 0 < len(lines) < len(pairs)


def test_groups_that_are_kinds_of_missing_are_compared_with_nobody():
    assert list(pairs_of(found_by("dumbbell"))) == ["Minority ethnic"]
    assert "not stated" not in " ".join(said(drawn_of("dumbbell")))


def test_a_value_that_is_not_known_keeps_its_row():
    rows = list(found_by("dumbbell").rows())
    for row in rows:
        if row["borough"] == "Barnet":
            row |= {"value": math.nan, "estimate": math.nan, "low": math.nan, "high": math.nan}
    figure = chart(
        found_by("dumbbell").with_columns({name: [row[name] for row in rows] for name in rows[0]}), form="dumbbell"
    )
    assert "[x]" in said(figure) and "Barnet" in said(figure)
    assert "Barnet not known (White" in figure.alternative.description


def test_changes_say_where_they_are_clear():
    words = drawn_of("gap change").alternative
    clear = [row for row in found_by("gap change").rows() if str(row["verdict"]).startswith(("lower", "higher"))]
    areas = [row["borough"] for row in clear if row["borough"] is not None]
    assert (
        words.title
        == f"Minority ethnic: gap from {MINUS}7 to {MINUS}9 points; clear change in {len(areas)} of 32 boroughs"
    )
    assert all(f"{area} from" in words.description for area in areas)
    assert words.description.count(", clear)") == len(clear)
    assert {">", "<"} <= {marker for marker, _ in markers(drawn_of("gap change"))}


def test_a_limit_that_is_not_zero_is_not_written_as_zero():
    row = next(found_by("gap change").rows())
    assert -0.5 < row["high"] < 0
    assert f"{MINUS}3 ({MINUS}5 to {MINUS}0.3)" in said(drawn_of("gap change"))


def test_areas_that_differ_are_sorted_by_rank_and_have_the_intervals_of_their_ranks():
    (one,) = ranked_sets(found_by("ranks"))
    assert one.differ and [area.rank for area in one.areas] == sorted(area.rank for area in one.areas)
    shown = said(drawn_of("ranks"))
    for row in found_by("ranks").rows():
        if row["row_type"] == "group":
            assert f"{row['rank']:.0f} ({row['rank_low']:.0f} to {row['rank_high']:.0f})" in shown
    assert "Boroughs are sorted by rank" in drawn_of("ranks").alternative.subtitle


def test_areas_not_shown_to_differ_keep_their_order_and_have_no_rank():
    findings = ranked(list(np.random.default_rng(0).binomial(300, 0.6, 32)))
    (one,) = ranked_sets(findings)
    assert not one.differ and not one.ranked
    assert [area.label for area in one.areas] == [f"Area {i:02}" for i in range(32)]
    words = chart(findings).alternative
    assert words.title == "32 areas are not shown to differ beyond chance, so there are no ranks"
    assert "in a fixed order: an order by size would show chance" in words.subtitle
    assert "rank 1" not in words.description


def test_insisting_on_ranks_shows_them_and_sorts_nothing():
    findings = ranked(list(np.random.default_rng(0).binomial(300, 0.6, 32)), insist="the committee asked for them")
    (one,) = ranked_sets(findings)
    assert one.ranked and not one.differ
    assert [area.label for area in one.areas] == [f"Area {i:02}" for i in range(32)]
    assert "fixed order" in chart(findings).alternative.subtitle


def test_lines_stop_at_breaks_and_at_windows_without_a_value():
    found = ribbons_of(found_by("rolling"))
    (broken,) = found.breaks
    assert broken.words == "April 2010 (question): a new wording"
    for panel in found.panels:
        for series in panel.series:
            runs = series.runs(found.breaks)
            assert len(runs) == 2 and runs[0][-1].month < broken.month <= runs[1][0].month - 11
    shown = said(drawn_of("rolling"))
    assert any(text.startswith("┆ Break in the series, April 2010 (question): a new wording") for text in shown)
    assert {"March", "September"} <= set(shown)


def test_a_break_between_two_windows_that_have_values_interrupts_the_line_too():
    points = [Point(month, 50.0, 48.0, 52.0) for month in (1, 2, 3, 4)]
    runs = Series("All", points).runs([Broken(3, "a break", 1)])
    assert [[point.month for point in run] for run in runs] == [[1, 2], [3, 4]]
    survey, question = confidence()
    ends = ["2010-03", "2011-03"]
    broken = ribbons_of(dr.rolling(survey, **question, breaks=BREAK, ends=ends, **ROLLING, **GROUP))
    assert all(len(run) == 1 for panel in broken.panels for one in panel.series for run in one.runs(broken.breaks))


def test_a_break_before_the_first_window_ends_is_drawn_with_the_windows_that_span_it():
    early = dr.Break("2009-01", "mode", "face to face to telephone")
    figure = chart(of_confidence(dr.rolling, breaks=early, **ROLLING, **GROUP))
    month, last = 2009 * 12, 2009 * 12 + 10
    plots = [axes for axes in figure.axes if any(set(line.get_xdata()) == {month - 0.5} for line in axes.lines)]
    assert len(plots) == 2
    for axes in plots:
        low, high = axes.get_xlim()
        (shade,) = axes.patches[-1:]
        assert low < month - 0.5 == shade.get_x() and shade.get_x() + shade.get_width() == last + 0.5 < high


def test_a_missing_month_interrupts_the_line_and_is_said():
    survey, question = confidence()
    holed = dr.rolling(survey, **question, time="month", window=3, where=survey["month"] != "2008-11", **GROUP)
    found = ribbons_of(holed)
    assert found.missing and len(found.panels[0].series[0].runs(())) == 2
    assert "no value where a month is missing" in chart(holed).alternative.subtitle


def test_a_title_never_compares_across_a_break():
    words = drawn_of("rolling").alternative
    assert words.title == "Minority ethnic: 9 percentage points lower than White, 12 months to March 2011"
    assert ", then " in words.description


def test_many_areas_are_not_drawn_as_lines():
    survey, question = confidence()
    many = dr.rolling(survey, **question, by="borough", step=6, **ROLLING, **GROUP)
    assert ribbons_of(many).left_out == 32
    assert "32 boroughs are too many lines and are not drawn" in chart(many).alternative.subtitle
    with pytest.raises(ValueError, match=r"32 areas are too many for lines .*findings.filter\(borough="):
        many.filter(borough=sorted(set(survey["borough"]))).plot()
    few = many.filter(borough=FEW)
    assert len(ribbons_of(few).panels) == 4


def test_gaps_of_areas_stand_on_one_scale():
    figure = drawn_of("rolling areas")
    scales = {axes.get_ylim() for axes in figure.axes if axes.get_xlim()[0] > 1000}
    assert len(ribbons_of(found_by("rolling areas")).panels) == 5 and len(scales) == 1


def test_lines_differ_in_more_than_colour():
    figure = drawn_of("rolling groups")
    styles = {
        (str(line._dash_pattern), line.get_color())
        for axes in figure.axes
        for line in axes.lines
        if line.get_linewidth() == 2.0 and len(line.get_xdata()) > 5
    }
    assert len({dashes for dashes, _ in styles}) == 5


def test_one_window_is_no_series():
    one = of_confidence(dr.rolling, ends="2011-03", by="borough", **ROLLING, **GROUP)
    assert kind_of(one) == "gap"
    assert kind_of(of_confidence(dr.rolling, ends="2011-03", **ROLLING)) == "estimates"


def test_ties_are_shown_as_ties():
    votes = {"q": ["Burglary;Litter"] * 30 + ["Litter"] * 10 + ["Burglary"] * 10 + ["Noise"] * 20}
    figure = chart(dr.multiple_responses(votes, column="q"))
    shown = said(figure)
    assert any(text.startswith("1= ") and text.endswith("Burglary") for text in shown)
    assert any(text.startswith("1= ") and text.endswith("Litter") for text in shown)
    assert figure.alternative.title == "Most often chosen in the sample: Burglary and Litter"
    assert "share a rank" in figure.alternative.subtitle


def test_groups_have_a_shape_of_their_own():
    assert {marker for marker, _ in markers(drawn_of("concerns of groups"))} == {"o", "D"}
    assert "Minority ethnic" in said(drawn_of("concerns of groups"))
    assert drawn_of("concerns of groups").alternative.title == "0 of 5 differences in what people chose are clear"


def test_too_many_groups_or_areas_of_answers_are_refused():
    votes = {
        "q": ["a;b", "b"] * 50,
        "g": [f"Group {i}" for i in range(10)] * 10,
        "borough": [f"B{i}" for i in range(10)] * 10,
    }
    with pytest.raises(ValueError, match=r"10 groups are too many to tell apart; choose up to 6"):
        dr.multiple_responses(votes, column="q", group="g").plot()
    by = dr.multiple_responses(votes, column="q", by="borough")
    assert "10 areas are not drawn" in by.plot().alternative.subtitle
    with pytest.raises(ValueError, match="10 areas are too many to draw their answers"):
        by.filter(borough=[f"B{i}" for i in range(10)]).plot()


def test_a_total_beyond_all_areas_does_not_flatten_them():
    (rows,) = figures_of(found_by("totals")).values()
    assert len(drawn(rows)) == len(rows) - 1
    assert "beyond the scale" in drawn_of("totals").alternative.subtitle
    assert (">", canvas.DARK_BLUE) in markers(drawn_of("totals"))
    (shares,) = figures_of(found_by("estimates")).values()
    assert drawn(shares) == shares


def test_a_test_of_a_table_has_no_chart_and_says_why():
    survey, _ = confidence()
    table = dr.survey_test(survey, design=DESIGN, group="ethnic_group_broad", outcome="good_job")
    with pytest.raises(ValueError, match="a p-value is no size"):
        table.plot()


def test_a_test_of_means_is_filled_where_it_is_beyond_chance():
    words = drawn_of("tests").alternative
    beyond = [
        row for row in found_by("tests").rows() if row["estimate"] == row["estimate"] and row["adjusted_pvalue"] < 0.05
    ]
    assert words.description.count("differs beyond chance") == len(beyond)
    areas = sum(row["borough"] is not None for row in beyond)
    assert words.title == f"Minority ethnic differs from White; {areas} of 32 areas show it"


def test_classes_have_both_shares_and_their_weights():
    row = next(row for row in found_by("classes").rows() if row["row_type"] == "group")
    assert f"{row['relative_weight']:.2f}" in said(drawn_of("classes"))
    assert drawn_of("classes").alternative.title.endswith("; classes respond differently, beyond chance")


def test_bounds_say_where_the_direction_depends_on_the_silent():
    words = drawn_of("bounds").alternative
    rows = [row for row in found_by("bounds").rows() if row["row_type"] == "group" and row["bounds_verdict"]]
    holds = sum(row["bounds_verdict"].startswith("holds") for row in rows)
    assert words.title.startswith(f"{holds} of {len(rows)} gaps keep their direction")
    alone = chart(bounded()).alternative.title
    assert alone.startswith("The direction of the gap ")


def test_a_sample_that_would_not_show_the_gap_is_hollow_and_says_so():
    figure = drawn_of("precision")
    assert figure.alternative.title == "2 of 3 samples would find a gap of 7 percentage points with a chance of 80%"
    hollow = [face for marker, face in markers(figure) if marker == "o" and face == "white"]
    assert hollow and "a borough (94)" in said(figure)
    assert figure.alternative.description.count("interval includes 0") == 1
    assert figure.alternative.subtitle.startswith("Nothing is measured here")
    share = chart(dr.precision({"force": 1000, "borough": 100}, p1=0.6)).alternative
    assert share.title == "Share of 60%: within 3.0 to 9.4 points either way"


def test_nothing_to_draw_is_refused():
    empty = ranked([0] * 4).with_columns({**ranked([0] * 4).to_dict(), "value": [math.nan] * len(ranked([0] * 4))})
    with pytest.raises(ValueError, match="there is no area to draw"):
        empty.plot()
    rows = list(found_by("rolling shares").rows())
    lost = found_by("rolling shares").with_columns(
        {name: [math.nan if name == "value" else row[name] for row in rows] for name in rows[0]}
    )
    with pytest.raises(ValueError, match="there is no line to draw"):
        lost.plot()

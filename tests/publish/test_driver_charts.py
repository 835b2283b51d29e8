"""Charts of key drivers and of the parts of gaps: what they draw, what they say, and that nothing lies on anything."""

import itertools
import math

import pytest

from dueregard.publish.charts import canvas
from dueregard.publish.charts.action_fields import FIELDS, grid_of
from dueregard.publish.charts.action_frame import frame_of
from dueregard.publish.charts.chart import chart, kind_of, svg, words_of
from dueregard.publish.charts.forms import CHARTS, FURTHER
from dueregard.publish.charts.waterfall_steps import PART, falls_of

NAN = math.nan
MINUS = "\N{MINUS SIGN}"
WIDTHS = (canvas.WIDE, canvas.NARROW, 240)
DRAWN = {
    "drivers": ("key_drivers", None),
    "many drivers": ("many_drivers", None),
    "drivers of groups": ("drivers_of_groups", None),
    "grid": ("key_drivers", "grid"),
    "many in a grid": ("many_drivers", "grid"),
    "grids of groups": ("drivers_of_groups", "grid"),
    "compared": ("compared_drivers", None),
    "compared in areas": ("compared_drivers_of_areas", None),
    "parts": ("gap_parts", None),
    "parts of areas": ("gap_parts_of_areas", None),
    "awkward parts": ("awkward_parts", None),
    "change": ("gap_change_parts", None),
}


def changed(findings, change, where=lambda row: True):
    rows = [row | (change(row) if where(row) else {}) for row in findings.rows()]
    return findings.with_columns({name: [row[name] for row in rows] for name in rows[0]})


def drawn(made, name, width=canvas.WIDE):
    maker, form = DRAWN[name]
    return chart(getattr(made, maker)(), form=form, width=width)


def texts_of(figure):
    return [t for t in figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip() and t.get_visible()]


def said(figure):
    return [text.get_text() for text in texts_of(figure)]


def bars(figure):
    return [patch for axes in figure.axes for patch in axes.patches if patch.get_height() > 0.3]


@pytest.mark.parametrize("kind", ["key drivers", "compared drivers", "gap parts", "gap change parts"])
def test_each_kind_has_a_chart(kind):
    assert kind in CHARTS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", DRAWN)
def test_every_text_is_inside_and_none_lies_on_another(made, name, width):
    figure = drawn(made, name, width)
    renderer = figure.canvas.get_renderer()
    boxes = {text: text.get_window_extent(renderer) for text in texts_of(figure)}
    assert len(boxes) > 8
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()
        assert text.get_fontsize() >= 11
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", DRAWN)
def test_each_has_words_for_those_who_cannot_see_and_the_marks_of_every_output(made, name):
    maker, form = DRAWN[name]
    figure = drawn(made, name)
    words = figure.alternative
    assert words.title and words.subtitle and len(words.description) > 60
    assert not any(bad in words.description for bad in ("nan", "None", "  ", ".."))
    assert "Internal: not checked for disclosure" in said(figure)
    assert words == words_of(getattr(made, maker)(), form)
    assert not any(
        word in f"{words.title} {words.subtitle} {words.description}".lower() for word in ("due to", "caused")
    )
    assert svg(figure, title=words.title, description=words.description) == svg(
        drawn(made, name), title=words.title, description=words.description
    )


def test_the_grid_is_a_further_chart_and_others_are_refused(made):
    assert kind_of(made.key_drivers()) == "drivers" and FURTHER["key drivers"] == ("grid",)
    assert made.key_drivers().plot("grid").alternative.description.startswith("Points in four fields")
    with pytest.raises(ValueError, match=r"'gird' is no chart of findings of kind 'key drivers' .*'drivers' or 'grid'"):
        made.key_drivers().plot("gird")
    with pytest.raises(ValueError, match="'grid' is no chart of findings of kind 'gap parts'"):
        made.gap_parts().plot("grid")


def test_bars_begin_at_none_and_their_intervals_lie_below_them(made):
    figure = drawn(made, "drivers")
    found = bars(figure)
    assert [round(bar.get_width(), 1) for bar in found] == list(made.SHARES)
    assert all(bar.get_x() == 0 for bar in found)
    lines = [line for line in figure.axes[1].lines if line.get_linewidth() == 1.8]
    assert len(lines) == 4
    for bar, line in zip(found, lines, strict=True):
        assert min(line.get_ydata()) > bar.get_y() + bar.get_height()


def test_drivers_are_sorted_by_share_with_the_ranks_that_they_could_have(made):
    shown = said(drawn(made, "drivers"))
    assert [name for name in shown if name in made.NAMES] == list(made.NAMES)
    assert {"36%, rank 1 or 2", "31%, rank 1 or 2", "22%, rank 3", "10%, rank 4", "share and rank"} <= set(shown)
    assert "36%, 1 or 2" in said(drawn(made, "drivers", canvas.NARROW))
    mixed = said(chart(made.drivers_of_groups().filter(group="Minority ethnic")))
    assert mixed.index("Fair treatment") < mixed.index("Engagement")


def test_without_ranks_drivers_stay_in_the_order_asked_for(made):
    one = made.drivers_of_groups().filter(group="Minority ethnic")
    unranked = changed(one, lambda row: {"rank_low": NAN, "rank_high": NAN})
    figure = chart(unranked)
    assert [name for name in said(figure) if name in made.NAMES] == list(made.NAMES)
    assert (
        "in the order asked for" in figure.alternative.subtitle and "sorted by share" not in figure.alternative.subtitle
    )


def test_a_bar_is_hollow_where_its_driver_could_rank_anywhere(made):
    from matplotlib.colors import to_hex

    found = bars(drawn(made, "many drivers"))
    hollow = [i for i, bar in enumerate(found) if to_hex(bar.get_facecolor()) == "#ffffff"]
    assert hollow == [5]
    assert "share, could rank anywhere" in said(drawn(made, "many drivers"))
    assert "share, could rank anywhere" not in said(drawn(made, "drivers"))


def test_the_title_names_what_goes_with_the_largest_gains_and_no_effect(made):
    words = drawn(made, "drivers").alternative
    assert words.title == "Good job: engagement and fair treatment go with the largest gains"
    assert "associations, not effects" in words.subtitle and "together they explain 31%" in words.subtitle
    none = changed(made.key_drivers(), lambda row: {"gain": NAN, "gain_low": NAN, "gain_high": NAN})
    assert chart(none).alternative.title == "Good job: engagement and fair treatment go with the largest shares"


def test_points_stand_in_the_field_of_their_level_and_gain(made):
    (panel,) = grid_of(made.key_drivers()).panels
    assert panel.level_line == pytest.approx(sum(made.LEVELS) / 4) and panel.is_parted
    act, keep, later, leave = FIELDS
    assert [panel.field(spot) for spot in panel.spots] == [act, keep, leave, later]
    assert [spot.name for spot in panel.spots if spot.crosses(panel.value_line)] == [made.NAMES[2]]
    figure = drawn(made, "grid")
    assert {field.name("gain") for field in FIELDS} <= set(said(figure))
    assert figure.alternative.title == "Good job: larger gain at a lower level for Engagement"
    assert "lines at the average of the drivers;" in figure.alternative.subtitle


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"performance": 60.0}, "levels differ by 0.0 points of 100 at most, too little to call any of them low"),
        ({"gain_low": -1.0, "gain_high": 4.0}, "gains could be equal by chance"),
        ({"best": NAN}, "the scale of the levels is not known"),
    ],
)
def test_drivers_that_cannot_be_told_apart_have_no_fields(made, changes, why):
    found = changed(made.key_drivers(), lambda row: changes)
    (panel,) = grid_of(found).panels
    figure = chart(found, form="grid")
    assert not panel.is_parted and f"; {why};" in figure.alternative.subtitle
    assert figure.alternative.title == "Good job: present levels and gains of drivers"
    assert not {field.name("gain") for field in FIELDS} & set(said(figure))
    assert not any(word in figure.alternative.description for word in ("level,", "side of the line", "fields"))


def test_levels_of_10_points_apart_are_told_apart_and_those_nearer_are_not(made):
    for highest, is_near in ((66.4, True), (68.0, False)):
        levels = dict(zip(made.NAMES, (58.0, highest, 60.0, 60.0), strict=True))
        found = changed(made.key_drivers(), lambda row, levels=levels: {"performance": levels[row["driver"]]},
                        lambda row: row["row_type"] == "driver")  # fmt: skip
        (panel,) = grid_of(found).panels
        assert panel.is_near is is_near and panel.is_parted is not is_near


def test_the_scale_of_levels_is_shown_whole(made):
    frame = frame_of(grid_of(made.key_drivers()), 760, 330)
    assert frame.levels[0] < 0 and frame.levels[1] > 100 and {0, 100} <= set(frame.level_ticks())
    unknown = frame_of(grid_of(changed(made.key_drivers(), lambda row: {"best": NAN})), 760, 330)
    assert 50 < unknown.levels[0] < 54.2 and 66.4 < unknown.levels[1] < 70


def test_names_without_room_become_numbers_with_a_list_and_none_is_lost(made):
    shown = said(drawn(made, "many in a grid"))
    names = [row["driver"] for row in made.many_drivers().rows() if row["driver"]]
    assert set(names) <= set(shown)
    assert all(shown.count(f"{number}") == 2 for number in (1, 2, 3, 6, 7, 8, 9, 11, 12))
    assert "1" not in said(drawn(made, "grid"))


def test_drivers_on_another_scale_are_named_as_not_drawn(made):
    other = changed(made.key_drivers(), lambda row: {"best": NAN, "performance": 44.1},
                    lambda row: row["driver"] == "Worry about disorder")  # fmt: skip
    grid = grid_of(other)
    assert grid.undrawn == ["Worry about disorder"] and len(grid.spots) == 3
    assert (
        "not drawn, as without a level on this scale: Worry about disorder"
        in chart(other, form="grid").alternative.subtitle
    )


def test_a_grid_without_levels_is_refused_and_says_what_gives_them(made):
    none = changed(made.key_drivers(), lambda row: {"performance": NAN, "best": NAN})
    with pytest.raises(ValueError, match=r"there is no grid to draw; .*scores= of dueregard.key_drivers"):
        none.plot("grid")


def test_without_gains_the_grid_is_of_shares(made):
    none = changed(made.key_drivers(), lambda row: {"gain": NAN, "gain_low": NAN, "gain_high": NAN})
    grid = grid_of(none)
    assert not grid.of_gains and [spot.value for spot in grid.spots] == list(made.SHARES)
    assert "Share of what they explain" in said(chart(none, form="grid"))


def test_nothing_to_draw_is_refused(made):
    lost = changed(made.key_drivers(), lambda row: {"value": NAN})
    with pytest.raises(ValueError, match="there is no driver to draw, no share is known"):
        lost.plot()
    with pytest.raises(ValueError, match="there is no driver to draw, no difference is known"):
        changed(made.compared_drivers(), lambda row: {"estimate": NAN}).plot()
    with pytest.raises(ValueError, match="there is nothing to draw, no gap is known"):
        changed(made.gap_parts(), lambda row: {"estimate": NAN}).plot()
    with pytest.raises(ValueError, match="there is nothing to draw, no gap is known"):
        changed(made.gap_change_parts(), lambda row: {"estimate": NAN}).plot()


def test_too_many_areas_are_those_of_all_together_or_the_first(made):
    boroughs = [f"B{i}" for i in range(9)]
    many = made.gap_parts_of_areas(boroughs)
    assert [fall.area for fall in falls_of(many)] == ["All areas"]
    assert "; 9 more groups and areas are in the table" in chart(many).alternative.subtitle
    without = many.filter(borough=boroughs)
    assert [fall.area for fall in falls_of(without)] == boroughs[:6]
    assert "; 3 more groups and areas are in the table" in chart(without).alternative.subtitle
    drivers = made.drivers_of_groups([None, *boroughs])
    assert "18 more groups and areas are in the table" in chart(drivers).alternative.subtitle


@pytest.mark.parametrize("name", ["gap_parts", "gap_parts_of_areas", "awkward_parts", "gap_change_parts"])
def test_each_step_begins_where_the_one_before_ended_and_they_add_up(made, name):
    for fall in falls_of(getattr(made, name)()):
        first, *steps, last = fall.steps
        at = first.end
        for step in steps:
            assert step.kind == PART and step.start == pytest.approx(at)
            assert abs(step.end - step.start) == pytest.approx(abs(step.estimate))
            low, high = step.ends
            assert low <= step.end <= high and high - low == pytest.approx(step.high - step.low)
            at = step.end
        assert at == pytest.approx(last.end)


def test_steps_are_taken_off_a_gap_and_added_to_a_change(made):
    (gap,) = falls_of(made.gap_parts())
    assert [(step.start, step.end) for step in gap.steps[:2]] == [(0.0, -7.1), (-7.1, -6.0)]
    (change,) = falls_of(made.gap_change_parts())
    assert change.steps[1].end == pytest.approx(-8.6) and len(change.steps) == 6


def test_parts_that_do_not_add_up_are_not_split(made):
    off = changed(made.gap_parts(), lambda row: {"estimate": -3.0}, lambda row: row["factor"] == "age_band")
    (fall,) = falls_of(off)
    assert [step.label for step in fall.steps] == ["Gap", "Who is in the groups", "What remains"]


def test_a_part_that_could_be_none_is_hollow(made):
    from matplotlib.colors import to_hex

    faces = [to_hex(bar.get_facecolor()) for bar in bars(drawn(made, "awkward parts"))]
    turquoise = canvas.TURQUOISE.lower()
    assert faces == ["#ffffff", turquoise, turquoise, "#ffffff", "#ffffff"]
    assert "part that could be none" in said(drawn(made, "awkward parts"))
    assert "part that could be none" not in said(drawn(made, "parts"))


def test_a_waterfall_has_numbers_with_intervals_and_a_title_of_both_gaps(made):
    figure = drawn(made, "parts")
    assert f"{MINUS}2.8 ({MINUS}3.4 to {MINUS}2.2)" in said(figure)
    words = figure.alternative
    assert words.title == "Satisfied: Minority ethnic 7.1 points lower than White; 2.0 if the groups were alike"
    assert "people alike in age band, deprivation and prior opinion; parts are not causes; method:" in words.subtitle
    assert f"{MINUS}2.8" in said(drawn(made, "parts", canvas.NARROW))
    assert (
        drawn(made, "change").alternative.title == "Satisfied: Minority ethnic 10.0 points lower than White, then 7.1"
    )


@pytest.mark.parametrize(
    ("rates", "also", "end"),
    [
        (2.0, {}, "White; 2.0 points higher if the groups were alike"),
        (-0.3, {}, "White; 0.3 if the groups were alike, which may be no gap"),
        (-2.0, {"empty_percent": 89.6}, "White; too few have a counterpart to say what would remain"),
    ],
)
def test_the_title_says_what_would_remain_only_as_far_as_it_can_be_told(made, rates, also, end):
    found = changed(made.gap_parts(rates=rates), lambda row: also, lambda row: row["part"] == "gap")
    assert chart(found).alternative.title.endswith(end)


def test_compared_drivers_are_filled_where_they_differ(made):
    figure = drawn(made, "compared")
    assert figure.alternative.title == ("Good job: fair treatment matters differently to Minority ethnic and White")
    assert figure.alternative.description.count(", clear") == 1
    assert "+0.9 (+0.4 to +1.4)" in said(figure) and "difference that could be chance" in said(figure)
    none = changed(
        made.compared_drivers(), lambda row: {"verdict": "too few to tell: 3 times the present numbers needed"}
    )
    assert chart(none).alternative.title == (
        "Good job: none of 4 drivers are shown to matter differently to Minority ethnic and White"
    )


def test_differences_that_the_other_comparisons_make_unclear_say_so(made):
    unclear = {"verdict": "too few to tell: 3 times the present numbers needed", "low": 0.1, "high": 1.0}
    found = changed(made.compared_drivers(), lambda row: unclear)
    assert "difference that could be chance, with all allowed for" in said(chart(found))


def test_gains_of_one_chart_have_as_many_decimals(made):
    near = changed(made.key_drivers(), lambda row: {"gain": 0.04}, lambda row: row["driver"] == made.NAMES[3])
    assert {"+1.90", "+0.04"} <= set(said(chart(near))) and "+1.9" in said(drawn(made, "drivers"))


def test_a_change_is_split_by_whose_it_is_also_where_factors_are_given(made):
    rows = list(made.gap_change_parts().rows())
    factors = [rows[3] | {"factor": "age_band", "estimate": 0.6}, rows[3] | {"factor": "deprivation", "estimate": 1.0}]
    (fall,) = falls_of(made.of_rows([*rows, *factors], kind="gap change parts"))
    assert [step.label for step in fall.steps[1:3]] == ["Who answered: Minority ethnic", "Who answered: White"]
    nobody = made.part_rows()[-1] | {"part": "not comparable", "estimate": 0.0, "low": NAN, "high": NAN}
    (gap,) = falls_of(made.of_rows([*made.part_rows(), nobody], kind="gap parts"))
    assert len(gap.steps) == 5


def test_shares_that_are_compared_are_percentages_in_words(made):
    words = chart(made.compared_drivers("share")).alternative
    assert "Fair treatment 3% against 2%, a difference of +0.9" in words.description
    assert "share of what they explain" in words.subtitle

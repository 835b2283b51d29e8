"""The chart of progress and of a scorecard: a track for each measure, verdicts as words with a shape."""

from pathlib import Path

import pytest

import dueregard as dr
from dueregard.publish.charts.canvas import NARROW
from dueregard.publish.charts.chart import chart, kind_of, svg
from dueregard.publish.charts.progress_chart import marks_of

EXAMPLE = Path(__file__).parents[1] / "plans" / "example_plan.toml"


@pytest.fixture(scope="module")
def plan():
    return dr.plan(EXAMPLE, on="2011-02-01")


def texts(drawn):
    return [text.get_text() for text in drawn.texts]


def test_a_track_for_each_measure_with_its_verdict(plan):
    for found in (plan.progress(), dr.scorecard(plan)):
        assert kind_of(found) == "progress"
        drawn = found.plot()
        assert len(drawn.axes) == len(found) + 1  # and the key
        assert {"◇ cannot tell", "○ no reading", "● target met", "◌ too few to tell if it changed"} <= set(texts(drawn))
        assert "54.8% before, 97.3% now, target 80.0%" in texts(drawn)
        assert "Internal: not checked for disclosure" in texts(drawn)


def test_the_marks_are_the_numbers_of_the_findings(plan):
    found = plan.progress()
    row, mark = next(found.rows()), marks_of(found)[0]
    places = (row["reference_value"], row["value"], row["low_now"], row["high_now"], row["target"])
    assert (mark.before, mark.now, mark.low, mark.high, mark.target) == places
    track = found.plot().axes[1]
    assert [line.get_xdata()[0] for line in track.lines if line.get_marker() == "o"] == [
        row["reference_value"],
        row["value"],
    ]
    low, high = track.get_xlim()
    assert all(low < place < high for place in places)


def test_the_words_say_every_measure(plan):
    words = plan.progress().plot().alternative
    assert words.title == "Example equality plan: progress at 2011-02-01"
    assert words.subtitle == (
        "5 measures, 2 without a target: 2 cannot tell, 1 no reading, 1 target met, 1 too few to tell if it changed"
    )
    assert "Victims updated in time: [x] not available: no reading;" in words.description
    assert "54.8% before, 97.3% now, target 80.0%: target met" in words.description


def test_findings_and_areas_have_tracks_too():
    data = {"answer": ["yes"] * 70 + ["no"] * 30, "borough": ["Sutton"] * 50 + ["Brent"] * 50}
    share = dr.share(data, of="answer", by="borough", higher_is_better=True).filter(group="yes")
    drawn = dr.scorecard({"yes": share}, {"yes": 60}, by="borough").plot()
    assert {"yes, yes, All areas", "yes, yes, Brent", "yes, yes, Sutton"} <= set(texts(drawn))
    assert {"● target met", "■ target not met"} <= set(texts(drawn))


def test_nothing_to_draw_is_an_error(plan):
    with pytest.raises(ValueError, match="there is no measure to draw, every value is missing"):
        plan.progress().filter(measure_id="victims-updated").plot()


def test_a_phone_and_a_page(plan):
    drawn = chart(plan.progress(), width=NARROW)
    assert drawn.get_figwidth() * 72 == NARROW
    words = drawn.alternative
    assert "Units that meet" in svg(drawn, title=words.title, description=words.description)


def test_measures_stand_under_their_objectives(plan):
    found = dr.scorecard(plan)
    headings = [f"Objective {each.id}: {each.title}" for each in plan.contents.objectives]
    drawn = texts(found.plot())
    assert [text for text in drawn if text.startswith("Objective ")] == headings
    assert drawn.index(headings[1]) < drawn.index("Units that meet the baseline of the standard")
    one = found.filter(objective=plan.contents.objectives[0].id)
    assert not any(text.startswith("Objective ") for text in texts(one.plot()))

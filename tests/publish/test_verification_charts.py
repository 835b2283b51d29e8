"""Charts of verification: intervals as intervals, and nothing but percentages on a scale of percent."""

from pathlib import Path

import pytest

import dueregard as dr
from dueregard.assessment.verification.statistics import SHARES
from dueregard.publish.charts.chart import in_percent, kind_of, words_of
from dueregard.publish.report.pages.choice import page_of_findings

ESPS = dr.frameworks.esps()
OWN = {"unit": ["a", "a", "b", "b"], "indicator": ["1B", "2B"] * 2, "answer": ["very", "fairly", "very", "not_very"]}
CHECK = {**OWN, "answer": ["very", "not_very", "fairly", "not_very"]}


@pytest.mark.parametrize("by", [None, "unit", "section", "indicator"])
def test_agreement_is_drawn_in_percent_alone_as_shares_with_intervals(by):
    found = dr.agreement(OWN, CHECK, ESPS, by=by)
    assert kind_of(found) == "share"
    assert set(in_percent(found)["measure"]) == set(SHARES)
    assert set(in_percent(found)["unit_of_measure"]) == {"percent"}
    assert found.plot().axes


def test_the_difference_and_kappa_are_said_above_the_shares_of_agreement():
    words = dr.agreement(OWN, CHECK, ESPS).plot().alternative
    assert words.title == "75% met by own answers, 50% on the check: too few to tell"
    assert words.subtitle.startswith("Percent; met by own answers: 25 percentage points more (95% interval ")
    assert "; weighted kappa was 0.50, where " in words.subtitle and "weighted kappa was 0.50" in words.description
    by_source = dr.agreement(OWN, {**CHECK, "source": ["peers", "panel"] * 2}, ESPS)
    assert "own answers and check" in words_of(by_source).title and words_of(by_source).subtitle == "Percent"


def test_agreement_without_shares_says_what_is_drawn():
    found = dr.agreement(OWN, CHECK, ESPS).filter(measure="weighted kappa")
    with pytest.raises(ValueError, match="findings: of agreement, shares such as 'same answer' are drawn"):
        found.plot()


def test_verified_scores_are_drawn_with_their_limits_beside_own_answers():
    found = dr.verified_score(dr.assess(OWN, ESPS), CHECK)
    assert kind_of(found) == "share"
    drawn = found.plot()
    texts = [text.get_text() for text in drawn.findobj(match=lambda artist: hasattr(artist, "get_text"))]
    assert {"If the check held for all", "Own answers"} <= set(texts)


def test_no_number_lies_on_a_line():
    figure = dr.verified_score(dr.assess(OWN, ESPS), CHECK).plot()
    renderer = figure.canvas.get_renderer()
    axes = figure.axes[-1]
    lines = [line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_ydata()[0] == line.get_ydata()[1]]
    numbers = [text for text in axes.texts if text.get_text().endswith("%") and text.xy[1] >= 0]
    assert len(lines) >= 2 and len(numbers) == 4
    for text in numbers:
        box = text.get_window_extent(renderer)
        for line in lines:
            drawn = line.get_window_extent(renderer)
            beside = box.x1 <= drawn.x0 or drawn.x1 <= box.x0
            assert beside or box.y1 <= drawn.y0 or drawn.y1 <= box.y0, text.get_text()


def test_lists_say_what_can_be_drawn():
    pairs = dr.pair_units(dr.assess(OWN, ESPS), threshold="half")
    with pytest.raises(ValueError, match=r"^findings: pairs of units have no chart; print them, or plot the assess"):
        pairs.plot()
    with pytest.raises(ValueError, match=r"^findings: answers to check have no chart; print them, and once they are"):
        dr.dip_sample(OWN, 1, seed=1, framework=ESPS).plot()


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("status", lambda plan: plan.status()),
        ("costs", lambda plan: plan.costs()),
        ("readings by period", lambda plan: plan.quarterly(2010)),
        ("recommendations", lambda plan: plan.recommendations()),
    ],
)
def test_lists_of_a_plan_say_what_can_be_drawn(kind, of):
    plan = dr.plan(Path(__file__).parents[1] / "plans" / "example_plan.toml", on="2011-02-01")
    with pytest.raises(
        ValueError, match=rf"^findings: the {kind} of a plan cannot be drawn; print it, or plot the pro"
    ):
        of(plan).plot()


def test_a_register_of_returns_says_what_can_be_drawn(tmp_path):
    dr.write_returns(tmp_path, ESPS, ["Barnet", "Brent"])
    merged = dr.merge_returns(tmp_path, ESPS, expected=["Barnet", "Brent"], strict=False)
    with pytest.raises(ValueError, match=r"^findings: a register of returns has no chart; print it, or plot the asses"):
        merged.register().plot()


def test_a_report_takes_lists_without_a_chart():
    for found in (dr.dip_sample(OWN, 1, seed=1, framework=ESPS), dr.pair_units(dr.assess(OWN, ESPS), threshold="half")):
        assert not page_of_findings(found, 1).findings[0].drawn

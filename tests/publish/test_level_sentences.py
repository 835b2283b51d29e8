"""Levels and next steps in plain English: what is not answered is not said to be unmet, and no evidence of nothing."""

import dueregard as dr
from dueregard.assessment.frameworks import Answer, Framework, Indicator, Level
from dueregard.publish.charts.chart import words_of
from dueregard.publish.report.pages.levels import ladder
from dueregard.publish.tables.cells import grid

IDS = [f"{section}{n}" for section in "CS" for n in range(1, 6)]
ANSWERS = {"1": "yes", "0": "no", "-": None}


def stations(rule="share met", levels=(None,) * 10):
    return Framework(
        name="Stations",
        answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
        sections={"C": "Custody", "S": "Staff"},
        indicators=tuple(
            Indicator(one, one[0], f"text of {one}", level) for one, level in zip(IDS, levels, strict=True)
        ),
        levels=(Level("l1", "Level 1", 30), Level("l2", "Level 2", 40), Level("l3", "Level 3", 80)),
        kind="station",
        rule=rule,
    )


def assessed(framework, **units):
    answers = {one: [ANSWERS[text[i]] for text in units.values()] for i, one in enumerate(IDS)}
    return dr.assess({"unit": list(units), **answers}, framework)


def test_a_step_may_be_an_indicator_that_was_not_answered_and_any_would_do():
    (said,) = assessed(stations(), Ashby="110000-001").next_steps().sentences()
    assert said == (
        "Ashby is at Level 1 and needs 1 indicator for Level 2, of the 7 not met or not answered: any 1 of these 7 "
        "would do; the first in order is C3."
    )
    (said,) = assessed(stations(), Ashby="11111-0-00").next_steps().sentences()
    assert said.endswith("any 3 of these 5 would do; the first in order are S1, S2 and S3.")


def test_sections_each_need_their_own():
    (said,) = assessed(stations("weakest section"), Ashby="1110000000").next_steps().sentences()
    assert said == (
        "Ashby is at no level yet and needs 2 indicators for Level 1, of the 7 not met or not answered; the first in "
        "each section that needs any: S1 and S2."
    )


def test_all_that_are_lacking():
    (said,) = assessed(stations("minimum"), Ashby="111111111-").next_steps().sentences()
    assert said.endswith("1 indicator for Level 1, the one not met or not answered: S5.")
    headings = [column.heading for column in grid(assessed(stations(), Ashby="1" * 5 + "0" * 5).next_steps())]
    assert "All not met or not answered" in headings


def test_levels_that_share_their_indicators_have_no_evidence_of_their_own():
    found = assessed(stations(), Ashby="1110000000", Brook="0000000000").levels()
    assert found["evidence"] == [None] * 3
    assert "evidence" not in " ".join(found.sentences())
    assert "evidence" not in words_of(found).description
    assert not any("vidence" in text.get_text() for text in found.plot().findobj(lambda a: hasattr(a, "get_text")))
    assert "Evidence up to" not in [column.heading for column in grid(found)]


def test_the_page_of_levels_that_share_their_indicators_leaves_evidence_out():
    shared = ladder(assessed(stations(), Ashby="1110000000", Brook="0000000000"), "l")
    assert set(shared.findings["evidence_count"]) == {None} and "vidence" not in shared.what
    assert "any evidence of it" not in shared.html()
    own = ladder(assessed(stations(levels=["l1"] * 3 + ["l2"] * 3 + ["l3"] * 4), Ashby="1110001000"), "l")
    assert own.findings["evidence_count"] == [1, 1, 1] and "any evidence of it" in own.html()


def test_levels_with_indicators_of_their_own_do():
    own = ["l1"] * 3 + ["l2"] * 3 + ["l3"] * 4
    found = assessed(stations(levels=own), Ashby="1110001000", Brook="0000000000").levels()
    assert "1 station has isolated evidence at Level 3, which none has reached." in found.sentences()
    assert "Evidence up to" in [column.heading for column in grid(found)]


def test_units_of_one_kind_are_called_that_and_said_once():
    found = assessed(stations(), Ashby="1111100000", Brook="1100000000")
    assert found.performance().sentences() == ["1 of 2 stations (50%) meets Level 1: the target of 100% is not met."]
    assert words_of(found.levels()).description.startswith("A ladder of 3 levels with 2 stations.")
    assert words_of(found.answers_by_indicator()).description.startswith("Marks of 2 stations by 10 indicators: ")

"""What is unmet, what holds a unit back, and the fewest indicators that reach the next level."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import data
from dueregard.assessment import assess, frameworks
from dueregard.assessment.frameworks import Answer, Framework, Indicator, Level
from dueregard.flags import Flag

ESPS = frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def south_east():
    return assess(data.load("south_east_indicators"), ESPS)


def small(rule, percent):
    """Six indicators in two sections and one level."""
    return Framework(
        name="Small",
        answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
        sections={"a": "A", "b": "B"},
        indicators=tuple(Indicator(f"Q{n}", "ab"[n % 2], "text") for n in range(6)),
        levels=(Level("pass", "Pass", percent),),
        rule=rule,
    )


def step_of(framework, answers):
    table = {"unit": ["A"], **{f"Q{n}": [answer] for n, answer in enumerate(answers)}}
    return next(assess(table, framework).next_steps().rows())


def is_reached(framework, answers):
    table = {"unit": ["A"], **{f"Q{n}": [answer] for n, answer in enumerate(answers)}}
    return assess(table, framework).levels()["low"][1] == 1


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["yes", "no", None]), min_size=6, max_size=6).filter(
        lambda answers: set(answers) != {None}
    ),
    st.sampled_from(["minimum", "share met", "weakest section"]),
    st.sampled_from([0.0, 33.3, 50.0, 66.7, 100.0]),
)
def test_no_smaller_set_reaches_the_level_and_none_as_small_comes_first(answers, rule, percent):
    framework = small(rule, percent)
    row = step_of(framework, answers)
    if is_reached(framework, answers):
        assert row["next_level"] is None and row["indicators"] is None
        return
    chosen = [int(name.removeprefix("Q")) for name in row["indicators"].split()]
    short = [n for n, answer in enumerate(answers) if answer != "yes"]
    assert row["holds_back"].split() == [f"Q{n}" for n in short]
    assert (row["count"], row["nobs"]) == (len(chosen), len(short))
    for size in range(len(short) + 1):
        for tried in itertools.combinations(short, size):
            if is_reached(framework, ["yes" if n in tried else answer for n, answer in enumerate(answers)]):
                assert list(tried) == chosen
                return
    raise AssertionError("no set of indicators reaches the level")


def test_the_next_step_of_a_borough_below_the_baseline():
    answers = {"unit": ["A"] * 18, "indicator": IDS, "answer": ["very"] * 6 + ["not_very"] * 12}
    row = next(assess(answers, ESPS).next_steps().rows())
    assert (row["level"], row["next_level"], row["count"]) == ("none", "Baseline", 3)
    assert row["indicators"] == "7B 8B 9B"
    assert len(row["holds_back"].split()) == 12


def test_who_is_at_the_highest_level_that_is_judged_needs_nothing():
    steps = south_east().next_steps()
    assert set(steps["level"]) == {"Baseline"} and set(steps["next_level"]) == {None}
    assert set(steps["count"]) == {None}


def test_the_next_level_of_a_graded_framework():
    framework = frameworks.equality_framework()
    answers = ["level_2"] * 2 + ["level_3"] * 139 + [None]
    row = next(
        assess({"unit": ["A"] * 142, "indicator": framework.indicator_ids, "answer": answers}, framework)
        .next_steps()
        .rows()
    )
    assert (row["level"], row["next_level"], row["indicators"]) == ("none", "Level 1", "142")


def test_unmet_indicators_with_their_text():
    unmet = south_east().unmet()
    assert len(unmet) == 6 * 18 - 90
    assert unmet.filter(unit="Southwark")["indicator"] == ["6B", "7B", "13B", "14B"]
    texts = {indicator.id: indicator.text for indicator in ESPS.indicators}
    assert unmet["text"] == [texts[identifier] for identifier in unmet["indicator"]]
    assert set(unmet["answer"]) == {"not met"}


def test_unanswered_indicators_are_unmet_and_flagged():
    answers = ["very"] * 16 + ["not_very"]
    unmet = assess({"unit": ["A"] * 17, "indicator": IDS[:17], "answer": answers}, ESPS).unmet()
    assert unmet["indicator"] == [IDS[16], IDS[17]]
    assert unmet["answer"] == ["Not very satisfactory", "not stated"]
    assert [Flag.MISSING_ANSWERS in flag for flag in unmet["flag"]] == [False, True]


@pytest.mark.parametrize("name", ["unmet", "next_steps"])
def test_counts_by_unit_are_refused(name):
    with pytest.raises(ValueError, match=f"{name}: needs to know which indicator an answer is to"):
        getattr(assess(data.load("borough_answers"), ESPS), name)()

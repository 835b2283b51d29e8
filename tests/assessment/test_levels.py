"""Levels by every rule, of units and of the organisation, with what missing answers leave open."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard import data
from dueregard.assessment import assess, frameworks
from dueregard.assessment.frameworks import Answer, Framework, Indicator, Level, Target
from dueregard.flags import Flag

GRADED = frameworks.equality_framework()
STEPS = ("one", "two", "three")


def row_of(findings, unit):
    return next(row for row in findings.rows() if row["unit"] == unit)


def graded(*areas):
    """An assessment of areas, each a list of levels; the last one stands for the rest of the 142 questions."""
    records = {"unit": [], "indicator": [], "answer": []}
    for number, levels in enumerate(areas):
        whole = [*levels, *[levels[-1]] * (142 - len(levels))]
        records["unit"] += [f"area {number}"] * 142
        records["indicator"] += GRADED.indicator_ids
        records["answer"] += [None if n is None else f"level_{n}" if n else "none" for n in whole]
    return assess(records, GRADED).levels()


def ladder(rule, percents=(50.0, 50.0, 50.0), organisation="every unit", targets=()):
    """Three levels of four indicators each, two in each of two sections."""
    indicators = [Indicator(f"{step}{n}", "ab"[n % 2], "text", level=step) for step in STEPS for n in range(4)]
    levels = [
        Level(step, step.title(), percent, targets=tuple(targets))
        for step, percent in zip(STEPS, percents, strict=True)
    ]
    return Framework(
        name="Ladder",
        answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
        sections={"a": "A", "b": "B"},
        indicators=tuple(indicators),
        levels=tuple(levels),
        rule=rule,
        organisation=organisation,
        aim="three",
    )


def climbed(framework, answers):
    """The levels of one unit with these twelve answers."""
    return row_of(
        assess(
            {"unit": ["A"], **{i: [a] for i, a in zip(framework.indicator_ids, answers, strict=True)}}, framework
        ).levels(),
        "A",
    )


def test_the_minimum_rule():
    levels = graded([3], [5, 3], [5, 4])
    assert [row_of(levels, f"area {n}")["level"] for n in range(3)] == ["Level 3", "Level 3", "Level 4"]
    assert [row_of(levels, f"area {n}")["evidence"] for n in range(3)] == ["Level 3", "Level 5", "Level 5"]
    organisation = row_of(levels, None)
    assert (organisation["level"], organisation["evidence"], organisation["verdict"]) == (
        "Level 3",
        "Level 5",
        "not met",
    )
    assert "the organisation is at a level when every unit is at it" in organisation["method"]


def test_one_question_without_evidence_holds_an_area_at_none():
    row = row_of(graded([0, 5]), "area 0")
    assert (row["value"], row["level"], row["evidence"]) == (0, "none", "Level 5")


def test_the_business_areas_of_2008():
    levels = assess(data.example("business_areas"), GRADED).levels()
    assert set(levels["level"]) == {"Level 3"}
    assert levels["evidence"].count("Level 5") == 41  # the organisation's row and 40 areas
    assert len(levels) == 133


def test_a_missing_answer_is_a_range_of_levels():
    row = row_of(graded([None, 4]), "area 0")
    assert (row["low"], row["high"], row["level"], row["highest_level"]) == (0, 4, "none", "Level 4")
    assert row["note"] == "none to Level 4: missing answers decide"
    assert Flag.MISSING_ANSWERS in row["flag"] and row["verdict"] == "not met"
    assert row_of(graded([None, 5]), "area 0")["verdict"] == "cannot tell"


def test_a_level_is_not_reached_over_one_that_is_not():
    row = climbed(ladder("share met"), ["yes"] * 4 + ["no"] * 4 + ["yes"] * 4)
    assert (row["level"], row["evidence"]) == ("One", "Three")


@pytest.mark.parametrize(
    ("rule", "answers", "level"),
    [
        ("share met", ["yes", "no", "yes", "no"] * 3, "Three"),
        ("weakest section", ["yes", "no", "yes", "no"] * 3, "none"),
        ("weakest section", ["yes", "yes", "no", "no"] * 3, "Three"),
        ("minimum", ["yes"] * 11 + ["no"], "Two"),
        ("share met", ["yes"] + ["no"] * 11, "none"),
    ],
)
def test_every_rule(rule, answers, level):
    assert climbed(ladder(rule), answers)["level"] == level


def test_a_threshold_is_met_at_exactly_its_percent():
    framework = ladder("share met", percents=(75.0, 75.0, 75.0))
    assert climbed(framework, ["yes", "yes", "yes", "no"] * 3)["level"] == "Three"
    assert climbed(ladder("share met", percents=(75.1, 75, 75)), ["yes", "yes", "yes", "no"] * 3)["level"] == "none"


def brute(framework, answers):
    """The level of one unit, by reading the rule."""
    reached = 0
    for step, level in enumerate(framework.levels):
        of = [
            (i.section, a == "yes") for i, a in zip(framework.indicators, answers, strict=True) if i.level == level.id
        ]
        parts = [of] if framework.rule != "weakest section" else [[x for x in of if x[0] == s] for s in "ab"]
        percent = 100 if framework.rule == "minimum" else level.percent
        if not all(100 * sum(met for _, met in part) >= percent * len(part) for part in parts):
            return reached
        reached = step + 1
    return reached


@given(
    st.lists(st.sampled_from(["yes", "no", None]), min_size=12, max_size=12),
    st.sampled_from(["minimum", "share met", "weakest section"]),
    st.sampled_from([25.0, 50.0, 66.7, 100.0]),
)
def test_the_range_is_that_of_every_way_to_fill_in_what_is_missing(answers, rule, percent):
    framework = ladder(rule, percents=(percent,) * 3)
    if not all(any(a is not None for a in answers[4 * n : 4 * n + 4]) for n in range(3)):
        return  # a level that nobody answered for is not judged
    row = climbed(framework, answers)
    gaps = [i for i, answer in enumerate(answers) if answer is None]
    filled = []
    for choice in itertools.product(["yes", "no"], repeat=min(len(gaps), 6)):
        whole = list(answers)
        for i, gap in enumerate(gaps):
            whole[gap] = choice[min(i, len(choice) - 1)] if i >= 6 else choice[i]
        filled.append(brute(framework, whole))
    assert row["low"] <= min(filled) and row["high"] >= max(filled)
    assert row["low"] == brute(framework, ["no" if a is None else a for a in answers])
    assert row["high"] == brute(framework, ["yes" if a is None else a for a in answers])


def test_the_organisation_by_a_share_of_units():
    framework = ladder("share met", organisation="share of units", targets=[Target(80.0)])
    answers = {i: [1] * 4 + [0] for i in framework.indicator_ids}
    levels = assess({"unit": list("ABCDE"), **answers}, framework).levels()
    assert row_of(levels, None)["level"] == "Three"
    strict = ladder("share met", organisation="share of units", targets=[Target(81.0)])
    assert row_of(assess({"unit": list("ABCDE"), **answers}, strict).levels(), None)["level"] == "none"


def test_levels_without_a_published_threshold_are_not_judged():
    ladder_of_three = frameworks.esps(phase=None)
    answers = {i.id: ["very"] for i in ladder_of_three.assessable("borough") if i.level != "excelling"}
    row = row_of(assess({"unit": ["A"], **answers}, ladder_of_three).levels(), "A")
    assert (row["level"], row["note"]) == ("Baseline", "Integrating has no published threshold")
    agreed = ladder_of_three.with_percent("integrating", 50).with_percent("excelling", 50)
    row = row_of(assess({"unit": ["A"], **answers}, agreed).levels(), "A")
    assert (row["level"], row["note"]) == ("Integrating", "Excelling was not assessed")


def test_a_first_level_that_is_not_judged_gives_none():
    row = row_of(assess({"unit": ["A"], "1I": ["very"]}, frameworks.esps("integrating")).levels(), "A")
    assert row["level"] is None and row["value"] != row["value"]
    assert (row["verdict"], row["note"]) == ("cannot tell", "Integrating has no published threshold")
    assert Flag.NO_CASES not in row["flag"]


def test_counts_by_unit_have_a_level_too():
    boroughs = assess(data.load("borough_answers"), frameworks.esps()).levels()
    assert set(boroughs["level"]) == {"Baseline"} and len(boroughs) == 33
    halves = np.array([9, 8])
    counts = {"unit": ["A", "B"], "not_at_all": 18 - halves, "not_very": [0, 0], "fairly": halves, "very": [0, 0]}
    assert assess(counts, frameworks.esps()).levels()["level"] == ["none", "Baseline", "none"]


def test_counts_by_unit_cannot_tell_sections_or_phases():
    supplier = frameworks.supplier_questionnaire()
    counts = {"unit": ["A"], "no": [1], "partly": [0], "yes": [14]}
    with pytest.raises(ValueError, match="levels: the rule holds for each section; these are counts by unit"):
        assess(counts, supplier).levels()
    counts = {"unit": ["A"], "not_at_all": [1], "not_very": [0], "fairly": [0], "very": [0]}
    with pytest.raises(ValueError, match=r"do not say which level they are to; .* framework.phase\('baseline'\)"):
        assess(counts, frameworks.esps(phase=None))


def test_the_suppliers_that_pass():
    levels = assess(data.example("supplier_answers"), frameworks.supplier_questionnaire()).levels()
    assert levels["level"].count("Pass") == 31


def of_two_levels(kinds):
    """Two levels of one indicator each."""
    return Framework(
        name="Two",
        answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
        sections={"a": "A"},
        indicators=(Indicator("A", "a", "text", level="one"), Indicator("B", "a", "text", level="two")),
        levels=(Level("one", "One", 100), Level("two", "Two", 100)),
        exempt=kinds,
        kind="unit",
        rule="minimum",
    )


def test_a_level_with_nothing_to_assess_a_unit_on_is_not_failed():
    """Its level cannot be told, nothing is needed for it, and it does not hold the organisation back."""
    found = assess(
        {"unit": ["u", "v"], "A": ["yes", "not applicable"], "B": ["yes", "yes"]}, of_two_levels({"unit": frozenset()})
    )
    row = row_of(found.levels(), "v")
    assert (
        row["value"] != row["value"] and row["verdict"] == "cannot tell" and row["note"] == "nothing to assess at One"
    )
    organisation = row_of(found.levels(), None)
    assert organisation["level"] == "Two"
    assert organisation["note"] == "1 unit with nothing to assess, at some level or at all, left out"
    assert found.next_steps()["next_level"] == [None, None] and found.next_steps()["count"] == [None, None]


def test_a_kind_that_is_exempt_from_a_whole_level_is_refused():
    with pytest.raises(ValueError, match="exempt: 'other' is exempt from every indicator of One"):
        of_two_levels({"unit": frozenset(), "other": frozenset({"A"})})


@pytest.mark.parametrize("rule", ["weakest section", "share met", "minimum"])
def test_a_section_of_indicators_of_one_level_and_of_all_levels_is_one(rule):
    framework = Framework(
        name="Mixed",
        answers=(Answer("no", "No"), Answer("yes", "Yes", met=True)),
        sections={"s": "S"},
        indicators=(Indicator("A", "s", "t", level="L"), Indicator("B", "s", "t"), Indicator("C", "s", "t")),
        levels=(Level("L", "L", 66),),
        rule=rule,
    )
    found = assess({"unit": ["u"], "A": ["yes"], "B": ["yes"], "C": ["no"]}, framework)
    reached = rule != "minimum"
    assert row_of(found.levels(), "u")["verdict"] == ("met" if reached else "not met")
    assert found.next_steps()["indicators"] == [None if reached else "C"]

"""Sentences of funnels and shrunken values: what is said, what is not, and that every number is one of the row."""

import pytest

import dueregard as dr
from dueregard.publish.levels import statements
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.funnel_sentences import funnel_sentence, shrinkage_sentence
from dueregard.publish.units.area_units import areas_word

TABLE = {"borough": ["Ash", "Elm", "Fir", "Oak"], "met": [300, 450, 41, 118], "asked": [500, 500, 50, 200]}


def funnel(**options):
    settings = {"by": "borough", "count": "met", "nobs": "asked", "name": "share satisfied", "period": "2011"}
    return dr.funnel(TABLE, **{**settings, **options})


def shrink(table=None, **options):
    return dr.shrink(table or TABLE, by="borough", count="met", nobs="asked", name="share satisfied", **options)


def said(findings):
    """One sentence for each statement, by area; each is checked for numbers that are not its row's."""
    found = {}
    for row, *further in statements(list(findings.rows())):
        funnels = findings.kind == "funnel"
        text = funnel_sentence(row, findings.by, further) if funnels else shrinkage_sentence(row, findings.by)
        assert unsupported_numbers(text, [row, *further]) == [], text
        found[row[findings.by[0]] or row["row_type"]] = text
    return found


def test_an_area_outside_the_widest_limits():
    text = said(funnel())["Elm"]
    assert text == (
        "In 2011, share satisfied in Elm came to 90%, above the 99.8% control limits for its size, 66% to 79%, around "
        "73% (all areas together). This is more than chance alone would easily explain; it does not say why."
    )


def test_an_area_within_the_limits_is_held_against_the_narrowest():
    text = said(funnel())["Fir"]
    assert text == (
        "In 2011, share satisfied in Fir came to 82%, within the 95% control limits for its size, 60% to 85%, around "
        "73% (all areas together). This is no more than what chance alone would explain."
    )


def test_an_area_outside_the_narrow_limits_only_is_no_finding():
    table = {"borough": ["Ash", "Elm"], "met": [43, 300], "asked": [50, 400]}
    findings = dr.funnel(table, by="borough", count="met", nobs="asked", target=74, name="share satisfied")
    text = said(findings)["Ash"]
    assert "above the 95% control limits" in text
    assert text.endswith("a reason to look, not a finding.")
    once = dr.funnel(
        table, by="borough", count="met", nobs="asked", target=74, name="share satisfied", confidence_level=0.95
    )
    assert "more than chance alone would easily explain" in said(once)["Ash"]  # there are no wider limits to be within


def test_widened_limits_speak_of_what_areas_usually_vary_by():
    found = said(funnel(overdispersion="additive"))
    assert "what areas usually vary by" in found["Fir"] and "chance alone" not in found["Fir"]


def test_all_areas_and_how_much_they_vary():
    found = said(funnel())
    assert found["reference"] == "In 2011, share satisfied in all areas together came to 72.7%."
    assert found["variation"].startswith("In 2011, boroughs vary in share satisfied beyond chance (standard deviation ")
    alike = {"borough": ["Ash", "Elm"], "met": [30, 61], "asked": [50, 100]}
    calm = said(dr.funnel(alike, by="borough", count="met", nobs="asked", name="share satisfied"))
    assert calm["variation"].startswith(
        "There is no clear evidence that boroughs vary in share satisfied beyond chance"
    )
    assert calm["variation"].endswith("do not rank them by it.")
    one = said(dr.funnel({"borough": ["Ash"], "met": [30], "asked": [50]}, by="borough", count="met", nobs="asked"))
    assert one["variation"] == "Whether boroughs vary in met of asked beyond chance cannot be said."


def test_a_target_is_named():
    found = said(funnel(target=80))
    assert (
        found["reference"] == "In 2011, share satisfied in all areas together came to 72.7%, against a target of 80%."
    )
    assert "around 80% (the target)" in found["Ash"]


def test_rates_say_per_how_many_once():
    table = {"force": ["North", "South"], "stops": [300, 90], "people": [60_000, 30_000]}
    found = said(dr.funnel(table, by="force", count="stops", exposure="people"))
    assert found["North"].startswith("Stops per 1,000 people in North came to 5.0, ")
    named = said(dr.funnel(table, by="force", count="stops", exposure="people", name="searches"))
    assert named["North"].startswith("Searches in North came to 5.0 per 1,000, ")


def test_ratios_have_two_decimals():
    table = {"force": ["North", "South"], "seen": [30, 90], "due": [20.0, 95.0]}
    found = said(dr.funnel(table, by="force", count="seen", expected="due", name="complaints over those expected"))
    assert "came to 1.50" in found["North"] and "around 1.00 (as expected)" in found["North"]


def test_few_people_are_not_described_and_nobody_alone():
    table = {"borough": ["Ash", "Elm", "Fir"], "met": [4, 1, 60], "asked": [9, 40, 100]}
    for findings in (dr.funnel(table, by="borough", count="met", nobs="asked"), shrink(table)):
        found = said(findings)
        assert found["Ash"].endswith(": too few people to describe.")
        assert found["Elm"].endswith(": too few people to describe.")


def test_areas_without_cases_or_without_a_name():
    records = {
        "borough": ["Ash"] * 60 + ["Elm"] * 60 + [None] * 20,
        "met": ([True] * 30 + [False] * 30) * 2 + [True] * 12 + [False] * 8,
    }
    found = said(dr.funnel(records, by="borough", outcome="met", positive=True))
    assert found["not stated"] == "Met in borough not stated came to 60%; this is not an area to compare."
    empty = {"borough": ["Ash", "Elm", "Fir"], "met": [30, 0, 60], "asked": [50, 0, 100]}
    found = said(dr.funnel(empty, by="borough", count="met", nobs="asked", name="share satisfied"))
    assert found["Elm"] == "Share satisfied in Elm cannot be given: no cases."


def test_raw_and_shrunken_values_are_both_said():
    text = said(shrink())["Fir"]
    assert text.startswith("Share satisfied in Fir came to 82% (95% interval 69% to 90%). ")
    assert "Looked at together with the other boroughs, 80% (95% interval" in text
    assert text.endswith("is its own value, the rest what is usual.")


def test_areas_that_vary_no_more_than_chance():
    table = {"borough": ["Ash", "Elm", "Fir"], "met": [20, 41, 60], "asked": [100, 200, 300]}
    found = said(shrink(table))
    assert "the best guess for each is 20%" in found["Ash"]
    assert found["variation"].endswith("no more than chance would make them; do not rank them by it.")
    alone = said(shrink({"borough": ["Ash"], "met": [20], "asked": [100]}))
    assert alone["Ash"].endswith("there are too few areas to look at together.")


@pytest.mark.parametrize(
    ("by", "word"),
    [
        (("borough",), "boroughs"),
        (("force", "district"), "areas"),
        (("grade",), "levels of grade"),
        (("city",), "areas"),
    ],
)
def test_what_areas_are_called(by, word):
    assert areas_word(by) == word


def test_an_area_without_any_of_the_second_count_has_no_ratio_in_words():
    areas = {"area": ["A", "B", "C", "D"], "these": [40, 45, 38, 60], "those": [11, 9, 10, 0]}
    (said,) = [
        text for text in dr.funnel(areas, by="area", count="these", against="those").sentences() if " in D " in text
    ]
    assert "in D has no ratio, for the second count is 0, above the 99.8% control limits" in said
    assert "infinite" not in said


def test_a_count_of_none_that_only_its_half_puts_within_the_limits_is_said_so():
    areas = {"area": ["A", "B", "C", "D"], "seen": [0, 40, 20, 33], "due": [1, 40, 20, 30]}
    found = dr.funnel(areas, by="area", count="seen", expected="due", method="log")
    (said,) = [text for text in found.sentences() if " in A " in text]
    assert "came to 0, within the 95% control limits for its size, 0.14 to 7.10" in said
    assert "half that is added to counts" in said

"""Scores held against thresholds, and how many units are at or above them."""

import pytest

from dueregard import data
from dueregard.assessment import assess, frameworks
from dueregard.flags import Flag

ESPS = frameworks.esps()
IDS = [indicator.id for indicator in ESPS.assessable("borough")]


def boroughs():
    return assess(data.load("borough_answers"), ESPS)


def south_east():
    return assess(data.load("south_east_indicators"), ESPS)


def unit(met, answered):
    """One borough that answered the first indicators."""
    answers = ["very"] * met + ["not_very"] * (answered - met)
    return assess({"unit": ["A"] * answered, "indicator": IDS[:answered], "answer": answers}, ESPS)


def test_all_boroughs_meet_the_baseline_also_those_at_exactly_half():
    held = boroughs().thresholds().filter(reference="Baseline")
    assert held["verdict"] == ["met"] * 32
    assert sum(value == 50 for value in held["value"]) == 3
    assert set(held["reference_value"]) == {50.0}


def test_every_threshold_of_the_framework_is_a_row():
    held = boroughs().thresholds().filter(unit="Kensington & Chelsea")
    assert held["reference"] == ["Baseline", "80%", "100%"]
    assert held["verdict"] == ["met", "met", "not met"]


@pytest.mark.parametrize(
    ("met", "answered", "verdict"),
    [
        (9, 18, "met"),
        (8, 18, "not met"),
        (8, 17, "cannot tell"),
        (9, 10, "met"),
        (0, 9, "cannot tell"),
        (0, 10, "not met"),
    ],
)
def test_missing_answers_decide_only_when_the_range_straddles_the_threshold(met, answered, verdict):
    assert unit(met, answered).thresholds(percents=50)["verdict"] == [verdict]
    level = unit(met, answered).levels().filter(unit="A")
    assert level["verdict"] == [verdict]
    assert (level["low"], level["high"]) == ([float(verdict == "met")], [float(verdict != "not met")])


def test_two_south_east_boroughs_do_not_meet_the_organisational_section():
    held = south_east().thresholds(by="section", percents=50)
    short = [(row["unit"], row["section"]) for row in held.rows() if row["verdict"] != "met"]
    assert short == [("Lambeth", "Organisational Processes"), ("Bromley", "Organisational Processes")]


@pytest.mark.parametrize("percents", [101, -1, [50, 200]])
def test_percents_that_are_none_are_refused(percents):
    with pytest.raises(ValueError, match=r"percents: -?\d+\.0 is outside 0 to 100"):
        boroughs().thresholds(percents=percents)


def test_a_level_without_a_threshold_asks_for_one():
    framework = frameworks.esps("integrating")
    result = assess({"unit": ["A"], "1I": [1]}, frameworks.Framework(**{**vars(framework), "thresholds": ()}))
    with pytest.raises(ValueError, match="percents: no threshold was published for the integrating phase; give one"):
        result.thresholds()
    assert result.thresholds(percents=0)["verdict"] == ["met"]


def test_the_performance_indicator_over_all_units():
    table = {row["kind"]: row for row in data.load("performance_indicator").rows()}
    other = table["other unit"]
    rows = list(boroughs().performance(others={"other unit": (other["met"], other["assessed"])}).rows())
    assert [row["kind"] for row in rows] == [None, "borough", "other unit"]
    assert (rows[0]["count"], rows[0]["nobs"], round(rows[0]["value"])) == (71, 73, 97)
    assert rows[0]["value"] == 7100 / 73 == rows[0]["low"] == rows[0]["high"]
    assert (rows[0]["reference_value"], rows[0]["verdict"]) == (80, "target met")
    assert Flag.FULL_COUNT in rows[0]["flag"]
    assert [row["value"] for row in rows[1:]] == [100, 3900 / 41]
    assert next(boroughs().performance(100, others={"other unit": (39, 41)}).rows())["verdict"] == "target not met"


def test_the_performance_indicator_cannot_tell_when_undecided_units_matter():
    records = {"unit": ["A"] * 18 + ["B"] * 17, "indicator": IDS + IDS[:17], "answer": [1] * 18 + [1] * 8 + [0] * 9}
    row = next(assess(records, ESPS).performance().rows())
    assert (row["low"], row["high"], row["outcome_missing"], row["verdict"]) == (50, 100, 1, "cannot tell")
    assert next(assess(records, ESPS).performance(target=50).rows())["verdict"] == "target met"


def test_units_at_other_thresholds_and_by_area():
    at80 = boroughs().performance(percent=80)
    assert at80["count"][0] == sum(value >= 80 for value in boroughs().scores()["value"]) == 16
    by_area = boroughs().performance(percent=80, by="area")
    assert sum(by_area["count"]) == 16 and by_area["nobs"] == [6, 6, 7, 6, 6, 1]


def test_units_without_an_area_are_not_all_units():
    records = {"unit": ["A", "B"], "area": ["North", ""], **{i: [1, 0] for i in IDS}}
    assert assess(records, ESPS).performance(by="area")["area"] == ["North", "not stated"]
    with pytest.raises(ValueError, match="by: 'area' needs a column of areas"):
        south_east().performance(by="area")


def test_units_counted_elsewhere_are_checked():
    with pytest.raises(ValueError, match="others: 'other unit' has 42 of 41"):
        boroughs().performance(others={"other unit": (42, 41)})
    with pytest.raises(ValueError, match="already hold units of kind 'borough'"):
        boroughs().performance(others={"borough": (1, 1)})
    with pytest.raises(ValueError, match="others: units assessed elsewhere are known by kind alone"):
        south_east().performance(by="section", others={"other unit": (1, 1)})
    with pytest.raises(ValueError, match="target: 180"):
        boroughs().performance(target=180)
    with pytest.raises(ValueError, match="by: 'kind' is not None, 'section' or 'area'"):
        boroughs().performance(by="kind")


def test_units_pass_a_questionnaire_by_its_own_rule():
    suppliers = assess(data.example("supplier_answers"), frameworks.supplier_questionnaire())
    row = next(suppliers.performance().rows())
    assert (row["count"], row["nobs"]) == (31, 40)
    assert next(suppliers.performance(percent=60).rows())["count"] == 40


def test_a_target_for_all_units_is_none_for_sections():
    sections = south_east().performance(by="section")
    assert sections["reference"] == [None] * 3 and sections["verdict"] == [None] * 3
    assert south_east().performance(60, by="section")["verdict"] == ["target met", "target met", "target met"]


def test_a_unit_with_nothing_to_assess_is_not_among_them():
    records = {"unit": ["A", "B"], **{i: [1, "not applicable"] for i in IDS}}
    row = next(assess(records, ESPS).performance().rows())
    assert (row["count"], row["nobs"], row["low"], row["high"]) == (1, 1, 100, 100)
    assert next(assess(records, ESPS).performance(percent=80).rows())["nobs"] == 1


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"x": (39.5, 41)}, r"others: 'x' is \(39\.5, 41\), not the number at or above and the number assessed"),
        ({None: (1, 2)}, "others: a kind has a name, not None"),
        ({"x": ("1", "2")}, "others: 'x' is"),
        ({"x": (1,)}, "others: 'x' is"),
        ({"x": 3}, "others: 'x' is 3"),
    ],
)
def test_units_assessed_elsewhere_are_two_whole_numbers(others, words):
    with pytest.raises(ValueError, match=words):
        boroughs().performance(others=others)


def test_sections_are_held_to_the_levels_own_percent_and_not_to_a_lower_threshold():
    low = frameworks.Framework(**{**vars(ESPS.with_percent("baseline", 90)), "thresholds": (10.0,)})
    found = assess(data.load("south_east_indicators"), low)
    assert found.performance(by="section")["threshold"] == [90.0] * 3
    assert found.performance(by="section")["count"] == found.performance(percent=90, by="section")["count"]


def test_a_level_without_a_threshold_has_no_performance():
    found = assess({"unit": ["A"], "1I": [1]}, frameworks.esps("integrating"))
    for by in (None, "section"):
        with pytest.raises(ValueError, match="percent: no threshold was published for the integrating phase; give one"):
            found.performance(by=by)
    assert found.performance(percent=0)["count"][0] == 1

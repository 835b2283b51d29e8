"""Who meets the baseline, what is unmet, and the performance indicator."""

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
    levels = boroughs().levels()
    assert set(levels["verdict"]) == {"meets the baseline"}
    assert sum(value == 50 for value in levels["value"]) == 3
    assert set(levels["reference_value"]) == {50.0}


@pytest.mark.parametrize(
    ("met", "answered", "verdict"),
    [
        (9, 18, "meets the baseline"),
        (8, 18, "does not meet the baseline"),
        (8, 17, "cannot tell"),
        (9, 10, "meets the baseline"),
        (0, 9, "cannot tell"),
        (0, 10, "does not meet the baseline"),
    ],
)
def test_missing_answers_decide_only_when_the_range_straddles_the_baseline(met, answered, verdict):
    assert unit(met, answered).levels()["verdict"] == [verdict]


def test_two_south_east_boroughs_do_not_meet_the_organisational_section():
    levels = south_east().levels(by="section")
    short = [(row["unit"], row["section"]) for row in levels.rows() if row["verdict"] != "meets the baseline"]
    assert short == [("Lambeth", "Organisational Processes"), ("Bromley", "Organisational Processes")]


def test_levels_by_indicator_are_refused():
    with pytest.raises(ValueError, match="by: 'indicator'"):
        south_east().levels(by="indicator")


def test_unmet_indicators_with_their_text():
    unmet = south_east().unmet()
    assert len(unmet) == 6 * 18 - 90
    assert unmet.filter(unit="Southwark")["indicator"] == ["6B", "7B", "13B", "14B"]
    texts = {indicator.id: indicator.text for indicator in ESPS.indicators}
    assert unmet["text"] == [texts[identifier] for identifier in unmet["indicator"]]
    assert set(unmet["answer"]) == {"not met"}


def test_unanswered_indicators_are_unmet_and_flagged():
    unmet = unit(16, 17).unmet()
    assert unmet["indicator"] == [IDS[16], IDS[17]]
    assert unmet["answer"] == ["Not very satisfactory", "not stated"]
    assert unmet.sentences()[1].endswith("not stated.")
    assert [Flag.MISSING_ANSWERS in flag for flag in unmet["flag"]] == [False, True]


def test_unmet_needs_indicators():
    with pytest.raises(ValueError, match="unmet: needs to know which indicator"):
        boroughs().unmet()


def test_the_performance_indicator_over_all_units():
    table = {row["kind"]: row for row in data.load("performance_indicator").rows()}
    other = table["other unit"]
    rows = list(boroughs().indicator(others={"other unit": (other["met"], other["assessed"])}).rows())
    assert [row["kind"] for row in rows] == [None, "borough", "other unit"]
    assert (rows[0]["count"], rows[0]["nobs"], round(rows[0]["value"])) == (71, 73, 97)
    assert rows[0]["value"] == 7100 / 73 == rows[0]["low"] == rows[0]["high"]
    assert (rows[0]["reference_value"], rows[0]["verdict"]) == (80, "target met")
    assert Flag.FULL_COUNT in rows[0]["flag"]
    assert [row["value"] for row in rows[1:]] == [100, 3900 / 41]


def test_the_performance_indicator_says_itself():
    said = boroughs().indicator(others={"other unit": (39, 41)}).sentences()
    assert said[0] == "All units, units meeting the baseline: 97%, against 80% (target): target met."


def test_the_performance_indicator_cannot_tell_when_undecided_units_matter():
    records = {"unit": ["A"] * 18 + ["B"] * 17, "indicator": IDS + IDS[:17], "answer": [1] * 18 + [1] * 8 + [0] * 9}
    row = next(assess(records, ESPS).indicator().rows())
    assert (row["low"], row["high"], row["outcome_missing"], row["verdict"]) == (50, 100, 1, "cannot tell")
    assert next(assess(records, ESPS).indicator(target=50).rows())["verdict"] == "target met"


def test_units_counted_elsewhere_are_checked():
    with pytest.raises(ValueError, match="others: 'other unit' has 42 of 41"):
        boroughs().indicator(others={"other unit": (42, 41)})
    with pytest.raises(ValueError, match="already hold units of kind 'borough'"):
        boroughs().indicator(others={"borough": (1, 1)})
    with pytest.raises(ValueError, match="target: 180"):
        boroughs().indicator(target=180)

"""Published figures that disagree are found by computing, and those that agree are not."""

import numpy as np
import pytest

from dueregard import data
from dueregard.assessment import assess, esps_claims, frameworks
from dueregard.flags import Flag

ESPS = frameworks.esps()


def boroughs():
    return assess(data.load("borough_answers"), ESPS)


def south_east():
    return assess(data.load("south_east_indicators"), ESPS)


def changed(name, column, row, value):
    table = {key: np.array(array, copy=True) for key, array in data.load(name).items()}
    table[column][row] = value
    return table


def test_disagreements_about_all_boroughs():
    found = boroughs().disagreements(esps_claims())
    assert [(row["measure"], row["line"]) for row in found.rows()] == [
        ("answers in the row", 232),
        ("average", 181),
        ("units meeting the baseline", 90),
        ("indicators of a section", 252),
    ]
    assert all(row["verdict"] == "disagrees" and Flag.INCONSISTENT_SOURCE in row["flag"] for row in found.rows())


def test_each_disagreement_holds_both_figures():
    rows = {row["measure"]: row for row in boroughs().disagreements(esps_claims()).rows()}
    in_row = rows["answers in the row"]
    assert (in_row["unit"], in_row["reference_value"], in_row["value"]) == ("Kensington & Chelsea", 17, 18)
    average = rows["average"]
    assert average["reference_value"] == 88 and average["value"] == pytest.approx(44900 / 576)
    assert "449 of 576" in average["note"]
    section = rows["units meeting the baseline"]
    assert (section["reference_value"], section["value"]) == (67, 68.75)
    assert rows["indicators of a section"]["note"].endswith(
        "18B, 19B, 21B published; names 21B, which does not belong; leaves out 22B"
    )


def test_disagreements_about_the_south_east():
    found = list(south_east().disagreements(esps_claims("South East Area")).rows())
    assert [(row["measure"], row["unit"], row["line"]) for row in found] == [("indicators not met", "Southwark", 176)]
    assert found[0]["note"] == "Southwark, Operational Delivery: 6B published; leaves out 7B"


def test_disagreements_say_themselves():
    found = south_east().disagreements(esps_claims("South East Area"))
    assert found.sentences() == ["Southwark, Operational Delivery: 6B published; leaves out 7B."]
    assert "(%)" not in repr(boroughs().disagreements(esps_claims()))


def test_every_comparison_can_be_seen():
    seen = south_east().comparisons(esps_claims("South East Area"))
    assert len(seen) == 6 * 3 + 6 * 3 + 6
    assert seen["verdict"].count("agrees") == len(seen) - 1
    assert len(boroughs().comparisons(esps_claims())) == 32 * 2 + 1 + 3 + 6


@pytest.mark.parametrize(
    ("kind", "table", "measure"),
    [
        ("scores", changed("south_east_scores", "stated_percent", 0, 79), "score"),
        ("scores", changed("south_east_scores", "satisfactory", 0, 13), "indicators satisfactory"),
        ("scores", changed("south_east_scores", "not_satisfactory", 0, 5), "indicators not satisfactory"),
        ("section_scores", changed("south_east_sections", "people_and_culture", 1, 51), "section score"),
    ],
)
def test_a_changed_figure_is_found(kind, table, measure):
    assert south_east().disagreements({kind: table})["measure"] == [measure]


def test_an_average_that_is_right_agrees():
    assert len(boroughs().disagreements({"average": {"stated_percent": [78]}})) == 0


def test_claims_are_refused_by_name():
    with pytest.raises(ValueError, match="claims: no kind 'score'; the kinds are scores"):
        boroughs().disagreements({"score": {}})
    with pytest.raises(ValueError, match="'Surrey' is not among the units"):
        boroughs().disagreements({"scores": {"unit": ["Surrey"], "stated_percent": [1]}})
    with pytest.raises(ValueError, match="'x' is not a section"):
        boroughs().disagreements({"section_results": {"section": ["x"]}})
    with pytest.raises(ValueError, match="no column 'unit' or 'borough'"):
        boroughs().disagreements({"scores": {"place": ["Sutton"]}})
    with pytest.raises(ValueError, match="neither None nor 'South East Area'"):
        esps_claims("North Area")

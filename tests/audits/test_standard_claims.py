"""Published figures that disagree with the answers are found by computing, and those that agree are not."""

import pytest

import dueregard as dr
from dueregard.flags import Flag


@pytest.fixture(scope="module")
def boroughs():
    return dr.assess(dr.data.load("borough_answers"), dr.frameworks.esps())


@pytest.fixture(scope="module")
def south_east():
    return dr.assess(dr.data.load("south_east_indicators"), dr.frameworks.esps())


def inconsistent(claims, assessment):
    return dr.audit(claims, against=assessment).filter(verdict="inconsistent")


def test_disagreements_about_all_boroughs(boroughs):
    found = inconsistent(dr.data.esps_claims(), boroughs)
    assert [(row["measure"], row["document"], row["line"]) for row in found.rows()] == [
        ("answers in the row", "esps-review-2011", 232),
        ("average", "esps-review-2011", 181),
        ("percentage", "esps-review-2011", 90),
        ("indicators of a section", "esps-review-2011", 252),
    ]
    assert all(Flag.INCONSISTENT_SOURCE in row["flag"] for row in found.rows())


def test_each_disagreement_holds_both_figures(boroughs):
    rows = {row["measure"]: row for row in inconsistent(dr.data.esps_claims(), boroughs).rows()}
    in_row = rows["answers in the row"]
    assert (in_row["group"], in_row["reference_value"], in_row["value"]) == ("Kensington & Chelsea", 17, 18)
    assert in_row["note"].endswith("15 of 18 is 83%, 15 of 17 is 88%")
    average = rows["average"]
    assert average["reference_value"] == 88 and average["value"] == pytest.approx(44900 / 576)
    assert "449 of 576" in average["note"]
    section = rows["percentage"]
    assert (section["group"], section["reference_value"], section["value"]) == ("Organisational processes", 67, 68.75)
    assert rows["indicators of a section"]["note"] == (
        "Organisational Processes of a borough: 18B, 19B, 21B published; names 21B, which does not belong; "
        "leaves out 22B"
    )


def test_disagreements_about_the_south_east(south_east):
    (row,) = inconsistent(dr.data.esps_claims("South East Area"), south_east).rows()
    assert (row["measure"], row["group"], row["line"]) == ("indicators not met", "Southwark, Operational Delivery", 176)
    assert row["note"] == "Southwark, Operational Delivery: 6B published; leaves out 7B"


def test_disagreements_say_themselves(boroughs, south_east):
    found = inconsistent(dr.data.esps_claims("South East Area"), south_east)
    assert found.sentences() == [
        "esps-review-2011:176: Southwark, Operational Delivery: 6B published; leaves out 7B (inconsistent)."
    ]
    assert max(map(len, repr(inconsistent(dr.data.esps_claims(), boroughs)).splitlines())) <= 80


def test_every_comparison_can_be_seen(boroughs, south_east):
    seen = dr.audit(dr.data.esps_claims("South East Area"), against=south_east)
    assert len(seen) == 6 * 3 + 6 * 3 + 6
    assert seen["verdict"].count("consistent") == len(seen) - 1
    assert len(dr.audit(dr.data.esps_claims(), against=boroughs)) == 32 * 2 + 1 + 3 + 6


@pytest.mark.parametrize(
    ("claim", "right", "wrong", "measure"),
    [
        ({"claim": "score"}, {"percent": "78%"}, {"percent": "79%"}, "score"),
        ({"claim": "indicators met"}, {"number": 14}, {"number": 13}, "indicators satisfactory"),
        ({"claim": "indicators not met"}, {"number": 4}, {"number": 5}, "indicators not satisfactory"),
        ({"claim": "score", "section": "people_and_culture"}, {"percent": 100}, {"percent": 99}, "section score"),
        ({"claim": "unmet"}, {"named": "6B;8B;18B;19B"}, {"named": "6B;8B"}, "indicators not met"),
        ({"claim": "score", "section": "People and Culture"}, {"percent": 100}, {"percent": 99}, "section score"),
    ],
)
def test_a_changed_figure_is_found(south_east, claim, right, wrong, measure):
    for terms, verdict in ((right, "consistent"), (wrong, "inconsistent")):
        table = {name: [value] for name, value in {**claim, "unit": "Lambeth", **terms}.items()}
        found = dr.audit(table, against=south_east)
        assert (found["measure"], found["verdict"]) == ([measure], [verdict])


@pytest.mark.parametrize("percent", ["78%", "81%"])  # the mean, and the median of 80.56
def test_an_average_that_is_right_agrees(boroughs, percent):
    assert dr.audit({"claim": ["average score"], "percent": [percent]}, against=boroughs)["verdict"] == ["consistent"]


def test_without_an_assessment_it_cannot_be_told():
    found = dr.audit(dr.data.esps_claims())
    assert found["verdict"].count("cannot tell") == len(found) - 3
    assert "needs the source to be held against (an assessment)" in found["note"][0]


def test_provenance_travels(boroughs):
    assert dr.audit(dr.data.esps_claims(), against=boroughs).provenance == dr.data.load("documents").provenance


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"claim": "scores"}, r"row 0: claim: no kind 'scores' \(did you mean 'score'\?\)"),
        ({"claim": "score", "unit": "Surrey", "percent": 1}, "row 0: unit: 'Surrey' is not among the units"),
        (
            {"claim": "score", "unit": "Lambeth", "section": "x", "percent": 1},
            "section: 'x' is not a section of the framework",
        ),
        ({"claim": "score", "percent": 1}, "row 0: a claim of 'score' needs 'unit', which is blank"),
    ],
)
def test_claims_are_refused_by_name(south_east, claim, message):
    with pytest.raises(ValueError, match=message):
        dr.audit({name: [value] for name, value in claim.items()}, against=south_east)


def test_an_assessment_is_not_a_table_and_a_table_is_none(south_east):
    with pytest.raises(ValueError, match="a claim of 'score' is held against an assessment, not a table"):
        dr.audit({"claim": ["score"], "unit": ["Lambeth"], "percent": [1]}, against={"A": 1, "B": 2})
    with pytest.raises(ValueError, match="a share is held against a table of groups and counts, not an assessment"):
        dr.audit({"claim": ["share"], "group": ["A"], "of": ["B"], "percent": [1]}, against=south_east)


def test_the_report_has_no_other_area():
    with pytest.raises(ValueError, match="neither None nor 'South East Area'"):
        dr.data.esps_claims("North Area")

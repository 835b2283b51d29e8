"""dr.representation: shares of staff over shares of people by hand, matched places, grades in the whole, refusals."""

import math
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard import Flag
from dueregard.measures.populations.populations import Population
from dueregard.measures.workforce.serving import AGES_NOT_STATED, ALL_AGES

Z = 1.959963984540054
CENSUS = Path(__file__).parents[2].parent / "shared" / "real" / "census-2011-london-population-by-ethnic-group.csv"
STAFF = {
    "ethnicity": ["Asian"] * 12 + ["White"] * 88 + [None] * 5 + ["Asian"] * 3 + ["Black"] * 7 + ["White"] * 40,
    "borough": ["Bexley"] * 105 + ["Camden"] * 50,
    "grade": (["Constable"] * 4 + ["Sergeant"]) * 31,
}
GROUPS = ["Asian", "Black", "White"]
PEOPLE = dr.Tally(
    np.array([[400, 100, 500], [300, 300, 1_400]]), {"borough": ["Bexley", "Camden"], "ethnicity": GROUPS}
)
POPULATION = Population(PEOPLE, "ethnicity", ("borough",), date="2011-03-27", ages="all ages", source="census.csv")


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def wilson(count, nobs):
    root = Z * math.sqrt(Z**2 + 4 * count * (1 - count / nobs))
    return tuple((2 * count + Z**2 + sign * root) / (2 * (nobs + Z**2)) for sign in (-1, 1))


def test_shares_ratio_and_points_by_hand():
    """15 of the 150 who state a group are Asian, 700 of 3,000 people: 10% against 23.33%."""
    found = row(dr.representation(STAFF, POPULATION, group="ethnicity"), group="Asian")
    assert (found["count"], found["nobs"], found["outcome_missing"]) == (15, 150, 5)
    assert (found["reference_count"], found["reference_nobs"]) == (700, 3_000)
    assert (found["value"], found["reference_value"]) == pytest.approx((10, 100 * 7 / 30))
    low, high = wilson(15, 150)
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx((3 / 7, low * 30 / 7, high * 30 / 7))
    points = (found["difference"], found["difference_low"], found["difference_high"])
    assert points == pytest.approx((10 - 70 / 3, 100 * low - 70 / 3, 100 * high - 70 / 3))
    assert found["declaration_rate"] == pytest.approx(100 * 150 / 155)
    assert (found["reference"], found["unit_of_measure"], found["measure"]) == ("population", "ratio", "share of staff")
    assert found["method"] == "Wilson score; Holm over 3 comparisons"
    alone = dr.compare_share(15, 150, 7 / 30)
    assert found["pvalue"] == pytest.approx(alone.pvalue, rel=1e-12)


def test_what_the_population_is_stands_in_the_row_and_in_the_notes():
    findings = dr.representation(STAFF, POPULATION, group="ethnicity")
    found = next(findings.rows())
    assert (found["population"], found["population_date"], found["population_ages"]) == (
        "census.csv", "2011-03-27", "all ages",
    )  # fmt: skip
    assert findings.notes == ("5 of 155 staff did not state their group, and are outside all shares.", ALL_AGES)
    of_age = Population(PEOPLE, "ethnicity", ("borough",), date="2011", ages="16 to 64", notes=("12 set aside.",))
    assert dr.representation(STAFF, of_age, group="ethnicity").notes[1:] == ("12 set aside.",)
    bare = dr.representation(STAFF, PEOPLE, group="ethnicity")
    assert (bare.notes[1], bare["population_date"][0]) == (AGES_NOT_STATED, None)


def test_points_as_the_measure_are_those_beside_the_ratio():
    ratio = dr.representation(STAFF, POPULATION, group="ethnicity", by="borough")
    points = dr.representation(STAFF, POPULATION, group="ethnicity", by="borough", measure="difference")
    assert points["estimate"] == pytest.approx(ratio["difference"], nan_ok=True)
    assert points["low"] == pytest.approx(ratio["difference_low"], nan_ok=True)
    assert points["high"] == pytest.approx(ratio["difference_high"], nan_ok=True)
    assert points["pvalue"] == pytest.approx(ratio["pvalue"], nan_ok=True)
    assert set(points["unit_of_measure"]) == {"percentage points"}


def test_a_column_of_both_is_matched_and_another_is_held_against_all():
    by_borough = dr.representation(STAFF, POPULATION, group="ethnicity", by="borough")
    assert by_borough["borough"] == [None] * 4 + ["Bexley"] * 4 + ["Camden"] * 4
    found = row(by_borough, borough="Bexley", group="Asian")
    assert (found["value"], found["reference_value"]) == (12, 40)
    by_grade = dr.representation(STAFF, POPULATION, group="ethnicity", by="grade")
    sergeants = row(by_grade, grade="Sergeant", group="White")
    assert sergeants["reference_value"] == pytest.approx(100 * 1_900 / 3_000)
    assert sergeants["reference_nobs"] == 3_000
    both = dr.representation(STAFF, POPULATION, group="ethnicity", by=["grade", "borough"])
    crossed = row(both, grade="Sergeant", borough="Bexley", group="White")
    assert (crossed["reference_value"], crossed["reference_nobs"]) == (50, 1_000)
    rows = zip(STAFF["grade"], STAFF["borough"], STAFF["ethnicity"], strict=True)
    assert crossed["count"] == list(rows).count(("Sergeant", "Bexley", "White"))


def test_shares_of_staff_and_of_people_add_up():
    findings = dr.representation(STAFF, POPULATION, group="ethnicity", by="borough")
    for borough in (None, "Bexley", "Camden"):
        rows = list(findings.filter(borough=borough, group=GROUPS).rows())
        for name in ("value", "reference_value"):
            assert sum(each[name] for each in rows) == pytest.approx(100)


def test_people_who_state_no_group_are_rows_and_outside_the_shares():
    found = row(dr.representation(STAFF, POPULATION, group="ethnicity"), group="not stated")
    assert found["count"] == 5
    assert math.isnan(found["value"]) and math.isnan(found["estimate"]) and math.isnan(found["low"])
    assert found["reference_count"] is None and Flag.MISSING_GROUP in found["flag"]
    people = dr.Tally(np.array([700, 400, 1_900, 250]), {"ethnicity": [*GROUPS, "not stated"]})
    same = row(dr.representation(STAFF, people, group="ethnicity"), group="Asian")
    assert same["reference_nobs"] == 3_000


def test_a_group_without_staff_keeps_its_row():
    staff = {"ethnicity": ["Asian"] * 12 + ["White"] * 88}
    found = row(dr.representation(staff, POPULATION, group="ethnicity", no_staff="Black"), group="Black")
    assert (found["count"], found["estimate"], found["low"]) == (0, 0, 0)
    assert found["high"] == pytest.approx(wilson(0, 100)[1] / (400 / 3_000))
    assert Flag.EMPTY_GROUP in found["flag"] and found["verdict"] == "lower"


def test_a_group_that_nobody_in_the_population_belongs_to():
    people = dr.Tally(np.array([0, 400, 1_900]), {"ethnicity": GROUPS})
    found = row(dr.representation(STAFF, people, group="ethnicity"), group="Asian")
    assert math.isnan(found["estimate"]) and math.isnan(found["pvalue"]) and found["verdict"] is None
    assert Flag.NO_POPULATION in found["flag"] and found["count"] == 15
    empty = dr.Tally(np.array([0, 0, 0]), {"ethnicity": GROUPS})
    assert all(math.isnan(value) for value in dr.representation(STAFF, empty, group="ethnicity")["reference_value"])


def test_no_staff_at_all():
    staff = dr.Tally(np.array([[3, 0, 4], [0, 0, 0]]), {"unit": ["a", "b"], "ethnicity": GROUPS})
    found = row(dr.representation(staff, POPULATION, group="ethnicity", by="unit"), unit="b", group="Asian")
    assert math.isnan(found["value"]) and math.isnan(found["high"]) and Flag.NO_CASES in found["flag"]
    assert math.isnan(found["declaration_rate"])


def test_areas_of_the_population_without_staff_are_left_out_of_its_total():
    staff = {"ethnicity": GROUPS * 20, "borough": ["Camden"] * 60}
    findings = dr.representation(staff, POPULATION, group="ethnicity", by="borough")
    total = row(findings, borough=None, group="Asian")
    assert (total["reference_count"], total["reference_nobs"]) == (300, 2_000)
    assert Flag.AREAS_LEFT_OUT in total["flag"]
    without_by = row(dr.representation(staff, POPULATION, group="ethnicity"), group="Asian")
    assert without_by["reference_nobs"] == 3_000 and Flag.AREAS_LEFT_OUT not in without_by["flag"]


def test_staff_whose_area_is_not_known_have_no_population():
    staff = {"ethnicity": GROUPS * 20, "borough": ["Camden"] * 30 + ["Bexley"] * 27 + [None] * 3}
    found = row(
        dr.representation(staff, POPULATION, group="ethnicity", by="borough"), borough="not stated", group="Asian"
    )
    assert found["value"] == pytest.approx(100 / 3)
    assert math.isnan(found["reference_value"]) and found["reference_count"] is None
    assert Flag.NO_POPULATION in found["flag"]


def test_grades_against_the_whole_workforce_by_hand():
    """A share of a grade r times that of the other grades is r / (w r + 1 - w) times the whole's."""
    findings = dr.representation(STAFF, dr.OVERALL, group="ethnicity", by="borough")
    found = row(findings, borough="Camden", group="Asian")
    rest = dr.compare_proportions(3, 50, 12, 100, measure="ratio")
    part = 50 / 150
    ends = [r / (part * r + 1 - part) for r in (rest.estimate, rest.low, rest.high)]
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx(tuple(ends))
    assert found["estimate"] == pytest.approx((3 / 50) / (15 / 150))
    assert found["pvalue"] == pytest.approx(rest.pvalue)
    assert (found["reference_count"], found["reference_nobs"], found["reference"]) == (15, 150, "whole workforce")
    points = dr.compare_proportions(3, 50, 12, 100)
    assert found["difference_low"] == pytest.approx(100 * (1 - part) * points.low)
    whole = row(findings, borough=None, group="Asian")
    assert whole["row_type"] == "reference" and math.isnan(whole["estimate"])


def test_an_estimated_population_by_standard_error_and_by_range():
    se = np.array([[30.0, 20.0, 40.0], [40.0, 10.0, 50.0]])
    with_se = Population(PEOPLE, "ethnicity", ("borough",), date="2011", se=se)
    bexley = row(dr.representation(STAFF, with_se, group="ethnicity", by="borough"), borough="Bexley", group="Asian")
    alone = dr.compare_share(12, 100, 0.4, population_se=0.03)
    assert (bexley["low"], bexley["high"], bexley["pvalue"]) == pytest.approx((alone.low, alone.high, alone.pvalue))
    assert Flag.ESTIMATED_POPULATION in bexley["flag"] and bexley["method"].startswith("MOVER")
    total = row(dr.representation(STAFF, with_se, group="ethnicity"), group="Asian")
    alone = dr.compare_share(15, 150, 7 / 30, population_se=50 / 3_000)  # the root of 30^2 + 40^2, over all people
    assert (total["low"], total["high"]) == pytest.approx((alone.low, alone.high))
    counts = PEOPLE.counts
    ranged = Population(PEOPLE, "ethnicity", ("borough",), date="2011", low=counts - Z * se, high=counts + Z * se)
    again = row(dr.representation(STAFF, ranged, group="ethnicity"), group="Asian")
    assert (again["low"], again["high"]) == pytest.approx((total["low"], total["high"]))


def test_labels_of_staff_are_put_into_the_groups_of_the_population():
    codes = {"ethnicity": ["Indian"] * 5 + ["Pakistani"] * 7 + ["British"] * 88}
    people = dr.Tally(np.array([400, 600]), {"ethnicity": ["Asian", "White"]})
    own = {"Indian": "Asian", "Pakistani": "Asian", "British": "White"}
    found = row(dr.representation(codes, people, group="ethnicity", mapping=own), group="Asian")
    assert (found["count"], found["estimate"], found["mapping"]) == (12, pytest.approx(0.3), "staff: own mapping")


def test_other_groups_are_refused_naming_both_sides_and_what_would_fit():
    codes = {"ethnicity": ["W1"] * 9 + ["B2"] * 3 + [None]}
    people = dr.Tally(np.array([1, 2, 3, 4, 5]), {"ethnicity": ["Asian", "Black", "Mixed", "White", "Other"]})
    with pytest.raises(ValueError, match="group: staff have 'B2', the population has no such group") as error:
        dr.representation(codes, people, group="ethnicity")
    message = str(error.value)
    assert "Staff: 'B2', 'W1'; the population: 'Asian', 'Black', 'Mixed', 'White', 'Other'." in message
    assert "'16+1 to 5+1 (2011)'" in message
    found = dr.representation(codes, people, group="ethnicity", mapping="16+1 to 5+1 (2011)")
    assert dict(zip(found["group"], found["count"], strict=True)) == {
        "Asian": 0, "Black": 3, "Mixed": 0, "White": 9, "Other": 0, "not stated": 1,
    }  # fmt: skip
    assert set(found["mapping"]) == {"staff: 16+1 to 5+1 (2011)"}


def test_groups_of_one_name_that_hold_other_people_are_refused():
    codes = {"ethnicity": ["W1"] * 9 + ["B2"] * 3}
    people = dr.population(
        {"group": ["A1", "B2", "M1", "W1", "O1"], "people": [4, 3, 2, 9, 1]},
        group="group", count="people", date="2001", mapping="16+1 to 5+1 (2001)",
    )  # fmt: skip
    with pytest.raises(ValueError, match=r"mapping: staff are put into the groups of '5\+1 \(2011\)', the"):
        dr.representation(codes, people, group="ethnicity", mapping="16+1 to 5+1 (2011)")
    found = dr.representation(codes, people, group="ethnicity", mapping="16+1 to 5+1 (2001)")
    assert found["mapping"][0] == "staff: 16+1 to 5+1 (2001); population: 16+1 to 5+1 (2001)"


def test_a_population_read_with_a_range_of_another_level():
    table = {"ethnicity": GROUPS, "people": [700, 400, 1_900], "from": [640, 360, 1_800], "to": [800, 450, 2_000]}
    people = dr.population(
        table, group="ethnicity", count="people", date="2011", low="from", high="to", confidence_level=0.9
    )
    found = row(dr.representation(STAFF, people, group="ethnicity"), group="Asian")
    alone = dr.compare_share(
        15, 150, 7 / 30, population_low=640 / 3_000, population_high=800 / 3_000, population_level=0.9
    )
    assert (found["low"], found["high"]) == pytest.approx((alone.low, alone.high))
    assert Flag.ESTIMATED_POPULATION in found["flag"]


def test_verdicts_thresholds_and_families():
    findings = dr.representation(STAFF, POPULATION, group="ethnicity", threshold="four-fifths")
    assert findings["practical_threshold"][0] == "four-fifths"
    assert findings["practical_verdict"] == ["below four fifths", "below four fifths", "not below four fifths", None]
    pvalues = [p for p in findings["pvalue"] if p == p]
    assert findings["adjusted_pvalue"][:3] == pytest.approx(dr.adjust_pvalues(pvalues).tolist())
    both = dr.representation(STAFF, POPULATION, group="ethnicity", threshold="0.8-1.25")
    assert both["practical_verdict"][:3] == ["below 0.8", "below 0.8", "above 1.25"]
    assert both.threshold == 1.25


def test_larger_numbers_of_staff_would_tell():
    staff = {"ethnicity": ["Asian"] * 9 + ["Black"] * 6 + ["White"] * 25}
    people = dr.Tally(np.array([20, 20, 60]), {"ethnicity": GROUPS})
    found = dr.representation(staff, people, group="ethnicity", adjust="none")["verdict"][1]
    multiple = float(found.split(": ")[1].split(" times")[0])
    tells = dr.compare_share(round(600 * multiple), round(4_000 * multiple), 0.2)  # the same share, far larger
    assert tells.pvalue < 0.05
    for times, clear in ((multiple, True), (multiple - 0.1, False)):
        z = (0.15 - 0.2) / math.sqrt(0.2 * 0.8 / (40 * times))
        low, high = (each / 0.2 for each in wilson(6 * times, 40 * times))
        assert (abs(z) > Z or (low > 0.8 and high < 1.25)) == clear


def test_a_full_count_and_several_levels():
    full = dr.representation(STAFF, POPULATION, group="ethnicity", inference="none")
    assert full["estimate"][0] == pytest.approx(3 / 7)
    assert math.isnan(full["low"][0]) and "difference_low" not in full.columns
    assert full["method"][0] == "full count" and Flag.FULL_COUNT in full["flag"][0]
    several = dr.representation(STAFF, POPULATION, group="ethnicity", confidence_level=(0.95, 0.998))
    assert several["confidence_level"][:2] == [0.95, 0.998]
    assert several["low"][1] < several["low"][0] and several["difference_low"][1] < several["difference_low"][0]


def test_full_time_equivalents_are_weights():
    staff = STAFF | {"fte": [0.5] * 12 + [1.0] * 143}
    found = row(dr.representation(staff, POPULATION, group="ethnicity", weight="fte"), group="Asian")
    assert found["value"] == pytest.approx(100 * 9 / 144)
    assert found["count"] == 15
    assert found["effective_nobs"] == pytest.approx(144**2 / (12 * 0.25 + 138))
    assert Flag.EFFECTIVE_SIZE in found["flag"]


def test_exact_limits():
    found = row(dr.representation(STAFF, POPULATION, group="ethnicity", method="exact"), group="Asian")
    alone = dr.compare_share(15, 150, 7 / 30, method="exact")
    assert (found["low"], found["pvalue"]) == pytest.approx((alone.low, alone.pvalue))
    assert found["method"].startswith("Clopper-Pearson exact")


def test_the_examples_fit_each_other():
    table = dr.data.example("population")
    chosen = table["characteristic"] == "ethnic group"
    people = dr.Tally(table["population"][chosen], {"population_group": table["group"][chosen].tolist()})
    findings = dr.representation(dr.data.example("workforce"), people, group="population_group", by="role")
    asian = row(findings, role=None, group="Asian")
    assert (asian["count"], asian["reference_value"]) == (3_327, pytest.approx(21))
    assert findings.provenance.startswith("Synthetic")


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"population": {"Asian": 4}}, TypeError, "population must be made with dr.population, or a Tally"),
        ({"population": dr.OVERALL}, ValueError, "population: with dr.OVERALL name by="),
        (
            {"population": dr.OVERALL, "by": "grade", "method": "exact"},
            ValueError,
            "method: 'exact' is for a population",
        ),
        ({"population": PEOPLE.margin("borough")}, ValueError, "population: no dimension 'ethnicity'"),
        ({"no_staff": "Asain"}, ValueError, r"no_staff: 'Asain' is not a group of the .* 'Asian'"),
        ({"group": "ethnicty"}, ValueError, "ethnicty"),
        ({"by": "ethnicity"}, ValueError, "by: 'ethnicity' is already given as group"),
        ({"measure": "odds-ratio"}, ValueError, "measure: 'odds-ratio' is not one of 'ratio', 'difference'"),
        ({"method": "wilson"}, ValueError, "method: 'wilson' is not one of"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"inference": "some"}, ValueError, "inference: 'some' is not one of"),
        ({"threshold": "five-fifths"}, ValueError, "threshold: 'five-fifths' is neither a number nor one of"),
        ({"threshold": 1}, ValueError, "threshold: a ratio of 1 is no difference"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"higher_is_better": "yes"}, TypeError, "higher_is_better: 'yes' is neither True nor False"),
        ({"mapping": "16+1 to 5+2"}, ValueError, "16\\+1 to 5\\+2"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_by_name(changes, error, message):
    asked = {"population": POPULATION, "group": "ethnicity"} | changes
    with pytest.raises(error, match=message):
        dr.representation(STAFF, asked.pop("population"), **asked)


def test_groups_and_places_on_one_side_only_are_refused():
    one_group = {"ethnicity": ["Asian", "White"], "borough": ["Bexley"] * 2}
    with pytest.raises(ValueError, match="group: the population has 'Black', and no member of staff does"):
        dr.representation(one_group, POPULATION, group="ethnicity")
    elsewhere = {"ethnicity": GROUPS, "borough": ["Bexley", "Camdem", "Bexley"]}
    with pytest.raises(ValueError, match=r"by: staff have borough 'Camdem', .* \(did you mean 'Camden'\?\)"):
        dr.representation(elsewhere, POPULATION, group="ethnicity", by="borough")
    weighted = STAFF | {"fte": [1.0] * 155}
    with pytest.raises(ValueError, match="method: 'exact' needs whole counts"):
        dr.representation(weighted, POPULATION, group="ethnicity", weight="fte", method="exact")
    estimated = Population(PEOPLE, "ethnicity", ("borough",), date="2011", se=np.full((2, 3), 9.0))
    with pytest.raises(ValueError, match="method: 'mid-p' is for a population that is known"):
        dr.representation(STAFF, estimated, group="ethnicity", method="mid-p")


@pytest.mark.skipif(not CENSUS.exists(), reason="the published file is not here")
def test_staff_in_codes_against_the_published_census():
    """Chinese stand in Asian on both sides, and the totals of the table are no groups."""
    people = dr.population(
        str(CENSUS), group="ethnic_group", count="population", date="2011-03-27", ages="all ages",
        mapping="census 2011 to 5+1 (2011)",
    )  # fmt: skip
    codes = {"sde": ["W1"] * 820 + ["A1"] * 50 + ["O1"] * 10 + ["B2"] * 70 + ["M1"] * 30 + ["O9"] * 20 + ["NS"] * 15}
    found = dr.representation(codes, people, group="sde", mapping="16+1 to 5+1 (2011)")
    asian = row(found, group="Asian")
    assert (asian["count"], asian["nobs"]) == (60, 1_000)
    assert (asian["reference_count"], asian["reference_nobs"]) == (1_511_546, 8_173_941)
    assert asian["estimate"] == pytest.approx(0.06 / (1_511_546 / 8_173_941))
    assert asian["mapping"] == "staff: 16+1 to 5+1 (2011); population: census 2011 to 5+1 (2011)"
    assert row(found, group="White")["reference_value"] == pytest.approx(100 * 4_887_435 / 8_173_941)

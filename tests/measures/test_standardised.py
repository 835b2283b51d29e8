"""dr.standardise: crude and standardised ratios by hand and from the arrays, standards, what is left out or refused."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

import dueregard as dr
from dueregard.flags import Flag

REAL = Path(__file__).parents[2].parent / "shared" / "real"
FORCES = REAL / "census-2011-police-force-population-by-ethnic-group.csv"
USE_OF_FORCE = REAL / "use-of-force-2019-20-by-force-and-ethnic-group.csv"

BOROUGHS, GROUPS = ["North", "South", "East"], ["Asian", "Black", "White"]
PEOPLE = np.array([[400, 9_000, 1_000], [3_000, 5_000, 15_000], [2_000, 700, 8_000]])
STOPS = np.array([[9, 180, 10], [12, 21, 30], [30, 12, 90]])
ASK = {"group": "ethnicity", "by": "borough", "reference": "White", "period": "2016-06"}
CRUDE = "events per 1,000 residents in 1 month"
METHODS = {"mantel-haenszel": "Mantel-Haenszel", "direct": "direct", "indirect": "indirect"}


def census(people=PEOPLE, **options):
    table = {
        "borough": np.repeat(BOROUGHS, len(GROUPS)).tolist(),
        "ethnicity": GROUPS * len(BOROUGHS),
        "people": np.asarray(people).ravel().tolist(),
    }
    if "se" in options:
        table["se"] = options["se"]
        options["se"] = "se"
    return dr.population(table, group="ethnicity", count="people", date="2011", by="borough", **options)


def events(stops=STOPS, boroughs=BOROUGHS, groups=GROUPS):
    return dr.Tally(np.asarray(stops), {"borough": list(boroughs), "ethnicity": list(groups)})


def row(findings, method=None, **equal):
    measure = CRUDE if method is None else f"{CRUDE}, standardised by borough ({METHODS[method]})"
    (found,) = findings.filter(measure=measure, **equal).rows()
    return found


def three(found):
    return [found[name] for name in ("estimate", "low", "high")]


def test_crude_rows_are_those_of_proportionality():
    found = dr.standardise(events(), census(), **ASK)
    alone = dr.proportionality(events(), census(), **{key: value for key, value in ASK.items() if key != "by"})
    for mine, theirs in zip(found.filter(measure=CRUDE).rows(), alone.rows(), strict=True):
        assert repr({name: mine[name] for name in theirs}) == repr(theirs)


@pytest.mark.parametrize("group", ["Asian", "Black"])
def test_within_boroughs_is_the_stratified_comparison(group):
    i = GROUPS.index(group)
    counts = STOPS[:, i], PEOPLE[:, i], STOPS[:, 2], PEOPLE[:, 2]
    expected = dr.compare_stratified_rates(*counts)
    difference = dr.compare_stratified_rates(*counts, measure="difference")
    found = row(dr.standardise(events(), census(), **ASK), "mantel-haenszel", group=group)
    assert three(found) == pytest.approx(expected[:3], rel=1e-12)
    assert found["pvalue"] == pytest.approx(expected.pvalue, rel=1e-9)
    limits = [1000 * value for value in difference[:3]]
    assert [found[name] for name in ("difference", "difference_low", "difference_high")] == pytest.approx(limits)
    names = ("homogeneity_statistic", "homogeneity_df", "homogeneity_pvalue")
    assert [found[name] for name in names] == pytest.approx(list(expected.homogeneity), rel=1e-9)
    assert (found["strata"], found["count"], found["nobs"]) == (3, STOPS[:, i].sum(), PEOPLE[:, i].sum())
    assert found["standard"] == "weights of Mantel and Haenszel"


def test_direct_standardisation_by_hand():
    """Weights of the three boroughs: all their people, 10,400, 23,000 and 10,700."""
    share = PEOPLE.sum(axis=1) / PEOPLE.sum()
    rates = (share[:, np.newaxis] * STOPS / PEOPLE).sum(axis=0) * 1000
    found = dr.standardise(events(), census(), **ASK, method="direct")
    for i, group in enumerate(GROUPS[:2]):
        each = row(found, "direct", group=group)
        assert (each["value"], each["reference_value"]) == pytest.approx((rates[i], rates[2]), rel=1e-12)
        expected = dr.compare_standardised_rates(
            STOPS[:, i], PEOPLE[:, i], STOPS[:, 2], PEOPLE[:, 2], PEOPLE.sum(axis=1)
        )
        assert three(each) == pytest.approx(expected[:3], rel=1e-9)
        assert each["pvalue"] == pytest.approx(expected.pvalue, rel=1e-6)
        assert each["standard"] == "all groups together (residents)"
    assert row(found, "direct", group="White")["value"] == pytest.approx(rates[2], rel=1e-12)


def test_indirect_standardisation_by_hand():
    """Events over those there would be at the reference's rates; the estimate is the SMR, the limits are wider."""
    found = dr.standardise(events(), census(), **ASK, method="indirect")
    for i, group in enumerate(GROUPS[:2]):
        each = row(found, "indirect", group=group)
        expected = dr.expected_events(PEOPLE[:, i], STOPS[:, 2] / PEOPLE[:, 2])
        known = dr.indirect_ratio(int(STOPS[:, i].sum()), expected)
        assert each["estimate"] == pytest.approx(known.estimate, rel=1e-12)
        assert each["low"] < known.low and known.high < each["high"]
        assert each["value"] == pytest.approx(1000 * STOPS[:, i].sum() / PEOPLE[:, i].sum(), rel=1e-12)
        assert each["reference_value"] == pytest.approx(1000 * expected / PEOPLE[:, i].sum(), rel=1e-12)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 40), min_size=9, max_size=9),
    st.lists(st.integers(1, 4_000), min_size=9, max_size=9),
    st.sampled_from(["White", dr.REST]),
)
def test_values_make_the_ratio_and_ratio_and_difference_tell_one_story(stops, people, reference):
    asked = ASK | {"reference": reference}
    stops, people = np.reshape(stops, (3, 3)), np.reshape(people, (3, 3))
    found = dr.standardise(events(stops), census(people), **asked, adjust="none", no_events=BOROUGHS + GROUPS)
    for each in found.filter(row_type="group").rows():
        if each["reference_value"] > 0:
            assert each["value"] / each["reference_value"] == pytest.approx(each["estimate"], rel=1e-9)
            assert each["difference"] == pytest.approx(each["value"] - each["reference_value"], rel=1e-6, abs=1e-9)
        if not math.isnan(each["pvalue"]) and abs(each["pvalue"] - 0.05) > 1e-9:
            assert (each["pvalue"] < 0.05) == (not each["low"] <= 1 <= each["high"])


def test_one_ratio_over_all_boroughs_can_mislead():
    """Equal rates in each of two boroughs, and 2.9 times the rate over both."""
    people = [[0, 9_000, 1_000], [0, 5_000, 15_000], [0, 0, 0]]
    stops = [[0, 90, 10], [0, 10, 30], [0, 0, 0]]
    found = dr.standardise(events(stops), census(people), **ASK)
    assert row(found, group="Black")["estimate"] == pytest.approx(2.857, abs=1e-3)
    for method in METHODS:
        each = row(found, method, group="Black")
        assert each["estimate"] == pytest.approx(1, rel=1e-12)
        assert each["difference"] == 0
        assert each["homogeneity_verdict"] == "no difference by borough beyond chance"
        assert each["strata"] == 2


def test_a_ratio_that_is_not_the_same_everywhere_is_said():
    """Black people: 2 times the reference's rate in the North, 2.1 in the South, 1.5 in the East; then fifteen."""
    stops = STOPS.copy()
    stops[2, 1] = 120
    found = dr.standardise(events(stops), census(), **ASK)
    each = row(found, "direct", group="Black")
    assert each["homogeneity_pvalue"] < 0.001
    assert each["homogeneity_verdict"] == "differs by borough: one ratio can mislead"
    assert row(found, group="Black")["homogeneity_verdict"] is None
    note = "the ratio to White differs by borough by more than chance (p below 0.001); one ratio for all can mislead."
    assert [each for each in found.notes if each.startswith("Black")] == [f"Black: {note}"]
    assert not [each for each in dr.standardise(events(), census(), **ASK).notes if each.startswith("Black")]


@pytest.mark.parametrize("reference", ["White", dr.REST])
def test_the_rest_is_added_up_in_each_borough(reference):
    found = row(dr.standardise(events(), census(), **ASK | {"reference": reference}), "mantel-haenszel", group="Black")
    others = [2] if reference == "White" else [0, 2]
    expected = dr.compare_stratified_rates(
        STOPS[:, 1], PEOPLE[:, 1], STOPS[:, others].sum(axis=1), PEOPLE[:, others].sum(axis=1)
    )
    assert three(found) == pytest.approx(expected[:3], rel=1e-12)
    assert found["reference_count"] == STOPS[:, others].sum()


def test_a_dict_or_a_population_can_be_the_standard():
    weights = {"North": 1, "South": 2.5, "East": 0}
    given_ = row(dr.standardise(events(), census(), **ASK, method="direct", standard=weights), "direct", group="Black")
    expected = dr.compare_standardised_rates(STOPS[:, 1], PEOPLE[:, 1], STOPS[:, 2], PEOPLE[:, 2], [1, 2.5, 0])
    assert three(given_) == pytest.approx(expected[:3], rel=1e-9)
    assert given_["standard"] == "weights as given"
    assert Flag.STRATA_LEFT_OUT not in given_["flag"]
    other = census(PEOPLE[::-1], source="census 1981")
    of_other = dr.standardise(events(), census(), **ASK, method="direct", standard=other)
    expected = dr.compare_standardised_rates(
        STOPS[:, 1], PEOPLE[:, 1], STOPS[:, 2], PEOPLE[:, 2], PEOPLE[::-1].sum(axis=1)
    )
    each = row(of_other, "direct", group="Black")
    assert three(each) == pytest.approx(expected[:3], rel=1e-9)
    assert each["standard"] == "population of 2011 (census 1981)"
    assert "Standard for direct standardisation by borough: population of 2011 (census 1981)." in of_other.notes


def test_several_columns_are_crossed():
    table = {
        "borough": ["N"] * 4 + ["S"] * 4, "age": ["old", "old", "young", "young"] * 2, "ethnicity": ["A", "W"] * 4,
        "people": [100, 900, 500, 400, 300, 800, 700, 600],
    }  # fmt: skip
    people = dr.population(table, group="ethnicity", count="people", date="2011", by=["borough", "age"])
    stops = dr.Tally(
        np.array([[[3, 9], [20, 11]], [[7, 8], [31, 15]]]),
        {"borough": ["N", "S"], "age": ["old", "young"], "ethnicity": ["A", "W"]},
    )
    asked = {"group": "ethnicity", "by": ["borough", "age"], "reference": "W", "period": "2016", "method": "direct"}
    weights = {("N", "old"): 1, ("N", "young"): 2, ("S", "old"): 3, ("S", "young"): 4}
    found = dr.standardise(stops, people, **asked, standard=weights)
    each = found.filter(group="A", standard="weights as given")
    expected = dr.compare_standardised_rates(
        [3, 20, 7, 31], [100, 500, 300, 700], [9, 11, 8, 15], [900, 400, 800, 600], [1, 2, 3, 4]
    )
    assert each["estimate"] == pytest.approx([expected.estimate], rel=1e-12)
    assert each["measure"] == ["events per 1,000 residents in 12 months, standardised by borough and age (direct)"]
    with pytest.raises(ValueError, match="standard: it has no weight for 'S', 'young'"):
        dr.standardise(stops, people, **asked, standard=dict.fromkeys(list(weights)[:3], 1))


@pytest.mark.parametrize(("method", "flagged"), [("mantel-haenszel", True), ("direct", True), ("indirect", False)])
def test_a_borough_where_the_group_has_nobody(method, flagged):
    """It says nothing of the ratio. Indirectly nothing is lost: nobody of the group is there for whom to expect any."""
    people, stops = PEOPLE.copy(), STOPS.copy()
    people[0, 0] = stops[0, 0] = 0
    each = row(dr.standardise(events(stops), census(people), **ASK), method, group="Asian")
    assert (Flag.STRATA_LEFT_OUT in each["flag"]) is flagged
    assert each["strata"] == 2
    assert (each["reference_count"], each["reference_exposure"]) == (120, 23_000)
    assert (
        Flag.STRATA_LEFT_OUT
        not in row(dr.standardise(events(stops), census(people), **ASK), method, group="Black")["flag"]
    )


def test_a_borough_where_the_reference_has_nobody():
    people, stops = PEOPLE.copy(), STOPS.copy()
    people[0, 2] = stops[0, 2] = 0
    found = dr.standardise(events(stops), census(people), **ASK)
    for method in METHODS:
        each = row(found, method, group="Black")
        assert Flag.STRATA_LEFT_OUT in each["flag"]
        assert (each["count"], each["exposure"]) == (33, 5_700)


def test_without_events_and_without_people():
    people, stops = PEOPLE.copy(), STOPS.copy()
    stops[:, 0] = 0
    people[:, 1] = stops[:, 1] = 0
    found = dr.standardise(events(stops), census(people), **ASK)
    for method in METHODS:
        none = row(found, method, group="Asian")
        assert (none["value"], none["estimate"], none["low"]) == (0, 0, 0)
        assert 0 < none["high"] < math.inf
        assert Flag.FEW_EVENTS in none["flag"]
        nobody = row(found, method, group="Black")
        assert all(math.isnan(nobody[name]) for name in ("value", "reference_value", "estimate", "low", "pvalue"))
        assert nobody["verdict"] is None
        assert Flag.NO_POPULATION in nobody["flag"]
        assert nobody["strata"] == 0
    stops[:, 2] = 0
    undefined = row(dr.standardise(events(stops), census(people), **ASK), "direct", group="Asian")
    assert math.isnan(undefined["estimate"])
    assert (undefined["low"], undefined["high"], undefined["pvalue"]) == (0, math.inf, 1)
    assert Flag.UNDEFINED in undefined["flag"]


def test_events_of_no_known_borough_or_group_are_in_the_crude_rows_only():
    stops = np.vstack([np.hstack([STOPS, [[4], [5], [6]]]), [7, 8, 9, 1]])
    tally = events(stops, [*BOROUGHS, "not stated"], [*GROUPS, "not stated"])
    found = dr.standardise(tally, census(), **ASK)
    assert row(found, group="Black")["count"] == STOPS[:, 1].sum() + 8
    for method in METHODS:
        assert row(found, method, group="Black")["count"] == STOPS[:, 1].sum()
        unknown = row(found, method, group="not stated")
        assert unknown["count"] == 15
        assert math.isnan(unknown["value"])
        assert Flag.MISSING_GROUP in unknown["flag"]
        assert three(row(found, method, group="Asian")) == pytest.approx(
            three(row(dr.standardise(events(), census(), **ASK), method, group="Asian")), rel=1e-9
        )
    assert "25 events of which the borough is not known are in the crude rows only." in found.notes


def test_a_borough_that_sent_no_records_is_no_borough_without_events():
    found = dr.standardise(events(STOPS[:2], BOROUGHS[:2]), census(), **ASK)
    for method in METHODS:
        each = row(found, method, group="Black")
        assert Flag.AREAS_LEFT_OUT in each["flag"]
        assert Flag.STRATA_LEFT_OUT not in each["flag"]
        assert (each["strata"], each["exposure"]) == (2, 14_000)
    real = dr.standardise(events(STOPS[:2], BOROUGHS[:2]), census(), **ASK, no_events="East")
    assert row(real, "direct", group="Black")["strata"] == 3


def test_a_group_that_officers_cannot_record():
    people = {
        "borough": ["N"] * 5 + ["S"] * 5, "ethnicity": ["Asian", "Black", "Mixed", "White", "Other"] * 2,
        "people": [100, 200, 50, 900, 40, 300, 100, 60, 800, 30],
    }  # fmt: skip
    population = dr.population(people, group="ethnicity", count="people", date="2011", by="borough")
    stops = {"borough": ["N", "S"] * 30, "ethnicity": ["Black", "White", "Asian", "White", "Other", "Other"] * 10}
    asked = ASK | {"mapping": "officer-defined to 5+1 (2001)"}
    found = dr.standardise(stops, population, **asked)
    for method in METHODS:
        mixed = row(found, method, group="Mixed")
        assert Flag.NOT_RECORDED in mixed["flag"]
        assert mixed["count"] is None
        assert math.isnan(mixed["estimate"])


def test_levels_families_and_full_counts():
    found = dr.standardise(events(), census(), **ASK, confidence_level=(0.95, 0.998), method=["direct"])
    both = list(found.filter(group="Black").rows())
    assert [each["confidence_level"] for each in both] == [0.95, 0.998] * 2
    assert both[3]["low"] < both[2]["low"] and both[2]["high"] < both[3]["high"]
    assert both[3]["difference_low"] < both[2]["difference_low"]
    direct = [row(found, "direct", group=group, confidence_level=0.95) for group in GROUPS[:2]]
    adjusted = dr.adjust_pvalues([each["pvalue"] for each in direct])
    assert [each["adjusted_pvalue"] for each in direct] == pytest.approx(adjusted)
    assert direct[0]["method"] == "standardised rates, MOVER of gamma limits; Holm over 2 comparisons"
    full = row(dr.standardise(events(), census(), **ASK, inference="none"), "direct", group="Black")
    assert full["estimate"] == pytest.approx(direct[1]["estimate"])
    assert math.isnan(full["low"]) and full["verdict"] is None and full["homogeneity_verdict"] is None
    assert Flag.FULL_COUNT in full["flag"]
    assert row(found, "direct", group="White", confidence_level=0.95)["row_type"] == "reference"


def test_verdicts_and_thresholds():
    found = dr.standardise(events(10 * STOPS), census(10 * PEOPLE), **ASK, threshold=0.5)
    each = row(found, "mantel-haenszel", group="Black")
    assert each["verdict"].startswith("higher")
    assert each["practical_threshold"] == "0.5 to 2"
    few = row(dr.standardise(events(STOPS // 9), census(PEOPLE // 9), **ASK), "direct", group="Asian")
    assert few["verdict"].startswith("too few to tell: ")


def test_an_estimated_population_widens_limits():
    certain = dr.standardise(events(), census(), **ASK)
    rough = dr.standardise(events(), census(se=(PEOPLE / 8).ravel().tolist()), **ASK)
    for method in METHODS:
        one, other = (row(found, method, group="Black") for found in (certain, rough))
        assert one["estimate"] == pytest.approx(other["estimate"], rel=1e-9)
        assert other["low"] < one["low"] and one["high"] < other["high"]
        assert Flag.ESTIMATED_POPULATION in other["flag"]


def test_events_of_one_encounter_widen_limits():
    records = {"borough": [], "ethnicity": [], "stop": []}
    for borough, counts in zip(BOROUGHS, STOPS, strict=True):
        for group, count in zip(GROUPS, counts, strict=True):
            for i in range(count):
                records["borough"].append(borough)
                records["ethnicity"].append(group)
                records["stop"].append(f"{borough} {group} {i // 3}")
    one = dr.standardise(records, census(), **ASK)
    other = dr.standardise(records, census(), **ASK, encounter="stop")
    for method in METHODS:
        alone, together = row(one, method, group="Black"), row(other, method, group="Black")
        assert alone["estimate"] == pytest.approx(together["estimate"], rel=1e-9)
        assert math.log(together["high"] / together["low"]) > 1.5 * math.log(alone["high"] / alone["low"])
        assert together["homogeneity_statistic"] < alone["homogeneity_statistic"]
        assert Flag.BY_ENCOUNTER in together["flag"]
        assert together["count"] == alone["count"]


def test_it_shows_says_and_saves_itself(tmp_path):
    pytest.importorskip("pandas")
    found = dr.standardise(events(), census(), **ASK, name="searches")
    assert len(found.to_frame()) == len(found) == 4 * 3
    assert "standardised by borough" in repr(found)
    sentences = found.sentences()
    assert any("standardised by borough (direct)" in sentence for sentence in sentences)
    assert found.save(tmp_path / "found.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"reference": None}, TypeError, "standardise needs reference=: one of the groups, or dr.REST"),
        ({"reference": dr.OVERALL}, ValueError, "reference: a group is part of dr.OVERALL"),
        ({"reference": "Purple"}, ValueError, "reference: 'Purple' is not a label of 'ethnicity'"),
        ({"by": ()}, ValueError, "by: name the columns to standardise by"),
        ({"by": "ethnicity"}, ValueError, "by: 'ethnicity' is already given as group"),
        ({"by": "ward"}, ValueError, "no dimension 'ward'"),
        ({"method": "synthetic"}, ValueError, "method: 'synthetic' is not one of"),
        ({"method": []}, ValueError, "method: there is none"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"basis": "eligible-pool"}, ValueError, "basis: 'eligible-pool' is not one of"),
        ({"inference": "maybe"}, ValueError, "inference: 'maybe' is not one of"),
        ({"period": None}, TypeError, "standardise needs period=: when the events happened"),
        ({"per": 0}, ValueError, "per: 0 is not a finite number above 0"),
        ({"threshold": "four-fifths"}, ValueError, "higher_is_better: the four-fifths rule"),
        ({"higher_is_better": 1}, TypeError, "higher_is_better: 1 is neither True nor False"),
        ({"standard": [1, 2, 3]}, TypeError, "standard: list is neither a dr.population nor a dict"),
        ({"standard": {"North": 1, "South": 2}}, ValueError, "standard: it has no weight for 'East'"),
        (
            {"standard": {"North": 1, "South": 2, "East": 1, "West": 1}},
            ValueError,
            "standard: 'West' is not in the population",
        ),
        ({"standard": {"North": 0, "South": 0, "East": 0}}, ValueError, "standard: it is 0 everywhere"),
        (
            {"standard": {"North": -1, "South": 2, "East": 1}},
            ValueError,
            "standard: -1 for 'North' is not a number from",
        ),
        ({"standard": {"North": "1", "South": 2, "East": 1}}, TypeError, "standard: '1' is not a number"),
    ],
)
def test_bad_input(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.standardise(events(), census(), **ASK | arguments)


def test_a_standard_without_the_column_is_refused():
    plain = dr.population({"ethnicity": GROUPS, "people": [1, 2, 4]}, group="ethnicity", count="people", date="2011")
    with pytest.raises(ValueError, match="standard: it has no column 'borough'"):
        dr.standardise(events(), census(), **ASK, standard=plain)
    with pytest.raises(ValueError, match="no column 'borough'"):
        dr.standardise(events(), plain, **ASK)


@pytest.mark.skipif(not (FORCES.exists() and USE_OF_FORCE.exists()), reason="the published files are not here")
def test_use_of_force_within_43_forces():
    """Asian people: 1.08 times the tactics over England and Wales, 0.99 within forces; by hand from the files."""
    columns = ["White", "Black (or Black British)", "Asian (or Asian British)", "Chinese", "Mixed", "Other"]
    asked = {"group": "ethnic_group", "reference": "White", "period": "2019/20", "by": "force"}
    with FORCES.open(encoding="utf-8-sig") as file:
        table = list(csv.DictReader(file))
    records = {"force": [each["Police force"] for each in table]} | {
        name: [int(each[name]) for each in table] for name in columns
    }
    population = dr.population(
        records, group="ethnic_group", count=columns, date="2011", by="force",
        mapping="police population 2011 to 5+1 (2001)",
    )  # fmt: skip
    tactics = dr.read_use_of_force(USE_OF_FORCE)
    found = dr.standardise(tactics, population, **asked, mapping="use of force to 5+1 (2001)", count="count")
    tally = dr.tally(tactics, ["force", "ethnic_group"], count="count")
    place = {label: i for i, label in enumerate(tally.labels["ethnic_group"])}
    count = {name: tally.counts[:, place[name]].astype(float) for name in columns if name in place}
    order = [records["force"].index(force) for force in tally.labels["force"]]
    people = {name: np.array(records[name], float)[order] for name in columns}
    white, white_people = count["White"], people["White"]
    for group, name in (("Asian", columns[2]), ("Black", columns[1])):
        x, n = count[name], people[name]
        weight = n * white_people / (n + white_people)
        ratio = (weight * x / n).sum() / (weight * white / white_people).sum()
        (each,) = found.filter(group=group, standard="weights of Mantel and Haenszel").rows()
        assert each["estimate"] == pytest.approx(ratio, rel=1e-9)
        share = ratio * n / (ratio * n + white_people)
        residual, variance = x - (x + white) * share, (x + white) * share * (1 - share)
        square = (residual**2 / variance).sum() - residual.sum() ** 2 / variance.sum()
        assert each["homogeneity_statistic"] == pytest.approx(square, rel=1e-9)
        assert each["homogeneity_pvalue"] == pytest.approx(chi2.sf(square, 42), abs=1e-12)
        assert each["strata"] == 43
    ratios = [round(value, 2) for value in found.filter(group="Asian")["estimate"]]
    assert ratios == [1.08, 0.99, 1.01, 0.99]


def test_an_area_without_records_is_no_part_of_the_reference_either():
    table = {"area": ["a", "a", "b", "b", "c", "c"], "group": ["B", "W"] * 3, "people": [100, 200, 50, 300, 60, 70]}
    census = dr.population(table, group="group", count="people", date="2016", by="area")
    events = {"area": ["a"] * 10 + ["b"] * 5, "group": ["B"] * 4 + ["W"] * 11}
    found = dr.standardise(events, census, group="group", by="area", reference="W", period="2016-06")
    rates = {row["measure"].rpartition("(")[2]: row for row in found.filter(group="W").rows()}
    assert [row["exposure"] for row in rates.values()] == [500.0] * 4
    weights = np.array([300, 350])
    by_hand = 1000 * np.average([6 / 200, 5 / 300], weights=weights)
    assert rates["direct)"]["value"] == pytest.approx(by_hand)
    assert rates["indirect)"]["value"] == pytest.approx(1000 * 11 / 500)
    nothing = dr.standardise(events, census, group="group", by="area", reference="W", period="2016-06",
                             method="direct", standard={"a": 0, "b": 0, "c": 1})  # fmt: skip
    assert all(math.isnan(row["value"]) for row in list(nothing.rows())[2:])

"""dr.inequality: indices of a survey and of events agree with the array functions, and rows say what was used."""

import csv
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

REAL = Path(__file__).parents[2].parent / "shared" / "real"
SEARCHES_FILE = REAL / "2016-06-metropolitan-stop-and-search.csv"
CENSUS = REAL / "census-2011-london-population-by-ethnic-group.csv"
GROUPS = ["Asian", "Black", "Mixed", "White"]
RANDOM = np.random.default_rng(3)
N = 1200
GROUP = RANDOM.choice(GROUPS, N, p=[0.25, 0.15, 0.05, 0.55])
ANSWERS = {
    "ethnicity": np.where(RANDOM.random(N) < 0.04, "", GROUP),
    "borough": RANDOM.choice(["Barnet", "Camden"], N),
    "satisfied": np.where(
        RANDOM.random(N) < 0.05, "", np.where(RANDOM.random(N) < np.where(GROUP == "Black", 0.5, 0.7), "Yes", "No")
    ),
    "weight": RANDOM.choice([0.5, 1.0, 2.0], N),
}
SURVEY = {"group": "ethnicity", "outcome": "satisfied", "positive": "Yes", "n_resamples": 199}
EVERY = ("dissimilarity", "disparity", "deviation", "variance", "theil", "mean-log-deviation", "entropy", "gini",
         "hoover", "atkinson", "slope", "relative-slope")  # fmt: skip
ORDER = ["White", "Mixed", "Asian", "Black"]


def counts(data=ANSWERS, where=None):
    """Those satisfied and those who answered, of each group."""
    here = np.ones(N, bool) if where is None else where
    found = []
    for group in GROUPS:
        mine = here & (data["ethnicity"] == group) & (data["satisfied"] != "")
        found.append((int((mine & (data["satisfied"] == "Yes")).sum()), int(mine.sum())))
    return map(np.array, zip(*found, strict=True))


def row(findings, index, **equal):
    (only,) = findings.filter(index=index, **equal).rows()
    return only


def people(counts_by_borough):
    rows = [(b, g, n) for b, line in counts_by_borough.items() for g, n in line.items()]
    table = dict(zip(("borough", "ethnicity", "people"), map(list, zip(*rows, strict=True)), strict=True))
    return dr.population(table, group="ethnicity", by="borough", count="people", date="2011")


PEOPLE = {
    "Barnet": {"Black": 4000, "White": 30000, "Asian": 6000},
    "Camden": {"Black": 7000, "White": 20000, "Asian": 9000},
}
EVENTS = {("Barnet", "Black"): 60, ("Barnet", "White"): 150, ("Barnet", "Asian"): 40, ("Barnet", None): 9,
          ("Camden", "Black"): 210, ("Camden", "White"): 180, ("Camden", "Asian"): 80}  # fmt: skip
SEARCHES = {
    "borough": [b for (b, _), n in EVENTS.items() for _ in range(n)],
    "ethnicity": [g for (_, g), n in EVENTS.items() for _ in range(n)],
}
RATES = {"group": "ethnicity", "period": "2016-06", "n_resamples": 199}


def test_a_survey_agrees_with_the_array_functions():
    found = dr.inequality(ANSWERS, **SURVEY, indices=EVERY, order=ORDER, by="borough")
    for place, where in ((None, None), ("Camden", ANSWERS["borough"] == "Camden")):
        count, nobs = counts(where=where)
        options = {"n_resamples": 199}
        disparity = dr.disparity_index(count, nobs, **options)
        variance = dr.between_group_variance(count, nobs, **options)
        expected = {
            "disparity": (100, disparity),
            "variance": (1e4, variance),
            "theil": (1000, dr.group_inequality(count, nobs, index="theil", **options)),
            "mean-log-deviation": (1000, dr.group_inequality(count, nobs, index="mean-log-deviation", **options)),
            "entropy": (1000, dr.group_inequality(count, nobs, index="entropy", **options)),
            "gini": (100, dr.group_inequality(count, nobs, index="gini", **options)),
            "hoover": (100, dr.group_inequality(count, nobs, index="hoover", **options)),
            "atkinson": (100, dr.group_inequality(count, nobs, index="atkinson", **options)),
        }
        for index, (scale, other) in expected.items():
            one = row(found, index, borough=place)
            assert one["value"] == pytest.approx(scale * other.estimate)
            assert (one["low"], one["high"]) == pytest.approx((scale * other.low, scale * other.high))
            assert one["pvalue"] == other.pvalue
            assert one["corrected"] == pytest.approx(scale * other.corrected)
            assert (one["count"], one["nobs"]) == (count.sum(), nobs.sum())
        deviation = row(found, "deviation", borough=place)
        assert deviation["value"] == pytest.approx(100 * variance.estimate**0.5)
        assert deviation["high"] == pytest.approx(100 * variance.high**0.5, rel=0.02)
        assert deviation["pvalue"] == variance.pvalue
        apart = dr.dissimilarity(count, nobs - count, **options)
        one = row(found, "dissimilarity", borough=place)
        assert one["value"] == pytest.approx(100 * apart.estimate)
        assert one["to_move"] == pytest.approx(apart.to_move)
        assert one["expected_by_chance"] == pytest.approx(100 * apart.expected, rel=0.15)
        order = [GROUPS.index(label) for label in ORDER]
        for index, measure, scale in (("slope", "slope", 100), ("relative-slope", "relative", 1)):
            slope = dr.slope_index(count[order], nobs[order], measure=measure)
            one = row(found, index, borough=place)
            assert (one["value"], one["low"], one["high"]) == pytest.approx(tuple(scale * x for x in slope[:3]))
            assert one["pvalue"] == pytest.approx(slope.pvalue)
            assert math.isnan(one["expected_by_chance"])


def test_events_over_people_agree_with_the_array_functions():
    found = dr.inequality(
        SEARCHES, people(PEOPLE), **RATES, by="borough", order=["White", "Asian", "Black"], reference="White"
    )
    groups = ["Asian", "Black", "White"]
    for place, boroughs in ((None, list(PEOPLE)), ("Camden", ["Camden"])):
        count = np.array([sum(EVENTS[b, g] for b in boroughs) for g in groups])
        size = np.array([sum(PEOPLE[b][g] for b in boroughs) for g in groups])
        options = {"exposure": size, "n_resamples": 199}
        disparity = dr.disparity_index(count, reference=2, **options)
        one = row(found, "disparity", borough=place)
        assert one["value"] == pytest.approx(100 * disparity.estimate)
        assert (one["low"], one["high"]) == pytest.approx((100 * disparity.low, 100 * disparity.high))
        assert (one["reference"], one["denominator"]) == ("White", "k-1")
        theil = dr.group_inequality(count, **options)
        assert row(found, "theil", borough=place)["high"] == pytest.approx(1000 * theil.high)
        apart = dr.dissimilarity(count, size, known=True, n_resamples=199)
        one = row(found, "dissimilarity", borough=place)
        assert one["value"] == pytest.approx(100 * apart.estimate)
        assert one["to_move"] == pytest.approx(apart.to_move)
        variance = dr.between_group_variance(count, **options)
        one = row(found, "deviation", borough=place)
        assert one["value"] == pytest.approx(1000 * variance.estimate**0.5)
        slope = dr.slope_index(count[[2, 0, 1]], exposure=size[[2, 0, 1]])
        assert row(found, "slope", borough=place)["value"] == pytest.approx(1000 * slope.estimate)
        assert (one["count"], one["nobs"], one["exposure"]) == (count.sum(), size.sum(), size.sum())


def test_rows_say_what_was_used():
    found = dr.inequality(SEARCHES, people(PEOPLE), **RATES, by="borough", indices=["disparity", "deviation"])
    assert found["index"] == ["disparity", "deviation"] * 3
    assert found["borough"] == [None, None, "Barnet", "Barnet", "Camden", "Camden"]
    assert set(found["group"]) == {None}
    first, second = list(found.rows())[:2]
    assert first["measure"] == "index of disparity (%)"
    assert second["measure"] == "between-group standard deviation (per 1,000)"
    assert (first["unit_of_measure"], second["unit_of_measure"]) == ("percent", "per 1,000")
    assert (first["reference"], second["reference"]) == ("all groups together", None)
    assert first["method"].startswith("sum over k, from all groups together; Poisson tests inverted, 199 resamples")
    assert second["method"].startswith("weights: residents; Poisson tests inverted")
    assert (first["weights"], second["weights"]) == ("none: every group counts the same", "residents")
    assert (first["basis"], first["per"], first["population_date"]) == ("residents", 1000, "2011")
    assert (first["period"], first["months"]) == ("June 2016", 1)
    assert (first["groups"], first["group_missing"]) == (3, 9)
    assert Flag.MISSING_GROUP in first["flag"]
    assert not row(found, "disparity", borough="Camden")["flag"] & Flag.MISSING_GROUP
    assert any("does not measure discrimination" in note for note in found.notes)


def test_the_usual_indices():
    assert dr.inequality(ANSWERS, **SURVEY)["index"] == ["dissimilarity", "disparity", "deviation", "theil"]
    ordered = dr.inequality(ANSWERS, **SURVEY, order=ORDER)["index"]
    assert ordered == ["dissimilarity", "disparity", "deviation", "theil", "slope", "relative-slope"]
    assert dr.inequality(ANSWERS, **SURVEY, indices="gini")["index"] == ["gini"]


def test_missing_answers_and_groups_are_counted_and_in_no_index():
    one = row(dr.inequality(ANSWERS, **SURVEY), "theil")
    unknown = ANSWERS["ethnicity"] == ""
    assert one["outcome_missing"] == ((ANSWERS["satisfied"] == "") & ~unknown).sum()
    assert one["group_missing"] == unknown.sum()
    assert one["flag"] == Flag.MISSING_ANSWERS | Flag.MISSING_GROUP
    known = {name: column[~unknown] for name, column in ANSWERS.items()}
    assert row(dr.inequality(known, **SURVEY), "theil")["value"] == one["value"]


def test_a_tally_gives_the_same():
    tally = dr.tally(ANSWERS, ["borough", "ethnicity"], outcome="satisfied")
    one, other = (dr.inequality(data, **SURVEY, by="borough").to_dict() for data in (ANSWERS, tally))
    assert str(one) == str(other)


def test_the_best_group_and_denominators():
    count, nobs = counts()
    best = row(dr.inequality(ANSWERS, **SURVEY, reference="best", higher_is_better=True), "disparity")
    expected = dr.disparity_index(count, nobs, reference="best", higher_is_better=True, n_resamples=199)
    assert best["value"] == pytest.approx(100 * expected.estimate)
    assert (best["reference"], best["denominator"]) == ("the best rate", "k-1")
    assert Flag.CHOSEN_FROM_DATA in best["flag"]
    other = row(dr.inequality(ANSWERS, **SURVEY, denominator="k-1"), "disparity")
    plain = row(dr.inequality(ANSWERS, **SURVEY), "disparity")
    assert other["value"] == pytest.approx(plain["value"] * 4 / 3)
    assert "sum over k-1" in other["method"]


def test_weights():
    found = row(dr.inequality(ANSWERS, **SURVEY, weight="weight", indices="hoover"), "hoover")
    rates, sums, squares = [], [], []
    for group in GROUPS:
        mine = (ANSWERS["ethnicity"] == group) & (ANSWERS["satisfied"] != "")
        weight = ANSWERS["weight"][mine]
        rates.append(np.average(ANSWERS["satisfied"][mine] == "Yes", weights=weight))
        sums.append(weight.sum())
        squares.append(weight.sum() ** 2 / np.square(weight).sum())
    overall = np.average(rates, weights=sums)
    assert found["value"] == pytest.approx(100 * np.average(np.abs(rates / overall - 1), weights=sums) / 2)
    assert Flag.EFFECTIVE_SIZE in found["flag"]
    assert found["nobs"] == sum(nobs for nobs in list(counts())[1])
    plain = row(dr.inequality(ANSWERS, **SURVEY, indices="hoover"), "hoover")
    assert found["expected_by_chance"] > plain["expected_by_chance"]  # fewer effective cases


def test_a_full_count_has_no_interval():
    found = dr.inequality(ANSWERS, **SURVEY, inference="none", order=ORDER)
    chance = dr.inequality(ANSWERS, **SURVEY, order=ORDER)
    assert found["value"] == chance["value"]
    for name in ("low", "high", "pvalue", "confidence_level", "expected_by_chance", "corrected"):
        assert all(math.isnan(value) for value in found[name])
    assert all(Flag.FULL_COUNT in flag for flag in found["flag"])
    assert found["method"][0] == "weights: cases; full count"


def test_empty_groups_and_areas():
    labels = {"area": ["a", "b", "c"], "g": ["x", "y", "z"], "o": ["no", "yes"]}
    cells = np.array([[[3, 5], [6, 2], [0, 0]], [[4, 4], [0, 0], [0, 0]], [[0, 0], [0, 0], [0, 0]]])
    found = dr.inequality(dr.Tally(cells, labels, outcome="o"), group="g", outcome="o", positive="yes", by="area",
                          n_resamples=99, order=["x", "y", "z"])  # fmt: skip
    a, b, c = (found.filter(area=area) for area in "abc")
    assert all(value == value for value in a["value"])
    assert all(Flag.EMPTY_GROUP in flag for flag in a["flag"])
    assert set(a["groups"]) == {2}
    for empty in (b, c):
        assert all(math.isnan(value) for value in empty["value"])
        assert all(Flag.NO_CASES in flag for flag in empty["flag"])
    assert c["nobs"] == [0] * 6


def test_nobody_in_the_reference():
    labels = {"g": ["x", "y", "z"], "o": ["no", "yes"]}
    tally = dr.Tally(np.array([[3, 5], [6, 2], [0, 0]]), labels, outcome="o")
    found = dr.inequality(tally, group="g", outcome="o", positive="yes", reference="z", n_resamples=99)
    one = row(found, "disparity")
    assert math.isnan(one["value"])
    assert Flag.NO_REFERENCE in one["flag"]
    assert row(found, "theil")["value"] > 0


def test_everybody_and_nobody_satisfied():
    labels = {"g": ["x", "y"], "o": ["no", "yes"]}
    for cells in ([[0, 20], [0, 30]], [[20, 0], [30, 0]]):
        tally = dr.Tally(np.array(cells), labels, outcome="o")
        found = dr.inequality(tally, group="g", outcome="o", positive="yes", n_resamples=99)
        apart = row(found, "dissimilarity")
        assert math.isnan(apart["value"])  # one of the two sides is empty
        assert apart["flag"] == Flag.UNDEFINED
        assert (apart["low"], apart["high"]) == (0, 100)
        assert row(found, "deviation")["value"] == 0
        assert row(found, "deviation")["high"] > 0


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(order):
    parts = [np.flatnonzero(np.arange(N) % 4 == i) for i in order]
    turned = {name: column[np.concatenate(parts)] for name, column in ANSWERS.items()}
    assert dr.inequality(turned, **SURVEY).to_dict() == dr.inequality(ANSWERS, **SURVEY).to_dict() or str(
        dr.inequality(turned, **SURVEY).to_dict()
    ) == str(dr.inequality(ANSWERS, **SURVEY).to_dict())


def test_shares_of_a_pool_are_binomial():
    pool = {"grade": ["a"] * 200 + ["b"] * 100}
    promoted = {"grade": ["a"] * 60 + ["b"] * 15}
    found = dr.inequality(promoted, pool, group="grade", basis="eligible-pool", name="promotions", n_resamples=199)
    one = row(found, "deviation")
    expected = dr.between_group_variance([60, 15], [200, 100], n_resamples=199)
    assert one["value"] == pytest.approx(100 * expected.estimate**0.5)
    assert one["pvalue"] == expected.pvalue
    assert one["outcome"] == "promotions as a share of people eligible"
    assert one["unit_of_measure"] == "percentage points"


def test_it_shows_itself():
    found = dr.inequality(ANSWERS, **SURVEY, by="borough", order=ORDER)
    shown = repr(found)
    assert max(map(len, shown.splitlines())) <= 80
    assert "Theil index (thousandths)" in shown
    assert "chance" in shown.partition("──")[0]
    assert "Expected by chance" in found._repr_html_()
    assert found.to_frame().shape[0] == 18


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"outcome": None}, TypeError, "inequality needs outcome= with positive=, or a population"),
        ({"population": {"ethnicity": ["White"]}}, TypeError, "inequality needs outcome= .* not both"),
        ({"indices": "ginni"}, ValueError, "indices: 'ginni' is not one of 'dissimilarity'"),
        ({"indices": []}, ValueError, "indices: there is none"),
        ({"indices": ["gini", "gini"]}, ValueError, "indices: 'gini' is given twice"),
        ({"indices": "slope"}, TypeError, "order: 'slope' needs the groups in their order"),
        ({"order": ["White", "Black"]}, ValueError, "order: 'Asian' of 'ethnicity' is not in it"),
        ({"order": [*ORDER, "White"]}, ValueError, "order: 'White' is given twice"),
        ({"order": [*ORDER, "Whyte"]}, ValueError, r"order: 'Whyte' is not a label .*did you mean 'White'"),
        ({"order": "White"}, TypeError, "order: 'White' is one text"),
        ({"reference": "Whyte"}, ValueError, r"reference: 'Whyte' is not a label .*did you mean 'White'"),
        ({"reference": dr.REST}, ValueError, "reference: dr.REST is not one of a group, dr.OVERALL and 'best'"),
        ({"reference": "best"}, TypeError, "higher_is_better: reference='best' needs it"),
        ({"denominator": "n"}, ValueError, "denominator: 'n' is not one of 'k', 'k-1'"),
        ({"transform": "root"}, ValueError, "transform: 'root' is not one of"),
        ({"inference": "some"}, ValueError, "inference: 'some' is not one of"),
        ({"confidence_level": 2}, ValueError, "confidence_level: 2 is not between 0 and 1"),
        ({"n_resamples": 0}, ValueError, "n_resamples: 0 is below 1"),
        ({"by": "index"}, ValueError, "by: 'index' is the name of a column of the findings"),
        ({"by": "ethnicity"}, ValueError, "by: 'ethnicity' is already given as group"),
        ({"by": "satisfied"}, ValueError, "by: 'satisfied' is already given as outcome"),
        ({"positive": "Yess"}, ValueError, r"positive: 'Yess' is not a label .*did you mean 'Yes'"),
    ],
)
def test_bad_input(change, error, message):
    options = SURVEY | change
    population = options.pop("population", None)
    with pytest.raises(error, match=message):
        dr.inequality(ANSWERS, population, **options)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"period": None}, TypeError, "inequality needs period=: when the events happened"),
        ({"weight": "weight"}, TypeError, "weight: events are counted, not weighted"),
        ({"transform": "logit"}, ValueError, "transform: 'logit' is for shares"),
        ({"per": 0}, ValueError, "per: 0 is not a finite number above 0"),
        ({"basis": "census"}, ValueError, "basis: 'census' is not one of 'residents'"),
    ],
)
def test_bad_input_of_events(change, error, message):
    with pytest.raises(error, match=message):
        dr.inequality(SEARCHES, people(PEOPLE), **(RATES | change))


@pytest.mark.skipif(not SEARCHES_FILE.exists(), reason="the published files are not here")
def test_the_metropolitan_file_by_hand():
    """Black, Asian, White and Other as officers saw them in June 2016, against London of 2011 without the Mixed."""
    with open(SEARCHES_FILE, newline="", encoding="utf-8") as file:
        seen = Counter(each["Officer-defined ethnicity"] for each in csv.DictReader(file))
    with open(CENSUS, newline="", encoding="utf-8") as file:
        table = {each["ethnic_group"]: int(each["population"]) for each in csv.DictReader(file)}
    chinese = table["Asian/Asian British: Chinese"]
    lived = {
        "Asian": table["Asian/Asian British"] - chinese,
        "Black": table["Black/African/Caribbean/Black British"],
        "White": table["White"],
        "Other": table["Other ethnic group"] + chinese,
    }
    population = dr.population(
        CENSUS, group="ethnic_group", count="population", date="2011", mapping="census 2011 to 5+1 (2001)"
    )
    found = dr.inequality(
        SEARCHES_FILE, population, group="Officer-defined ethnicity", mapping="officer-defined to 5+1 (2001)",
        indices=["dissimilarity", "disparity"], reference="White", n_resamples=99,
    )  # fmt: skip
    searches, people = sum(seen[g] for g in lived), sum(lived.values())
    apart, disparity = found.rows()
    assert apart["count"] == searches
    assert apart["value"] == pytest.approx(50 * sum(abs(seen[g] / searches - n / people) for g, n in lived.items()))
    rate = {g: seen[g] / n for g, n in lived.items()}
    expected = 100 * sum(abs(rate[g] - rate["White"]) for g in lived) / 3 / rate["White"]
    assert disparity["value"] == pytest.approx(expected)
    assert (disparity["groups"], disparity["group_missing"]) == (4, seen[""] - 94)
    assert Flag.NOT_RECORDED in disparity["flag"]

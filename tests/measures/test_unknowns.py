"""Verdicts under every rule for unknown groups: hand calculations, agreement with other measures, real records."""

import csv
import math
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

SHARED = Path(__file__).parents[2].parent / "shared" / "real"
MET = SHARED / "2016-06-metropolitan-stop-and-search.csv"
PEOPLE = {"ethnicity": ["Asian", "Black", "White"], "people": [12_000, 5_000, 60_000]}
RULES = ["stated only", "in proportion", "all in the reference", "all in this group"]


def census(people=PEOPLE, **options):
    return dr.population(people, group="ethnicity", count="people", date="2011", **options)


def searches(black=300, white=900, asian=200, lost=280):
    return {"ethnicity": ["Black"] * black + ["White"] * white + ["Asian"] * asian + [None] * lost}


def asked(data, population=None, reference="White", **options):
    about = {"period": "2011-03"} if population is not None else {}
    return dr.unknowns(data, population, group="ethnicity", reference=reference, **about, **options)


def rows(findings, group="Black", **equal):
    return list(findings.filter(group=group, **equal).rows())


def people(counts):
    """Records of people, from {(ethnicity, satisfied): number}."""
    pairs = [pair for pair, n in counts.items() for _ in range(n)]
    return {"ethnicity": [pair[0] for pair in pairs], "satisfied": [pair[1] for pair in pairs]}


STAFF = {("Asian", True): 37, ("Asian", False): 13, ("White", True): 81, ("White", False): 19, (None, True): 6,
         (None, False): 4}  # fmt: skip


def test_events_have_a_row_for_every_rule_with_the_figures_of_the_array_function():
    found = asked(searches(), census())
    black = rows(found)
    assert [row["assumption"] for row in black] == RULES
    assert [row["estimate"] for row in black] == pytest.approx([4, 4, 900 / 295, 116 / 15])
    assert [row["value"] for row in black] == pytest.approx([60, 72, 60, 116])
    assert [row["reference_value"] for row in black] == pytest.approx([15, 18, 1180 / 60, 15])
    bounds = dr.bound_rates(300, 5000, 900, 60_000, 280, other=200)
    names = ("bound_low", "bound_high", "region_low", "region_high")
    assert [black[0][name] for name in names] == pytest.approx([bounds.low, bounds.high, *bounds[6:8]])
    assert {tuple(row[name] for name in names) for row in black} == {tuple(black[0][name] for name in names)}
    assert [black[0][name] for name in ("count", "unknown_cases", "all_cases")] == [300, 280, 1680]
    assert black[0]["unknown_percent"] == pytest.approx(100 * 280 / 1680)
    assert black[0]["unit_of_measure"] == "rate ratio" and black[0]["population_date"] == "2011"


def test_bounds_are_those_that_proportionality_shows():
    found, shown = asked(searches(), census()), dr.proportionality(
        searches(), census(), group="ethnicity", reference="White", period="2011-03", adjust="none"
    )  # fmt: skip
    for group in ("Asian", "Black"):
        mine, theirs = rows(found, group)[0], rows(shown, group)[0]
        for name in ("estimate", "low", "high", "pvalue", "verdict", "bound_low", "bound_high", "value", "measure"):
            assert mine[name] == pytest.approx(theirs[name])


def test_a_verdict_that_holds_says_not_even_if():
    black = rows(asked(searches(), census()))[0]
    assert black["holds"] is True and math.isnan(black["tipping_odds"])
    assert black["tipping_point"] == "not even if every unknown case were White"


def test_a_verdict_that_does_not_hold_has_a_tipping_point():
    # of 1,000 Black and 3,000 White people 60 and 60 were searched, of 200 the group is not known
    population = census({"ethnicity": ["Black", "White"], "people": [1000, 3000]})
    found = asked({"ethnicity": ["Black"] * 60 + ["White"] * 60 + [None] * 200}, population)
    row = rows(found)[0]
    assert row["verdict"] == "higher" and row["holds"] is False
    share = row["tipping_odds"] * 60 / (row["tipping_odds"] * 60 + 60)
    assert row["tipping_percent"] == pytest.approx(100 * share) and row["stated_percent"] == 50
    assert row["tipping_point"].startswith(f"if {100 * share:.0f}% of the unknown were White (50% of the stated are)")
    # where that share of the unknown is White, the lower limit is at 1
    white, black = 60 + 200 * share, 60 + 200 * (1 - share)
    assert row["bound_low"] < black / 1000 / (white / 3000) < row["estimate"]
    last = rows(found, assumption="all in the reference")[0]
    assert last["verdict"] == "lower"


def test_the_practical_threshold_has_a_point_of_its_own():
    population = census({"ethnicity": ["Black", "White"], "people": [1000, 3000]})
    found = asked({"ethnicity": ["Black"] * 60 + ["White"] * 60 + [None] * 200}, population, threshold=2)
    row = rows(found)[0]
    odds = row["threshold_odds"]
    part = odds / (odds + 1)
    assert (60 + 200 * (1 - part)) / 1000 / ((60 + 200 * part) / 3000) == pytest.approx(2, rel=1e-6)
    assert row["practical_threshold"] == "0.5 to 2"


def test_without_unknown_cases_every_rule_agrees():
    black = rows(asked(searches(lost=0), census()))
    assert len({(row["estimate"], row["low"], row["high"], row["verdict"]) for row in black}) == 1
    assert black[0]["bound_low"] == black[0]["bound_high"] == black[0]["estimate"]
    assert black[0]["holds"] is True and black[0]["tipping_point"] == "no case is of unknown group"


def test_kinds_of_missing_keep_a_row_each_and_are_allotted_together():
    data = {"ethnicity": ["Black"] * 30 + ["White"] * 90 + ["Asian"] + [None] * 5 + ["NS"] * 4 + ["NA"] * 3}
    found = asked(data, census(), missing={"NS": "refused", "NA": "not applicable"})
    kinds = {row["group"]: row for row in found.rows() if Flag.MISSING_GROUP in row["flag"]}
    assert {kind: row["count"] for kind, row in kinds.items()} == {"not stated": 5, "refused": 4, "not applicable": 3}
    assert all(math.isnan(row["value"]) and math.isnan(row["estimate"]) for row in kinds.values())
    assert rows(found)[0]["unknown_cases"] == 9


def test_the_reference_has_one_row_and_no_estimate():
    found = rows(asked(searches(), census()), "White")
    assert [row["row_type"] for row in found] == ["reference"]
    assert found[0]["value"] == pytest.approx(15) and math.isnan(found[0]["estimate"]) and found[0]["holds"] is None


def test_the_rest_as_reference():
    found = rows(asked(searches(), census(), reference=dr.REST))
    assert [row["assumption"] for row in found][2] == "none in this group"
    assert found[2]["estimate"] == pytest.approx((300 / 5000) / (1380 / 72_000))
    assert found[0]["tipping_point"] == "not even if every unknown case were another group"


def test_share_over_share_is_the_ratio_to_all():
    """Of staff counted by group: the share of the staff over the share of the population."""
    found = rows(asked(searches(), census(), reference=dr.OVERALL, name="officers"))
    population = 5000 / 77_000
    shares = [300 / 1400, 300 / 1400, 300 / 1680, 580 / 1680]
    assert [row["estimate"] for row in found] == pytest.approx([share / population for share in shares])
    assert found[0]["reference_value"] == pytest.approx(1000 * 1400 / 77_000)
    assert found[0]["bound_low"] == pytest.approx(300 / 1680 / population)
    alone = rows(asked(searches(), census(), reference=dr.REST))
    assert [row["pvalue"] for row in found] == pytest.approx([row["pvalue"] for row in alone])


def staff(**options):
    return dr.unknowns(searches(), census(), group="ethnicity", measure="share-ratio", **options)


def test_staff_have_their_share_over_that_of_the_population():
    found = rows(staff(name="officers"))
    population = 5000 / 77_000
    shares = [300 / 1400, 300 / 1400, 300 / 1680, 580 / 1680]
    assert [row["value"] for row in found] == pytest.approx([100 * share for share in shares])
    assert [row["reference_value"] for row in found] == pytest.approx([100 * population] * 4)
    assert [row["estimate"] for row in found] == pytest.approx([share / population for share in shares])
    assert [row["assumption"] for row in found] == [*RULES[:2], "none in this group", RULES[3]]
    assert (found[0]["measure"], found[0]["reference"], found[0]["unit_of_measure"]) == (
        "share of officers",
        "population",
        "ratio",
    )
    for row, count, nobs in zip(found, (300, 300, 300, 580), (1400, 1400, 1680, 1680), strict=True):
        alone = dr.compare_share(count, nobs, population)
        names = ("estimate", "low", "high", "pvalue")
        assert [row[name] for name in names] == pytest.approx([getattr(alone, name) for name in names])


def test_staff_by_grade_against_everybody():
    data = searches() | {"grade": ["PC"] * 1600 + ["Sgt"] * 80}
    found = dr.unknowns(data, census(), group="ethnicity", measure="share-ratio", events_by="grade",
                        no_events="Sgt")  # fmt: skip
    pc = rows(found, grade="PC")
    assert pc[0]["nobs"] == 1400 and pc[3]["value"] == pytest.approx(100 * 500 / 1600)
    assert [row["grade"] for row in rows(found)] == [None] * 4 + ["PC"] * 4 + ["Sgt"] * 4


def test_stated_only_is_what_representation_says():
    theirs = dr.representation(searches(), census(), group="ethnicity", adjust="none")
    for group in ("Asian", "Black", "White"):
        mine, other = rows(staff(), group)[0], rows(theirs, group)[0]
        for name in ("value", "reference_value", "estimate", "low", "high", "pvalue", "verdict", "count", "nobs"):
            assert mine[name] == pytest.approx(other[name])


def test_a_second_recording_is_one_more_rule():
    data = searches() | {"officer": ["B"] * 280 + ["W"] * 20 + ["W"] * 900 + ["A"] * 200 + ["B"] * 200 + ["A"] * 80}
    found = rows(asked(data, census(), within="officer"))
    assert [row["assumption"] for row in found][2] == "at random within officer"
    assert found[2]["value"] == pytest.approx(1000 * 500 / 5000)  # all 200 that officers recorded so
    assert found[2]["reference_value"] == pytest.approx(15)
    assert found[2]["low"] < found[2]["estimate"] < found[2]["high"]


def test_areas_are_allotted_each_for_itself_and_all_together_as_one():
    data = searches()
    data["area"] = ["N", "S"] * 840
    where = {"ethnicity": PEOPLE["ethnicity"] * 2, "area": ["N"] * 3 + ["S"] * 3}
    population = census(where | {"people": [6000, 2500, 30_000] * 2}, by="area")
    found = asked(data, population, by="area")
    assert [row["area"] for row in rows(found)] == [None] * 4 + ["N"] * 4 + ["S"] * 4
    whole = rows(asked(searches(), census()))
    assert [row["estimate"] for row in rows(found, area=None)] == [row["estimate"] for row in whole]
    north = rows(found, area="N")[3]
    assert north["estimate"] == pytest.approx((150 + 140) / 2500 / (450 / 30_000))


def test_people_have_the_bounds_of_the_array_function_as_rows():
    found = rows(asked(people(STAFF), outcome="satisfied", positive=True, measure="difference"), "Asian")
    assert [row["assumption"] for row in found] == [*RULES, "lowest possible", "highest possible"]
    by_hand = dr.bound_proportions(37, 50, 81, 100, 6, 10)
    shown = [100 * each for each in (*by_hand[:4], by_hand.low, by_hand.high)]
    assert [row["estimate"] for row in found] == pytest.approx(shown)
    assert (found[0]["bound_low"], found[0]["bound_high"]) == pytest.approx((100 * by_hand.low, 100 * by_hand.high))
    assert (found[0]["region_low"], found[0]["region_high"]) == pytest.approx(
        (100 * by_hand.region_low, 100 * by_hand.region_high)
    )
    lowest = dr.compare_proportions(37, 54, 87, 106)
    assert (found[4]["low"], found[4]["high"]) == pytest.approx((100 * lowest.low, 100 * lowest.high))


def test_stated_only_is_what_gap_says():
    data = people(STAFF)
    for measure in ("difference", "ratio", "odds-ratio"):
        mine = rows(asked(data, outcome="satisfied", positive=True, measure=measure), "Asian")[0]
        theirs = next(dr.gap(data, outcome="satisfied", positive=True, group="ethnicity", reference="White",
                             measure=measure).filter(group="Asian").rows())  # fmt: skip
        for name in ("value", "estimate", "low", "high", "pvalue", "verdict", "count", "nobs", "unit_of_measure"):
            assert mine[name] == pytest.approx(theirs[name])


def test_the_words_of_people_name_both_sides():
    counts = {("Asian", True): 60, ("Asian", False): 60, ("White", True): 90, ("White", False): 30, (None, True): 30,
              (None, False): 60}  # fmt: skip
    row = rows(asked(people(counts), outcome="satisfied", positive=True, measure="difference"), "Asian")[0]
    assert row["verdict"] == "lower" and row["holds"] is False
    assert row["tipping_point"] == (
        f"if the odds of being unknown were {row['tipping_odds']:.1f} times as high for Asian with the outcome and "
        "White without it"
    )
    assert math.isnan(row["tipping_percent"])


def test_the_people_whose_group_is_unknown_have_a_share_of_their_own():
    found = rows(asked(people(STAFF), outcome="satisfied", positive=True), "not stated")
    assert [row["value"] for row in found] == [60.0] and found[0]["nobs"] == 10


def test_missing_answers_are_counted_and_outside():
    data = people(STAFF | {("Asian", None): 3, (None, None): 2})
    found = asked(data, outcome="satisfied", positive=True)
    assert rows(found, "Asian")[0]["outcome_missing"] == 3 and rows(found, "not stated")[0]["outcome_missing"] == 2
    assert rows(found, "Asian")[0]["unknown_cases"] == 10
    assert Flag.MISSING_ANSWERS in rows(found, "Asian")[0]["flag"]


def test_a_full_count_has_no_chance_in_it():
    row = rows(asked(searches(), census(), inference="none"))[0]
    assert math.isnan(row["low"]) and math.isnan(row["region_low"]) and row["verdict"] is None
    assert row["bound_low"] == pytest.approx(900 / 295) and row["holds"] is True
    assert Flag.FULL_COUNT in row["flag"]


def test_a_group_without_events_keeps_its_rows():
    found = rows(asked(searches(black=0), census(), no_events="Black"))
    assert [row["estimate"] for row in found] == [0, 0, 0, pytest.approx(280 / 5000 / 0.015)]
    assert found[0]["holds"] is False
    assert found[0]["tipping_point"].startswith("if the odds of being unknown were ")
    assert found[0]["tipping_point"].endswith(" times as high for Black")
    assert Flag.FEW_EVENTS in found[0]["flag"]
    full = rows(asked(searches(black=0), census(), no_events="Black", inference="none"))[0]
    assert full["tipping_point"] == "under some allotments, but no odds can say so where no case is stated"


def test_a_reference_without_events():
    found = rows(asked(searches(white=0), census(), no_events="White"))
    assert found[0]["estimate"] == math.inf and found[2]["estimate"] == pytest.approx(60 / (1000 * 280 / 60_000))


def test_nobody_in_the_population():
    population = census(PEOPLE | {"people": [12_000, 0, 60_000]})
    found = rows(asked(searches(black=0), population, no_events="Black"))
    assert all(math.isnan(row["estimate"]) and math.isnan(row["bound_high"]) for row in found)
    assert Flag.NO_POPULATION in found[0]["flag"] and found[0]["holds"] is None


def test_all_unknown():
    data = {"ethnicity": [None] * 50}
    found = rows(asked(data, census(), no_events=["Asian", "Black", "White"]))
    assert math.isnan(found[0]["estimate"]) and math.isnan(found[1]["estimate"])
    assert (found[0]["bound_low"], found[0]["bound_high"]) == (0, math.inf)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"reference": None}, TypeError, "unknowns needs reference="),
        ({"population": None}, TypeError, "unknowns needs either population="),
        ({"outcome": "ethnicity", "positive": "x"}, TypeError, "unknowns needs either population="),
        ({"period": None}, TypeError, "unknowns needs period="),
        ({"measure": "difference"}, ValueError, "measure: 'difference' is not one of 'ratio'"),
        ({"measure": "share-ratio"}, ValueError, "reference: 'White' is given, and 'share-ratio'"),
        ({"method": "exact"}, ValueError, "method: 'exact' is not a method for the ratio"),
        ({"within": "ethnicity"}, ValueError, "within: 'ethnicity' is already used"),
        ({"within": 3}, TypeError, "within: 3 is not the name of a column"),
        ({"within": "officer"}, ValueError, "officer"),
        ({"reference": "white"}, ValueError, "reference: 'white' is not a label of 'ethnicity'.*did you mean 'White'"),
        ({"basis": "eligible-pool"}, ValueError, "basis: 'eligible-pool' is a share of cases"),
        ({"inference": "bayes"}, ValueError, "inference: 'bayes' is not one of"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"threshold": "four-fifths"}, ValueError, "higher_is_better: the four-fifths rule"),
        ({"group": "race"}, ValueError, "race"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    given = {"population": census(), "group": "ethnicity", "reference": "White", "period": "2011-03"} | options
    with pytest.raises(error, match=message):
        dr.unknowns(searches(), **given)


def test_what_belongs_to_events_is_refused_of_people():
    with pytest.raises(TypeError, match="mapping: is for events and a population"):
        asked(people(STAFF), outcome="satisfied", positive=True, mapping="16+1 to 5+1 (2011)")
    with pytest.raises(TypeError, match="unknowns needs positive="):
        asked(people(STAFF), outcome="satisfied")


def test_a_weighted_tally_is_refused():
    data = people(STAFF) | {"w": np.full(160, 1.5)}
    tally = dr.tally(data, ["ethnicity"], outcome="satisfied", weight="w")
    with pytest.raises(ValueError, match="data: a weighted tally"):
        asked(tally, outcome="satisfied", positive=True)


def test_a_reference_without_a_stated_case_leaves_bounds_and_no_conclusion():
    data = people({("Asian", True): 37, ("Asian", False): 13, (None, True): 6, (None, False): 4})
    data = {name: [*values, value] for (name, values), value in zip(data.items(), ("White", None), strict=True)}
    nobody = rows(asked(data, outcome="satisfied", positive=True, measure="difference"), "Asian")[0]
    assert math.isnan(nobody["estimate"]) and nobody["holds"] is None and nobody["tipping_point"] is None
    by_hand = dr.bound_proportions(37, 50, 0, 0, 6, 10)
    assert (nobody["bound_low"], nobody["bound_high"]) == pytest.approx((100 * by_hand.low, 100 * by_hand.high))
    assert Flag.NO_REFERENCE in nobody["flag"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_holds_holds_under_every_allotment_of_people(data):
    """Each whole allotment is compared by itself, also those to further groups."""
    sizes = [data.draw(st.integers(6, 14), name) for name in ("asian", "white")]
    met = [data.draw(st.integers(0, size)) for size in sizes]
    lost = data.draw(st.integers(0, 3), "lost with it"), data.draw(st.integers(0, 3), "lost without it")
    measure = data.draw(st.sampled_from(["difference", "ratio", "odds-ratio"]))
    counts = {("Asian", True): met[0], ("Asian", False): sizes[0] - met[0], ("White", True): met[1],
              ("White", False): sizes[1] - met[1], (None, True): lost[0], (None, False): lost[1]}  # fmt: skip
    tally = dr.tally(people(counts), ["ethnicity"], outcome="satisfied")
    if set(tally.labels["satisfied"]) != {True, False}:
        return
    found = dr.unknowns(tally, group="ethnicity", reference="White", outcome="satisfied", positive=True,
                        measure=measure, confidence_level=0.8)  # fmt: skip
    row = rows(found, "Asian")[0]
    null = 0 if measure == "difference" else 1
    ways = [(a, b) for a, b in product(range(lost[0] + 1), repeat=2) if a + b <= lost[0]]
    other = [(a, b) for a, b in product(range(lost[1] + 1), repeat=2) if a + b <= lost[1]]
    many = np.array([(p1, p2, n1, n2) for (p1, p2), (n1, n2) in product(ways, other)]).T
    every = dr.compare_proportions(met[0] + many[0], sizes[0] + many[0] + many[2], met[1] + many[1],
                                   sizes[1] + many[1] + many[3], measure=measure)  # fmt: skip
    sides = np.where(every.pvalue < 0.2, np.sign(np.nan_to_num(every.estimate, nan=null, posinf=9) - null), 0)
    if row["holds"]:
        assert len(set(sides.tolist())) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 12))
def test_what_holds_holds_under_every_allotment_of_events(black, white, lost):
    data = {"ethnicity": ["Black"] * black + ["White"] * white + [None] * lost}
    population = census({"ethnicity": ["Black", "White"], "people": [1000, 3000]})
    row = rows(asked(data, population, confidence_level=0.9))[0]
    many = np.array([(a, b) for a in range(lost + 1) for b in range(lost + 1 - a)]).T
    every = dr.compare_rates(black + many[0], 1000, white + many[1], 3000)
    sides = np.where(every.pvalue < 0.1, np.sign(every.estimate - 1), 0)
    assert row["holds"] == (len(set(sides.tolist())) == 1)
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((every.estimate.min(), every.estimate.max()))


# The Metropolitan Police in June 2016

FIRST_CODES = {"W": "White", "M": "Mixed", "B": "Black", "O1": "Asian", "A": "Asian", "O9": "Other"}
LONDON_2011 = {"Asian": 1_511_546, "Black": 1_088_640, "Mixed": 405_279, "Other": 281_041, "White": 4_887_435}


def real_searches(kept):
    """Self-defined ethnicity in the census's five groups and officer-defined ethnicity, of the rows that are kept."""
    if not MET.exists():
        pytest.skip("the real records are not here")
    with MET.open(encoding="utf-8") as lines:
        every = list(csv.DictReader(lines))
    codes = [row["Self-defined ethnicity"].partition("(")[2].removesuffix(")") for row in every]
    groups = [FIRST_CODES.get(code) or FIRST_CODES.get(code[:1]) for code in codes]
    both = [(group, row) for group, row in zip(groups, every, strict=True) if kept(group, row["Type"])]
    seen = [row["Officer-defined ethnicity"] for _, row in both]
    return {"ethnicity": [group for group, _ in both], "officer-defined ethnicity": seen}


@pytest.fixture(scope="module")
def met():
    """Searches of people: those of a vehicle alone leave."""
    return real_searches(lambda group, kind: kind != "Vehicle search")


def london():
    return census({"ethnicity": list(LONDON_2011), "people": list(LONDON_2011.values())})


def test_who_is_unknown_in_the_real_records(met):
    every, lost = Counter(met["officer-defined ethnicity"]), Counter()
    for own, seen in zip(*met.values(), strict=True):
        lost[seen] += own is None
    assert sum(every.values()) == 10_362 and sum(lost.values()) == 1_029
    assert (lost["White"], every["White"]) == (267, 4_458)  # 6.0%
    assert (lost["Black"], every["Black"]) == (520, 4_192)  # 12.4%; with vehicles alone, 524 of 4,205, 12.5%


def test_real_searches_under_every_rule(met):
    found = asked(met, london(), within="officer-defined ethnicity", name="searches")
    black = {row["assumption"]: row for row in rows(found)}
    own, seen = met["ethnicity"], met["officer-defined ethnicity"]
    known = Counter(own)
    ratio = LONDON_2011["White"] / LONDON_2011["Black"]
    assert black["stated only"]["estimate"] == pytest.approx(known["Black"] / known["White"] * ratio)
    assert black["all in the reference"]["estimate"] == pytest.approx(
        known["Black"] / (known["White"] + known[None]) * ratio
    )
    assert black["all in this group"]["estimate"] == pytest.approx(
        (known["Black"] + known[None]) / known["White"] * ratio
    )
    pairs, levels = Counter(zip(own, seen, strict=True)), set(seen)
    stated = {level: sum(pairs[group, level] for group in LONDON_2011) for level in levels}
    allotted = {
        group: known[group] + sum(pairs[None, level] * pairs[group, level] / stated[level] for level in levels)
        for group in ("Black", "White")
    }
    within = black["at random within officer-defined ethnicity"]
    assert within["estimate"] == pytest.approx(allotted["Black"] / allotted["White"] * ratio)
    assert within["estimate"] > black["stated only"]["estimate"]  # more of the unknown were recorded as Black
    assert within["low"] < within["estimate"] < within["high"]
    assert black["stated only"]["unknown_cases"] == 1_029
    assert all(row["holds"] for row in black.values())
    assert within["tipping_point"] == "not even if every unknown case were White"


def test_the_real_file_by_its_path():
    """As it is read, what is stated of a person in a search of a vehicle alone stays, and what is not leaves."""
    stated = real_searches(lambda group, kind: group is not None or kind != "Vehicle search")
    found = dr.unknowns(
        MET, london(), group="Self-defined ethnicity", reference="White", within="Officer-defined ethnicity",
        mapping="16+1 to 5+1 (2011)",
    )  # fmt: skip
    mine = asked(stated, london(), within="officer-defined ethnicity")
    for group in ("Asian", "Black", "Mixed", "Other"):
        theirs = rows(found, group)
        assert [row["estimate"] for row in theirs] == pytest.approx([row["estimate"] for row in rows(mine, group)])
    black = rows(found)[0]
    assert (black["unknown_cases"], black["all_cases"]) == (1_029, 10_387)
    assert black["holds"] and black["period"] == "June 2016"

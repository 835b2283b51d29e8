"""Funnels of areas: hand calculations, every source, every verdict, and what is refused."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, norm

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.variation import chance_rate, spread

GOLDEN = json.loads((Path(__file__).parents[1] / "inference" / "funnel_golden.json").read_text())
TABLE = {
    "borough": [f"B{i:02}" for i in range(12)],
    "met": [row["numerator"] for row in GOLDEN["data"]],
    "asked": [row["denominator"] for row in GOLDEN["data"]],
}


def funnel(**options):
    return dr.funnel(TABLE, **{"by": "borough", "count": "met", "nobs": "asked", **options})


def areas(findings):
    return [row for row in findings.rows() if row["row_type"] == "group"]


def test_rows_stand_in_a_fixed_order_one_a_level():
    found = funnel()
    assert found["row_type"][:2] == ["reference", "variation"]
    assert found["borough"][:2] == [None, None]
    assert [row["borough"] for row in areas(found)] == [name for name in TABLE["borough"] for _ in range(2)]
    assert [row["confidence_level"] for row in areas(found)[:4]] == [0.95, 0.998, 0.95, 0.998]
    shuffled = np.random.default_rng(1).permutation(12)
    again = dr.funnel(
        {name: [values[i] for i in shuffled] for name, values in TABLE.items()},
        by="borough", count="met", nobs="asked",
    )  # fmt: skip
    assert repr(again.to_dict()) == repr(found.to_dict())


def test_values_target_and_limits_by_hand():
    found = areas(funnel(confidence_level=0.95))
    target = sum(TABLE["met"]) / sum(TABLE["asked"])
    for row, count, nobs in zip(found, TABLE["met"], TABLE["asked"], strict=True):
        assert (row["count"], row["nobs"]) == (count, nobs)
        assert row["value"] == pytest.approx(100 * count / nobs)
        assert row["reference_value"] == pytest.approx(100 * target)
        below = binom.cdf(count - 1, nobs, target) + binom.pmf(count, nobs, target) / 2
        assert row["z"] == pytest.approx(norm.ppf(below), abs=1e-8)
        assert row["pvalue"] == pytest.approx(2 * min(below, 1 - below), rel=1e-8)
        outside = not row["control_low"] <= row["value"] <= row["control_high"]
        assert outside == (row["pvalue"] < 0.05)
        expected = "within the limits" if not outside else f"{'above' if row['z'] > 0 else 'below'} the 95% limits"
        assert row["verdict"] == expected
        assert math.isnan(row["low"]) and math.isnan(row["estimate"])  # control limits are no interval of the area
        assert row["method"] == "mid-p control limits around the target"


def test_the_verdict_names_the_widest_limits_that_are_crossed():
    table = {"area": ["far", "near", "out"], "met": [40, 50, 62], "asked": [100, 100, 100]}
    found = dr.funnel(table, by="area", count="met", nobs="asked", target=45)
    verdicts = {row["area"]: row["verdict"] for row in areas(found)}
    assert verdicts == {
        "far": "within the limits",
        "near": "within the limits",
        "out": "above the 99.8% limits",
    }
    lower = dr.funnel(table, by="area", count="met", nobs="asked", target=51)
    assert {row["area"]: row["verdict"] for row in areas(lower)}["far"] == "below the 95% limits"


def test_additive_overdispersion_is_that_of_r():
    found = areas(funnel(overdispersion="additive"))
    expected = GOLDEN["PR_"]
    assert [row["z"] for row in found[::2]] == pytest.approx(expected["od_z"], abs=1e-9)
    assert [row["tau2"] for row in found] == pytest.approx([expected["tau2"]] * 24, abs=1e-12)
    assert all(row["flag"] & Flag.WIDER_LIMITS for row in found)
    assert found[0]["method"] == (
        "arcsine control limits around the target, widened for variation between areas (additive, winsorised 10%)"
    )


def test_multiplicative_overdispersion_multiplies_the_variance():
    found, narrow = areas(funnel(overdispersion="multiplicative")), areas(funnel(method="arcsine"))
    phi = GOLDEN["PR_"]["phi"]
    assert found[0]["phi"] == pytest.approx(phi, abs=1e-9)
    for wide, plain in zip(found, narrow, strict=True):
        assert wide["z"] == pytest.approx(plain["z"] / math.sqrt(phi), rel=1e-9)
        assert wide["control_high"] > plain["control_high"]


def test_extremes_can_be_kept():
    kept = areas(funnel(overdispersion="additive", winsorise=0))[0]
    assert kept["tau2"] == pytest.approx(dr.overdispersion(TABLE["met"], TABLE["asked"], extremes="kept").tau2)
    assert kept["method"].endswith("(additive, nothing winsorised)")


@pytest.mark.parametrize("way", ["additive", "multiplicative"])
def test_areas_that_do_not_vary_are_not_widened_and_say_so(way):
    table = {"area": ["A", "B", "C"], "met": [20, 41, 60], "asked": [100, 200, 300]}
    found = areas(dr.funnel(table, by="area", count="met", nobs="asked", overdispersion=way))
    plain = areas(dr.funnel(table, by="area", count="met", nobs="asked", method="arcsine"))
    assert [row["control_low"] for row in found] == pytest.approx([row["control_low"] for row in plain])
    assert all(row["flag"] & Flag.NO_VARIATION and not row["flag"] & Flag.WIDER_LIMITS for row in found)


def test_the_row_on_variation_is_that_of_the_shares():
    row = next(row for row in funnel().rows() if row["row_type"] == "variation")
    count, size = np.array(TABLE["met"]), np.array(TABLE["asked"])
    expected = spread(count / size, chance_rate(count / size, size.astype(float))[1], 0.95)
    assert row["value"] == pytest.approx(100 * expected.estimate)
    assert row["pvalue"] == pytest.approx(expected.pvalue)
    assert row["unit_of_measure"] == "percentage points"


def test_records_and_a_tally_give_what_the_table_gives():
    records = {"borough": [], "answer": []}
    for name, met, asked in zip(*TABLE.values(), strict=True):
        records["borough"] += [name] * asked
        records["answer"] += ["Yes"] * met + ["No"] * (asked - met)
    found = dr.funnel(records, by="borough", outcome="answer", positive="Yes")
    tally = dr.funnel(dr.tally(records, "borough", outcome="answer"), by="borough", outcome="answer", positive="Yes")
    for name in ("borough", "count", "nobs", "value", "control_low", "control_high", "z", "verdict", "flag"):
        for other in (found[name], tally[name]):
            assert repr(other[2:]) == repr(funnel()[name][2:])
    assert found["measure"][0] == "answer (Yes)"


def test_missing_answers_are_counted_and_excluded_ones_leave_the_base():
    records = {
        "area": ["A"] * 10 + ["B"] * 8,
        "answer": ["Yes"] * 4 + ["No"] * 3 + [None] * 2 + ["Don't know"] + ["Yes"] * 3 + ["No"] * 5,
    }
    found = areas(dr.funnel(records, by="area", outcome="answer", positive="Yes", exclude="Don't know"))
    assert (found[0]["nobs"], found[0]["outcome_missing"]) == (7, 3)
    assert found[0]["flag"] & Flag.MISSING_ANSWERS


def test_areas_that_are_not_known_are_shown_and_held_against_nothing():
    records = {"area": ["A"] * 50 + ["B"] * 50 + [None] * 20, "met": ([True] * 20 + [False] * 30) * 2 + [True] * 20}
    found = dr.funnel(records, by="area", outcome="met", positive=True)
    last = areas(found)[-1]
    assert (last["area"], last["value"]) == ("not stated", 100.0)
    assert math.isnan(last["z"]) and math.isnan(last["control_low"]) and last["verdict"] is None
    assert last["flag"] & Flag.MISSING_GROUP
    assert found["reference_value"][0] == pytest.approx(40.0)  # the twenty are no part of the target


def test_an_area_without_cases_keeps_its_row():
    table = {"area": ["A", "B", "C"], "met": [20, 0, 60], "asked": [100, 0, 300]}
    found = areas(dr.funnel(table, by="area", count="met", nobs="asked"))
    empty = [row for row in found if row["area"] == "B"]
    assert len(empty) == 2
    assert math.isnan(empty[0]["value"]) and math.isnan(empty[0]["z"]) and math.isnan(empty[0]["control_high"])
    assert empty[0]["flag"] & Flag.NO_CASES and empty[0]["verdict"] is None


def test_no_case_at_all():
    table = {"area": ["A", "B"], "met": [0, 0], "asked": [0, 0]}
    for way in ("none", "additive"):
        found = dr.funnel(table, by="area", count="met", nobs="asked", overdispersion=way)
        assert all(math.isnan(row["value"]) and math.isnan(row["control_low"]) for row in areas(found))
        variation = next(row for row in found.rows() if row["row_type"] == "variation")
        assert variation["flag"] & Flag.TOO_FEW_AREAS


def test_one_area_is_too_few_to_widen_by():
    table = {"area": ["A"], "met": [20], "asked": [100]}
    found = areas(dr.funnel(table, by="area", count="met", nobs="asked", overdispersion="additive", target=30))
    assert found[0]["flag"] & Flag.TOO_FEW_AREAS and found[0]["verdict"] == "below the 95% limits"


def test_weighted_areas_count_for_their_effective_numbers():
    rng = np.random.default_rng(4)
    records = {
        "area": rng.choice(["A", "B", "C"], 400),
        "met": rng.random(400) < 0.4,
        "w": rng.uniform(0.5, 3, 400),
    }
    found = areas(dr.funnel(records, by="area", outcome="met", positive=True, weight="w", confidence_level=0.95))
    for row in found:
        inside = records["area"] == row["area"]
        w, met = records["w"][inside], records["met"][inside]
        size = w.sum() ** 2 / (w**2).sum()
        share = (w * met).sum() / w.sum()
        assert row["effective_nobs"] == pytest.approx(size)
        assert row["value"] == pytest.approx(100 * share)
        limits = dr.funnel_limits(row["reference_value"] / 100, size, confidence_level=0.95)
        assert row["control_high"] == pytest.approx(100 * limits.high)
        assert row["nobs"] == inside.sum() and row["flag"] & Flag.EFFECTIVE_SIZE


RATES = {"force": ["A", "B", "C", "D"], "stops": [120, 300, 90, 10], "people": [30_000, 55_000, 36_000, 2_000]}


def test_rates_are_per_so_many():
    found = dr.funnel(RATES, by="force", count="stops", exposure="people", per=1000)
    row = areas(found)[0]
    assert row["value"] == pytest.approx(4.0) and row["unit_of_measure"] == "per 1,000" and row["per"] == 1000
    assert row["reference_value"] == pytest.approx(1000 * 520 / 123_000)
    limits = dr.funnel_limits(520 / 123_000, 30_000, measure="rate")
    assert row["control_low"] == pytest.approx(1000 * limits.low[0])
    assert found["measure"][0] == "stops per 1,000 people"
    same = dr.funnel(RATES, by="force", count="stops", exposure="people", per=100_000)
    assert [row["z"] for row in areas(same)] == pytest.approx([row["z"] for row in areas(found)])


def test_a_target_is_in_the_units_of_the_values():
    assert areas(funnel(target=40))[0]["reference_value"] == 40
    assert areas(funnel(target=40))[0]["reference"] == "target"
    rates = areas(dr.funnel(RATES, by="force", count="stops", exposure="people", target=3.5))[0]
    limits = dr.funnel_limits(0.0035, 30_000, measure="rate")
    assert (rates["reference_value"], rates["control_high"]) == (3.5, pytest.approx(1000 * limits.high[0]))


def test_observed_over_expected_is_held_against_one():
    table = {"force": ["A", "B"], "seen": [12, 40], "expected": [9.5, 61.0]}
    row = areas(dr.funnel(table, by="force", count="seen", expected="expected"))[0]
    assert row["value"] == pytest.approx(12 / 9.5)
    assert (row["reference"], row["reference_value"]) == ("as expected", 1.0)
    assert row["unit_of_measure"] == "observed over expected"
    assert row["control_high"] == pytest.approx(dr.funnel_limits(1.0, 9.5, measure="ratio").high[0])


def test_a_ratio_of_counts_has_both_together_as_its_size():
    table = {"force": ["A", "B"], "black": [12, 40], "white": [20, 100]}
    row = areas(dr.funnel(table, by="force", count="black", against="white"))[0]
    assert (row["value"], row["nobs"]) == (pytest.approx(0.6), 32)
    assert row["reference_value"] == pytest.approx(52 / 120)
    assert row["control_low"] == pytest.approx(dr.funnel_limits(52 / 120, 32, measure="count-ratio").low[0])


def test_events_over_a_population():
    people = {
        "borough": ["A", "A", "B", "B", "C", "C"], "ethnicity": ["Black", "White"] * 3,
        "people": [1000, 9000, 2000, 6000, 500, 7500],
    }  # fmt: skip
    census = dr.population(people, group="ethnicity", count="people", date="2011", by="borough")
    searches = {"borough": ["A"] * 40 + ["B"] * 50 + [None] * 3, "reason": ["drugs"] * 93}
    found = dr.funnel(searches, census, by="borough", period="2016-06")
    rows = {row["borough"]: row for row in areas(found)}
    assert (rows["A"]["count"], rows["A"]["exposure"], rows["A"]["value"]) == (40, 10_000, 4.0)
    assert rows["A"]["reference_value"] == pytest.approx(5.0)  # C sent no records: it is no part of the whole
    assert rows["C"]["count"] is None and math.isnan(rows["C"]["value"])
    assert rows["C"]["flag"] & Flag.NOT_RECORDED
    assert rows["not stated"]["flag"] & Flag.MISSING_GROUP and math.isnan(rows["not stated"]["value"])
    assert (rows["A"]["period"], rows["A"]["population_date"], rows["A"]["basis"]) == ("June 2016", "2011", "residents")
    assert found["measure"][0] == "events per 1,000 residents in 1 month"
    none = dr.funnel(searches, census, by="borough", period="2016-06", no_events="C")
    row = next(row for row in areas(none) if row["borough"] == "C")
    assert (row["count"], row["value"], row["verdict"]) == (0, 0.0, "below the 99.8% limits")


def test_a_month_is_not_a_year():
    people = {"borough": ["A", "A"], "ethnicity": ["Black", "White"], "people": [1000, 9000]}
    census = dr.population(people, group="ethnicity", count="people", date="2011", by="borough")
    with pytest.raises(TypeError, match="a rate of residents needs period=: when the events happened"):
        dr.funnel({"borough": ["A"] * 4}, census, by="borough")


def test_events_where_nobody_lives_are_refused():
    people = {"borough": ["A", "A", "B", "B"], "ethnicity": ["Black", "White"] * 2, "people": [10, 90, 0, 0]}
    census = dr.population(people, group="ethnicity", count="people", date="2011", by="borough")
    with pytest.raises(ValueError, match="population: it is 0 in borough 'B', where there are 2 events"):
        dr.funnel({"borough": ["A", "B", "B"]}, census, by="borough", period="2011")
    with pytest.raises(ValueError, match="by: events have borough 'Bb', and the population has no such borough"):
        dr.funnel({"borough": ["A", "Bb"]}, census, by="borough", period="2011")


def test_crossed_areas_and_rows_that_add_up():
    table = {
        "force": ["N", "N", "N", "S"], "district": ["1", "1", "2", "1"], "met": [3, 4, 10, 20], "n": [10, 10, 30, 40],
    }  # fmt: skip
    found = areas(dr.funnel(table, by=["force", "district"], count="met", nobs="n", confidence_level=0.95))
    assert [(row["force"], row["district"], row["count"], row["nobs"]) for row in found] == [
        ("N", "1", 7, 20), ("N", "2", 10, 30), ("S", "1", 20, 40),
    ]  # fmt: skip


def test_numbers_may_have_thousands_separators_and_labels_may_be_missing():
    table = {"area": ["A", "B", ""], "met": ["1,200", "900", "30"], "n": ["2,000", "1,000", "60"]}
    found = areas(dr.funnel(table, by="area", count="met", nobs="n", confidence_level=0.95))
    assert [row["area"] for row in found] == ["A", "B", "not stated"]
    assert [row["count"] for row in found] == [1200, 900, 30]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=9)
)
def test_laws(pairs):
    table = {"area": [f"{i}" for i in range(len(pairs))], "x": [x for x, _ in pairs], "n": [n for _, n in pairs]}
    rows = areas(dr.funnel(table, by="area", count="x", nobs="n"))
    for narrow, wide in zip(rows[::2], rows[1::2], strict=True):
        assert wide["control_low"] <= narrow["control_low"] <= narrow["control_high"] <= wide["control_high"]
        outside = not wide["control_low"] <= wide["value"] <= wide["control_high"]
        assert ("99.8%" in wide["verdict"]) == outside
        assert narrow["verdict"] == wide["verdict"]
    other = {"area": table["area"], "x": [n - x for x, n in pairs], "n": table["n"]}
    mirrored = areas(dr.funnel(other, by="area", count="x", nobs="n"))
    assert [row["z"] for row in mirrored] == pytest.approx([-row["z"] for row in rows], abs=1e-6)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nobs": "n"}, "no column 'n' in the table"),
        ({"overdispersion": "some"}, "overdispersion: 'some' is not one of"),
        ({"winsorise": 0.5}, "winsorise: 0.5 is not from 0 to below 0.5"),
        ({"overdispersion": "additive", "method": "mid-p"}, "method: 'mid-p' has no variance to widen; use 'arcsine'"),
        ({"method": "byar"}, "method: 'byar' is not one of"),
        ({"target": 120}, "target: 120 is not a percentage"),
        ({"confidence_level": 2}, "confidence_level: 2 is not between 0 and 1"),
        ({"by": []}, "by: no column of areas is named"),
        ({"by": "met"}, "count: 'met' is already given as by|by: 'met' is already given as count"),
        ({"nobs": "met"}, "'met' is already given as"),
        ({"per": 0}, "per: 0 is not"),
    ],
)
def test_bad_options_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        funnel(**options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nobs": None}, "funnel needs outcome= and positive= for records"),
        ({"exposure": "asked"}, "funnel needs outcome= and positive="),
        ({"outcome": "met"}, "count: outcome='met' counts records, so that count has no meaning"),
        ({"weight": "w"}, "weight: there is no outcome="),
        ({"where": [True]}, "where: a table with a row for each area"),
        ({"name": 3}, "name: 3 is not a text"),
        ({"higher_is_better": "yes"}, "higher_is_better: 'yes' is neither True nor False"),
        ({"target": "80"}, "target: '80' is not a number"),
    ],
)
def test_arguments_that_do_not_go_together_are_named(options, message):
    with pytest.raises(TypeError, match=message):
        funnel(**options)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("met", None, "count: 'met' is blank at row 1 .B01."),
        ("met", "N/A", "count: 'N/A' in 'met' is not a number at row 1 .B01."),
        ("met", 2.5, "count: 2.5 in 'met' is not a whole number at row 1 .B01."),
        ("asked", -3, "nobs: -3 in 'asked' is negative at row 1 .B01."),
        ("met", 200, "count: met is 200 in borough 'B01', above asked, 100"),
        ("borough", 1.5, "column 'borough': 1.5 at row 1 is no label"),
    ],
)
def test_bad_cells_are_named(column, value, message):
    table = {name: list(values) for name, values in TABLE.items()}
    table[column][1] = value
    with pytest.raises((ValueError, TypeError), match=message):
        dr.funnel(table, by="borough", count="met", nobs="asked")


def test_outcome_needs_its_positive_answers_and_a_tally_has_no_columns_of_numbers():
    with pytest.raises(TypeError, match="positive: name the answers that count"):
        dr.funnel({"a": ["x"], "o": ["y"]}, by="a", outcome="o")
    with pytest.raises(TypeError, match="data is a Tally, which has no columns of numbers"):
        dr.funnel(dr.tally({"a": ["x"]}, "a"), by="a", count="n", nobs="m")
    with pytest.raises(ValueError, match="there are no rows in the table"):
        dr.funnel({"a": [], "n": [], "m": []}, by="a", count="n", nobs="m")


def test_the_table_shows_limits_as_control_limits_and_says_what_they_are():
    text = repr(funnel(confidence_level=0.95))
    assert "95% control low" in " ".join(text.split()) and "within the limits" in text
    assert max(map(len, text.split("\n"))) <= 80
    assert any("no interval of its own value" in note for note in funnel().notes)


REAL = Path(__file__).parents[2].parent / "shared" / "real"


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
def test_shares_of_arrests_in_a_real_file_by_object_of_search():
    path = REAL / "2016-06-metropolitan-stop-and-search.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    found = dr.funnel(path, by="Object of search", outcome="Outcome", positive="Suspect arrested")
    stated = [line for line in lines if line["Outcome"].strip()]
    for row in areas(found)[::2]:
        if row["Object of search"] == "not stated":
            continue
        here = [line for line in stated if line["Object of search"] == row["Object of search"]]
        arrests = sum(line["Outcome"] == "Suspect arrested" for line in here)
        assert (row["count"], row["nobs"]) == (arrests, len(here))
        assert row["value"] == pytest.approx(100 * arrests / len(here))
    assert found["period"][0] == "June 2016"

"""dr.crossings: every combination of several characteristics, from one tally."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

NAMES = ["ethnicity", "gender", "age"]
ANSWERS = {"outcome": "satisfied", "positive": "yes"}
NUMBERS = (
    "count", "nobs", "outcome_missing", "value", "reference_count", "reference_nobs", "reference_value", "estimate",
    "low", "high", "pvalue",
)  # fmt: skip


def records(n=4000, seed=2):
    rng = np.random.default_rng(seed)
    data = {
        "ethnicity": rng.choice(["Asian", "Black", "White", ""], n, p=[0.2, 0.2, 0.5, 0.1]),
        "gender": rng.choice(["Female", "Male"], n),
        "age": rng.choice(["16-24", "25-64", "65+"], n, p=[0.2, 0.6, 0.2]),
        "satisfied": rng.choice(["yes", "no", "don't know", ""], n, p=[0.6, 0.3, 0.06, 0.04]),
        "weight": rng.choice([0.5, 1.0, 2.5], n),
    }
    low = (data["ethnicity"] == "Black") & (data["gender"] == "Male") & (rng.random(n) < 0.25)
    data["satisfied"] = np.where(low, "no", data["satisfied"])
    return data


RECORDS = records()
FOUND = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know")


def row(findings, **equal):
    (only,) = findings.filter(**equal).rows()
    return only


def numbers(row, names=NUMBERS):
    return {name: row[name] for name in names}


def alone(*names, data=RECORDS, **options):
    """The gap of one column made of several; kinds of missing stay apart."""
    joined = [", ".join(parts) if all(parts) else None for parts in zip(*(data[name] for name in names), strict=True)]
    table = {"group": joined, "satisfied": data["satisfied"], "weight": data["weight"]}
    options = {"reference": dr.OVERALL, "exclude": "don't know", "adjust": "none"} | options
    return dr.gap(table, group="group", **ANSWERS, **options)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reference", [dr.OVERALL, dr.REST])
def test_a_characteristic_by_itself_is_its_gap(name, reference):
    findings = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know", reference=reference)
    gap = dr.gap(RECORDS, group=name, **ANSWERS, exclude="don't know", reference=reference)
    single = findings.filter(characteristic=name)
    assert single["group"] == gap["group"]
    for one, same in zip(single.rows(), gap.rows(), strict=True):
        assert numbers(one) == pytest.approx(numbers(same), nan_ok=True)
        assert one["flag"] == same["flag"] and one["row_type"] == "group"


@pytest.mark.parametrize("options", [{}, {"reference": dr.REST}, {"measure": "ratio"}, {"method": "newcombe"}])
def test_a_crossing_is_the_gap_of_one_column_made_of_two(options):
    findings = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know", **options)
    gap = alone("ethnicity", "gender", **options)
    for same in gap.rows():
        if same["group"] != "not stated":
            ethnicity, gender = same["group"].split(", ")
            one = row(findings, crossed=2, ethnicity=ethnicity, gender=gender, age=None)
            assert numbers(one) == pytest.approx(numbers(same), nan_ok=True)
            assert one["group"] == same["group"] and one["characteristic"] == "ethnicity x gender"


def test_a_reference_of_its_own_for_each_crossing():
    reference = {"age": "25-64", "gender": "Male", "ethnicity": "White"}
    findings = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know", depth=3, reference=reference)
    gap = alone("ethnicity", "gender", reference="White, Male")
    one = row(findings, crossed=2, ethnicity="Black", gender="Female", age=None)
    assert numbers(one) == pytest.approx(numbers(row(gap, group="Black, Female")))
    assert one["reference"] == "White, Male"
    own = findings.filter(row_type="reference")
    assert own["group"] == [
        "White",
        "Male",
        "25-64",
        "White, Male",
        "White, 25-64",
        "Male, 25-64",
        "White, Male, 25-64",
    ]
    assert all(math.isnan(value) for value in own["estimate"])


def test_rows_go_from_one_characteristic_to_the_most_crossed():
    assert FOUND.filter(gender="Male", age=None, ethnicity=None)["group"] == ["Male"]
    assert list(dict.fromkeys(FOUND["characteristic"])) == [
        "ethnicity", "gender", "age", "ethnicity x gender", "ethnicity x age", "gender x age",
    ]  # fmt: skip
    assert FOUND["crossed"] == sorted(FOUND["crossed"])
    pairs = FOUND.filter(characteristic="ethnicity x gender")
    assert pairs["group"] == [
        "Asian, Female", "Asian, Male", "Black, Female", "Black, Male", "White, Female", "White, Male",
        "ethnicity not stated, Female", "ethnicity not stated, Male",
    ]  # fmt: skip
    deep = dr.crossings(RECORDS, NAMES, **ANSWERS, depth=3)
    assert set(deep["crossed"]) == {1, 2, 3} and len(deep.filter(crossed=3)) == 4 * 2 * 3
    assert set(dr.crossings(RECORDS, NAMES, **ANSWERS, depth=8)["crossed"]) == {1, 2, 3}


def test_all_comparisons_are_one_family():
    compared = [p for p in FOUND["pvalue"] if not math.isnan(p)]
    adjusted = [p for p in FOUND["adjusted_pvalue"] if not math.isnan(p)]
    assert adjusted == pytest.approx(dr.adjust_pvalues(compared).tolist())
    assert f"Holm over {len(compared)} comparisons" in FOUND["method"][0]


def test_missing_labels_are_rows_that_are_compared_with_nobody():
    one = row(FOUND, characteristic="ethnicity x gender", ethnicity="not stated", gender="Male")
    assert one["nobs"] and one["value"] and math.isnan(one["estimate"]) and one["reference_nobs"] is None
    assert Flag.MISSING_GROUP in one["flag"]


@pytest.mark.parametrize(
    "made",
    [pd.DataFrame, pl.DataFrame, lambda data: dr.tally(data, ["age", "gender", "ethnicity"], outcome="satisfied")],
    ids=["pandas", "polars", "tally"],
)
def test_any_table_and_a_tally_of_it_give_the_same(made):
    findings = dr.crossings(made(RECORDS), NAMES, **ANSWERS, exclude="don't know")
    assert repr(findings.to_dict()) == repr(FOUND.to_dict())


def test_a_tally_of_more_is_summed():
    tally = dr.tally(RECORDS, NAMES, outcome="satisfied")
    findings = dr.crossings(tally, NAMES[:2], **ANSWERS, exclude="don't know")
    same = dr.crossings(RECORDS, NAMES[:2], **ANSWERS, exclude="don't know")
    assert repr(findings.to_dict()) == repr(same.to_dict())


def small():
    """Five women of 65 and over, all the others many."""
    ages = ["65+"] * 5 + ["16-64"] * 95 + ["16-64"] * 60 + ["65+"] * 40
    return {"gender": ["F"] * 100 + ["M"] * 100, "age": ages, "satisfied": (["yes"] * 3 + ["no"]) * 50}


def test_small_combinations_keep_their_row_and_are_not_compared():
    findings = dr.crossings(small(), ["gender", "age"], **ANSWERS)
    one = row(findings, gender="F", age="65+")
    assert (one["nobs"], one["not_compared"]) == (5, "fewer than 10 cases")
    assert one["value"] > 0 and math.isnan(one["pvalue"]) and one["verdict"] is None
    assert Flag.SMALL_BASE in one["flag"]
    assert "Holm over 7 comparisons" in one["method"]
    compared = row(dr.crossings(small(), ["gender", "age"], **ANSWERS, min_count=5), gender="F", age="65+")
    assert compared["not_compared"] is None and not math.isnan(compared["pvalue"])


def test_combinations_that_nobody_has_are_counted_or_shown():
    data = {"gender": ["F", "F", "M"], "age": ["16-64", "65+", "16-64"], "satisfied": ["yes", "no", "yes"]}
    findings = dr.crossings(data, ["gender", "age"], **ANSWERS)
    assert len(findings.filter(crossed=2)) == 3
    assert set(findings.filter(crossed=2)["empty_combinations"]) == {1}
    shown = dr.crossings(data, ["gender", "age"], **ANSWERS, empty=True)
    empty = row(shown, gender="M", age="65+")
    assert (empty["count"], empty["nobs"]) == (0, 0) and math.isnan(empty["value"])
    assert Flag.EMPTY_GROUP in empty["flag"]


def test_a_label_that_nobody_has_keeps_its_row():
    data = small() | {"gender": pd.Categorical(small()["gender"], ["F", "M", "X"])}
    findings = dr.crossings(data, ["gender", "age"], **ANSWERS)
    assert Flag.EMPTY_GROUP in row(findings, gender="X", age=None)["flag"]
    assert findings.filter(gender="X", crossed=2)["group"] == []


def test_labels_are_told_apart_where_they_would_not_tell_themselves():
    data = {"disabled": ["Yes", "No"] * 20, "carer": ["Yes"] * 20 + ["No"] * 20, "satisfied": ["yes"] * 40}
    findings = dr.crossings(data, ["disabled", "carer"], **ANSWERS)
    assert findings["group"][0] == "disabled: No"
    assert findings.filter(crossed=2)["group"][1] == "disabled: No, carer: Yes"
    assert findings.filter(crossed=2)["carer"] == ["No", "Yes", "No", "Yes"]


def test_only_labels_that_need_it_are_told_apart():
    data = {"ethnicity": ["Black", "Other"] * 20, "gender": ["Male"] * 20 + ["Other"] * 20, "satisfied": ["yes"] * 40}
    findings = dr.crossings(data, ["ethnicity", "gender"], **ANSWERS)
    assert findings["group"] == [
        "Black", "ethnicity: Other", "Male", "gender: Other",
        "Black, Male", "Black, gender: Other", "ethnicity: Other, Male", "ethnicity: Other, gender: Other",
    ]  # fmt: skip


def test_the_interaction_by_hand():
    one = row(FOUND, ethnicity="Black", gender="Male", age=None)
    known = {name: np.array(values) for name, values in RECORDS.items()}
    stated = np.isin(known["satisfied"], ["yes", "no"]) & (known["ethnicity"] != "")
    black, male = known["ethnicity"] == "Black", known["gender"] == "Male"
    shares, arms = [], []
    for ours, theirs in ((black, male), (black, ~male), (~black, male), (~black, ~male)):
        some = stated & ours & theirs
        count, nobs = int((known["satisfied"][some] == "yes").sum()), int(some.sum())
        limits = dr.proportion_interval(count, nobs)
        shares.append(count / nobs)
        arms.append((count / nobs - limits.low, limits.high - count / nobs))
    estimate = shares[0] - shares[1] - shares[2] + shares[3]
    below = math.sqrt(arms[0][0] ** 2 + arms[1][1] ** 2 + arms[2][1] ** 2 + arms[3][0] ** 2)
    above = math.sqrt(arms[0][1] ** 2 + arms[1][0] ** 2 + arms[2][0] ** 2 + arms[3][1] ** 2)
    assert (one["interaction"], one["interaction_low"], one["interaction_high"]) == pytest.approx(
        (100 * estimate, 100 * (estimate - below), 100 * (estimate + above))
    )
    assert one["interaction_adjusted_pvalue"] < 0.05 and one["interaction"] < 0


def test_only_pairs_have_an_interaction_and_only_of_differences():
    for found in FOUND.rows():
        compared = found["crossed"] == 2 and Flag.MISSING_GROUP not in found["flag"]
        assert math.isnan(found["interaction"]) != compared
    ratios = dr.crossings(RECORDS, NAMES, **ANSWERS, measure="ratio")
    assert "interaction" not in ratios.columns and "practical_verdict" in ratios.columns


def test_weights_are_those_of_the_gap_of_one_column():
    findings = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know", weight="weight")
    gap = alone("ethnicity", "gender", weight="weight")
    names = (*NUMBERS, "effective_nobs", "design_effect")
    for same in gap.rows():
        if same["group"] != "not stated":
            one = row(findings, group=same["group"])
            assert numbers(one, names) == pytest.approx(numbers(same, names), nan_ok=True)
    whole = np.ones(len(RECORDS["age"]))
    equal = dr.crossings(RECORDS, NAMES, **ANSWERS, exclude="don't know", weight=whole)
    assert equal["interaction_low"] == pytest.approx(FOUND["interaction_low"], nan_ok=True)


def test_without_an_outcome_combinations_are_shares_of_all():
    findings = dr.crossings(RECORDS, NAMES)
    one = row(findings, ethnicity="Black", gender="Male", age=None)
    ethnicity, gender = np.array(RECORDS["ethnicity"]), np.array(RECORDS["gender"])
    count, nobs = int(((ethnicity == "Black") & (gender == "Male")).sum()), int((ethnicity != "").sum())
    limits = dr.proportion_interval(count, nobs)
    assert (one["count"], one["nobs"], one["outcome_missing"]) == (count, nobs, len(ethnicity) - nobs)
    assert (one["value"], one["low"], one["high"]) == pytest.approx(
        (100 * count / nobs, 100 * limits.low, 100 * limits.high)
    )
    share = dr.share(RECORDS, of="ethnicity")
    single = findings.filter(characteristic="ethnicity")
    for name in ("group", "count", "nobs", "outcome_missing", "value", "low", "high"):
        assert single[name] == pytest.approx(share[name], nan_ok=True), name
    assert set(findings["reference"]) == {None} and findings.threshold is None


def test_a_small_combination_is_flagged_where_it_is_only_counted():
    findings = dr.crossings(small(), ["gender", "age"])
    assert Flag.SMALL_BASE in row(findings, gender="F", age="65+")["flag"]
    assert Flag.SMALL_BASE not in row(findings, gender="M", age="65+")["flag"]


def test_several_levels_and_none():
    findings = dr.crossings(RECORDS, NAMES, **ANSWERS, confidence_level=(0.95, 0.99))
    assert findings["confidence_level"][:2] == [0.95, 0.99] and findings["group"][0] == findings["group"][1]
    assert findings["interaction_low"][-1] == pytest.approx(findings["interaction_low"][-2], nan_ok=True)
    full = dr.crossings(RECORDS, NAMES, **ANSWERS, inference="none")
    assert all(math.isnan(low) for low in full["low"]) and "interaction_low" not in full.columns
    assert all(Flag.FULL_COUNT in flag for flag in full["flag"])
    assert all(math.isnan(low) for low in dr.crossings(RECORDS, NAMES, inference="none")["low"])


def test_eight_characteristics_of_many_cells():
    rng = np.random.default_rng(4)
    sizes = (6, 4, 4, 4, 4, 4, 3, 3)  # 55,296 combinations
    data = {f"c{i}": rng.integers(0, size, 20_000).astype(np.int8) for i, size in enumerate(sizes)}
    data["satisfied"] = rng.choice(["yes", "no"], 20_000)
    findings = dr.crossings(data, list(data)[:8], **ANSWERS)
    pairs = sum(a * b for i, a in enumerate(sizes) for b in sizes[i + 1 :])
    assert len(findings) == sum(sizes) + pairs
    with pytest.raises(ValueError, match=r"2\d,\d\d\d rows or more are above 20,000: .* with depth=3, or raise"):
        dr.crossings(data, list(data)[:8], **ANSWERS, depth=8)


def test_the_searches_of_a_month_as_published():
    path = Path(__file__).parents[2].parent / "shared" / "real" / "2016-06-metropolitan-stop-and-search.csv"
    if not path.exists():
        pytest.skip("the published file is not here")
    names = ["Officer-defined ethnicity", "Gender", "Age range"]
    findings = dr.crossings(path, names, outcome="Outcome", positive="Suspect arrested", depth=3)
    with path.open(encoding="utf-8-sig", newline="") as file:
        searches = list(csv.DictReader(file))
    for labels in (("Black", "Male", None), ("White", "Female", None), ("Black", "Male", "18-24"), ("", "Male", None)):
        wanted = dict(zip(names, labels, strict=True))
        some = [each for each in searches if all(label in (each[name], None) for name, label in wanted.items())]
        found = row(findings, **{name: "not stated" if label == "" else label for name, label in wanted.items()})
        assert found["count"] == sum(each["Outcome"] == "Suspect arrested" for each in some)
        assert found["nobs"] == sum(each["Outcome"] != "" for each in some)


cases = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["x", "y", None]),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["yes", "no", None]),
    ),
    min_size=1,
    max_size=60,
).filter(lambda rows: any(one[3] == "yes" for one in rows))


def table(rows):
    return {name: [one[i] for one in rows] for i, name in enumerate([*NAMES, "satisfied"])}


@settings(deadline=None, max_examples=60)
@given(cases)
def test_the_margins_of_a_crossing_are_the_rows_of_what_is_crossed(rows):
    findings = dr.crossings(table(rows), NAMES, **ANSWERS, depth=3, empty=True)
    for crossed in (2, 3):
        for found in findings.filter(crossed=crossed - 1).rows():
            fixed = {name: found[name] for name in NAMES if found[name] is not None}
            for other in (name for name in NAMES if name not in fixed):
                inner = [each for each in findings.filter(crossed=crossed, **fixed).rows() if each[other] is not None]
                for name in ("count", "nobs", "outcome_missing"):
                    assert sum(each[name] for each in inner) == found[name]


@settings(deadline=None, max_examples=40)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (dr.crossings(table(each), NAMES, **ANSWERS, min_count=1) for each in (rows, shuffled))
    assert repr(one.to_dict()) == repr(other.to_dict())


@settings(deadline=None, max_examples=40)
@given(cases)
def test_the_order_of_characteristics_changes_no_number(rows):
    one = dr.crossings(table(rows), NAMES, **ANSWERS, min_count=1)
    other = dr.crossings(table(rows), NAMES[::-1], **ANSWERS, min_count=1)
    for found in one.rows():
        same = row(other, **{name: found[name] for name in NAMES})
        names = ("count", "nobs", "value", "estimate", "low", "high", "interaction", "interaction_low")
        assert numbers(same, names) == pytest.approx(numbers(found, names), nan_ok=True, abs=1e-9)


@pytest.mark.parametrize(
    ("names", "options", "error", "message"),
    [
        ("ethnicity", {}, TypeError, r"characteristics: 'ethnicity' is not a list of columns"),
        ([], {}, ValueError, r"characteristics: there is none"),
        (list("abcdefghi"), {}, ValueError, r"characteristics: 9 are named; 8 is the most"),
        (["age", "age"], {}, ValueError, r"characteristics: 'age' is named twice"),
        (["age", 3], {}, TypeError, r"characteristics: 3 is not the name of a column"),
        (["age", "satisfied"], {}, ValueError, r"outcome: 'satisfied' is one of the characteristics"),
        (["age", "group"], {}, ValueError, r"'group' is the name of a column of the findings"),
        (["age", "crossed"], {}, ValueError, r"characteristics: 'crossed' is the name of a column of the findings"),
        (["age", "unit"], {}, ValueError, r"'unit' is the name of a column of the findings; rename it"),
        (["age", "interaction_low"], {}, ValueError, r"'interaction_low' is the name of a column of the findings"),
        (["age", "nation"], {}, ValueError, r"'nation'"),
        (NAMES, {"depth": 0}, ValueError, r"depth: 0 is below 1"),
        (NAMES, {"depth": 9}, ValueError, r"depth: 9 is above 8"),
        (NAMES, {"depth": 1.5}, TypeError, r"depth: 1.5 is not a whole number"),
        (NAMES, {"min_count": 0}, ValueError, r"min_count: 0 is below 1"),
        (NAMES, {"most_rows": 3}, ValueError, r"most_rows: \d+ rows or more are above 3: name fewer .*, or raise it"),
        (NAMES, {"reference": "White"}, TypeError, r"reference: 'White' is not dr.OVERALL, dr.REST, or a dict"),
        (NAMES, {"reference": {"age": "65+"}}, ValueError, r"reference: there is no label for 'ethnicity'"),
        (NAMES[2:], {"reference": {"age": "66+"}}, ValueError, r"reference: '66\+' is not a label of 'age'"),
        (NAMES[2:], {"reference": {"sex": "F"}}, ValueError, r"reference: 'sex' is not one of the characteristics"),
        (NAMES, {"measure": "odds-ratio"}, ValueError, r"an odds ratio against the whole has no interval"),
        (NAMES, {"measure": "gap"}, ValueError, r"measure: 'gap' is not one of"),
        (NAMES, {"method": "best"}, ValueError, r"method: 'best' is not a method for the difference"),
        (NAMES, {"adjust": "maximum"}, ValueError, r"adjust: 'maximum' is not one of"),
        (NAMES, {"positive": None}, ValueError, r"positive: outcome is given without it"),
        (NAMES, {"outcome": None}, ValueError, r"outcome: positive is given without it"),
        (NAMES, {"positive": "maybe"}, ValueError, r"positive: 'maybe' is not a label of 'satisfied'"),
        (NAMES, {"empty": "no"}, TypeError, r"empty: 'no' is neither True nor False"),
        (NAMES, {"inference": "some"}, ValueError, r"inference: 'some' is not one of"),
        (NAMES, {"weight": "weight", "method": "mid-p", "measure": "odds-ratio", "reference": dr.REST}, ValueError,
         r"needs whole counts"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused(names, options, error, message):
    with pytest.raises(error, match=message):
        dr.crossings(RECORDS, names, **(ANSWERS | options))


def test_options_that_do_not_go_with_only_counting():
    with pytest.raises(ValueError, match=r"confidence_level: without an outcome there is one level"):
        dr.crossings(RECORDS, NAMES, confidence_level=(0.95, 0.99))


def test_it_shows_itself_in_eighty_columns_and_in_html():
    for findings in (FOUND, dr.crossings(RECORDS, NAMES), dr.crossings(RECORDS, NAMES, **ANSWERS, measure="ratio")):
        assert max(map(len, repr(findings).splitlines())) <= 80
        assert "<caption" in findings._repr_html_()
        assert findings.plot() is not None

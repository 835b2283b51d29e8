"""Groups with too few respondents: no figure of theirs is shown, and none of them is dropped."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.findings import COUNTS, NUMBERS

SIZES = {"A": 40, "B": 9, "C": 10, "D": 25}
STAFF = {
    "met": [i % 3 != 0 for n in SIZES.values() for i in range(n)],
    "team": [team for team, n in SIZES.items() for _ in range(n)],
}


def gap(data=STAFF, **options):
    return dr.gap(data, **({"outcome": "met", "positive": True, "group": "team", "reference": "A"} | options))


def figures(row):
    return [row[name] for name in (NUMBERS | COUNTS) - {"confidence_level"} if name in row]


def is_missing(value):
    return value is None or value != value


def test_a_group_below_the_minimum_keeps_its_row_without_figures():
    found, shown = gap(), dr.minimum_group(gap())
    assert shown["group"] == found["group"] and shown.kind == "gap" and shown.columns == found.columns
    rows = {row["group"]: row for row in shown.rows()}
    reference = {"reference_count", "reference_nobs", "reference_value"}
    assert all(is_missing(rows["B"][name]) for name in (NUMBERS | COUNTS) - {"confidence_level"} - reference
               if name in rows["B"])  # fmt: skip
    assert rows["B"]["verdict"] is None and dr.Flag.BELOW_MINIMUM in rows["B"]["flag"]
    assert rows["B"]["reference_value"] == rows["C"]["reference_value"]
    for group in "ACD":
        assert str(rows[group]) == str(next(found.filter(group=group).rows()))
    assert "fewer than 10 respondents" in shown.notes[-1] and "no disclosure control" in shown.notes[-1]


def test_the_minimum_is_an_argument():
    shown = dr.minimum_group(gap(), 11)
    assert [n is None for n in shown["nobs"]] == [False, True, True, False]
    assert dr.minimum_group(gap(), minimum=1)["nobs"] == list(SIZES.values())


def test_a_reference_below_the_minimum_takes_the_comparison_with_it():
    shown = dr.minimum_group(gap(reference="B"))
    row = next(shown.filter(group="D").rows())
    assert row["nobs"] == 25 and row["value"] == gap(reference="B").filter(group="D")["value"][0]
    assert row["reference_nobs"] is None and math.isnan(row["reference_value"]) and math.isnan(row["estimate"])
    assert row["verdict"] is None and dr.Flag.BELOW_MINIMUM in row["flag"]


def test_a_group_of_none_is_not_told_from_one_of_few():
    data = {"met": [True] * 20 + [None] * 3 + [True] * 4, "team": ["A"] * 20 + ["B"] * 3 + ["C"] * 4}
    rows = [row for row in dr.minimum_group(gap(data)).rows() if row["group"] != "A"]
    assert all(is_missing(row["nobs"]) and is_missing(row["value"]) for row in rows)
    assert all(dr.Flag.BELOW_MINIMUM in row["flag"] for row in rows)


def test_rows_on_how_the_gap_of_a_group_varies_are_withheld_with_any_of_its_areas():
    found = gap(STAFF | {"site": ["x", "y"] * 42}, by="site")
    shown = dr.minimum_group(found).filter(row_type="variation")
    assert not any(math.isnan(value) for value in found.filter(row_type="variation")["estimate"])
    withheld = {(row["group"], is_missing(row["estimate"])) for row in shown.rows()}
    assert withheld == {("B", True), ("C", True), ("D", False)}
    assert not math.isnan(dr.minimum_group(found, 2).filter(row_type="variation")["estimate"][0])


def test_rows_on_how_areas_vary_are_withheld_where_the_reference_has_too_few():
    sites = ["x"] * 6 + ["y"] * 34 + ["x", "y"] * 22
    shown = dr.minimum_group(gap(STAFF | {"site": sites}, by="site"))
    assert all(is_missing(value) for value in shown.filter(row_type="variation")["estimate"])


@given(st.lists(st.integers(0, 25), min_size=2, max_size=5), st.integers(1, 20))
def test_no_figure_of_fewer_than_the_minimum_is_left(sizes, minimum):
    teams = [f"T{i}" for i, n in enumerate(sizes) for _ in range(n)] + ["Z"] * 50
    data = {"met": [i % 2 == 0 for i in range(len(teams))], "team": teams}
    before = gap(data, reference=dr.REST)
    shown = dr.minimum_group(before, minimum)
    assert len(shown) == len(before)
    for row, own in zip(shown.rows(), before.rows(), strict=True):
        if own["nobs"] < minimum:
            assert all(is_missing(row[name]) for name in ("count", "nobs", "value", "estimate", "low", "pvalue"))
        if own["reference_nobs"] < minimum:
            assert all(is_missing(row[name]) for name in ("reference_count", "reference_value", "estimate", "high"))


def test_columns_of_other_measures_are_withheld_too():
    texts = {"c": ["a;b"] * 30 + ["b"] * 6, "team": ["A"] * 30 + ["B"] * 6}
    shown = dr.minimum_group(dr.multiple_responses(texts, column="c", group="team"))
    for row in shown.filter(group="B").rows():
        assert [row[name] for name in ("rank", "rank_words", "rank_low", "joint_rank_high")] == [None] * 4
        assert row["option"] in ("a", "b") and math.isnan(row["value"])


def test_a_number_as_an_area_stays():
    data = STAFF | {"year": [2010, 2011] * 42}
    assert set(dr.minimum_group(gap(data, by="year"))["year"]) == {None, 2010, 2011}


@pytest.mark.parametrize(("arguments", "kind", "message"), [
    ((STAFF,), TypeError, "findings must be Findings, such as dr.gap gives, not dict"),
    ((dr.Findings({"group": ["A"]}), 0), ValueError, "minimum: 0 is below 1"),
    ((dr.Findings({"group": ["A"]}), 9.5), TypeError, "minimum: 9.5 is not a whole number"),
])  # fmt: skip
def test_what_is_wrong_is_named(arguments, kind, message):
    with pytest.raises(kind, match=message):
        dr.minimum_group(*arguments)

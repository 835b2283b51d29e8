"""Questions of which several answers may be chosen: shares, ranks with ties, and groups compared."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

ANSWERS = ["Burglary; Drugs"] * 40 + ["Burglary"] * 30 + ["Drugs;Litter"] * 20 + ["Litter "] * 10 + [None] * 5
TEXTS = {"concerns": ANSWERS, "sex": (["F"] * 3 + ["M"] * 2) * 21, "w": [1.0, 2.0, 0.5] * 35}
OPTIONS = ["Burglary", "Drugs", "Litter"]


def as_columns(texts=TEXTS, blank=None):
    """The same answers with a column for each option."""
    ticks = {o: [blank if t is None else o in t for t in texts["concerns"]] for o in OPTIONS}
    return ticks | {name: values for name, values in texts.items() if name != "concerns"}


def same(first, second):
    assert first.columns == second.columns
    for name in first.columns:
        assert list(map(str, first[name])) == list(map(str, second[name])), name


def test_the_base_is_who_answered_at_all():
    found = dr.multiple_responses(TEXTS, column="concerns")
    assert found["option"] == OPTIONS and found["value"] == [70.0, 60.0, 30.0]
    assert found["nobs"] == [100] * 3 and found["outcome_missing"] == [5] * 3 and found["count"] == [70, 60, 30]
    assert found.kind == "multiple responses" and found["measure"][0] == "share who chose Burglary"
    _, low, high, _ = dr.proportion_interval(70, 100)
    assert (found["low"][0], found["high"][0]) == pytest.approx((100 * low, 100 * high))
    assert "70% chose Burglary" in found.sentences()[0]


@pytest.mark.parametrize(
    "options", [{}, {"group": "sex"}, {"group": "sex", "reference": "M", "by": "area"}, {"weight": "w"}]
)
def test_one_column_of_all_says_the_same_as_a_column_for_each(options):
    texts = TEXTS | {"area": ["N"] * 50 + ["S"] * 55}
    same(dr.multiple_responses(texts, column="concerns", **options),
         dr.multiple_responses(as_columns(texts), columns=OPTIONS, **options))  # fmt: skip


def test_ticks_may_be_words_and_those_without_any_did_not_answer():
    ticked = as_columns()
    words = ticked | {o: [o if tick else None for tick in ticked[o]] for o in OPTIONS}
    same(dr.multiple_responses(ticked, columns=OPTIONS), dr.multiple_responses(words, columns=OPTIONS, selected=None))
    yes = ticked | {o: ["yes" if tick else "no" if tick is False else "" for tick in ticked[o]] for o in OPTIONS}
    named = dict(zip(OPTIONS, ["Break-ins", "Drugs", "Litter"], strict=True))
    assert dr.multiple_responses(yes, columns=named, selected="yes")["option"] == ["Break-ins", "Drugs", "Litter"]


def test_none_of_these_is_an_answer_and_no_option():
    texts = {"c": ["a", "a;b", "none", None]}
    found = dr.multiple_responses(texts, column="c", none="none")
    assert found["option"] == ["a", "b"] and found["nobs"] == [3, 3] and found["outcome_missing"] == [1, 1]
    ticks = {"a": [1, 1, 0, None], "b": [0, 1, 0, None], "none": [0, 0, 1, None]}
    again = dr.multiple_responses(ticks, columns=["a", "b", "none"], selected=1, none="none")
    assert again["value"] == found["value"]


def test_kinds_of_missing_are_told_apart():
    texts = {"c": ["a", "b", "refused", "did not see the question"], "g": ["x", "x", "y", "secret"]}
    kinds = {"did not see the question": "not applicable", "refused": "refused", "secret": "refused"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = dr.multiple_responses(texts, column="c", missing=kinds, group="g")
    assert found["group"][:3] == ["x", "y", "refused"] and found["outcome_missing"][:3] == [0, 1, 0]
    with pytest.warns(UserWarning, match="missing: no row has the label 'sceret'"):
        dr.multiple_responses(texts, column="c", missing=kinds | {"sceret": "refused"}, group="g")


def test_ties_have_the_same_rank_and_say_so():
    texts = {"c": ["a;b"] * 30 + ["c;b"] * 10 + ["a"] * 10 + ["d"] * 5}
    found = dr.multiple_responses(texts, column="c")
    assert list(zip(found["option"], found["rank"], found["rank_words"], strict=True)) == [
        ("a", 1, "1="), ("b", 1, "1="), ("c", 3, "3"), ("d", 4, "4"),
    ]  # fmt: skip
    assert all(
        low <= rank <= high
        for low, rank, high in zip(found["rank_low"], found["rank"], found["rank_high"], strict=True)
    )
    assert dr.multiple_responses(texts, column="c", top=1)["option"] == ["a", "b"]
    short = dr.multiple_responses(texts, column="c", top=3)
    assert short["option"] == ["a", "b", "c"] and "Of 4 options the first 3 are shown" in short.notes[1]
    assert short["rank_high"] == found["rank_high"][:3]


def test_ranks_allow_for_the_same_people_choosing_several():
    rng = np.random.default_rng(5)
    both = rng.random(400) < 0.4
    extra = rng.random(400) < 0.03
    ticks = {"a": both | extra, "b": both, "c": rng.random(400) < 0.1}
    found = dr.multiple_responses(ticks, columns=["a", "b", "c"])
    # who chose b chose a: that a is ahead is sure, which two separate samples could not say
    shares = np.array(found["value"]) / 100
    alone = dr.rank_intervals(shares, np.sqrt(shares * (1 - shares) / 400), higher_is_better=True)
    assert found["rank_high"][0] == 1 and alone.high[0] == 2


@pytest.mark.parametrize("weight", [None, "weight"])
def test_what_a_few_people_all_chose_is_not_sure_to_be_first(weight):
    few = {"c": ["a"] * 3 + ["b"], "weight": [1.0, 1.0, 1.0, 0.0]}
    found = dr.multiple_responses(few, column="c", options=["a", "b", "d"], weight=weight)
    assert found["rank"] == ([1, 2, 3] if weight is None else [1, 2, 2])
    assert found["rank_high"] == [3, 3, 3] and found["rank_low"] == [1, 1, 1]
    many = dr.multiple_responses({"c": ["a"] * 3000 + ["b"] * 10}, column="c", options=["a", "b", "d"])
    assert found.notes and many["rank_high"] == [1, 2, 3]


def test_groups_are_compared_as_in_a_gap_and_all_options_are_one_family():
    found = dr.multiple_responses(TEXTS, column="concerns", group="sex", reference="M")
    pvalues = []
    for option in OPTIONS:
        ticks = {"met": [None if t is None else option in t for t in TEXTS["concerns"]], "sex": TEXTS["sex"]}
        row = next(dr.gap(ticks, outcome="met", positive=True, group="sex", reference="M").filter(group="F").rows())
        own = next(found.filter(option=option, group="F").rows())
        for name in (
            "count",
            "nobs",
            "outcome_missing",
            "value",
            "reference_value",
            "estimate",
            "low",
            "high",
            "pvalue",
        ):
            assert own[name] == pytest.approx(row[name]), name
        pvalues.append(row["pvalue"])
    adjusted = found.filter(group="F")["adjusted_pvalue"]
    assert min(adjusted) == pytest.approx(min(1.0, 3 * min(pvalues)))
    assert found.filter(group="M")["row_type"] == ["reference"] * 3


def test_weights_give_shares_of_weights_and_effective_numbers():
    found = dr.multiple_responses(TEXTS, column="concerns", weight="w")
    ticks = {"met": [None if t is None else "Drugs" in t for t in TEXTS["concerns"]], "w": TEXTS["w"]}
    row = next(dr.share(ticks, of="met", weight="w").filter(group=True).rows())
    own = next(found.filter(option="Drugs").rows())
    for name in ("count", "nobs", "value", "low", "high", "effective_nobs"):
        assert own[name] == pytest.approx(row[name]), name


@given(st.permutations(range(105)))
def test_the_order_of_rows_changes_nothing(order):
    shuffled = {name: [values[i] for i in order] for name, values in TEXTS.items()}
    same(dr.multiple_responses(shuffled, column="concerns", weight="w", group="sex"),
         dr.multiple_responses(TEXTS, column="concerns", weight="w", group="sex"))  # fmt: skip


def test_where_nobody_answered_there_is_no_share_and_no_rank():
    texts = {"c": ["a"] * 5 + ["b"] * 3 + [None] * 4, "g": ["x"] * 8 + ["y"] * 4}
    found = dr.multiple_responses(texts, column="c", group="g", reference="x")
    for row in found.filter(group="y").rows():
        assert math.isnan(row["value"]) and row["rank"] is None and row["rank_words"] is None
        assert dr.Flag.NO_CASES in row["flag"] and math.isnan(row["estimate"])


def test_an_option_nobody_chose_has_an_interval_of_full_width_and_is_last():
    found = dr.multiple_responses(TEXTS, column="concerns", options=[*OPTIONS, "Knives", "Noise"])
    row = next(found.filter(option="Knives").rows())
    assert row["value"] == 0 and row["high"] > 3 and row["rank_words"] == "4="


def test_a_full_count_has_ranks_without_chance():
    found = dr.multiple_responses(TEXTS, column="concerns", inference="none")
    assert found["rank"] == [1, 2, 3] and found["rank_low"] == [None] * 3 and math.isnan(found["low"][0])


@pytest.mark.parametrize(("data", "options", "kind", "message"), [
    (TEXTS, {}, ValueError, "columns, column: give one of them"),
    (TEXTS, {"column": "concerns", "columns": ["a", "b"]}, ValueError, "columns, column: give one of them"),
    (TEXTS, {"column": "concern"}, ValueError, "no column 'concern' in the data"),
    (TEXTS, {"column": "w"}, TypeError, "column 'w'"),
    (TEXTS, {"column": ["concerns"]}, TypeError, r"column: \['concerns'\] is not the name"),
    (TEXTS, {"columns": "concerns"}, TypeError, "columns: 'concerns' is a text"),
    (as_columns(), {"columns": ["Drugs"]}, ValueError, "columns: there have to be at least two options"),
    (as_columns(), {"columns": ["Drugs", "Drugs", "Litter"]}, ValueError, "columns: an option is named twice"),
    (as_columns(), {"columns": OPTIONS, "selected": "yes"}, ValueError, "selected: no column has 'yes'; 'Burg"),
    ({"Drugs": ["True", "False"], "Litter": ["True", "True"]}, {"columns": ["Drugs", "Litter"]}, ValueError,
     r"selected: no column has True \(did you mean 'True'\?\); 'Drugs' has 'False', 'True'"),
    (TEXTS, {"column": "concerns", "options": ["Burglry", "Drugs", "Litter"]}, ValueError,
     r"options: 'Burglary' in 'concerns' is not one of them \(did you mean 'Burglry'"),
    (TEXTS, {"column": "concerns", "none": "Nothing"}, ValueError, "none: 'Nothing' is not among the options"),
    (TEXTS, {"column": "concerns", "top": 0}, ValueError, "top: 0 is below 1"),
    (TEXTS, {"column": "concerns", "adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
    (TEXTS, {"column": "concerns", "reference": "M"}, TypeError, "reference: without group="),
    (TEXTS, {"column": "concerns", "group": "sex", "reference": "X"}, ValueError, "reference: 'X' is not a label"),
    ({"c": ["a"], "rank": ["x"]}, {"column": "c", "by": "rank"}, ValueError, "by: 'rank' is the name of a column"),
    ({"c": [3, 4]}, {"column": "c"}, TypeError, "column: 3 in 'c' is not a text of answers"),
    (TEXTS | {"w": [-1.0] * 105}, {"column": "concerns", "weight": "w"}, ValueError, "weight 'w': -1.0 at row 0"),
    (dr.tally(TEXTS, ["concerns"]), {"column": "concerns"}, TypeError, "data: a Tally does not say who chose two"),
])  # fmt: skip
def test_what_is_wrong_is_named(data, options, kind, message):
    with pytest.raises(kind, match=message):
        dr.multiple_responses(data, **options)

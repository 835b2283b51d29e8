"""Factors that cannot be crossed, and those that are another column under another name: refused in these words."""

import re

import numpy as np
import pandas as pd
import polars as pl
import pytest

import dueregard as dr

N = 400


def people(n=N, seed=1):
    rng = np.random.default_rng(seed)
    age = rng.integers(18, 78, n)
    ok, group = rng.choice(["yes", "no"], n), rng.choice(["White", "Asian"], n)
    band = np.where(age < 40, "16-39", "40+")
    some = np.where(rng.random(n) < 0.1, np.nan, rng.integers(1, 6, n))
    return {
        "group": group, "ok": ok, "band": band, "age": age.astype(float), "whole": age, "written": age.astype(str),
        "again": np.where(band == "40+", "older", "younger"), "answer": np.where(ok == "yes", "1", "2"),
        "kind": np.where(group == "White", "W", "A"), "person": [f"p{i}" for i in range(n)], "some": some,
        "empty": np.full(n, np.nan), "nothing": [None] * n, "day": np.full(n, np.datetime64("2024-03-01")),
        "ward": [f"w{i % 50}" for i in range(n)], "opinion": rng.choice(["good", "poor", "Don't know"], n),
        "year": rng.choice(["2009/10", "2010/11"], n),
    }  # fmt: skip


ASK = {"outcome": "ok", "positive": "yes", "group": "group", "reference": "White"}
DATA = people()
BAND = "put them into bands such as '16-34', or use Oaxaca-Blinder (dr.oaxaca_blinder), which takes numbers"
WORDS = [
    ("age", f"'age' has 60 different numbers: {BAND}"),
    ("whole", f"'whole' has 60 different numbers, 6.7 people each: {BAND}"),
    ("written", f"'written' has 60 different numbers, 6.7 people each: {BAND}"),
    ("some", "'some' holds whole numbers as floats: convert them to integers, in pandas with .astype('Int64')"),
    ("empty", "'empty' has no answer in any row"),
    ("nothing", "'nothing' has no answer in any row"),
    ("day", "'day' holds dates or times: turn them into periods such as '2024-03'"),
    ("again", "'again' divides people as 'band' does; leave one of them out"),
    ("answer", "'answer' tells without exception who has the outcome 'ok', so that nothing is left to compare; "
               "leave it out"),
    ("kind", "'kind' divides people as the group 'group' does, so that nobody has a counterpart; leave it out"),
    ("person", "'person' has a different answer in nearly every row (400 in 400 rows), so that people with the same "
               "one cannot be held together; leave it out"),
]  # fmt: skip


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize(("name", "words"), WORDS)
def test_what_is_no_factor_is_refused_in_words_that_help(make, name, words):
    with pytest.raises((TypeError, ValueError), match=f"^factors: {re.escape(words)}$"):
        dr.decompose_gap(make(DATA), factors=["band", name], **ASK)


@pytest.mark.parametrize(("name", "words"), [WORDS[0], WORDS[7], WORDS[8]])
def test_a_change_refuses_the_same(name, words):
    with pytest.raises((TypeError, ValueError), match=f"^factors: {re.escape(words)}$"):
        dr.decompose_gap_change(DATA, factors=["band", name], time="year", before="2009/10", after="2010/11", **ASK)


def test_other_columns_that_cannot_be_read_are_named_as_they_are():
    with pytest.raises(TypeError, match=r"^column 'age': float64 cannot be used as groups; cut it into classes first"):
        dr.decompose_gap(DATA, factors=["band"], **ASK | {"group": "age"})
    with pytest.raises(TypeError, match=r"^column 'odd': complex128 cannot be used as groups; complex numbers cannot"):
        dr.decompose_gap(DATA | {"odd": np.full(N, 1j)}, factors=["odd"], **ASK)


def test_a_tally_is_looked_over_too_and_many_people_make_many_levels_right():
    names = ["group", "band", "again", "whole"]
    tally = dr.tally(DATA, names, outcome="ok")
    with pytest.raises(ValueError, match=r"^factors: 'again' divides people as 'band' does"):
        dr.decompose_gap(tally, factors=["band", "again"], **ASK)
    with pytest.raises(ValueError, match=r"^factors: 'whole' has 60 different numbers, 6.7 people each"):
        dr.decompose_gap(tally, factors=["whole"], **ASK)
    many = dr.decompose_gap(people(20_000), factors=["whole"], **ASK)
    assert not any("levels" in note for note in many.notes)


def test_few_people_may_differ_without_exception_by_chance():
    few = {name: DATA[name][:20] for name in ("group", "ok", "answer")}
    assert len(dr.decompose_gap(few, factors=["answer"], **ASK))


def test_what_a_reader_has_to_know_of_levels():
    notes = dr.decompose_gap(DATA, factors=["ward", "opinion"], **ASK).notes
    assert (
        "'ward' has 50 levels, 8.0 complete rows a level: part of what it seems to explain is chance. Put levels "
        "together where they belong together."
    ) in notes
    assert (
        "\"Don't know\" is a level of 'opinion' like any other: if that is no answer, leave it out (missing=)."
    ) in notes
    left_out = dr.decompose_gap(DATA, factors=["opinion"], missing={"Don't know": "not stated"}, **ASK)
    assert not any("Don't know" in note for note in left_out.notes)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (("2010/11", "2009/10"), "before: '2010/11' is later than after, '2009/10'"),
        (("2011-03", "2010-03"), "before: '2011-03' is later than after, '2010-03'"),
        (("2011 Q1", "2010 Q4"), "before: '2011 Q1' is later than after, '2010 Q4'"),
        ((2011, 2009), "before: 2011 is later than after, 2009"),
    ],
)
def test_a_time_before_that_is_later_is_refused(labels, message):
    before, after = labels
    table = DATA | {"year": np.array([before, after] * (N // 2))}
    asked = ASK | {"factors": ["band"], "time": "year"}
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        dr.decompose_gap_change(table, before=before, after=after, **asked)
    assert len(dr.decompose_gap_change(table, before=after, after=before, **asked))


@pytest.mark.parametrize("labels", [("Wave 2", "Wave 1"), ("after", "before"), ("2010", "2009-06")])
def test_labels_without_a_known_order_are_taken_as_they_are_named(labels):
    before, after = labels
    table = DATA | {"year": np.array([before, after] * (N // 2))}
    assert len(dr.decompose_gap_change(table, factors=["band"], time="year", before=before, after=after, **ASK))


@pytest.mark.parametrize(
    ("take_apart", "options"),
    [(dr.oaxaca_blinder, {}), (dr.reweighted_gap, {"model": "logit"})],
)
def test_a_group_without_answers_to_a_factor_is_told_which_one(take_apart, options):
    table = DATA | {"pay": np.where(DATA["group"] == "Asian", np.nan, DATA["age"])}
    n = np.count_nonzero(DATA["group"] == "Asian")
    message = f"factors: group 'Asian' has nobody with the outcome and every factor; {n} of its {n} rows lack 'pay'"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        take_apart(table, factors=["band", "pay"], **ASK, **options)


@pytest.mark.parametrize(
    ("take_apart", "options"),
    [(dr.oaxaca_blinder, {}), (dr.reweighted_gap, {})],
)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        WORDS[7],
        ("answer", "'answer' tells without exception what the outcome 'ok' is, so that nothing is left to compare; "
                   "leave it out"),
    ],
)  # fmt: skip
def test_records_are_looked_over_for_the_same(take_apart, options, name, words):
    with pytest.raises(ValueError, match=f"^factors: {re.escape(words)}$"):
        take_apart(DATA, factors=["band", name], **ASK, **options)


def test_numbers_that_move_in_step_with_the_outcome_are_refused():
    table = DATA | {"score": 3 - 2.5 * DATA["age"]}
    message = (
        "'score' tells without exception what the outcome 'age' is, so that nothing is left to compare; leave it out"
    )
    with pytest.raises(ValueError, match=f"^factors: {re.escape(message)}$"):
        dr.oaxaca_blinder(table, outcome="age", group="group", reference="White", factors=["band", "score"])
    few = {name: values[:20] for name, values in table.items() if name in ("group", "ok", "band", "opinion")}
    assert len(dr.reweighted_gap(few, factors=["band"], **ASK))

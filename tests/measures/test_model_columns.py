"""Columns of models: numbers, scales of answers as numbers, and the levels of a category."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dueregard.measures.model_columns import model_column, refuse_dates

ANSWERS = ["bad", "fine", "bad", None, "fair", "refused"]
SCALE = ["bad", "fair", "fine"]


def read(column, **how):
    return model_column("factors", "q", column, **how)


@pytest.mark.parametrize(
    "column",
    [
        [1.0, 2.5, None],
        np.array([1, 2.5, np.nan]),
        pl.Series([1.0, 2.5, None]),
        pd.Series([1.0, 2.5, None]),
        pa.array([1.0, 2.5, None]),
        np.ma.masked_invalid([1, 2.5, np.nan]),
    ],
)
def test_numbers_of_any_kind_are_numbers(column):
    found = read(column)
    assert found.levels is None and not found.scored
    assert np.array_equal(found.columns, [[1], [2.5], [np.nan]], equal_nan=True)
    assert found.is_stated.tolist() == [True, True, False]


@pytest.mark.parametrize(
    "make",
    [
        list,
        lambda column: np.array(column, object),
        pl.Series,
        lambda column: pl.Series(column).cast(pl.Categorical),
        pd.Series,
        pa.array,
    ],
)
def test_answers_are_levels_that_somebody_has(make):
    found = read(make(ANSWERS))
    assert sorted(found.levels) == ["bad", "fair", "fine"], "refused is a kind of missing"
    assert found.is_stated.tolist() == [True, True, True, False, True, False]
    assert [found.levels[code] for code in found.values[[0, 1, 4]]] == ["bad", "fine", "fair"]
    assert np.array_equal(found.columns.sum(axis=1), [1, 1, 1, np.nan, 1, np.nan], equal_nan=True)


def test_categories_keep_their_order_and_lose_levels_without_rows():
    column = pd.Categorical(["b", "a", "b"], categories=["c", "b", "a"], ordered=True)
    assert read(column).levels == ["b", "a"]
    assert read(np.array(["x", "y", "z"]), keep=np.array([True, True, False])).levels == ["x", "y"]


def test_truths_are_a_category_and_whole_numbers_are_one_with_labels():
    assert read([True, False, True]).levels == [False, True]
    found = read(np.array([0, 2, 1]), labels=["low", "mid", "high"])
    assert [found.levels[code] for code in found.values] == ["low", "high", "mid"]


def test_missing_and_excluded_answers_are_not_stated():
    found = read(ANSWERS, missing={"bad": "not stated"}, exclude=["fine"])
    assert found.levels == ["fair"]
    assert read([1.0, 99.0, 2.0], missing={99: "refused"}).is_stated.tolist() == [True, False, True]


def test_scores_are_equal_steps_or_those_given():
    found = read(ANSWERS, scores=SCALE)
    assert found.scored and np.array_equal(found.values, [0, 100, 0, np.nan, 50, np.nan], equal_nan=True)
    assert read(ANSWERS, scores={"bad": -1, "fair": 0, "fine": 4}).values[1] == 4
    assert read(["bad", "fine"], scores=SCALE).values.tolist() == [0, 100], "that nobody said fair is no error"


@pytest.mark.parametrize(
    ("how", "error", "message"),
    [
        (
            {"scores": ["bad", "fine"]},
            ValueError,
            "scores: 'fair' is an answer to 'q' but has no score; give it one, or",
        ),
        ({"scores": ["bad", "fiar", "fine"]}, ValueError, "but has no score .did you mean 'fiar'"),
        (
            {"scores": ["bad", "fine", "far"]},
            ValueError,
            "'fair' is an answer to 'q' but has no score .did you mean 'far'",
        ),
        ({"scores": "bad"}, ValueError, "scores: 'q' needs at least two labels, from worst to best, not 'bad'"),
        ({"scores": ["bad"]}, ValueError, "needs at least two labels"),
        ({"scores": ["bad", "fair", "bad"]}, ValueError, "scores: 'bad' of 'q' is there twice"),
        ({"scores": {"bad": np.inf, "fair": 1, "fine": 2}}, ValueError, "scores: inf for 'bad' of 'q' is not a finite"),
        ({"scores": {"bad": "low", "fair": 1, "fine": 2}}, TypeError, "scores of 'q': 'low' is not a number"),
        ({"missing": {"bad": "gone"}}, ValueError, "missing: 'bad' is mapped to 'gone'"),
    ],
)
def test_bad_scales_are_named(how, error, message):
    with pytest.raises(error, match=message):
        read(ANSWERS, **how)


def test_an_infinite_number_is_named():
    with pytest.raises(ValueError, match="factors: inf at row 1 of 'q' is infinite"):
        read([1.0, np.inf])


def test_another_answer_that_somebody_gave_is_no_hint():
    """Whoever follows such a hint gives two answers one score."""
    with pytest.raises(ValueError) as error:
        read(["Agree strongly", "Disagree strongly"], scores=["Disagree strongly", "Agree"])
    assert str(error.value) == (
        "scores: 'Agree strongly' is an answer to 'q' but has no score; give it one, or leave it out with exclude="
    )


@pytest.mark.parametrize(
    "column",
    [
        np.array(["2024-03-01"], "datetime64[us]"),
        np.array([3], "timedelta64[D]"),
        [None, dt.date(2024, 3, 1)],
        [dt.datetime(2024, 3, 1)],
        pd.Series(pd.to_datetime(["2024-03-01"])),
        pl.Series([dt.date(2024, 3, 1)]),
        pa.array([dt.date(2024, 3, 1)]),
        pa.array([dt.datetime(2024, 3, 1)]),
    ],
)
def test_dates_are_refused_by_the_name_of_their_column(column):
    message = (
        "^factors: 'q' holds dates or times: turn them into periods such as '2024-03', or into numbers such as days "
        "since the first$"
    )
    with pytest.raises(TypeError, match=message):
        refuse_dates("factors", "q", column)


@pytest.mark.parametrize(
    "column", [ANSWERS, [1.0, None], [None], np.array(["2024-03"]), pl.Series([1]), pd.Series(["a"]), pa.array([True])]
)
def test_other_columns_hold_no_dates(column):
    refuse_dates("factors", "q", column)

"""Levels of categories: which are refused, and what is said of the others."""

import re

import numpy as np
import pytest

from dueregard.measures.category_checks import check_levels, has_many_levels, level_notes
from dueregard.measures.model_columns import model_column

EVERYBODY = np.ones(300, bool)


def column(labels, n=300):
    return model_column("drivers", "q", [labels[i % len(labels)] for i in range(n)])


def ages(n):
    return [str(18 + i) for i in range(n)]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([*ages(58), "Refused", "none given"],
         "drivers: 'q' has 60 different answers, 58 of them numbers: convert it to numbers, and leave out 'Refused' "
         "and 'none given' with exclude= or missing= (or write words for them if they are codes)"),
        (ages(60),
         "drivers: 'q' has 60 different answers, all of them numbers: convert it to numbers (or write words for them "
         "if they are codes)"),
        ([*ages(11), *("DK", "Refused", "Don't know", "N/A", "unknown")],
         "drivers: 'q' has 16 different answers, 11 of them numbers: convert it to numbers, and leave out 'DK', "
         '"Don\'t know", \'N/A\' and 2 more with exclude= or missing= (or write words for them if they are codes)'),
        ([f"person {i}" for i in range(300)],
         "drivers: 'q' has a different answer in nearly every row (300 in 300 rows), so that people with the same one "
         "cannot be held together; leave it out"),
        (ages(290),
         "drivers: 'q' has a different answer in nearly every row (290 in 300 rows), so that people with the same one "
         "cannot be held together; convert it to numbers, or leave it out"),
        ([None], "drivers: 'q' has no answer in any row"),
    ],
)  # fmt: skip
def test_what_is_no_category_is_refused(labels, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_levels("drivers", column(labels))


@pytest.mark.parametrize(
    "labels", [ages(10), [*ages(11), "a", "b"], [f"ward {i}" for i in range(60)], [f"ward {i}" for i in range(239)]]
)
def test_categories_are_categories(labels):
    check_levels("drivers", column(labels))


def test_codes_that_labels_name_are_meant():
    check_levels("drivers", column(ages(60)), written=False)


def test_numbers_without_any_are_refused_in_the_rows_that_are_kept():
    numbers = model_column("factors", "pay", np.repeat([np.nan, 3.0], 5))
    check_levels("factors", numbers)
    with pytest.raises(ValueError, match=r"^factors: 'pay' has no answer in any row$"):
        check_levels("factors", numbers, np.repeat([True, False], 5))


@pytest.mark.parametrize(
    ("labels", "notes"),
    [
        (["a", "b", "c"], []),
        ([f"ward {i}" for i in range(40)],
         ["'q' has 40 levels, 7.5 complete rows a level: part of what it seems to explain is chance. Put levels "
          "together where they belong together."]),
        (["1", "2", "3"],
         ["'q' is taken as a category, although its 3 answers are numbers: they are text, and have to be converted if "
          "they measure something."]),
        (["0", "1"], []),
        (["a", "Refused"],
         ["'Refused' is a level of 'q' like any other: if that is no answer, leave it out (exclude=, missing=)."]),
        (["a", "Refused", "DK"],
         ["'DK' and 'Refused' are levels of 'q' like any other: if these are no answers, leave them out (exclude=, "
          "missing=)."]),
    ],
)  # fmt: skip
def test_what_a_reader_has_to_know(labels, notes):
    found = column(labels)
    assert sorted(level_notes(found, EVERYBODY)) == sorted(notes)


def test_levels_without_complete_rows_are_not_told():
    found = column(["a", "b", "Refused"])
    assert len(level_notes(found, EVERYBODY)) == 1
    assert level_notes(found, np.array([found.levels[code] != "Refused" for code in found.values])) == []


def test_numbers_need_no_note():
    assert level_notes(model_column("drivers", "q", np.arange(300.0)), EVERYBODY) == []


def test_many_levels_are_told_of_arrays():
    assert has_many_levels(np.array([0, 2, 20, 21]), np.array([[5], [200], [10_000]])).tolist() == [
        [False, True, True, True],
        [False, False, False, True],
        [False, False, False, True],
    ]

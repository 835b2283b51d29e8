"""Drivers that are categories: which are refused, flagged or noted, and in which words."""

import re

import numpy as np
import pandas as pd
import polars as pl
import pytest

import dueregard as dr
from dueregard.flags import Flag


def survey(n=216, seed=3):
    rng = np.random.default_rng(seed)
    fair, worry = rng.normal(size=n), rng.normal(size=n)
    ward = np.array([f"w{i % 40}" for i in range(n)])
    return {
        "good": 50 + 10 * fair + 5 * worry + rng.normal(0, 10, n), "fair": fair, "worry": worry,
        "age": rng.integers(18, 78, n).astype(str), "person": [f"p{i}" for i in range(n)], "ward": ward,
        "sex": rng.choice(["F", "M"], n), "view": rng.choice(["good", "poor", "Prefer not to say"], n),
        "group": rng.choice(["A", "B"], n, p=[0.8, 0.2]), "when": np.full(n, np.datetime64("2024-03-01T12:00", "us")),
        "ok": rng.random(n) < 0.5,
    }  # fmt: skip


DATA = survey()


def drivers(*names, data=DATA, **options):
    return dr.key_drivers(data, drivers=["fair", *names], **{"outcome": "good"} | options)


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("age", f"'age' has {len(set(DATA['age']))} different answers, all of them numbers: convert it to numbers "
                "(or write words for them if they are codes)"),
        ("person", "'person' has a different answer in nearly every row (216 in 216 rows), so that people with "
                   "the same one cannot be held together; leave it out"),
        ("when", "'when' holds dates or times: turn them into periods such as '2024-03', or into numbers such as days "
                 "since the first"),
    ],
)  # fmt: skip
def test_what_is_no_category_is_refused(make, name, words):
    with pytest.raises((TypeError, ValueError), match=f"^drivers: {re.escape(words)}$"):
        drivers(name, data=make(DATA))
    with pytest.raises((TypeError, ValueError), match=f"^controls: {re.escape(words)}$"):
        drivers("worry", data=make(DATA), controls=[name])


def test_an_outcome_of_truths_is_told_which_to_name():
    message = "outcome: 'ok' holds True and False: say which counts, such as positive=True"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        drivers("worry", outcome="ok")
    assert len(drivers("worry", outcome="ok", positive=True)) == 3


def test_many_levels_are_flagged_and_said():
    found = drivers("ward", "sex", "worry")
    flagged = {row["driver"]: Flag.MANY_LEVELS in row["flag"] for row in found.rows()}
    assert flagged == {None: False, "fair": False, "ward": True, "sex": False, "worry": False}
    assert (
        "'ward' has 40 levels, 5.4 complete rows a level: part of what it seems to explain is chance. Put levels "
        "together where they belong together."
    ) in found.notes


def test_few_rows_a_level_are_flagged_in_the_groups_that_have_few():
    small = survey(60)
    found = drivers("view", data=small, group="group")
    flagged = {row["group"]: Flag.MANY_LEVELS in row["flag"] for row in found.rows() if row["driver"] == "view"}
    assert flagged == {"A": False, "B": True}
    compared = dr.compare_drivers(
        small, outcome="good", drivers=["fair", "view"], group="group", reference="A", measure="share"
    )
    flagged = {row["driver"]: Flag.MANY_LEVELS in row["flag"] for row in compared.rows()}
    assert flagged == {"fair": False, "view": True}


def test_pooled_drivers_have_the_levels_of_both():
    copy = DATA | {"place": np.char.add("of ", DATA["ward"])}
    found = drivers("ward", "place", "worry", data=copy, collinear="pool")
    flagged = {row["driver"]: Flag.MANY_LEVELS in row["flag"] for row in found.rows()}
    assert flagged["ward + place"] and not flagged["worry"]


def test_the_column_with_most_levels_is_named_where_rows_are_too_few():
    few = {name: np.asarray(values)[:44] for name, values in DATA.items()}
    few["ward"] = np.array([f"w{i % 30}" for i in range(44)])
    few["view"] = np.array([f"v{i % 14}" for i in range(44)])
    message = (
        "drivers: 44 complete rows for a model with 44 coefficients, 29 of them of 'ward', which needs more than that"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        drivers("ward", "view", data=few)


def test_a_known_non_answer_is_named_until_it_is_left_out():
    note = (
        "'Prefer not to say' is a level of 'view' like any other: if that is no answer, leave it out (exclude=, "
        "missing=)."
    )
    assert note in drivers("view").notes
    assert note not in drivers("view", exclude="Prefer not to say").notes
    assert note not in drivers("view", missing={"Prefer not to say": "refused"}).notes

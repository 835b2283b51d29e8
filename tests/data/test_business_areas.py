"""The example of 132 business areas is at level 3 as was published, for any seed."""

import numpy as np
import pytest

from dueregard import data

SEEDS = (2011, 0, 987_654_321)


@pytest.fixture(scope="module", params=SEEDS)
def records(request):
    return data.example("business_areas", seed=request.param)


def levels(records):
    """(areas, questions): the level of each answer."""
    order = ["none", *(f"level_{level}" for level in range(1, 6))]
    return np.array([order.index(answer) for answer in records["answer"].tolist()]).reshape(132, 142)


def test_every_area_answers_every_question_once(records):
    assert records.n_rows == 132 * 142
    assert len(set(zip(records["unit"].tolist(), records["indicator"].tolist(), strict=True))) == records.n_rows
    assert list(dict.fromkeys(records["indicator"].tolist())) == [str(number) for number in range(1, 143)]


def test_every_area_reaches_level_3_and_none_level_4(records):
    assert set(levels(records).min(axis=1).tolist()) == {3}


def test_answers_at_level_5_are_isolated(records):
    top = (levels(records) == 5).sum(axis=1)
    assert (top > 0).sum() == 40
    assert set(top.tolist()) == {0, 1, 2, 3}
    units = list(dict.fromkeys(records["unit"].tolist()))
    assert top[units.index("Westminster")] and top[units.index("Human Resources")]


def test_areas_differ_in_how_many_answers_are_above_level_3(records):
    above = (levels(records) > 3).mean(axis=1)
    assert above.min() < 0.15 < 0.45 < above.max()


def test_named_areas_come_first_and_the_others_are_numbered(records):
    units = list(dict.fromkeys(records["unit"].tolist()))
    assert units[:6] == [
        "Westminster", "Kensington & Chelsea", "Palace of Westminster (SO17)",
        "Serious and Organised Crime Group (SCD7)", "Directorate of Professional Standards", "Human Resources",
    ]  # fmt: skip
    assert units[6:] == [f"Business area {number}" for number in range(7, 133)]

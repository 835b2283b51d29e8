"""A survey so many times as large as a verdict asks for has one; a smaller survey has not."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import survey_gaps  # noqa: E402
import survey_population  # noqa: E402

import dueregard as dr  # noqa: E402

AREAS = (0, 2, 6, 9)


@pytest.fixture(scope="module")
def people():
    return survey_population.population(survey_gaps.PEOPLE)


def records(people, repetition, area):
    """The interviews of one area of a survey that was drawn, a row each."""
    asked, weight = (each[area] for each in survey_population.draw(people, survey_gaps.DRAWS, repetition))
    cells = np.nonzero(asked)
    ward, group, household, answer = np.array(cells).repeat(asked[cells], axis=1)
    return {"ward": ward, "group": group, "satisfied": answer == 0, "weight": weight[ward, household]}


def grown(rows, times):
    """As many surveys of the same kind, in wards of their own."""
    many = {name: np.tile(values, times) for name, values in rows.items()}
    copy = np.repeat(np.arange(times), len(rows["ward"]))
    many["ward"] = many["ward"] + 1000 * copy
    many["month"] = [f"2010-{m:02d}" for m in np.where(many["ward"] % 2, 2, 1)]
    return {name: np.asarray(values).tolist() for name, values in many.items()}


QUESTION = {"outcome": "satisfied", "positive": True, "group": "group", "reference": 0}


def gap(rows, **more):
    return dr.gap(rows, **QUESTION, **more)


def change(rows, **more):
    return dr.gap_change(rows, **QUESTION, time="month", window=1, before="2010-01", **more)


def verdict(measure, rows, times):
    design = dr.survey_design(weight="weight", psu="ward")
    return measure(grown(rows, times), design=design).filter(row_type="group")["verdict"][0]


@pytest.mark.parametrize("measure", [gap, change])
@pytest.mark.parametrize("area", AREAS)
def test_the_multiple_in_a_verdict_is_the_one_that_settles_it(people, measure, area):
    """To within a tenth: the same wards again have a little less variance, (n - 1) / n, than as many new ones."""
    checked = 0
    for repetition in range(6):
        rows = records(people, repetition, area)
        found = re.fullmatch(r"too few to tell: ([\d,.]+) times the present numbers needed", verdict(measure, rows, 1))
        needed = float(found[1].replace(",", "")) if found else np.inf
        if needed > 20:
            continue
        above, below = int(np.ceil(needed * 1.05)), int(np.floor(needed / 1.1))
        assert not verdict(measure, rows, above).startswith("too few"), (repetition, needed, above)
        assert below < 2 or verdict(measure, rows, below).startswith("too few"), (repetition, needed, below)
        checked += 1
    assert checked

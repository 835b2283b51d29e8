"""Plans made of a few rows, and the example plan of this folder."""

import copy
from pathlib import Path

import pytest

import dueregard as dr

EXAMPLE = Path(__file__).parent / "example_plan.toml"
ON = "2011-02-01"


@pytest.fixture(scope="session")
def example():
    return dr.plan(EXAMPLE, on=ON)


BASE = {
    "objectives": [{"id": "1", "title": "A fair service"}],
    "measures": [{"id": "m", "objective": "1", "title": "Answered yes", "unit": "percent", "higher_is_better": True}],
    "baselines": [{"measure": "m", "period": "2009/10", "count": 700, "nobs": 1000}],
    "targets": [{"measure": "m", "value": 80, "date": "2012-03-31"}],
    "readings": [{"measure": "m", "period": "2010/11 Q1", "count": 180, "nobs": 250}],
    "actions": [{"id": "A1", "objective": "1", "title": "Do it", "due": "2011-01-15"}],
}


@pytest.fixture
def base():
    """The smallest plan that has every kind of row."""
    return copy.deepcopy(BASE)


def only(findings, **equal):
    """The one row that has these values."""
    (row,) = findings.filter(**equal).rows()
    return row

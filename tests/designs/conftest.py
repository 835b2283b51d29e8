import csv
from pathlib import Path

import numpy as np
import pytest

GOLDEN = Path(__file__).parents[1] / "inference" / "surveys" / "golden"
NUMBERS = ("pw", "fpc", "api00", "enroll", "api.stu", "cnum", "dnum")


def schools(name):
    """One of R's samples of Californian schools as a dict of arrays."""
    with open(GOLDEN / f"api_{name}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {column: np.array([row[column] for row in rows]) for column in rows[0]}
    return {
        column: values.astype(float if column in ("pw", "fpc") else np.int64) if column in NUMBERS else values
        for column, values in columns.items()
    }


@pytest.fixture
def api():
    return schools


@pytest.fixture
def people():
    """Twelve people of two boroughs, in two clusters each."""
    return {
        "borough": ["Bexley"] * 6 + ["Sutton"] * 6,
        "sector": ["B1"] * 3 + ["B2"] * 3 + ["S1"] * 3 + ["S2"] * 3,
        "group": [
            "White",
            "Black",
            "White",
            "Black",
            "White",
            None,
            "Black",
            "White",
            "White",
            "Black",
            "White",
            "White",
        ],
        "satisfied": [True, False, True, True, True, False, False, True, None, True, False, True],
        "weight": np.array([1.5, 2.0, 0.5, 1.0, 1.25, 3.0, 2.0, 2.5, 1.0, 0.0, 0.75, 1.0]),
        "sectors": np.array([40] * 6 + [30] * 6),
        "age": np.array([20.0, 31, 44, 58, 67, 35, 29, 41, np.nan, 52, 38, 73]),
    }

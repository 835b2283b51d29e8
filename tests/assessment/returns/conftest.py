"""Returns of the Equality Standard, filled in, and ways to spoil them."""

import openpyxl
import pytest

import dueregard as dr

ESPS = dr.frameworks.esps()
BOROUGH = [indicator.id for indicator in ESPS.assessable("borough")]


def _answers_of(units, **changed):
    """An answer of each unit to every indicator that boroughs are asked about."""
    cells = [(unit, indicator) for unit in units for indicator in BOROUGH]
    table = {
        "unit": [unit for unit, _ in cells],
        "indicator": [indicator for _, indicator in cells],
        "answer": ["fairly" if n % 3 else "not_very" for n in range(len(cells))],
        "evidence": [f"Minutes of {unit} on {indicator}" for unit, indicator in cells],
        "owner": ["Chief Inspector"] * len(cells),
        "due": ["2011-06-30"] * len(cells),
    }
    return table | changed


def _edit(path, cells, sheet="Answers"):
    """The same workbook with other values in some cells."""
    workbook = openpyxl.load_workbook(path)
    for coordinate, value in cells.items():
        workbook[sheet][coordinate] = value
    workbook.save(path)
    return path


@pytest.fixture(scope="session")
def answers_of():
    """Makes answers of units."""
    return _answers_of


@pytest.fixture(scope="session")
def edit():
    """Changes cells of a workbook."""
    return _edit


@pytest.fixture
def filled(tmp_path):
    """One return, filled in and dated."""
    path = dr.write_return(
        tmp_path / "brent.xlsx", ESPS, "Brent", due="2011-03-31", round="first answer", answers=_answers_of(["Brent"])
    )
    return _edit(path, {"B11": "2011-03-25"}, "Return")

"""Made-up stop and search files with every untidiness, and the real files where they are to be had."""

import csv
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2].parent / "shared" / "real"
COLUMNS = [
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
]
SEARCH = {
    "Type": "Person search",
    "Date": "2016-06-10T12:00:00+00:00",
    "Part of a policing operation": "False",
    "Gender": "Male",
    "Age range": "18-24",
    "Self-defined ethnicity": "White - White British (W1)",
    "Officer-defined ethnicity": "White",
    "Legislation": "Misuse of Drugs Act 1971 (section 23)",
    "Object of search": "Controlled drugs",
    "Outcome": "Nothing found - no further action",
    "Outcome linked to object of search": "False",
    "Removal of more than just outer clothing": "False",
}
VEHICLE = {"Type": "Vehicle search", "Gender": "", "Age range": "", "Self-defined ethnicity": ""} | {
    "Officer-defined ethnicity": ""
}


@pytest.fixture
def published(tmp_path):
    """Writes a stop and search file: each search is what differs from an ordinary one."""

    def write(*searches, name="2016-06-metropolitan-stop-and-search.csv", folder=None, columns=COLUMNS):
        place = tmp_path if folder is None else tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        with open(place / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(SEARCH | search for search in searches)
        return place / name

    return write


@pytest.fixture
def vehicle():
    """What differs in a search of a vehicle alone."""
    return VEHICLE


@pytest.fixture
def real():
    """The path of a real file; the test is skipped where there is none."""

    def find(name):
        if not (REAL / name).exists():
            pytest.skip(f"{name} is not here")
        return REAL / name

    return find

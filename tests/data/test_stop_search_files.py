"""Generated stop and search files: the published form, made-up people, the same on every run."""

import csv
import hashlib

import numpy as np
import pytest

import dueregard as dr
from dueregard.data import draws, stop_search_rows
from dueregard.data.stop_search_forces import FORCES

PUBLISHED = [
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


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows_of(folder):
    return {path.name: read(path) for path in sorted(folder.rglob("*.csv"))}


def test_a_folder_a_month_and_a_file_a_force(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path / "new" / "folder", rows=900)
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))
    assert len(paths) == 43 * 12
    assert paths[0] == "2015-07/2015-07-avon-and-somerset-stop-and-search.csv"
    assert paths[-1] == "2016-06/2016-06-wiltshire-stop-and-search.csv"
    assert sum(len(rows) for rows in rows_of(folder).values()) == 900
    assert (folder / "README.txt").read_text().startswith("Synthetic: ")


def test_columns_and_texts_are_as_published(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path, forces=["metropolitan"], months=1, rows=6000)
    (rows,) = rows_of(folder).values()
    assert list(rows[0]) == PUBLISHED
    assert {row["Type"] for row in rows} == {"Person search", "Person and Vehicle search", "Vehicle search"}
    assert {row["Officer-defined ethnicity"] for row in rows} == {"White", "Black", "Asian", "Other", ""}
    assert {row["Outcome linked to object of search"] for row in rows} == {""}
    assert "under 10" in {row["Age range"] for row in rows}
    assert "Not Stated (NS)" in {row["Self-defined ethnicity"] for row in rows}
    vehicles = [row for row in rows if row["Type"] == "Vehicle search"]
    hidden = [row for row in vehicles if row["Gender"] == row["Officer-defined ethnicity"] == ""]
    assert 0 < len(hidden) < len(vehicles)


def test_forces_differ_as_their_people_do(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path, forces=["metropolitan", "cumbria"], months=2, rows=40_000)
    share = {}
    for name, rows in rows_of(folder).items():
        share[name] = np.mean([row["Officer-defined ethnicity"] == "Black" for row in rows])
    assert share["2016-06-metropolitan-stop-and-search.csv"] > 0.25
    assert share["2016-06-cumbria-stop-and-search.csv"] < 0.08


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2016-06", "2016-05-31T23", "2016-06-30T22"),
        ("2016-03", "2016-03-01T00", "2016-03-31T22"),
        ("2015-12", "2015-12-01T00", "2015-12-31T23"),
    ],
)
def test_times_fill_the_month_in_london(month, first, last):
    dates = stop_search_rows.rows(draws.generator("x", 1), 60_000, month, FORCES["essex"])["Date"]
    assert (dates[:-1] <= dates[1:]).all()
    assert dates[0][:13] == first
    assert dates[-1][:13] == last


def test_the_same_on_every_run_and_another_with_another_seed(tmp_path):
    def digest(name, **changes):
        folder = dr.data.write_stop_search_files(tmp_path / name, forces=2, months=2, rows=500, **changes)
        files = sorted(folder.rglob("*.csv"))
        return [hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in files]

    assert digest("a") == digest("b") == digest("a")
    assert digest("a") == ["438ac309057329e6", "f6ef7ebfc6cce56e", "e1dc1a03ddf6dd27", "d5689391c18173e6"]
    assert not set(digest("c", seed=1)) & set(digest("a"))


def test_a_file_does_not_depend_on_the_others(tmp_path):
    one = dr.data.write_stop_search_files(tmp_path / "one", forces=["kent"], months=["2016-06"], rows=50)
    two = dr.data.write_stop_search_files(tmp_path / "two", forces=["kent"], months=2, rows=100)
    name = "2016-06/2016-06-kent-stop-and-search.csv"
    assert (one / name).read_bytes() == (two / name).read_bytes()


def test_no_rows_is_a_header_alone(tmp_path):
    folder = dr.data.write_stop_search_files(tmp_path, forces=1, months=1, rows=0)
    assert [len(rows) for rows in rows_of(folder).values()] == [0]


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"forces": 44}, ValueError, "forces must be 1 to 43, is 44"),
        ({"forces": 0}, ValueError, "forces must be 1 to 43"),
        ({"forces": "kent"}, TypeError, r"such as \['kent'\]"),
        ({"forces": ["kant"]}, ValueError, "no force 'kant'"),
        ({"forces": ["kent", "kent"]}, ValueError, "named twice"),
        ({"forces": []}, ValueError, "at least one"),
        ({"forces": 2.0}, TypeError, "whole number"),
        ({"months": 0}, ValueError, "months must be"),
        ({"months": "2016-06"}, TypeError, r"such as \['2016-06'\]"),
        ({"months": ["2016-13"]}, ValueError, "'2016-13' is not a month"),
        ({"months": ["2016-06", "2016-06"]}, ValueError, "named twice"),
        ({"months": []}, ValueError, "at least one"),
        ({"rows": -1}, ValueError, "rows must be"),
        ({"rows": True}, TypeError, "rows must be a whole number"),
        ({"seed": -1}, ValueError, "seed"),
        ({"seed": "x"}, TypeError, "seed"),
    ],
)
def test_bad_arguments_write_nothing(tmp_path, changes, error, message):
    with pytest.raises(error, match=message):
        dr.data.write_stop_search_files(tmp_path / "new", **{"rows": 10, "forces": 1, "months": 1} | changes)
    assert not (tmp_path / "new").exists()


def test_other_files_there_are_left_alone(tmp_path):
    dr.data.write_stop_search_files(tmp_path, forces=2, months=1, rows=10)
    with pytest.raises(ValueError, match="has other stop and search files, such as 2016-06-merseyside"):
        dr.data.write_stop_search_files(tmp_path, forces=1, months=1, rows=10)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "README.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"README\.txt of its own"):
        dr.data.write_stop_search_files(tmp_path / "own", forces=1, months=1, rows=10)
    assert (tmp_path / "own" / "README.txt").read_text() == "mine"

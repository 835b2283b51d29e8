"""Labels that look alike, hold odd characters, come by the million, or are formulas to a spreadsheet.

Item 18 of the list of nasty inputs.
"""

import csv
import unicodedata
import warnings

import numpy as np
import pyarrow as pa
import pytest

import dueregard as dr
from dueregard.cli import main

ALIKE = {
    "case": ["White British", "WHITE BRITISH", "white british"],
    "spaces": ["White British", " White British", "White  British", "White British\t", "White\u00a0British"],
    "accents": ["Café", unicodedata.normalize("NFD", "Café")],
    "sharp s": ["Strasse", "Straße"],
}


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("kind", ALIKE)
def test_labels_that_look_alike_are_kept_apart_with_one_warning(kind, threads):
    labels = ALIKE[kind]
    forms = [labels, np.array(labels), np.array(labels, object), pa.array(labels), pa.array(labels).dictionary_encode()]
    for values in forms:
        with pytest.warns(UserWarning, match="column 'ethnicity': these labels look alike") as caught:
            found = dr.tally({"ethnicity": values}, "ethnicity", threads=threads)
        assert len(caught) == 1
        assert sorted(found.labels["ethnicity"]) == sorted(labels)
        assert found.counts.tolist() == [1] * len(labels)


def test_a_gap_warns_too():
    data = {"group": ["Asian", "asian", "White"] * 5, "answer": ["yes", "no", "yes"] * 5}
    with pytest.warns(UserWarning, match="'Asian' and 'asian'"):
        found = dr.gap(data, outcome="answer", positive="yes", group="group", reference="White")
    assert found["group"] == ["Asian", "White", "asian"]


ODD = ["a", "a\0", "a\0\0", "\0", "\ud800", "a\ud800", "\udfff", "\u202ea", "\N{GRINNING FACE}", "\ufeffa", " "]


def test_zeros_and_lone_surrogates_are_part_of_a_label():
    counts = list(range(1, len(ODD) + 1))
    values = [label for label, count in zip(ODD, counts, strict=True) for _ in range(count)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = dr.tally({"a": np.array(values, object)}, "a", threads=3)
    assert dict(zip(found.labels["a"], found.counts.tolist(), strict=True)) == dict(zip(ODD, counts, strict=True))


def test_odd_labels_are_kept_by_a_saved_tally(tmp_path):
    found = dr.tally({"a": ODD}, "a")
    found.save(tmp_path / "odd.npz")
    assert dr.load_tally(tmp_path / "odd.npz").labels == found.labels


def test_a_million_labels():
    labels = np.array([f"label {i:06}" for i in range(10**6)])
    values = labels[::-1].astype(object)
    found = dr.tally({"a": values}, "a", threads=1)
    assert found.labels["a"] == labels.tolist()
    assert found.counts.shape == (10**6,)
    assert np.all(found.counts == 1)


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=2", '=HYPERLINK("http://x","y")']


def test_formulas_are_text_in_a_saved_table(tmp_path):
    data = {"=area": FORMULAS * 2, "answer": ["yes"] * 7 + ["no"] * 7}
    found = dr.gap(data, outcome="answer", positive="yes", group="=area", reference=FORMULAS[0])
    found.save(tmp_path / "gap.csv")
    with open(tmp_path / "gap.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["group"] for row in rows) == sorted("'" + text for text in FORMULAS)
    cells = [cell for row in rows for cell in [*row, *row.values()]]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert not [cell for cell in cells if cell.startswith("-") and not is_number(cell)]
    assert found["group"] == sorted(FORMULAS), "only the file is changed"


def is_number(cell):
    try:
        return bool(np.isfinite(float(cell)))
    except ValueError:
        return False


def test_formulas_are_text_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "records.csv"
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([["area"], *([text] for text in FORMULAS)])
    assert main(["tally", str(path), "--by", "area", "--format", "csv"]) == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines(keepends=True)))
    assert {row[0] for row in rows[1:]} == {"'" + text for text in FORMULAS}

"""Tables of claims in every shape: frames, CSV, TOML, workbooks; what is refused, and what is set aside."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dueregard as dr
from dueregard.audits.claim_tables import COMMON, kinds

CLAIMS = {"claim": ["percent", "percent"], "count": [24, 22], "of": [32, 32], "percent": ["75%", "67%"]}
EXPECTED = ["consistent", "inconsistent"]
CSV = "claim,count,of,percent,about\npercent,24,32,75%,People\n\npercent,22,32,67%,Processes\n"


def workbook(path, rows, sheet="Claims", others=()):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name in others:
        book.create_sheet(name)
    book.save(path)
    return path


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table, lambda t: pl.DataFrame(t).lazy()])
def test_every_kind_of_table(make):
    assert dr.audit(make(CLAIMS))["verdict"] == EXPECTED


def test_numpy_columns_and_nan_are_blank():
    table = {"claim": np.array(["percent"] * 2), "count": np.array([24.0, np.nan]), "of": np.array([32, 32]),
             "percent": np.array([75.0, 75.0])}  # fmt: skip
    assert dr.audit(table)["verdict"] == ["consistent", "derivable"]


def test_a_csv_file_gives_its_lines(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(CSV)
    found = dr.audit(path)
    assert (found["verdict"], found["line"]) == (EXPECTED, [2, 4])
    assert (found["document"], found["printed_at"][1]) == (["claims.csv"] * 2, "claims.csv:4")
    assert found["group"] == ["People", "Processes"]
    tabbed = tmp_path / "claims.tsv"
    tabbed.write_text(CSV.replace(",", "\t"))
    assert dr.audit(str(tabbed))["verdict"] == EXPECTED


def test_a_claim_says_itself_where_it_was_printed():
    found = dr.audit(CLAIMS | {"document": ["report"] * 2, "line": [86, ""]})
    assert found["printed_at"] == ["report:86", "report"]
    assert found["line"] == [86, None]


def test_a_toml_file_gives_its_lines(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text('[[claims]]\nclaim = "sum"\nparts = [1, 1, 8, 7]\ntotal = 18\n\n[[claims]]\nclaim = "list"\n'
                    'named = ["6B"]\nexpected = ["6B", "7B"]\n')  # fmt: skip
    found = dr.audit(path)
    assert (found["verdict"], found["line"]) == (["inconsistent"] * 2, [1, 6])
    path.write_text('[[claims]]\nclaim = "sum"\nparts = [1]\ntotal = 1\n\n[[claims]]\nclaim = "total"\n')
    with pytest.raises(ValueError, match=r"claims.toml, line 6: claim: no kind 'total'"):
        dr.audit(path)
    path.write_text("[[claim]]\n")
    with pytest.raises(ValueError, match=r"unknown key 'claim' \(did you mean 'claims'\?\)"):
        dr.audit(path)
    path.write_text("")
    with pytest.raises(ValueError, match=r"there is no \[\[claims\]\]"):
        dr.audit(path)


def test_a_workbook_gives_its_cells(tmp_path):
    rows = [[None, "claim", "count", "of", "percent"], [None, "percent", 22, 32, "67%"]]
    path = workbook(tmp_path / "claims.xlsx", rows, others=["Notes"])
    with pytest.raises(ValueError, match="has the sheets Claims, Notes; name one with sheet="):
        dr.audit(path)
    found = dr.audit(path, sheet="Claims")
    assert (found["verdict"], found["cell"]) == (["inconsistent"], ["Claims!B2"])
    with pytest.raises(ValueError, match="has no sheet 'Claim'; it has Claims, Notes"):
        dr.audit(path, sheet="Claim")
    with pytest.raises(ValueError, match="Notes: the sheet is empty"):
        dr.audit(path, sheet="Notes")
    wrong = workbook(tmp_path / "wrong.xlsx", [*rows, [None, "percent", "many", 32, "67%"]])
    with pytest.raises(ValueError, match=r"wrong.xlsx, Claims!B3: count: 'many' is not a number"):
        dr.audit(wrong)


def test_a_parquet_file(tmp_path):
    path = tmp_path / "claims.parquet"
    pl.DataFrame(CLAIMS).write_parquet(path)
    assert dr.audit(path)["verdict"] == EXPECTED


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("percents,1,2,50%", r"line 3: claim: no kind 'percents' \(did you mean 'percent'\?\); the kinds are percent,"),
        (",1,2,50%", "line 3: claim: the kind is blank"),
        ("percent,1,,", "line 3: a claim of 'percent' needs 'percent', which is blank"),
        ("percent,many,2,50%", "line 3: count: 'many' is not a number"),
        ("gap,1,2,50%", "line 3: a claim of 'gap' takes first, second, gap, not 'count'"),
        ("percent,1,2", "line 3: 3 cells, and the header has 4"),
    ],
)  # fmt: skip
def test_a_bad_claim_is_refused_by_line(tmp_path, line, message):
    path = tmp_path / "claims.csv"
    path.write_text(f"claim,count,of,percent\npercent,24,32,75%\n{line}\n")
    with pytest.raises(ValueError, match=message):
        dr.audit(path)


def test_or_set_aside(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("claim,count,of,percent\npercents,24,32,75%\npercent,many,2,50%\npercent,24,32,75%\n")
    found = dr.audit(path, strict=False)
    assert found["verdict"] == ["set aside", "set aside", "consistent"]
    assert found["note"][1] == "set aside: count: 'many' is not a number"
    assert found["line"] == [2, 3, 4]
    assert np.isnan(found["value"][:2]).all()  # no number is made up


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (CLAIMS | {"precent": [1, 2]}, r"no kind of claim has a column 'precent' \(did you mean 'percent'\?\)"),
        (CLAIMS | {"line": ["x", 1]}, "row 0: line: 'x' is not a whole number"),
        (CLAIMS | {"decimals": [1.5, 1]}, "row 0: decimals: 1.5 is not a whole number"),
        ({}, "the table has no columns"),
        ({"claim": ["percent"], "count": [1, 2]}, "the columns differ in length"),
    ],
)
def test_bad_tables(table, message):
    with pytest.raises(ValueError, match=message):
        dr.audit(table)


def test_bad_files(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file .*absent.csv"):
        dr.audit(tmp_path / "absent.csv")
    for name, content, message in (
        ("empty.csv", b"", "is empty"),
        ("latin.csv", b"claim\n\xe9", "is not a CSV file in UTF-8"),
        ("twice.csv", b"claim,claim\n", "line 1: two columns are headed 'claim'"),
        ("bare.csv", b"claim,\n", "line 1: column 2 has no heading"),
        ("claims.doc", b"x", "is none of .csv, .tsv, .xlsx"),
        ("claims.xlsx", b"x", "is not an Excel workbook"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=message):
            dr.audit(tmp_path / name)
    with pytest.raises(TypeError, match="a dict of columns, a data frame or a path, not int"):
        dr.audit(3)
    with pytest.raises(ValueError, match="sheet: 'A' is of a workbook"):
        dr.audit(CLAIMS, sheet="A")


def test_decimals_that_numbers_have_lost():
    table = {"claim": ["percent"], "count": [251], "of": [500], "percent": [50.0]}
    assert dr.audit(table)["verdict"] == ["consistent"]
    assert dr.audit(table | {"decimals": [1]})["verdict"] == ["inconsistent"]


def test_rounding_that_is_known():
    table = {"claim": ["percent"], "count": [1], "of": [8], "percent": ["12%"]}
    assert dr.audit(table)["verdict"] == ["consistent"]
    assert dr.audit(table, rounding="half-up")["verdict"] == ["inconsistent"]
    with pytest.raises(ValueError, match="rounding must be one of half-up, half-even, either, not 'down'"):
        dr.audit(table, rounding="down")


def test_arguments_of_other_tables_are_refused():
    with pytest.raises(ValueError, match="percent: a table of claims names its terms in its own columns"):
        dr.audit(CLAIMS, percent="percent")
    with pytest.raises(ValueError, match="against: only a table with a column 'claim'"):
        dr.audit({"a": [1]}, against={"A": 1})


def test_every_kind_and_term_is_documented():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "audit.md").read_text()
    for kind in kinds().values():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{kind.name}` |")]
        assert all(f"`{term}`" in line for term in kind.terms), kind.name
    assert all(f"`{name}`" in page for name in COMMON)


def test_a_check_holds_it_to_a_rule():
    result = dr.check(dr.audit(CLAIMS), "verdict != 'inconsistent'")
    assert result.passed is False and result.exit_status == 1
    assert result.failures[0].label == "row 1"
    assert dr.check(dr.audit(CLAIMS).filter(verdict="consistent"), "verdict != 'inconsistent'").passed


def test_sentences_and_the_table_put_first_what_needs_a_reader():
    found = dr.audit(CLAIMS)
    assert found.sentences() == [
        "row 1: 22 of 32 is 68.75%, not the 67% printed; 22 is 67% of 33 (inconsistent).",
        "row 0: 24 of 32 is 75%, printed as 75% (consistent).",
    ]
    shown = repr(found)
    assert "Verdict" in shown and "68.75" in shown and max(map(len, shown.splitlines())) <= 80
    assert "inconsistent" in found._repr_html_()

"""A published table held against itself."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.audits.unfinished import is_placeholder

TABLE = {
    "borough": ["Lambeth", "Southwark", "Kensington", "Total"],
    "not_met": [4, 4, 2, 10],
    "met": [14, 14, 15, 42],
    "asked": [18, 18, 18, 54],
    "percent": [78, 77, 83, 80],
}
LAYOUT = {"label": "borough", "parts": ["not_met", "met"], "total": "asked", "count": "met", "of": "asked",
          "percent": "percent", "total_row": "Total"}  # fmt: skip


def verdicts(found, measure):
    part = found.filter(measure=measure)
    return dict(zip(zip(part["group"], part["printed_at"], strict=True), part["verdict"], strict=True))


def test_rows_totals_and_percentages():
    found = dr.audit(TABLE, **LAYOUT)
    bad = [(row["measure"], row["group"], row["note"]) for row in found.filter(verdict="inconsistent").rows()]
    assert bad == [
        ("percentage", "Southwark", "14 of 18 is 77.78%, not the 77% printed; 14 is 77% of no whole number"),
        ("total", "Kensington", "2 + 15 is 17, not the 18 printed"),
        ("total", "Total", "10 + 42 is 52, not the 54 printed"),
        ("percentage", "Total", "42 of 54 is 77.78%, not the 80% printed; 42 is 80% of no whole number"),
        ("total", "Total", "met: the sum of 3 rows is 43, not the 42 printed"),
    ]
    assert all(row["low"] <= row["value"] <= row["high"] for row in found.rows())


def test_figures_are_said_with_the_same_separators():
    table = {"area": ["A", "B", "All"], "cases": ["1000", "881", "1871"], "staff": [1, 2, 3], "all": [1001, 883, 1874]}
    found = dr.audit(table, label="area", total_row="All", parts=["cases", "staff"], total="all")
    assert found["note"][3] == "cases: the sum of 2 rows is 1,881, not the 1,871 printed"


def test_a_row_that_stands_twice_explains_the_total_it_spoils(tmp_path):
    (tmp_path / "pub.csv").write_text("area,met,asked\nA,3,5\nB,2,4\nA,3,5\nAll,5,9\n")
    layout = {"label": "area", "count": "met", "of": "asked", "percent": "percent", "total_row": "All"}
    found = dr.audit(tmp_path / "pub.csv", label="area", parts=["met"], total="asked", total_row="All")
    totals = found.filter(measure="total", group="All")
    assert totals["note"][1:] == [
        "met: the sum of 3 rows is 8, not the 5 printed; A stands twice, at pub.csv:2 and pub.csv:4: without it "
        "the sum of 2 rows is 5, printed as 5",
        "asked: the sum of 3 rows is 14, not the 9 printed; A stands twice, at pub.csv:2 and pub.csv:4: without it "
        "the sum of 2 rows is 9, printed as 9",
    ]
    assert totals["verdict"][1:] == ["inconsistent"] * 2
    shares = {"area": ["A", "B", "A"], "percent": [60, 40, 60]}
    (note,) = dr.audit(shares, label="area", percent="percent", exhaustive=True).filter(verdict="inconsistent")["note"][
        :1
    ]
    assert note.endswith("A stands twice, at row 0 and row 2: without it the 2 percentages add up to 100%")
    mean = {"area": ["A", "B", "A", "Mean"], "percent": [100, 40, 100, 10]}
    found = dr.audit(mean, label="area", percent="percent", average_row="Mean").filter(measure="average")
    assert "A stands twice, at row 0 and row 2: without it 10% printed; the 2 parts have mean 70%" in found["note"][0]
    good = {"area": ["A", "A", "All"], "met": [2, 2, 4], "asked": [3, 3, 6], "percent": [67, 67, 67]}
    assert "twice" not in "".join(dr.audit(good, **layout)["note"])


def in_every_frame(columns):
    yield columns
    yield {name: list(values) for name, values in columns.items()}
    yield pd.DataFrame(columns)
    yield pl.DataFrame(columns)
    yield pa.table(columns)
    yield {name: pa.array(values) for name, values in columns.items()}


def test_percentages_of_32_bits_and_of_arithmetic_are_what_they_were_rounded_to(tmp_path):
    columns = {"n": np.array([142, 29, 1]), "of": np.array([1000, 100, 3])}
    layout = {"count": "n", "of": "of", "percent": "p"}
    for kind in (np.float32, np.float16, np.float64):
        percent = np.array([14.2, 29, 33.3], kind)
        for table in in_every_frame(columns | {"p": percent}) if kind is not np.float16 else [columns | {"p": percent}]:
            found = dr.audit(table, **layout)
            assert found["verdict"] == ["consistent"] * 3, (type(table), found["note"])
    pl.DataFrame(columns | {"p": np.array([14.2, 29, 33.4], np.float32)}).write_parquet(tmp_path / "p.parquet")
    found = dr.audit(tmp_path / "p.parquet", **layout)
    assert found["verdict"] == ["consistent", "consistent", "inconsistent"]
    assert found["note"][2] == "1 of 3 is 33.33%, not the 33.4% printed; 1 is 33.4% of no whole number"
    made = dr.audit({"n": [29, 29], "of": [100, 100], "p": [0.29 * 100, 0.28 * 100]}, **layout)
    assert made["verdict"] == ["consistent", "inconsistent"]
    assert "28.000000000000004" not in made["note"][1]


def test_the_tables_of_the_report():
    table = dr.data.load("borough_answers")
    answers = ["not_at_all", "not_very", "fairly", "very"]
    found = dr.audit(table, label="borough", parts=answers, total=18, count=["fairly", "very"], of=18,
                     percent="stated_percent")  # fmt: skip
    assert len(found) == 64
    (row,) = found.filter(verdict="inconsistent").rows()
    assert (row["group"], row["printed_at"], row["value"]) == ("Kensington & Chelsea", "esps-review-2011:232", 17)
    sections = dr.data.load("section_results")
    found = dr.audit(sections, label="section", count="met", of="assessed", percent="stated_percent")
    assert found.filter(verdict="inconsistent")["line"] == [90]


def test_an_average_row():
    table = {"area": ["A", "B", "All"], "cases": [10, 30, None], "percent": [50, 90, 80]}
    layout = {"label": "area", "percent": "percent", "average_row": "All"}
    assert dr.audit(table, **layout).filter(measure="average")["verdict"] == ["cannot tell"]
    sized = dr.audit(table | {"count": [5, 27, None]}, **layout, count="count", of="cases")
    assert sized.filter(measure="average")["verdict"] == ["consistent"]
    table["percent"][2] = 60
    assert dr.audit(table, **layout, of="cases").filter(measure="average")["verdict"] == ["inconsistent"]
    table["percent"][2] = 95
    assert dr.audit(table, **layout).filter(measure="average")["verdict"] == ["inconsistent"]


def test_gaps_and_changes():
    table = {"area": ["A", "B"], "white": [81, 81], "other": [74, 74], "gap": [8, 9]}
    found = dr.audit(table, first="white", second="other", gap="gap")
    assert found["verdict"] == ["rounding", "inconsistent"]
    changes = dr.audit({"before": [74, 74], "after": [75, 80]}, first="after", second="before")
    assert (changes["measure"], changes["verdict"]) == (["change"] * 2, ["rounding", "derivable"])


def test_an_exhaustive_list():
    table = {"group": ["A", "B", "C"], "percent": [33, 33, 33]}
    found = dr.audit(table, label="group", percent="percent", exhaustive=True)
    assert found["verdict"] == ["rounding"]
    table["percent"][0] = 40
    assert dr.audit(table, label="group", percent="percent", exhaustive=True)["verdict"] == ["inconsistent"]
    assert len(dr.audit(table, label="group", percent="percent")) == 0


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=1, max_size=12))
def test_a_table_that_was_computed_raises_no_alarm(pairs):
    unmet, met = zip(*pairs, strict=True)
    asked = [a + b for a, b in pairs]
    labels = [f"unit {i}" for i in range(len(pairs))]
    table = {
        "unit": [*labels, "all"],
        "unmet": [*unmet, sum(unmet)],
        "met": [*met, sum(met)],
        "asked": [*asked, sum(asked)],
    }
    table["percent"] = [round(100 * b / n) for b, n in zip(table["met"], table["asked"], strict=True)]
    found = dr.audit(table, label="unit", parts=["unmet", "met"], total="asked", count="met", of="asked",
                     percent="percent", total_row="all")  # fmt: skip
    assert set(found["verdict"]) == {"consistent"}


@pytest.mark.parametrize(
    "text",
    ["Advisor to add detail", "TBC", "tba.", "xx", "XX%", "Good practice missing", "to be added", "Lorem ipsum dolor",
     "???", "...", "text to be confirmed", "insert figure here", "over xx% of staff"],
)  # fmt: skip
def test_placeholders(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Lambeth", "6B, 8B", "x", "Value added", "-", "1,157,165", "TBCH", "Missing persons", 3]
)
def test_what_is_no_placeholder(text):
    assert not is_placeholder(text)


def test_what_needs_no_layout():
    table = {
        "borough": ["Lambeth", "Southwark", "Lambeth", "Bexley"],
        "percent met": ["78%", "101%", "78%", "xx"],
        "weak": ["6B", "TBC", "6B", ""],
        "good practice": ["", "", "", None],
    }
    found = dr.audit(table, label="borough")
    assert [(row["measure"], row["group"], row["verdict"]) for row in found.rows()] == [
        ("placeholder", "Bexley", "inconsistent"),
        ("placeholder", "Southwark", "inconsistent"),
        ("empty column", "good practice", "cannot tell"),
        ("duplicate row", "Lambeth", "inconsistent"),
        ("percentage", "Southwark", "inconsistent"),
    ]
    assert found["note"][3] == "the row repeats that at row 0"
    assert found["note"][4] == "percent met: 101% is outside 0 to 100"


def test_a_table_of_which_nothing_is_said_says_how():
    table = {"area": ["A", "All"], "met": [1, 1]}
    for arguments in ({}, {"label": "area"}, {"label": "area", "total_row": "All"}):
        (note,) = dr.audit(table, **arguments).notes
        assert note.startswith("Nothing says what the columns (area, met) are, so only placeholders")
        assert "Name columns with count=, of= and percent=; parts= and total=;" in note
    assert dr.audit(table | {"asked": [2, 2]}, parts="met", total="asked").notes == ()


def test_counts_that_are_not_whole():
    table = {"count": [1.5, 2], "of": [3, 4], "percent": [50, 50]}
    found = dr.audit(table, count="count", of="of", percent="percent")
    assert found.filter(measure="count")["note"] == ["count: 1.5 is not a whole number of cases"]


@pytest.mark.parametrize("cell", ["XFD3000", "A1048576"])
def test_a_stray_cell_of_a_workbook_is_refused_by_name(tmp_path, cell):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["claim", "count", "of"], ["percent", 22, 32]):
        book.active.append(row)
    book.active[cell] = "stray"
    book.save(tmp_path / "claims.xlsx")
    with pytest.raises(ValueError, match=f"claims.xlsx, Sheet!{cell}: 'stray' stands far from the other cells"):
        dr.audit(tmp_path / "claims.xlsx")


def test_cells_of_a_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Table 1"
    for row in (["Section", "Met", "Percent"], ["People", 24, "75%"], ["Processes", 22, "67%"], ["Other", 1, "TBC"]):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    layout = {"label": "Section", "count": "Met", "of": 32, "percent": "Percent"}
    with pytest.raises(ValueError, match=r"table.xlsx, Table 1!A4: percent: 'TBC' is not a number"):
        dr.audit(tmp_path / "table.xlsx", **layout)
    found = dr.audit(tmp_path / "table.xlsx", **layout, strict=False)
    assert found.filter(verdict="inconsistent")["cell"] == ["Table 1!C3", "Table 1!C4"]
    assert found.filter(verdict="set aside")["cell"] == ["Table 1!C4"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"percent": "precent"}, r"percent: no column 'precent' \(did you mean 'percent'\?\); the columns are borough"),
        ({"parts": ["met", "x"], "total": 18}, "parts: no column 'x'"),
        ({"parts": ["met"]}, "parts: needs total= too"),
        ({"total": 18}, "total: needs parts= too"),
        ({"count": "met"}, "count: needs of= too"),
        ({"of": 18}, "of: needs percent= too"),
        ({"of": {"boroughs": 32}}, "of: a dict of numbers belongs to a text"),
        ({"gap": "met"}, "gap: needs first= too"),
        ({"exhaustive": True}, "exhaustive: needs percent= too"),
        ({"total_row": "Total"}, "total_row: needs label= too"),
        ({"label": "borough", "total_row": "Totals"}, "total_row: 'Totals' is the label of 0 rows, not of one"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        dr.audit(TABLE, **arguments)


def test_text_where_a_number_belongs():
    table = {"count": ["many"], "of": [3], "percent": [50]}
    with pytest.raises(ValueError, match="row 0: count: 'many' is not a number"):
        dr.audit(table, count="count", of="of", percent="percent")

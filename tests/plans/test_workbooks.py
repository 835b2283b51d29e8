"""A plan in a spreadsheet: the same as the TOML file, and every refusal names the sheet and the cell."""

import datetime as dt
import tomllib

import pytest

import dueregard as dr
from dueregard.plans.sources import HEAD, NOUNS

from .conftest import EXAMPLE, ON

openpyxl = pytest.importorskip("openpyxl")


def write(path, tables):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        keys = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(keys)
        for row in rows:
            cells = (row.get(key) for key in keys)
            sheet.append(["; ".join(cell) if isinstance(cell, list) else cell for cell in cells])
    book.save(path)
    return path


@pytest.fixture
def tables():
    given = tomllib.loads(EXAMPLE.read_text())
    head = {key: given[key] for key in HEAD if key in given}
    return {"plan": [head], **{noun: given[noun] for noun in NOUNS if noun in given}}


def test_a_spreadsheet_and_a_toml_file_are_the_same_plan(tables, tmp_path, example):
    read = dr.plan(write(tmp_path / "plan.xlsx", tables), on=ON)
    assert read == example
    assert repr(read.progress()) == repr(example.progress())


def test_numbers_yes_and_blank_rows_are_read(tables, tmp_path):
    tables["recommendations"][0]["id"] = 10
    tables["measures"][0]["higher_is_better"] = "Yes"
    tables["objectives"][0]["id"] = 1
    tables["readings"][0]["count"] = 185.0
    path = write(tmp_path / "plan.xlsx", tables)
    book = openpyxl.load_workbook(path)
    book["actions"].insert_rows(3)
    book.save(path)
    read = dr.plan(path, on=ON)
    assert [each.id for each in read.contents.recommendations] == ["10", "11", "12"]
    assert [each.id for each in read.contents.actions] == ["A1", "A2", "A3"]


@pytest.mark.parametrize(
    ("noun", "row", "key", "value", "message"),
    [
        ("actions", 1, "status", "nearly", r"sheet 'actions', cell H3: 'status' is 'nearly'; it is one of"),
        ("actions", 2, "due", "May", r"sheet 'actions', cell F4: 'due' is 'May', not a date such as 2011-03-31"),
        ("actions", 0, "objective", None, r"sheet 'actions', row 2: there is no 'objective'"),
        ("readings", 0, "count", 900, r"sheet 'readings', cell C2: 'count' is 900, above 'nobs', 250"),
        ("readings", 0, "count", "many", r"sheet 'readings', cell C2: 'count' is 'many', not a whole number"),
        ("readings", 0, "period", dt.date(2010, 6, 1), r"cell B2: 'period' is a date; write it as text"),
        ("costs", 0, "amount", -1, r"sheet 'costs', cell D2: 'amount' is -1, not a number of 0 or more"),
        ("owners", 0, "rolle", "x", r"sheet 'owners', cell C2: unknown key 'rolle' \(did you mean 'role'\?\)"),
        ("targets", 0, "date", dt.date(2010, 1, 1), r"cell C2: 'date' is 2010-01-01, before the end of the baseline"),
    ],
)
def test_the_cell_of_what_is_wrong_is_named(tables, tmp_path, noun, row, key, value, message):
    tables[noun][row][key] = value
    with pytest.raises(ValueError, match=rf"plan\.xlsx, .*{message}"):
        dr.plan(write(tmp_path / "plan.xlsx", tables), on=ON)


def test_a_rearranged_spreadsheet_is_refused(tables, tmp_path):
    path = tmp_path / "plan.xlsx"
    with pytest.raises(ValueError, match=r"a plan has no sheet 'action' \(did you mean 'actions'\?\)"):
        dr.plan(write(path, {"action": tables["actions"]}), on=ON)
    with pytest.raises(ValueError, match=r"sheet 'plan', row 3: a plan says what it is in one row"):
        dr.plan(write(path, {"plan": [{"name": "a"}, {"name": "b"}]}), on=ON)
    write(path, tables)
    for cell, value, message in (
        ("A1", None, "sheet 'actions', cell A1: a column without a name"),
        ("A1", "title", "sheet 'actions', cell C1: 'title' is there twice"),
        ("A1", 7, "sheet 'actions', cell A1: 7 is no name of a column"),
        ("C2", "=1+1", "sheet 'actions', cell C2: a formula without a value; open the file, save it"),
    ):
        book = openpyxl.load_workbook(write(path, tables))
        book["actions"][cell] = value
        book.save(path)
        with pytest.raises(ValueError, match=message):
            dr.plan(path, on=ON)


def test_what_is_no_spreadsheet_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_text("name = 'plan'")
    with pytest.raises(ValueError, match=r"plan\.xlsx: not a spreadsheet that can be read"):
        dr.plan(path, on=ON)


def test_other_sheets_are_not_read_and_named(tables, tmp_path):
    path = write(tmp_path / "plan.xlsx", tables | {"Notes to self": [{"a": "=1+1"}], "Notes": [{"b": 1}]})
    read = dr.plan(path, on=ON)
    said = "Not read, since a plan has no such table: the sheets 'Notes to self', 'Notes'"
    assert said in read.notes and said in read.status().notes
    one = dr.plan(write(path, tables | {"Sheet1": [{"a": 1}]}), on=ON)
    assert "Not read, since a plan has no such table: the sheet 'Sheet1'" in one.notes
    for name, meant in (("action", "actions"), ("recomendations", "recommendations"), ("cost", "costs")):
        with pytest.raises(ValueError, match=rf"a plan has no sheet '{name}' \(did you mean '{meant}'\?\)"):
            dr.plan(write(path, tables | {name: [{"a": 1}]}), on=ON)
    with pytest.raises(ValueError, match=r"plan\.xlsx: a plan has no sheet 'Sheet1'; its sheets are plan, owners"):
        dr.plan(write(path, {"Sheet1": [{"a": 1}]}), on=ON)


def test_a_date_that_is_text_has_its_day_first(tables, tmp_path, example):
    rows = [row for noun in ("actions", "milestones") for row in tables[noun]]
    for row in rows:
        row.update({key: day.strftime("%d/%m/%Y") for key, day in row.items() if isinstance(day, dt.date)})
    assert "31/12/2010" in {row["due"] for row in rows}
    assert dr.plan(write(tmp_path / "plan.xlsx", tables), on="01/02/2011") == example
    tables["actions"][0]["due"] = "12/31/2010"
    with pytest.raises(ValueError, match=r"sheet 'actions', cell F2: 'due' is '12/31/2010', not a date such as"):
        dr.plan(write(tmp_path / "plan.xlsx", tables), on=ON)


@pytest.mark.parametrize("cell", ["XFD3000", "A1048576"])
def test_a_stray_cell_is_refused_by_name(tmp_path, cell):
    book = openpyxl.Workbook()
    book.active.title = "plan"
    book.active.append(["title"])
    book.active[cell] = "stray"
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(ValueError, match=f"plan.xlsx, plan!{cell}: 'stray' stands far from the other cells"):
        dr.plan(tmp_path / "plan.xlsx", on=ON)

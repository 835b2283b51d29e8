"""A workbook for each unit: what stands in it, and what cannot be written."""

import zipfile

import openpyxl
import pytest

import dueregard as dr
from dueregard.assessment.returns.workbooks import file_names

ESPS = dr.frameworks.esps()
BOROUGH = [indicator.id for indicator in ESPS.assessable("borough")]


def sheets_of(path):
    return openpyxl.load_workbook(path)


def test_one_titled_table_a_sheet_without_merged_or_blank_cells(filled):
    workbook = sheets_of(filled)
    assert workbook.sheetnames == ["Cover", "Return", "Answers", "Exempt", "Choices", "About"]
    for sheet in workbook.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        assert all(sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1))
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Arial"}
        assert min(cell.font.size for row in sheet.iter_rows() for cell in row if cell.value) >= 12
        if sheet.title != "Cover":
            (table,) = sheet.tables.values()
            assert table.ref.startswith("A3:")
            assert sheet.freeze_panes == "B4"


def test_only_what_is_to_be_filled_in_is_unlocked_and_there_is_no_password(filled):
    workbook = sheets_of(filled)
    assert workbook.security.lockStructure and not workbook.security.workbookPassword
    for sheet in workbook.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
        free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        last = 3 + len(BOROUGH)
        expected = {f"{column}{row}" for column in "DEFG" for row in range(4, last + 1)}
        assert free == {"Answers": expected, "Return": {"B11", "B12"}}.get(sheet.title, set())


def test_answers_are_chosen_from_a_list_and_dates_are_checked(filled):
    workbook = sheets_of(filled)
    rules = {str(rule.sqref): rule for rule in workbook["Answers"].data_validations.dataValidation}
    assert rules["D4:D21"].type == "list" and rules["D4:D21"].formula1 == "Choices!$A$4:$A$7"
    assert [workbook["Choices"].cell(row, 1).value for row in range(4, 8)] == [a.label for a in ESPS.answers]
    assert rules["G4:G21"].type == "date" and rules["G4:G21"].error and rules["D4:D21"].error
    assert [str(rule.sqref) for rule in workbook["Return"].data_validations.dataValidation] == ["B11"]


def test_the_cover_says_what_it_is_and_the_properties_say_the_language(tmp_path):
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", due="2011-03-31", contact="returns@example.org")
    workbook = sheets_of(path)
    words = " ".join(row[0].value for row in workbook["Cover"].iter_rows())
    for part in (
        "Brent (borough)",
        "18 indicators",
        "31 March 2011",
        "returns@example.org",
        "How to answer",
        ESPS.name,
    ):
        assert part in words
    assert workbook.properties.title == "Self-assessment return: Brent"
    assert workbook.properties.language == "en-GB"
    cells = [row[0] for row in workbook["Cover"].iter_rows()]
    links = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in ("Return", "Answers", "Exempt", "Choices", "About")]


def test_exempt_indicators_are_listed_and_not_asked(tmp_path):
    borough = sheets_of(dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent"))
    assert [borough["Exempt"].cell(row, 1).value for row in range(4, 8)] == ["15B", "17B", "20B", "21B"]
    assert [row[0].value for row in borough["Answers"].iter_rows(min_row=4)] == BOROUGH
    other = sheets_of(dr.write_return(tmp_path / "b.xlsx", ESPS, "Traffic", kind="other unit"))
    assert "Exempt" not in other.sheetnames
    assert other["Answers"].max_row == 3 + 22


def test_the_same_arguments_give_the_same_bytes(tmp_path, answers_of):
    ways = {"due": "2011-03-31", "answers": answers_of(["Brent"]), "round": "after review"}
    first = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", **ways).read_bytes()
    assert dr.write_return(tmp_path / "b.xlsx", ESPS, "Brent", **ways).read_bytes() == first
    assert dr.write_return(tmp_path / "c.xlsx", ESPS, "Ealing", **ways).read_bytes() != first
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"customHeight" not in parts.read("xl/worksheets/sheet3.xml")


def test_text_that_looks_like_a_formula_stays_text(tmp_path, answers_of):
    answers = answers_of(["Brent"], evidence=["=1+1"] * len(BOROUGH))
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", answers=answers)
    assert sheets_of(path)["Answers"]["E4"].data_type == "s"
    assert dr.merge_returns(path, ESPS, received={"Brent": "2011-03-01"}).responses["evidence"][0] == "=1+1"


def test_where_answers_came_from_is_carried(tmp_path, answers_of):
    from dueregard.data.example_records import ExampleRecords

    answers = ExampleRecords(answers_of(["Brent"]), provenance="Synthetic: made up")
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", answers=answers)
    merged = dr.merge_returns(path, ESPS, received={"Brent": "2011-03-01"})
    assert merged.provenance == merged.responses.provenance == merged.register().provenance == "Synthetic: made up"
    assert "Synthetic: made up" in repr(merged)


def test_files_are_named_after_units_and_names_that_clash_are_numbered(tmp_path):
    units = ["Kensington & Chelsea", "Kensington and Chelsea", "Ynys Môn", "東京"]
    assert file_names(units) == [
        "kensington-and-chelsea.xlsx", "kensington-and-chelsea-2.xlsx", "ynys-mon.xlsx", "unit-4.xlsx",
    ]  # fmt: skip
    paths = dr.write_returns(tmp_path / "new" / "folder", ESPS, units)
    merged = dr.merge_returns(tmp_path / "new" / "folder", ESPS, expected=units)
    assert [path.name for path in paths] == file_names(units)
    assert sorted(set(merged.set_aside["unit"])) == sorted(units)


def test_units_come_from_a_table_with_their_own_date_and_contact(tmp_path):
    table = {"unit": ["Brent", "Traffic"], "kind": ["", "other unit"], "due": ["2011-04-01", None], "area": ["W", ""]}
    dr.write_returns(tmp_path, ESPS, table, due="2011-03-31")
    found = {name: sheets_of(tmp_path / name)["Return"] for name in ("brent.xlsx", "traffic.xlsx")}
    assert [found["brent.xlsx"][f"B{row}"].value for row in (5, 6)] == ["borough", "W"]
    assert found["brent.xlsx"]["B9"].value.date().isoformat() == "2011-04-01"
    assert found["traffic.xlsx"]["B9"].value.date().isoformat() == "2011-03-31"
    (tmp_path / "units.csv").write_text("unit,kind\nEaling,borough\n")
    assert dr.write_returns(tmp_path, ESPS, tmp_path / "units.csv")[0].name == "ealing.xlsx"
    import pandas as pd

    assert dr.write_returns(tmp_path, ESPS, pd.DataFrame({"unit": ["Sutton"]}))[0].name == "sutton.xlsx"


def one(**changes):
    return {"unit": ["A"], "indicator": ["1B"], "answer": ["very"]} | changes


BAD = [
    ({"units": ["A", "A"]}, "units: 'A' is listed twice, at rows 0 and 1"),
    ({"units": ["A", " "]}, "units: no unit at row 1"),
    ({"units": {"A": "town"}}, r"units: kind of 'A': 'town' is not a kind of unit; there are borough, other unit"),
    ({"units": {"unit": ["A"], "due": ["soon"]}}, r"units: due of 'A': 'soon' is not a date such as 31/03/2011"),
    ({"units": {"unit": ["A"], "knd": ["x"]}}, r"units: no column 'knd' is known \(did you mean 'kind'\?\)"),
    ({"units": {"kind": ["x"]}}, "units: no column 'unit'"),
    ({"units": ["A\x07"]}, r"unit of 'A\\x07': .* holds the control character '\\x07'"),
    ({"units": ["A"], "due": "2011-13-01"}, "due: '2011-13-01' is not a date"),
    ({"units": ["A"], "due": "1066-10-14"}, "due: 14/10/1066 is not a date between 1990 and 2100"),
    ({"units": ["A"], "channel": "post"}, "channel: 'post' is neither 'invited' nor 'open'"),
    ({"units": ["A"], "answers": one(indicator=["23B"])}, "answers: indicator '23B' at row 0 is not in the framework"),
    ({"units": ["A"], "answers": one(answer=["vry"])}, "answers: row 0: 'vry' is not an answer"),
    ({"units": ["A"], "answers": one(indicator=["15B"])}, "answers: unit 'A', indicator '15B': answered, but"),
    ({"units": ["A"], "answers": one(unit=[" "])}, "answers: no unit at row 0"),
    ({"units": ["A"], "answers": {name: 2 * value for name, value in one().items()}}, "'1B': answered twice"),
    ({"units": ["A"], "answers": {"unit": ["A"], "answer": ["very"]}}, "answers: no column 'indicator'"),
    ({"units": ["A"], "answers": one(evidence=["x" * 40_000])}, "answers: evidence at row 0: 40,000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "words"), BAD, ids=range(len(BAD)))
def test_bad_arguments_are_refused_before_anything_is_written(tmp_path, given, words):
    with pytest.raises(ValueError, match=words):
        dr.write_returns(tmp_path / "new", ESPS, **given)
    assert not (tmp_path / "new").exists()


def test_other_bad_arguments(tmp_path):
    with pytest.raises(TypeError, match="due: 5 is not a date"):
        dr.write_returns(tmp_path, ESPS, ["A"], due=5)
    with pytest.raises(TypeError, match="units: 5 is not a list of units"):
        dr.write_returns(tmp_path, ESPS, 5)
    with pytest.raises(ValueError, match=r"path: '.*a.xls' does not end in .xlsx"):
        dr.write_return(tmp_path / "a.xls", ESPS, "A")
    with pytest.raises(ValueError, match="kind: 'town' is not a kind of unit"):
        dr.write_return(tmp_path / "a.xlsx", ESPS, "A", kind="town")
    with pytest.raises(ValueError, match="unit: ' ' is no name"):
        dr.write_return(tmp_path / "a.xlsx", ESPS, " ")


def test_a_file_that_may_hold_answers_is_not_replaced(filled):
    before = filled.read_bytes()
    with pytest.raises(FileExistsError, match=r"brent.xlsx: the file is there, and may hold answers"):
        dr.write_returns(filled.parent, ESPS, ["Aldgate", "Brent"])
    assert filled.read_bytes() == before
    assert not (filled.parent / "aldgate.xlsx").exists()
    dr.write_returns(filled.parent, ESPS, ["Brent"], overwrite=True)
    assert filled.read_bytes() != before


def test_without_openpyxl_the_extra_is_named(tmp_path, filled, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for act in (
        lambda: dr.write_returns(tmp_path, ESPS, ["A"]),
        lambda: dr.write_return(tmp_path / "a.xlsx", ESPS, "A"),
        lambda: dr.read_return(filled, ESPS),
    ):
        with pytest.raises(ModuleNotFoundError, match=r"workbooks need openpyxl: pip install 'dueregard\[excel\]'"):
            act()

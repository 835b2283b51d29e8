"""A return read back, also after a round through other programs; and everything that is refused, by cell."""

import datetime as dt
import shutil
from time import perf_counter

import openpyxl
import pytest

import dueregard as dr

ESPS = dr.frameworks.esps()
BOROUGH = [indicator.id for indicator in ESPS.assessable("borough")]


def all_frameworks():
    return [ESPS, dr.frameworks.equality_framework(), dr.frameworks.supplier_questionnaire()]


def test_what_was_filled_in_comes_back(filled, answers_of):
    found = dr.read_return(filled, ESPS).responses
    expected = answers_of(["Brent"])
    for name in ("unit", "indicator", "answer", "evidence", "owner", "due"):
        assert found[name] == expected[name], name
    assert set(found["kind"]) == {"borough"} and set(found["round"]) == {"first answer"}
    assert set(found["channel"]) == {"invited"} and set(found["returned"]) == {"2011-03-25"}
    assert set(found["file"]) == {str(filled)} and found["row"] == list(range(4, 22))


@pytest.mark.parametrize("framework", all_frameworks(), ids=lambda framework: framework.name)
def test_every_answer_of_every_framework_comes_back_for_every_kind_of_unit(tmp_path, framework):
    kinds = {f"Unit {kind}": kind for kind in framework.kinds}
    answers = {"unit": [], "indicator": [], "answer": []}
    words = [*framework.answer_ids, "not stated", "refused", "not applicable"]
    for unit, kind in kinds.items():
        for n, indicator in enumerate(framework.assessable(kind)):
            answers["unit"].append(unit)
            answers["indicator"].append(indicator.id)
            answers["answer"].append(words[n % len(words)])
    dr.write_returns(tmp_path, framework, kinds, answers=answers)
    found = dr.merge_returns(tmp_path, framework, received=dict.fromkeys(kinds, "2011-03-01")).responses
    cells = [tuple(cell) for cell in zip(found["unit"], found["indicator"], found["answer"], strict=True)]
    assert sorted(cells) == sorted(zip(*answers.values(), strict=True))
    assert dr.assess(found, framework, kind="kind").units


def test_labels_in_any_case_and_spaces_and_kinds_of_missing_are_read(filled, edit):
    typed = ["  VERY   satisfactory ", "very", "Not At All Satisfactory\u00a0", "Refused", "Not applicable", None, "  "]
    edit(filled, {f"D{row}": value for row, value in enumerate(typed, 4)})
    found = dr.read_return(filled, ESPS).responses["answer"][: len(typed)]
    assert found == ["very", "very", "not_at_all", "refused", "not applicable", "not stated", "not stated"]


def test_dates_are_read_as_dates_numbers_and_text(filled, edit):
    typed = [dt.datetime(2011, 6, 30), dt.date(2011, 6, 30), 40724, 40724.0, "30/06/2011", "2011-06-30", "30 June 2011",
             " 30/6/11 ", "30.06.2011", "30 Jun 2011"]  # fmt: skip
    edit(filled, {f"G{row}": value for row, value in enumerate(typed, 4)})
    assert dr.read_return(filled, ESPS).responses["due"][: len(typed)] == ["2011-06-30"] * len(typed)


def test_evidence_and_owner_may_be_numbers_and_several_lines(filled, edit):
    edit(filled, {"E4": 4711, "E5": "First line\r\nsecond line ", "F4": 12.0, "F5": " "})
    found = dr.read_return(filled, ESPS).responses
    assert found["evidence"][:2] == ["4711", "First line\nsecond line"]
    assert found["owner"][:2] == ["12", None]


def test_indicators_that_became_numbers_are_read(tmp_path):
    framework = dr.frameworks.equality_framework()
    path = dr.write_return(tmp_path / "a.xlsx", framework, "Westminster")
    workbook = openpyxl.load_workbook(path)
    for row in range(4, 146):
        workbook["Answers"][f"A{row}"] = int(workbook["Answers"][f"A{row}"].value)
    workbook["Answers"]["D4"] = "evidence of level 3"
    workbook.save(path)
    found = dr.read_return(path, framework).responses
    assert found["indicator"][:2] == ["1", "2"] and found["answer"][:2] == ["level_3", "not stated"]


ROWS = [
    ({"D7": "Perhaps"}, r"Answers!D7: 'Perhaps' is not an answer; the answers are Not at all satisfactory, Not very"),
    ({"D7": "Farly satisfactory"}, r"Answers!D7: .* \(did you mean 'Fairly satisfactory'\?\)"),
    ({"D7": 3}, "Answers!D7: '3' is not an answer"),
    ({"D7": "=D6"}, "Answers!D7: '=D6' is a formula or its error; the value itself was expected"),
    ({"E7": "=1+1"}, "Answers!E7: '=1\\+1' is a formula"),
    ({"G7": "next spring"}, "Answers!G7: 'next spring' is not a date such as 31/03/2011"),
    ({"G7": "31/02/2011"}, "Answers!G7: '31/02/2011' is not a date"),
    ({"G7": dt.datetime(1900, 1, 5)}, "Answers!G7: 05/01/1900 is not a date between 1990 and 2100"),
    ({"H7": "see over"}, "Answers!H7: 'see over' beside the answer, where nothing was expected"),
    ({"A22": "15B", "D22": "Very satisfactory"}, "Answers!A22: '15B': a borough is exempt from it, so that no answer"),
    ({"A22": "Total", "D22": 12}, "Answers!A22: 'Total': nothing was expected below the last indicator"),
    ({"I30": "x"}, "Answers!I30: 'x': nothing was expected below the last indicator"),
]

FILES = [
    (
        "Answers",
        {"A7": "5B", "A8": "4B"},
        "Answers!A7: '5B' where '4B' was expected; rows were moved, inserted or deleted",
    ),
    ("Answers", {"A7": None}, "Answers!A7: '' where '4B' was expected"),
    (
        "Answers",
        {"B7": "People and Culture"},
        "Answers!B7: 'People and Culture' where 'Operational Delivery' was expected",
    ),
    ("Answers", {"C7": "Something else"}, "Answers!C7: 'Something else' where the text of 4B was expected"),
    (
        "Answers",
        {"D3": "Evidence", "E3": "Answer"},
        "Answers!D3: 'Evidence' where 'Answer' was expected; columns or rows",
    ),
    ("Answers", {"H3": "Notes"}, "Answers!H3: 'Notes' where no column was expected"),
    ("Return", {"A4": "Name"}, "Return!A4: 'Name' where 'Unit' was expected"),
    ("Return", {"B4": None}, "Return!B4: no unit; the name of the unit was expected"),
    ("Return", {"B4": "=A1"}, "Return!B4: '=A1' is a formula"),
    ("Return", {"B5": "town"}, "Return!B5: 'town' is not a kind of unit; there are borough, other unit"),
    ("Return", {"B8": "post"}, "Return!B8: 'post' is neither 'invited' nor 'open'"),
    ("Return", {"B11": "yesterday"}, "Return!B11: 'yesterday' is not a date"),
    (
        "About",
        {"B4": "Another standard"},
        r"About!B4: a return to 'Another standard'; 'Equality Standard .*' was expected",
    ),
    (
        "About",
        {"B5": "0123"},
        r"About!B5: written for another version of 'Equality Standard .*' \(0123\); [0-9a-f]{16} was",
    ),
]


@pytest.mark.parametrize(("cells", "words"), ROWS, ids=range(len(ROWS)))
def test_an_answer_that_cannot_be_taken_is_refused_or_set_aside_alone(filled, edit, cells, words):
    edit(filled, cells)
    with pytest.raises(ValueError, match=f"^{filled}, {words}"):
        dr.read_return(filled, ESPS)
    lenient = dr.read_return(filled, ESPS, strict=False)
    (note,) = lenient.set_aside["note"]
    row = int("".join(filter(str.isdigit, next(iter(cells)))))
    assert note.startswith(f"{filled}, Answers!") and lenient.set_aside["row"] == [row]
    assert len(lenient.responses["row"]) == (17 if row < 22 else 18)


@pytest.mark.parametrize(("sheet", "cells", "words"), FILES, ids=range(len(FILES)))
def test_a_return_that_was_rearranged_is_refused_or_set_aside_whole(filled, edit, sheet, cells, words):
    edit(filled, cells, sheet)
    with pytest.raises(ValueError, match=f"^{filled}, {words}"):
        dr.read_return(filled, ESPS)
    lenient = dr.read_return(filled, ESPS, strict=False)
    assert lenient.responses["row"] == []
    assert lenient.set_aside["row"] == list(range(4, 22))
    assert len(set(lenient.set_aside["note"])) == 1


def spoil(path, how):
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Answers"]
    {
        "row deleted": lambda: sheet.delete_rows(9),
        "row inserted": lambda: sheet.insert_rows(9),
        "column deleted": lambda: sheet.delete_cols(2),
        "column inserted": lambda: sheet.insert_cols(2),
        "title deleted": lambda: sheet.delete_rows(1),
        "merged": lambda: sheet.merge_cells("D5:D6"),
    }[how]()
    workbook.save(path)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("row deleted", "A9: '7B' where '6B' was expected"),
        ("row inserted", "A9: '' where '6B' was expected"),
        ("column deleted", "B3: 'Text' where 'Section' was expected"),
        ("column inserted", "B3: '' where 'Section' was expected"),
        ("title deleted", "A3: '1B' where 'Indicator' was expected"),
        ("merged", "D5:D6: cells were merged; one cell for each answer was expected"),
    ],
)
def test_rows_and_columns_that_were_moved(filled, how, words):
    spoil(filled, how)
    with pytest.raises(ValueError, match=f"Answers!{words}"):
        dr.read_return(filled, ESPS)


def test_a_return_to_another_framework_is_refused_by_name(tmp_path):
    path = dr.write_return(tmp_path / "a.xlsx", dr.frameworks.supplier_questionnaire(), "Acme")
    with pytest.raises(
        ValueError, match=r"About!B4: a return to 'Supplier equality questionnaire'; 'Equality Standard"
    ):
        dr.read_return(path, ESPS)


def test_an_older_version_of_the_framework_is_refused(tmp_path):
    from dataclasses import replace

    older = replace(ESPS, indicators=(replace(ESPS.indicators[0], text="As it was before"), *ESPS.indicators[1:]))
    path = dr.write_return(tmp_path / "a.xlsx", older, "Brent")
    with pytest.raises(ValueError, match=r"another version of .*: its indicators, answers or exemptions differ"):
        dr.read_return(path, ESPS)


def test_what_is_not_a_workbook(tmp_path, filled):
    cases = {
        "text.xlsx": (b"unit,indicator,answer\n", "not a workbook; save it as .xlsx"),
        "old.xlsx": (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100,
            "protected by a password, or an old .xls",
        ),
        "cut.xlsx": (filled.read_bytes()[:5000], "not a workbook"),
        "letter.docx": (b"hello", "neither .xlsx nor .csv; save it as .xlsx"),
    }
    for name, (content, words) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ValueError, match=f"^{path}: {words}"):
            dr.read_return(path, ESPS)
        aside = dr.read_return(path, ESPS, strict=False).set_aside
        assert aside["row"] == [None] and aside["file"] == [str(path)]
    with pytest.raises(FileNotFoundError, match=r"none.xlsx: no such file"):
        dr.read_return(tmp_path / "none.xlsx", ESPS)


def test_workbooks_of_other_kinds(tmp_path, filled):
    import zipfile

    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    with pytest.raises(ValueError, match="no sheet 'About'; a return that write_return made was expected"):
        dr.read_return(tmp_path / "plain.xlsx", ESPS)
    with zipfile.ZipFile(tmp_path / "open.xlsx", "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", "<x/>")
    with pytest.raises(ValueError, match=r"open.xlsx: an OpenDocument file; save it as .xlsx"):
        dr.read_return(tmp_path / "open.xlsx", ESPS)
    shutil.copy(filled, tmp_path / "broken.xlsx")
    with zipfile.ZipFile(filled) as parts, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as target:
        for name in parts.namelist():
            target.writestr(name, b"<no" if name == "xl/workbook.xml" else parts.read(name))
    with pytest.raises(ValueError, match=r"broken.xlsx: cannot be read as a workbook"):
        dr.read_return(tmp_path / "broken.xlsx", ESPS)


def test_a_workbook_that_would_fill_the_memory(filled, monkeypatch):
    from dueregard.records import workbooks

    monkeypatch.setattr(workbooks, "LARGEST", 1000)
    with pytest.raises(ValueError, match=r"unpacks to .* bytes; a workbook may have at most 1,000"):
        dr.read_return(filled, ESPS)


@pytest.mark.parametrize("sheet", ["Answers", "Return", "About", "Choices"])
@pytest.mark.parametrize("cell", ["XFD3000", "A1048576", "XFD1048576"])
def test_empty_cells_before_a_stray_one_are_not_walked_over(filled, edit, sheet, cell):
    edit(filled, {cell: "stray"}, sheet)
    started = perf_counter()
    found = dr.read_return(filled, ESPS, strict=False)
    assert perf_counter() - started < 2
    assert len(found.responses["unit"]) == 18
    if sheet == "Answers":
        assert found.set_aside["row"] == [int(cell.lstrip("AXFD"))]
        with pytest.raises(
            ValueError, match=rf"Answers!{cell}: 'stray': nothing was expected below the last indicator"
        ):
            dr.read_return(filled, ESPS)


def test_a_stray_cell_beside_an_answer_is_named(filled, edit):
    edit(filled, {"XFD4": "stray"})
    with pytest.raises(ValueError, match="Answers!XFD4: 'stray' beside the answer, where nothing was expected"):
        dr.read_return(filled, ESPS)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("A1048576", "Sheet!A1048576: 'stray' stands far from the other cells; one table of at most 1,000,000 cells"),
        ("XFD3000", "Sheet!XFD3000: 'stray' stands far from the other cells"),
        ("D2", "Sheet!D2: 'stray' in a column that the first row does not name"),
    ],
)
def test_a_stray_cell_of_a_plain_workbook_is_refused_by_name(tmp_path, cell, words):
    plain = openpyxl.Workbook()
    for row in (["unit", "indicator", "answer"], ["Brent", "1B", "very"], ["Brent", "2B", "very"]):
        plain.active.append(row)
    plain.active[cell] = "stray"
    plain.save(tmp_path / "plain.xlsx")
    started = perf_counter()
    with pytest.raises(ValueError, match=f"^responses: .*plain.xlsx, {words}"):
        dr.assess(tmp_path / "plain.xlsx", ESPS)
    assert perf_counter() - started < 2


def test_assess_reads_returns_by_glob_and_plain_workbooks(tmp_path, answers_of):
    units = ["Brent", "Ealing"]
    answers = answers_of(units)
    dr.write_returns(tmp_path, ESPS, units, answers=answers)
    for path in tmp_path.glob("*.xlsx"):
        workbook = openpyxl.load_workbook(path)
        workbook["Return"]["B11"] = dt.date(2011, 3, 1)
        workbook.save(path)
    scores = dr.assess(str(tmp_path / "*.xlsx"), ESPS).scores()
    assert scores["count"] == dr.assess(answers, ESPS).scores()["count"]
    plain = openpyxl.Workbook()
    for row in zip(*([name, *answers[name]] for name in ("unit", "indicator", "answer")), strict=True):
        plain.active.append(row)
    plain.save(tmp_path / "plain.xlsx")
    assert dr.assess(tmp_path / "plain.xlsx", ESPS).scores()["count"] == scores["count"]
    plain.active["C2"] = "=1"
    plain.save(tmp_path / "plain.xlsx")
    with pytest.raises(ValueError, match=r"plain.xlsx, Sheet!C2: a formula; the value itself was expected"):
        dr.assess(tmp_path / "plain.xlsx", ESPS)


def test_assess_takes_no_answers_from_a_form_that_was_not_filled_in(tmp_path, answers_of):
    from dueregard.assessment import response_table

    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Brent", answers=answers_of(["Brent"]))
    columns = response_table.read(path, framework=ESPS)
    assert set(columns["answer"]) == {None} and len(columns["unit"]) == 18
    with pytest.raises(ValueError, match=r"responses: .*a return to .*'Supplier equality questionnaire' was expected"):
        response_table.read(path, framework=dr.frameworks.supplier_questionnaire())


def test_assess_refuses_returns_to_another_framework_and_takes_kinds_from_the_returns(tmp_path, edit):
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Traffic", kind="other unit")
    edit(path, {"D18": "very"})  # 15B, which boroughs are exempt from
    edit(path, {"B11": dt.date(2011, 3, 1)}, "Return")
    (row,) = dr.assess(path, ESPS).scores().rows()
    assert (row["unit"], row["count"], row["nobs"]) == ("Traffic", 1, 22)
    with pytest.raises(ValueError, match=r"a.xlsx, About!B4: a return to 'Equality Standard .*was expected"):
        dr.assess(path, dr.frameworks.equality_framework())


@pytest.mark.parametrize("unit", ["none", "None", "n/a", "null", "nan", "NaN", "#N/A", "TRUE", "=1+1", "0", "007"])
def test_the_name_of_a_unit_is_text_whatever_it_is(tmp_path, unit, answers_of, edit):
    answers = answers_of([unit])
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, unit, answers=answers)
    found = dr.read_return(edit(path, {"B11": "2011-03-01"}, "Return"), ESPS).responses
    assert set(found["unit"]) == {unit} and found["answer"] == answers["answer"]
    assert set(found["area"]) == {None}
    (tmp_path / "a.csv").write_text(f"unit,indicator,answer\n{unit},1B,very\n", encoding="utf-8")
    read = dr.merge_returns(tmp_path / "a.csv", ESPS, expected=[unit])
    assert read.responses["unit"] == [unit] and list(read.register()["unit"])[-1] == unit


def copy_of_answers(path, cells, title="Second try"):
    """The same workbook with a copy of the sheet of answers, filled in."""
    workbook = openpyxl.load_workbook(path)
    copy = workbook.copy_worksheet(workbook["Answers"])
    copy.title = title
    for coordinate, value in cells.items():
        copy[coordinate] = value
    workbook.save(path)
    return path


def test_answers_on_a_copy_of_the_sheet_are_refused_and_the_unit_is_not_called_blank(tmp_path, answers_of):
    path = dr.write_return(tmp_path / "brent.xlsx", ESPS, "Brent", answers=answers_of(["Brent"]))
    copy_of_answers(path, {"D4": "Very satisfactory"})
    words = f"{path}, Second try!A1: 'Brent: answers' on a sheet that was not sent out, where nothing was expected"
    with pytest.raises(ValueError, match=f"^{words}; the sheet Answers itself was not filled in$"):
        dr.read_return(path, ESPS)
    with pytest.raises(ValueError, match=f"^responses: {words}"):
        dr.assess(path, ESPS)
    lenient = dr.merge_returns(path, ESPS, expected=["Brent"], strict=False)
    assert lenient.responses["unit"] == []
    assert lenient.set_aside["row"] == [*range(4, 22), 1, 2, 3, *range(4, 22)]
    assert (lenient.set_aside["indicator"][21], lenient.set_aside["answer"][21]) == ("1B", "Very satisfactory")
    row = list(lenient.register().rows())[-1]
    assert row["verdict"] == "set aside" and row["note"].startswith(words)


def test_a_date_of_return_does_not_decide_between_two_sheets_of_answers(filled):
    copy_of_answers(filled, {"D4": "Very satisfactory"})
    lenient = dr.read_return(filled, ESPS, strict=False)
    assert lenient.responses["unit"] == [] and set(lenient.set_aside["unit"]) == {"Brent"}


def test_another_sheet_beside_answers_is_set_aside_row_by_row(filled, edit):
    workbook = openpyxl.load_workbook(filled)
    workbook.create_sheet("Empty")
    notes = workbook.create_sheet("Notes")
    notes["C2"], notes["D2"], notes["B5"] = "see", "over", "=1"
    workbook.save(filled)
    with pytest.raises(ValueError, match=f"^{filled}, Notes!C2: 'see' on a sheet that was not sent out, where nothing"):
        dr.read_return(filled, ESPS)
    lenient = dr.merge_returns(filled, ESPS, expected=["Brent"], strict=False)
    assert len(lenient.responses["unit"]) == 18
    assert lenient.set_aside["row"] == [2, 5] and lenient.set_aside["answer"] == ["see, over", "=1"]
    row = list(lenient.register().rows())[-1]
    assert (row["verdict"], row["count"]) == ("returned on time", 18)
    assert row["note"] == "2 rows set aside where none was expected"
    edited = edit(filled, {"B11": None}, "Return")
    assert dr.read_return(edited, ESPS, strict=False).responses["unit"] == []


def test_a_sheet_without_anything_on_it_is_no_matter(filled):
    workbook = openpyxl.load_workbook(filled)
    workbook.create_sheet("Sheet1")["A1"] = "  "
    workbook.save(filled)
    assert len(dr.read_return(filled, ESPS).responses["unit"]) == 18


def test_a_form_with_answers_below_the_table_alone_was_not_filled_in_as_asked(tmp_path, edit):
    path = dr.write_return(tmp_path / "brent.xlsx", ESPS, "Brent")
    edit(path, {"A22": "1B", "D22": "Very satisfactory"})
    lenient = dr.merge_returns(path, ESPS, expected=["Brent"], strict=False)
    assert lenient.responses["unit"] == [] and list(lenient.register()["verdict"])[-1] == "set aside"

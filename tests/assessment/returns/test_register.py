"""Who has returned and who has not."""

import math

import openpyxl
import pytest

import dueregard as dr
from dueregard.flags import Flag

ESPS = dr.frameworks.esps()
UNITS = ["On time", "Late", "No date", "Blank", "Refused", "Absent", "Part"]


@pytest.fixture
def merged(tmp_path, answers_of, edit):
    """A return of every kind."""
    there = [unit for unit in UNITS if unit != "Absent"]
    given = answers_of([unit for unit in there if unit != "Blank"])
    paths = dict(zip(there, dr.write_returns(tmp_path, ESPS, there, due="2011-03-31"), strict=True))
    for unit in given["unit"][::18]:
        rows = {f"D{row}": "very" for row in range(4, 22)}
        edit(paths[unit], rows)
    edit(paths["Refused"], {"A3": "No."})
    edit(paths["Part"], {"D4": None, "D5": "perhaps"})
    received = {"On time": "2011-03-31", "Late": "2011-04-02", "Part": "2011-03-30"}
    return dr.merge_returns(tmp_path, ESPS, expected=UNITS, received=received, strict=False)


def test_every_invited_unit_has_a_row_and_a_verdict(merged):
    rows = {row["unit"]: row for row in merged.register().rows() if row["unit"]}
    assert list(rows) == UNITS
    assert [rows[unit]["verdict"] for unit in UNITS] == [
        "returned on time", "returned late", "returned, date not given", "not filled in", "set aside", "not returned",
        "returned on time",
    ]  # fmt: skip
    assert rows["Late"]["days_late"] == 2 and rows["Late"]["note"] == "2 days late"
    assert rows["On time"]["days_late"] == 0 and rows["No date"]["days_late"] is None
    assert (rows["Part"]["count"], rows["Part"]["nobs"], rows["Part"]["outcome_missing"]) == (16, 18, 2)
    assert rows["Part"]["note"] == "1 answer set aside; 1 indicator not answered"
    assert Flag.MISSING_ANSWERS in rows["Part"]["flag"]
    assert math.isnan(rows["Absent"]["value"]) and Flag.NOT_RECORDED in rows["Absent"]["flag"]
    assert "A3: 'No.' where 'Indicator' was expected" in rows["Refused"]["note"]


def test_the_response_rate_is_a_full_count_of_the_units_invited(merged):
    first = [row for row in merged.register().rows() if row["unit"] is None]
    assert [(row["measure"], row["count"], row["nobs"]) for row in first] == [
        ("response rate", 4, 7), ("returned on time", 2, 7), ("returned late", 1, 7),
        ("returned, date not given", 1, 7), ("not filled in", 1, 7), ("set aside", 1, 7), ("not returned", 1, 7),
    ]  # fmt: skip
    assert first[0]["value"] == pytest.approx(400 / 7)
    assert all(math.isnan(row["low"]) and Flag.FULL_COUNT in row["flag"] for row in first)
    assert sum(row["count"] for row in first[1:]) == 7


def test_the_register_says_itself_and_fits_a_page(merged):
    said = merged.register().sentences()
    assert said[0] == "Response rate: 4 of 7 units (57%)."
    assert "Late: returned late; 18 of 18 indicators answered; 2 days late." in said
    assert "Absent: not returned." in said
    for found in (merged.register(), merged.set_aside, merged.inconsistent(), merged.unexpected):
        assert max(map(len, repr(found).splitlines())) <= 80
        assert len(found.sentences()) == len(found)
        assert found._repr_html_()
    assert merged.set_aside.sentences()[-1].startswith("Set aside: ")


def test_without_the_units_invited_there_is_no_rate(filled):
    register = dr.merge_returns(filled, ESPS).register()
    first, *units = register.rows()
    assert math.isnan(first["value"]) and Flag.NOT_RECORDED in first["flag"] and first["nobs"] is None
    assert first["note"] == "which units were invited is not known"
    assert units[-1]["verdict"] == "returned on time"
    assert register.sentences()[0] == "Response rate (first answer): 1 unit; which units were invited is not known."


def test_nobody_invited_is_no_rate_either(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("unit,indicator,answer,channel\nA,1B,very,open\n")
    (first,) = dr.merge_returns(path, ESPS, expected=[]).register().rows()
    assert math.isnan(first["value"]) and Flag.NO_CASES in first["flag"]


def test_without_a_date_due_a_return_is_neither_late_nor_on_time(filled, edit):
    edit(filled, {"B9": "none"}, "Return")
    row = list(dr.merge_returns(filled, ESPS, expected=["Brent"]).register().rows())[-1]
    assert row["verdict"] == "returned" and row["due"] is None


def test_the_date_due_of_the_unit_goes_before_all_others(filled):
    expected = {"unit": ["Brent"], "due": ["2011-03-24"]}
    row = list(dr.merge_returns(filled, ESPS, expected=expected, due="2011-12-31").register().rows())[-1]
    assert row["due"] == "2011-03-24" and row["verdict"] == "returned late" and row["days_late"] == 1


def test_rounds_are_counted_apart(tmp_path, answers_of):
    answers = answers_of(["Brent", "Ealing"])
    dr.write_returns(tmp_path / "1", ESPS, ["Brent", "Ealing"], round="first", answers=answers)
    dr.write_returns(tmp_path / "2", ESPS, ["Brent"], round="second", answers=answers)
    paths = [*(tmp_path / "1").iterdir(), *(tmp_path / "2").iterdir()]
    received = dict.fromkeys(["Brent", "Ealing"], "2011-03-01")
    register = dr.merge_returns(sorted(paths), ESPS, expected=["Brent", "Ealing"], received=received).register()
    rates = [(row["round"], row["count"]) for row in register.rows() if row["measure"] == "response rate"]
    assert rates == [("first", 2), ("second", 1)]
    assert "Round" in repr(register)


def test_who_completed_it_is_kept(filled, edit):
    edit(filled, {"B12": "Inspector A. Example"}, "Return")
    row = list(dr.merge_returns(filled, ESPS).register().rows())[-1]
    assert row["completed_by"] == "Inspector A. Example" and row["returned"] == "2011-03-25"


def insert_row(path, sheet, row):
    workbook = openpyxl.load_workbook(path)
    workbook[sheet].insert_rows(row)
    workbook.save(path)


def clear(path, *cells):
    workbook = openpyxl.load_workbook(path)
    for sheet, cell in cells:
        workbook[sheet][cell] = None
    workbook.save(path)


SPOILED = {
    "a date that is none": lambda path, edit: edit(path, {"B11": "03/31/2011"}, "Return"),
    "another kind": lambda path, edit: edit(path, {"B5": "town"}, "Return"),
    "a row on Return": lambda path, edit: insert_row(path, "Return", 5),
    "a row above Return": lambda path, edit: insert_row(path, "Return", 1),
    "a row on About": lambda path, edit: insert_row(path, "About", 1),
    "a row on Answers": lambda path, edit: insert_row(path, "Answers", 6),
    "no name on Return": lambda path, edit: clear(path, ("Return", "B4")),
    "a formula for a name": lambda path, edit: edit(path, {"B4": "=A1"}, "Return"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_return_with_one_bad_detail_is_set_aside_and_not_called_absent(filled, edit, how):
    SPOILED[how](filled, edit)
    path = filled.rename(filled.with_name("reply 12.xlsx"))
    merged = dr.merge_returns(path, ESPS, expected=["Brent"], strict=False)
    rate, *_, row = merged.register().rows()
    assert (row["unit"], row["verdict"], row["file"], row["round"]) == ("Brent", "set aside", str(path), "first answer")
    assert row["note"].startswith(f"{path}, ") and "by the name of the file" not in row["note"]
    assert (rate["count"], rate["nobs"], rate["round"]) == (0, 1, "first answer")
    assert set(merged.set_aside["unit"]) == {"Brent"} and len(merged.set_aside) == 18
    if "About" not in how and "Answers" not in how and "a row" not in how:
        assert row["due"] == "2011-03-31"


def test_a_refused_return_that_does_not_say_its_round_is_no_round_of_its_own(tmp_path, answers_of, edit):
    units = ["Brent", "Ealing"]
    brent, ealing = dr.write_returns(tmp_path, ESPS, units, round="first", answers=answers_of(units))
    edit(brent, {"B4": None, "A1": None, "A7": "Rund"}, "Return")
    register = dr.merge_returns(
        [brent, ealing], ESPS, expected=units, received={"Ealing": "2011-03-01"}, strict=False
    ).register()
    rows = [(row["unit"], row["round"], row["verdict"]) for row in register.rows() if row["unit"]]
    assert rows == [("Brent", "first", "set aside"), ("Ealing", "first", "returned")]


def test_a_file_that_cannot_be_read_is_known_by_its_name_as_a_last_resort_and_says_so(tmp_path):
    units = ["Kensington & Chelsea", "Brent"]
    (tmp_path / "Kensington-and-Chelsea.xlsx").write_bytes(b"no workbook")
    (tmp_path / "brent.csv").write_text("indicator,answer\n1B,very\n")
    merged = dr.merge_returns(tmp_path, ESPS, expected=units, strict=False)
    rows = {row["unit"]: row for row in merged.register().rows() if row["unit"]}
    assert [rows[unit]["verdict"] for unit in units] == ["set aside", "set aside"]
    for unit in units:
        assert rows[unit]["note"].endswith(f"; taken for the return of {unit!r} by the name of the file")
    assert "not a workbook" in rows[units[0]]["note"] and "no column 'unit'" in rows["Brent"]["note"]
    with pytest.raises(ValueError, match=r"not a workbook; save it as .xlsx$"):
        dr.merge_returns(tmp_path / "Kensington-and-Chelsea.xlsx", ESPS, expected=units)


def test_the_name_of_a_file_says_nothing_of_a_file_that_names_its_units(tmp_path):
    (tmp_path / "brent.csv").write_text("unit,indicator,answer\nEaling,1B,very\n,2B,very\n")
    merged = dr.merge_returns(tmp_path, ESPS, expected=["Brent", "Ealing"], strict=False)
    assert [row["verdict"] for row in merged.register().rows() if row["unit"]] == ["not returned", "returned"]


def test_a_refused_csv_keeps_its_round_and_channel(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("unit,indicator,answer,round,returned\nA,1B,very,first,2011-03-01\nB,1B,very,first,03/31/2011\n")
    register = dr.merge_returns(path, ESPS, expected=["A", "B"], strict=False).register()
    rows = [(row["unit"], row["round"], row["verdict"]) for row in register.rows() if row["unit"]]
    assert rows == [("A", "first", "returned"), ("B", "first", "set aside")]

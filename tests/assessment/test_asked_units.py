"""Units that were asked and have not answered are never left out."""

import pytest
from openpyxl import load_workbook

import dueregard as dr

ESPS = dr.frameworks.esps()
BOROUGH = [indicator.id for indicator in ESPS.assessable("borough")]
ANSWERS = {"unit": ["Brent"] * 18, "indicator": BOROUGH, "answer": ["very"] * 18}


def test_units_without_an_answer_are_assessed_with_every_answer_missing():
    found = dr.assess(ANSWERS, ESPS, units=["Brent", "Ealing"])
    rows = {row["unit"]: row for row in found.scores().rows()}
    assert (rows["Ealing"]["low"], rows["Ealing"]["high"], rows["Ealing"]["outcome_missing"]) == (0, 100, 18)
    performance = next(found.performance().rows())
    assert (performance["count"], performance["nobs"], performance["outcome_missing"]) == (1, 2, 1)
    assert performance["verdict"] == "cannot tell"


def test_their_kinds_and_counts_of_answers():
    found = dr.assess(ANSWERS, ESPS, units={"Traffic": "other unit"})
    assert found.kinds == ["borough", "other unit"] and found.scores()["nobs"] == [18, 22]
    counts = {"unit": ["Brent"], "not_at_all": [0], "not_very": [0], "fairly": [0], "very": [18]}
    assert dr.assess(counts, ESPS, units=["Ealing"]).scores()["outcome_missing"] == [0, 18]


def test_merged_returns_keep_who_has_not_returned_and_what_was_set_aside(tmp_path):
    paths = dr.write_returns(tmp_path, ESPS, ["Brent", "Ealing"], answers=ANSWERS)
    book = load_workbook(paths[0])
    sheet = book["Answers"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Very satisfactory"]
    cells[0].value = "Mostly"
    book.save(paths[0])
    merged = dr.merge_returns(tmp_path, ESPS, expected=["Brent", "Ealing", "Sutton"], strict=False)
    found = dr.assess(merged, ESPS)
    assert set(found.units) == {"Brent", "Ealing", "Sutton"}
    rows = {row["unit"]: row for row in found.scores().rows()}
    assert (rows["Brent"]["answered"], rows["Sutton"]["answered"]) == (17, 0)
    assert [(row["unit"], row["answer"]) for row in found.set_aside.rows()] == [("Brent", "Mostly")]
    assert "1 answer set aside, and in no figure" in found.scores().notes
    lenient = dr.assess(str(tmp_path / "*.xlsx"), ESPS, strict=False)
    assert len(lenient.set_aside) == 1 and set(lenient.units) == {"Brent", "Ealing"}
    with pytest.raises(ValueError, match="'Mostly'"):
        dr.assess(str(tmp_path / "*.xlsx"), ESPS)
    with pytest.raises(ValueError, match="responses: are returns to 'Equality Standard"):
        dr.assess(merged, dr.frameworks.supplier_questionnaire())


@pytest.mark.parametrize(
    ("units", "error", "words"),
    [
        ("Brent", TypeError, "units: str is neither a list of units nor a dict"),
        (3, TypeError, "units: int is neither"),
        ({"Brent": "town"}, ValueError, r"units: 'town' of 'Brent' is not a kind of unit \(borough, other unit\)"),
    ],
)
def test_bad_units(units, error, words):
    with pytest.raises(error, match=words):
        dr.assess(ANSWERS, ESPS, units=units)


def test_errors_of_files_name_the_file_and_the_line(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text('unit,indicator,answer\nA,1B,very\n"B\nC",2B,fairly\nD,3B,superb\n')
    with pytest.raises(ValueError, match=r"answer at answers\.csv, line 5: 'superb' is not an answer"):
        dr.assess(path, ESPS)
    wide = tmp_path / "wide.csv"
    wide.write_text("unit,1B,2B\nA,very,very\nB,very,odd\n")
    with pytest.raises(ValueError, match=r"2B at wide\.csv, line 3: 'odd'"):
        dr.assess(wide, ESPS)
    for name, answer in (("a", "very"), ("b", "fairly")):
        (tmp_path / f"{name}.csv").write_text(f"unit,indicator,answer\nA,1B,{answer}\n")
    with pytest.raises(ValueError, match=r"answered twice, at a\.csv, line 2 and b\.csv, line 2"):
        dr.assess(str(tmp_path / "[ab].csv"), ESPS)


def test_a_table_with_rounds_says_what_to_do():
    twice = {"unit": ["A"] * 2, "indicator": ["1B"] * 2, "answer": [0, 1], "round": ["first", "second"]}
    with pytest.raises(ValueError, match=r"there is a column 'round': assess the rounds, by dr\.assess_rounds"):
        dr.assess(twice, ESPS)


def test_rounds_keep_the_frame_library():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"unit": ["A"] * 2, "indicator": ["1B"] * 2, "answer": [0, 1], "round": ["a", "b"]})
    rounds = dr.assess_rounds(frame, ESPS)
    for found in (rounds.scores(), rounds.progress(), rounds.changes()):
        assert isinstance(found.to_frame(), pandas.DataFrame)

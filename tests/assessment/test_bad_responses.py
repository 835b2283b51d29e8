"""Responses that cannot be right are refused, naming what and the first row."""

import numpy as np
import pytest

from dueregard import Tally, data
from dueregard.assessment import assess, frameworks

ESPS = frameworks.esps()


def long(**changes):
    records = {"unit": ["A", "A", "B"], "indicator": ["1B", "2B", "1B"], "answer": ["very", "fairly", "not_at_all"]}
    return records | changes


def counts(**changes):
    return {"unit": ["A", "B"], "not_at_all": [1, 2], "not_very": [3, 4], "fairly": [5, 6], "very": [7, 6]} | changes


CASES = [
    (long(answer=["very", "quite", "quite"]), "answer at row 1: 'quite' is not an answer"),
    (long(answer=["very", 7, "very"]), "answer at row 1: '7' is not an answer"),
    (long(answer=["very", "Farly satisfactory", ""]), r"\(did you mean 'Fairly satisfactory'\?\)"),
    (long(indicator=["1B", "23B", "1B"]), "indicator: '23B' at row 1 is not in the framework"),
    (long(indicator=["1B", "b2", "1B"]), "indicator: 'b2' at row 1"),
    (long(indicator=["1B", "1B", "1B"]), "unit 'A', indicator '1B': answered twice, at row 0 and row 1"),
    (long(indicator=["1B", "15B", "1B"]), "unit 'A', indicator '15B' at row 1: answered, but a borough is exempt"),
    (long(unit=["A", None, "B"]), "unit: no unit at row 1"),
    (long(unit=["A", "B"]), "column 'indicator' has 3 rows, column 'unit' has 2"),
    ({"borogh": ["A"], "indicator": ["1B"], "answer": [1]}, "unit: no column 'unit'"),
    ({"unit": ["A"], "score": [3]}, "need the columns 'indicator' and 'answer', or one column for each indicator"),
    (counts(very=[7, -1]), "very: -1 at row 1 is not a number of answers"),
    (counts(very=[7, 2.5]), "very: 2.5 at row 1 is not a number of answers"),
    (counts(very=[7, None]), "very: None at row 1 is not a number of answers"),
    (counts(very=[7, float("nan")]), "very: nan at row 1 is not a number of answers"),
    (counts(very=[7, float("inf")]), "very: inf at row 1 is not a number of answers"),
    (counts(very=[7, 7]), "unit 'B': 19 answers, but a borough has 18 assessable indicators"),
    (counts(unit=["A", "A"]), "unit 'A': listed twice, at row 0 and row 1"),
    ({"unit": ["A", "A"], "1B": [1, 0]}, "unit 'A', indicator '1B': answered twice, at row 0 and row 1"),
    ({"unit": ["A", "B"], "1B": [1, 0], "15B": [None, 1]}, "unit 'B', indicator '15B' at row 1: answered"),
    ({"unit": ["A", "B"], "1B": [1, 0], "23B": [1, 1]}, "23B: holds answers, but is not an indicator"),
    ({"unit": ["A", "B"], "1B": [1, "maybe"]}, "1B at row 1: 'maybe' is not an answer"),
]


@pytest.mark.parametrize(("records", "words"), CASES, ids=range(len(CASES)))
def test_bad_responses(records, words):
    with pytest.raises(ValueError, match=words):
        assess(records, ESPS)


def test_bad_kinds():
    with pytest.raises(
        ValueError, match=r"kind: 'town' is neither a kind of unit \(borough, other unit\) nor a column"
    ):
        assess(long(), ESPS, kind="town")
    with pytest.raises(ValueError, match="kind: 'town' at row 1"):
        assess(long(type=["borough", "town", "borough"]), ESPS, kind="type")
    with pytest.raises(ValueError, match="unit 'A' is 'other unit' at row 1 and 'borough' before"):
        assess(long(type=["borough", "other unit", "borough"]), ESPS, kind="type")


def test_bad_missing_and_type():
    with pytest.raises(ValueError, match="missing: 'X' is mapped to 'gone'"):
        assess(long(), ESPS, missing={"X": "gone"})
    with pytest.raises(TypeError, match="responses: int is not a table"):
        assess(3, ESPS)
    with pytest.raises(ValueError, match="answer at row 0"):
        assess(long(answer=[[1], 1, 1]), ESPS)


def test_bad_files(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file"):
        assess(tmp_path / "none.csv", ESPS)
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("unit,indicator,answer\nA,1B\n")
    with pytest.raises(ValueError, match=r"row 1 of .* has 2 cells, not 3"):
        assess(ragged, ESPS)
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(ValueError, match="is empty"):
        assess(tmp_path / "a.csv", ESPS)
    (tmp_path / "a.csv").write_bytes(b"unit\n\xff\n")
    with pytest.raises(ValueError, match=r"a\.csv' is not a CSV file in UTF-8"):
        assess(tmp_path / "a.csv", ESPS)
    (tmp_path / "a.csv").write_text("unit,unit\nA,B\n")
    with pytest.raises(ValueError, match=r"a\.csv' has two columns 'unit'"):
        assess(tmp_path / "a.csv", ESPS)
    (tmp_path / "a.csv").write_text("unit,indicator\nA,1B\n")
    (tmp_path / "b.csv").write_text("unit,answer\nA,1\n")
    with pytest.raises(ValueError, match=r"b.csv' has the columns unit, answer; .*a.csv' has unit, indicator"):
        assess(tmp_path / "[ab].csv", ESPS)
    (tmp_path / "a.txt").write_text("unit\n")
    with pytest.raises(ValueError, match=r"neither \.csv, \.xlsx nor \.parquet"):
        assess(tmp_path / "a.txt", ESPS)


def tally(units, indicators, answers, cells):
    counts = np.zeros((len(units), len(indicators), len(answers)), dtype=np.int64)
    for cell in cells:
        counts[cell] += 1
    return Tally(counts, {"unit": units, "indicator": indicators, "answer": answers}, outcome="answer")


def test_bad_tallies():
    with pytest.raises(ValueError, match="unit 'A', indicator '1B': 2 answers"):
        assess(tally(["A"], ["1B"], ["very"], [(0, 0, 0), (0, 0, 0)]), ESPS)
    with pytest.raises(ValueError, match="unit 'A', indicator '15B': answered, but exempt"):
        assess(tally(["A"], ["15B"], ["very"], [(0, 0, 0)]), ESPS)
    with pytest.raises(ValueError, match="indicator: '23B' is not in the framework"):
        assess(tally(["A"], ["23B"], ["very"], [(0, 0, 0)]), ESPS)
    with pytest.raises(ValueError, match="answer: 'quite' is not an answer"):
        assess(tally(["A"], ["1B"], ["quite"], [(0, 0, 0)]), ESPS)
    with pytest.raises(ValueError, match=r"unit: some responses have none \('not stated'\)"):
        assess(tally(["A", "not stated"], ["1B"], ["very"], [(1, 0, 0)]), ESPS)
    with pytest.raises(ValueError, match="unit: no column 'unit'"):
        assess(Tally(np.zeros((1, 1), dtype=np.int64), {"place": ["A"], "answer": ["very"]}, outcome="answer"), ESPS)


def test_labels_of_a_tally_that_nobody_used_are_no_fault():
    counted = tally(["A", "not stated"], ["1B", "99"], ["very", "quite"], [(0, 0, 0)])
    assert assess(counted, ESPS).scores()["count"] == [1]


def test_empty_responses_give_empty_findings():
    result = assess({"unit": [], "indicator": [], "answer": []}, ESPS)
    assert len(result.scores()) == len(result.unmet()) == len(result.next_steps()) == 0
    assert result.levels()["verdict"] == ["cannot tell"]
    row = next(result.performance().rows())
    assert row["nobs"] == 0 and row["verdict"] == "cannot tell"


def test_synthetic_responses_stay_marked():
    table = data.ExampleRecords({name: np.array(column) for name, column in long().items()}, provenance="Synthetic: x")
    assert assess(table, ESPS).scores().provenance == "Synthetic: x"
    assert assess(table, ESPS).levels().provenance == "Synthetic: x"


@pytest.mark.parametrize("framework", [None, "esps"])
def test_a_framework_is_not_its_name(framework):
    with pytest.raises(TypeError, match=r"framework: .* is not a Framework, such as dr\.frameworks\.esps\(\) gives"):
        assess(long(), framework)


def test_what_a_pandas_frame_says_of_itself_travels():
    import pandas as pd

    frame = pd.DataFrame(long())
    frame.attrs["provenance"] = "Synthetic: made up"
    assert assess(frame, ESPS).scores().provenance == "Synthetic: made up"


def graded_by_number():
    """Four answers whose ids are numbers, the highest of which alone counts as met."""
    answers = tuple(
        frameworks.Answer(str(n), word, met=n == 3) for n, word in enumerate(("None", "Weak", "Fair", "Good"))
    )
    indicators = tuple(frameworks.Indicator(f"Q{n}", "a", "text") for n in range(4))
    return frameworks.Framework("Numbers", answers, {"a": "A"}, indicators, (frameworks.Level("l", "L", 50),))


@pytest.mark.parametrize("answers", [["1", "1", "0", "3"], [1, 1, 0, 3], [1.0, 1.0, 0.0, 3.0]])
def test_the_frameworks_own_words_go_before_met_and_not_met(answers):
    found = assess({"unit": ["A"] * 4, "indicator": ["Q0", "Q1", "Q2", "Q3"], "answer": answers}, graded_by_number())
    assert found.scores()["count"] == [1] and found.unmet()["answer"] == ["Weak", "Weak", "None"]


def test_missing_values_of_every_frame_are_missing():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"unit": ["a", "b"], "1B": ["very", None], "2B": [True, None]}).convert_dtypes()
    assert assess(frame, ESPS).scores()["answered"] == [2, 0]
    frame["unit"] = pandas.array(["a", None], dtype="string")
    with pytest.raises(ValueError, match="unit: no unit at row 1"):
        assess(frame, ESPS)


def test_units_that_are_numbers_have_one_name_in_every_frame():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"unit": [1, None], "1B": [1, 1]})
    assert assess(frame, ESPS, strict=False).units == ["1"]
    assert assess({"unit": ["Brent", "Brent "], "indicator": ["1B", "2B"], "answer": [1, 1]}, ESPS).units == ["Brent"]


def test_a_misspelt_indicator_is_refused_whatever_it_holds():
    with pytest.raises(ValueError, match=r"2b: holds answers, but is not an indicator .* \(did you mean '2B'\?\)"):
        assess({"unit": ["a", "b"], "1B": ["very"] * 2, "2b": ["very", "x"]}, ESPS)


def test_columns_beside_the_answers_are_no_answers():
    beside = {"notes": [None, None], "area": ["0", "1"], "kind": ["borough"] * 2}
    assert assess({"unit": ["a", "b"], "1B": [1, 0], **beside}, ESPS).areas == ["0", "1"]
    assert assess({"unit": ["a"], "1B": [1], "area": [None], "kind": [None]}, ESPS).kinds == ["borough"]


def test_columns_of_counts_in_any_case_and_once():
    assert assess(counts(**{"Not applicable": [2, 0]}), ESPS).scores()["nobs"] == [16, 18]
    with pytest.raises(ValueError, match="Very satisfactory: counts the same answers as 'very'"):
        assess(counts(**{"Very satisfactory": [1, 1]}), ESPS)
    for wrong in ("1_0", True, "7.5", "²"):
        with pytest.raises(ValueError, match="is not a number of answers"):
            assess(counts(very=[7, wrong]), ESPS)


def test_percentages_that_came_twice_are_one():
    with pytest.raises(ValueError, match="stated_percent: 20 of 'A' at row 1, and 10 before"):
        assess(long(stated_percent=[10, 20, 5]), ESPS)
    with pytest.raises(ValueError, match="stated_percent: 'inf' at row 0 is not a number"):
        assess(long(stated_percent=["inf", "", ""]), ESPS)
    assert assess(long(stated_percent=[10, None, 5]), ESPS).scores()["stated_percent"] == [10, 5]


def test_a_tally_keeps_kind_and_area_and_counts_in_full():
    import dueregard as dr

    rows = {
        "unit": ["A", "A"],
        "kind": ["other unit"] * 2,
        "area": ["North"] * 2,
        "indicator": ["1B", "2B"],
        "answer": [1, 1],
    }
    found = assess(dr.tally(rows, ["unit", "kind", "area", "indicator"], outcome="answer"), ESPS)
    assert (found.kinds, found.areas, found.scores()["nobs"]) == (["other unit"], ["North"], [22])
    torn = rows | {"area": ["North", "South"]}
    with pytest.raises(ValueError, match="area: unit 'A' is 'North' and 'South'"):
        assess(dr.tally(torn, ["unit", "area", "indicator"], outcome="answer"), ESPS)
    with pytest.raises(ValueError, match="region: no dimension 'region'"):
        assess(dr.tally(rows, ["unit", "indicator"], outcome="answer"), ESPS, area="region")
    huge = Tally(np.array([[2**32 + 1]]), {"unit": ["A"], "answer": ["very"]}, outcome="answer")
    with pytest.raises(ValueError, match="unit 'A': 4294967297 answers 'very', which no unit gives"):
        assess(huge, ESPS)


def test_rounds_of_nothing_and_columns_that_are_numbers():
    from dueregard.assessment import assess_rounds

    with pytest.raises(ValueError, match="round: there are no responses"):
        assess_rounds({"unit": [], "indicator": [], "answer": [], "round": []}, ESPS)
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match="unit: no column 'unit'"):
        assess(pandas.DataFrame({1: ["a"]}), ESPS)

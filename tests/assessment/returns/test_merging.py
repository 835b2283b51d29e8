"""Many returns as one table: nothing is lost, and what cannot be taken is named."""

import csv
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr

ESPS = dr.frameworks.esps()
BOROUGH = [indicator.id for indicator in ESPS.assessable("borough")]
COLUMNS = ["unit", "kind", "area", "indicator", "answer", "evidence", "owner", "due", "round", "channel", "returned"]


def write_csv(path, rows, header=None):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header or list(rows[0]))
        writer.writerows(row.values() if isinstance(row, dict) else row for row in rows)
    return path


def row(unit="Brent", indicator="1B", answer="very", **more):
    return {"unit": unit, "indicator": indicator, "answer": answer} | more


def n_set_aside(merged):
    return sum(number is not None for number in merged.set_aside["row"])


def test_a_folder_a_glob_and_a_list_give_the_same(tmp_path, answers_of):
    units = ["Brent", "Ealing", "Sutton"]
    paths = dr.write_returns(tmp_path, ESPS, units, answers=answers_of(units))
    received = dict.fromkeys(units, "2011-03-01")
    (tmp_path / "~$brent.xlsx").write_text("a lock file")
    (tmp_path / ".hidden.txt").write_text("a hidden file")
    (tmp_path / "older").mkdir()
    wholes = [dr.merge_returns(which, ESPS, received=received) for which in (tmp_path, f"{tmp_path}/*.xlsx", paths)]
    for whole in wholes:
        assert whole.responses == wholes[0].responses
        assert whole.responses["unit"] == [unit for unit in units for _ in BOROUGH]
        assert len(whole.set_aside) == 0
    assert (
        dr.assess(wholes[0].responses, ESPS).scores()["count"] == dr.assess(answers_of(units), ESPS).scores()["count"]
    )


def test_a_unit_that_was_returned_twice(tmp_path, filled, edit):
    copy = tmp_path / "copy.xlsx"
    shutil.copy(filled, copy)
    again = f"^{copy}: 'Brent' was returned before, in {filled}; one return was expected"
    with pytest.raises(ValueError, match=again):
        dr.merge_returns(tmp_path, ESPS)
    same = dr.merge_returns(tmp_path, ESPS, strict=False)
    assert set(same.responses["file"]) == {str(filled)} and set(same.set_aside["file"]) == {str(copy)}
    edit(copy, {"D4": "Very satisfactory"})
    with pytest.raises(ValueError, match=f"{filled}: 'Brent' was returned again, in {copy}, with other answers"):
        dr.merge_returns(tmp_path, ESPS)
    differing = dr.merge_returns(tmp_path, ESPS, strict=False)
    assert differing.responses["unit"] == [] and n_set_aside(differing) == 36


def test_a_form_that_was_not_filled_in_does_not_displace_a_return(tmp_path, filled):
    dr.write_return(tmp_path / "a blank form.xlsx", ESPS, "Brent", round="first answer")
    merged = dr.merge_returns(tmp_path, ESPS, strict=False)
    assert set(merged.responses["file"]) == {str(filled)}
    assert n_set_aside(merged) == 18


def test_the_same_unit_in_two_rounds_is_no_repeat(tmp_path, answers_of):
    for n, round in enumerate(["first answer", "after review"]):
        answers = answers_of(["Brent"])
        dr.write_return(tmp_path / f"{n}.xlsx", ESPS, "Brent", round=round, answers=answers)
    merged = dr.merge_returns(tmp_path, ESPS, received={"Brent": "2011-03-01"})
    assert list(dict.fromkeys(merged.responses["round"])) == ["first answer", "after review"]
    assert len(merged.responses["unit"]) == 36


def test_returns_of_units_that_were_not_invited_are_set_aside_and_named(tmp_path, filled):
    merged = dr.merge_returns(tmp_path, ESPS, expected=["Brant", "Ealing"])
    assert merged.unexpected["unit"] == ["Brent"]
    assert merged.unexpected["note"] == [f"{filled}: 'Brent' was not expected (did you mean 'Brant'?)"]
    assert merged.responses["unit"] == [] and n_set_aside(merged) == 18
    assert "Not expected: " in repr(merged)


def test_open_replies_are_never_pooled_with_invited_ones(tmp_path, filled):
    replies = [row(f"reply {n}", answer="not_at_all") for n in range(5)]
    open_ = tmp_path / "web.csv"
    write_csv(open_, [r | {"channel": "open"} for r in replies])
    merged = dr.merge_returns(tmp_path, ESPS, expected=["Brent", "Ealing"])
    assert set(merged.responses["unit"]) == {"Brent"}
    assert merged.open_responses["unit"] == [f"reply {n}" for n in range(5)]
    rate = next(merged.register().rows())
    assert (rate["count"], rate["nobs"], rate["value"]) == (1, 2, 50.0)
    assert rate["note"] == "5 open replies kept apart"
    write_csv(open_, replies)
    merged = dr.merge_returns(open_, ESPS, channel="open")
    assert merged.responses["unit"] == [] and len(merged.open_responses["unit"]) == 5
    with pytest.raises(ValueError, match=f"{filled}: says that it is invited, where open was expected"):
        dr.merge_returns(filled, ESPS, channel="open")


def test_workbooks_for_open_replies(tmp_path, edit):
    path = dr.write_return(tmp_path / "a.xlsx", ESPS, "Anyone", channel="open")
    edit(path, {"D4": "very"})
    merged = dr.merge_returns(path, ESPS, expected=["Brent"])
    assert merged.open_responses["answer"][0] == "very" and merged.responses["unit"] == []


def test_long_csv_of_many_units_with_everything(tmp_path):
    rows = [
        row("Brent", answer="Very satisfactory", kind="borough", evidence="Plan", owner="Ch Insp", due="30/06/2011",
            returned="1/3/2011", round="first answer", area="West"),
        row("Traffic", "15B", "", kind="other unit", evidence="", owner="", due="", returned="2011-03-02",
            round="first answer", area=""),
    ]  # fmt: skip
    path = write_csv(tmp_path / "a.csv", rows)
    found = dr.merge_returns(path, ESPS).responses
    assert list(zip(*found.values(), strict=True)) == [
        ("Brent", "borough", "West", "1B", "very", "Plan", "Ch Insp", "2011-06-30",
         "first answer", "invited", "2011-03-01", str(path), 2),
        ("Traffic", "other unit", None, "15B", "not stated", None, None, None,
         "first answer", "invited", "2011-03-02", str(path), 3),
    ]  # fmt: skip


BAD_ROWS = [
    ([row(answer="perhaps")], "line 2: 'perhaps' is not an answer; the answers are"),
    ([row(), row(indicator="23B")], "line 3: indicator '23B' is not in the framework"),
    ([row(), row(indicator="15B")], "line 3: indicator '15B': a borough is exempt from it, so"),
    ([row(), row(answer="fairly")], "line 3: indicator '1B' was answered before, in line 2"),
    ([row(due="soon")], "line 2: 'soon' is not a date such as 31/03/2011"),
    ([row(unit=" ")], "line 2: no unit; the name of the unit was expected"),
    ([row(kind="town")], "line 2: 'town' is not a kind of unit; there are borough, other unit"),
    ([row(channel="post")], "line 2: channel: 'post' is neither 'invited' nor 'open'"),
    ([row(returned="once")], "line 2: 'once' is not a date"),
    ([row(area="W"), row(indicator="2B", area="E")], "line 3: area 'E' of 'Brent', but 'W' before"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_bad_rows_of_csv(tmp_path, rows, words):
    path = write_csv(tmp_path / "a.csv", rows)
    with pytest.raises(ValueError, match=f"^{path}, {words}"):
        dr.merge_returns(path, ESPS)
    lenient = dr.merge_returns(path, ESPS, strict=False)
    assert len(lenient.responses["unit"]) + n_set_aside(lenient) == len(rows)
    assert any(words[7:20] in note for note in lenient.set_aside["note"])


BAD_CSV = [
    (b"", ": the file is empty; the columns unit, indicator, answer were expected"),
    (b"unit,indicator\nA,1B\n", r", line 1: no column 'answer'"),
    (b"unit,indicator,answr\nA,1B,very\n", r", line 1: no column 'answer' \(did you mean 'answr'\?\); there are unit"),
    (b"unit,indicator,answer,notes\nA,1B,very,x\n", ", line 1: column 'notes' is not known"),
    (b"unit,indicator,answer,unit\nA,1B,very,A\n", ", line 1: two columns are named 'unit'"),
    (b"unit,indicator,answer\nA,1B\n", ", line 2: 2 cells; 3 were expected"),
    (b"unit,indicator,answer\n\xff,1B,very\n", ": not a CSV file in UTF-8"),
]


@pytest.mark.parametrize(("content", "words"), BAD_CSV, ids=range(len(BAD_CSV)))
def test_bad_files_of_csv(tmp_path, content, words):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"^{path}{words}"):
        dr.merge_returns(path, ESPS)
    lenient = dr.merge_returns(path, ESPS, strict=False)
    assert len(lenient.set_aside) == 1 and lenient.responses["unit"] == []


def test_bad_arguments(tmp_path, filled):
    with pytest.raises(FileNotFoundError, match=r"paths: no file at '.*none\*'"):
        dr.merge_returns(f"{tmp_path}/none*", ESPS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=r"paths: no file in '.*empty'"):
        dr.merge_returns(tmp_path / "empty", ESPS)
    with pytest.raises(ValueError, match=r"paths: '.*brent.xlsx' is named twice"):
        dr.merge_returns([filled, filled], ESPS)
    with pytest.raises(TypeError, match="paths: 3 is not a folder"):
        dr.merge_returns(3, ESPS)
    with pytest.raises(ValueError, match="channel: 'post' is neither 'invited' nor 'open'"):
        dr.merge_returns(filled, ESPS, channel="post")
    with pytest.raises(ValueError, match="received: 'Brent': 'soon' is not a date"):
        dr.merge_returns(filled, ESPS, received={"Brent": "soon"})
    with pytest.raises(ValueError, match="expected: 'A' is listed twice"):
        dr.merge_returns(filled, ESPS, expected=["A", "A"])
    (tmp_path / "minutes.docx").write_text("not a return")
    with pytest.raises(ValueError, match=r"minutes.docx: neither .xlsx nor .csv"):
        dr.merge_returns(tmp_path, ESPS)


TEXTS = st.sampled_from(["very", "Fairly satisfactory", "perhaps", "", "refused", "=1"])
ANSWERS = st.fixed_dictionaries({
    "unit": st.sampled_from(["Brent", "Ealing", "Lambeth", ""]),
    "indicator": st.sampled_from(["1B", "2B", "15B", "99"]),
    "answer": TEXTS,
    "kind": st.sampled_from(["", "borough", "other unit", "town"]),
    "due": st.sampled_from(["", "2011-06-30", "soon"]),
    "channel": st.sampled_from(["", "open", "post"]),
    "round": st.sampled_from(["", "first"]),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(files=st.lists(st.lists(ANSWERS, min_size=1, max_size=8), min_size=1, max_size=3), invited=st.booleans())
def test_no_row_of_csv_is_ever_lost(tmp_path_factory, files, invited):
    folder = tmp_path_factory.mktemp("returns")
    for n, rows in enumerate(files):
        write_csv(folder / f"{n}.csv", rows)
    merged = dr.merge_returns(folder, ESPS, expected=["Brent", "Ealing"] if invited else None, strict=False)
    parts = [merged.responses, merged.open_responses, merged.set_aside.to_dict()]
    found = sorted((file, line) for part in parts for file, line in zip(part["file"], part["row"], strict=True))
    expected = [(str(folder / f"{n}.csv"), line) for n, rows in enumerate(files) for line in range(2, len(rows) + 2)]
    assert found == expected
    assert all(note for note in merged.set_aside["note"])
    merged.register(), merged.inconsistent()


CELLS = st.dictionaries(
    st.sampled_from([f"{column}{number}" for column in "ADEGH" for number in (3, 4, 9, 21, 22, 25)]),
    st.sampled_from(["Very satisfactory", "perhaps", "=1", None, 3, "1B", "15B"]),
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(cells=CELLS)
def test_no_row_of_a_workbook_is_ever_lost(tmp_path_factory, edit, answers_of, cells):
    path = tmp_path_factory.mktemp("returns") / "brent.xlsx"
    dr.write_return(path, ESPS, "Brent", answers=answers_of(["Brent"]))
    edit(path, cells)
    merged = dr.merge_returns(path, ESPS, received={"Brent": "2011-03-01"}, strict=False)
    below = {int(cell[1:]) for cell, value in cells.items() if value is not None and int(cell[1:]) > 21}
    assert sorted([*merged.responses["row"], *merged.set_aside["row"]]) == [*range(4, 22), *sorted(below)]


@pytest.mark.slow
def test_five_hundred_returns_are_merged_in_reasonable_time(tmp_path, answers_of):
    import time

    units = [f"Unit {n}" for n in range(500)]
    dr.write_returns(tmp_path, ESPS, units, answers=answers_of(units))
    start = time.perf_counter()
    merged = dr.merge_returns(tmp_path, ESPS, expected=units, received=dict.fromkeys(units, "2011-03-01"))
    merged.register(), merged.inconsistent()
    seconds = time.perf_counter() - start
    assert len(merged.responses["unit"]) == 9000
    assert seconds < 60, seconds
    print(f"{seconds:.1f} seconds")


def test_kinds_of_the_units_invited_hold_for_csv_and_are_compared_with_the_returns(tmp_path, filled):
    path = write_csv(tmp_path / "a.csv", [row("Traffic", "15B")])
    invited = {"Traffic": "other unit"}
    merged = dr.merge_returns(path, ESPS, expected=invited)
    assert merged.responses["kind"] == ["other unit"]
    assert list(merged.register().rows())[-1]["nobs"] == 22
    with pytest.raises(
        ValueError, match=f"^{filled}: 'Brent' says that it is 'borough', where 'other unit' was expected"
    ):
        dr.merge_returns(filled, ESPS, expected={"Brent": "other unit"})


def test_one_round_is_filled_into_the_next(tmp_path, filled):
    first = dr.merge_returns(filled, ESPS)
    (second,) = dr.write_returns(tmp_path / "2", ESPS, ["Brent"], round="after review", answers=first.responses)
    again = dr.merge_returns(second, ESPS, received={"Brent": "2011-04-30"})
    for name in ("unit", "indicator", "answer", "evidence", "owner", "due"):
        assert again.responses[name] == first.responses[name]
    assert again.inconsistent(previous=first.responses).filter(measure="lower than before")["count"] == [0]


def numbered():
    """A framework whose answers are called 0, 1, 2 and 3, of which 2 and 3 count as met."""
    from dataclasses import replace

    from dueregard.assessment.frameworks.framework import Answer

    labels = ["Never", "Seldom", "Often", "Always"]
    answers = tuple(Answer(str(n), label, met=n >= 2) for n, label in enumerate(labels))
    return replace(ESPS, name="Numbered", answers=answers)


@pytest.mark.parametrize("typed", ["ids", "labels", "numbers"])
@pytest.mark.parametrize("file", ["workbook", "csv"])
def test_answers_called_by_numbers_are_taken_for_those_answers(tmp_path, edit, typed, file):
    framework = numbered()
    cells = [0, 1, 2, 3]
    told = {"ids": list(map(str, cells)), "numbers": cells, "labels": [a.label for a in framework.answers]}[typed]
    if file == "workbook":
        path = dr.write_return(tmp_path / "a.xlsx", framework, "Brent")
        edit(path, {f"D{row}": answer for row, answer in enumerate(told, 4)})
    else:
        path = write_csv(tmp_path / "a.csv", [row(indicator=i, answer=a) for i, a in zip(BOROUGH, told, strict=False)])
    responses = dr.merge_returns(path, framework).responses
    assert responses["answer"][:4] == ["0", "1", "2", "3"]
    assessed = dr.assess(responses, framework, kind="kind")
    codes = dict(zip(framework.indicator_ids, assessed.answers[0].tolist(), strict=True))
    assert [assessed.scale.levels[codes[indicator]] for indicator in BOROUGH[:4]] == ["0", "1", "2", "3"]
    (score,) = assessed.scores().filter(measure="indicators met")["count"]
    assert score == 2

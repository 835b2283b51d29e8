"""Perception surveys with two and three header rows: tidy rows, and what is not given stays not given."""

import csv

import numpy as np
import pytest

import dueregard as dr

PLAIN = """\ufeffNeighbourhood,Code,Group,Are they fair?,Do they listen?,Crime rate
,,,% Excellent or Good,% Agree,
North,N1,Group 1,71,N/A,N/A
South,S1,Group 2,80,65%,12.5
East,E1,,,,
"""
BY_GROUP = """neighbourhood,Are they fair?,Are they fair?,Do they listen?
,White British,Asian,Asian
,% Good,% Good,% Agree
North,71,0,100
South,,,
Bexley - West,,,
Note: figures below 100 answers are left out
Source: the survey
"""


def read(tmp_path, text):
    path = tmp_path / "survey.csv"
    path.write_text(text, encoding="utf-8")
    return dr.read_perceptions(path)


def rows(table, *names):
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def test_two_header_rows(tmp_path):
    table = read(tmp_path, PLAIN)
    assert table.columns == ("area", "code", "similar_areas", "measure", "answer", "group", "percent")
    assert rows(table, "area", "code", "similar_areas", "measure", "answer", "group")[:2] == [
        ("North", "N1", "Group 1", "Are they fair?", "% Excellent or Good", None),
        ("North", "N1", "Group 1", "Do they listen?", "% Agree", None),
    ]
    assert table["similar_areas"][-1] is None
    np.testing.assert_array_equal(table["percent"], [71, np.nan, 80, 65, np.nan, np.nan])
    assert table.notes == (
        "The table does not say how many people answered: its figures have no interval.",
        "'Crime rate' has no answer in the header rows, so that it is no percentage of respondents: set aside.",
        "No figures for 1 of 3 areas: East.",
        "Figures not given for other areas: 1.",
    )


def test_three_header_rows_and_notes_at_the_foot(tmp_path):
    table = read(tmp_path, BY_GROUP)
    assert rows(table, "area", "measure", "group")[:3] == [
        ("North", "Are they fair?", "White British"),
        ("North", "Are they fair?", "Asian"),
        ("North", "Do they listen?", "Asian"),
    ]
    assert table["percent"][:3].tolist() == [71, 0, 100]
    assert np.isnan(table["percent"][3:]).all()
    assert table.n_rows == 9
    assert table.notes[1:] == (
        "No figures for 2 of 3 areas: South, Bexley - West.",
        "At the foot of the table: Note: figures below 100 answers are left out",
        "At the foot of the table: Source: the survey",
    )


def test_groups_may_stand_below_the_answers(tmp_path):
    lines = BY_GROUP.splitlines()
    lines[1], lines[2] = lines[2], lines[1]
    assert (read(tmp_path, "\n".join(lines))["group"] == read(tmp_path, BY_GROUP)["group"]).all()


def test_areas_that_begin_like_a_note_are_areas(tmp_path):
    table = read(tmp_path, PLAIN + "Keynsham,K1,,,,\nBaselton,B1,,1,2,\n")
    assert {"Keynsham", "Baselton"} <= set(table["area"])


def test_it_stands_where_data_does(tmp_path):
    table = read(tmp_path, BY_GROUP)
    assert dr.tally(table, ["group"]).counts.tolist() == [6, 3]
    assert table.to_frame().shape == (9, 5)
    assert max(map(len, repr(table).splitlines())) <= 80


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("South,,,", "South,101,,"), r"line 5, 'Are they fair\?': 101 is outside 0 to 100 percent"),
        (("South,,,", "South,-1,,"), "-1 is outside 0 to 100"),
        (("South,,,", "South,many,,"), r"line 5, 'Are they fair\?': 'many' is not a number"),
        (("South,,,", "South,1,2"), "line 5 has 3 cells, the header 4"),
        (("South,,,", "South,1,2,3,4"), "line 5 has 5 cells, the header 4"),
        (("South,,,", "North,1,2,3"), "line 5: 'North' is there twice"),
        (("Source: the survey", "West,1,2,3"), "line 8 has figures below the note 'Note: figures"),
        (("% Good,% Good", "% Good,% Good "), None),
        ((",White British,Asian", ",Asian,Asian"), r"two columns are of 'Are they fair\?', '% Good' of 'Asian'"),
        ((",White British,Asian", ",,Asian"), "column 2 has no group in its header"),
        (("Are they fair?,Are they fair?", ",Are they fair?"), "column 2 has no question in its header"),
        ((",% Good,% Good,% Agree\n", ""), "not a table of survey percentages: expected .* found the columns 'neighb"),
        (("neighbourhood", "Type"), "not a table of survey percentages"),
        ((",White British,Asian,Asian\n", ",% a,% b,% c\n"), "one row of answers"),
        (("North,71", '"North,71'), "line 4 cannot be read"),
    ],
)
def test_what_is_refused(tmp_path, change, message):
    assert change[0] in BY_GROUP
    text = BY_GROUP.replace(*change, 1)
    if message is None:
        assert read(tmp_path, text).n_rows == 9
        return
    with pytest.raises(ValueError, match=rf"survey\.csv: {message}" if message[0] in "nlt" else message):
        read(tmp_path, text)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file"):
        dr.read_perceptions(tmp_path / "none.csv")
    (tmp_path / "survey.csv").write_bytes(b"")
    with pytest.raises(ValueError, match="the file is empty"):
        dr.read_perceptions(tmp_path / "survey.csv")
    (tmp_path / "survey.csv").write_bytes(BY_GROUP.encode("utf-16"))
    with pytest.raises(ValueError, match="it looks like UTF-16"):
        dr.read_perceptions(tmp_path / "survey.csv")


@pytest.mark.parametrize(
    ("name", "n_headers", "columns"),
    [
        ("pas-2016-neighbourhood-perceptions.csv", 2, slice(3, 21)),
        ("pas-2015-2021-neighbourhood-perceptions-by-ethnic-group.csv", 3, slice(1, 13)),
    ],
)
def test_the_real_files_to_the_cell(real, name, n_headers, columns):
    path = real(name)
    with open(path, newline="", encoding="utf-8-sig") as file:
        lines = list(csv.reader(file))[n_headers:]
    expected = [float(cell) if cell not in ("", "N/A") else np.nan for line in lines for cell in line[columns]]
    table = dr.read_perceptions(path)
    np.testing.assert_array_equal(table["percent"], expected)
    width = columns.stop - columns.start
    assert table["area"].tolist() == [line[0] for line in lines for _ in range(width)]


def test_what_the_real_files_say(real):
    by_group = dr.read_perceptions(real("pas-2015-2021-neighbourhood-perceptions-by-ethnic-group.csv"))
    assert sorted(set(by_group["group"])) == ["Asian", "Black", "White British"]
    assert by_group.notes[1].startswith("No figures for 14 of 112 areas: Bexley - South, ")
    plain = dr.read_perceptions(real("pas-2016-neighbourhood-perceptions.csv"))
    assert len(set(plain["similar_areas"])) == 11
    assert plain.notes[1].startswith("'Total Notifiable Offences rate' has no answer")

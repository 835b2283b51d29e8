"""Claims in running text, paragraph by paragraph; what is not understood is not said to be checked."""

from pathlib import Path

import pytest

import dueregard as dr

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "000_e9506b5a9b239352.txt"


def audit(tmp_path, *lines, **arguments):
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return dr.audit(path, **arguments)


@pytest.mark.parametrize(
    ("sentence", "verdict", "note"),
    [
        ("In all 71 of 73 (97%) met it.", "consistent", "71 of 73 is 97.26%"),
        ("Of the 73 units assessed, 71 (97%) met it.", "consistent", "71 of 73 is 97.26%"),
        ("Of the 73 units in the force, 71 (96%) met it.", "inconsistent", "71 of 73 is 97.26%, not the 96%"),
        ("75% (24) of the 32 boroughs", "consistent", "24 of 32 is 75%"),
        ("22 (67%) of 32 boroughs", "inconsistent", "22 of 32 is 68.75%, not the 67% printed; 22 is 67% of 33"),
        ("27 out of 32 boroughs", "derivable", "27 of 32 is 84.38%, which is printed nowhere"),
        ("27 out of 32 boroughs (84%)", "consistent", "27 of 32 is 84.38%"),
        ("27 of the 32 London boroughs (85%)", "inconsistent", "27 of 32"),
        ("all 32 Boroughs (100%) met it", "consistent", "32 of 32 is 100%"),
        ("all 32 Boroughs (97%) met it", "inconsistent", "32 of 32 is 100%, not the 97%"),
        ("75% (24) of the Boroughs", "cannot tell", "24 as 75% needs a base of 32, which the sentence does not give"),
        ("1,157,165 (14.2%) of Londoners", "cannot tell", "needs a base of 8,120,457 to 8,177,844"),
        ("1 (67%) of those", "inconsistent", "no whole base makes it"),
        ("7/12 (58%) met it", "consistent", "7 of 12 is 58.33%"),
        ("9 / 12 (58%) met it", "inconsistent", "9 of 12 is 75%, not the 58%"),
        ("58% (7/12) met it", "consistent", "7 of 12 is 58.33%"),
        ("We saw that 1 157 of 2 000 (57.9%) met it", "consistent", "1,157 of 2,000 is 57.85%"),
        ("57.9% (1 157) of the 2 000", "consistent", "1,157 of 2,000 is 57.85%"),
        ("1\N{THIN SPACE}157 of 2\N{NARROW NO-BREAK SPACE}000 (57.9%)", "consistent", "1,157 of 2,000 is 57.85%"),
        ("In 2011 24 of 32 boroughs (75%) met it", "consistent", "24 of 32 is 75%"),
        ("A total of 24 (75%) met it", "cannot tell", "24 as 75% needs a base of 32"),
        ("25 out of 24 boroughs", "inconsistent", "25 of 24 is 104.17%: more than the whole"),
        ("seven of 12 (58%)", "consistent", "seven of 12 is 58.33%"),
        ("Fifteen of the 18 (83 per cent)", "consistent", "Fifteen of 18 is 83.33%"),
        ("We saw sixteen out of 20", "derivable", "sixteen of 20 is 80%"),
        ("**22 of 32** boroughs (**67%**)", "inconsistent", "22 of 32 is 68.75%, not the 67% printed"),
        ("Twenty (61%) of the 32", "inconsistent", "Twenty of 32 is 62.5%, not the 61%"),
        ("one of the 32 (3%)", "consistent", "one of 32 is 3.13%"),
        ("1600 out of 2000 residents", "derivable", "1,600 of 2,000 is 80%"),
    ],
)  # fmt: skip
def test_sentences(tmp_path, sentence, verdict, note):
    found = audit(tmp_path, "A heading", sentence)
    assert found["verdict"] == [verdict]
    assert note in found["note"][0]
    assert (found["line"], found["document"], found["printed_at"]) == ([2], ["report.txt"], ["report.txt:2"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Report 8 of the 7 Apr 11 meeting",
        "a gap of 7%",
        "£12,000 - £15,000",
        "620 square miles",
        "47.4% in 2008/09",
        "Section 3 of the 2010 Act",
        "3 of the 2010 reports",
        "3 of 2010 Acts (0.1%)",
        "paragraph 25 of the 24 pages",
        "in 2010/11 (58%)",
        "in 10/11 (58%)",
        "in 09/10 (58%)",
        "in 2010 (58%)",
        "Q4 (58%)",
        "3-5 (50%)",
        "24/7 (58%)",
        "thirty-seven of 120 (31%)",
        "thirty seven of 120 (31%)",
        "a hundred and two of the 300 (34%)",
        "one in five of the 32",
        "two or three of the 12 (25%)",
        "every one of the 32 (100%)",
        "all but two of the 12 (83%)",
        "all but 2 of the 12 (83%)",
        "more than two of the 12 (20%)",
        "one of the 10 largest boroughs",
        "phase two of the 5 (40%)",
        "two of the 2010 Acts",
        "7.5/12 (58%)",
        "1 157 of 2 000 (57.9%)",
        "Table 1 157 of 200 (78.5%)",
        "1 157 (57.9%)",
    ],
)
def test_what_is_not_understood_is_not_checked(tmp_path, sentence):
    found = audit(tmp_path, sentence)
    assert len(found) == 0
    assert "0 stand in sentences that were understood" in found.notes[0]


def test_bases_that_are_known(tmp_path):
    lines = ["75% (24) of the Boroughs have met it.", "67% (22) Boroughs met it."]
    found = audit(tmp_path, *lines, of={"boroughs": 32})
    assert found["verdict"] == ["consistent", "inconsistent"]
    assert audit(tmp_path, "67% (22) of the London boroughs", of={"boroughs": 32})["verdict"] == ["inconsistent"]
    assert audit(tmp_path, "67% (22) of staff in boroughs", of={"boroughs": 32})["verdict"] == ["cannot tell"]
    with pytest.raises(ValueError, match="of: no sentence speaks of 'wards'"):
        audit(tmp_path, *lines, of={"wards": 624})


def test_several_in_a_line_and_placeholders(tmp_path):
    found = audit(tmp_path, "71 of 73 (97%) and 3 of 8 (37%), then 75% (24) of the 32.", "", "Advisor to add detail")
    assert found["verdict"] == ["consistent", "inconsistent", "consistent", "inconsistent"]
    assert (found["measure"][3], found["line"][3]) == ("placeholder", 3)
    assert found.notes == (
        "3 lines read; of 9 figures in them 9 stand in sentences that were understood and checked. Figures in words "
        "were read only before 'of', up to twenty.",
    )


@pytest.mark.parametrize(
    ("sentence", "verdict", "note"),
    [
        ("It was 74%, against 81% for men: a gap of 9 percentage points.", "inconsistent",
         "81% less 74% is 7 points, not the 9 printed; rounding allows 6 points to 8 points"),
        ("81% agreed, compared with 74% in 2010 (16-24), a difference of 7 points", "consistent", "printed as 7"),
        ("74 per cent is lower than the 81 per cent of 2010, which is a gap of eight percentage points", "rounding",
         "81 per cent less 74 per cent is 7 points, printed as eight"),
        ("74.2% compared to 81.4% with a gap of 7.2 percentage points", "consistent", "is 7.2 points"),
        ("74.2% compared to 81.4% \N{EN DASH} a gap of 7.4 points", "inconsistent", "allows 7.1 points to 7.3 points"),
    ],
)  # fmt: skip
def test_gaps(tmp_path, sentence, verdict, note):
    found = audit(tmp_path, sentence)
    assert (found["measure"], found["verdict"]) == (["gap"], [verdict])
    assert note in found["note"][0]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was 74%, against 81% for men. The pay figures show a gap of 9 points.",
        "It was 74%, against 81% for men, and the pay gap of 9 points",
        "It was 74%, against 81% for men, down from a gap of 9 points",
        "It was 74% against 81% for men and 90% for all: a gap of 16 points",
        "It was 74 per cent against 81 per cent for men, 90 per cent for all: a gap of 16 points",
        "It was 74% and 81%: a gap of 9 points",
        "It was 74%, against 81% for men: a gap of 9%",
        "It was 74, against 81 for men: a gap of 9 points",
        "It was 74% against 81%; there was a gap of 9 points",
    ],
)
def test_what_is_no_gap_of_the_two(tmp_path, sentence):
    assert len(audit(tmp_path, sentence)) == 0


def test_a_percentage_may_be_of_a_count_and_of_a_gap(tmp_path):
    found = audit(tmp_path, "24 of 32 women (75%) against 16 of 20 men (80%), a gap of 5 points")
    assert found["measure"] == ["percentage", "gap", "percentage"]
    assert set(found["verdict"]) == {"consistent"}
    assert "of 7 figures in them 7 stand in" in found.notes[0]


def test_a_claim_stands_where_it_begins(tmp_path):
    lines = [
        "# Findings",
        "",
        "In the year 22 of 32",
        "boroughs (67%) met it, and",
        "24 of the",
        "32 (75%) did.",
        "- 7 of",
        "  12 (58%)",
    ]
    found = audit(tmp_path, *lines)
    assert (found["line"], found["verdict"]) == ([3, 5, 7], ["inconsistent", "consistent", "consistent"])
    assert found["text"][0] == "22 of 32 boroughs (67%)"


def test_a_long_text_without_a_blank_line_is_one_paragraph(tmp_path):
    lines = [
        "in the year 22 of 32 boroughs (67%) met it, as 12 more did of 40 and",
        "that was all of it for the year and",
    ]
    found = audit(tmp_path, *lines * 2000)
    assert found["line"] == [*range(1, 4001, 2)]
    assert set(found["verdict"]) == {"inconsistent"}
    assert "of 10,000 figures in them 6,000 stand in" in found.notes[0]


def test_a_placeholder_does_not_keep_the_rest_of_its_line_from_being_read(tmp_path):
    found = audit(tmp_path, "TBC: Fifteen of the 18 (83 per cent) were met.", "", "x", "to be added")
    assert found["measure"] == ["percentage", "placeholder", "placeholder"]
    assert (found["line"], found["verdict"]) == ([1, 1, 4], ["consistent", "inconsistent", "inconsistent"])
    assert found["note"][1:] == [
        "a placeholder, not a text: 'TBC' in 'TBC: Fifteen of the 18 (83 per cent) were met.'",
        "a placeholder, not a text: 'to be added'",
    ]


def test_figures_that_were_not_checked_are_named(tmp_path):
    (note,) = audit(tmp_path, "In 2010 it was 12%, and 24 of 32 (75%).").notes
    assert "of 5 figures in them 3 stand in" in note
    assert "The other 2 were not checked, percentages first: 12% (line 1), 2010 (line 1)." in note
    (note,) = audit(tmp_path, "Nine", "of 7 per cent").notes
    assert "The other 1 was not checked: 7 per cent (line 2)." in note
    (note,) = audit(tmp_path, *(f"{n} and" for n in range(1, 9)), "9%").notes
    assert "first: 9% (line 9), 1 (line 1), 2 (line 2), 3 (line 3), 4 (line 4) and 4 more." in note


def test_rounding_is_passed_on(tmp_path):
    assert audit(tmp_path, "1 of 8 (12%)")["verdict"] == ["consistent"]
    assert audit(tmp_path, "1 of 8 (12%)", rounding="half-up")["verdict"] == ["inconsistent"]


@pytest.mark.skipif(not SEED.exists(), reason="the report is not here")
def test_the_report_on_the_standard():
    found = dr.audit(SEED, of={"boroughs": 32})
    assert found.filter(verdict="inconsistent")["line"] == [90, 147, 183]
    assert found.filter(verdict="consistent")["line"] == [70, 74, 78, 86]


def test_bad_texts(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        dr.audit(tmp_path / "absent.txt")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    with pytest.raises(ValueError, match=r"is not text in UTF-8 \(byte 3\)"):
        dr.audit(tmp_path / "latin.txt")
    for arguments, message in (
        ({"percent": "x"}, "percent: a text has no columns"),
        ({"of": 32}, r"of: of a text, give a dict such as \{'boroughs': 32\}"),
        ({"against": {"A": 1}}, "against: only a table with a column 'claim'"),
    ):
        with pytest.raises(ValueError, match=message):
            audit(tmp_path, "71 of 73 (97%)", **arguments)

"""Claims in running text, line by line; what is not understood is not said to be checked."""

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
        "seven of 12 (58%)",
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
        "3 lines read; of 9 figures in them 9 stand in sentences that were understood and checked. The other 0 were "
        "not checked, nor were figures in words.",
    )


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

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
    ],
)  # fmt: skip
def test_sentences(tmp_path, sentence, verdict, note):
    found = audit(tmp_path, "A heading", sentence)
    assert found["verdict"] == [verdict]
    assert note in found["note"][0]
    assert (found["line"], found["document"], found["printed_at"]) == ([2], ["report.txt"], ["report.txt:2"])


@pytest.mark.parametrize(
    "sentence",
    ["Report 8 of the 7 Apr 11 meeting", "a gap of 7%", "£12,000 - £15,000", "620 square miles", "47.4% in 2008/09"],
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

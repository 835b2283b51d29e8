"""The table of an audit says what was found, in 80 characters."""

import dueregard as dr


def test_what_was_found_is_in_the_table():
    found = dr.audit({"section": ["People"], "met": [22], "stated": [67]}, label="section", count="met", of=32,
                     percent="stated")  # fmt: skip
    text = " ".join(repr(found).split())
    assert "People" in text and "22 of 32 is 68.75%, not the 67%" in text and "Not shown" not in text


def test_what_nothing_names_has_no_column():
    found = dr.audit({"claim": ["percent"], "percent": ["67%"], "of": [32]})
    assert "About" not in repr(found) and "no whole count makes it" in repr(found)


def test_every_row_of_the_embedded_claims_fits():
    lines = repr(dr.audit(dr.data.load("claims"))).splitlines()
    assert max(map(len, lines)) <= 80

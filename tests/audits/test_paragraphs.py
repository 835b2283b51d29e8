"""Paragraphs of a text: what is joined, what stands alone, and on which line a place in it is."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.audits.paragraphs import paragraphs
from dueregard.audits.sentences import claims_of


def texts(*lines):
    return [each.text for each in paragraphs(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("22 of 32", "boroughs (67%)"),
        ("  22 of 32  ", "boroughs (67%)"),
        ("It was seen in the reports of all areas", "(67%)"),
        ("The reports of the year were read by the members of", "London councils."),
        ("We met in 2011", "240 of 320 times."),
        ("- 22 of 32", "  Boroughs (67%)"),
        ("* 22 of 32", "boroughs (67%)"),
        ("Of the 2", "000 residents"),
    ],
)
def test_wrapped_lines_are_one_paragraph(lines):
    assert texts(*lines) == [" ".join(line.strip() for line in lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("22 of 32", "", "boroughs (67%)"),
        ("22 of 32", "   ", "boroughs (67%)"),
        ("# The 32", "boroughs (67%)"),
        ("The 32", "### boroughs (67%)"),
        ("The 32 boroughs", "==============="),
        ("22 of 32", "- boroughs (67%)"),
        ("- 22 of 32", "Boroughs (67%)"),
        ("22 of 32", "2. boroughs (67%)"),
        ("22 of 32", "(b) boroughs (67%)"),
        ("Lambeth\t4\t14", "southwark\t4\t14"),
        ("| 22 of 32 |", "| boroughs (67%) |"),
        ("lambeth    4   14", "southwark   4   14"),
        ("Women 22 of 32", "Men 10 (31%)"),
    ],
)
def test_what_stands_alone(lines):
    assert texts(*lines) == [line.strip() for line in lines if line.strip()]


def test_marks_of_markdown_are_no_words():
    assert texts("> **22 of 32**", "> boroughs (**67%**)", ">", "> **Last**") == ["22 of 32 boroughs (67%)", "Last"]
    assert texts("It was > 5 and 2 ** 3", "# a") == ["It was > 5 and 2 ** 3", "# a"]


def test_figures_of_two_lines_are_not_beside_each_other():
    assert texts("Section 3", "22 of 32 (69%)") == ["Section 3\n22 of 32 (69%)"]


def test_a_place_knows_its_line():
    one, two = paragraphs(["", "a 22", "of 32", "", "last"])
    assert [one.line_at(one.text.index(word)) for word in ("a", "22", "of", "32")] == [2, 2, 3, 3]
    assert (one.first, two.first, two.line_at(0), two.line_at(3)) == (2, 5, 5, 5)
    assert list(paragraphs([])) == [] and list(paragraphs(["", " "])) == []


TEXT = (
    "In the year under review 71 of 73 (97%) units met the standard, and of the 32 London boroughs, 22 (67%) did. "
    "Fifteen of the 18 indicators (83 per cent) were met. Of disabled staff 74% were content, against 81% of "
    "all others: a gap of 9 percentage points. All 32 Boroughs (100%) replied."
)


@given(st.integers(45, 400))
def test_the_same_is_claimed_however_a_text_is_wrapped(width):
    lines = textwrap.wrap(TEXT, width, break_on_hyphens=False)
    (one,) = paragraphs(lines)
    assert one.text.split() == TEXT.split()
    for said, whole in zip(claims_of(one.text), claims_of(TEXT), strict=True):
        assert (said.kind, said.terms, said.words) == (whole.kind, whole.terms, whole.words)
        assert said.words.split()[0] in lines[one.line_at(said.start) - 1]
    assert len(claims_of(TEXT)) == 5

"""Breaks in series."""

import pytest

import dueregard as dr
from dueregard.measures.trends.breaks import read_break, read_breaks


@pytest.mark.parametrize(
    ("months", "split"),
    [((24120, 24122), False), ((24120, 24123), True), ((24122, 24130), True), ((24123, 24130), False)],
)
def test_a_break_splits_what_has_months_on_both_sides_of_it(months, split):
    assert dr.Break("2010-04", "mode").splits(months) is split  # April 2010 is month 24123


def test_words():
    assert dr.Break("2010-Q2", "sample", "boosted in two boroughs").described == (
        "April 2010 (sample): boosted in two boroughs"
    )
    assert dr.Break("2010-04", "question").described == "April 2010 (question)"


def test_breaks_as_commands_write_them():
    assert read_break("2010-04:mode:telephone: to face-to-face") == dr.Break(
        "2010-04", "mode", "telephone: to face-to-face"
    )
    with pytest.raises(ValueError, match=r"break: '2010-04' is not of the form DATE:CAUSE or DATE:CAUSE:WORDS"):
        read_break("2010-04")


def test_several_come_in_the_order_of_time():
    early, late = dr.Break("2009-01", "mode"), dr.Break("2010-01", "mode")
    assert read_breaks([late, early]) == (early, late)
    assert read_breaks(None) == ()
    assert read_breaks(late) == (late,)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (
            ("soon", "mode"),
            ValueError,
            "date: 'soon' is not a period such as '2010-04' (a month) or '2010-Q2' (a quarter)",
        ),
        (("2010-04", "weather"), ValueError, "cause: 'weather' is not one of 'mode', 'question', 'supplier', 'sample'"),
        (("2010-04", "mode", None), TypeError, "words: None is not a text"),
    ],
)
def test_bad_breaks(arguments, kind, message):
    with pytest.raises(kind) as error:
        dr.Break(*arguments)
    assert str(error.value) == message


def test_what_is_no_break():
    with pytest.raises(TypeError, match=r"breaks: '2010-04' is not a dr.Break\(date, cause, words\)"):
        read_breaks("2010-04")

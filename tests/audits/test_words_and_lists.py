"""Claims in words and lists: fractions, changes, comparisons, what a list holds, dates, one thing printed twice."""

import pytest

import dueregard as dr


def one(**cells):
    (row,) = dr.audit({name: [value] for name, value in cells.items()}).rows()
    return row


def verdict(**cells):
    return one(**cells)["verdict"]


@pytest.mark.parametrize(
    ("words", "percent", "expected"),
    [
        ("approximately one-third", "37%", "rounding"),
        ("one third", "33%", "consistent"),
        ("a third", "45%", "inconsistent"),
        ("half", "50%", "consistent"),
        ("over half", "50.1%", "consistent"),
        ("over half", "48%", "inconsistent"),
        ("less than a quarter", "24%", "consistent"),
        ("less than a quarter", "26%", "inconsistent"),
        ("three-quarters", "80%", "rounding"),
        ("two-thirds", "37%", "inconsistent"),
    ],
)
def test_fractions_in_words(words, percent, expected):
    assert verdict(claim="words", words=words, percent=percent) == expected


@pytest.mark.parametrize(
    ("before", "after", "words", "expected"),
    [
        ("55.1%", "60.2%", "risen", "consistent"),
        ("60.2%", "55.1%", "risen", "inconsistent"),
        ("60.2%", "55.1%", "fallen", "consistent"),
        ("74%", "75%", "risen", "rounding"),
        ("74%", "74%", "static", "consistent"),
        ("74%", "76%", "static", "inconsistent"),
        ("47.4%", "56.7%", "", "derivable"),
        ("74%", "75%", "", "rounding"),
    ],
)
def test_a_change_is_larger_than_rounding_alone(before, after, words, expected):
    assert verdict(claim="change", before=before, after=after, words=words) == expected


def test_a_change_says_its_range():
    row = one(claim="change", before="55.1%", after="60.2%", words="risen")
    assert (row["value"], row["low"], row["high"]) == pytest.approx((5.1, 5.0, 5.2))
    assert row["note"] == "from 55.1% to 60.2% is 5.1 points (5 to 5.2), more than rounding alone"


@pytest.mark.parametrize(
    ("first", "how", "second", "expected"),
    [
        ("97%", "at least", "80%", "consistent"),
        ("50%", "at least", "50%", "consistent"),
        ("50%", "more than", "50%", "rounding"),
        ("49%", "at least", "50%", "inconsistent"),
        ("50%", "at least", "51%", "rounding"),  # both may be 50.5
        ("48%", "at least", "50%", "inconsistent"),
        ("8.56", "less than", "12", "consistent"),
        (60, "less than", 35, "inconsistent"),
        (35, "at most", 35, "consistent"),
        (35, "less than", 35, "inconsistent"),
    ],
)
def test_comparisons(first, how, second, expected):
    assert verdict(claim="compare", first=first, how=how, second=second) == expected


def test_the_number_that_meet_a_limit():
    cells = {"claim": "meeting", "parts": "100%;50%;49%;20%", "limit": "50%"}
    assert one(**cells, how="at least", number=2)["note"] == "2 of 4 are at least 50%, 2 printed"
    expected = {("at least", 2): "consistent", ("at least", 3): "inconsistent", ("more than", 1): "consistent"}
    expected |= {("more than", 2): "rounding", ("more than", 3): "inconsistent", ("less than", 2): "consistent"}
    for (how, number), found in expected.items():
        assert verdict(**cells, how=how, number=number) == found, (how, number)


def test_lists():
    assert verdict(claim="list", named="8B; 6B", expected="6B;8B") == "consistent"
    row = one(claim="list", named="18B;19B;21B", expected="18B;19B;22B")
    assert row["note"] == "18B, 19B, 21B published; names 21B, which does not belong; leaves out 22B"
    assert row["verdict"] == "inconsistent"
    twice = one(claim="list", named="8B;6B;8B", expected="6B;8B")
    assert (twice["verdict"], twice["note"]) == ("inconsistent", "8B, 6B, 8B published; names 8B more than once")
    assert verdict(claim="list", named="8B;6B;8B", expected="6B;8B;8B") == "consistent"
    wrong_twice = one(claim="list", named="9B;9B", expected="6B")
    assert wrong_twice["note"] == (
        "9B, 9B published; names 9B, which does not belong; names 9B more than once; leaves out 6B"
    )
    assert verdict(claim="number of", number="six", named="a;b;c;d;e;f") == "consistent"
    assert one(claim="number of", number="four", named="a;b")["note"] == "four announced, 2 listed"
    assert verdict(claim="number of", number="four", named="a;b") == "inconsistent"
    twice = one(claim="number of", number=3, named="a;b; B")
    assert (twice["verdict"], twice["note"]) == ("inconsistent", "3 announced, 2 listed, B more than once")
    assert verdict(claim="number of", number=2, named="a;b;b") == "consistent"
    assert one(claim="number of", number="four", named="")["note"] == "four announced, and the list is not given"
    assert verdict(claim="number of", number="four", named="") == "cannot tell"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("132;132", "consistent"),
        ("over 110;132", "consistent"),
        ("over 132;in excess of 132", "consistent"),
        ("over 132;132", "inconsistent"),
        ("SE Area;se area", "consistent"),
        ("SE Area;NE Area", "inconsistent"),
    ],
)
def test_one_thing_printed_more_than_once(said, expected):
    assert verdict(claim="same", printed=said) == expected


@pytest.mark.parametrize(
    ("end", "duration", "expected"),
    [
        ("2007-04-27", "six months", "rounding"),
        ("2007-04-27", "seven months", "consistent"),
        ("2007-04-27", "five months", "inconsistent"),
        ("2007-04-27", "30 weeks", "consistent"),
        ("2007-04-27", "210 days", "consistent"),
        ("2009-09-28", "two years", "rounding"),
        ("2009-09-28", "three years", "consistent"),
    ],
)
def test_dates(end, duration, expected):
    assert verdict(claim="dates", start="2006-09-29", end=end, duration=duration) == expected


def test_one_year_is_one():
    row = one(claim="dates", start="2010-01-01", end="2011-01-01", duration="1 year")
    assert row["note"] == "2010-01-01 to 2011-01-01 is 1 year, printed as 1"
    row = one(claim="dates", start="2010-01-01", end="2012-01-01", duration="2 years")
    assert row["note"] == "2010-01-01 to 2012-01-01 is 2 years, printed as 2"


def test_six_months_are_six_point_nine():
    row = one(claim="dates", start="2006-09-29", end="2007-04-27", duration="six months")
    assert row["value"] == pytest.approx(6.9, abs=0.01)
    assert row["note"] == "2006-09-29 to 2007-04-27 is 6.9 months, printed as six, the number that were complete"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"claim": "words", "words": "most", "percent": 1}, "words: 'most' holds none of the fractions"),
        ({"claim": "change", "before": 1, "after": 2, "words": "moved"}, "words: 'moved' is none of risen"),
        ({"claim": "compare", "first": 1, "how": "beats", "second": 2}, "how: 'beats' is none of at least"),
        (
            {"claim": "dates", "start": "29/9/06", "end": "2007-04-27", "duration": "6 months"},
            "start: '29/9/06' is not",
        ),
        ({"claim": "dates", "start": "2008-01-01", "end": "2007-04-27", "duration": "6 months"}, "is before the start"),
        ({"claim": "dates", "start": "2006-01-01", "end": "2007-04-27", "duration": "soon"}, "'soon' is not such as"),
    ],
)
def test_bad_input(cells, message):
    with pytest.raises(ValueError, match=message):
        one(**cells)

"""Rows that are withheld say so, and nothing else of what they are about."""

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers

STAFF = {
    "met": [True] * 30 + [False] * 10 + [True] * 4 + [True] * 20,
    "team": ["A"] * 40 + ["B"] * 4 + ["C"] * 20,
    "site": ["x", "y"] * 32,
}


def said(**options):
    found = dr.gap(STAFF, outcome="met", positive=True, group="team", **options)
    texts = (shown := dr.minimum_group(found)).sentences()
    assert all(unsupported_numbers(text, shown) == [] for text in texts)
    return texts


def test_a_group_that_is_withheld():
    texts = said(reference="A")
    assert texts[0] == "Met for the B group: not shown, as too few answered."
    assert texts[1].startswith("Met was 100% for the C group against 75% for the A group")


def test_a_reference_that_is_withheld():
    assert said(reference="B") == [
        "Met for the A group: not compared, as too few of the B group answered.",
        "Met for the B group: not shown, as too few answered.",
        "Met for the C group: not compared, as too few of the B group answered.",
    ]


def test_how_much_areas_differ_is_said_once_not_to_be_shown():
    texts = said(reference="A", by="site")
    about = [text for text in texts if "how much this differs by site is not shown" in text]
    assert about == ["Met for the B group: how much this differs by site is not shown, as too few answered in some."]
    assert len(set(texts)) == len(texts) and any(text.startswith("The largest gap between the C") for text in texts)


def test_shares_that_are_withheld():
    survey = {"c": ["a;b"] * 30 + ["b"] * 6, "team": ["A"] * 30 + ["B"] * 6}
    texts = dr.minimum_group(dr.multiple_responses(survey, column="c", group="team")).sentences()
    assert "Share who chose a for the B group: not shown, as too few answered." in texts


def test_a_small_class_that_is_only_flagged_is_told_in_full():
    staff = {"grade": ["PC"] * 300 + ["Chief"] * 12, "answered": [True, False] * 156}
    texts = dr.weighting_classes(staff, classes="grade", responded="answered").sentences()
    assert not any("too few answered" in text for text in texts)


def test_the_largest_gap_or_change_is_not_told_where_it_may_be_that_of_a_handful():
    months = [f"20{10 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
    rows = [(month, area, group, (i + j) % 3 > 0) for i, month in enumerate(months) for j in range(4)
            for area in "AB" for group in ("Asian", "White")
            if (area, group) != ("A", "Asian") or (not j and i % 12 < 4)]  # fmt: skip
    data = dict(zip(("month", "borough", "group", "met"), map(list, zip(*rows, strict=True)), strict=True))
    asked = {"outcome": "met", "positive": True, "group": "group", "reference": "White", "by": "borough"}
    over = {"time": "month", "window": 12}
    for found in (
        dr.gap(data, **asked, where=[month < "2011" for month in data["month"]]),
        dr.rolling(data, **asked, **over),
    ):
        texts = found.sentences()
        assert any("too few people" in text for text in texts) and any("standard deviation" in text for text in texts)
        assert not any("largest" in text for text in texts)
    texts = dr.gap_change(data, **asked, **over).sentences()
    assert any("Of A no change can be given" in text for text in texts) and not any("largest" in t for t in texts)
    enough = {name: values * 3 for name, values in data.items()}
    assert any("largest change" in text for text in dr.gap_change(enough, **asked, **over).sentences())
    assert any("largest gap" in text for text in dr.rolling(enough, **asked, **over).sentences())

"""Percentages, gaps, ratios, products and totals: what is printed, what follows, and what cannot be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

VERDICT = ("value", "low", "high", "verdict")


def one(**cells):
    (row,) = dr.audit({name: [value] for name, value in cells.items()}).rows()
    return row


@pytest.mark.parametrize(
    ("cells", "value", "verdict", "note"),
    [
        ((71, 73, "97%"), 100 * 71 / 73, "consistent", "71 of 73 is 97.26%, printed as 97%"),
        ((22, 32, "67%"), 68.75, "inconsistent", "22 of 32 is 68.75%, not the 67% printed; 22 is 67% of 33"),
        ((5, 32, "67%"), 15.625, "inconsistent", "5 of 32 is 15.63%, not the 67% printed; 5 is 67% of no whole number"),
        (
            ("1,157,165", "8.1 million", "14.2%"), 100 * 1157165 / 8.1e6, "rounding",
            "1,157,165 of 8.1 million is 14.29%, printed as 14.2%: the rounding of the figures allows 14.2% to 14.37%",
        ),
        ((40, 32, "125%"), 125, "inconsistent", "40 of 32 is 125%: more than the whole, printed as 125%"),
        ((27, 32, ""), 84.375, "derivable", "27 of 32 is 84.38%, which is printed nowhere"),
        ((3, 0, "10%"), np.nan, "inconsistent", "3 of 0: of a base of 0 there is no percentage"),
        (("", 18, "67%"), 12.06, "derivable", "67% of 18 is 12"),
        (("", 17, "83%"), 14.11, "inconsistent", "83% of 17: no whole count makes it; the nearest is 14, 82.35%"),
        ((24, "", "75%"), 32, "derivable", "24 as 75% needs a base of 32"),
        ((1, "", "67%"), 100 / 67, "inconsistent", "1 as 67%: no whole base makes it"),
        ((0, "", "0%"), np.nan, "derivable", "0 as 0% says nothing of the base"),
        (("over 110", "", "over 33%"), 110 / 0.33, "derivable", None),
        (("8.1 million", "", "13%"), 8.1e8 / 13, "derivable", None),
        (("", "8.1 million", "13%"), 1053000, "derivable", None),
    ],
)  # fmt: skip
def test_percentages(cells, value, verdict, note):
    count, of, percent = cells
    row = one(claim="percent", count=count, of=of, percent=percent)
    assert row["verdict"] == verdict
    assert row["value"] == pytest.approx(value, nan_ok=True)
    assert note is None or row["note"] == note


@given(st.integers(1, 500), st.data(), st.integers(0, 2))
def test_a_percentage_that_was_computed_is_consistent(of, data, decimals):
    count = data.draw(st.integers(0, of))
    row = one(claim="percent", count=count, of=of, percent=f"{round(100 * count / of, decimals):.{decimals}f}%")
    assert row["verdict"] == "consistent"


@pytest.mark.parametrize(
    ("gap", "verdict"), [(7, "consistent"), (6, "rounding"), (8, "rounding"), (5, "inconsistent"), (9, "inconsistent")]
)
def test_a_published_gap_of_7_may_be_6_to_8(gap, verdict):
    row = one(claim="gap", first="81%", second="74%", gap=f"{gap}%")
    assert tuple(row[name] for name in VERDICT) == (7, 6, 8, verdict)


@given(*[st.tuples(st.integers(0, 999), st.integers(1, 1000)).filter(lambda pair: pair[0] <= pair[1])] * 2)
def test_the_bounds_of_a_gap_hold_the_truth(first, second):
    a, b = (100 * x / n for x, n in (first, second))
    row = one(claim="gap", first=f"{a:.0f}%", second=f"{b:.0f}%", gap=f"{a - b:.0f}%")
    assert row["low"] <= a - b <= row["high"]
    assert row["verdict"] in ("consistent", "rounding")


def test_a_gap_of_counts_is_exact():
    assert one(claim="gap", first=22, second=4, gap=18)["verdict"] == "consistent"
    assert one(claim="gap", first=22, second=4, gap=17)["verdict"] == "inconsistent"


@pytest.mark.parametrize(
    ("terms", "value"),
    [
        ({"first": "79%", "gap": "1%"}, 78),
        ({"second": "78%", "gap": "1%"}, 79),
        ({"first": "86%", "second": "34%"}, 52),
    ],
)
def test_what_follows_from_a_gap(terms, value):
    row = one(claim="gap", **{"first": "", "second": "", "gap": ""} | terms)
    assert (row["value"], row["low"], row["high"], row["verdict"]) == (value, value - 1, value + 1, "derivable")


def test_products_and_ratios():
    assert one(claim="product", per=640, units=32, total="20,480")["verdict"] == "consistent"
    assert one(claim="product", per=640, units=33, total="20,480")["verdict"] == "inconsistent"
    assert one(claim="product", per="", units="4,460", total="330,716")["value"] == pytest.approx(74.152, abs=1e-3)
    assert one(claim="product", per=8, units="", total=80)["value"] == 10
    assert one(claim="product", per="", units=0, total=80)["verdict"] == "inconsistent"
    assert one(claim="product", per="at least 30,000", units=29, total="")["note"].startswith(
        "at least 30,000 times 29"
    )
    assert one(claim="ratio", first="£45,000", second="£12,000")["value"] == 3.75
    assert one(claim="ratio", first=45, second=12, ratio="3.8")["verdict"] == "consistent"
    assert one(claim="ratio", first=45, second=12, ratio="3.9")["verdict"] == "inconsistent"
    assert one(claim="ratio", first=45, second=0, ratio="")["verdict"] == "inconsistent"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"claim": "percent", "count": -5, "of": 10, "percent": "50%"}, "count: -5 is negative"),
        ({"claim": "percent", "count": 5, "of": 10, "percent": "-50%"}, "percent: -50% is negative"),
        ({"claim": "product", "per": -5, "units": 10, "total": 50}, "per: -5 is negative"),
        ({"claim": "ratio", "first": 5, "second": -1, "ratio": 5}, "second: -1 is negative"),
    ],
)
def test_what_is_counted_is_not_negative(cells, message):
    with pytest.raises(ValueError, match=message):
        one(**cells)


FIGURES = st.sampled_from([
    "0", "0%", "5", "5%", "100%", "150%", "over 5", "under 3", "at least 0", "about 0", "8.1 million", "-3", "0.25", "",
])  # fmt: skip


@given(st.sampled_from(["percent", "gap", "ratio", "product"]), FIGURES, FIGURES, FIGURES)
def test_whatever_is_printed_the_range_is_one(kind, one_, two, three):
    terms = {"percent": ("count", "of", "percent"), "gap": ("first", "second", "gap"),
             "ratio": ("first", "second", "ratio"), "product": ("per", "units", "total")}[kind]  # fmt: skip
    found = dr.audit(
        {"claim": [kind], **{term: [text] for term, text in zip(terms, (one_, two, three), strict=True)}}, strict=False
    )
    (row,) = found.rows()
    assert not row["low"] > row["high"]
    assert row["note"]


def test_totals():
    assert one(claim="sum", parts="1;1;8;7", total=17)["verdict"] == "consistent"
    row = one(claim="sum", parts="1;1;8;7", total=18)
    assert (row["value"], row["reference_value"], row["verdict"]) == (17, 18, "inconsistent")
    assert one(claim="sum", parts="8.1 million;1.2 million", total="9.4 million")["verdict"] == "rounding"
    assert one(claim="sum", parts="31,000;13,000;2,600", total="")["verdict"] == "derivable"


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [("50;30;20", "consistent"), ("33;33;33", "rounding"), ("34;33;34", "rounding"), ("50;30;10", "inconsistent")],
)
def test_an_exhaustive_list_adds_up_to_100(parts, verdict):
    assert one(claim="whole", parts=parts)["verdict"] == verdict


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(sum))
def test_rounded_shares_of_a_whole_raise_no_alarm(counts):
    parts = ";".join(f"{100 * count / sum(counts):.0f}" for count in counts)
    assert one(claim="whole", parts=parts)["verdict"] in ("consistent", "rounding")


@pytest.mark.parametrize(
    ("parts", "verdict"), [("40;21;16", "consistent"), ("50;51", "rounding"), ("60;50", "inconsistent")]
)
def test_shares_of_one_whole_are_together_no_more(parts, verdict):
    row = one(claim="shares", parts=parts)
    assert row["verdict"] == verdict
    if verdict == "consistent":
        assert row["note"] == "the 3 percentages add up to 77%, which leaves 23% for all others"


@pytest.mark.parametrize("parts", ["50%;-50%;100%", "-3%;4%", "101%", "100.5%;-0.5%"])
@pytest.mark.parametrize("claim", ["whole", "shares"])
def test_no_part_of_a_whole_is_below_nothing_or_above_all_of_it(claim, parts):
    row = one(claim=claim, parts=parts)
    assert row["verdict"] == "inconsistent"
    assert "% of a whole is not between 0% and 100%" in row["note"]


def test_more_than_the_whole_is_inconsistent_with_and_without_a_percentage():
    assert one(claim="percent", count=25, of=24)["note"] == "25 of 24 is 104.17%: more than the whole"
    assert one(claim="percent", count=25, of=24)["verdict"] == "inconsistent"
    assert one(claim="percent", count=24, of=24)["verdict"] == "derivable"
    assert one(claim="percent", count="about 30", of=28)["verdict"] == "derivable"  # 25 to 35

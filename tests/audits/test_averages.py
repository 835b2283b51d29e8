"""Averages: possible given their parts, exact where sizes are known; and the shares that an overall figure implies."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

groups = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


def one(**cells):
    (row,) = dr.audit({name: [value] for name, value in cells.items()}).rows()
    return row


@given(groups)
def test_averages_of_counts_raise_no_alarm(pairs):
    percents = [100 * x / n for x, n in pairs]
    parts = ";".join(f"{p:.0f}%" for p in percents)
    sizes = ";".join(str(n) for _, n in pairs)
    pooled = 100 * sum(x for x, _ in pairs) / sum(n for _, n in pairs)
    for average in (pooled, sum(percents) / len(percents), median(percents)):
        row = one(claim="average", parts=parts, sizes=sizes, average=f"{average:.0f}%")
        assert row["verdict"] in ("consistent", "rounding")
    assert row["low"] - 1e-9 <= pooled <= row["high"] + 1e-9
    assert one(claim="average", parts=parts, average=f"{pooled:.0f}%")["verdict"] != "inconsistent"


def test_the_average_of_32_boroughs():
    table = dr.data.load("borough_answers")
    parts = ";".join(f"{p}%" for p in table["stated_percent"])
    known = one(claim="average", parts=parts, sizes=18, average="88%")
    assert (known["verdict"], known["value"]) == ("inconsistent", 77.90625)
    assert "mean 77.91%, median 80.5%, pooled figure 77.91%; none of them is the printed figure" in known["note"]
    unknown = one(claim="average", parts=parts, average="88%")
    assert unknown["verdict"] == "cannot tell"
    assert (unknown["low"], unknown["high"]) == (49.5, 100.5)
    assert one(claim="average", parts=parts, average="")["verdict"] == "derivable"
    assert one(claim="average", parts=parts, average="30%")["note"].endswith(
        "no weights can make it, since the parts lie within 49.5 to 100.5"
    )


@pytest.mark.parametrize(
    ("sizes", "message"),
    [("1;2", "sizes: 2 sizes of 3 parts"), ("0;0;0", "all are 0"), ("-1;2;3", "a size is negative")],
)
def test_sizes_that_cannot_be(sizes, message):
    with pytest.raises(ValueError, match=message):
        one(claim="average", parts="1;2;3", sizes=sizes, average=2)


def test_the_share_of_the_first_group():
    row = one(claim="mixture", overall="79%", first="81%", second="74%")
    assert row["verdict"] == "consistent"
    assert (row["value"], row["low"], row["high"]) == pytest.approx((500 / 7, 400 / 7, 600 / 7))
    assert row["note"].endswith("the first group is about 71% of all, between 57% and 86%")
    turned = one(claim="mixture", overall="79%", first="74%", second="81%")
    assert (turned["low"], turned["high"]) == pytest.approx((100 / 7, 300 / 7))


@pytest.mark.parametrize(("share", "verdict"), [("71%", "consistent"), ("60%", "rounding"), ("50%", "inconsistent")])
def test_a_share_that_is_printed(share, verdict):
    assert one(claim="mixture", overall="79%", first="81%", second="74%", share=share)["verdict"] == verdict


def test_an_overall_figure_lies_between_its_groups():
    assert one(claim="mixture", overall="85%", first="81%", second="74%")["verdict"] == "inconsistent"
    assert one(claim="mixture", overall="82%", first="81%", second="74%")["verdict"] == "consistent"
    row = one(claim="mixture", overall="79%", first="79%", second="80%")
    assert row["verdict"] == "cannot tell" and "may be equal" in row["note"]


@given(st.integers(1, 99), st.integers(1, 300), st.integers(1, 300), st.integers(0, 300), st.integers(0, 300))
def test_the_implied_share_holds_the_truth(_, n1, n2, x1, x2):
    x1, x2 = min(x1, n1), min(x2, n2)
    a, b, overall = 100 * x1 / n1, 100 * x2 / n2, 100 * (x1 + x2) / (n1 + n2)
    row = one(claim="mixture", overall=f"{overall:.0f}%", first=f"{a:.0f}%", second=f"{b:.0f}%")
    assert row["verdict"] in ("consistent", "cannot tell")
    if row["verdict"] == "consistent":
        assert row["low"] - 1e-9 <= 100 * n1 / (n1 + n2) <= row["high"] + 1e-9

"""Tables of ratios, of several confidence levels and of simultaneous limits, as text and as HTML."""

import math

import pytest

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.readings import remade
from dueregard.publish.tables.tables import html_table, text_table

NAN = float("nan")
ROW = {
    "measure": "share satisfied", "characteristic": "ethnic_group", "group": "Asian", "row_type": "group",
    "count": 204, "nobs": 400, "value": 51.0, "reference": "White", "reference_count": 330, "reference_nobs": 600,
    "reference_value": 55.0, "estimate": 0.9273, "unit_of_measure": "ratio", "confidence_level": 0.95, "low": 0.888,
    "high": 0.968, "pvalue": 0.001, "verdict": "lower",
}  # fmt: skip
TOO_FEW = "too few to tell: 1.9 times the present numbers needed"


def found(*changes, **options):
    rows = [ROW | change for change in changes]
    names = dict.fromkeys(name for row in rows for name in row)
    return Findings({name: [row.get(name) for row in rows] for name in names}, **options)


def table(findings, pages, **options):
    """The rows of the HTML table, as dicts by heading."""
    element = next(pages.read(html_table(findings, **options)).all("table"))
    pages.sound(element)
    head, *body = [[cell.text for cell in row.children] for row in element.all("tr")]
    return [dict(zip(head, row, strict=True)) for row in body]


SURVEY = {"outcome": "satisfaction", "positive": ["Very satisfied", "Completely satisfied"], "group": "ethnic_group"}


@pytest.fixture(scope="module")
def by_borough():
    ask = SURVEY | {"reference": "White", "by": "borough", "name": "share satisfied"}
    return dr.gap(dr.data.example("satisfaction"), **ask, measure="ratio", confidence_level=(0.95, 0.998))


def test_ratios_have_their_own_heading_and_two_decimals(pages):
    (row,) = table(found({}), pages)
    assert (row["Ratio"], row["95% low"], row["95% high"]) == ("0.93", "0.89", "0.97")
    assert (row["Value (%)"], row["White (%)"]) == ("51.0", "55.0")
    (odds,) = table(found({"unit_of_measure": "odds ratio"}), pages)
    assert odds["Odds ratio"] == "0.93" and "Difference" not in " ".join(odds)


@pytest.mark.parametrize(
    ("value", "written"),
    [(12.345, "12.3"), (1234.5, "1,234"), (0.0123, "0.012"), (0.0, "0"), (math.inf, "infinite"), (0.9996, "0.9996")],
)
def test_limits_are_written_with_three_figures(value, written, pages):
    assert table(found({"high": value}), pages)[0]["95% high"] == written


def test_an_estimate_next_to_1_is_1_and_its_limit_is_not(pages):
    (row,) = table(found({"estimate": 1.003, "low": 1.001, "high": 1.2}), pages)
    assert (row["Ratio"], row["95% low"]) == ("1.00", "1.001")


def test_undefined_ratios_and_references_have_their_signs(pages):
    undefined = {"estimate": NAN, "low": 0.0, "high": math.inf}
    reference = {"group": "White", "row_type": "reference", "estimate": NAN, "low": NAN, "high": NAN}
    _, first, second = table(found({"group": "Black"}, undefined, reference), pages)
    assert [first[name] for name in ("Ratio", "95% low", "95% high")] == ["[x]", "0", "infinite"]
    assert [second[name] for name in ("Ratio", "95% low", "95% high")] == ["[z]"] * 3


def test_an_interval_at_odds_with_its_verdict_leaves_out_1():
    odd = found({"verdict": TOO_FEW})
    assert "can leave out 1 and its verdict" in html_table(odd) and "leave out 0" not in html_table(odd)
    assert "can leave out" not in html_table(found({"verdict": TOO_FEW, "high": 1.02}))
    assert "rounded from exact figures" not in html_table(found({"estimate": 0.9}))


def test_factors_are_marked_and_explained(pages):
    spread = {
        "row_type": "variation", "unit_of_measure": "factor", "estimate": 1.12, "low": 1.0, "high": 1.25,
        "confidence_level": 0.9, "value": NAN, "verdict": None, "method": "between-area standard deviation",
    }  # fmt: skip
    made = found({"borough": None}, spread | {"borough": None}, by=["borough"])
    row = table(made, pages)[1]
    assert (row["Borough"], row["Ratio"], row["95% high"]) == ("Spread of areas", "\xd71.12", "\xd71.25")
    assert "is a factor either way" in html_table(made) and "a 90% one" in html_table(made)
    assert "is a factor" not in html_table(found({}))


def test_every_level_is_a_pair_of_columns_and_no_row_stands_twice(by_borough, pages):
    rows = table(by_borough, pages)
    assert list(rows[0])[4:] == [
        "Value (%)", "White (%)", "Ratio", "95% low", "95% high", "99.8% low", "99.8% high", "95% verdict",
        "99.8% verdict", "Notes",
    ]  # fmt: skip
    names = [(row["Borough"], row["Group"]) for row in rows]
    assert len(set(names)) == len(names) < len(by_borough)
    shown = [row for row in by_borough.rows() if row["borough"] is None and row["row_type"] == "group"]
    long = {(row["group"], row["confidence_level"]): row for row in shown}
    asian = rows[0]
    assert asian["Group"] == "Asian"
    assert [asian[f"{level}% {end}"] for level in ("95", "99.8") for end in ("low", "high")] == [
        f"{long['Asian', level][end]:.2f}" for level in (0.95, 0.998) for end in ("low", "high")
    ]
    assert "The intervals of the spread are, in this order, of 90% and 99.6%." in html_table(by_borough)


def test_levels_as_rows_where_the_column_of_levels_is_asked_for(pages):
    both = found({}, {"confidence_level": 0.998, "low": 0.86, "high": 0.99})
    assert len(table(both, pages)) == 1
    rows = table(both, pages, columns=["group", "confidence_level", "low"])
    assert [row["Low"] for row in rows] == ["0.89", "0.86"]


def test_text_of_several_levels_at_80_columns(by_borough):
    lines = text_table(by_borough).split("\n")
    assert max(map(len, lines)) <= 80
    heads = " ".join(" ".join(lines[:2]).split())
    assert heads == "Value White 95% 95% 99.8% 99.8% Borough Group % % Ratio low high low high"
    assert [line.split()[:2] for line in lines].count(["Brent", "Asian"]) == 1
    brent = next(line.split() for line in lines if line.startswith("Brent") and "Asian" in line)
    rows = by_borough.filter(borough="Brent", group="Asian")
    ends = [f"{end:.2f}" for pair in zip(rows["low"], rows["high"], strict=True) for end in pair]
    assert brent[4:] == [f"{rows['estimate'][0]:.2f}", *ends]
    assert "Ratio: 1 is no difference" in lines and any(line.startswith("Not shown:") for line in lines)


def test_a_narrow_table_keeps_pairs_of_limits(by_borough):
    for width in range(30, 120, 7):
        head = " ".join(text_table(by_borough.filter(borough="Brent"), width=width).split("─")[0].split())
        assert head.count("low") == head.count("high")


def test_what_does_not_matter_is_a_range(by_borough):
    one = remade(by_borough, [row for row in by_borough.rows() if row["confidence_level"] in (0.95, 0.9)])
    assert "no gap, small: within the range 0.8 to 1.25 taken as not mattering" in " ".join(text_table(one).split("\n"))
    assert "Ratio: 1 is no difference; Low, high: 95% interval;" in text_table(one)


def test_simultaneous_limits_are_named(pages):
    wide = found({"simultaneous_low": 0.87, "simultaneous_high": 0.985})
    (row,) = table(wide, pages)
    assert (row["95% simultaneous low"], row["95% simultaneous high"]) == ("0.87", "0.98")
    assert "Simultaneous limits hold for all the comparisons made at once." in html_table(wide)
    assert "Simultaneous" not in html_table(found({}))
    assert "95% simultaneous low" in text_table(wide, width=70).split("Not shown:")[1]

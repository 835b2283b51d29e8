"""Tables: sound HTML, text that fits, and the shorthand for what is not a number."""

import math
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.publish.readings import remade
from dueregard.publish.tables.tables import html_table, text_table

NASTY = (
    "<script>alert(1)</script>",
    'a "quoted" & label',
    "$x$ | *b*",
    "\x00\x1b[31m",
    "Ω 漢字",
    "",
    "c0",
    "Barking &\xa0Dagenham",
    "\u202eturned",
)

SHOWN = {"\x00\x1b[31m": "\ufffd\ufffd[31m", "": "not stated", "Barking &\xa0Dagenham": "Barking & Dagenham"}
SHOWN["\u202eturned"] = "\ufffdturned"


def table_of(html, pages):
    return next(pages.read(html).all("table"))


def cells(html, pages):
    return [[cell.text for cell in row.children] for row in table_of(html, pages).all("tr")]


def test_tables_are_sound(gaps, scores, shares, pages):
    for findings in (gaps, scores, shares):
        pages.sound(table_of(html_table(findings, caption="What it shows"), pages))


def test_a_table_says_its_units_and_its_numbers(gaps, pages):
    head, everywhere, first, *_ = cells(html_table(gaps), pages)
    row = dict(zip(head, first, strict=True))
    assert head[:2] == ["Borough", "Group"]
    assert dict(zip(head, everywhere, strict=True))["Borough"] == "All areas"
    assert row["White (%)"] == "81.0"
    assert row["Difference (percentage points)"] == "\N{MINUS SIGN}7.1"
    assert row["95% low (points)"] == "\N{MINUS SIGN}8.7"


def test_the_region_can_be_reached_and_has_a_name(gaps, pages):
    document = pages.read(html_table(gaps, caption="Gaps"))
    region = next(document.all("div", "dueregard"))
    caption = next(region.all("caption"))
    assert region.attributes["tabindex"] == "0" and region.attributes["role"] == "region"
    assert region.attributes["aria-labelledby"] == caption.attributes["id"]
    assert caption.text == "Gaps"


def test_two_tables_on_a_page_share_no_id(gaps, pages):
    both = html_table(gaps, caption="Gaps", key="a") + html_table(gaps, caption="Gaps", key="b")
    found = pages.ids(pages.read(both))
    assert len(found) == len(set(found)) == 2


def test_every_output_says_what_it_is(gaps):
    for said in (html_table(gaps), text_table(gaps)):
        assert "Internal: not checked for disclosure" in said
        assert "Synthetic: for tests" in said


@pytest.mark.parametrize("label", NASTY)
def test_labels_are_text_and_nothing_else(label, pages):
    findings = Findings({"group": [label, "B"], "value": [1.0, 2.0]})
    html = html_table(findings, caption=label or "None")
    shown = [row[0] for row in cells(html, pages)[1:]]
    assert shown[0] == SHOWN.get(label, label)
    assert "<script" not in html and "\x1b" not in text_table(findings)


def test_shorthand_instead_of_blanks(pages):
    findings = Findings(
        {
            "group": ["A", "B", "not stated", "D"],
            "row_type": ["group", "reference", "group", "group"],
            "value": [0.04, 50.0, 40.0, math.nan],
            "estimate": [-49.96, math.nan, math.nan, math.nan],
            "nobs": [12, 1200, 30, None],
            "flag": [Flag.SMALL_BASE, 0, 0, Flag.NO_CASES],
        }
    )
    html = html_table(findings, ["group", "nobs", "value", "estimate", "flag"])
    assert cells(html, pages)[1:] == [
        ["A", "12", "[low] [u]", "\N{MINUS SIGN}50.0 [u]", "fewer than 30 cases"],
        ["B", "1,200", "50.0", "[z]", "none"],
        ["not stated", "30", "40.0", "[z]", "none"],
        ["D", "[x]", "[x]", "[x]", "no cases"],
    ]
    notes = next(pages.read(html).all("ul", "notes")).text
    assert all(f"[{short}]" in notes for short in "xzu") and "[low]" in notes


@pytest.mark.parametrize(
    ("value", "written"),
    [(-0.04, "0.0"), (0.0, "0.0"), (1234.56, "1,234.6"), (math.inf, "infinite"), (-math.inf, "\N{MINUS SIGN}infinite")],
)
def test_numbers_are_written_one_way(value, written, pages):
    findings = Findings({"group": ["A"], "estimate": [value]})
    assert cells(html_table(findings, ["group", "estimate"]), pages)[1][1] == written


def test_pvalues_are_not_rounded_to_zero(pages):
    findings = Findings({"group": ["A", "B"], "pvalue": [0.0000004, 0.04]})
    assert [row[1] for row in cells(html_table(findings, ["group", "pvalue"]), pages)[1:]] == ["under 0.001", "0.040"]


def test_a_column_that_does_not_exist_is_refused(gaps):
    for make in (html_table, text_table):
        with pytest.raises(ValueError, match="columns: no column 'estimat' among"):
            make(gaps, columns=["group", "estimat"])


def test_no_rows_is_a_table_of_headings(pages):
    empty = Findings({"group": [], "value": []})
    assert len(cells(html_table(empty), pages)) == 1
    assert "Internal" in text_table(empty)


def test_a_long_title_is_broken_into_lines():
    findings = Findings({"group": ["A"], "value": [1.0]}, title="A title that goes on and on " * 5 + "\x1b[2J")
    lines = text_table(findings, width=40).split("\n")
    assert lines[0].startswith("A title") and max(map(len, lines)) <= 40
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_text_fits_and_keeps_the_names_of_rows(gaps, scores, shares, width):
    for findings in (gaps, scores, shares):
        lines = text_table(findings, width=width).split("\n")
        assert max(map(len, lines)) <= width
    text = text_table(scores, width=max(width, 24))
    assert all(word in text.split() for word in ("Kensington", "&", "Chelsea"))


@pytest.mark.parametrize("width", [40, 80])
def test_long_names_leave_room_for_numbers(width):
    """The names of ethnic groups in a census are that long."""
    names = ["White: English, Welsh, Scottish, Northern Irish or British", "Asian or Asian British: Indian"]
    found = Findings(
        {
            "group": names,
            "row_type": ["reference", "group"],
            "area": ["Kensington and Chelsea"] * 2,
            "nobs": [900, 100],
            "value": [81.0, 74.0],
            "reference_value": [float("nan"), 81.0],
            "estimate": [float("nan"), -7.0],
            "low": [float("nan"), -16.1],
            "high": [float("nan"), 1.2],
        },
        by="area",
    )
    text = text_table(found, width=width)
    assert max(map(len, text.split("\n"))) <= width and "-7.0" in text and "-16.1" in text
    for word in " ".join([names[1], "Kensington and Chelsea"]).split():
        assert word in text


def test_text_at_80_columns_shows_the_gap_with_its_interval(gaps):
    text = text_table(gaps)
    head = " ".join(" ".join(text.split("\n")[:2]).split())
    for word in ("Borough", "Minority ethnic %", "White", "Difference", "Low", "High", "Verdict"):
        assert word in head

    line = next(line for line in text.split("\n") if line.startswith("Barking")).split()
    assert line == ["Barking", "&", "Dagenham", "63.8", "81.0", "-17.2", "-25.8", "-8.6", "lower"]
    assert "too few\n" in text and "too few to tell:" not in text
    assert "Differences in percentage points; Low, high: 95% interval" in text


def test_several_groups_and_their_verdicts_fit_too(make_gaps):
    text = text_table(make_gaps(("Asian", "Mixed")))
    assert " ".join(text.split("\n")[0].split()) == "Borough Group Value % White % Difference Low High Verdict"
    assert "5 rows that are compared with nobody" in text and "[z]" not in text


def test_what_does_not_fit_is_named(gaps):
    assert "Not shown: Number, Base, 5 rows that are compared with nobody" in text_table(gaps)
    assert "Verdict" in text_table(gaps, width=40).split("Not shown:")[1]
    assert "Not shown" not in text_table(gaps, width=200) and "[z]" in text_table(gaps, width=200)


def test_a_table_is_as_wide_as_the_terminal(gaps, monkeypatch):
    assert max(map(len, repr(gaps).split("\n"))) <= 80
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((200, 24)))
    assert "Not shown" not in repr(gaps) and max(map(len, repr(gaps).split("\n"))) > 100


def test_a_table_as_text_is_given_back_and_not_printed_in_a_notebook_too(gaps, monkeypatch, capsys):
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr("rich.jupyter.display", lambda *_: pytest.fail("rich displayed the table by itself"))
    assert "Barking & Dagenham" in repr(gaps)
    assert capsys.readouterr().out == ""


def test_an_interval_at_odds_with_its_verdict_is_explained(gaps):
    rows = [row | {"high": -1.0} if row["verdict"] and "too few" in row["verdict"] else row for row in gaps.rows()]
    odd = remade(gaps, rows)
    for make in (html_table, text_table):
        assert "each verdict allows for all the comparisons" in make(odd)
        assert "each verdict allows" not in make(gaps)


@pytest.mark.parametrize(("estimate", "said"), [(-6.9, False), (-7.0, True), (-20.0, False)])
def test_rounding_is_explained_where_it_shows(estimate, said):
    found = Findings({"group": ["A"], "value": [74.1], "reference_value": [81.0], "estimate": [estimate]})
    assert ("Differences are rounded from exact figures." in html_table(found)) == said


def test_rows_for_all_areas_stand_out(make_gaps, pages):
    rows = list(table_of(html_table(make_gaps(("Asian", "Mixed"))), pages).all("tr"))
    bold = [row.children[0].text == "All areas" for row in rows]
    assert [row.attributes.get("class") == "all" for row in rows] == bold and sum(bold) == 3


def test_text_wraps_in_a_notebook_and_numbers_do_not(gaps):
    html = html_table(gaps)
    assert "td{text-align:left;white-space:normal" in html and "td.n{white-space:nowrap}" in html


def test_a_saved_page_has_a_style_and_its_marks(gaps, tmp_path, pages):
    page = gaps.save(tmp_path / "x.html").read_text(encoding="utf-8")
    document = pages.read(page.removeprefix("<!DOCTYPE html>\n"))
    marks = [mark.text for mark in document.all("p", "notice")]
    assert marks == ["Internal: not checked for disclosure", "Synthetic: for tests"]
    assert "font:" in next(document.all("style")).text and "viewport" in page
    pages.sound(next(document.all("table")))
    assert len(list(document.all("h1"))) == 1


def test_numbers_stand_under_each_other(shares):
    rows = [line for line in text_table(shares).split("\n") if line.startswith(("Asian", "Black", "White"))]
    points = [[i for i, c in enumerate(row) if c == "."] for row in rows]
    assert len(rows) == 3 and points[0] == points[1] == points[2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=5, unique=True),
    st.floats(allow_nan=True, allow_infinity=True, width=32),
    st.integers(24, 100),
)
def test_any_label_and_number_fits(labels, value, width):
    from rich.cells import cell_len

    findings = Findings({"group": labels, "value": [value] * len(labels), "estimate": [value] * len(labels)})
    lines = text_table(findings, width=width).split("\n")
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [0, 19])
def test_a_width_for_nobody_is_refused(gaps, width):
    with pytest.raises(ValueError, match=f"width: {width} characters is too narrow"):
        text_table(gaps, width=width)


def test_without_great_tables_the_extra_is_named():
    code = (
        "import sys; sys.modules['great_tables'] = None\n"
        "from dueregard.findings import Findings; from dueregard.publish.tables.tables import html_table\n"
        "try: html_table(Findings({'group': ['A'], 'value': [5.0]}))\n"
        "except ModuleNotFoundError as error: assert 'dueregard[report]' in str(error)\n"
        "else: raise SystemExit('no error')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_level_of_intervals_is_said_and_that_of_the_spread_apart(gaps, pages):
    spread = {"row_type": "variation", "group": "Minority ethnic", "estimate": 2.0, "low": 0.0, "high": 4.0}
    spread |= {"method": "between-area standard deviation", "confidence_level": 0.9}
    html = html_table(remade(gaps, [*gaps.rows(), spread]))
    assert "95% low (points)" in cells(html, pages)[0]
    assert "The interval of the spread is a 90% one." in html and "spread" not in html_table(gaps)

"""Tables of surveys, trends and ranks: what their columns are called, what fits 80 characters, what stands below."""

import re

import pytest

import dueregard as dr
from dueregard.kinds import MEASURES
from dueregard.publish.sentences.sentences import ROWS, WHOLE
from dueregard.publish.tables.planned import TABLES, planned
from dueregard.publish.tables.tables import html_table, text_table

N = 240
SURVEY = {
    "hours": [8 + i % 7 + (i % 2) for i in range(N)],
    "answer": [("Yes", "No", "Perhaps")[(i % 3 if i % 2 else i % 2)] for i in range(N)],
    "sex": ["Female" if i % 2 else "Male" for i in range(N)],
    "ward": [f"W{i // 20}" for i in range(N)],
    "borough": ["Barnet" if i < N // 2 else "Brent" for i in range(N)],
    "weight": [1.0 + i % 3 for i in range(N)],
}
DESIGN = dr.survey_design(weight="weight", psu="ward", stratum="borough")
MONTHS = [f"20{10 + i // 12}-{i % 12 + 1:02}" for i in range(24)]
RECORDS = [
    (month, borough, group, i < (3 if month > "2010-12" and borough == "Barnet" and group == "Asian" else 6))
    for month in MONTHS
    for borough in ("Barnet", "Brent")
    for group in ("Asian", "White")
    for i in range(10)
]
SERIES = dict(zip(("month", "borough", "group", "met"), map(list, zip(*RECORDS, strict=True)), strict=True))
ASKED = {"outcome": "met", "positive": True, "time": "month", "window": 12, "name": "satisfied"}
GROUPS = {"group": "group", "reference": "White"}
TABLE = {"borough": ["A", "B", "C", "D"], "met": [300, 320, 250, 340], "asked": [400] * 4}
ALIKE = TABLE | {"met": [30, 32, 29, 31], "asked": [40] * 4}
RANKED = {"by": "borough", "count": "met", "nobs": "asked", "higher_is_better": True, "name": "satisfied"}
CONCERNS = {
    "concerns": ["Burglary; Drugs"] * 40 + ["Burglary"] * 30 + ["Drugs"] * 30 + ["Litter"] * 20,
    "sex": ["Female", "Male"] * 60,
    "site": ["North"] * 60 + ["South"] * 60,
}
STAFF = {
    "outcome": ["complete"] * 330 + ["no answer"] * 170 + ["complete"] * 40 + ["no answer"] * 60,
    "grade": ["PC"] * 500 + ["Sergeant"] * 100,
    "site": ["North", "South"] * 300,
}
SILENT = {
    "ok": [True] * 74 + [False] * 26 + [None] * 50 + [True] * 162 + [False] * 38,
    "g": ["A"] * 150 + ["B"] * 200,
}
GAP = {"p1": 0.74, "p2": 0.81, "share": 0.29, "groups": ("Minority ethnic", "White")}
SURVEY_KINDS = (
    "survey estimates", "survey tests", "rolling", "rolling rates", "gap change", "change", "ranks", "response rates",
    "weighting classes", "multiple responses", "unanswered bounds", "precision",
)  # fmt: skip


def gaps(**options):
    return dr.gap_change(SERIES, **ASKED, **GROUPS, by="borough", **options)


def designed():
    return dr.gap(SURVEY, outcome="answer", positive="Yes", group="sex", reference="Male", by="borough", design=DESIGN)


MADE = {
    "gap": designed,
    "survey estimates": lambda: dr.survey_estimate(SURVEY, design=DESIGN, value="hours", by="borough"),
    "survey tests": lambda: dr.survey_test(SURVEY, design=DESIGN, outcome="answer", group="sex", by="borough"),
    "rolling": lambda: dr.rolling(SERIES, **ASKED, breaks=dr.Break("2011-01", "mode")),
    "rolling rates": lambda: dr.rolling_rates(
        {"month": ["2010-04"] * 30 + ["2010-05"] * 20}, 50_000, time="month", window=1, name="complaints"
    ),
    "gap change": lambda: gaps(),
    "change": lambda: dr.change(SERIES, **ASKED, by="borough"),
    "ranks": lambda: dr.rank(TABLE, **RANKED),
    "response rates": lambda: dr.survey_response(STAFF, disposition="outcome", group="grade", by="site"),
    "weighting classes": lambda: dr.weighting_classes(STAFF, classes="grade", responded="outcome"),
    "multiple responses": lambda: dr.multiple_responses(CONCERNS, column="concerns"),
    "unanswered bounds": lambda: dr.bound_nonresponse(SILENT, outcome="ok", positive=True, group="g", reference="B"),
    "precision": lambda: dr.precision({"a force": 20_480, "a borough": 640}, **GAP),
}  # fmt: skip


def lines(findings):
    return text_table(findings, width=80).split("\n")


def headings(findings):
    return [column.heading for column in planned(findings).columns]


@pytest.mark.parametrize("kind", SURVEY_KINDS)
def test_every_kind_of_a_survey_has_words(kind):
    assert kind in MEASURES and (kind in WHOLE or kind in ROWS)


@pytest.mark.parametrize("kind", MADE)
def test_tables_fit_80_characters_and_have_no_blank_cells(kind):
    findings = MADE[kind]()
    assert findings.kind == kind
    assert max(map(len, lines(findings))) <= 80
    html = html_table(findings)
    assert 'scope="row"' in html and "<td></td>" not in html and ">nan<" not in html and ">None<" not in html


@pytest.mark.parametrize("width", [20, 60, 200])
@pytest.mark.parametrize("kind", MADE)
def test_tables_fit_other_widths(kind, width):
    assert max(map(len, text_table(MADE[kind](), width=width).split("\n"))) <= width


@pytest.mark.parametrize("kind", sorted(set(TABLES) & set(SURVEY_KINDS)))
def test_headings_are_told_apart(kind):
    found = headings(MADE[kind]())
    assert len(set(found)) == len(found)


def test_a_table_of_gaps_calls_them_gaps():
    found = headings(gaps())
    windows = [f"Gap, 12 months to December {year} (points)" for year in (2010, 2011)]
    assert found[:4] == ["Borough", *windows, "Change (points)"]
    text = "\n".join(lines(gaps()))
    assert "Asian %" not in text and "Asian (%)" not in text
    assert text.index("Boroughs changed differently, beyond chance") < text.index("Barnet")
    assert "The two share no months." in text and "3 rows are left out that are compared with nobody." in text
    assert [line.split() for line in lines(gaps()) if line.startswith("Barnet")] == [
        ["Barnet", "0.0", "-30.0", "-30.0", "-46.6", "-12.5", "wider", "0.001"]
    ]


def test_a_table_of_shares_gives_percentages():
    found = headings(dr.change(SERIES, **ASKED, by="borough"))
    assert found[1:3] == ["12 months to December 2010 (%)", "12 months to December 2011 (%)"]
    one = planned(dr.change(SERIES, **ASKED))
    assert one.columns[0].write(one.rows[0]) == "satisfied" and not one.headings
    each = planned(dr.change(SERIES, **ASKED, group="group"))
    assert [each.columns[0].write(row) for row in each.rows] == ["Asian", "White"]


def test_breaks_have_their_sign():
    text = "\n".join(lines(MADE["rolling"]()))
    assert re.search(r"January 2011 +\[b\] +\[b\] +\[b\]", text) and "[b] break in series" in text
    found = gaps(breaks=dr.Break("2011-01", "mode"))
    assert [line.split() for line in lines(found) if line.startswith("Barnet")] == [
        ["Barnet", "0.0", "-30.0", "[b]", "120"]
    ]


def test_windows_are_headings_of_areas():
    found = planned(dr.rolling(SERIES, **ASKED | {"window": 6}, step=12, by="borough", group="group",
                               reference="White"))  # fmt: skip
    assert len(set(found.headings)) == 2 and found.headings[-1].startswith("6 months to December 2011. ")
    assert "beyond chance" in found.headings[-1]
    assert [column.heading for column in found.columns][:3] == ["Borough", "Asian (%)", "White (%)"]


def test_rates_are_per_so_many():
    assert headings(MADE["rolling rates"]())[:2] == ["Month", "Value (per 1,000)"]


def test_ranks_have_intervals_and_areas_a_fixed_order():
    found = planned(MADE["ranks"]())
    cells = [[column.write(row) for column in found.columns[:5]] for row in found.rows]
    assert cells[0] == ["A", "75.0", "3", "2 to 3", "under 1"] and cells[2][2:] == ["4", "4", "over 99"]
    assert found.headings[0].startswith("Satisfied: boroughs differ beyond chance")
    assert "Joint ranks are right for all areas looked through together" in found.notes[0]


def test_ranks_that_are_withheld_are_no_columns():
    assert "Rank" not in headings(dr.rank(ALIKE, **RANKED))
    assert "so no ranks are shown." in planned(dr.rank(ALIKE, **RANKED)).headings[0]
    insisted = dr.rank(ALIKE | {"met": [30, 30, 29, 31]}, **RANKED, insist="asked")
    rank = next(column for column in planned(insisted).columns if column.name == "rank")
    assert [rank.write(row) for row in planned(insisted).rows] == ["2=", "2=", "4", "1"]


def test_ties_of_options_have_a_sign():
    found = planned(MADE["multiple responses"]())
    assert [[column.write(row) for column in found.columns[:4]] for row in found.rows] == [
        ["Burglary", "58.3", "1=", "1 to 2"], ["Drugs", "58.3", "1=", "1 to 2"], ["Litter", "16.7", "3", "3"]
    ]  # fmt: skip
    apart = dr.multiple_responses(CONCERNS, column="concerns", group="sex", reference="Male", by="site")
    assert dict.fromkeys(planned(apart).headings) == dict.fromkeys(["All areas", "North", "South"])
    assert html_table(apart).count("<table") == 3 and ">Share who chose by sex: All areas<" in html_table(apart)


def test_tests_name_their_test():
    found = planned(MADE["survey tests"]())
    assert found.notes == [
        "Tests: Rao-Scott, second order, F.", "Tests: Rao-Scott, second order, F; Holm over 2 comparisons."
    ]  # fmt: skip
    means = dr.survey_test(SURVEY, design=DESIGN, value="hours", group="sex", reference="Male")
    assert headings(means)[:4] == ["Measure", "Female", "Male", "Difference"] and "t" in headings(means)


def test_rates_are_defined_below_their_table():
    assert "RR1 counts those who answered in full" in html_table(MADE["response rates"]())


def test_what_would_undo_a_gap_is_shown():
    text = "\n".join(lines(MADE["unanswered bounds"]()))
    assert "depends" in text and "Points needed: by how much" in text.replace("\n", " ")


def test_a_survey_says_below_what_its_figures_are():
    html = html_table(designed())
    assert "Weighted figures of a sample survey; intervals allow for its design." in html
    assert "Effective base" in html and html.count("allows for answers of one unit being alike") == 0
    assert "Effective base" not in html_table(
        dr.gap(SURVEY, outcome="answer", positive="Yes", group="sex", reference="Male", weight="weight")
    )


def test_totals_from_a_thousand_have_no_decimals():
    total = dr.survey_estimate(SURVEY | {"weight": [1000.25] * len(SURVEY["weight"])}, design=DESIGN, statistic="total")
    (row,) = [line.split() for line in lines(total) if line.startswith("people")]
    assert all("." not in cell for cell in row[1:]) and row[2].count(",") == 1


def test_figures_with_weights_alone_say_so_below():
    gap = {"outcome": "answer", "positive": "Yes", "group": "sex", "reference": "Male"}
    html = html_table(dr.gap(SURVEY, **gap, weight="weight"))
    assert "Weighted figures; intervals allow for unequal weights." in html
    assert "weighted: uses the effective number of cases" not in html
    assert "Weighted figures" not in html_table(dr.gap(SURVEY, **gap))


def test_a_test_shows_its_p_before_its_statistic_where_there_is_little_room():
    ranks = dr.survey_test(SURVEY, design=DESIGN, group="sex", value="hours", reference="Male", method="rank")
    found = headings(ranks)
    (left_out,) = [line for line in lines(ranks) if line.startswith("Not shown: ")]
    assert found.index("p") < found.index("t") and " p," not in left_out


def test_precision_shows_what_a_gap_needs():
    found = planned(MADE["precision"]())
    cells = [[column.write(row) for column in found.columns[:7]] for row in found.rows]
    assert cells[1] == ["a borough", "640", "-7.0", "7.3", "50", "10.3", "690"]
    assert found.notes == ["Smallest found: with a chance of 80%.",
                           "Answers needed: for a half-width no wider than the gap assumed."]  # fmt: skip
    assert headings(dr.precision(640, p1=0.79))[:3] == ["Sample", "Share assumed (%)", "Half-width (points)"]

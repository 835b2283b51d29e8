"""The tables of surveys: tests, who answered, what those who did not could change, and options with their ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.surveys.nonresponse.nonresponse_bounds import DEPENDS, HOLDS
from dueregard.publish.readings import area_of, by_columns, fixed, known, label, named
from dueregard.publish.sentences.response_sentences import definition, rate_of
from dueregard.publish.tables import figure_columns as columns
from dueregard.publish.tables.shown import EMPTY, Planned, Row, Shown, number, text
from dueregard.publish.tables.shown_parts import pvalue

if TYPE_CHECKING:
    from dueregard.findings import Findings


def test_table(findings: Findings) -> Planned:
    """The table of kind "survey tests": each with its statistic, degrees of freedom and p."""
    every, by, heads = columns.shown_rows(findings), by_columns(findings), columns.headings_for(findings)
    rows = [row for row in every if row["row_type"] == "test" or columns.is_compared(row)]
    of_tables = any(row["row_type"] == "test" for row in rows)
    names = [*columns.area_columns(by), *columns.group_columns(rows)] or [_subject()]
    shown = names if of_tables else [*names, *_means(heads, rows)]
    shown = [*shown, _pvalue("pvalue", "p"), _pvalue("adjusted_pvalue", "Adjusted p"), *_statistic(of_tables)]
    return Planned([*shown, *columns.base_columns(rows)], rows, (), [*_methods(rows), *columns.left_out(every, rows)])


def _subject() -> Shown:
    """What names the only row."""
    return Shown("measure", "Measure", lambda row: label(row["measure"]), 24)


def _means(heads: dict[str, str], rows: Sequence[Row]) -> list[Shown]:
    """Both means, their difference and its limits."""
    group = {row["group"] for row in rows}
    value = named(group.pop()) if len(group) == 1 else heads["value"]
    return [
        columns.figure("value", value, columns.value_text),
        columns.figure("reference_value", heads["reference_value"], columns.value_text),
        columns.figure("estimate", "Difference", columns.difference_text),
        *columns.limit_columns(heads, rows),
    ]


def _statistic(of_tables: bool) -> list[Shown]:
    """The statistic and its degrees of freedom, of a table of answers those above the line first."""
    heading = "Statistic" if of_tables else "t"
    shown = [columns.figure("statistic", heading, lambda row, value: fixed(value, 2))]
    shown += [columns.figure("numerator_degrees", "Degrees of freedom", _degrees)] if of_tables else []
    second = "Degrees of freedom, second" if of_tables else "Degrees of freedom"
    return [*shown, columns.figure("degrees_of_freedom", second, _degrees)]


def _degrees(row: Row, value: float) -> str:
    if value == float("inf"):
        return "infinite"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _pvalue(name: str, heading: str) -> Shown:
    return columns.figure(name, heading, pvalue)


def _methods(rows: Sequence[Row]) -> list[str]:
    """Which test it is."""
    tests = dict.fromkeys(str(row["method"]) for row in rows if row["method"])
    return [f"Test: {'; '.join(tests)}."] if len(tests) == 1 else [f"Tests: {each}." for each in tests]


def response_table(findings: Findings) -> Planned:
    """The table of kind "response rates": rates, groups compared, and below it what the rates count."""
    every, by, heads = columns.shown_rows(findings), by_columns(findings), columns.headings_for(findings)
    rows = [row for row in every if row["row_type"] != "variation"]
    several = len({row["measure"] for row in rows}) > 1
    names = [*columns.area_columns(by), *columns.group_columns(rows)]
    if several or not names:
        names.insert(0, Shown("measure", "Rate", lambda row: rate_of(row), 8))
    shown = [*names, columns.figure("value", "Rate (%)", columns.value_text)]
    if any(row["reference"] is not None for row in rows):
        shown += [
            columns.figure("reference_value", heads["reference_value"], columns.value_text, compared=True),
            columns.figure("estimate", "Difference (points)", columns.difference_text, compared=True),
        ]
    shown += [*columns.limit_columns(heads, rows), *columns.verdict_columns(heads, rows, columns.brief)]
    shown += [number("count", "Counted", lambda row, value: f"{value:,}"), *columns.base_columns(rows, "Of")]
    rates = dict.fromkeys(rate_of(row) for row in rows)
    return Planned(shown, rows, (), [definition(rate) for rate in rates])


def class_table(findings: Findings) -> Planned:
    """The table of kind "weighting classes": who was asked, who responded, and the weights that would follow."""
    rows = columns.shown_rows(findings)
    joined = any(row["weighting_class"] not in (None, row["group"]) for row in rows)
    shown = [
        Shown("group", "Class", lambda row: "All" if row["row_type"] == "overall" else named(row["group"]), 20),
        columns.figure("value", "Response rate (%)", columns.value_text),
        number("asked_percent", "Of those asked (%)", _number, EMPTY),
        number("respondents_percent", "Of respondents (%)", _number, EMPTY),
        columns.figure("weight", "Weight", lambda row, value: fixed(value, 2)),
        text("verdict", "Verdict", 14),
        *([text("weighting_class", "Weighted with", 16)] if joined else []),
        number("relative_weight", "Relative weight", lambda row, value: fixed(value, 2)),
        number("count", "Respondents", lambda row, value: f"{value:,}"),
        number("nobs", "Asked", lambda row, value: f"{value:,}"),
    ]
    return Planned(shown, rows)


def _number(row: Row, value: float) -> str:
    return fixed(value, 1)


def unanswered_table(findings: Findings) -> Planned:
    """The table of kind "unanswered bounds": the gap of those who answered, of all asked, and what would undo it."""
    every, by, heads = columns.shown_rows(findings), by_columns(findings), columns.headings_for(findings)
    rows = [row for row in every if columns.is_compared(row)]
    names = [*columns.area_columns(by), *columns.group_columns(rows)]
    shown = [
        *(names or [Shown("group", "Group", lambda row: named(row["group"]), columns.ROOM_OF_GROUPS)]),
        columns.figure("estimate", "Gap (points)", columns.difference_text),
        columns.figure("bound_low", "Lowest possible", columns.difference_text),
        columns.figure("bound_high", "Highest possible", columns.difference_text),
        Shown("bounds_verdict", "Side of the gap", _depends, 8),
        number("needed_points", "Points needed, both", _number, EMPTY),
        number("needed_points_alone", "Points needed, alone", _number, EMPTY),
        number("response_percent", "Answered (%)", _number),
        number("reference_response_percent", "Reference answered (%)", _number),
        *columns.limit_columns(heads, rows),
    ]
    return Planned(shown, rows, (), [NEEDED, *columns.left_out(every, rows)])


NEEDED = (
    "Possible: the gap of all asked, by the most extreme answers of those who did not answer. Points needed: by how "
    "much these would have to differ from those who answered, in both groups or in this one alone, for no gap."
)


def _depends(row: Row) -> str:
    return {HOLDS: "holds", DEPENDS: "depends"}.get(row["bounds_verdict"], EMPTY)


def option_table(findings: Findings) -> Planned:
    """The table of kind "multiple responses": options in the order of their ranks, ties with a sign; areas apart."""
    rows, by, heads = columns.shown_rows(findings), by_columns(findings), columns.headings_for(findings)
    compared = any(row["reference"] is not None for row in rows)
    shown = [text("option", "Option", 18), *columns.group_columns(rows)]
    shown += [columns.figure("value", "Chose (%)", columns.value_text)]
    shown += [Shown("rank_words", "Rank", lambda row: row["rank_words"] or EMPTY, number=True)]
    limits = columns.limit_columns(heads, rows)
    if compared:
        limits = [columns.figure("estimate", "Difference (points)", columns.difference_text, compared=True), *limits]
        limits += columns.verdict_columns(heads, rows, columns.brief)
    shown += [*limits, _could_be(rows)] if compared else [_could_be(rows), *limits]
    under = [label(area_of(dict(row), by)) for row in rows] if by else []
    return Planned([*shown, *columns.base_columns(rows)], rows, under)


def _could_be(rows: Sequence[Row]) -> Shown:
    """The ranks that chance allows."""
    level = next((row["confidence_level"] for row in rows if known(row["confidence_level"])), None)
    heading = "Rank could be" if level is None else f"Rank, {100 * level:.10g}% interval"

    return Shown("rank_low", heading, lambda row: columns.places(row["rank_low"], row["rank_high"]), number=True)


def precision_table(findings: Findings) -> Planned:
    """The table of kind "precision": how wide intervals will be, and which gaps will be found."""
    every, heads = columns.shown_rows(findings), columns.headings_for(findings)
    rows = [row for row in every if row["row_type"] == "group"]
    gaps = any(row["reference"] is not None for row in rows)
    half_width = columns.figure("half_width", "Half-width (points)", _number)
    names = [text("sample", "Sample", columns.ROOM_OF_AREAS)]
    if not gaps:
        value = columns.figure("value", "Share assumed (%)", columns.value_text)
        return Planned(
            [*names, value, half_width, *columns.limit_columns(heads, rows), *columns.base_columns(rows)], rows
        )
    shown = [
        number("sampled_nobs", "Answers", _whole),
        columns.figure("estimate", "Gap assumed (points)", columns.difference_text),
        half_width,
        number("power", "Chance to find it (%)", lambda row, share: _chance(share)),
        number("smallest_gap", "Smallest found (points)", _number),
        number("needed_nobs", "Answers needed", _whole),
        *columns.limit_columns(heads, rows),
        number("nobs", "Base", _whole),
        number("reference_nobs", heads["reference_nobs"], _whole),
    ]
    return Planned([*names, *shown], rows, (), _wanted(rows))


def _whole(row: Row, value: float) -> str:
    return f"{value:,.0f}"


def _chance(share: float) -> str:
    return "over 99" if 0.99 < share < 1 else f"{100 * share:.0f}"


def _wanted(rows: Sequence[Row]) -> list[str]:
    power = {row["wanted_power"] for row in rows}
    return [
        f"Smallest found: with a chance of {100 * min(power):.10g}%.",
        "Answers needed: for a half-width no wider than the gap assumed.",
    ]

"""The chart of answers of which people may choose several: shares on their intervals in the order of ranks.

Answers that share a rank have "=" behind it. Where groups are compared each answer has a row for each group, in a
colour and a shape of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.charts import canvas
from dueregard.publish.charts.dumbbell_chart import span_words
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words, span_of
from dueregard.publish.charts.scales import Scale
from dueregard.publish.levels import levels_of, statements
from dueregard.publish.readings import Row as Line
from dueregard.publish.readings import area_of, by_columns, clean, finite, is_all_areas, known, label, named, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

STYLES = (
    (canvas.DARK_BLUE, "o", True),
    (canvas.DARK_PINK, "D", False),
    (canvas.TURQUOISE, "s", True),
    (canvas.ORANGE, "^", False),
    (canvas.DARK_GREY, "v", True),
    (canvas.LIGHT_PURPLE, "P", True),
)
"""Colour, marker and whether it is filled, of each group."""
MOST_AREAS = 6
MOST_GROUPS = len(STYLES)


@dataclass(frozen=True)
class Choice:
    """The share of one group that chose an answer, its rank among the answers, and its difference to the reference."""

    option: str
    group: str
    value: Any
    low: Any
    high: Any
    rank: str
    first: bool
    """Whether it is the most often chosen one, beyond chance where chance is looked at."""
    difference: str
    clear: bool
    place: int
    """Which of the groups it is."""


def choices_of(findings: Findings) -> dict[str, dict[str, list[Choice]]]:
    """For each area the answers, with a share for each group; of many areas those of all together.

    Raises
    ------
    ValueError
        If there are too many areas or groups to be told apart.
    """
    by = by_columns(findings)
    rows = [row for row, *_ in statements(rows_of(findings, "group", "reference")) if not is_missing(row["group"])]
    rows = _few(rows, by)
    groups = list(dict.fromkeys(named(row["group"]) if row["group"] is not None else "" for row in rows))
    if len(groups) > MOST_GROUPS:
        raise ValueError(
            f"findings: {len(groups)} groups are too many to tell apart; choose up to {MOST_GROUPS}, such as "
            "findings.filter(group=[...])"
        )
    unit = unit_of_rows(rows)
    found: dict[str, dict[str, list[Choice]]] = {}
    for row in rows:
        group = named(row["group"]) if row["group"] is not None else ""
        compared = known(row["estimate"])
        own = not compared and row["reference"] is None  # the limits of a comparison are not those of the share
        choice = Choice(
            option=label(row["option"]),
            group=group,
            value=row["value"],
            low=row["low"] if own else None,
            high=row["high"] if own else None,
            rank=_rank(row),
            first=row["rank"] == 1 and row.get("joint_rank_high") in (1, None),
            difference=_difference(row, unit) if compared and known(row["low"]) else "",
            clear=str(row["verdict"] or "").startswith(("higher", "lower")),
            place=groups.index(group),
        )
        found.setdefault(area_of(row, by) if by else "", {}).setdefault(choice.option, []).append(choice)
    return found


def _rank(row: Line) -> str:
    """A rank in words, with where it could be: "2 (2 to 3)", "1="."""
    words, low, high = clean(row["rank_words"] or ""), row.get("rank_low"), row.get("rank_high")
    return f"{words} ({low} to {high})" if words and known(low) and known(high) and low < high else words


def _difference(row: Line, unit: Unit) -> str:
    return f"{unit.mark(row['estimate'])} ({span_words(unit, row['low'], row['high'])})"


def _few(rows: list[Line], by: tuple[str, ...]) -> list[Line]:
    areas = {area_of(row, by) for row in rows} if by else {""}
    if len(areas) <= MOST_AREAS:
        return rows
    kept = [row for row in rows if is_all_areas(row, by)]
    if not kept:
        raise ValueError(
            f"findings: {len(areas)} areas are too many to draw their answers; choose up to {MOST_AREAS}, such as "
            f"findings.filter({by[0]}=[...])"
        )
    return kept


def option_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw the answers of each area one below another."""
    found = choices_of(findings)
    choices = [one for answers in found.values() for several in answers.values() for one in several]
    groups = {one.group: one.place for one in choices}
    ends = finite(end for one in choices for end in (one.value, one.low, one.high))
    high = min(100.0, max([*ends, 1.0]) * 1.08)
    scale = plain_scale(0.0, high)
    several, short = len(groups) > 1, width < 500
    column = Column(
        scale,
        lambda tick: f"{tick:.10g}%",
        partial(_draw, scale),
        partial(_words, several=several, short=short),
        heading=""
        if short
        else "share, gap in points"
        if any(one.difference for one in choices)
        else "share, interval",
    )
    blocks = [Block(area, _rows(answers, several)) for area, answers in found.items()]
    shapes = [_shape(group, place) for group, place in groups.items()] if several else []
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=shapes)


def _rows(answers: dict[str, list[Choice]], several: bool) -> list[Row]:
    """One row for each answer, or its name over a row for each group."""
    if not several:
        return [Row(_ranked(one.rank, one.option), (one,)) for choices in answers.values() for one in choices]
    rows = []
    for option, choices in answers.items():
        same = {one.rank for one in choices}
        apart = len(same) > 1
        rows.append(Row(option if apart else _ranked(same.pop(), option), (None,), True))
        rows += [Row(f"  {one.group}{f', {one.rank}' if apart else ''}", (one,)) for one in choices]
    return rows


def _ranked(rank: str, option: str) -> str:
    return f"{rank}  {option}" if rank else option


def _shape(group: str, place: int) -> Shape:
    colour, marker, filled = STYLES[place]
    return marker, colour if filled else "white", colour, group


def _draw(scale: Scale, axes: Axes, y: float, one: Choice) -> None:
    colour, marker, filled = STYLES[one.place]
    interval_point(axes, y, scale, one.value, one.low, one.high, colour=colour, marker=marker, filled=filled)


def _words(one: Choice, *, several: bool, short: bool) -> str:
    share = number_words(one.value, "percent")
    if short:
        return share
    if several:
        return f"{share}, {one.difference}" if one.difference else share
    span = span_of(one.low, one.high, "percent")
    return f"{share} ({span})" if span else share


def option_words(findings: Findings) -> Alternative:
    """The answer most chosen, or those that share the first place; then every share with its rank."""
    from dueregard.publish.charts.figure import Alternative

    found = choices_of(findings)
    choices = [one for answers in found.values() for several in answers.values() for one in several]
    if not any(known(one.value) for one in choices):
        raise ValueError("findings: there is no share to draw, every value is missing")
    about = "; ".join(
        f"{', '.join(filter(None, (area, one.option, one.group)))} {number_words(one.value, 'percent')}"
        f"{f', rank {one.rank}' if one.rank else ''}{f', gap {one.difference}' if one.difference else ''}"
        for area, answers in found.items() for several in answers.values() for one in several
    )  # fmt: skip
    title = clean(findings.title) if findings.title else _title(found)
    return Alternative(title, _subtitle(findings, found), f"Points on interval lines in {len(choices)} rows: {about}.")


def _title(found: dict[str, dict[str, list[Choice]]]) -> str:
    """What comes first in the first area and group, and how many have clear differences."""
    answers = next(iter(found.values()))
    first = [one for choices in answers.values() for one in choices[:1]]
    top = [one.option for one in first if one.rank.startswith("1=") or one.rank.split(" ")[0] == "1"]
    sure = len(top) == 1 and all(one.first for one in first if one.option in top)
    clear = sum(one.clear for choices in answers.values() for one in choices)
    compared = sum(bool(one.difference) for choices in answers.values() for one in choices)
    if compared:
        return f"{clear} of {compared} differences in what people chose are clear"
    chosen = "Most often chosen" if sure else "Most often chosen in the sample"
    return f"{chosen}: {' and '.join(top)}" if top else "Shares who chose each answer"


def _subtitle(findings: Findings, found: dict[str, dict[str, list[Choice]]]) -> str:
    rows = rows_of(findings, "group", "reference")
    level = next(iter(levels_of(rows)), None)
    reference = next((clean(row["reference"]) for row in rows if row.get("reference")), None)
    said = ["Percent who chose each answer; people may choose several"]
    if level:
        said.append(f"{100 * level:.10g}% intervals{f' of the gap to {reference}' if reference else ''}")
    if any("=" in one.rank for answers in found.values() for several in answers.values() for one in several):
        said.append('"=" marks answers that share a rank')
    left = len({area_of(row, findings.by) for row in rows}) - len(found) if findings.by else 0
    if left:
        said.append(f"{left} areas are not drawn; up to {MOST_AREAS} can be chosen")
    return "; ".join(said)

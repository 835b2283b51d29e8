"""Drivers of two groups: what each comes to in both, and the difference on its interval.

A difference is dark and filled where it is clear after all drivers are allowed for, thin and hollow where it may be
chance. Drivers stay in the order they were asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR
from dueregard.missing import is_missing
from dueregard.publish.charts import canvas
from dueregard.publish.charts.driver_chart import gain_heading, gain_mark, gain_unit_words, outcome_name
from dueregard.publish.charts.few_sets import few_sets, left_out
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words
from dueregard.publish.charts.scales import Scale
from dueregard.publish.driver_decimals import DIFFERENCE, gain_digits
from dueregard.publish.driver_sets import is_told
from dueregard.publish.levels import levels_of, statements
from dueregard.publish.readings import Row as Found
from dueregard.publish.readings import area_of, by_columns, clean, finite, fixed, known, label, named, rows_of
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.driver_words import driver_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

GROUP, REFERENCE = canvas.DARK_BLUE, canvas.DARK_PINK
MOST_TITLE = 100


@dataclass(frozen=True)
class ComparedSet:
    """The drivers of one group in one place against the reference."""

    area: str
    group: str
    rows: Sequence[Found]

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return ", ".join(text for text in (self.area, self.group) if text)


def compared_sets(findings: Findings) -> list[ComparedSet]:
    """The sets that can be drawn, in the order of the findings; refused where no difference is known."""
    by, found = by_columns(findings), dict[tuple[object, ...], list[Found]]()
    for row, *_ in statements(rows_of(findings, "group")):
        if not is_missing(row["group"]):
            found.setdefault((*(row[name] for name in by), row["group"]), []).append(row)
    sets = [ComparedSet(area_of(rows[0], by) if by else "", named(rows[0]["group"]), rows) for rows in found.values()
            if any(known(row["estimate"]) for row in rows)]  # fmt: skip
    if not sets:
        raise ValueError("findings: there is no driver to draw, no difference is known")
    return sets


def is_clear(row: Mapping[str, object]) -> bool:
    """Whether a difference is clear once all drivers are allowed for."""
    return str(row["verdict"] or "").startswith(CLEAR)


def compared_driver_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw each group; on a narrow sheet the differences alone."""
    sets = few_sets(compared_sets(findings))
    rows = [row for each in sets for row in each.rows]
    short = width < 500
    columns = [_differences(rows, short=short)] if short else [_both(rows), _differences(rows, short=short)]
    blocks = [
        Block(each.name, [Row(named(row["driver"]), (row,) * len(columns)) for row in each.rows]) for each in sets
    ]
    shapes = _shapes(rows, both=len(columns) > 1)
    return row_grid(blocks, columns, width=width, title=title, subtitle=subtitle, shapes=shapes)


def _both(rows: Sequence[Found]) -> Column:
    """What a driver comes to in both groups, joined by a line."""
    scale = plain_scale(*canvas.span(finite(row[name] for row in rows for name in ("value", "reference_value"))))
    return Column(scale, partial(_tick, shares=_are_shares(rows)), partial(_pair, scale), lambda row: "", line=True,
                  name=what_of(rows).capitalize())  # fmt: skip


def _are_shares(rows: Sequence[Found]) -> bool:
    return any(row.get("compares") == "share" for row in rows)


def what_of(rows: Sequence[Found]) -> str:
    """What is compared."""
    return "share of what they explain" if _are_shares(rows) else gain_heading(rows)


def _tick(value: float, *, shares: bool) -> str:
    text = fixed(value, 0 if value == int(value) else 1, signed=not shares)
    return f"{text}%" if shares else text


def _pair(scale: Scale, axes: Axes, y: float, row: Found) -> None:
    ends = [(row["value"], GROUP, "o", GROUP), (row["reference_value"], REFERENCE, "D", "white")]
    here = [scale.at(value) for value, *_ in ends if known(value)]
    axes.plot(here, [y] * len(here), color=canvas.RULE, lw=1.6, zorder=1, solid_capstyle="butt")
    for value, colour, marker, face in reversed(ends):
        if known(value):
            size = 7 if marker == "o" else 6
            axes.plot([scale.at(value)], [y], marker, ms=size, mfc=face, mec=colour, mew=1.6, zorder=3)


def _differences(rows: Sequence[Found], *, short: bool) -> Column:
    """The difference on its interval, which is in numbers too where there is room."""
    ends = finite(row[name] for row in rows for name in ("estimate", "low", "high"))
    scale = plain_scale(*canvas.span(ends))
    words = partial(difference_words, digits=gain_digits(rows, DIFFERENCE), short=short)
    return Column(scale, partial(_tick, shares=False), partial(_interval, scale), words, line=True, name="Difference",
                  sides=("less", "more"))  # fmt: skip


def _interval(scale: Scale, axes: Axes, y: float, row: Found) -> None:
    colour = GROUP if is_clear(row) else canvas.QUIET
    interval_point(axes, y, scale, row["estimate"], row["low"], row["high"], colour=colour, filled=is_clear(row))


def difference_words(row: Found, *, digits: int = 1, short: bool = False) -> str:
    """A difference with its interval."""
    if not known(row["estimate"]):
        return "[x]"
    limits = " to ".join(gain_mark(row[name], digits) for name in ("low", "high"))
    return gain_mark(row["estimate"], digits) + (f" ({limits})" if known(row["low"]) and not short else "")


def _shapes(rows: Sequence[Found], *, both: bool) -> list[Shape]:
    """The marks that are drawn, with their words."""
    groups = {named(row["group"]) for row in rows}
    shapes: list[Shape] = []
    if both:
        own = groups.pop() if len(groups) == 1 else "the group"
        shapes += [("o", GROUP, GROUP, own), ("D", "white", REFERENCE, named(rows[0]["reference"]))]
    unsure = [row for row in rows if known(row["estimate"]) and not is_clear(row)]
    if unsure:
        allowed = ", with all allowed for" if any(is_told(row, "estimate") for row in unsure) else ""
        shapes.append(("o", "white", canvas.QUIET, f"difference that could be chance{allowed}"))
    return shapes


def compared_driver_words(findings: Findings) -> Alternative:
    """Which drivers are shown to differ; then each of them in both groups."""
    from dueregard.publish.charts.figure import Alternative

    every = compared_sets(findings)
    sets = few_sets(every)
    rows = [row for each in sets for row in each.rows]
    title = clean(findings.title) if findings.title else _title(sets)
    level, unit = next(iter(levels_of(rows)), None), "" if _are_shares(rows) else gain_unit_words(rows)
    said = [f"{label(rows[0]['measure'] or 'the outcome')}, {what_of(rows)}{f' in {unit}' if unit else ''}"]
    if level:
        said.append(f"differences to {named(rows[0]['reference'])} with {100 * level:.10g}% intervals")
    subtitle = "; ".join([*said, "associations, not effects", *left_out(len(every), len(sets))])
    about = " ".join(_set_words(each) for each in sets)
    return Alternative(title, subtitle, f"Points of both groups and their differences on intervals. {about}")


def _title(sets: Sequence[ComparedSet]) -> str:
    """The drivers that matter differently, of one group; of several how many."""
    rows = [row for each in sets for row in each.rows]
    clear, n = [row for row in rows if is_clear(row)], len(rows)
    outcome, reference = outcome_name(rows[0]["measure"]), named(rows[0]["reference"])
    if len(sets) > 1:
        return f"{outcome}: {len(clear) or 'none'} of {n} comparisons of drivers {_shows(clear)} a difference"
    who = f"{sets[0].group} and {reference}"
    names = listing([driver_of(row) for row in clear]) if clear else ""
    said = f"{outcome}: {names} {_matters(clear)} differently to {who}"
    if names and len(said) <= MOST_TITLE:
        return said
    are = "is" if len(clear) == 1 else "are"
    return f"{outcome}: {len(clear) or 'none'} of {n} drivers {are} shown to matter differently to {who}"


def _shows(clear: Sequence[Found]) -> str:
    return "shows" if len(clear) == 1 else "show"


def _matters(clear: Sequence[Found]) -> str:
    return "matters" if len(clear) == 1 else "matter"


def _value(row: Found, name: str, digits: int) -> str:
    """What a driver comes to in one of the groups."""
    return number_words(row[name], "percent") if row.get("compares") == "share" else gain_mark(row[name], digits)


def _set_words(each: ComparedSet) -> str:
    digits = gain_digits(each.rows, DIFFERENCE)
    listed = "; ".join(
        f"{named(row['driver'])} {_value(row, 'value', digits)} against {_value(row, 'reference_value', digits)}, "
        f"a difference of {difference_words(row, digits=digits)}{', clear' if is_clear(row) else ', could be chance'}"
        for row in each.rows
    )
    return f"{each.name}: {listed}."

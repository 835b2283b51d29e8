"""What a ribbon chart shows, in words: its headings and its text alternative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from dueregard.measures.trends.calendars import month_words
from dueregard.measures.verdicts import TOO_FEW
from dueregard.publish.charts.alternatives import groups_title
from dueregard.publish.charts.ribbon_breaks import Break
from dueregard.publish.charts.ribbon_chart import level_unit
from dueregard.publish.charts.ribbon_series import (
    MOST_AREAS,
    Panel,
    Point,
    Ribbons,
    Series,
    month_of_row,
    ribbons_of,
)
from dueregard.publish.charts.row_marks import number_words, span_of
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import Row, by_columns, clean, known, label, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative


def ribbon_words(findings: Findings) -> Alternative:
    """The last window in the title; in the description each line from its first value to its last, break by break."""
    from dueregard.publish.charts.figure import Alternative

    found, rows = ribbons_of(findings), rows_of(findings, "group")
    unit, level = unit_of_rows(rows), level_unit(findings)
    said = [_panel_words(panel, found.breaks, unit, level) for panel in found.panels]
    said += [f"{each.note}; lines are interrupted there" for each in found.breaks]
    title = clean(findings.title) if findings.title else _title(found, rows, unit, level)
    return Alternative(title, _subtitle(findings, found), f"Lines over time. {'. '.join(said)}.")


def _title(found: Ribbons, rows: Sequence[Row], unit: Unit, level: object) -> str:
    """The last window: of one gap or line its value, of the gaps of several groups what they have in common."""
    last_row = max(rows, key=lambda row: str(row["window_end"]))
    gaps = [panel for panel in found.panels if panel.gap]
    lines = [panel.series[0] for panel in gaps] or [each for panel in found.panels for each in panel.series]
    lasts = [(line, _last(line)) for line in lines]
    when = _window(last_row, month_words(max(point.month for _, point in lasts if point)))
    if len(lines) == 1:
        return f"{_one_line(lines[0], bool(gaps), rows, unit, level)}, {when}"
    names = [line.name for line in lines]
    if gaps and len(set(names)) == len(names):
        found_gaps = [(line.name, point.value, not _unsure(rows, point)) for line, point in lasts if point]
        return f"{groups_title(found_gaps, clean(last_row['reference']), unit)}, {when}"
    against = f" against {clean(last_row['reference'])}" if gaps else ""
    what = names[0] if gaps and len(set(names)) == 1 else label(last_row["measure"])
    return f"{what}{against}: {len(lines)} {'gaps' if gaps else 'lines'}, up to the {when}"


def _one_line(line: Series, gap: bool, rows: Sequence[Row], unit: Unit, level: object) -> str:
    last, row = _last(line), rows[-1]
    if last is None:
        return f"{line.name}: no value"
    if not gap:
        return f"{label(row['measure'])}: {number_words(last.value, level)}"
    reference = clean(row["reference"])
    if _unsure(rows, last):
        return f"{line.name} against {reference}: too few to tell"
    return f"{line.name}: {unit.than(last.value, reference)}"


def _window(row: Row, when: str) -> str:
    return when if row["months"] == 1 else f"{row['months']} months to {when}"


def _last(series: Series) -> Point | None:
    return next((point for point in reversed(series.points) if known(point.value)), None)


def _unsure(rows: Sequence[Row], last: Point) -> bool:
    return any(row["estimate"] == last.value and str(row["verdict"] or "").startswith(TOO_FEW) for row in rows)


def _subtitle(findings: Findings, found: Ribbons) -> str:
    """What is measured, what a point is, what the ribbon is, and what is not drawn."""
    rows = rows_of(findings, "group")
    row, level = rows[0], next(iter(levels_of(rows)), None)
    said = [label(row["measure"])]
    if row["months"] > 1:
        said.append(f"each point is the {row['months']} months to it{_shared(rows)}")
    if level and any(point.has_limits for panel in found.panels for point in panel.points):
        what = f"of the {unit_of_rows(rows).gap}" if any(panel.gap for panel in found.panels) else ""
        said.append(f"ribbons are {100 * level:.10g}% intervals {what}".strip())
    if found.missing:
        said.append("no value where a month is missing from the data")
    if found.left_out:
        areas = areas_word(by_columns(findings))
        said.append(f"{found.left_out} {areas} are too many lines and are not drawn; up to {MOST_AREAS} can be chosen")
    return "; ".join(said)


def _shared(rows: Sequence[Row]) -> str:
    """How much of a window is in the next one too."""
    ends = sorted({month_of_row(row) for row in rows})
    step, months = min(b - a for a, b in pairwise(ends)), rows[0]["months"]
    if step >= months:
        return ""
    return f", {'most' if 2 * step < months else 'some'} of which it shares with its neighbours"


def _panel_words(panel: Panel, breaks: Sequence[Break], unit: Unit, level: object) -> str:
    return "; ".join(_series_words(panel, series, breaks, unit, level) for series in panel.series)


def _series_words(panel: Panel, series: Series, breaks: Sequence[Break], unit: Unit, level: object) -> str:
    """Where each unbroken run begins and ends."""
    runs = series.runs(breaks)
    name = panel.name if panel.gap else ", ".join(filter(None, (panel.name, series.name)))
    if not runs:
        return f"{name}: not known"
    say = unit.mark if panel.gap else partial(number_words, unit=level)
    span = unit.marked_span if panel.gap else partial(span_of, unit=level)
    return f"{name}: " + ", then ".join(_run_words(run, say, span) for run in runs)


def _run_words(run: Sequence[Point], say: Callable[[float], str], span: Callable[[float, float], str]) -> str:
    first, last = run[0], run[-1]
    limits = f" ({span(last.low, last.high)})" if last.has_limits else ""
    end = f"{say(last.value)}{limits} in {month_words(last.month)}"
    return end if first is last else f"from {say(first.value)} in {month_words(first.month)} to {end}"

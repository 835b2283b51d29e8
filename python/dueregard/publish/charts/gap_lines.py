"""What the rows of a gap chart show: a label, an estimate, its intervals, and how its verdict is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures import verdicts
from dueregard.publish.charts import canvas
from dueregard.publish.charts.measure_labels import distinct_parts
from dueregard.publish.charts.stage_words import stage_label
from dueregard.publish.levels import levels_of, statements
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, named, rows_of
from dueregard.units import RATE_RATIO

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Verdict:
    """How one verdict is drawn."""

    words: str
    short: str
    marker: str
    colour: str
    filled: bool


CLEAR = Verdict("clear difference", "clear", "o", canvas.DARK_BLUE, True)
SAME = Verdict(verdicts.NO_DIFFERENCE, "no difference", "D", canvas.TURQUOISE, True)
UNSURE = Verdict(verdicts.TOO_FEW, "too few", "o", canvas.QUIET, False)
NONE = Verdict("difference", "difference", "s", canvas.DARK_BLUE, True)


@dataclass(frozen=True)
class Line:
    """One row of the chart. Limits and verdict are those of the first level asked for."""

    label: str
    estimate: Any
    low: Any
    high: Any
    verdict: Verdict
    bold: bool
    further: tuple[tuple[float, float], ...] = ()
    """The intervals of further levels."""

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """All intervals that are known."""
        return [(low, high) for low, high in ((self.low, self.high), *self.further) if known(low) and known(high)]

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return known(self.estimate) or bool(self.intervals)


def verdict_of(row: Mapping[str, Any]) -> Verdict:
    """The way a row's verdict is drawn."""
    words = str(row.get("verdict") or "")
    if words.startswith(verdicts.CLEAR):
        return CLEAR
    if words.startswith(verdicts.NO_DIFFERENCE):
        return SAME
    return UNSURE if words else NONE


def panels_of(findings: Findings) -> dict[str, list[Line]]:
    """The lines of each panel: one panel for each compared group, or one for all groups without areas."""
    by = by_columns(findings)
    names = [named(measure) for measure in findings["measure"]] if "measure" in findings.columns else []
    apart = distinct_parts(names)
    several = len(apart) > 1
    units = [row.get("unit_of_measure") for row in rows_of(findings, "group") if known(row.get("estimate"))]
    drawn = {"ratio", RATE_RATIO} if units[:1] and units[0] in ("ratio", RATE_RATIO) else set(units[:1])
    panels: dict[str, list[Line]] = {}
    n_groups = len({row.get("group") for row in rows_of(findings, "group") if known(row.get("estimate"))})
    for row, *others in statements(rows_of(findings, "group", None)):
        if "estimate" not in row or (not known(row["estimate"]) and not known(row.get("low"))):
            continue
        if units and row.get("unit_of_measure") not in drawn:  # people, years and ratios have no axis in common
            continue
        group = named(row.get("group"))
        label = area_of(row, by) if by else group
        label = f"{label}, {apart[named(row['measure'])]}" if several and row.get("stage") is None else label
        if row.get("stage") is not None:
            label = ", ".join([*([label] if by or n_groups > 1 else []), stage_label(row)])
        panels.setdefault(group if by else "", []).append(_line(row, others, label, is_all_areas(row, by)))
    return panels


def _line(row: Row, others: Iterable[Row], label: str, bold: bool) -> Line:
    further = tuple((other["low"], other["high"]) for other in others)
    return Line(label, row["estimate"], row.get("low"), row.get("high"), verdict_of(row), bold, further)


def level_words(findings: Findings, lines: Sequence[Line]) -> str:
    """What the interval lines are, as a subtitle says it: of several levels the narrowest is the thickest."""
    levels = [f"{100 * level:.10g}%" for level in sorted(levels_of(rows_of(findings)))]
    if not levels or not any(line.intervals for line in lines):
        return ""
    if len(levels) == 1:
        return f", with {levels[0]} intervals"
    return f", with intervals of {' and '.join(levels)}, the {levels[0]} one thick"

"""What charts of areas beside each other show, in words: funnels, and raw beside shrunken values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.charts.funnel_points import Funnel, Point, funnel_of
from dueregard.publish.charts.shrinkage_lines import Pair, pairs_of, typical_of
from dueregard.publish.readings import Row, by_columns, clean, known, label, rows_of, whole
from dueregard.publish.units.area_units import area_mark, areas_word, heading_unit

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_LISTED = 12


def funnel_words(findings: Findings) -> Alternative:
    """The words of a funnel chart: how many areas are outside the limits, then which."""
    from dueregard.publish.charts.figure import Alternative

    funnel, areas = funnel_of(findings), areas_word(by_columns(findings))
    title = getattr(findings, "title", None) or _title(funnel, areas)
    about = [
        f"Funnel: points of {len(funnel.points)} {areas}, {_size_range(funnel)}, around a line at "
        f"{area_mark(funnel.target, funnel.unit)} ({funnel.target_words}), with limits of {_levels(funnel)} that "
        f"narrow as {areas} get larger",
        *_outside(funnel),
        f"{sum(not point.outside for point in funnel.points)} are within the limits",
    ]
    if funnel.left_out:
        about.append(f"{funnel.left_out} without a value are not drawn")
    return Alternative(clean(title), _subtitle(funnel), ". ".join(about) + ".")


def _measured(row: Row) -> str:
    """What is measured, per how many people if the measure does not say so itself, and when."""
    what, unit = label(row["measure"] or "value"), heading_unit(row["unit_of_measure"])
    what += f" {unit}" if unit.startswith("per ") and unit not in what else ""
    return what + (f", {clean(row['period'])}" if row.get("period") else "")


def _title(funnel: Funnel, areas: str) -> str:
    """How many are outside the widest limits; where none is, how many outside the narrower ones."""
    n, widest = len(funnel.points), f"{100 * funnel.levels[-1]:.10g}%"
    beyond = sum(point.beyond_all for point in funnel.points)
    outside = sum(point.outside for point in funnel.points)
    if beyond:
        return f"{beyond} of {n} {areas} {'is' if beyond == 1 else 'are'} outside the {widest} limits"
    if outside:
        narrow = f"the {100 * funnel.levels[0]:.10g}%" if len(funnel.levels) == 2 else "the narrower"
        return (
            f"{outside} of {n} {areas} {'is' if outside == 1 else 'are'} outside {narrow} limits, none outside {widest}"
        )
    return f"All {n} {areas} are within the limits" if n > 1 else "Within the limits"


def _subtitle(funnel: Funnel) -> str:
    """What is measured and when, what limits are around, and how many areas chance alone would put outside them."""
    row = funnel.row
    what = _measured(row)
    wide = ", widened for variation between areas" if "widened" in str(row["method"]) else ""
    return (
        f"{what}, with limits around {area_mark(funnel.target, funnel.unit)} ({clean(funnel.target_words)}){wide}. "
        f"{'Of areas that vary no more' if wide else 'By chance'} about {_expected(funnel)}"
    )


def _expected(funnel: Funnel) -> str:
    n = len(funnel.points)
    first, *others = (f"{_about(n * (1 - level))}{{}} outside {100 * level:.10g}%" for level in funnel.levels)
    return ", ".join([first.format(" would be"), *(text.format("") for text in others)])


def _about(number: float) -> str:
    return "none" if number < 0.5 else whole(number)


def _levels(funnel: Funnel) -> str:
    return " and ".join(f"{100 * level:.10g}%" for level in funnel.levels)


def _size_range(funnel: Funnel) -> str:
    return f"{funnel.size_words.lower()} from {whole(min(funnel.sizes))} to {whole(max(funnel.sizes))}"


def _outside(funnel: Funnel) -> list[str]:
    """Which areas have which verdict, the widest limits first, in the order of the findings."""
    verdicts = sorted(
        {p.verdict for p in funnel.points if p.outside}, key=lambda verdict: (-_level_in(verdict), verdict)
    )
    said = []
    for verdict in verdicts:
        here = [point for point in funnel.points if point.verdict == verdict]
        more = f" and {len(here) - MOST_LISTED} more" if len(here) > MOST_LISTED else ""
        said.append(f"{verdict[0].upper()}{verdict[1:]}: {_listed(here[:MOST_LISTED], funnel)}{more}")
    return said


def _level_in(verdict: str) -> float:
    return float(verdict.partition(" the ")[2].partition("%")[0])


def _listed(points: Sequence[Point], funnel: Funnel) -> str:
    return ", ".join(f"{point.name} ({area_mark(point.value, funnel.unit)})" for point in points)


def shrinkage_words(findings: Findings) -> Alternative:
    """The words of a chart of raw and shrunken values: how far they lie apart, and what moved most."""
    from dueregard.publish.charts.figure import Alternative

    pairs, areas = [pair for pair in pairs_of(findings) if pair.shown], areas_word(by_columns(findings))
    if not pairs:
        raise ValueError("findings: there is no area to draw, none has a shrunken value")
    row = next(row for row in rows_of(findings, "group") if known(row.get("shrunken")))
    unit, typical = row["unit_of_measure"], typical_of(findings)
    moved = max(pairs, key=lambda pair: abs(pair.shrunken - pair.raw))
    raw, shrunken = _span([p.raw for p in pairs], unit), _span([p.shrunken for p in pairs], unit)
    about = (
        f"Hollow circles of raw values and filled points of shrunken ones with their intervals, for {len(pairs)} "
        f"{areas}, around a line at {area_mark(typical, unit)}. Raw values run from {raw}, shrunken ones from "
        f"{shrunken}. {moved.name} moved most, from {_move(moved, unit)}."
    )
    title = getattr(findings, "title", None) or _shrinkage_title(pairs, unit)
    what = _measured(row)
    level = f"{100 * row['confidence_level']:.10g}%"
    return Alternative(clean(title), f"{what}: raw, and drawn towards the other {areas} with {level} intervals", about)


def _shrinkage_title(pairs: Sequence[Pair], unit: object) -> str:
    raw, shrunken = _span([p.raw for p in pairs], unit), _span([p.shrunken for p in pairs], unit)
    if len({p.shrunken for p in pairs}) == 1 and len(pairs) > 1:
        return f"From {raw} raw, but no more than chance would make them vary"
    if raw == shrunken:
        return f"From {raw}, hardly changed once chance is allowed for"
    return f"From {raw} raw, from {shrunken} once chance is allowed for"


def _span(values: Sequence[float], unit: object) -> str:
    return f"{area_mark(min(values), unit)} to {area_mark(max(values), unit)}"


def _move(pair: Pair, unit: object) -> str:
    return f"{area_mark(pair.raw, unit)} to {area_mark(pair.shrunken, unit)}"

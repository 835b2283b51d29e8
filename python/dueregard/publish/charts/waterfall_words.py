"""What a waterfall shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.driver_chart import outcome_name
from dueregard.publish.charts.few_sets import left_out
from dueregard.publish.charts.waterfall_chart import Cell, name_of, step_words
from dueregard.publish.charts.waterfall_steps import PART, Fall, Step, falls_of, n_falls
from dueregard.publish.gap_part_sets import has_gap, part_sets
from dueregard.publish.levels import levels_of
from dueregard.publish.numbers import plain
from dueregard.publish.readings import clean, label, rows_of
from dueregard.publish.sentences.gap_part_sentences import held_of
from dueregard.publish.sentences.part_words import points_of
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative


def waterfall_words(findings: Findings) -> Alternative:
    """How much of the gap would remain, or how it has moved; then every step."""
    from dueregard.publish.charts.figure import Alternative

    falls, changed = falls_of(findings), findings.kind == "gap change parts"
    title = clean(findings.title) if findings.title else _title(falls, changed)
    several = len({fall.group for fall in falls}) > 1
    about = " ".join(_fall_words(fall, name_of(fall, several) if len(falls) > 1 else "") for fall in falls)
    return Alternative(title, _subtitle(falls, findings, changed), f"Bars one after another, with intervals. {about}")


def _title(falls: list[Fall], changed: bool) -> str:
    """The first gap, and what of it would remain if the groups were alike, as far as that is told from none."""
    fall = next((fall for fall in falls if fall.area.startswith("All ")), falls[0])
    first, last = fall.first, fall.last
    who = f"{outcome_name(fall.row['measure'])}: {clean(fall.group)}"
    than = "" if _is_none(first) else f" than {clean(fall.row['reference'])}"
    said = f"{who} {_points(first, fall)}{than}"
    if changed:
        unsure = "" if has_gap(fall.row) else ", a change that may be chance"
        return f"{said}, then {_again(first, last, fall)}{unsure}"
    if not fall.alike_enough:
        return f"{said}; too few have a counterpart to say what would remain"
    unsure = "" if last.sure else ", which may be no gap"
    return f"{said}; {_again(first, last, fall)} if the groups were alike{unsure}"


def _is_none(step: Step) -> bool:
    return float(plain(step.estimate, step.decimals).replace(",", "")) == 0


def _again(first: Step, last: Step, fall: Fall) -> str:
    """The last gap, by its size alone where it is on the side of the first."""
    if not _is_none(last) and not _is_none(first) and first.estimate * last.estimate > 0:
        return plain(last.estimate, last.decimals)
    return _points(last, fall)


def _points(step: Step, fall: Fall) -> str:
    """The size of a gap, with its side."""
    row, unit = fall.row, unit_of(fall.row)
    if _is_none(step):
        return "no gap"
    return f"{points_of({**row, 'estimate': step.estimate}, step.decimals)} {unit.side(step.estimate)}"


def _subtitle(falls: list[Fall], findings: Findings, changed: bool) -> str:
    """What is measured, against whom, and what was held equal to find what remains."""
    row = falls[0].row
    level = next(iter(levels_of(rows_of(findings))), None)
    unit = "percentage points" if unit_of(row).percent else clean(row["unit_of_measure"])
    said = [f"{label(row['measure'])} against {clean(row['reference'])}, {unit}"]
    if level:
        said[0] += f", {100 * level:.10g}% intervals"
    held = "" if changed else held_of(findings, part_sets(findings))
    rest = f"what remains is the gap among people alike in {held}"
    said += ["the parts add up to the change" if changed else rest, "parts are not causes"]
    methods = list(dict.fromkeys(fall.method for fall in falls if fall.method))
    said += [f"method: {' and '.join(methods)}"] if methods else []
    return "; ".join([*said, *left_out(n_falls(findings), len(falls))])


def _fall_words(fall: Fall, name: str) -> str:
    listed = "; ".join(_step_words(step) for step in fall.steps)
    return f"{name}: {listed}." if name else f"{listed}."


def _step_words(step: Step) -> str:
    unsure = "" if step.sure else ", could be none"
    return f"{step.label} {step_words(Cell(step, step.kind == PART), short=False)}{unsure}"

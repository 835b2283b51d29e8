"""What a chart shows, in words: for those who do not see it, and as its headings. Numbers come from the findings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts.gap_lines import CLEAR, NONE, SAME, UNSURE, Line, level_words, panels_of
from dueregard.publish.charts.score_chart import Score, lines_of, scores_of
from dueregard.publish.charts.share_chart import Share, shares_of
from dueregard.publish.charts.stage_words import stage_title
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import clean, known, label, rows_of, whole
from dueregard.publish.units.amounts import Points, Unit, unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

POINTS = Points()
"""Without a unit, differences are percentage points."""


def signed(value: float, unit: Unit = POINTS) -> str:
    """A difference in words, in a unit.

    >>> signed(-7.2), signed(0.3), signed(1.0)
    ('7 percentage points lower', 'no different to the nearest point', '1 percentage point higher')
    """
    return unit.signed(value)


def gap_words(findings: Findings) -> Alternative:
    """The words of a gap chart: the first line, then the lowest and highest, then how many are clear."""
    from dueregard.publish.charts.figure import Alternative

    panels = panels_of(findings)
    if not panels:
        raise ValueError("findings: there is no difference to draw, every estimate is missing")
    rows = rows_of(findings)
    reference = next((clean(r["reference"]) for r in rows if r.get("reference")), "the reference")
    unit, level = unit_of_rows(rows), next(iter(levels_of(rows)), None)
    parts = [_panel_words(group, lines, unit, level) for group, lines in panels.items()]
    lines = [line for panel in panels.values() for line in panel]
    kind = "Points with interval lines" if any(line.intervals for line in lines) else "Points"
    scale = " on a logarithmic scale" if unit.logarithmic else ""
    about = f"{kind} around a line at no difference from {reference}{scale}. " + " ".join(parts)
    staged = any(row.get("stage") is not None for row in rows)
    found = stage_title(rows, reference) if staged else _title(_heads(panels), unit, reference)
    title = getattr(findings, "title", None) or found
    measured = unit.measured(reference)
    if what := rates_words(rows) or measure_words(rows):
        measured = f"{what}: {measured[:1].lower()}{measured[1:]}"
    return Alternative(clean(title), measured + level_words(findings, lines), about)


def rates_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Which rates are compared, and when; nothing where there are several, or none."""
    named = {(row["measure"], row["period"]) for row in rows if row.get("basis") is not None}
    if len(named) != 1:
        return ""
    measure, period = named.pop()
    return clean(f"{measure[:1].upper()}{measure[1:]}" + (f", {period}" if period else ""))


def measure_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """What is measured, and when; nothing where there are several measures, whose rows say which they are.

    >>> measure_words([{"measure": "good_job (Excellent or Good)", "period": "2010-11"}])
    'Good job (Excellent or Good), 2010-11'
    """
    named = {(row.get("measure"), row.get("period")) for row in rows if row.get("stage") is None}
    measures, periods = {measure for measure, _ in named}, {period for _, period in named}
    if len(measures) != 1 or measures == {None}:
        return ""
    period = periods.pop() if len(periods) == 1 else None
    return label(measures.pop()) + (f", {clean(period)}" if period else "")


def _title(heads: Sequence[tuple[str, Line]], unit: Unit, reference: str) -> str:
    """The finding: of several groups what they have in common, of one its difference, if it is not too few to tell."""
    if len(heads) > 1:
        groups = [(name, line.estimate, line.verdict in (CLEAR, NONE)) for name, line in heads]
        return groups_title(groups, reference, unit)
    name, line = heads[0]
    if line.verdict is UNSURE:
        return f"{name} against {reference}: too few to tell"
    return f"{name}: {unit.than(line.estimate, reference)}"


def _heads(panels: Mapping[str, Sequence[Line]]) -> list[tuple[str, Line]]:
    """Each group with its row over all areas, or its first."""
    if "" in panels:
        return [(line.label, line) for line in panels[""]]
    return [(group, next((x for x in lines if x.bold), lines[0])) for group, lines in panels.items()]


def groups_title(groups: Sequence[tuple[str, float, bool]], reference: str, unit: Unit = POINTS) -> str:
    """What several groups have in common, and the widest clear gap; each is its name, its gap, and whether it is clear.

    >>> groups_title([("Asian", -6.4, True), ("Mixed", -24.0, True), ("Other", -2.0, False)], "White")
    '2 of 3 groups lower than White; widest Mixed, 24 points'
    >>> groups_title([("Asian", -1.0, False), ("Mixed", 6.0, True)], "England and Wales")
    '1 of 2 groups higher than England and Wales: Mixed, 6 points'
    """
    clear = [(name, gap) for name, gap, sure in groups if sure and known(gap)]
    if not clear:
        return f"None of {len(groups)} groups clearly different from {reference}"
    counts = {word: sum(unit.side(gap) == word for _, gap in clear) for word in ("lower", "higher")}
    said = [f"{n} {word}" for word, n in counts.items() if n]
    said[0] = said[0].replace(" ", f" of {len(groups)} groups ", 1)
    name, gap = max(clear, key=lambda pair: unit.distance(pair[1]))
    which = "; widest" if len(clear) > 1 else ":"
    widest = f"{which} {name}, {unit.widest(gap)}" if len(groups) > 1 and unit.distance(gap) < math.inf else ""
    return f"{' and '.join(said)} than {reference}{widest}"


def _panel_words(group: str, lines: Sequence[Line], unit: Unit, level: float | None) -> str:
    shown = [line for line in lines if known(line.estimate)]
    if not shown:
        return f"{group + ': no' if group else 'No'} difference is known."
    first = shown[0]
    text = f"{group + ', ' if group else ''}{first.label}: {signed(first.estimate, unit)}"
    if known(first.low) and known(first.high) and level:
        text += f" ({100 * level:.10g}% interval {unit.marked_span(first.low, first.high)})"
    rest = [line for line in shown[1:] if not line.bold]
    if len(rest) > 1:
        low, high = min(rest, key=lambda x: x.estimate), max(rest, key=lambda x: x.estimate)
    if len(rest) > 1 and low.estimate < high.estimate:
        text += f". From {low.label} ({signed(low.estimate, unit)}) to {high.label} ({signed(high.estimate, unit)})"
    return text + ". " + _counts([line for line in lines if not line.bold], unit)


def _counts(lines: Sequence[Line], unit: Unit) -> str:
    clear = [line for line in lines if line.verdict is CLEAR]
    counts = {
        "clearly lower": sum(known(x.estimate) and unit.side(x.estimate) == "lower" for x in clear),
        "clearly higher": sum(known(x.estimate) and unit.side(x.estimate) == "higher" for x in clear),
        SAME.words: sum(x.verdict is SAME for x in lines),
        UNSURE.words: sum(x.verdict is UNSURE for x in lines),
    }
    if all(x.verdict is NONE for x in lines):
        return ""
    return f"Of {len(lines)} rows: " + ", ".join(f"{n} {words}" for words, n in counts.items() if n) + "."


def score_words(findings: Findings, threshold: float | None) -> Alternative:
    """The words of a score chart: the range, how many reach the line, whose answers are missing."""
    from dueregard.publish.charts.figure import Alternative

    scores = [score for score in scores_of(findings) if known(score.value)]
    if not scores:
        raise ValueError("findings: there is no score to draw, every value is missing")
    low, high = min(scores, key=lambda s: s.value), max(scores, key=lambda s: s.value)
    ends = f"from {low.label} ({whole(low.value)}%) to {high.label} ({whole(high.value)}%)"
    about = f"Bars of {len(scores)} scores, {ends if low.value < high.value else f'all {whole(low.value)}%'}."
    reached = ""
    for percent in [threshold] if threshold is not None else [percent for percent, _ in lines_of(findings)]:
        met = sum(score.value >= percent for score in scores)
        certain = " for certain" if any(s.open and s.value < percent <= s.high for s in scores) else ""
        words = f"{met} of {len(scores)} reach {whole(percent)}%{certain}"
        reached = reached or words
        about += f" {words}."
    about += "".join(_open_words(score) for score in scores if score.open)
    if findings.kind == "strengths":
        reached, named = _strengths_title(rows_of(findings)), _strengths_words(rows_of(findings))
        about += f" {named}"
    if findings.kind == "performance":
        reached = _performance_title(scores[0], rows_of(findings)[0]["reference_value"])
        about += _performance_words(rows_of(findings), findings.by[0])
    title = reached or f"Scores from {whole(low.value)}% to {whole(high.value)}%"
    measure = next((row["measure"] for row in rows_of(findings) if row.get("measure")), None)
    return Alternative(clean(title), label(findings.title or measure or "score"), about)


def _strengths_title(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many indicators are strengths and weaknesses."""
    asked = [row for row in rows if row["nobs"]]
    counts = [sum(row["verdict"] == word for row in asked) for word in ("strength", "weakness")]
    return f"Of {len(asked)} indicators, {counts[0]} strong and {counts[1]} weak"


def _strengths_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Which indicators are which."""
    words = {"strength": "Strengths", "weakness": "Weaknesses", "neither": "Neither", "cannot tell": "Not to be told"}
    found = {
        word: [clean(row["indicator"]) for row in rows if row["nobs"] and row["verdict"] == word] for word in words
    }
    return " ".join(f"{words[word]}: {', '.join(ids)}." for word, ids in found.items() if ids)


def _performance_title(score: Score, target: float) -> str:
    """The share of units at or above the threshold, of the first row, against the target if there is one."""
    against = f", against a target of {whole(target)}%" if known(target) else ""
    return f"{score.label[:1].upper()}{score.label[1:]}: {whole(score.value)}%{against}"


def _performance_words(rows: Sequence[Mapping[str, Any]], label: str) -> str:
    """How many units of how many, of a few rows."""
    said = [f"{clean(row[label] or 'all units')} {row['count']} of {row['nobs']}" for row in rows[:12] if row["nobs"]]
    return f" Units: {', '.join(said)}." if said else ""


def _open_words(score: Score) -> str:
    return f" {score.label} would have {whole(score.low)}% to {whole(score.high)}% with its missing answers."


def share_words(findings: Findings, compared: Mapping[str, float], names: tuple[str, str]) -> Alternative:
    """The words of a share chart: every share with what it is compared with."""
    from dueregard.publish.charts.figure import Alternative

    shares = shares_of(findings, compared)
    if not any(known(share.value) for share in shares):
        raise ValueError("findings: there is no share to draw, every value is missing")
    listed = "; ".join(_share_words(share, names) for share in shares[:40])
    about = f"Points of {len(shares)} rows: {listed}."
    characteristic = next((row["characteristic"] for row in rows_of(findings) if row.get("characteristic")), None)
    title = getattr(findings, "title", None) or (
        f"Shares by {label(characteristic).lower()}" if characteristic else "Shares"
    )
    return Alternative(clean(title), "Percent", about)


def _share_words(share: Share, names: tuple[str, str]) -> str:
    value = f"{whole(share.value)}%" if known(share.value) else "not available"
    if share.compared is None:
        return f"{share.label} {value}"
    return f"{share.label} {value} ({names[1]} {whole(share.compared)}%)"

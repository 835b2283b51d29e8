"""The heat map: units by indicators, every answer a mark with a shape of its own, sections apart from each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.assessment.scores.answer_rows import NO_ANSWER, NOT_ASSESSED
from dueregard.assessment.scores.threshold_rows import MET, NOT_MET
from dueregard.publish.charts import canvas
from dueregard.publish.charts.heat_cells import COUNTED, HeatMap, Section, blocks_of, heat_map_of
from dueregard.publish.charts.key import LINE, Shape, draw_key, key_lines
from dueregard.publish.readings import clean, label, rows_of
from dueregard.publish.sentences.assessments import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

SMALL = 11.0
CELL, APART = 15.0, 0.6  # the least width of a cell, and the gap between sections in cells
BETWEEN = 16.0  # pixels below a block
BOLD = 0.88  # how much narrower plain type is than bold
MARKS: dict[str, tuple[str, str, str, float]] = {
    MET: ("s", canvas.DARK_BLUE, canvas.DARK_BLUE, 1.0),
    NOT_MET: ("x", canvas.DARK_PINK, canvas.DARK_PINK, 0.8),
    NO_ANSWER: ("D", "white", canvas.TEXT, 0.8),
    NOT_ASSESSED: ("_", canvas.RULE, canvas.RULE, 0.6),
}
"""The marker of each verdict, the colours of its face and edge, and its size against that of a filled square."""
WORDS = {MET: "met", NOT_MET: "not met", NO_ANSWER: "no answer", NOT_ASSESSED: "not asked of the unit"}


def heat_map(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every answer; where the width does not take all indicators, the units come again in a further block."""
    cells = heat_map_of(findings)
    head = canvas.heading_height(title, subtitle, width)
    keys = key_lines(_shapes(cells), width)
    counts = [f"{cells.of(unit, MET)} of {cells.asked(unit)}" for unit in cells.units]
    room = max(canvas.text_width(text, SMALL) for text in counts) + 10
    left = min(max(canvas.text_width(clean(unit), SMALL) for unit in cells.units), 0.34 * width) + 10
    blocks = blocks_of(cells.sections, max(3, int((width - left - room) / CELL - APART * 2)))
    cell = min(24.0, (width - left - room) / max(map(_span, blocks)))
    row = 21.0 if len(cells.units) <= 40 else 17.0
    top = head + LINE * len(keys) + 6
    tall = sum(_heading_height(block, cell) + row * len(cells.units) + BETWEEN for block in blocks)
    sheet = canvas.Sheet(width, top + tall)
    sheet.headings(title, subtitle)
    draw_key(sheet, head + 8, keys)
    _blocks(sheet, cells, blocks, (left, top, cell, row))
    bottom = top + tall - BETWEEN - row * len(cells.units)
    _counts(sheet, counts, left + _span(blocks[-1]) * cell + 10, bottom, row)
    return sheet.figure


def _blocks(
    sheet: canvas.Sheet,
    cells: HeatMap,
    blocks: Sequence[Sequence[Section]],
    box: tuple[float, float, float, float],
) -> None:
    """The blocks one below another, each with the names of its indicators and of all units."""
    left, top, cell, row = box
    for block in blocks:
        top += _heading_height(block, cell)
        _headings(sheet, block, left, top, cell)
        _rows(sheet, cells, top, row, left)
        _marks(sheet, cells, block, (left, top, cell, row))
        top += row * len(cells.units) + BETWEEN


def _shapes(cells: HeatMap) -> list[Shape]:
    """The marks that are drawn, with their words."""
    return [(marker, face, edge, WORDS[verdict])
            for verdict, (marker, face, edge, _) in MARKS.items() if cells.total(verdict)]  # fmt: skip


def _span(block: Sequence[Section]) -> float:
    """How many cells a block is wide, with the gaps between its sections."""
    return sum(len(section.indicators) for section in block) + APART * (len(block) - 1)


def _places(block: Sequence[Section]) -> list[tuple[str, float]]:
    """Every indicator with the middle of its column, in cells."""
    places, at = [], 0.0
    for section in block:
        places += [(one, at + i + 0.5) for i, one in enumerate(section.indicators)]
        at += len(section.indicators) + APART
    return places


def _lines(section: Section, cell: float, last: bool) -> list[str]:
    """The name of a section over its columns, in two lines at most; the last of a block has room beside it."""
    width = max(cell * (len(section.indicators) + APART) - 10, 110.0 if last else 0.0)
    words, lines = section.label.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and canvas.text_width(longer, SMALL, bold=True) > width and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = longer
    return [canvas.shorten(line, BOLD * width, SMALL) for line in lines]


def _heading_height(block: Sequence[Section], cell: float) -> float:
    """Room for the names of sections and, upright, of indicators."""
    named = max(canvas.text_width(clean(one), SMALL) for one, _ in _places(block))
    return 15.0 * max(len(_lines(section, cell, section is block[-1])) for section in block) + min(named, 60.0) + 12


def _headings(sheet: canvas.Sheet, block: Sequence[Section], left: float, bottom: float, cell: float) -> None:
    """The names of the sections over a line, and below it those of their indicators, turned to stand upright."""
    named = max(canvas.text_width(clean(one), SMALL) for one, _ in _places(block))
    rule, at = bottom - min(named, 60.0) - 8, left
    for section in block:
        wide = cell * len(section.indicators)
        lines = _lines(section, cell, section is block[-1])
        for i, line in enumerate(lines):
            sheet.text(at, rule - 9 - 15 * (len(lines) - 1 - i), line, fontsize=SMALL, weight="bold")
        axes = sheet.panel(at, rule - 1, wide, 2)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.plot([0, 1], [0.5, 0.5], color=canvas.RULE, lw=1, solid_capstyle="butt")
        at += wide + APART * cell
    for one, place in _places(block):
        text = canvas.shorten(clean(one), 60.0, SMALL)
        sheet.text(left + place * cell, bottom - 3, text, fontsize=SMALL, rotation=90, ha="center", va="bottom")


def _rows(sheet: canvas.Sheet, cells: HeatMap, top: float, row: float, left: float) -> None:
    """The names of the units."""
    for i, unit in enumerate(cells.units):
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(clean(unit), left - 8, SMALL), fontsize=SMALL)


def _counts(sheet: canvas.Sheet, counts: Sequence[str], left: float, top: float, row: float) -> None:
    """At the end of the last block how many indicators each unit met."""
    for i, text in enumerate(counts):
        sheet.text(left, top + (i + 0.5) * row, text, fontsize=SMALL)


def _marks(
    sheet: canvas.Sheet, cells: HeatMap, block: Sequence[Section], box: tuple[float, float, float, float]
) -> None:
    """The marks of a block, those of one verdict in one stroke."""
    left, top, cell, row = box
    n, span = len(cells.units), _span(block)
    axes = sheet.panel(left, top, span * cell, n * row)
    axes.set_xlim(0, span)
    axes.set_ylim(n, 0)
    _guides(axes, n, span)
    for verdict, (marker, face, edge, size) in MARKS.items():
        at = [(place, i + 0.5) for i, unit in enumerate(cells.units) for one, place in _places(block)
              if cells.verdicts.get((unit, one)) == verdict]  # fmt: skip
        style: dict[str, Any] = {"ms": size * 0.62 * min(cell, row), "mfc": face, "mec": edge, "mew": 1.4}
        if at:
            axes.plot([x for x, _ in at], [y for _, y in at], marker, clip_on=False, zorder=2, **style)


def _guides(axes: Axes, rows: int, span: float) -> None:
    """Light lines that lead the eye from a name to its marks."""
    for i in range(rows + 1):
        axes.plot([0, span], [i, i], color="#D5DADD", lw=0.7, zorder=0, solid_capstyle="butt")


def heat_map_words(findings: Findings) -> Alternative:
    """The words of a heat map: how much was met, the indicators met least, and every unit with what it did not meet."""
    from dueregard.publish.charts.figure import Alternative

    cells = heat_map_of(findings)
    if not cells.units:
        raise ValueError("findings: there is no answer to draw")
    kind = parts.shared_kind(findings.rows())
    met, missing = cells.total(MET), cells.total(NO_ANSWER)
    asked = met + missing + cells.total(NOT_MET)
    subject = label(findings.title or rows_of(findings)[0]["measure"])
    columns = sum(len(section.indicators) for section in cells.sections)
    about = f"Marks of {parts.units(len(cells.units), kind)} by {parts.indicators(columns)}: "
    about += f"{met} of {asked} met" + (f", {missing} without an answer" if missing else "") + ". "
    about += " ".join(_unit_words(cells, unit) for unit in cells.units[:40])
    more = len(cells.units) - 40
    if more > 0:
        about += f" {more} further {parts.kind_of_units(more, kind)} {parts.verb(more, 'is', 'are')} in the table."
    return Alternative(f"{met:,} of {asked:,} indicators met{_weakest(cells, kind)}", subject, about)


def _weakest(cells: HeatMap, kind: object) -> str:
    """The indicator that the smallest share of the units asked about it met, where it is one alone."""
    shares = []
    for one in (indicator for section in cells.sections for indicator in section.indicators):
        found = [cells.verdicts.get((unit, one)) for unit in cells.units]
        asked = sum(verdict in COUNTED for verdict in found)
        if asked:
            shares.append((found.count(MET) / asked, found.count(MET), asked, one))
    lowest = [share for share in shares if share[0] == min(shares)[0]]
    if len(shares) < 2 or len(lowest) != 1 or lowest[0][0] == 1:
        return ""
    _, met, asked, one = lowest[0]
    return f"; fewest {clean(one)}, met by {met} of {parts.units(asked, kind)}"


def _unit_words(cells: HeatMap, unit: str) -> str:
    text = f"{clean(unit)} met {cells.of(unit, MET)} of {cells.asked(unit)}"
    ids = [one for section in cells.sections for one in section.indicators]
    for verdict, words in ((NOT_MET, "not"), (NO_ANSWER, "no answer to")):
        found = [clean(one) for one in ids if cells.verdicts.get((unit, one)) == verdict]
        text += f", {words} {', '.join(found)}" if 0 < len(found) <= 12 else ""
    return f"{text}."

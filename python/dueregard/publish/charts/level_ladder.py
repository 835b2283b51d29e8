"""The level ladder: levels as rungs, units on them, evidence above as hollow marks, what is open as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import LINE, Shape, draw_key, key_lines
from dueregard.publish.charts.level_rungs import Ladder, Standing, ladder_of
from dueregard.publish.readings import clean, label
from dueregard.publish.sentences.assessments import parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

FARTHEST = 150.0  # pixels between two rungs
MOST_ROWS = 40
"""More units than this are counted on each rung, not drawn one by one."""
AT: Shape = ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "level reached")
EVIDENCE: Shape = ("D", "white", canvas.DARK_BLUE, "highest evidence, isolated")
COUNTED: Shape = ("s", canvas.DARK_BLUE, canvas.DARK_BLUE, "units at the level")
COUNTED_EVIDENCE: Shape = ("s", "white", canvas.DARK_BLUE, "units with isolated evidence up to it")
OPEN: Shape = ("|", canvas.DARK_PINK, canvas.DARK_PINK, "as far as missing answers could take it")
COUNTED_OPEN: Shape = ("|", canvas.DARK_PINK, canvas.DARK_PINK, "as many as missing answers could take there")


def level_ladder(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw each unit on its rung, or where they are many how many units are on each."""
    ladder = ladder_of(findings)
    draw = _units if len(ladder.units) <= MOST_ROWS else _counts
    return draw(ladder, width, title, subtitle)


def _units(ladder: Ladder, width: int, title: str, subtitle: str) -> Chart:
    """A row for each unit, the levels from left to right."""
    standings = [*([ladder.organisation] if ladder.organisation else []), *ladder.units]
    heads, row = canvas.heading_height(title, subtitle, width), 23.0
    keys = key_lines(_shapes(ladder, standings, AT, EVIDENCE, OPEN), width)
    left = (
        min(max(canvas.text_width(one.label, canvas.text_size(width), bold=True) for one in standings), 0.4 * width)
        + 10
    )
    names = [_folded(rung, (width - left - 34) / max(1, len(ladder.rungs) - 1)) for rung in ladder.rungs]
    top = heads + LINE * len(keys) + 14 + 15 * (max(map(len, names)) + ladder.graded)
    sheet = canvas.Sheet(width, top + row * len(standings) + 8)
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 8, keys)
    ends = [canvas.text_width(max(lines, key=len), 11.0, bold=True) / 2 + 4 for lines in (names[0], names[-1])]
    wide = min(width - left - sum(ends), FARTHEST * max(1, len(ladder.rungs) - 1))
    box = (left + ends[0], top, wide, row * len(standings))
    axes = _rungs(sheet, ladder, names, box, len(standings))
    for i, one in enumerate(standings):
        bold = {"weight": "bold"} if one is ladder.organisation else {}
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(one.label, left - 8, sheet.size), **bold)
        _standing(axes, i, one, ladder.graded)
    return sheet.figure


def _folded(name: str, width: float) -> list[str]:
    """The name of a rung, a word below another where it would else run into its neighbour."""
    if canvas.text_width(name, 11.0, bold=True) <= width - 6:
        return [name]
    return [canvas.shorten(word, width - 3, 11.0) for word in name.split()]


def _shapes(ladder: Ladder, standings: list[Standing], at: Shape, evidence: Shape, open_: Shape) -> list[Shape]:
    """The marks that are drawn."""
    ahead = ladder.graded and any((one.evidence or 0) > (one.level or 0) for one in standings)
    return [at, *([evidence] if ahead else []), *([open_] if any(one.open for one in standings) else [])]


def _rungs(
    sheet: canvas.Sheet, ladder: Ladder, names: list[list[str]], box: tuple[float, float, float, float], rows: int
) -> Axes:
    """The rungs as upright lines under their names; that aimed at is pink and says so."""
    left, top, wide, _ = box
    axes = sheet.panel(*box)
    axes.set_xlim(0, max(1, len(ladder.rungs) - 1))
    axes.set_ylim(rows - 0.5, -0.5)
    for rung, lines in enumerate(names):
        aimed = ladder.graded and rung == ladder.aim
        colour = canvas.DARK_PINK if aimed else "#B1B9BD"
        axes.plot([rung, rung], [-0.5, rows - 0.5], color=colour, lw=2.2 if aimed else 1, zorder=0, clip_on=False)
        x = left + wide * rung / max(1, len(ladder.rungs) - 1)
        said = ["aim:", *lines] if aimed else lines
        for i, line in enumerate(said):
            style = {"color": canvas.DARK_PINK, "weight": "bold"} if aimed else {"color": canvas.QUIET}
            sheet.text(x, top - 10 - 15 * (len(said) - 1 - i), line, ha="center", fontsize=11.0, **style)
    return axes


def _standing(axes: Axes, y: int, one: Standing, graded: bool) -> None:
    """The marks of one unit."""
    if one.level is None:
        axes.annotate("[x]", (0, y), ha="center", va="center_baseline", fontsize=11.0, color=canvas.TEXT)
        return
    if one.open and one.highest is not None:
        axes.plot([one.level, one.highest], [y, y], color=canvas.DARK_PINK, lw=2, zorder=1)
        axes.plot([one.highest], [y], "|", ms=11, mec=canvas.DARK_PINK, mew=2.2, zorder=2, clip_on=False)
    if graded and one.evidence is not None and one.evidence > one.level:
        style: dict[str, Any] = {"ms": 7.5, "mfc": "white", "mec": EVIDENCE[2], "mew": 1.5}
        axes.plot([one.evidence], [y], EVIDENCE[0], zorder=3, clip_on=False, **style)
    axes.plot([one.level], [y], AT[0], ms=9, mfc=AT[1], mec="white", mew=0.8, zorder=4, clip_on=False)


def _counts(ladder: Ladder, width: int, title: str, subtitle: str) -> Chart:
    """A rung for each level, the highest on top, with bars of how many units are there and have evidence there."""
    heads, row = canvas.heading_height(title, subtitle, width), 46.0
    keys = key_lines(_shapes(ladder, ladder.units, COUNTED, COUNTED_EVIDENCE, COUNTED_OPEN), width)
    top = heads + LINE * len(keys) + 10
    n = len(ladder.rungs)
    sheet = canvas.Sheet(width, top + row * n + 6)
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 8, keys)
    named = [f"{rung} (aim)" if i == ladder.aim and ladder.graded else rung for i, rung in enumerate(ladder.rungs)]
    named[0] = "No level yet"
    left = min(max(canvas.text_width(name, sheet.size, bold=True) for name in named), 0.4 * width) + 12
    axes = sheet.panel(left, top, width - left - 74, row * n)
    axes.set_xlim(0, len(ladder.units))
    axes.set_ylim(n - 0.5, -0.5)
    for i in range(n):
        rung = n - 1 - i
        aimed = {"weight": "bold", "color": canvas.DARK_PINK} if rung == ladder.aim and ladder.graded else {}
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(named[rung], left - 8, sheet.size), **aimed)
        _rung_bars(axes, i, ladder, rung)
    return sheet.figure


def _rung_bars(axes: Axes, y: int, ladder: Ladder, rung: int) -> None:
    """The bars of one rung with their numbers beside them, over the line that is the rung."""
    at, more, evidence = ladder.at(rung), ladder.could_be_at(rung), ladder.evidence_at(rung) if ladder.graded else 0
    axes.plot([0, len(ladder.units)], [y + 0.44] * 2, color="#B1B9BD", lw=1, zorder=0)
    style: dict[str, Any] = {
        "textcoords": "offset points",
        "va": "center_baseline",
        "annotation_clip": False,
        "color": canvas.TEXT,
    }
    axes.barh([y - 0.16], [at], height=0.32, color=canvas.DARK_BLUE, zorder=2)
    words = f"{at:,}" + (f" to {at + more:,}" if more else "")
    axes.annotate(words, (at + more, y - 0.16), xytext=(7, 0), fontsize=12.0, **style)
    if more:
        axes.plot([at, at + more], [y - 0.16] * 2, color=canvas.DARK_PINK, lw=2, zorder=3)
        axes.plot([at + more], [y - 0.16], "|", ms=11, mec=canvas.DARK_PINK, mew=2.2, zorder=3, clip_on=False)
    if evidence:
        axes.barh([y + 0.2], [evidence], height=0.28, fc="white", ec=canvas.DARK_BLUE, lw=1.4, zorder=2)
        axes.annotate(f"{evidence:,}", (evidence, y + 0.2), xytext=(7, 0), fontsize=12.0, **style)


def level_ladder_words(findings: Findings) -> Alternative:
    """The words of a ladder: the organisation, how many units are on each rung, evidence above, and what is open."""
    from dueregard.publish.charts.figure import Alternative

    ladder = ladder_of(findings)
    if all(one.level is None for one in [*ladder.units, *([ladder.organisation] if ladder.organisation else [])]):
        raise ValueError("findings: there is no level to draw, none is known")
    n, kind = len(ladder.rungs) - 1, parts.shared_kind(row for row in findings.rows() if row["unit"] is not None)
    said = [f"A ladder of {n} level{'' if n == 1 else 's'} with {parts.units(len(ladder.units), kind)}."]
    for rung in reversed(range(len(ladder.rungs))):
        said += _rung_words(ladder, rung)
    said += [f"{one.label} could be at {ladder.rungs[one.highest]} with its missing answers."
              for one in ladder.units if one.open and one.highest is not None]  # fmt: skip
    subject = label(clean(findings.title or "level reached"))
    return Alternative(_title(ladder, kind), subject, " ".join(said))


def _where(rung: int, ladder: Ladder) -> str:
    return "at no level yet" if rung == 0 else f"at {ladder.rungs[rung]}"


def _title(ladder: Ladder, kind: object) -> str:
    whole = ladder.organisation
    if whole is not None and whole.level is not None:
        return f"The organisation is {_where(whole.level, ladder)}"
    return f"{ladder.at(ladder.aim)} of {parts.units(len(ladder.units), kind)} at {ladder.rungs[ladder.aim]}"


def _rung_words(ladder: Ladder, rung: int) -> list[str]:
    at, evidence = ladder.at(rung), ladder.evidence_at(rung) if ladder.graded else 0
    named = [one.label for one in ladder.units if one.level == rung]
    who = f" ({', '.join(named)})" if 0 < at <= 12 else ""
    words = [f"{at} {_where(rung, ladder)}{who}" if at else f"none {_where(rung, ladder)}"]
    words += [f"{evidence} with isolated evidence"] if evidence else []
    text = ", ".join(words)
    return [f"{text[:1].upper()}{text[1:]}."]

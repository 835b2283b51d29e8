"""The chart of weighting classes: of each class its share of those asked and of those who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures.surveys.nonresponse.weighting_rows import DIFFER
from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import number_words
from dueregard.publish.readings import clean, finite, fixed, known, label, named, rows_of, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

SHAPES: tuple[Shape, ...] = (
    ("D", "white", canvas.DARK_PINK, "of those asked"),
    ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "of those who answered"),
)
MOST_LISTED = 40


@dataclass(frozen=True)
class Class:
    """One weighting class."""

    label: str
    asked: Any
    answered: Any
    weight: Any


def classes_of(findings: Findings) -> list[Class]:
    """The classes, in the order of the findings."""
    return [
        Class(named(row["group"]), row["asked_percent"], row["respondents_percent"], row["relative_weight"])
        for row in rows_of(findings, "group")
    ]


def class_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw two points for each class, with the weight that would bring one to the other beside them."""
    classes = classes_of(findings)
    ends = finite(end for one in classes for end in (one.asked, one.answered))
    column = Column(
        plain_scale(0.0, max([*ends, 1.0]) * 1.06),
        lambda tick: f"{tick:.10g}%",
        _draw,
        lambda one: fixed(one.weight, 2) if known(one.weight) else "[x]",
        heading="weight" if width < 500 else "weight, 1 on average",
    )
    rows = [Row(one.label, (one,)) for one in classes]
    return row_grid([Block("", rows)], [column], width=width, title=title, subtitle=subtitle, shapes=SHAPES)


def _draw(axes: Axes, y: float, one: Class) -> None:
    if known(one.asked) and known(one.answered):
        axes.plot([one.asked, one.answered], [y, y], color="#BFBFBF", lw=2.2, zorder=1, solid_capstyle="butt")
    for share, (marker, face, edge, _), size in zip((one.asked, one.answered), SHAPES, (8.5, 5.0), strict=True):
        if known(share):
            axes.plot([share], [y], marker, ms=size, mfc=face, mec=edge, mew=1.6, zorder=3, clip_on=False)


def class_words(findings: Findings) -> Alternative:
    """How many answered, whether classes differ beyond chance, and both shares of every class."""
    from dueregard.publish.charts.figure import Alternative

    classes = classes_of(findings)
    if not any(known(one.asked) and known(one.answered) for one in classes):
        raise ValueError("findings: there is no class to draw, nobody was asked or nobody answered")
    overall = next(row for row in rows_of(findings, "overall"))
    about = "; ".join(_words(one) for one in classes[:MOST_LISTED])
    rate = f"{whole(overall['value'])}% answered" if known(overall["value"]) else "Response not known"
    title = clean(findings.title) if findings.title else rate + _verdict(overall["verdict"])
    characteristic = clean(overall["characteristic"]).replace("_", " ").replace(" x ", " and ")
    subtitle = f"Percent in each class of {label(characteristic).lower()}, and the weight of its answers"
    return Alternative(title, subtitle, f"Two points for each of {len(classes)} classes: {about}.")


def _verdict(verdict: object) -> str:
    """Whether classes respond alike."""
    if not verdict:
        return ""
    return "; classes respond differently, beyond chance" if verdict == DIFFER else "; classes not shown to differ"


def _words(one: Class) -> str:
    asked, answered = (number_words(share, "percent") for share in (one.asked, one.answered))
    weight = f" (weight {fixed(one.weight, 2)})" if known(one.weight) else ""
    return f"{one.label} {asked} of those asked, {answered} of those who answered{weight}"

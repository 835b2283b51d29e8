"""What a chart of answers shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.option_rows import MOST_AREAS, Choice, choices_of, every_choice
from dueregard.publish.charts.row_marks import number_words
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import area_of, clean, known, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative


def option_words(findings: Findings) -> Alternative:
    """The answer most chosen, or those that share the first place; then every share with its rank."""
    from dueregard.publish.charts.figure import Alternative

    found = choices_of(findings)
    choices = every_choice(found)
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
    """What comes first in every group of the first area, or how many of their differences are clear."""
    answers = next(iter(found.values()))
    top = [option for option, choices in answers.items() if all(one.top for one in choices)]
    sure = len(top) == 1 and all(one.first for one in answers[top[0]])
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
    if any("=" in one.rank for one in every_choice(found)):
        said.append('"=" marks answers that share a rank')
    left = len({area_of(row, findings.by) for row in rows}) - len(found) if findings.by else 0
    if left:
        said.append(f"{left} areas are not drawn; up to {MOST_AREAS} can be chosen")
    return "; ".join(said)

"""What a chart of answers draws: of each answer the share of every group, its rank, and its difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.charts.dumbbell_chart import span_words
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, clean, is_all_areas, known, label, named, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings

MOST_AREAS, MOST_GROUPS = 6, 6


@dataclass(frozen=True)
class Choice:
    """The share of one group that chose an answer, its rank among the answers, and its difference to the reference."""

    option: str
    group: str
    value: Any
    low: Any
    high: Any
    rank: str
    first: bool
    """Whether it is the most often chosen one, beyond chance where chance is looked at."""
    difference: str
    clear: bool
    place: int
    """Which of the groups it is."""

    @property
    def top(self) -> bool:
        """Whether it is the most often chosen one of those asked, or one of several."""
        return self.rank.partition(" ")[0].rstrip("=") == "1"


def choices_of(findings: Findings) -> dict[str, dict[str, list[Choice]]]:
    """For each area the answers, with a share for each group; of many areas those of all together.

    Raises
    ------
    ValueError
        If there are too many areas or groups to be told apart.
    """
    by = by_columns(findings)
    rows = [row for row, *_ in statements(rows_of(findings, "group", "reference")) if not is_missing(row["group"])]
    rows = _few(rows, by)
    groups = list(dict.fromkeys(named(row["group"]) if row["group"] is not None else "" for row in rows))
    if len(groups) > MOST_GROUPS:
        raise ValueError(
            f"findings: {len(groups)} groups are too many to tell apart; choose up to {MOST_GROUPS}, such as "
            "findings.filter(group=[...])"
        )
    unit = unit_of_rows(rows)
    found: dict[str, dict[str, list[Choice]]] = {}
    for row in rows:
        group = named(row["group"]) if row["group"] is not None else ""
        compared = known(row["estimate"])
        own = not compared and row["reference"] is None  # the limits of a comparison are not those of the share
        choice = Choice(
            option=label(row["option"]),
            group=group,
            value=row["value"],
            low=row["low"] if own else None,
            high=row["high"] if own else None,
            rank=_rank(row),
            first=row["rank"] == 1 and row.get("joint_rank_high") in (1, None),
            difference=_difference(row, unit) if compared and known(row["low"]) else "",
            clear=str(row["verdict"] or "").startswith(("higher", "lower")),
            place=groups.index(group),
        )
        found.setdefault(area_of(row, by) if by else "", {}).setdefault(choice.option, []).append(choice)
    return found


def _rank(row: Row) -> str:
    """A rank in words, with where it could be: "2 (2 to 3)", "1="."""
    words, low, high = clean(row["rank_words"] or ""), row.get("rank_low"), row.get("rank_high")
    return f"{words} ({low} to {high})" if words and known(low) and known(high) and low < high else words


def _difference(row: Row, unit: Unit) -> str:
    return f"{unit.mark(row['estimate'])} ({span_words(unit, row['low'], row['high'])})"


def _few(rows: list[Row], by: tuple[str, ...]) -> list[Row]:
    areas = {area_of(row, by) for row in rows} if by else {""}
    if len(areas) <= MOST_AREAS:
        return rows
    kept = [row for row in rows if is_all_areas(row, by)]
    if not kept:
        raise ValueError(
            f"findings: {len(areas)} areas are too many to draw their answers; choose up to {MOST_AREAS}, such as "
            f"findings.filter({by[0]}=[...])"
        )
    return kept


def every_choice(found: dict[str, dict[str, list[Choice]]]) -> list[Choice]:
    """All rows, in their order."""
    return [one for answers in found.values() for several in answers.values() for one in several]

"""The parts of a gap as sentences, tables and charts read them: the gap, what goes with who is in the groups, the rest.

Methods have names of their own for the same three things; here is which is which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, label, rows_of
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings

SMALL = 10.0
"""Of values that are no percentages: below this a second decimal is given."""
MOST_ALONE = 50.0
"""Percent of people: where more have no counterpart in the other group, it is not said what would remain."""
EXPLAINED = ("composition", "explained", "endowments")
"""What goes with who is in the groups."""
REST = ("rates", "unexplained", "coefficients")
"""What the gap would be if the groups were alike."""
SAID = {
    "gap": "Gap",
    "composition": "Who is in the groups",
    "explained": "Who is in the groups",
    "endowments": "Who is in the groups",
    "rates": "What remains",
    "unexplained": "What remains",
    "coefficients": "What remains",
    "interaction": "Both at once",
    "not comparable": "Without counterpart",
    "constant": "Constant",
}
"""Parts in plain words."""


@dataclass(frozen=True)
class PartSet:
    """The parts of one gap; what a method does not give is None or empty."""

    area: str
    gap: Row
    explained: Row | None
    rest: Row | None
    others: Sequence[Row]
    """Parts besides: what goes with both at once, and people who have no counterpart."""
    factors: Sequence[Row]
    """What of the explained part goes with each factor."""
    levels: Sequence[Row]
    """And with each level of them."""

    @property
    def group(self) -> str:
        """Whose gap it is."""
        return str(self.gap["group"])

    @property
    def without_counterpart(self) -> float:
        """The percent of people like whom there is nobody in the other group."""
        shares = [self.gap.get(name) for name in ("empty_percent", "beyond_percent")]
        return max((share for share in shares if known(share)), default=0.0)

    @property
    def is_alike_enough(self) -> bool:
        """Whether there are people enough with a counterpart to say what would remain if the groups were alike."""
        return self.without_counterpart <= MOST_ALONE

    @property
    def steps(self) -> list[Row]:
        """The parts, without the gap itself, that add up to it: the factors, or their total where none are given."""
        explained = [] if self.explained is None else [self.explained]
        return [*(self.factors or explained), *self.others]


def part_sets(findings: Findings) -> list[PartSet]:
    """The gaps in the order of the findings; people of no known group have none."""
    by, found = by_columns(findings), dict[tuple[object, ...], list[Row]]()
    for row, *_ in statements(rows_of(findings)):
        if row["row_type"] not in ("reference", "variation") and not is_missing(row["group"]):
            found.setdefault((*(row[name] for name in by), row["group"]), []).append(row)
    return [_set(rows, by) for rows in found.values() if any(row["part"] == "gap" for row in rows)]


def _set(rows: Sequence[Row], by: Sequence[str]) -> PartSet:
    totals = [row for row in rows if row["factor"] is None and row["level"] is None]
    gap = next(row for row in totals if row["part"] == "gap")
    explained = next((row for row in totals if row["part"] in EXPLAINED), None)
    rest = next((row for row in totals if row["part"] in REST), None)
    others = [row for row in totals if all(row is not one for one in (gap, explained, rest))]
    own = [row for row in rows if row["part"] in EXPLAINED and row["factor"] is not None]
    factors = [row for row in own if row["level"] is None]
    levels = [row for row in own if row["level"] is not None]
    return PartSet(area_of(gap, by) if by else "", gap, explained, rest, others, factors, levels)


def listed(rows: Sequence[Row], by: Sequence[str]) -> list[Row]:
    """The rows that a table has room for: without the levels of what remains and of both at once, and of areas, beside
    all of them together, without levels."""
    together = any(is_all_areas(row, by) for row in rows)
    return [row for row in rows if row["level"] is None
            or (row["part"] in EXPLAINED and (not together or is_all_areas(row, by)))]  # fmt: skip


def is_any(row: Mapping[str, Any]) -> bool:
    """Whether there is anybody whom a part is of: without, it is none for sure, and has no interval.

    >>> is_any({"estimate": 0.0, "low": float("nan")}), is_any({"estimate": 0.0, "low": -0.4})
    (False, True)
    """
    return row["estimate"] != 0 or known(row["low"])


def part_name(row: Mapping[str, Any]) -> str:
    """A part in words: its factor, or what the whole of it is; of a gap that has changed, whose part it is.

    >>> part_name({"part": "composition", "factor": "age_band"}), part_name({"part": "rates", "factor": None})
    ('Age band', 'What remains')
    """
    if row.get("factor") is not None:
        return label(row["factor"])
    return SAID.get(str(row["part"]), label(row["part"]))


def method_name(row: Mapping[str, Any]) -> str:
    """By which method a gap is taken apart, in short: what tells pages and charts of one gap from each other.

    >>> method_name({"method": "Kitagawa; factors by the mean over all orders (Shapley); linearised, Student's t"})
    'Kitagawa'
    >>> method_name({"method": "Oaxaca-Blinder two-fold, coefficients of the reference; logit; detail by Yun"})
    'Oaxaca-Blinder two-fold, logit'
    """
    first, *more = str(row.get("method") or "").split("; ")
    return ", ".join([first.partition(",")[0], *(["logit"] if "logit" in more else [])])


def decimals_of(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many decimals parts have in tables and charts: one, and where values in another unit than percent are all
    small a second one.

    >>> decimals_of([{"value": 74.1, "reference_value": 81.2}])
    1
    >>> decimals_of([{"value": 3.71, "reference_value": 4.02, "unit_of_measure": "points"}])
    2
    """
    rows = list(rows)
    if unit_of_rows(rows).percent:
        return 1
    values = [row.get(name) for row in rows for name in ("value", "reference_value", "estimate")]
    return 1 if max((abs(value) for value in values if known(value)), default=0.0) >= SMALL else 2


def has_gap(row: Mapping[str, Any]) -> bool:
    """Whether a gap is told from none, so that parts may be given as shares of it."""
    return known(row["low"]) and known(row["high"]) and bool(row["low"] > 0 or row["high"] < 0)

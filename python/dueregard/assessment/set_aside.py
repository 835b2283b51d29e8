"""Responses that cannot be right: refused, or set aside and reported."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dueregard.assessment.response_table import at


class Aside(NamedTuple):
    """One response that was set aside, and why."""

    unit: str | None
    indicator: str | None
    answer: Any
    row: int | None
    why: str


class SetAside:
    """Raises at the first response that cannot be right, or (lenient) keeps it with its reason."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.table: Any = {}
        self._kept: list[Aside] = []

    def at(self, row: int) -> str:
        """Where a row of the table that is read stands."""
        return at(self.table, row)

    def refuse(
        self,
        why: str,
        *,
        unit: Any = None,
        indicator: Any = None,
        answer: Any = None,
        row: int | None = None,
    ) -> None:
        """Refuse one response.

        Raises
        ------
        ValueError
            When strict.
        """
        if self.strict:
            raise ValueError(why)
        self.keep(why, unit=unit, indicator=indicator, answer=answer, row=row)

    def keep(self, why: str, *, unit: Any, indicator: Any, answer: Any, row: int | None) -> None:
        """Report one response that is in no figure."""
        named = [None if value is None else str(value) for value in (unit, indicator)]
        self._kept.append(Aside(named[0], named[1], answer, row, why))

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Aside]:
        return iter(self._kept)

    def columns(self) -> Mapping[str, list[Any]]:
        """Columns of findings, a row for each response set aside."""
        n = len(self._kept)
        return {
            "measure": ["answer set aside"] * n,
            "unit": [aside.unit for aside in self],
            "indicator": [aside.indicator for aside in self],
            "row_type": ["group"] * n,
            "answer": [None if aside.answer is None else str(aside.answer) for aside in self],
            "row": [aside.row for aside in self],
            "note": [aside.why for aside in self],
        }

"""What the columns of a published table are, as the caller says: nothing is guessed from their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.audits.printed import blank
from dueregard.audits.sheets import Sheet
from dueregard.hints import did_you_mean

NEEDS = (
    ("total", "parts"), ("parts", "total"), ("of", "percent"), ("count", "of"), ("gap", "first"), ("first", "second"),
    ("second", "first"), ("exhaustive", "percent"), ("average_row", "percent"), ("total_row", "label"),
    ("average_row", "label"),
)  # fmt: skip
"""Arguments that say nothing without another."""

SAYING = "count=, of= and percent=; parts= and total=; first=, second= and gap=; label= with total_row= or average_row="
"""The arguments that say what columns are, as they go together."""


@dataclass(frozen=True)
class Layout:
    """Names of columns; `of` and `total` may be one number for every row."""

    label: str | None = None
    parts: Sequence[str] = ()
    total: Any = None
    count: str | Sequence[str] | None = None
    of: Any = None
    percent: str | None = None
    first: str | None = None
    second: str | None = None
    gap: str | None = None
    total_row: str | None = None
    average_row: str | None = None
    exhaustive: bool = False
    decimals: int | None = None
    rounding: str = "either"
    strict: bool = True

    @property
    def counted(self) -> list[str]:
        """The columns whose sum is the count."""
        return [self.count] if isinstance(self.count, str) else list(self.count or ())

    @property
    def counts(self) -> list[str]:
        """Every column that holds whole numbers of cases."""
        columns = [*self.parts, *self.counted, *(name for name in (self.total, self.of) if isinstance(name, str))]
        return list(dict.fromkeys(columns))

    def notes(self, sheet: Sheet) -> list[str]:
        """What was not asked, where no argument says what any column of figures is."""
        if self.parts or self.percent or self.first:
            return []
        return [
            f"Nothing says what the columns ({', '.join(sheet.columns)}) are, so only placeholders, empty columns, "
            f"rows printed twice and impossible percentages were looked for. Name columns with {SAYING}."
        ]

    def labels(self, sheet: Sheet) -> list[str | None]:
        """What each row is about."""
        if self.label is None:
            return [None] * sheet.n_rows
        return [None if blank(cell) else str(cell).strip() for cell in sheet.columns[self.label]]

    def body(self, sheet: Sheet) -> list[int]:
        """The rows with figures of their own: all but the average of the others."""
        return [i for i, label in enumerate(self.labels(sheet)) if label is None or label != self.average_row]

    def parts_of_all(self, sheet: Sheet) -> list[int]:
        """The rows that a total or an average is of."""
        labels = self.labels(sheet)
        return [i for i in self.body(sheet) if labels[i] is None or labels[i] != self.total_row]

    def check(self, sheet: Sheet) -> None:
        """Refuse a column that is not there, an argument without the one it needs, and a row that is not one.

        Raises
        ------
        ValueError
            Naming the argument.
        """
        named = {name: [getattr(self, name)] for name in ("label", "percent", "first", "second", "gap", "total", "of")}
        for name, columns in {**named, "parts": list(self.parts), "count": self.counted}.items():
            for column in columns:
                if isinstance(column, str) and column not in sheet.columns:
                    hint = did_you_mean(column, list(sheet.columns))
                    raise ValueError(f"{name}: no column {column!r}{hint}; the columns are {', '.join(sheet.columns)}")
        for name, needed in NEEDS:
            if getattr(self, name) not in (None, False, [], ()) and not getattr(self, needed):
                raise ValueError(f"{name}: needs {needed}= too")
        for name in ("total_row", "average_row"):
            wanted = getattr(self, name)
            if wanted is not None and (there := self.labels(sheet).count(wanted)) != 1:
                raise ValueError(f"{name}: {wanted!r} is the label of {there} rows, not of one")

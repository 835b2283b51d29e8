"""Cells of an opened return by row, and where they stand in words: `returns/lambeth.xlsx, Answers!D7`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import text_of
from dueregard.records.workbooks import held_rows

Read = TypeVar("Read")


class SheetCell(NamedTuple):
    """What a cell holds, where it stands, and whether it is a formula or an error."""

    value: Any
    where: str
    computed: bool = False

    @property
    def text(self) -> str:
        """Its text."""
        return text_of(self.value)

    def read(self, how: Callable[[Any], Read]) -> Read:
        """What it holds, read in some way.

        Raises
        ------
        ValueError
            If it is a formula or the error that one left, or cannot be read so; the message opens with the place.
        """
        if self.computed:
            shown = text_of(getattr(self.value, "text", self.value))
            raise ValueError(f"{self.where}: {shown!r} is a formula or its error; the value itself was expected")
        try:
            return how(self.value)
        except ValueError as error:
            raise ValueError(f"{self.where}: {error}") from None


class Sheet:
    """The cells of a sheet that hold something, by row and column."""

    def __init__(self, sheet: Any, path: Path) -> None:
        self.name, self.path = sheet.title, path
        self._merged = [str(cells) for cells in sheet.merged_cells.ranges]
        self._rows: dict[int, dict[int, SheetCell]] = {}
        for number, row in held_rows(sheet).items():
            found = {
                column: SheetCell(cell.value, self.at(cell.coordinate), cell.data_type in "fe")
                for column, cell in row.items()
                if text_of(cell.value)
            }
            if found:
                self._rows[number] = found

    def at(self, coordinate: str) -> str:
        """Where a cell stands."""
        return f"{self.path}, {self.name}!{coordinate}"

    @property
    def every_row(self) -> list[int]:
        """The numbers of all rows that hold anything."""
        return list(self._rows)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the rows below the header that hold anything."""
        return [number for number in self._rows if number > form.HEADER_ROW]

    def held(self, row: int) -> list[SheetCell]:
        """The cells of a row that hold something."""
        return list(self._rows.get(row, {}).values())

    def cells(self, row: int, n: int) -> list[SheetCell]:
        """The first n cells of a row, empty ones as well."""
        held = self._rows.get(row, {})
        return [held.get(i) or SheetCell(None, self.at(f"{chr(ord('A') + i - 1)}{row}")) for i in range(1, n + 1)]

    def beyond(self, row: int, n: int) -> SheetCell | None:
        """The first cell of a row behind the first n that holds something."""
        return next((cell for column, cell in self._rows.get(row, {}).items() if column > n), None)

    def check_header(self, expected: list[str]) -> None:
        """Refuse columns that were moved, deleted, renamed or merged.

        Raises
        ------
        ValueError
            With the first cell that is not as expected.
        """
        for cell, name in zip(self.cells(form.HEADER_ROW, len(expected)), expected, strict=True):
            if cell.text != name:
                raise ValueError(
                    f"{cell.where}: {cell.text!r} where {name!r} was expected; "
                    "columns or rows were moved, inserted or deleted"
                )
        if self._merged:
            raise ValueError(f"{self.at(self._merged[0])}: cells were merged; one cell for each answer was expected")
        extra = self.beyond(form.HEADER_ROW, len(expected))
        if extra:
            raise ValueError(f"{extra.where}: {extra.text!r} where no column was expected")

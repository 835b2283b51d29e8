"""Kappas and steps of a scale, which are small numbers: two decimals."""

from __future__ import annotations

from dueregard.publish.units.amounts import Unit


class Small(Unit):
    """A number of a size near 1, written with two decimals."""

    def value_cell(self, value: float) -> str:
        """A value in a table; one that is more than zero and rounds to it is not written as zero."""
        return "[low]" if 0 < value < 0.005 else self.cell(value)

    def cell(self, value: float, limit: bool = False) -> str:
        text = f"{value:,.2f}"
        return "0.00" if text == "-0.00" else text

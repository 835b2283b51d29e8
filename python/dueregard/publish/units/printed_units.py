"""Computed and printed figures of an audit as tables write them: every decimal that tells them apart."""

from __future__ import annotations

from dueregard.publish.units.amounts import Unit


class PrintedFigure(Unit):
    """A percentage, count or other figure beside the printed one."""

    @property
    def value_unit(self) -> str:
        """The sign of percentages, for headings."""
        return "%" if self.name == "percent" else ""

    def value_cell(self, value: float) -> str:
        """A figure with at most two decimals.

        >>> [PrintedFigure("count").value_cell(value) for value in (20480.0, 68.75, -0.001)]
        ['20,480', '68.75', '0']
        """
        if value in (float("inf"), -float("inf")):
            return "no end"
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text

    def cell(self, value: float, limit: bool = False) -> str:
        """The ends of what rounding allows."""
        return self.value_cell(value)

"""Rates, and ratios of rates, as sentences, tables and charts write them."""

from __future__ import annotations

import math

from dueregard.publish.units.ratios import Ratio


def rate_text(value: float) -> str:
    """A rate: one decimal, below 1 two figures that count, and no decimals from 1,000.

    >>> rate_text(52.64), rate_text(1.96), rate_text(0.0432), rate_text(0.0), rate_text(1234.4)
    ('52.6', '2.0', '0.043', '0', '1,234')
    """
    if value == 0 or math.isinf(value):
        return "0" if value == 0 else "infinite"
    size = math.floor(math.log10(abs(value)))
    decimals = 1 - size if size < 0 else 0 if size >= 3 else 1
    return f"{value:,.{decimals}f}"


class RateRatio(Ratio):
    """Ratios of rates, of which values are given per so many."""

    percent = False
    gap = "ratio of rates"
    word = "rate ratio"

    def __init__(self, name: str, per: float | None = None) -> None:
        super().__init__(name)
        self.per = per

    @property
    def value_unit(self) -> str:
        """What values are per, for headings."""
        return "" if self.per is None else f"per {self.per:,.10g}"

    def value(self, value: float, decimals: int) -> str:
        return f"{rate_text(value)} {self.value_unit}".rstrip()

    def value_cell(self, value: float) -> str:
        return rate_text(value)

    def size(self, text: str) -> str:
        return f"{text} times the rate"

    def _same(self) -> str:
        return "about the same rate"

    def than(self, value: float, reference: str) -> str:
        return super().than(value, reference).replace("about the same rate as", "about the same rate as for")

    def _times_as(self, text: str, reference: str) -> str:
        return f"{text} times the rate of {reference}"

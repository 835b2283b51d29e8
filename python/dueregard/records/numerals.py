"""Numbers as published tables print them: with thousands separators, and with marks where there is none."""

import re
from typing import Any

LARGEST = 2**63 - 1
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
_NUMERAL = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d+)?")


def number(cell: Any) -> int | float | str:
    """The number in a cell, or what is wrong with it in words that follow the cell.

    Whole numbers stay exact. ``1,234`` is 1234; a comma anywhere else is no thousands separator. ``1.000`` and
    ``12.500`` as text may be either and are refused: some countries write thousands so.

    Examples
    --------
    >>> number("1,234"), number(" 5.50 "), number("N/A"), number(None)
    (1234, 5.5, 'is not a number', 'is blank')
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()) or cell != cell:
        return "is blank"
    if isinstance(cell, bool):
        return "is not a number"
    if isinstance(cell, str):
        found = _NUMERAL.fullmatch(cell.strip())
        if found is None:
            return "is not a number"
        if _EITHER.fullmatch(cell.strip()):
            return "may be thousands or a decimal; write it without the point"
        plain = cell.strip().replace(",", "")
        return int(plain) if found[3] is None and found[4] is None else _whole_or_not(float(plain))
    if isinstance(cell, int):
        return cell
    try:
        return _whole_or_not(float(cell))
    except (TypeError, ValueError):
        return "is not a number"


def _whole_or_not(value: float) -> int | float:
    """Floats that are whole as integers; every one of up to 2**53 is exact."""
    return int(value) if value.is_integer() and abs(value) <= 2**53 else value


def refusal(value: int | float | str, *, whole: bool) -> str:
    """What is wrong with a count, if anything: empty text if nothing is."""
    if isinstance(value, str):
        return value
    if value < 0:
        return "is negative"
    if value > LARGEST:
        return "is infinite" if value == float("inf") else "is larger than 2**63 - 1"
    return "is not a whole number" if whole and not isinstance(value, int) else ""

"""What is said of one part of a gap: how many points of it, with its interval, and whether that makes it wider."""

from __future__ import annotations

from dueregard.publish import gap_part_sets as parts
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import fixed, known
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.wording import Row, inside, percent_level
from dueregard.publish.units.amounts import Points, unit_of


def decimals_of(row: Row) -> int:
    """As many decimals as the numbers of cases behind a gap bear; of values in another unit, as their size takes."""
    if not unit_of(row).percent:
        return parts.decimals_of([row])
    return decimals_for(row["nobs"], row["reference_nobs"])


def value_of(row: Row, name: str) -> str:
    """A value of one of the groups, with its unit.

    >>> value_of({"value": 3.7134, "nobs": 90, "reference_nobs": 80, "unit_of_measure": "points"}, "value")
    '3.71 points'
    """
    unit, decimals = unit_of(row), decimals_of(row)
    if unit.percent:
        return unit.value(row[name], decimals)
    return unit.size(fixed(row[name], decimals))


def factor_of(row: Row) -> str:
    """A factor inside a sentence."""
    return inside(spoken(row["factor"]))


def points_of(row: Row, decimals: int) -> str:
    """The size of a part with its unit; of percentages just points, as what they are of has been said.

    >>> points_of({"estimate": -2.81, "unit_of_measure": "percentage points"}, 1), points_of({"estimate": 1.0}, 0)
    ('2.8 points', '1 point')
    """
    unit, text = unit_of(row), plain(row["estimate"], decimals)
    if isinstance(unit, Points):
        return f"{text} point{'' if float(text.replace(',', '')) == 1 else 's'}"
    return unit.size(text)


def part_words(row: Row, gap: Row, *, level: bool = True) -> str:
    """A part with its interval: so many points lower or higher."""
    decimals = decimals_of(gap)
    limits = limits_of(row, decimals, level=level)
    side = "" if row["estimate"] == 0 else f" {unit_of(gap).side(row['estimate'])}"
    return f"{points_of(row, decimals)}{side}{f' {limits}' if limits else ''}"


def limits_of(row: Row, decimals: int, *, level: bool = True) -> str:
    """The interval of a part in brackets."""
    if not (known(row["low"]) and known(row["high"])):
        return ""
    said = intervals_of(row, unit_of(row), decimals)
    return f"({said if level else said.removeprefix(f'{percent_level(row)} interval ')})"


def share_of_gap(row: Row) -> str:
    """Which part of the gap that is, where the gap itself is told from none.

    >>> share_of_gap({"share_of_gap": 71.8}), share_of_gap({"share_of_gap": float("nan")})
    ('72% of the gap', '')
    >>> share_of_gap({"share_of_gap": 100.2})
    'all of the gap'
    """
    share = row.get("share_of_gap")
    if not known(share):
        return ""
    if round(share) == 100:
        return "all of the gap"
    return f"{'' if share >= 0 else 'minus '}{plain(share, 0)}% of the gap"

"""What is said of one driver: what more of it goes with, its share of what is explained, and where it may rank."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.driver_sets import is_told
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.place_words import places_word
from dueregard.publish.sentences.wording import Row, inside, percent_level
from dueregard.publish.units.amounts import Unit, unit_of


class Bare(Unit):
    """An amount whose unit is not named."""

    def __init__(self) -> None:
        super().__init__("")

    def size(self, text: str) -> str:
        return text


def gain_unit(row: Row) -> Unit:
    """What a gain is in.

    >>> gain_unit({"gain_unit": "percentage points"}).size("1.9"), gain_unit({"gain_unit": None}).size("1.9")
    ('1.9 percentage points', '1.9')
    """
    return unit_of({"unit_of_measure": row["gain_unit"]}) if row.get("gain_unit") else Bare()


def driver_of(row: Row) -> str:
    """A driver inside a sentence.

    >>> driver_of({"driver": "Fair treatment"}), driver_of({"driver": "Worry about ASB"})
    ('fair treatment', 'Worry about ASB')
    """
    return inside(row["driver"])


def more_of(row: Row) -> str:
    """So much more of a driver: in points where its scale is one of 0 to 100, else in its own unit."""
    return f"{row['points']:,.10g}{' points' if known(row.get('best')) else ''} more of {driver_of(row)}"


def gain_words(row: Row, *, level: bool = True) -> str:
    """The gain with its interval: "1.9 percentage points higher (95% interval 1.7 to 2.2 higher)"."""
    unit, decimals = gain_unit(row), gain_decimals(row)
    gain = row["gain"]
    same = float(f"{gain:.{decimals}f}") == 0
    words = "about the same" if same else f"{unit.size(plain(gain, decimals))} {unit.side(gain)}"
    if not (known(row["gain_low"]) and known(row["gain_high"])):
        return words
    sure = f"{percent_level(row)} interval " if level else ""
    return f"{words} ({sure}{unit.span(row['gain_low'], row['gain_high'], decimals)})"


def gain_decimals(row: Row) -> int:
    """As many as tell a gain from none: ten points more of a driver rarely go with more than a few."""
    return 1 if abs(row["gain"]) >= 0.1 or not is_told(row) else 2


def share_words(row: Row, *, level: bool = True) -> str:
    """The share of what is explained, with its interval."""
    decimals = decimals_for(row["nobs"])
    share = f"{plain(row['value'], decimals)}%"
    if not (known(row["low"]) and known(row["high"])):
        return share
    sure = f"{percent_level(row)} interval " if level else ""
    return f"{share} ({sure}{plain(row['low'], decimals)} to {plain(row['high'], decimals)})"


def rank_words(row: Row, drivers: Sequence[Row]) -> str:
    """Where a driver may stand among all, by its share."""
    n = sum(known(each["value"]) for each in drivers)
    return places_word(row["rank_low"], row["rank_high"], n)


def outcome_of(row: Row) -> str:
    """The outcome inside a sentence; the name of a column, which nobody chose to be read out, in quotation marks.

    >>> outcome_of({"measure": "Confidence"}), outcome_of({"measure": "good_job (Excellent or Good)"})
    ('confidence', "'good job' (Excellent or Good)")
    """
    said = str(row["measure"] or "the outcome")
    column, bracket, answers = said.partition(" (")
    return f"'{inside(column)}'{bracket}{spoken(answers)}" if "_" in column else inside(said)

"""`dueregard.response_rate`: how many were returned of those sent out, also where only bounds are known."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf


@dataclass(frozen=True)
class ResponseRate:
    """Numbers returned and sent, and the rate in percent, each as its lowest and highest possible value.

    A full count: no sampling interval.
    """

    returned: tuple[float, float]
    sent: tuple[float, float]
    rate: tuple[float, float]
    lowest: Fraction = field(default=Fraction(0), repr=False)
    """The lowest rate that was stated, as a fraction of 1."""

    @property
    def is_exact(self) -> bool:
        """Whether the rate is known."""
        return self.rate[0] == self.rate[1]

    def most_sent(self, returned: int) -> float:
        """The most that can have been sent if so many were returned: infinite where nothing bounds the rate."""
        return min(self.sent[1], floor(returned / self.lowest) if self.lowest else inf)


def response_rate(
    returned: int | None = None,
    sent: int | None = None,
    *,
    returned_at_least: int | None = None,
    rate_at_least: float | None = None,
) -> ResponseRate:
    """The response rate of questionnaires, exact where both numbers are known, otherwise bounded by what is.

    Parameters
    ----------
    returned, sent
        Numbers, where they are known.
    returned_at_least
        The fewest that were returned, where only that is known ("over 110").
    rate_at_least
        The lowest rate in percent, where only that is known ("over 33%").

    Returns
    -------
    ResponseRate
        ``rate`` is (NaN, NaN) when none were sent.

    Raises
    ------
    TypeError
        If a number is not a whole number.
    ValueError
        If a number is negative, the rate is outside 0 to 100, nothing is known, or what is known cannot hold together.

    Notes
    -----
    Returned is at most sent; returned is at least the lowest rate times sent; so that sent is at most returned over the
    lowest rate. All in exact fractions.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.response_rate(71, 73).rate
    (97.26027397260275, 97.26027397260275)
    >>> dr.response_rate(110, rate_at_least=33).sent  # 110 returned are 33% of 333 and a third
    (110, 333)
    >>> over = dr.response_rate(returned_at_least=110, rate_at_least=33)
    >>> over.sent, over.most_sent(110)  # nobody said how many more than 110 there were
    ((110, inf), 333)
    """
    for name, number in (("returned", returned), ("sent", sent), ("returned_at_least", returned_at_least)):
        _check_whole(name, number)
    if rate_at_least is not None and not 0 <= rate_at_least <= 100:
        raise ValueError(f"rate_at_least: {rate_at_least} is outside 0 to 100")
    if returned is None and returned_at_least is None and rate_at_least is None:
        raise ValueError("returned: needed, or returned_at_least, or rate_at_least")
    lowest = Fraction(str(rate_at_least or 0)) / 100
    fewest = max(returned or 0, returned_at_least or 0, ceil(lowest * (sent or 0)))
    most = inf if returned is None and sent is None else sent if returned is None else returned
    _refuse_contradictions(fewest, most or 0, returned, sent, lowest)
    most = most or 0
    sents = (fewest, floor(most / lowest) if lowest and most < inf else inf) if sent is None else (sent, sent)
    return ResponseRate((fewest, most), sents, _rates(fewest, most, sents, lowest), lowest)


def _check_whole(name: str, value: int | None) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: {value!r} is not a whole number")
    if value < 0:
        raise ValueError(f"{name}: {value} is negative")


def _refuse_contradictions(fewest: int, most: float, returned: int | None, sent: int | None, lowest: Fraction) -> None:
    if sent is not None and max(fewest, returned or 0) > sent:
        raise ValueError(f"returned: {max(fewest, returned or 0)} of {sent} sent is more than all")
    if fewest > most:
        raise ValueError(f"returned: {returned} is less than {fewest}, which what else is known needs")


def _rates(fewest: int, most: float, sents: tuple[float, float], lowest: Fraction) -> tuple[float, float]:
    if sents == (0, 0):
        return float("nan"), float("nan")
    low = max(100 * float(lowest), 100 * fewest / sents[1] if sents[1] < inf else 0.0)
    high = 100 * most / sents[0] if sents[0] and most < inf else 100.0
    return low, min(high, 100.0)

"""Which whole counts could a printed percentage come from, given how it was rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dueregard.audits.printed import shown

ROUNDINGS = ("half-up", "half-even", "either")
MOST_DECIMALS = 6
LARGEST_BASE = 10**10  # below this every product here is exact in 64 bits


@dataclass(frozen=True, repr=False)
class Consistent:
    """What `dueregard.consistent` gives.

    Attributes
    ----------
    percent, of : float or array, int or array
        As printed.
    possible : bool or array of bool
        Whether any whole count of ``of`` prints as the percentage; with ``count``, whether that one does.
    low, high : int or None, or array of float
        The lowest and highest count that do; None, and NaN in arrays, where none does.
    nearest : int or None, or array of float
        The count whose percentage is nearest to the printed one, the lower of two as near; none of a base of 0.
    nearest_percent : float or array of float
        Its percentage, not rounded; NaN where there is none.
    """

    percent: Any
    of: Any
    possible: Any
    low: Any
    high: Any
    nearest: Any
    nearest_percent: Any

    @property
    def counts(self) -> tuple[int, ...]:
        """Every count that prints as the percentage.

        Raises
        ------
        ValueError
            For arrays, which have ``low`` and ``high``.
        """
        if np.ndim(self.possible):
            raise ValueError("counts: of one percentage and one base; of arrays take low and high")
        return () if self.low is None else tuple(range(self.low, self.high + 1))

    @property
    def bases(self) -> tuple[int, ...]:
        """The bases among ``of`` for which the percentage is possible, in their order."""
        of, possible = np.broadcast_arrays(self.of, self.possible)
        return tuple(np.atleast_1d(of)[np.atleast_1d(possible)].tolist())

    def __repr__(self) -> str:
        if np.ndim(self.possible):
            return f"Consistent: {int(np.sum(self.possible)):,} of {np.size(self.possible):,} possible"
        about = f"{self.percent:.15g}% of {self.of:,}"
        if self.low is not None and not self.possible:
            return f"Consistent: {about}: not this count, but {_span(self.low, self.high)}"
        if self.low is not None:
            return f"Consistent: {about}: {_span(self.low, self.high)}"
        near = "" if self.nearest is None else f"; the nearest is {self.nearest:,}, {shown(self.nearest_percent)}%"
        return f"Consistent: {about}: no whole count{near}"


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def consistent(
    percent: ArrayLike,
    *,
    of: ArrayLike | range,
    count: ArrayLike | None = None,
    decimals: int = 0,
    rounding: str = "either",
) -> Consistent:
    """Which whole counts of ``of`` could be printed as this percentage.

    Parameters
    ----------
    percent : float or array
        As printed, in percent, with at most ``decimals`` decimals; what a binary number of 64 or 32 bits adds to them
        beyond its 15 or 6 digits is none. Below 0 or above 100 no count is possible: a count
        is among the ``of``.
    of : int, range or array of int
        The base, 0 or more. Of a base of 0 no percentage is possible. A range or an array asks of each base.
    count : int or array of int, optional
        The count it is said to be: ``possible`` is then whether that one prints as the percentage, and ``bases`` are
        those among ``of`` that would make it.
    decimals : int
        How many the percentage is printed with, 0 to 6.
    rounding : {"either", "half-up", "half-even"}
        What becomes of a half: up, to the even neighbour, or either of the two.

    Returns
    -------
    Consistent
        Broadcast over ``percent``, ``of`` and ``count``.

    Raises
    ------
    ValueError
        If a percentage is not a number or has more decimals, a base or count is negative, not whole or above ten
        thousand million, shapes do not broadcast, or the decimals or the rounding are none of those.

    Notes
    -----
    A count k of n prints as p, in units of its last decimal u, when 100 k / n is within u / 2 of p: all in whole
    numbers, so that no half is lost to floating point.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.consistent(67, of=32)
    Consistent: 67% of 32: no whole count; the nearest is 21, 65.63%
    >>> dr.consistent(67, of=range(1, 101), count=22).bases
    (33,)
    >>> dr.consistent(13, of=300).counts
    (38, 39, 40)
    """
    scaled, bases, counts, printed = _checked(percent, of, count, decimals, rounding)
    whole = 2 * 10 ** (decimals + 2)
    inside = (scaled >= 0) & (scaled <= whole // 2) & (bases > 0)
    held = np.clip(scaled, 0, whole // 2)
    low, high = _ends(held, bases, whole, rounding)
    some = inside & (low <= high)
    possible = some if counts is None else some & (low <= counts) & (counts <= high)
    near = _nearest(held, bases, whole)
    # a base of 0 has neither a nearest count nor a percentage
    with np.errstate(divide="ignore", invalid="ignore"):
        near_percent = np.where(bases > 0, 100 * near / np.maximum(bases, 1), np.nan)
    scalar = possible.ndim == 0
    return Consistent(
        percent=float(printed) if scalar else printed,
        of=int(bases) if scalar else bases,
        possible=bool(possible) if scalar else possible,
        low=_count_or_none(low, some),
        high=_count_or_none(high, some),
        nearest=_count_or_none(near, bases > 0),
        nearest_percent=float(near_percent) if scalar else near_percent,
    )


def _ends(
    scaled: NDArray[np.int64], bases: NDArray[np.int64], whole: int, rounding: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The lowest and highest whole counts that print as a percentage; halves belong where the rounding puts them."""
    even = scaled % 2 == 0
    below = {"half-up": np.ones_like(even), "half-even": even, "either": np.ones_like(even)}[rounding]
    above = {"half-up": np.zeros_like(even), "half-even": even, "either": even}[rounding]
    least, most = bases * (2 * scaled - 1), bases * (2 * scaled + 1)
    low = -(-least // whole) + ((least % whole == 0) & ~below)
    high = most // whole - ((most % whole == 0) & ~above)
    return np.maximum(low, 0), np.minimum(high, bases)


def _nearest(scaled: NDArray[np.int64], bases: NDArray[np.int64], whole: int) -> NDArray[np.int64]:
    down, rest = np.divmod(2 * bases * scaled, whole)
    return np.asarray(down + (2 * rest > whole))


def _count_or_none(counts: NDArray[np.int64], known: NDArray[np.bool_]) -> Any:
    if counts.ndim == 0:
        return int(counts) if known else None
    return np.where(known, counts.astype(float), np.nan)


def _checked(percent: Any, of: Any, count: Any, decimals: int, rounding: str) -> tuple[Any, Any, Any, Any]:
    """The percentage in units of its last decimal, bases and counts, as whole numbers of one shape."""
    if isinstance(decimals, bool) or decimals not in range(MOST_DECIMALS + 1):
        raise ValueError(f"decimals must be a whole number from 0 to {MOST_DECIMALS}, not {decimals!r}")
    if rounding not in ROUNDINGS:
        raise ValueError(f"rounding must be one of {', '.join(ROUNDINGS)}, not {rounding!r}")
    bases, printed, beyond = whole_numbers("of", of), _numbers("percent", percent), _precision_of(percent)
    counts = None if count is None else whole_numbers("count", count)
    shapes = [array.shape for array in (printed, bases, counts) if array is not None]
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise ValueError(f"percent, of and count do not broadcast: their shapes are {shapes}") from None
    scaled = np.rint(np.clip(printed, -1, 101) * 10**decimals)
    outside = (printed < -1) | (printed > 101)
    same = outside | (np.abs(scaled / 10**decimals - printed) <= beyond * np.abs(printed))
    if not same.all():
        raise ValueError(f"percent: {printed[~same].flat[0]:.15g} has more than {decimals} decimals")
    printed = np.where(outside, printed, scaled / 10**decimals)
    units = np.broadcast_to(scaled.astype(np.int64), shape)
    return units, np.broadcast_to(bases, shape), counts, np.broadcast_to(printed, shape)


def _precision_of(values: Any) -> float:
    """What of a number, as a part of it, is beyond the decimal digits that its type keeps."""
    kind = getattr(values, "dtype", None)
    narrow = isinstance(kind, np.dtype) and kind.kind == "f"
    return 10.0 ** -int(np.finfo(kind if narrow else float).precision)


def _numbers(name: str, values: Any) -> NDArray[np.float64]:
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: {values!r} is not a number") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name}: {array[~np.isfinite(array)].flat[0]} is not a number that can be printed")
    return array


def whole_numbers(name: str, values: Any) -> NDArray[np.int64]:
    """Whole numbers from 0 to the largest base."""
    array = _numbers(name, values)
    wrong = (array != np.rint(array)) | (array < 0) | (array > LARGEST_BASE)
    if wrong.any():
        raise ValueError(f"{name}: {array[wrong].flat[0]:.15g} is not a whole number from 0 to {LARGEST_BASE:,}")
    return array.astype(np.int64)

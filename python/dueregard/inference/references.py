"""What a group can be compared with, besides another group."""

import enum
import re
from dataclasses import dataclass
from math import inf
from typing import Any, Final

from dueregard.inference import checked


class Reference(enum.Enum):
    """Comparisons that are not with one group of the data."""

    OVERALL = "all groups together"
    REST = "all other groups"

    def __repr__(self) -> str:
        return f"dr.{self.name}"


class Chosen(enum.Enum):
    """A group that the data choose, once over all areas."""

    LARGEST = "the largest group"
    BEST = "the best group"

    def __repr__(self) -> str:
        return f"dr.{self.name}"


OVERALL: Final = Reference.OVERALL
"""Every group together, the compared group among them; people whose group is missing are left out."""

REST: Final = Reference.REST
"""Every other group together; people whose group is missing are left out."""

LARGEST: Final = Chosen.LARGEST
"""The group with the most cases over all areas."""

BEST: Final = Chosen.BEST
"""The group with the best share over all areas, of those with at least 30 cases; flagged, since chance helps to choose
it: comparisons with it look larger than they are."""


@dataclass(frozen=True, repr=False)
class Target:
    """A figure to compare with that is no group of the data: a constant, or a published figure with its own chance.

    ``percent`` is from 0 to 100; ``nobs`` the number of cases it is worth, infinite for a constant; ``count`` and
    ``cases`` are the whole numbers it was made from, if they are known. Made by `dueregard.target`.
    """

    percent: float
    nobs: float = inf
    name: str | None = None
    date: str | None = None
    count: int | None = None
    cases: int | None = None

    def __repr__(self) -> str:
        return f"dr.target({self.percent:.10g}{'' if self.is_constant else ', ...'})"

    @property
    def share(self) -> float:
        return self.percent / 100

    @property
    def is_constant(self) -> bool:
        return self.nobs == inf

    @property
    def value(self) -> str:
        """In words, such as "target of 80%", "Pledge (target)" or "England and Wales, 2009-10 (published)"."""
        kind = "target" if self.is_constant else "published"
        plain = f"{kind}{'' if self.is_constant else ' figure'} of {self.percent:.10g}%"
        dated = (self.name or plain) + ("" if self.date is None else f", {self.date}")
        return dated if self.name is None else f"{dated} ({kind})"


def target(
    percent: float | None = None,
    *,
    half_width: float | None = None,
    se: float | None = None,
    count: int | None = None,
    nobs: int | None = None,
    confidence_level: float = 0.95,
    name: str | None = None,
    date: str | None = None,
) -> Target:
    """A figure to hold groups against: a target, or what was published for others.

    Parameters
    ----------
    percent : float, optional
        From 0 to 100; not needed beside ``count`` and ``nobs``. By itself it is a constant, without sampling error.
    half_width : float, optional
        Of a published figure, in percentage points: 1.9 for "81% +- 1.9", at ``confidence_level``.
    se : float, optional
        Its standard error, in percentage points, in place of the half-width.
    count, nobs : int, optional
        The cases it was made from, in place of either.
    confidence_level : float
        Of ``half_width``, between 0 and 1.
    name, date : str, optional
        Whose figure it is, and of when: they stand in the ``reference`` column.

    Returns
    -------
    Target
        For ``reference=`` of `dueregard.gap` and `dueregard.compare_groups`.

    Raises
    ------
    TypeError
        If no figure is given, more than one way of saying how uncertain it is, or an argument of the wrong type.
    ValueError
        If a number is outside its range, ``percent`` is not what ``count`` of ``nobs`` come to (to half a point), or
        a figure of 0 or 100 is given a half-width, which says nothing of the number of cases behind it.

    Notes
    -----
    A half-width, or a standard error, says how many cases of a simple random sample the figure is worth: p (1 - p) /
    se^2, as if the half-width were that many standard errors as the normal distribution has it. A comparison with it is
    then one of two samples. Against a constant, the interval is Wilson's of the group's own share, moved.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.target(80).value, dr.target(80).is_constant
    ('target of 80%', True)
    >>> england = dr.target(81, half_width=1.9, name="England and Wales", date="2009-10")
    >>> england.value, round(england.nobs)
    ('England and Wales, 2009-10 (published)', 1638)

    A figure of the embedded table of force and national figures, `dueregard.data.load`:

    >>> table = dr.data.load("force_comparators")
    >>> dr.target(table["value"][table["series"] == "USS_overall"][0], name="Metropolitan Police").value
    'Metropolitan Police (target)'
    """
    words: dict[str, Any] = {"name": checked.words("name", name), "date": checked.words("date", date)}
    given = [word for word, value in (("half_width", half_width), ("se", se), ("nobs", nobs)) if value is not None]
    if len(given) > 1:
        raise TypeError(f"{given[1]}: {given[0]} already says how uncertain the figure is")
    if (count is None) != (nobs is None):
        raise TypeError("count, nobs: pass both")
    if count is not None and nobs is not None:
        return _of_counts(percent, count, nobs, words)
    if percent is None:
        raise TypeError("target needs percent, or count= and nobs=")
    value = checked.number("percent", percent)
    if not 0 <= value <= 100:
        raise ValueError(f"percent: {percent!r} is not between 0 and 100")
    if half_width is not None:
        error = _error(half_width, checked.level(confidence_level))
    elif se is not None:
        error = checked.between("se", se, 0, inf)
    else:
        return Target(value, **words)
    if value in (0, 100):
        raise ValueError(f"{given[0]}: of a figure of {value:g}% says nothing of its cases; pass count= and nobs=")
    return Target(value, value * (100 - value) / error**2, **words)


def _of_counts(percent: float | None, count: int, nobs: int, words: Any) -> Target:
    cases, positive = checked.at_least_one("nobs", nobs), checked.integer("count", count)
    if not 0 <= positive <= cases:
        raise ValueError(f"count: {count} is not between 0 and nobs, which is {nobs}")
    value = 100 * positive / cases
    if percent is not None and not abs(checked.number("percent", percent) - value) <= 0.5:
        raise ValueError(f"percent: {percent!r} is not what {positive:,} of {cases:,} come to, {value:.1f}%")
    return Target(value, float(cases), count=positive, cases=cases, **words)


def _error(half_width: float, level: float) -> float:
    """The standard error of which a half-width is so many, in points."""
    from scipy.special import ndtri

    return checked.between("half_width", half_width, 0, inf) / float(ndtri((1 + level) / 2))


def is_figure(text: object) -> bool:
    """Whether a reference, in words, is a `Target` and no group."""
    words = str(text)
    return words.startswith(("target of ", "published figure of ")) or words.endswith((" (target)", " (published)"))


_WRITTEN = re.compile(r"target (\d+(?:\.\d+)?)%?(?: ?(?:\+-|\+/-|±) ?(\d+(?:\.\d+)?))?")
"""A target as commands and rules write it: "target 80", "target 81 +- 1.9"."""


def named_reference(text: str) -> Reference | Chosen | Target | str:
    """A label, or what the words OVERALL, REST, LARGEST, BEST and "target 80" stand for in commands and rules."""
    for kind in (Reference, Chosen):
        if text in kind.__members__:
            return kind[text]
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return text
    half_width = None if written[2] is None else float(written[2])
    return target(float(written[1]), half_width=half_width)

"""How different those who did not answer would have to be from those who did for a gap to vanish."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats

ROUNDING = 1e-12
"""Where both ends are reached at once."""


class Departure(NamedTuple):
    """Differences between those who did not answer and those who did, as fractions; NaN where none is enough.

    ``both``: those of the group differ by so much one way and those of the reference by as much the other.
    ``alone``: those of the group alone differ, and those of the reference are like their respondents.
    """

    both: Floats
    alone: Floats


def departure_needed(share1: Floats, silent1: Floats, share2: Floats, silent2: Floats) -> Departure:
    """The smallest differences at which the gap of everybody, respondents or not, is zero.

    Parameters
    ----------
    share1, share2 : array of float
        Shares with the property among those who answered, of the group and of the reference.
    silent1, silent2 : array of float
        Shares of everybody who did not answer, from 0 to 1.

    Returns
    -------
    Departure
        Positive; 0 where there is no gap among those who answered.

    Notes
    -----
    With shares p, of whom m did not answer, and a difference d of those from the others, the share of everybody is
    p + m d as long as p + d lies within 0 to 1, and stays there beyond. The gap of everybody is therefore a line in d
    with at most two bends, and falls to zero at one place or nowhere.

    Examples
    --------
    >>> import numpy as np
    >>> needed = departure_needed(*(np.array([x]) for x in (0.74, 0.4, 0.81, 0.3)))
    >>> needed.both.round(3), needed.alone.round(3)
    (array([0.1]), array([0.175]))
    """
    gap = share1 - share2
    room1 = np.where(gap < 0, 1 - share1, share1)
    room2 = np.where(gap < 0, share2, 1 - share2)
    left = np.abs(gap)
    return Departure(_where_gone(left, silent1, room1, silent2, room2), _where_gone(left, silent1, room1, 0.0, 0.0))


def _where_gone(left: Floats, slope1: Floats, room1: Floats, slope2: Floats | float, room2: Floats | float) -> Floats:
    """Where a gap that falls with both slopes, each as far as there is room, is gone; NaN where it never is."""
    nearer = np.minimum(room1, room2)
    after = np.maximum(left - (slope1 + slope2) * nearer, 0.0)
    further = np.where(room1 > room2, slope1, slope2)
    with np.errstate(divide="ignore", invalid="ignore"):
        early = np.where(left == 0, 0.0, left / (slope1 + slope2))
        late = nearer + after / further
        found = np.where(early <= nearer, early, np.where(late <= np.maximum(room1, room2) + ROUNDING, late, np.nan))
    return np.where(np.isnan(left), np.nan, found)

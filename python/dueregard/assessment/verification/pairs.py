"""Own answers and those of a check, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.verification.answer_codes import Answers
from dueregard.hints import did_you_mean

NONE = -1

Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Pairs:
    """Places on a scale of units by indicator; `NONE` where there is no answer.

    ``met`` says which places count as met; ``drawn`` where a check was made, with or without an answer; ``unknown`` are
    units that have no answers of their own.
    """

    units: list[str]
    own: NDArray[np.int64]
    check: NDArray[np.int64]
    drawn: NDArray[np.bool_]
    met: NDArray[np.bool_]
    unknown: list[str]

    @property
    def both(self) -> NDArray[np.bool_]:
        """Where the two can be compared."""
        return np.asarray((self.own != NONE) & (self.check != NONE))


def pair(own: Answers, check: Answers, framework: Framework) -> Pairs:
    """Both sides over the units of either, own units first.

    Where any answer is known only as met or not met, all are compared as met or not met.
    """
    check_units(own.units, check.units)
    units = [*own.units, *(unit for unit in check.units if unit not in set(own.units))]
    codes = [_spread(side.codes, side.units, units, side.scale.not_applicable) for side in (own, check)]
    drawn = _spread(check.given, check.units, units, False)
    met, places = _scale(own.scale, codes, len(framework.answer_ids))
    own_place, check_place = (places[side] for side in codes)
    return Pairs(units, own_place, check_place, drawn, met, units[len(own.units) :])


def check_units(own: list[str], check: list[str]) -> None:
    """Refuse a check of units none of which has answers of its own."""
    if check and not set(own) & set(check):
        raise ValueError(
            f"other: no unit has answers of its own; the first is {check[0]!r}{did_you_mean(check[0], own)}"
        )


def _spread(values: NDArray[Kind], have: list[str], units: list[str], filler: int) -> NDArray[Kind]:
    """Rows for all units, those without any filled up."""
    made = np.full((len(units), values.shape[1]), filler, dtype=values.dtype)
    place = {unit: i for i, unit in enumerate(units)}
    made[[place[unit] for unit in have]] = values
    return made


def _scale(scale: Scale, codes: list[NDArray[np.int64]], n_answers: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which places count as met, and the place of every level of the scale."""
    stated = np.concatenate([side[scale.stated[side]].ravel() for side in codes])
    if (stated < n_answers).all():
        places = np.full(len(scale.levels), NONE)
        places[:n_answers] = np.arange(n_answers)
        return scale.met[:n_answers], places
    return np.array([False, True]), np.where(scale.stated, scale.met.astype(np.int64), NONE)

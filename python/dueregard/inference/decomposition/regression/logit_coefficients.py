"""The logits of two groups, and the coefficients that would hold if they were treated alike."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.regression.common_coefficients import FIXED, JOINT
from dueregard.inference.decomposition.sides import Link, Side, Sides
from dueregard.inference.regression.cumulative_logit import fit
from dueregard.inference.regression.linear_fits import times
from dueregard.inference.regression.logit_effects import influence


def _expected(predictor: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(predictor), np.float64)


LOGIT = Link(_expected, lambda predictor: _expected(predictor) * _expected(-predictor), steepest=0.25)


class NoFit(Exception):
    """A logit has no largest likelihood; ``side`` is 0 for the group, 1 for the reference, 2 for both together."""

    def __init__(self, side: int, status: str, columns: tuple[int, ...]) -> None:
        super().__init__(status)
        self.side, self.status, self.columns = side, status, columns


class Coefficients(NamedTuple):
    """Of the group, of the reference and in common, each (p + 1,) with the constant first."""

    group: Changing
    reference: Changing
    common: Changing


def logit_coefficients(sides: Sides, basis: Floats, coefficients: str | float) -> Coefficients:
    """Fit the logits.

    Parameters
    ----------
    sides : Sides
    basis : array, shape (p, q)
        See `deviation_basis`.
    coefficients : str or float
        See `COEFFICIENTS`. With "pooled" the constant in common is that of an indicator of the group at its mean, the
        group's share of all people: neither group's own.

    Raises
    ------
    NoFit
        If answers are all alike, or separated.
    """
    own = sides.of_side(0, *_logit(sides.group, basis, 0))
    other = sides.of_side(1, *_logit(sides.reference, basis, 1))
    return Coefficients(own, other, _common(sides, basis, coefficients, own, other))


def _common(
    sides: Sides, basis: Floats, coefficients: str | float, own: Changing, other: Changing
) -> Changing:  # fmt: skip
    if coefficients in JOINT:
        return _joint(sides, basis, with_indicator=coefficients == "pooled")
    if coefficients == "cotton":
        share = sides.share()
    else:
        share = sides.fixed(np.array([FIXED[coefficients] if isinstance(coefficients, str) else float(coefficients)]))
    return share * own + (sides.fixed(np.ones(1)) - share) * other


def _joint(sides: Sides, basis: Floats, *, with_indicator: bool) -> Changing:
    """The coefficients of one logit of both groups."""
    answers = sides.group.y, sides.reference.y
    if not with_indicator:
        return logit_of_both(sides, basis, answers)
    marked = Sides(_marked(sides.group, 1.0), _marked(sides.reference, 0.0))
    wider = np.zeros((basis.shape[0] + 1, basis.shape[1] + 1))
    wider[:-1, :-1], wider[-1, -1] = basis, 1.0
    found = logit_of_both(marked, wider, answers)
    constant = found.taken(slice(0, 1)) + found.taken(slice(-1, None)) * sides.share()
    return constant.followed_by(found.taken(slice(1, -1)))


def _marked(side: Side, indicator: float) -> Side:
    return side._replace(x=np.column_stack([side.x, np.full(len(side.y), indicator)]))


def logit_of_both(sides: Sides, basis: Floats, answers: tuple[Floats, Floats]) -> Changing:
    """One logit of the rows of both sides, (p + 1,)."""
    columns = zip(*(side._replace(y=y) for side, y in zip(sides, answers, strict=True)), strict=True)
    beta, changes = _logit(Side(*(np.concatenate(pair) for pair in columns)), basis, 2)
    n = len(sides.group.y)
    return Changing(beta, changes[:n], changes[n:])


def _logit(side: Side, basis: Floats, number: int) -> tuple[Floats, Floats]:
    """Coefficients, the constant first, and what each row changes them by."""
    weighs = side.weight > 0
    found = fit(times(side.x[weighs], basis), side.y[weighs], side.weight[weighs])
    if not found.converged:
        raise NoFit(number, found.status, tuple(int(np.argmax(basis[:, j])) for j in found.columns))
    changes = np.zeros((len(side.y), side.x.shape[1] + 1))
    rows = found.patterns.to_rows(influence(found))
    changes[weighs] = np.column_stack([-rows[:, -1:], times(rows[:, :-1], basis.T)])
    beta = np.concatenate([-found.thresholds, basis @ found.coefficient])
    return beta + side.weight @ changes, changes  # one more Newton step: expected and given answers add up to the same

"""A gap between the means of two groups taken apart by linear models: Oaxaca (1973) and Blinder (1973)."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.regression.common_coefficients import CommonSlopes, common_slopes, slope_changes
from dueregard.inference.regression.linear_fits import LinearFit, RowChanges, linear_fit, row_changes

NAMES = {2: ("explained", "unexplained"), 3: ("endowments", "coefficients", "interaction")}
"""Jann (2008), Stata Journal 8: 453-479, equations 2 to 7, with the reference as his group B."""


class Decomposed(NamedTuple):
    """A gap taken apart. Leading axes are those of the cross-products.

    Attributes
    ----------
    group, reference : LinearFit
    common : CommonSlopes
    parts : array, shape (..., number of parts, p + 1)
        In the order of `NAMES`; the constant first, then each column. They add up to the gap.
    """

    group: LinearFit
    reference: LinearFit
    common: CommonSlopes
    parts: Floats

    @property
    def gap(self) -> Floats:
        """The group's mean less the reference's."""
        return np.asarray(self.group.outcome - self.reference.outcome)


def decomposed(
    group: Floats,
    reference: Floats,
    basis: Floats,
    *,
    coefficients: str | float = "pooled",
    parts: int = 2,
    centre: Floats | float = 0.0,
) -> Decomposed:
    """Take a gap apart from the cross-products of the two groups.

    With means m and slopes b of the group (g) and the reference (r), constants included, and common slopes b*:

        explained    (m_g - m_r) b*               unexplained   m_g (b_g - b*) + m_r (b* - b_r)
        endowments   (m_g - m_r) b_r              coefficients  m_r (b_g - b_r)
        interaction  (m_g - m_r) (b_g - b_r)

    Parameters
    ----------
    group, reference : array, shape (..., p + 2, p + 2)
        Cross-products of ones, the columns less ``centre``, and the outcome; see `linear_fit`.
    basis : array, shape (p, q)
        See `deviation_basis`.
    coefficients : str or float
        See `COEFFICIENTS`; or what the group's count for. Without a meaning for three parts.
    parts : {2, 3}

    Examples
    --------
    The group has 2 where the reference has 1, and 4 for each unit where the reference has 3:

    >>> def rows(x, y):
    ...     table = np.column_stack([np.ones(len(x)), x, y])
    ...     return table.T @ table
    >>> x = np.array([0.0, 1.0, 2.0])
    >>> found = decomposed(rows(x + 1, 2 + 4 * (x + 1)), rows(x, 1 + 3 * x), np.eye(1), coefficients="reference")
    >>> found.parts.round(9).tolist(), round(float(found.gap), 9)
    ([[0.0, 3.0], [1.0, 2.0]], 6.0)
    """
    fits = linear_fit(group, basis, centre), linear_fit(reference, basis, centre)
    common = common_slopes(coefficients, *fits, (group, reference), basis, centre)
    constant = fits[0].constant - fits[1].constant
    means, slopes = (fits[0].mean, fits[1].mean), (fits[0].slope, fits[1].slope, common.slope)
    return Decomposed(*fits, common, _parts(means, slopes, constant, parts))


def row_parts(
    found: Decomposed,
    group_rows: tuple[Floats, Floats],
    reference_rows: tuple[Floats, Floats],
    coefficients: str | float,
) -> tuple[Floats, Floats]:
    """What each row changes the parts by, for one unit of its weight: (n, number of parts, p + 1) of either group.

    ``group_rows`` and ``reference_rows`` are the columns (n, p), nothing taken off, and the outcome (n,). Means and
    slopes both vary with who was drawn (Jann 2008, section 2.5; regressors are not fixed). Parts are linear in means
    and in slopes, so their derivative is the part of the change of one plus that of the other.
    """
    fits = found.group, found.reference
    changes = row_changes(fits[0], *group_rows), row_changes(fits[1], *reference_rows)
    common = slope_changes(coefficients, found.common, fits, changes, (group_rows, reference_rows))
    n_parts = found.parts.shape[-2]
    own, other = (_changed(found, side, changes[side], common[side], n_parts) for side in (0, 1))
    return own, other


def _changed(found: Decomposed, side: int, change: RowChanges, common: Floats, n_parts: int) -> Floats:
    """The changes of the parts by rows of the group (side 0) or the reference (side 1)."""
    still = np.zeros_like(change.mean)
    dm = (change.mean, still) if side == 0 else (still, change.mean)
    db = (change.slope, still, common) if side == 0 else (still, change.slope, common)
    constant = change.constant if side == 0 else -change.constant
    means = found.group.mean, found.reference.mean
    slopes = found.group.slope, found.reference.slope, found.common.slope
    nothing = np.zeros_like(constant)
    return _parts(dm, slopes, constant, n_parts) + _parts(means, db, nothing, n_parts)


def _parts(
    means: tuple[Floats, Floats], slopes: tuple[Floats, Floats, Floats], constant: Floats, n_parts: int
) -> Floats:
    """The parts of means and slopes, which may differ in their leading axes; the constant's difference comes first."""
    (group, reference), (own, other, common) = means, slopes
    more = group - reference
    if n_parts == 2:
        columns = [more * common, group * (own - common) + reference * (common - other)]
    else:
        columns = [more * other, reference * (own - other), more * (own - other)]
    found = np.zeros((*columns[0].shape[:-1], n_parts, columns[0].shape[-1] + 1))
    found[..., 1, 0] = constant
    for i, column in enumerate(columns):
        found[..., i, 1:] = column
    return found

"""Cross-products as correlations, and how small a number in them is nothing but rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.inference.checked import Floats

COLLINEAR = 1e-9
"""A column with no more than this part of its variance left, once others are swept out, is made of them."""

CONSTANT = 1e-12
"""A column whose squares about the mean are no more than this part of its squares does not vary."""

ROUNDING = 1e-14
"""Part of a column's squares that may be rounding, in sums that others have made."""


@dataclass(frozen=True, eq=False)
class Correlations:
    """Of n sets of the same columns with the outcome last; a column that does not vary has zeros throughout.

    ``spread`` is the standard deviation of each, and ``floors`` what of a variance of 1 is no more than rounding.
    """

    products: Floats
    floors: Floats
    spread: Floats

    def __len__(self) -> int:
        return len(self.products)


def read_cross(cross: Any) -> tuple[Floats, tuple[int, ...]]:
    """Matrices one after the other, shape (n, k + 2, k + 2), and the shape in which there are so many."""
    array = checked.finite_numbers("cross", cross)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2] or array.shape[-1] < 3:
        raise ValueError(
            f"cross: the shape {array.shape} is not (..., k + 2, k + 2): ones, k columns from 1 up, and the outcome"
        )
    turned = np.swapaxes(array, -1, -2)
    size = np.sqrt(np.abs(np.einsum("...ii->...i", array)))
    uneven = np.abs(array - turned) > COLLINEAR * size[..., :, np.newaxis] * size[..., np.newaxis, :]
    checked.refuse_first("cross", array, uneven, "is not the number on the other side of the diagonal")
    return array.reshape(-1, *array.shape[-2:]), array.shape[:-2]


def correlations(cross: Floats) -> Correlations:
    """From cross-products with a row of ones first. Where nothing weighs anything, nothing varies."""
    total, sums, raw = cross[:, 0, 0], cross[:, 0, 1:], np.einsum("nii->ni", cross)[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(total[:, np.newaxis] > 0, sums / total[:, np.newaxis], 0.0)
        centred = cross[:, 1:, 1:] - mean[:, :, np.newaxis] * sums[:, np.newaxis, :]
        squares = np.einsum("nii->ni", centred)
        varies = (squares > CONSTANT * raw) & (total[:, np.newaxis] > 0)
        scale = np.where(varies, 1 / np.sqrt(squares), 0.0)
        floors = np.where(varies, np.maximum(COLLINEAR, ROUNDING * raw / squares), COLLINEAR)
        spread = np.where(varies, np.sqrt(squares / total[:, np.newaxis]), 0.0)
    return Correlations(centred * scale[:, :, np.newaxis] * scale[:, np.newaxis, :], floors, spread)
